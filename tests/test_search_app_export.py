"""Exports hold every match, once, with its place, and say how many there are."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from index.query import Query
from index.query_parser import parse_query
from index.search import Searcher
from search_app.export import export_csv, export_json_lines
from tests.factories import make_document, make_searcher

MANY = 37


def make_many(data: Path) -> Searcher:
    sections = "\n".join(f"# Ward {n}\nBeds in ward {n} are open 24/7." for n in range(MANY))
    return make_searcher(data, make_document("beds.txt", sections, organisation="A Trust"))


def query(typed: str, **options: str) -> Query:
    tree, notes = parse_query(typed)
    return Query(typed, tree, notes, **options)  # type: ignore[arg-type]


def read_csv(searcher: Searcher, asked: Query) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(export_csv(searcher, asked)))))


def test_all_matches_are_exported_and_counted(tmp_path: Path) -> None:
    rows = read_csv(make_many(tmp_path), query("beds"))
    assert [row["row"] for row in rows] == [f"{n} of {MANY}" for n in range(1, MANY + 1)]
    assert len({row["heading"] for row in rows}) == MANY
    assert make_many(tmp_path).search(query("beds")).passages == MANY


def test_row_can_be_cited_and_checked(tmp_path: Path) -> None:
    searcher = make_many(tmp_path)
    row = json.loads(next(export_json_lines(searcher, query("heading:7 24/7"))))
    assert (row["document_id"], row["version"], row["organisation"]) == ("beds", 1, "A Trust")
    assert row["heading"] == "Ward 7" and row["query"] == "heading:7 24/7"
    assert [row["excerpt"][start:end] for start, end in row["matches"]] == ["24/7"]
    assert row["coverage"] == "Searched 1 of 1 document."
    assert row["generation"] == searcher.snapshot().generation


def test_both_formats_hold_the_same(tmp_path: Path) -> None:
    searcher = make_many(tmp_path)
    lines = [json.loads(line) for line in export_json_lines(searcher, query("open"))]
    rows = read_csv(searcher, query("open"))
    assert [row["excerpt"] for row in rows] == [line["excerpt"] for line in lines]


def test_export_of_nothing_says_so(tmp_path: Path) -> None:
    (row,) = read_csv(make_many(tmp_path), query("zebra"))
    assert (row["row"], row["query"], row["excerpt"]) == ("0 of 0", "zebra", "")


def test_cells_that_a_spreadsheet_would_run_are_defused(tmp_path: Path) -> None:
    text = '=HYPERLINK("http://evil.example","beds")'
    searcher = make_searcher(tmp_path, make_document("evil.txt", text, title="@SUM(A1)"))
    (row,) = read_csv(searcher, query("beds"))
    assert row["excerpt"] == "'" + text and row["title"] == "'@SUM(A1)"


def test_notes_of_the_query_are_in_the_export(tmp_path: Path) -> None:
    row = read_csv(make_many(tmp_path), query("beds zebras"))[0]
    assert "No passage has all of these words" in row["notes"]


def test_staff_documents_are_not_exported_to_the_public(tmp_path: Path) -> None:
    secret = make_document("pay.txt", "Pay rises.", audience="staff")
    searcher = make_searcher(tmp_path, secret)
    assert read_csv(searcher, query("pay"))[0]["row"] == "0 of 0"
    assert read_csv(searcher, query("pay", audience="staff"))[0]["row"] == "1 of 1"
