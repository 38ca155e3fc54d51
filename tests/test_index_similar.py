"""More like a passage: by its most telling words, for the reader alone, itself left out."""

from __future__ import annotations

import pytest

from index.query import Query
from index.search import Searcher
from index.similar import MOST_WORDS, NO_WORDS_NOTE, read_id
from tests.factories import make_document, make_searcher


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    bees = "The hospital keeps bees on its roof, and patients taste the honey of the bees."
    documents = [
        make_document("bees.txt", f"# First\n{bees}\n# Second\nHoney is what the bees make."),
        make_document("more.txt", "More honey, said the patients of the hospital."),
        make_document("other.txt", "The hospital has a roof."),
        make_document("nothing.txt", "Quite unlike."),
        make_document("staff.txt", "Bees and their honey; unlike wasps.", audience="staff"),
    ]
    return make_searcher(tmp_path_factory.mktemp("similar"), *documents)


def find(searcher: Searcher, query: Query) -> list[str]:
    return [hit.id for hit in searcher.best_hits(query, 10)]


def test_passages_with_the_most_telling_words_come_first_and_itself_never(
    searcher: Searcher,
) -> None:
    found = find(searcher, Query(like="bees/1/1"))
    assert {*found[:2]} == {"bees/1/2", "more/1/1"} and found[2:] == ["other/1/1"]
    assert "staff/1/1" in find(searcher, Query(like="bees/1/1", audience="staff"))


def test_list_count_and_export_agree_on_what_is_like_a_passage(searcher: Searcher) -> None:
    query = Query(like="bees/1/1")
    results = searcher.search(query)
    assert results.passages == len([*searcher.all_hits(query).hits]) == 3


def test_a_note_names_the_passage_and_its_words(searcher: Searcher) -> None:
    (note,) = searcher.search(Query(like="bees/1/1")).query.notes
    said = note.rpartition("which are ")[2].rstrip(".").split(", ")
    assert "“bees”" in note and said[0] == "bees"
    assert {*said} == {"bees", "honey", "hospital", "patients", "roof"} and len(said) <= MOST_WORDS


def test_words_that_no_other_passage_of_the_reader_has_tell_nothing(searcher: Searcher) -> None:
    (note,) = searcher.search(Query(like="nothing/1/1")).query.notes
    assert note == NO_WORDS_NOTE
    assert find(searcher, Query(like="nothing/1/1", audience="staff")) == ["staff/1/1"]


UNKNOWN = (
    "staff/1/1", "bees/2/1", "bees/1/9", "bees", "gone/1/1", "/", "bees/1/x", "bees/1/²", "a/" * 99
)


@pytest.mark.parametrize("like", UNKNOWN)
def test_what_is_not_for_the_reader_is_as_unknown_as_what_is_not_there(
    searcher: Searcher, like: str
) -> None:
    results = searcher.search(Query(like=like))
    assert results.passages == 0
    assert results.query.notes == (
        f"There is no passage “{like[:80]}”, so nothing like it can be looked for.",
    )


def test_ids_are_document_version_and_number() -> None:
    assert read_id("a-plan/2/31") == ("a-plan", 2, 31)
    assert read_id("a-plan/2/") == ("a-plan", 0, 0)
