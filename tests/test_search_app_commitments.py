"""Commitments: every statement that promises, in its own words, counted and exported whole."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from index.build import build_index
from index.errors import NoSuchPage
from index.query import Query
from index.query_parser import understand_query
from index.search import Searcher
from ingest.passages import split_passages
from ingest.records import Block, Span
from search_app.cli import main
from search_app.reports import commitments as commitments_module
from search_app.reports import commitments_reading
from search_app.reports.commitments import Commitments
from search_app.reports.commitments_choices import Choices, is_passed
from search_app.reports.commitments_deadlines import YEAR_NOT_STATED
from search_app.reports.commitments_finding import Commitment, find_commitments
from search_app.reports.commitments_reading import CommitmentReader
from search_app.reports.commitments_records import (
    COLUMNS, commitments_csv, commitments_json, say_number,
)  # fmt: skip
from tests.factories import fill_library, make_document, make_library, open_client, silent

OLD = make_document(
    "alpha-2016.txt", "We will open one hub by 2018.", organisation="Alpha Trust", published="2016",
    status="superseded", title="Alpha plan",
)  # fmt: skip
ALPHA = make_document(
    "alpha-2019.txt",
    "# Dementia\nWe will open two clinics by March 2021, for £4.5m. Demand will rise.\n"
    "# Next steps\n• Recruit ten nurses\n• Staff are kind.\n# Roads\nBy 2022 we will:\n"
    "• mend 40 roads\n• light all lanes by 2024\nThe end.",
    organisation="Alpha Trust", published="2019-03", supersedes="alpha-2016.txt",
    title="Alpha refresh", kind="refresh",
)  # fmt: skip
BETA = make_document(
    "beta.txt", "The Council aims to plant trees. The Council will not close its library.",
    organisation="Beta Council", published="2018", title="Beta plan",
)  # fmt: skip
SECRET = make_document(
    "secret.txt", "We will sell the clinic by 2031.", organisation="Hidden Board", published="2020",
    audience="staff", title="Hidden",
)  # fmt: skip
ALL = (OLD, ALPHA, BETA, SECRET)

list_commitments = partial(commitments_module.list_commitments, today=date(2022, 12, 31))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> CommitmentReader:
    return CommitmentReader(Searcher(make_library(tmp_path_factory.mktemp("said"), *ALL)))


def texts(found: Commitments) -> list[str]:
    return [each.quotation.text for each in found.statements]


def find(*blocks: Block) -> list[tuple[str, Commitment]]:
    passages = split_passages(blocks)
    by_number = {passage.number: passage.text for passage in passages}
    return [(by_number[each.number][each.start:each.end], each)
            for each in find_commitments(passages, "2018")]  # fmt: skip


def block(text: str, kind: Any = "paragraph", level: int = 0) -> Block:
    return Block(kind, text, (Span(1, 0, len(text)),), level)


def test_each_commitment_is_verbatim_with_who_figure_and_by_when(reader: CommitmentReader) -> None:
    found = list_commitments(reader, Query())
    assert texts(found) == [
        "We will open two clinics by March 2021, for £4.5m.",
        "• Recruit ten nurses",
        "• mend 40 roads",
        "• light all lanes by 2024",
        "The Council aims to plant trees.",
        "The Council will not close its library.",
        "We will open one hub by 2018.",
    ]
    for each in found.statements:
        quoted = each.quotation
        assert quoted.hit.passage.text[quoted.start:quoted.end] == quoted.text
    clinic, nurses, roads, lanes, _, library, _ = (each.commitment for each in found.statements)
    assert (clinic.subject, clinic.figures, clinic.deadline, clinic.due) == (
        "We", ("£4.5m",), "by March 2021", "2021-03",
    )  # fmt: skip
    assert (nurses.strength, nurses.lead, nurses.due) == ("plan", "Next steps", "")
    assert (roads.lead, roads.deadline, roads.due) == ("By 2022 we will:", "By 2022", "2022")
    assert (lanes.deadline, lanes.due, lanes.subject) == ("by 2024", "2024", "we")
    assert library.negated and library.subject == "The Council"


def test_items_of_a_list_that_goes_on_in_the_next_passage_keep_what_leads_into_them() -> None:
    items = [block(f"• build bridge {n}, which is long and made of stone" + " and wood" * 8, "item")
             for n in range(20)]  # fmt: skip
    found = find(block("Bridges", "heading", 1), block("By 2022 we will:"), *items)
    assert len({each.number for _, each in found}) > 1
    assert len(found) == 20 and {each.lead for _, each in found} == {"By 2022 we will:"}
    assert {each.due for _, each in found} == {"2022"}


def test_rows_of_a_table_of_actions_take_their_date_from_its_column() -> None:
    rows = ("Action\tLead\tBy when", "Recruit nurses\tAB\tMarch 2020", "Open the hub\tCD\tOngoing",
            "Nurses are here\tEF\t2021")  # fmt: skip
    found = find(*(block(row, "row", int(not n)) for n, row in enumerate(rows)))
    assert [(text, each.lead, each.deadline, each.due) for text, each in found] == [
        (rows[1], rows[0], "March 2020", "2020-03"), (rows[2], rows[0], "", ""),
    ]  # fmt: skip


def test_a_cell_that_promises_is_the_commitment_of_its_row() -> None:
    rows = ("Theme\tText\t2017", "Beds\tThe Trust will open 40 beds by 2020.\t5", "Roads\tLong.\t6")
    ((text, each),) = find(*(block(row, "row", int(not n)) for n, row in enumerate(rows)))
    assert text == rows[1] and (each.subject, each.due) == ("The Trust", "2020")
    assert each.figures == ("40", "5") and each.cue == "will"


@pytest.mark.parametrize(
    ("query", "choices", "expected"),
    [
        (understand_query("clinic"), Choices(), 1),
        (understand_query("dementia"), Choices(), 1),
        (understand_query("dementia clinics"), Choices(), 1),
        (understand_query('"two clinics"'), Choices(), 1),
        (understand_query("2022"), Choices(), 2),
        (understand_query("zebra"), Choices(), 0),
        (Query(), Choices(strength=("aim",)), 1),
        (Query(), Choices(due=("2022", "2024")), 2),
        (Query(), Choices(dated=("no",)), 3),
        (Query(), Choices(due_until="2021"), 2),
        (Query(), Choices(due_until="2021-02"), 1),
        (Query(), Choices(due_from="2021"), 3),
        (Query(), Choices(due_from="2021-03-31", due_until="2022-12"), 2),
        (Query(), Choices(due_from="2022-12", due_until="2022-12-30"), 0),
        (Query(), Choices(due_from="2022-12-31", due_until="2022"), 1),
        (Query(), Choices(due_from="2024", due_until="2022"), 0),
        (Query(), Choices(passed=("yes",)), 2),
        (Query(), Choices(passed=("no",)), 2),
        (Query(), Choices(passed=("yes", "no"), dated=("no",)), 0),
        (Query(), Choices(dated=("yes",), strength=("promise",)), 4),
        (Query(filters=(("organisation", ("Beta Council",)),)), Choices(), 2),
        (Query(filters=(("status", ("superseded",)),)), Choices(), 1),
        (Query(since="2019"), Choices(), 4),
        (Query(document="beta"), Choices(), 2),
    ],
)
def test_filters_words_and_choices_leave_exactly_these(
    reader: CommitmentReader, query: Query, choices: Choices, expected: int
) -> None:
    found = list_commitments(reader, query, choices)
    assert (found.total, len(found.statements)) == (expected, expected)


def test_counts_are_those_of_choosing_each_value_too(reader: CommitmentReader) -> None:
    choices = Choices(strength=("promise",))
    found = list_commitments(reader, Query(), choices)
    kinds = {"strength": found.strengths, "due": found.due, "dated": found.dated,
             "passed": found.passed}  # fmt: skip
    for name, each in [(name, each) for name, values in kinds.items() for each in values]:
        alone = replace(choices, **{name: (each.value,)})
        assert list_commitments(reader, Query(), alone).total == each.commitments, each
    for facet in found.facets:
        for value in facet.values:
            query = Query(filters=((facet.name, (value.value,)),))
            narrowed = list_commitments(reader, query, choices)
            assert (narrowed.total, narrowed.documents) == (value.passages, value.documents)


@pytest.mark.parametrize(
    ("due", "today", "passed"),
    [
        ("2022", "2022-12-31", False),
        ("2022", "2023-01-01", True),
        ("2022-06", "2022-06-30", False),
        ("2022-06", "2022-07-01", True),
        ("2022-06-15", "2022-06-15", False),
        ("2022-06-15", "2022-06-16", True),
        (YEAR_NOT_STATED, "2030-01-01", False),
        ("", "2030-01-01", False),
    ],
)
def test_a_date_is_passed_when_its_last_day_is_over(due: str, today: str, passed: bool) -> None:
    assert is_passed(due, date.fromisoformat(today)) is passed


COPIES = (
    make_document("plan.txt", "We will light every lane with lamps by 2020, as the law says.\n"
                  "We will:\n• mend roads", organisation="Alpha", published="2019"),
    make_document("summary.txt", "We will light every lane, with lamps, by 2020 as law says!\n"
                  "We will:\n– mend the roads\nWe plan to:\n– mend the roads",
                  organisation="Alpha", published="2018"),
    make_document("other.txt", "We will light every lane with lamps by 2021, as the law says.",
                  organisation="Alpha", published="2017"),
    make_document("beta.txt", "We will light every lane with lamps by 2020, as the law says.",
                  organisation="Beta", published="2016"),
    make_document("staff.txt", "We will light every lane with lamps by 2020, as the law says.",
                  organisation="Alpha", published="2015", audience="staff"),
)  # fmt: skip


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> CommitmentReader:
    return CommitmentReader(Searcher(make_library(tmp_path_factory.mktemp("copies"), *COPIES)))


def test_the_same_of_one_organisation_is_shown_once_with_where_else_it_is(
    copies: CommitmentReader,
) -> None:
    found = list_commitments(copies, Query())
    assert (found.total, found.different, len(found.statements)) == (7, 5, 5)
    assert say_number(found) == "7 commitments, 5 different,"
    lanes, roads, planned, later, beta = found.statements
    assert [(each.document.id, each.quotation.text) for each in lanes.also] == [
        ("summary", "We will light every lane, with lamps, by 2020 as law says!")
    ]
    assert [each.document.id for each in roads.also] == ["summary"]
    assert not (planned.also or later.also or beta.also)
    staff = list_commitments(copies, Query(audience="staff"))
    assert [each.document.id for each in staff.statements[0].also] == ["summary", "staff"]


def test_the_table_names_the_group_of_each_row(copies: CommitmentReader) -> None:
    whole = list_commitments(copies, Query(), whole=True)
    lines = "".join(commitments_csv(whole, copies.searcher.library))
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert len(rows) == whole.total == 7 and not any(each.also for each in whole.statements)
    groups = [row["group"] for row in rows]
    assert len({*groups}) == whole.different == 5
    packed = commitments_json(list_commitments(copies, Query()), copies.searcher.library)
    assert [each["group"] for each in packed["commitments"]] == [*dict.fromkeys(groups)]
    assert packed["commitments"][0]["also"][0]["text"].endswith("as law says!")


def test_by_date_due_the_soonest_comes_first_and_what_has_none_last(
    reader: CommitmentReader,
) -> None:
    found = list_commitments(reader, Query(), Choices(order="due"))
    dues = [each.due for each in found.statements]
    assert dues == ["2018", "2021-03", "2022", "2024", "", "", ""]


def test_pages_join_to_the_whole_and_none_is_past_the_end(
    reader: CommitmentReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commitments_module, "COMMITMENTS_A_PAGE", 3)
    pages = [list_commitments(reader, Query(page=page)) for page in (1, 2, 3)]
    whole = list_commitments(reader, Query(), whole=True)
    assert [text for page in pages for text in texts(page)] == texts(whole)
    assert {page.total for page in pages} == {7} and pages[0].pages == 3
    with pytest.raises(NoSuchPage, match="no page 4"):
        list_commitments(reader, Query(page=4))


def test_a_public_reader_never_learns_of_what_is_for_staff(reader: CommitmentReader) -> None:
    library = reader.searcher.library
    public = json.dumps(commitments_json(list_commitments(reader, Query()), library))
    assert "Hidden" not in public and "2031" not in public and "sell" not in public
    staff = list_commitments(reader, Query(audience="staff"))
    assert staff.total == 8 and "2031" in [each.value for each in staff.due]


def test_only_documents_that_changed_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library(tmp_path, OLD, BETA)
    reader = CommitmentReader(Searcher(library))
    assert list_commitments(reader, Query()).total == 3
    read: list[str] = []

    def find(passages: Iterator[Any], published: str) -> Iterator[Commitment]:
        read.append(published)
        return find_commitments(passages, published)

    monkeypatch.setattr(commitments_reading, "find_commitments", find)
    later = make_document("beta.txt", "We will rest.", organisation="Beta", published="2020")
    fill_library(library, OLD, later)
    build_index(library, silent)
    assert texts(list_commitments(reader, Query())) == [
        "We will rest.", "We will open one hub by 2018."
    ]  # fmt: skip
    assert read == ["2020"]


def test_the_table_for_spreadsheets_has_a_row_for_each(reader: CommitmentReader) -> None:
    found = list_commitments(reader, Query(), whole=True)
    table = "".join(commitments_csv(found, reader.searcher.library))
    rows = list(csv.DictReader(io.StringIO(table)))
    assert tuple(rows[0]) == COLUMNS
    assert [row["row"] for row in rows] == [f"{n} of 7" for n in range(1, 8)]
    assert [row["quotation"] for row in rows] == texts(found)
    assert rows[0]["deadline"] == "by March 2021" and rows[1]["deadline"] == "no date stated"
    assert rows[0]["sha256"] == ALPHA[0].sha256 and rows[0]["heading"] == "Dementia"
    assert all(row["coverage"] == found.coverage.sentence for row in rows)
    none = list_commitments(reader, understand_query("zebra"), whole=True)
    (row,) = csv.DictReader(io.StringIO("".join(commitments_csv(none, reader.searcher.library))))
    assert row["row"] == "0 of 0"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    data = tmp_path_factory.mktemp("site")
    make_library(data, *ALL).close()
    yield from open_client(data)


def get(client: FlaskClient, address: str, **args: Any) -> str:
    with client.get(address, query_string=args) as response:
        assert response.status_code == 200
        return str(response.get_data(as_text=True))


def test_the_page_shows_each_with_its_place_and_keeps_the_choices(client: FlaskClient) -> None:
    page = get(client, "/commitments", strength="promise", organisation="Alpha Trust")
    assert "4 commitments in 2 documents" in page and "£4.5m" in page
    assert "“by March 2021” (March 2021)" in page and "Searched 3 of 3 documents" in page
    assert 'name="strength" value="promise" checked' in page
    assert 'name="organisation" value="Alpha Trust" checked' in page
    assert "/commitments?strength=promise" in page  # without the organisation
    assert "/commitments?organisation=Alpha+Trust" in page  # without the strength
    assert "no date stated" in get(client, "/commitments", q="nurses")
    assert "No commitments found" in get(client, "/commitments", q="zebra")
    assert "“By 2022 we will:” … “• mend 40 roads”" in get(client, "/commitments", q="mend")


def test_the_page_narrows_by_a_range_of_dates_due_and_keeps_it(client: FlaskClient) -> None:
    page = get(client, "/commitments", due_from="2019", due_until="2022-12", strength="promise")
    assert "2 commitments in 1 document" in page and "Date passed" in page
    assert 'name="due_from" value="2019"' in page and 'name="due_until" value="2022-12"' in page
    assert "/commitments?strength=promise&amp;due_until=2022-12" in page  # without the first
    assert "due_from=2019" in page.split("commitments.csv?")[1].split('"')[0]
    ended = get(client, "/commitments", due_from="2022", due_until="2019")
    assert "No date is from 2022 up to 2019" in ended and "No commitments found" in ended


def test_the_page_says_what_it_did_not_understand(client: FlaskClient) -> None:
    page = get(client, "/commitments", strength="vow", due="soon", dated="maybe", order="moon",
               passed="soon", due_from="2021-13", due_until="then")  # fmt: skip
    for said in ("“2021-13” was not", "“then” was not", "known of passed", "“vow” is nothing",
                 "“soon” was not", "“maybe” is nothing", "“moon” is nothing"):
        assert said in page
    assert client.get("/commitments?page=9").status_code == 404


def test_the_api_and_the_file_have_the_same_commitments(client: FlaskClient) -> None:
    packed = json.loads(get(client, "/api/v1/commitments", dated="yes"))
    rows = list(csv.DictReader(io.StringIO(get(client, "/commitments.csv", dated="yes"))))
    assert packed["total"] == len(rows) == 4
    assert [each["quotation"]["text"] for each in packed["commitments"]] == [
        row["quotation"] for row in rows
    ]
    assert {each["deadline"] for each in packed["commitments"]} == {
        "by March 2021", "By 2022", "by 2024", "by 2018",
    }  # fmt: skip


def test_the_command_prints_lists_and_tables(tmp_path: Path) -> None:
    make_library(tmp_path, *ALL).close()
    data = ("--data", str(tmp_path))
    run = CliRunner().invoke(main, ["commitments", "clinics", *data])
    assert run.exit_code == 0 and "1 commitment in 1 document" in run.output
    assert "“We will open two clinics by March 2021, for £4.5m.”" in run.output
    assert "promise, “We” (Alpha Trust), £4.5m, by March 2021 (date passed)" in run.output
    packed = CliRunner().invoke(main, ["commitments", "--strength", "aim", "--json", *data])
    assert json.loads(packed.output)["total"] == 1
    dated = ["commitments", "--due-from", "2019", "--due-until", "2021", "--passed", "yes", *data]
    said = CliRunner().invoke(main, dated)
    assert "1 commitment in 1 document" in said.output and "(date passed)" in said.output
    wrong = CliRunner().invoke(main, ["commitments", "--due-until", "soon", *data])
    assert wrong.exit_code == 2 and "“soon” is no date" in wrong.output
    table = CliRunner().invoke(main, ["commitments", "--due", "2022", "--csv", *data])
    assert "1 of 1" in table.output
    assert CliRunner().invoke(main, ["commitments", "zebra", *data]).exit_code == 1
    assert CliRunner().invoke(main, ["commitments", "--csv", "--json", *data]).exit_code == 2
