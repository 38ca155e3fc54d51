"""What several test files share: the sample corpus, ingested once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

from index.build import build_index
from ingest.library import Library
from ingest.run import ingest_corpus
from ingest.workers import Limits
from tests.factories import silent

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"

set_hypothesis_home_dir(ROOT / "var" / "hypothesis")
settings.register_profile("untimed", deadline=None, database=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the data folder of the sample corpus; tests must not write to it."""
    data = tmp_path_factory.mktemp("sample-data")
    library = Library(data)
    report = ingest_corpus(CORPUS, library, Limits(), silent)
    assert not report.failed and len(report.read) >= 14
    build_index(library, silent)
    library.close()
    return data
