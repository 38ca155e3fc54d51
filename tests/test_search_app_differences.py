"""What differs between two versions, section by section and sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.build import build_index
from ingest.library import Library
from ingest.versions import find_version
from search_app.quoting.stretches import Texts
from search_app.quoting.version_differences import Differences, compare_versions
from tests.factories import fill_library, make_document, open_client, silent

OLD = """# Our plan
It has two parts.
## Beds
We keep nine beds in the old ward. They are for all people. Visitors come in the afternoon.
## Food
Meals are cooked on the site every day of the week. They are warm.
## Travel
Buses stop at the gate.
"""
NEW = """# Our plan
It has two parts.
## Beds
We keep ten beds in the old ward. They are for all people. Flowers grow by the door in spring.
## Our meals and kitchens
Meals are cooked on the site every day of the week. They are warm.
Visitors come in the afternoon.
## Parking
Cars are left behind the church.
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = Library(tmp_path_factory.mktemp("differences"))
    fill_library(library, make_document("plan.txt", OLD), make_document("alone.txt", "# A\nOne."))
    fill_library(
        library,
        make_document("plan.txt", NEW),
        make_document("alone.txt", "# A\nOne."),
        make_document("next.txt", NEW.replace("ten", "six"), supersedes="plan.txt"),
        make_document("staff.txt", "# A\nTwo.", audience="staff"),
    )
    build_index(library, silent)
    library.close()
    return library.data


@pytest.fixture(scope="module")
def found(data: Path) -> Differences:
    library = Library(data)
    two = (find_version(library, "plan", number) for number in (1, 2))
    return compare_versions(Texts(library), *two)


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[FlaskClient]:
    yield from open_client(data)


def lines(found: Differences, change: str) -> list[tuple[str, str]]:
    return [
        (line.before.text if line.before else "", line.after.text if line.after else "")
        for section in found.sections for line in section.lines if line.change == change
    ]  # fmt: skip


def test_a_changed_sentence_has_its_words_compared(found: Differences) -> None:
    ((before, after),) = lines(found, "changed")
    assert "nine" in before and "ten" in after
    (line,) = [line for s in found.sections for line in s.lines if line.after
               and line.after.text == after]  # fmt: skip
    changed = [(p.printed, p.quoted) for p in line.pieces if p.change != "same"]
    assert changed == [("nine", "ten")]


def test_what_was_added_is_gone_or_was_moved_is_told(found: Differences) -> None:
    assert ("", "Flowers grow by the door in spring.") in lines(found, "added")
    assert ("Buses stop at the gate.", "") in lines(found, "gone")
    moved = lines(found, "moved")
    assert sorted(moved) == [
        ("", "Visitors come in the afternoon."), ("Visitors come in the afternoon.", ""),
    ]  # fmt: skip


def test_sections_are_aligned_by_headings_or_by_what_they_say(found: Differences) -> None:
    told = {section.trail[-1]: (section.former[-1:], section.only) for section in found.sections}
    assert told["Our meals and kitchens"] == (("Food",), "")
    assert told["Travel"] == ((), "before") and told["Parking"] == ((), "after")
    assert told["Beds"] == ((), "")


def test_counts_are_those_of_the_lines_each_sentence_once(found: Differences) -> None:
    counts = found.counts
    assert counts["moved"] == 1 and counts["changed"] == 1
    every = sum(len(section.lines) for section in found.sections)
    assert sum(counts.values()) == every - 1


def test_every_sentence_of_both_versions_is_in_it_once(found: Differences, data: Path) -> None:
    shown = [line for section in found.sections for line in section.lines]
    for side, text in (("before", OLD), ("after", NEW)):
        said = [getattr(line, side).text for line in shown if getattr(line, side)]
        whole = " ".join(sorted(said))
        assert sorted(" ".join(said).split()) == sorted(text.replace("#", "").split()), whole


def test_page_shows_the_counts_and_the_words(client: FlaskClient) -> None:
    text = client.get("/documents/plan/differences").get_data(as_text=True)
    assert "[was: </span>nine" in text and "[is now: </span>ten" in text
    assert "/q/plan/1/page/1?" in text and "/documents/plan/pages/1?" in text
    assert "Only before" in text and "unchanged sentence" in text


def test_page_compares_with_what_a_document_supersedes(client: FlaskClient) -> None:
    text = client.get("/documents/next/differences").get_data(as_text=True)
    assert "[was: </span>ten" in text and "[is now: </span>six" in text
    named = client.get("/documents/next/differences?from=plan/1&to=next").get_data(as_text=True)
    assert "[was: </span>nine" in named


def test_page_says_where_there_is_nothing_to_compare_with(client: FlaskClient) -> None:
    text = client.get("/documents/alone/differences").get_data(as_text=True)
    assert "nothing to compare it with" in text
    same = client.get("/documents/plan/differences?from=2").get_data(as_text=True)
    assert "Nothing differs between the two." in same


def test_api_gives_the_same_counts(client: FlaskClient, found: Differences) -> None:
    answered = client.get("/api/v1/documents/plan/differences").get_json()
    assert answered["differences"]["counts"] == found.counts
    alone = client.get("/api/v1/documents/alone/differences").get_json()
    assert alone["differences"] is None


@pytest.mark.parametrize("asked", ["from=7", "from=none", "from=staff", "to=staff/1", "to=-1"])
def test_versions_that_are_not_held_or_not_for_the_reader_are_not_found(
    client: FlaskClient, asked: str
) -> None:
    assert client.get(f"/documents/plan/differences?{asked}").status_code == 404
