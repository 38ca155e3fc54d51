"""Proximity of plain words: what scores more, and that nothing else changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.favouring import MOST_PAIRS, PAIR_WEIGHT, favour_neighbours
from index.groups import DOCUMENTS_A_PAGE
from index.query import And, Everything, Node, Or, Phrase, Query, Term
from index.query_parser import parse_query, understand_query
from index.search import Searcher
from tests.factories import make_document, make_searcher

A, B, C = map(Term, ("alpha", "beta", "gamma"))


def pair(*terms: Term) -> Phrase:
    return Phrase(terms, PAIR_WEIGHT)


def maybe(*terms: Term) -> Node:
    return Or((Everything(), pair(*terms)))


FAVOURED: dict[str, Node] = {
    "alpha": A,
    "alpha beta gamma": And((A, B, C, maybe(A, B), maybe(B, C))),
    "alpha OR beta": Or((A, B, pair(A, B))),
    "(alpha beta) OR gamma": Or((And((A, B, maybe(A, B))), C)),
    "to be alpha": A,
    "to be": And(tuple(map(Term, ("to", "be")))),
}


@pytest.mark.parametrize("typed", FAVOURED)
def test_words_that_follow_one_another_are_a_phrase_too(typed: str) -> None:
    assert favour_neighbours(parse_query(typed)[0]) == FAVOURED[typed]


@pytest.mark.parametrize(
    "typed", ['alpha "beta"', "alpha -beta", "alpha title:beta", "alpha alph*", "alpha be~"]
)
def test_what_is_no_plain_word_is_no_neighbour(typed: str) -> None:
    tree = parse_query(typed)[0]
    assert favour_neighbours(tree) == tree


def test_no_more_pairs_than_are_quickly_found_are_favoured() -> None:
    many = Or(tuple(Term(f"a{chr(98 + n)}") for n in range(2 * MOST_PAIRS)))
    favoured = favour_neighbours(many)
    assert isinstance(favoured, Or) and len(favoured.parts) == 3 * MOST_PAIRS


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    texts = {
        "apart": "Health of the mind, and mental rest.",
        "beside": "For mental health the rest was good.",
        "turned": "The health and mental rest of people.",
    }
    more = {f"m{n}": f"Rest {n} of mental and of health." for n in range(2 * DOCUMENTS_A_PAGE)}
    documents = (make_document(f"{name}.txt", text) for name, text in (texts | more).items())
    return make_searcher(tmp_path_factory.mktemp("favoured"), *documents)


@pytest.mark.parametrize("typed", ["mental health", "mental OR health", "mental health unheard"])
def test_neighbours_stand_first_and_nothing_else_is_found(searcher: Searcher, typed: str) -> None:
    query = understand_query(typed)
    results = searcher.search(query)
    assert results.groups[0].document.id == "beside"
    plain = replace(query, tree=parse_query("mental OR health")[0])
    assert results.passages == searcher.count(plain)
    assert "mental" in marked(searcher, query)


def marked(searcher: Searcher, query: Query) -> list[str]:
    (best,) = searcher.best_hits(query, 1)
    return [best.passage.text[start:end] for start, end in best.matches]


def test_a_turned_pair_is_no_neighbour(searcher: Searcher) -> None:
    hits = searcher.best_hits(understand_query("health mental"), 3)
    assert hits[0].document.id != "beside"


@pytest.mark.parametrize("typed", ["mental health", "mental OR health", "mental health unheard"])
def test_pages_of_results_and_exports_have_one_order(searcher: Searcher, typed: str) -> None:
    query = understand_query(typed)
    pages = searcher.search(query).pages
    listed = [
        (hit.id, hit.score)
        for page in range(1, pages + 1)
        for group in searcher.search(replace(query, page=page)).groups
        for hit in group.hits
    ]
    assert pages > 2
    exported = {hit.id: (at, hit.score) for at, hit in enumerate(searcher.all_hits(query).hits)}
    assert [exported[name][1] for name, _ in listed] == [score for _, score in listed]
    assert [exported[name][0] for name, _ in listed] == sorted(exported[n][0] for n, _ in listed)


def test_a_filter_moves_no_score(searcher: Searcher) -> None:
    query = understand_query("mental health")
    scores = {hit.id: hit.score for hit in searcher.all_hits(query).hits}
    narrowed = replace(query, document="beside")
    assert [scores[hit.id] for hit in searcher.all_hits(narrowed).hits] == [scores["beside/1/1"]]
