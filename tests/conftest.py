"""What several test files share: the sample corpus, ingested once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir
from playwright.sync_api import Browser

from index.build import build_index
from ingest.library import Library
from ingest.run import ingest_corpus
from ingest.workers import Limits
from search_app.answering import decision
from tests.factories import silent
from tests.serving import browsing, serving

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"

set_hypothesis_home_dir(ROOT / "var" / "hypothesis")
settings.register_profile("untimed", deadline=None, database=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def no_models_unasked() -> Iterator[None]:
    """Let commands find no models; a test that wants them names their folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANSEARCH_MODELS", str(ROOT / "var" / "no-models"))
        yield


PLAIN_DECISIONS = {
    "with_models": decision.Decision(-1.0, {"relevance": 3.0, "coverage": 1.0}, 0.5),
    "by_words": decision.Decision(-3.0, {"coverage": 4.0, "names": 0.5, "fits": 0.5}, 0.5),
}


@pytest.fixture(scope="session", autouse=True)
def plain_decisions() -> Iterator[None]:
    """Decide by weights that stay as they are whatever is learnt, so that tests tell of the rest.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decision, "read_decisions", lambda: PLAIN_DECISIONS)
        yield


@pytest.fixture(scope="module")
def site(sample_data: Path) -> Iterator[str]:
    """Serve the sample corpus; give the address."""
    with serving(sample_data) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser for the tests of one file."""
    with browsing() as started:
        yield started


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
