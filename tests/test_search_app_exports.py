"""Exports hold every match, once, with its place, and say how many there are."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from werkzeug.datastructures import MultiDict

from index.query_parser import parse_query
from index.search import Searcher
from search_app.exports.cells import csv_line, defuse, restore
from search_app.exports.formats import FORMATS
from search_app.exports.orders import (
    MOST_CHOSEN,
    MOST_CONTEXT_WORDS,
    Order,
    order_from_request,
)
from search_app.exports.rows import COLUMNS, open_export
from search_app.exports.understood import say_tree
from tests.factories import make_document, make_searcher

MANY = 37


def make_many(data: Path) -> Searcher:
    sections = "\n".join(f"# Ward {n}\nBeds in ward {n} are open 24/7." for n in range(MANY))
    return make_searcher(data, make_document("beds.txt", sections, organisation="A Trust"))


def order(typed: str, *args: tuple[str, str], **options: Any) -> Order:
    return Order((("q", typed), *args), **options)


def export(searcher: Searcher, asked: Order) -> str:
    """Give the file of an order as text."""
    pieces = FORMATS[asked.form].write(open_export(searcher, asked))
    return b"".join(pieces).decode()


def read_rows(searcher: Searcher, typed: str, **options: Any) -> list[dict[str, str]]:
    written = export(searcher, order(typed, **options))
    return list(csv.DictReader(io.StringIO(written, newline="")))


def read_lines(searcher: Searcher, typed: str, **options: Any) -> list[dict[str, Any]]:
    return [*map(json.loads, export(searcher, order(typed, form="jsonl", **options)).splitlines())]


def test_all_matches_are_exported_and_counted(tmp_path: Path) -> None:
    searcher = make_many(tmp_path)
    rows = read_rows(searcher, "beds")
    assert [row["row"] for row in rows] == [f"{n} of {MANY}" for n in range(1, MANY + 1)]
    assert [row["rank"] for row in rows] == [str(n) for n in range(1, MANY + 1)]
    assert len({row["heading"] for row in rows}) == MANY
    assert searcher.search(order("beds").query).passages == MANY


def test_row_can_be_cited_and_checked(tmp_path: Path) -> None:
    searcher = make_many(tmp_path)
    made = {"address": "https://plans.example", "time": "2020-01-02T03:04:05+00:00"}
    (row,) = read_lines(searcher, "heading:7 24/7", **made)
    assert tuple(row) == COLUMNS
    assert (row["document_id"], row["version"], row["organisation"]) == ("beds", 1, "A Trust")
    assert row["heading"] == "Ward 7" and row["query"] == "heading:7 24/7"
    assert [row["excerpt"][start:end] for start, end in row["matches"]] == ["24/7"]
    assert row["permalink"].startswith("https://plans.example/q/beds/1/8?words=")
    assert row["understood"].startswith("heading:7 AND (24/7 / ")
    assert row["coverage"] == "Searched 1 of 1 document."
    assert row["time"] == "2020-01-02T03:04:05+00:00"
    assert row["generation"] == searcher.snapshot().generation


def test_tables_hold_the_same(tmp_path: Path) -> None:
    searcher = make_many(tmp_path)
    lines = read_lines(searcher, "open")
    rows = read_rows(searcher, "open")
    for row, line in zip(rows, lines, strict=True):
        assert row["excerpt"] == line["excerpt"] and json.loads(row["matches"]) == line["matches"]


def test_filters_are_in_every_row(tmp_path: Path) -> None:
    searcher = make_many(tmp_path)
    asked = order("beds", ("organisation", "A Trust"), ("sort", "date"), form="jsonl")
    row = json.loads(export(searcher, asked).splitlines()[0])
    assert row["filters"] == {"organisation": ["A Trust"], "sort": "date"}


def test_export_of_nothing_says_so(tmp_path: Path) -> None:
    (row,) = read_rows(make_many(tmp_path), "zebra")
    assert (row["row"], row["query"], row["excerpt"]) == ("0 of 0", "zebra", "")


def test_cells_that_a_spreadsheet_would_run_are_defused(tmp_path: Path) -> None:
    text = '=HYPERLINK("http://evil.example","beds")'
    searcher = make_searcher(tmp_path, make_document("evil.txt", text, title="@SUM(A1)"))
    (row,) = read_rows(searcher, "beds")
    assert row["excerpt"] == "'" + text and row["title"] == "'@SUM(A1)"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "\nx", "＝1", "'=1", "''=1", "'tis", "1=1", ""]
)
def test_every_text_can_be_had_back_from_its_cell(text: str) -> None:
    assert restore(defuse(text)) == text
    assert not defuse(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


def test_figures_are_left_as_they_are() -> None:
    assert csv_line([-1.5, 2, "-1.5", [1, 2], {}, None]) == "-1.5,2,'-1.5,\"[1, 2]\",,\r\n"


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        (0, "", ""),
        (2, "open 24/7.", "Ward 4"),
        (11, "open 24/7.\nWard 2\nBeds in ward 2 are open 24/7.",
         "Ward 4\nBeds in ward 4 are open 24/7.\nWard 5"),
    ],
)
def test_words_beside_a_passage_are_those_of_its_document(
    tmp_path: Path, words: int, before: str, after: str
) -> None:
    (row,) = read_lines(make_many(tmp_path), "heading:3", context_words=words)
    assert (row["words_before"], row["words_after"]) == (before, after)


def test_first_and_last_passage_have_words_on_one_side(tmp_path: Path) -> None:
    searcher = make_many(tmp_path)
    (first,) = read_lines(searcher, "heading:0", context_words=3)
    (last,) = read_lines(searcher, f"heading:{MANY - 1}", context_words=3)
    assert (first["words_before"], last["words_after"]) == ("", "")
    assert first["words_after"] and last["words_before"]


def test_chosen_passages_alone_can_be_exported(tmp_path: Path) -> None:
    searcher = make_many(tmp_path)
    rows = read_rows(searcher, "beds", chosen=("beds/1/3", "beds/1/30", "beds/2/4", "none/1/1"))
    assert [row["row"] for row in rows] == ["1 of 2", "2 of 2"]
    assert {row["passage"] for row in rows} == {"beds/1/3", "beds/1/30"}
    assert f"2 of the 4 chosen passages are here; {MANY} match." in rows[0]["notes"]


def test_csv_is_marked_as_utf8_where_that_is_wanted(tmp_path: Path) -> None:
    searcher = make_many(tmp_path)
    assert export(searcher, order("beds", bom=True)).startswith("\ufeffrow,")
    assert export(searcher, order("beds")).startswith("row,")


def test_notes_of_the_query_are_in_the_export(tmp_path: Path) -> None:
    row = read_rows(make_many(tmp_path), "beds zebras")[0]
    assert "No passage has all of these words" in row["notes"]


@pytest.mark.parametrize("form", FORMATS)
def test_staff_documents_are_not_exported_to_the_public(tmp_path: Path, form: str) -> None:
    secret = make_document("pay.txt", "Pay rises.", audience="staff")
    searcher = make_searcher(tmp_path, secret)
    assert open_export(searcher, order("pay", form=form)).total == 0
    assert open_export(searcher, order("pay", audience="staff", form=form)).total == 1
    for asked in (order("pay", form=form), order("pay", form=form, chosen=("pay/1/1",))):
        assert b"rises" not in b"".join(FORMATS[form].write(open_export(searcher, asked)))


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ({"format": "pdf"}, "“pdf” is not known"),
        ({"context": "many"}, "“many” is no number"),
        ({"context": str(MOST_CONTEXT_WORDS + 1)}, f"At most {MOST_CONTEXT_WORDS} words"),
    ],
)
def test_what_is_wrong_with_an_order_is_noted(args: dict[str, str], said: str) -> None:
    made = order_from_request(MultiDict(args), "public", "", "", FORMATS)
    assert made.form == "csv" and said in " ".join(made.query.notes)


def test_too_many_chosen_passages_are_told_of() -> None:
    args = MultiDict([("chosen", f"a/1/{n}") for n in range(MOST_CHOSEN + 1)])
    made = order_from_request(args, "public", "", "", FORMATS)
    assert len(made.chosen) == MOST_CHOSEN and f"first {MOST_CHOSEN} of 201" in made.notes[0]


TIME = "2020-01-02T03:04:05+00:00"


@pytest.mark.parametrize("time", [TIME, "2020-99-02T03:04:05+00:00", "yesterday", ""])
def test_the_time_of_an_order_is_one(time: str) -> None:
    made = order_from_request(MultiDict({"time": time}), "public", "", "", FORMATS)
    assert (made.time == time) == (time == TIME) and made.time.endswith("+00:00")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "everything"),
        ("wards closing", "ward AND close"),
        ("winter NOT flu", "winter AND NOT flu"),
        ('"agency ceiling"~>5', '"agency ceiling"~>5'),
        ("psych* wom?n vacancy~2", "psych* AND wom?n AND vacancy~2"),
        ("title:(refresh OR plan)", "title:refresh OR title:plan"),
        ("...", "nothing"),
    ],
)
def test_what_was_understood_is_said_in_a_line(typed: str, said: str) -> None:
    assert say_tree(parse_query(typed)[0]) == said
