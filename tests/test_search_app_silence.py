"""The silence report: every part once; what is not said, not read and not held are three things."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import insert

from index.build import build_index
from index.parts import By
from index.query import Query
from index.query_parser import understand_query
from index.search import Searcher
from ingest.library import Library
from ingest.library_schema import runs
from ingest.records import Doubt, Page
from ingest.register import register
from search_app.cli import main
from search_app.reports.silence import (
    NO_WORDS, NOT_TOGETHER_NOTE, Silence, Voice, report_silence,
)  # fmt: skip
from search_app.reports.silence_records import COLUMNS, silence_csv, silence_json
from tests.factories import fill_library, make_document, open_client, silent

ALPHA_OLD = make_document(
    "alpha-2016.txt", "Stroke care matters. Falls are many.", organisation="Alpha Trust",
    published="2016", status="superseded", title="Alpha plan", period="2016-2021",
)  # fmt: skip
ALPHA = make_document(
    "alpha-2019.txt", "# Beds\nWe count our beds.\nA bed helps. A stroke needs a bed, and a bed.",
    organisation="Alpha Trust", published="2019-03", supersedes="alpha-2016.txt",
    title="Alpha refresh",
)  # fmt: skip
BETA = make_document(
    "beta.txt", "The library opens at nine. A general practitioner reads.",
    organisation="Beta Council", published="2018", title="Beta plan",
)  # fmt: skip
GAMMA = make_document("gamma.txt", "Our roads are long.", organisation="Gamma Board",
                      published="2018-06", title="Gamma plan")  # fmt: skip
DIM = make_document("dim.txt", "A dim page.", organisation="Dim Trust", published="2018",
                    title="Dim plan")  # fmt: skip
GONE = make_document("gone.txt", "Stroke again.", organisation="Gone Trust", published="2017",
                     title="Gone plan")  # fmt: skip
SECRET = make_document("secret.txt", "A stroke of luck.", organisation="Hidden Board",
                       published="2015", audience="staff", title="Hidden")  # fmt: skip
LOST = make_document("lost.txt", "Lost.", organisation="Delta Trust", published="2019")[0]


def fill(data: Path) -> Library:
    """Make a library with files and pages that were not read, and a document that was withdrawn."""
    library = Library(data)
    made = (ALPHA_OLD, ALPHA, BETA, SECRET, add_page(GAMMA, Page(2, "", quality="unread")),
            add_page(DIM, Page(2, "x", doubts=(Doubt("garbled", "Letters are garbled."),))))
    fill_library(library, *made, GONE)
    fill_library(library, *made)
    register(library, Path("/corpus"), [LOST, *(each for each, _ in made)], retry=False)
    build_index(library, silent)
    return library


def add_page(made: tuple[Any, Any], page: Page) -> tuple[Any, Any]:
    source, document = made
    pages = (*document.reading.pages, page)
    return source, replace(document, reading=replace(document.reading, pages=pages, paged=True))


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return Searcher(fill(tmp_path_factory.mktemp("silence")))


def report(searcher: Searcher, typed: str, by: By = "organisation", **changes: Any) -> Silence:
    return report_silence(searcher, replace(understand_query(typed), **changes), by)


def mentions(found: Silence) -> dict[str, str]:
    assert len({voice.part.value for voice in found.voices}) == len(found.voices)
    return {voice.name: voice.mention for voice in found.voices}


def voice_of(found: Silence, name: str) -> Voice:
    (voice,) = [voice for voice in found.voices if voice.name == name]
    return voice


@pytest.mark.parametrize(
    ("typed", "by", "expected"),
    [
        ("stroke", "organisation", {
            "Alpha Trust": "said", "Beta Council": "not said", "Delta Trust": "not read",
            "Dim Trust": "not read", "Gamma Board": "not read", "Gone Trust": "not held",
        }),
        ("falls", "organisation", {
            "Alpha Trust": "only superseded", "Beta Council": "not said", "Delta Trust": "not read",
            "Dim Trust": "not read", "Gamma Board": "not read", "Gone Trust": "not held",
        }),
        ("stroke", "document", {
            "Alpha plan": "only superseded", "Alpha refresh": "said", "Beta plan": "not said",
            "Dim plan": "not read", "Gamma plan": "not read", "Gone plan": "not held",
            "lost.txt": "not read",
        }),
        ("stroke", "year", {
            "2019": "said", "2018": "not read", "2017": "not held", "2016": "only superseded",
        }),
    ],
)  # fmt: skip
def test_every_part_is_told_once_in_order(
    searcher: Searcher, typed: str, by: By, expected: dict[str, str]
) -> None:
    found = report(searcher, typed, by)
    assert list(mentions(found).items()) == list(expected.items())
    assert not found.reason and found.coverage.searched == 5


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Beta Council", "1 document was read to the end and searched; none mentions it."),
        ("Delta Trust", "Not read: lost.txt."),
        ("Dim Trust", "Nothing was found in what was read."
                      " Words may be missing or wrong: page 2 of Dim plan."),
        ("Gamma Board", "Nothing was found in what was read. Not read: page 2 of Gamma plan."),
        ("Gone Trust", "Only what was withdrawn is held, and not searched: Gone plan."),
    ],
)  # fmt: skip
def test_silence_says_of_what_kind_it_is(searcher: Searcher, name: str, reason: str) -> None:
    assert voice_of(report(searcher, "stroke"), name).reason == reason


def test_who_is_heard_in_superseded_plans_alone_is_told_so(searcher: Searcher) -> None:
    voice = voice_of(report(searcher, "falls"), "Alpha Trust")
    assert voice.reason == (
        "It is mentioned in what was superseded alone, in no current document."
    )
    assert [held.id for held in voice.silent] == ["alpha-2019"]


def test_the_best_sentence_of_the_newest_current_document_is_quoted(searcher: Searcher) -> None:
    voice = voice_of(report(searcher, "bed stroke"), "Alpha Trust")
    saying = voice.sayings[0]
    quoted = saying.quotation
    assert quoted.text == "A stroke needs a bed, and a bed."
    assert quoted.hit.passage.text[quoted.start:quoted.end] == quoted.text
    assert [quoted.text[slice(*each)] for each in saying.matches] == ["stroke", "bed", "bed"]
    assert saying.document.id == "alpha-2019"


@pytest.mark.parametrize("by", get_args(By))
def test_its_numbers_are_those_of_the_search(searcher: Searcher, by: By) -> None:
    query = understand_query("stroke")
    found = report_silence(searcher, query, by)
    results = searcher.search(query)
    assert sum(voice.passages for voice in found.voices) == results.passages
    assert sum(len(voice.sayings) for voice in found.voices) == results.documents


def test_only_some_of_the_words_are_not_the_topic(searcher: Searcher) -> None:
    found = report(searcher, "stroke library")
    assert not found.of("said") and NOT_TOGETHER_NOTE in found.notes
    assert searcher.total(understand_query("stroke library")) > 0


def test_other_names_are_searched_for_and_told(searcher: Searcher) -> None:
    found = report(searcher, "GP")
    assert any("searched for as" in note for note in found.notes)
    assert voice_of(found, "Beta Council").mention == "said"
    assert voice_of(report(searcher, "GP", as_typed=True), "Beta Council").mention == "not said"


@pytest.mark.parametrize(
    ("changes", "by", "unheld"),
    [
        ({"since": "2015", "until": "2020"}, "year", {"2020", "2017", "2015"}),
        ({"filters": (("organisation", ("Omega", "Beta Council")),)}, "organisation", {"Omega"}),
        ({"document": "nothing"}, "document", {"nothing"}),
    ],
)
def test_what_was_chosen_and_is_not_held_is_named(
    searcher: Searcher, changes: dict[str, Any], by: By, unheld: set[str]
) -> None:
    found = report(searcher, "stroke", by, **changes)
    assert {voice.name for voice in found.of("not held")} == unheld


@pytest.mark.parametrize("by", get_args(By))
def test_a_public_reader_never_learns_of_what_is_for_staff(searcher: Searcher, by: By) -> None:
    public = report(searcher, "stroke", by)
    packed = json.dumps(silence_json(public, searcher.library))
    assert "idden" not in packed and "secret" not in packed and "luck" not in packed
    assert len(report(searcher, "stroke", by, audience="staff").voices) == len(public.voices) + 1


def test_without_words_nobody_is_asked(searcher: Searcher) -> None:
    found = report_silence(searcher, Query(), "year")
    assert (found.reason, found.voices) == (NO_WORDS, ())
    (row,) = csv.DictReader(io.StringIO("".join(silence_csv(found, searcher.library))))
    assert row["row"] == "0 of 0" and NO_WORDS in row["notes"]


def test_files_that_a_catalogue_names_and_that_are_not_there_are_not_held(tmp_path: Path) -> None:
    library = Library(tmp_path)
    fill_library(library, BETA)
    build_index(library, silent)
    searcher, named = Searcher(library), "catalogue.csv names b.txt, which is not there."
    with library.begin() as connection:
        connection.execute(insert(runs).values(
            folder="corpus", started="2024", finished="2024", report={"problems": [named, "Other."]}
        ))  # fmt: skip
    (missing,) = report(searcher, "stroke").missing
    assert missing == named
    assert missing in "".join(silence_csv(report(searcher, "stroke"), library))


def test_the_table_for_spreadsheets_has_a_row_for_each_part(searcher: Searcher) -> None:
    found = report(searcher, "stroke")
    rows = list(csv.DictReader(io.StringIO("".join(silence_csv(found, searcher.library)))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["row"] for row in rows] == [f"{n} of 6" for n in range(1, 7)]
    assert [(row["name"], row["mention"]) for row in rows] == list(mentions(found).items())
    assert (rows[0]["documents_that_mention"], rows[0]["document_id"]) == ("2", "alpha-2019")
    assert all(row["coverage"] == found.coverage.sentence for row in rows)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    data = tmp_path_factory.mktemp("silence-site")
    fill(data).close()
    yield from open_client(data)


def get(client: FlaskClient, address: str, **args: Any) -> str:
    with client.get(address, query_string=args) as response:
        assert response.status_code == 200
        return str(response.get_data(as_text=True))


def test_the_page_tells_each_kind_of_silence_apart(client: FlaskClient) -> None:
    page = get(client, "/silence", q="stroke")
    assert "1 of 6 organisations mentions “stroke”" in page
    for said in ("Not said: 1 organisation", "Not read: 3 organisations",
                 "Not held: 1 organisation", "page 2 of Gamma plan",
                 "A <mark>stroke</mark> needs a bed"):  # fmt: skip
        assert said in page
    assert "/silence.csv?" in page and "Searched 5 of 6 documents" in page
    assert "Words of a topic" in get(client, "/silence")
    assert "cannot be told by “moon”" in get(client, "/silence", q="stroke", by="moon")
    late = get(client, "/silence", q="falls")
    assert "Mention it only in what was superseded" in late and "Period covered: 2016-2021" in late


def test_the_api_and_the_file_have_the_same_parts(client: FlaskClient) -> None:
    packed = json.loads(get(client, "/api/v1/silence", q="stroke", by="document"))
    rows = list(csv.DictReader(io.StringIO(get(client, "/silence.csv", q="stroke", by="document"))))
    assert [(part["name"], part["mention"], str(part["passages"])) for part in packed["parts"]] == [
        (row["name"], row["mention"], row["passages"]) for row in rows
    ]


def test_the_command_tells_who_is_silent(tmp_path: Path) -> None:
    fill(tmp_path).close()
    data = ("--data", str(tmp_path))
    run = CliRunner().invoke(main, ["silence", "stroke", *data])
    assert run.exit_code == 0 and "1 of 6 organisations mentions it." in run.output
    assert "not said: 1 document was read to the end" in run.output
    packed = CliRunner().invoke(main, ["silence", "stroke", "--json", *data])
    assert json.loads(packed.output)["mentions"]["said"] == 1
    assert "6 of 6" in CliRunner().invoke(main, ["silence", "stroke", "--csv", *data]).output
    every = CliRunner().invoke(main, ["silence", "stroke", "--document", "alpha-2019", *data])
    assert every.exit_code == 1 and "1 of 1" in every.output
