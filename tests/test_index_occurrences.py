"""Occurrences are the matches of every hit, found once; holdings are what they are counted in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.build import build_index
from index.holdings import list_holdings
from index.query import Query
from index.query_parser import understand_query
from index.search import Searcher
from ingest.library import Library
from ingest.records import Page
from tests.factories import fill_library, make_document, make_searcher, silent

ALPHA = make_document(
    "alpha.txt", "# Sleep\nBeds, and more beds.\n# Wards\nOur beds are on wards.",
    organisation="Alpha Trust", published="2019-03",
)  # fmt: skip
BETA = make_document("beta.txt", "# Sleep\nNothing here.\n# Other\nBeds again: beds beds.")
SECRET = make_document("secret.txt", "Secret beds.", audience="staff", published="2010")


@pytest.mark.parametrize(
    "typed",
    ["beds", '"more beds"', "beds OR nothing", "beds wards", "heading:sleep", "bed*", "beds -wards",
     '"our wards"~9', "zebra", ""],
)  # fmt: skip
def test_occurrences_are_the_matches_of_all_hits(tmp_path: Path, typed: str) -> None:
    searcher = make_searcher(tmp_path, ALPHA, BETA, SECRET)
    query = understand_query(typed)
    found = searcher.occurrences(query)
    hits = {hit.id: hit.matches for hit in searcher.all_hits(query).hits}
    assert {each.id: found.look_at(each)[1] for each in found.passages} == hits
    assert {each.id: each.matches for each in found.passages} == {
        each: len(matches) for each, matches in hits.items()
    }
    results = searcher.search(query)
    assert (len(found.passages), found.documents) == (results.passages, results.documents)
    assert found.total == sum(map(len, hits.values()))
    assert found.unmarked == sum(not matches for matches in hits.values())


def test_passages_stand_by_document_and_number(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, BETA, ALPHA)
    found = searcher.occurrences(understand_query("beds"))
    assert [each.id for each in found.passages] == ["alpha/1/1", "alpha/1/2", "beta/1/2"]
    assert [found.look_at(each)[0].number for each in found.passages] == [1, 2, 2]


def test_a_query_is_marked_once_whatever_its_page_and_sort(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, ALPHA)
    query = understand_query("beds")
    found = searcher.occurrences(query)
    assert searcher.occurrences(replace(query, page=2, sort="date")) is found
    assert searcher.occurrences(understand_query("wards")) is not found
    assert searcher.occurrences(replace(query, audience="staff")) is not found


def test_a_new_generation_is_marked_anew(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, ALPHA)
    query = understand_query("beds")
    assert searcher.occurrences(query).total == 3
    fill_library(searcher.library, ALPHA, BETA)
    build_index(searcher.library, silent)
    assert searcher.occurrences(query).total == 6


def test_the_public_learns_nothing_of_documents_for_staff(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, ALPHA, SECRET)
    for audience, documents in (("public", 1), ("staff", 2)):
        query = replace(understand_query("beds"), audience=audience)
        found = searcher.occurrences(query)
        assert found.documents == documents
        assert len(list_holdings(found.snapshot, query)) == documents


def test_holdings_count_the_words_of_passages_within_a_query(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, ALPHA, BETA)
    snapshot = searcher.snapshot()
    alpha, beta = list_holdings(snapshot, Query())
    assert (alpha.document_id, alpha.year, alpha.organisation) == ("alpha", "2019", "Alpha Trust")
    assert (beta.year, beta.organisation, beta.themes) == ("Not stated",) * 2 + (("Not stated",),)
    assert (alpha.words, beta.words) == (11, 8)
    assert list_holdings(snapshot, Query(since="2018")) == (alpha,)
    assert list_holdings(snapshot, Query(document="beta")) == (beta,)


def test_what_was_replaced_is_not_counted_and_what_has_no_passages_is_held(tmp_path: Path) -> None:
    library = Library(tmp_path)
    source, document = make_document("empty.txt", "", published="2018")
    pages = (Page(1, "", quality="unread"),)
    empty = source, replace(document, reading=replace(document.reading, pages=pages))
    fill_library(library, ALPHA, empty)
    build_index(library, silent)
    fill_library(library, make_document("alpha.txt", "Only four words here."), empty)
    build_index(library, silent)
    alpha, silent_one = list_holdings(Searcher(library).snapshot(), Query())
    assert alpha.words == 4 and alpha.whole
    assert (silent_one.year, silent_one.words, silent_one.whole) == ("2018", 0, False)
