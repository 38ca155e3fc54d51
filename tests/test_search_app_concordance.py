"""The concordance has every match as a line, verbatim, with its place, in the order asked for."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from index.errors import NoSuchPage
from index.query_parser import understand_query
from index.search import Searcher
from ingest.records import Block, Page, Passage, Reading, Span
from search_app.cli import main
from search_app.reports.concordance import (
    PRINTED_ONCE,
    Line,
    Order,
    find_end,
    find_start,
    make_concordance,
)
from search_app.reports.concordance_records import (
    COLUMNS,
    concordance_csv,
    concordance_json,
    concordance_json_lines,
)
from tests.factories import make_document, make_library, make_searcher, make_tables, open_client

OLD = make_document(
    "old.txt", "# Rooms\nZebra beds close. Élan beds open; = beds stay.",
    organisation="Beta Trust", published="2016", title="Old plan",
)  # fmt: skip
NEW = make_document(
    "new.txt", "# Sleep\nWe hold elan beds.\n# More\nThe apple beds (twice beds) and beds.",
    organisation="alpha Trust", published="2019-03", title="New plan",
)  # fmt: skip
NOTE = make_document("note.txt", "Beds.", title="@note")
SECRET = make_document("secret.txt", "Secret beds.", audience="staff", title="Hidden")


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return make_searcher(tmp_path_factory.mktemp("concordance"), OLD, NEW, NOTE, SECRET)


def lines_of(searcher: Searcher, typed: str, order: Order = "document") -> list[Line]:
    return [*make_concordance(searcher, understand_query(typed), order).lines]


def befores(lines: list[Line]) -> list[str]:
    return [(re.findall(r"\w+", line.left) or [""])[-1].lower() for line in lines]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("document", ["elan", "apple", "twice", "and", "", "zebra", "élan", "open"]),
        ("date", ["elan", "apple", "twice", "and", "zebra", "élan", "open", ""]),
        ("organisation", ["elan", "apple", "twice", "and", "zebra", "élan", "open", ""]),
        ("left", ["", "and", "apple", "élan", "elan", "open", "twice", "zebra"]),
    ],
)
def test_lines_stand_in_the_order_asked_for(
    searcher: Searcher, order: Order, expected: list[str]
) -> None:
    assert befores(lines_of(searcher, "beds", order)) == expected


def test_words_after_a_match_are_read_onwards_and_equals_stand_by_place(
    searcher: Searcher,
) -> None:
    lines = lines_of(searcher, "beds", "right")
    after = [" ".join(re.findall(r"\w+", line.right.lower())) for line in lines]
    assert after == sorted(after)
    assert [line.passage_id for line in lines if not line.right.strip(".")] == [
        "new/1/1", "new/1/2", "note/1/1",
    ]  # fmt: skip


@pytest.mark.parametrize("order", get_args(Order))
def test_every_order_has_every_match_once_and_verbatim(searcher: Searcher, order: Order) -> None:
    found = sorted((line.passage_id, line.start, line.end) for line in lines_of(searcher, "beds"))
    hits = searcher.all_hits(understand_query("beds")).hits
    assert found == sorted((hit.id, *match) for hit in hits for match in hit.matches)
    for line in lines_of(searcher, "beds", order):
        assert line.left + line.match + line.right == line.passage.text[line.first:line.last]
        assert line.match.lower() == "beds"


def test_a_phrase_is_one_line(searcher: Searcher) -> None:
    (line,) = lines_of(searcher, '"apple beds"')
    assert (line.left, line.match) == ("More\nThe ", "apple beds")
    assert line.right == " (twice beds) and beds."


@pytest.mark.parametrize(
    ("width", "left", "right"),
    [(1, "three ", " four,"), (2, "two – three ", " four, (five)"),
     (9, "• one two – three ", " four, (five).")],
)  # fmt: skip
def test_width_counts_words_and_not_signs(width: int, left: str, right: str) -> None:
    text = "• one two – three HERE four, (five)."
    start = text.index("HERE")
    assert text[find_start(text, start, width):start] == left
    assert text[start + 4:find_end(text, start + 4, width)] in (right, right + ".")


def test_long_words_are_never_cut() -> None:
    text = f"{'x' * 300} {'y' * 90} HERE"
    assert find_start(text, text.index("HERE"), 1) == 301
    assert find_start(text, text.index("HERE"), 2) == 0


def test_a_line_is_on_the_page_of_its_own_match(tmp_path: Path) -> None:
    source, document = make_document("two.pdf", "Beds first and beds later.")
    first, second = "Beds first", "and beds later."
    spans = (Span(1, 0, len(first)), Span(2, 0, len(second)))
    text = f"{first} {second}"
    passage = Passage(1, text, (), spans, ((0, len(text)),))
    pages = (Page(1, first, "i"), Page(2, second, "ii"))
    reading = Reading("application/pdf", pages, (Block("paragraph", text, spans),), paged=True)
    made = replace(document, reading=reading, passages=(passage,))
    library = make_library(tmp_path, (source, made))
    found = make_concordance(Searcher(library), understand_query("beds"))
    packed = concordance_json(found, library, 1)["found"]
    assert [(line["page"], line["printed_page"]) for line in packed] == [(1, "i"), (2, "ii")]
    assert packed[1]["spans"] == [{"page": 2, "start": 4, "end": 8}]


def test_passages_that_match_by_their_heading_alone_are_counted_without_a_line(
    searcher: Searcher,
) -> None:
    made = make_concordance(searcher, understand_query("heading:sleep"))
    assert (made.found.total, len(made.found.passages), made.found.unmarked) == (0, 1, 1)
    assert made.page(1) == () and made.pages == 1


TABLE = make_tables("rota.txt", [
    ("head", "Rota\tbeds"), ("row", "ward " * 80 + "\tbeds"), ("row", "care " * 80 + "\tnone"),
    ("row", "care " * 80 + "\tnone"),
])  # fmt: skip


def test_a_printed_place_is_one_line_everywhere(tmp_path: Path) -> None:
    make_library(tmp_path, TABLE).close()
    asked = ["concordance", "beds", "--data", str(tmp_path)]
    packed = json.loads(CliRunner().invoke(main, [*asked, "--json"]).stdout)
    assert (packed["lines"], packed["passages"], packed["repeating_passages"]) == (2, 3, 2)
    assert [line["spans"][0]["start"] for line in packed["found"]] == [5, 411]
    said = CliRunner().invoke(main, asked).stdout
    assert "2 lines in 3 passages in 1 document" in said and PRINTED_ONCE in said
    for client in open_client(tmp_path):
        for order in get_args(Order):
            page = get(client, "/concordance", q="beds", order=order)
            assert "2 lines in 3 passages" in page and page.count("<mark>") == 2
            assert "2 passages have no line of their own" in page and PRINTED_ONCE in page
            text = get(client, "/concordance.jsonl", q="beds", order=order)
            assert len(text.splitlines()) == 2 and '"row": "2 of 2"' in text


def test_a_page_past_the_end_is_not_found(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, make_document("many.txt", "beds " * 101))
    made = make_concordance(searcher, understand_query("beds"))
    assert (len(made.page(1)), len(made.page(2)), made.pages) == (100, 1, 2)
    for page in (0, 3):
        with pytest.raises(NoSuchPage):
            made.page(page)


def test_both_files_have_every_line_and_say_of_how_many(searcher: Searcher) -> None:
    made = make_concordance(searcher, understand_query("beds"), "left", 3)
    text = "".join(concordance_csv(made, searcher.library))
    rows = list(csv.DictReader(io.StringIO(text)))
    packed = [json.loads(line) for line in concordance_json_lines(made, searcher.library)]
    assert [row["row"] for row in rows] == [f"{n} of 8" for n in range(1, 9)]
    assert [row["row"] for row in packed] == [row["row"] for row in rows]
    assert {*packed[0]} == {*rows[0]} == {*COLUMNS}
    assert all(row["passages"] == "4" and row["documents"] == "3" for row in rows)
    assert rows[0]["title"] == "'@note" and packed[0]["title"] == "@note"
    assert [row["coverage"] for row in packed] == ["Searched 3 of 3 documents."] * 8


def test_a_file_of_nothing_says_so(searcher: Searcher) -> None:
    made = make_concordance(searcher, understand_query("giraffe"))
    (row,) = csv.DictReader(io.StringIO("".join(concordance_csv(made, searcher.library))))
    assert (row["row"], row["query"], row["match"]) == ("0 of 0", "giraffe", "")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    data = tmp_path_factory.mktemp("concordance-site")
    many = make_document("many.txt", "wards " * 230, title="Many <wards>")
    make_library(data, OLD, NEW, NOTE, SECRET, many).close()
    yield from open_client(data)


def get(client: FlaskClient, address: str, code: int = 200, **args: Any) -> str:
    with client.get(address, query_string=args) as response:
        assert response.status_code == code
        return response.get_data(as_text=True)


def test_the_page_says_how_many_and_links_each_line_to_its_passage(client: FlaskClient) -> None:
    page = get(client, "/concordance", q="beds", order="left", width="3")
    assert "8 lines in 4 passages in 3 documents" in page and "Secret" not in page
    assert "by words before</caption>" in page and page.count("<mark>") == 8
    assert 'href="/documents/new/pages/1?passage=2&amp;q=beds#passage-2"' in page
    assert re.search(r'href="/concordance\.csv\?[^"]*order=left[^"]*width=3', page) or re.search(
        r'href="/concordance\.csv\?[^"]*width=3[^"]*order=left', page
    )


def test_pages_keep_their_order_and_have_every_line(client: FlaskClient) -> None:
    page = get(client, "/concordance", q="wards", page="3", order="right")
    assert "Lines 201 to 230 of 230" in page and "page 3 of 3" in page
    assert re.search(r'href="/concordance\?[^"]*page=2[^"]*order=right', page)
    assert "Many &lt;wards&gt;" in page
    get(client, "/concordance", 404, q="wards", page="4")


def test_nonsense_becomes_a_note(client: FlaskClient) -> None:
    page = get(client, "/concordance", q="beds", order="moon", width="99")
    assert "cannot be in the order “moon”" in page and "these are 40" in page
    assert "not a number of words" in get(client, "/concordance", q="beds", width="wide")
    assert "giraffe" in get(client, "/concordance", q="giraffe")
    assert "Words to find" in get(client, "/concordance")


def test_the_api_the_file_and_the_command_have_the_same_lines(
    client: FlaskClient, tmp_path: Path
) -> None:
    packed = json.loads(get(client, "/api/v1/concordance", q="beds", order="date", width="2"))
    assert (packed["lines"], packed["passages"], packed["documents"]) == (8, 4, 3)
    text = get(client, "/concordance.jsonl", q="beds", order="date", width="2")
    rows = [json.loads(line) for line in text.splitlines()]
    assert [line["left"] for line in packed["found"]] == [row["left"] for row in rows]
    make_library(tmp_path, OLD, NEW, NOTE, SECRET).close()
    asked = ["concordance", "beds", "--data", str(tmp_path), "--order", "date", "--width", "2"]
    ran = CliRunner().invoke(main, [*asked, "--json"])
    assert ran.exit_code == 0
    assert json.loads(ran.stdout)["found"] == packed["found"]
    said = CliRunner().invoke(main, asked).stdout
    assert "8 lines in 4 passages in 3 documents; page 1 of 1." in said and "[beds]" in said
    spread = CliRunner().invoke(main, [*asked, "--csv"]).stdout
    assert [row["left"] for row in csv.DictReader(io.StringIO(spread))] == [
        row["left"] for row in rows
    ]


@pytest.mark.parametrize(
    ("arguments", "code"), [(["giraffe"], 1), (["beds", "--page", "2"], 2),
                            (["beds", "--json", "--csv"], 2)],
)  # fmt: skip
def test_exit_codes_are_those_of_the_other_commands(
    tmp_path: Path, arguments: list[str], code: int
) -> None:
    make_library(tmp_path, OLD).close()
    ran = CliRunner().invoke(main, ["concordance", *arguments, "--data", str(tmp_path)])
    assert ran.exit_code == code
