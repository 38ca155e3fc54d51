"""The commands documents and coverage: what is searched, and what is not."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from search_app.cli import main
from tests.factories import make_document, make_library
from tests.rich_library import make_rich_library


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("holdings")
    make_rich_library(folder).close()
    return folder


def run(data: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, [*arguments, "--data", str(data)], catch_exceptions=False)
    return done.exit_code, done.output


def test_documents_are_listed_newest_first_in_every_form(data: Path) -> None:
    code, text = run(data, "documents")
    ids = [line.split("  ")[0] for line in text.splitlines()]
    assert code == 0 and ids == ["refresh", "scan", "beta", "plan", "4 documents."]
    packed = json.loads(run(data, "documents", "--json")[1])["documents"]
    rows = list(csv.DictReader(io.StringIO(run(data, "documents", "--csv")[1])))
    assert [each["id"] for each in packed] == [row["document_id"] for row in rows] == ids[:-1]
    assert rows[1]["page_count"] == "2" and rows[0]["page_count"] == ""
    assert rows[-1]["row"] == "4 of 4" and rows[-1]["sha256"] == packed[-1]["sha256"]


def test_a_reader_is_told_of_his_own_documents_alone(data: Path) -> None:
    assert "Hidden" not in run(data, "documents")[1]
    assert "Hidden" in run(data, "documents", "--audience", "staff")[1]


def test_coverage_names_all_that_is_not_searched(data: Path) -> None:
    code, text = run(data, "coverage")
    assert code == 1 and text.startswith("Searched 4 of 5 documents.")
    rows = list(csv.DictReader(io.StringIO(run(data, "coverage", "--csv")[1])))
    assert [(row["state"], row["file"], row["pages"]) for row in rows] == [
        ("not read", "lost.txt", ""), ("older version searched", "beta.txt", ""),
        ("not read in full", "scan.txt", "2"),
        ("words may be missing or wrong", "scan.txt", "1"), ("withdrawn", "gone.txt", ""),
    ]  # fmt: skip
    assert rows[1]["reason"] == "It is locked."
    assert json.loads(run(data, "coverage", "--json")[1])["held"] == 5
    for row in rows:
        assert f"{row['state'].capitalize()}: {row['file']}" in text


def test_where_all_was_read_coverage_exits_with_0(tmp_path: Path) -> None:
    make_library(tmp_path, make_document("plan.txt", "Beds.")).close()
    assert run(tmp_path, "coverage") == (0, "Searched 1 of 1 document.\n")
