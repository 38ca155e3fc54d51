"""Near-identical passages are folded in the list of results, and counted and exported all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.query import Query, Term
from index.search import Searcher
from tests.factories import make_document, make_searcher

COPIED = (
    "The trust will open a new ward for older people in the spring, staffed by nurses who have"
    " been trained in the care of frailty, and close the two wards that it replaces."
)
OWN = "A ward is a room of a hospital, says our plan number"

WARD = Query("ward", Term("ward"))


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    documents = [
        make_document("a.txt", f"# One\n{COPIED}", title="A"),
        make_document("b.txt", f"# One\n{COPIED}\n# Two\n{OWN} 2.", title="B", kind="refresh"),
        make_document("c.txt", f"# One\n{COPIED} Soon.", title="C", kind="refresh"),
        make_document("d.txt", f"# One\n{COPIED}", title="D", audience="staff"),
        make_document("e.txt", f"# One\n{COPIED}\n# One\n{COPIED}", status="superseded"),
    ]
    return make_searcher(tmp_path_factory.mktemp("folded"), *documents)


def test_a_passage_is_shown_once_and_named_wherever_else_it_is(searcher: Searcher) -> None:
    results = searcher.search(WARD)
    shown = {group.document.id: [hit.id for hit in group.hits] for group in results.groups}
    folded = {
        group.document.id: [(fold.twin.id, fold.shown.id, fold.twin.same) for fold in group.folded]
        for group in results.groups
    }
    assert shown.pop("b") == ["b/1/2"]
    (first,) = filter(None, shown.values())
    assert first == ["a/1/1"]
    assert folded == {
        "a": [], "b": [("b/1/1", "a/1/1", True)], "c": [("c/1/1", "a/1/1", False)],
        "e": [("e/1/1", "a/1/1", True), ("e/1/2", "a/1/1", True)],
    }  # fmt: skip
    assert results.folding_note in results.notes and "4 near-identical" in results.folding_note


def test_twins_are_counted_and_those_of_current_documents_named_first(searcher: Searcher) -> None:
    hits = [hit for group in searcher.search(WARD).groups for hit in group.hits]
    (hit,) = (hit for hit in hits if hit.twins.first)
    assert (hit.twins.passages, hit.twins.documents) == (4, 3)
    named = [(twin.id, twin.same) for twin in hit.twins.first]
    assert named == [("b/1/1", True), ("c/1/1", False), ("e/1/1", True), ("e/1/2", True)]


def test_totals_facets_and_exports_have_every_passage(searcher: Searcher) -> None:
    results = searcher.search(WARD)
    assert (results.documents, results.passages) == (4, 6)
    assert [group.passages for group in results.groups] == [
        {"b": 2, "e": 2}.get(group.document.id, 1) for group in results.groups
    ]
    assert len([*searcher.all_hits(WARD).hits]) == 6
    (kinds,) = (facet for facet in results.facets if facet.name == "kind")
    assert {value.value: value.passages for value in kinds.values}["refresh"] == 3


def test_only_twins_that_the_reader_and_the_filters_leave_are_told_of(searcher: Searcher) -> None:
    def documents(query: Query) -> int:
        hits = [hit for group in searcher.search(query).groups for hit in group.hits]
        return max(hit.twins.documents for hit in hits)

    assert documents(WARD) == 3
    assert documents(replace(WARD, audience="staff")) == 4
    assert documents(replace(WARD, filters=(("kind", ("refresh",)),))) == 1
    soon = replace(WARD, tree=Term("soon"))
    assert documents(soon) == 0


def test_nothing_is_folded_within_one_document(searcher: Searcher) -> None:
    (group,) = searcher.search(replace(WARD, document="e")).groups
    assert len(group.hits) == group.passages == 2 and not group.folded


def test_results_without_twins_say_nothing(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, make_document("a.txt", f"# One\n{COPIED}"))
    results = searcher.search(WARD)
    assert results.notes == () and results.folding_note == ""
