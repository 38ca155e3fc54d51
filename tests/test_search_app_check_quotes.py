"""The quote checker, by page, by API and by command."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from index.search import Searcher
from index.wordings import Wordings
from ingest.library import Library
from ingest.passages import split_passages
from ingest.records import Block, Page, Reading, Span
from search_app.cli import main
from search_app.quoting.checker import MOST_QUOTATIONS, Checked, check_text
from tests.factories import fill_library, make_document, make_library, open_client

ONE = "The trust will keep all nine beds of the community hospital open until March 2021."
LONG = " ".join(f"Ward number {n} stays as it is for the people near it." for n in range(40))
PLAN = f"# Beds\n{ONE}\n{LONG}\n# Staff\nStaff come first in all we do, every day of the year."


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a library with an older version, a superseded, a withdrawn and a staff document."""
    data = tmp_path_factory.mktemp("quotes")
    library = Library(data)
    old = make_document("plan.txt", f"# Beds\n{ONE} So it was said.")
    fill_library(library, old, make_document("gone.txt", f"# Beds\n{ONE}"))
    library.close()
    make_library(
        data,
        make_document("plan.txt", PLAN, published="2020"),
        make_document("former.txt", f"# Beds\nBefore: {ONE}", published="2016"),
        make_document("latter.txt", "# Beds\nNothing more.", supersedes="former.txt"),
        make_document("secret.txt", f"# Beds\nSecret: {ONE}", audience="staff"),
    ).close()
    return data


@pytest.fixture(scope="module")
def wordings(data: Path) -> Iterator[Wordings]:
    library = Library(data)
    yield Wordings(Searcher(library))
    library.close()


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[FlaskClient]:
    yield from open_client(data)


def check(wordings: Wordings, text: str) -> Checked:
    (checked,) = check_text(wordings, f"“{text}”").checked
    return checked


def test_all_places_are_given_those_that_stand_first(wordings: Wordings) -> None:
    checked = check(wordings, ONE)
    assert checked.outcome == "verbatim"
    assert [(p.held.id, p.held.version, p.state) for p in checked.places] == [
        ("plan", 2, "searched"), ("former", 1, "superseded"), ("plan", 1, "older version"),
        ("gone", 1, "withdrawn"),
    ]  # fmt: skip
    assert all(place.text == ONE[:-1] for place in checked.places)


def test_staff_are_told_of_what_is_for_staff(wordings: Wordings) -> None:
    (checked,) = check_text(wordings, f"“{ONE}”", "staff").checked
    assert "secret" in {place.held.id for place in checked.places}


def test_words_that_run_into_the_next_passage_are_found(wordings: Wordings) -> None:
    library = wordings.searcher.library
    first, second = (each.text for each in library.passages(library.document("plan"))[:2])
    across = f"{first[-50:].split(' ', 1)[1]} {second[:50].rsplit(' ', 1)[0]}"
    checked = check(wordings, across)
    (place,) = checked.places
    assert checked.outcome == "verbatim" and place.text.replace("\n", " ") == across
    assert place.number == 1 and place.end > len(first) and len(place.spans) == 2


def test_words_over_a_page_break_are_on_both_pages(tmp_path: Path) -> None:
    block = Block("paragraph", ONE, (Span(1, 0, 40), Span(2, 0, len(ONE) - 41)))
    pages = Page(1, ONE[:40], label="i"), Page(2, ONE[41:])
    source, document = make_document("plan.pdf", "# Beds\nNo.")
    reading = Reading("application/pdf", pages, (block,), paged=True)
    document = replace(document, reading=reading, passages=split_passages((block,)))
    library = make_library(tmp_path, (source, document))
    (place,) = check(Wordings(Searcher(library)), ONE).places
    assert [span.page for span in place.spans] == [1, 2]
    assert (place.page, place.printed) == (1, "i")
    library.close()


def test_a_changed_figure_is_near_and_told(wordings: Wordings) -> None:
    checked = check(wordings, ONE.replace("2021", "2023"))
    assert checked.outcome == "near"
    (piece,) = [piece for piece in checked.places[0].pieces if piece.change != "same"]
    assert (piece.quoted, piece.printed, piece.weight) == ("2023", "2021", "figure")


@pytest.mark.parametrize(
    "text",
    ["The moon is made of a kind of cheese.", "Beds are bought in shops by most people.",
     "zebra crossing ahead", "!!! ??? ..."],
)  # fmt: skip
def test_what_no_document_says_is_not_found(wordings: Wordings, text: str) -> None:
    assert {each.outcome for each in check_text(wordings, text).checked} <= {"not found"}


def test_insertions_and_ellipses_are_told(wordings: Wordings) -> None:
    checked = check(wordings, "[The hospital] will keep all nine beds … open until March 2021")
    assert checked.outcome == "verbatim"
    assert [note[:15] for note in checked.notes] == ["An ellipsis sta", "[The hospital] "]
    assert checked.places[0].text.startswith("will keep") and len(checked.places[0].ranges) == 2


def test_more_quotations_than_are_checked_are_told(wordings: Wordings) -> None:
    report = check_text(wordings, "“a b c” " * (MOST_QUOTATIONS + 1))
    assert len(report.checked) == MOST_QUOTATIONS
    assert any(f"first {MOST_QUOTATIONS} of 201" in note for note in report.notes)


def test_page_says_what_it_found_and_where(client: FlaskClient) -> None:
    shown = client.post("/check-quotes", data={"text": f"“{ONE}” and “{ONE[:40]} no {ONE[40:]}”"})
    text = shown.get_data(as_text=True)
    assert "2 quotations: 1 verbatim, 1 near, 0 not found" in text
    assert "/documents/plan/pages/1?" in text and "older version" in text
    assert "A word like “not” differs" in text and "[you gave: " in text
    assert "secret" not in text.lower()
    assert client.get("/check-quotes", query_string={"text": ONE}).status_code == 200


def test_page_without_a_text_says_what_is_missing(client: FlaskClient) -> None:
    text = client.post("/check-quotes", data={"text": " "}).get_data(as_text=True)
    assert "<title>Error: Check quotations" in text and "Give a text to check" in text


def test_words_with_markup_are_escaped(client: FlaskClient) -> None:
    shown = client.post("/check-quotes", data={"text": "“<b>bold words here</b>”"})
    assert "<b>bold" not in shown.get_data(as_text=True)


@pytest.mark.parametrize("sent", [{"json": {"text": f"“{ONE}”"}}, {"data": f"“{ONE}”"}])
def test_api_takes_json_or_text(client: FlaskClient, sent: dict[str, object]) -> None:
    found = client.post("/api/v1/check-quotes", **sent).get_json()  # type: ignore[arg-type]
    assert (found["verbatim"], found["near"], found["not_found"]) == (1, 0, 0)
    place = found["quotations"][0]["places"][0]
    assert place["document"] == "plan" and place["permalink"].startswith("/q/plan/2/1?quote=5-")
    assert client.get(place["permalink"]).status_code == 200


@pytest.mark.parametrize(
    "sent", ["[1]", "{", '"text"', "null", '{"text": 1}', '{"text": "", "sentences": 1}', ""]
)
def test_api_says_what_is_to_be_sent(client: FlaskClient, sent: str) -> None:
    answered = client.post("/api/v1/check-quotes", data=sent, content_type="application/json")
    assert answered.status_code == 400 and "Send JSON such as" in answered.json["detail"]


def test_api_refuses_nothing(client: FlaskClient) -> None:
    answered = client.post("/api/v1/check-quotes")
    assert answered.status_code == 400 and "Nothing was sent" in answered.json["detail"]
    answered = client.post("/api/v1/check-quotes", data=b"%PDF", content_type="application/pdf")
    assert answered.status_code == 415 and answered.json["title"].startswith("Of a kind")


def run(data: Path, text: str, *options: str) -> tuple[int, str]:
    arguments = ["check-quotes", "-", "--data", str(data), *options]
    done = CliRunner().invoke(main, arguments, input=text)
    return done.exit_code, done.output


def test_command_exits_with_1_where_one_is_not_found(data: Path) -> None:
    code, said = run(data, f"“{ONE}”")
    assert code == 0 and "1 quotation: 1 verbatim, 0 near, 0 not found." in said
    code, said = run(data, "“The moon is made of cheese”")
    assert code == 1 and "not found: “The moon is made of cheese”" in said


def test_command_gives_json_and_csv(data: Path) -> None:
    found = json.loads(run(data, f"“{ONE}”", "--json")[1])
    rows = [*csv.DictReader(io.StringIO(run(data, f"“{ONE}”", "--csv")[1]))]
    places = found["quotations"][0]["places"]
    assert [row["permalink"] for row in rows] == [place["permalink"] for place in places]
    assert {row["number"] for row in rows} == {"1 of 1"}
    assert run(data, "x", "--json", "--csv")[0] == 2
