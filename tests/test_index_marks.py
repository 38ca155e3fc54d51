"""As many matches are counted in a passage as the highlighter marks there, whatever the query."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from index.analysis import find_tokens, without_accents
from index.build import build_index
from index.query import Node, Not, Query, Within
from index.query_parser import parse_query, understand_query
from index.search import Searcher
from ingest.library import Library
from tests.factories import fill_library, make_document, silent

WORDS = "bed beds Ward wards élan Elan elbow care self-harm A&E 2019/20 WHO who".split()
TYPED = (
    "bed", '"bed"', "care bed", "bed OR care", "bed -care", '"care bed"', '"care bed care"',
    '"bed care"~2', '"care bed ward"~>4', '"bed bed"~1', "be*", "war?", "beds~", "WHO", "2019",
    "self-harm", "selfharm", "heading:bed", "heading:bed OR care", "title:(ward OR bed)",
    'bed OR (care "ward bed") OR title:ward', "zebra", "zebra OR bed", "", "(bed OR ward) care",
)  # fmt: skip


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Make one over documents of chance, in two segments, of which one has what was replaced."""
    chance = random.Random(5)
    library = Library(tmp_path_factory.mktemp("marks"))
    made = [make_document(f"{number}.txt", _write(chance), title="Beds") for number in range(30)]
    fill_library(library, *made)
    build_index(library, silent)
    made[3] = make_document("3.txt", _write(chance))
    fill_library(library, *made, make_document("late.txt", _write(chance), title="Wards"))
    build_index(library, silent)
    return Searcher(library)


def _write(chance: random.Random) -> str:
    sections = chance.randrange(1, 4)
    return "\n".join(
        f"# {chance.choice(WORDS)}\n{' '.join(chance.choices(WORDS, k=chance.randrange(1, 30)))}."
        for _ in range(sections)
    )


def counted(searcher: Searcher, query: Query) -> dict[str, int]:
    return {each.id: each.matches for each in searcher.occurrences(query).passages}


def marked(searcher: Searcher, query: Query) -> dict[str, int]:
    return {hit.id: len(hit.matches) for hit in searcher.all_hits(query).hits}


@pytest.mark.parametrize("typed", TYPED)
def test_matches_are_counted_as_they_are_marked(searcher: Searcher, typed: str) -> None:
    query = understand_query(typed)
    assert counted(searcher, query) == marked(searcher, query)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("words", [1, 3, 40])
@pytest.mark.parametrize("typed", ["bed", "bed OR care", '"care bed" OR who', "zebra"])
def test_matches_are_sorted_as_reading_them_would(
    searcher: Searcher, typed: str, words: int, before: bool
) -> None:
    found = searcher.occurrences(understand_query(typed))
    read = [
        (_words_beside(passage.text, match, before)[:words], (each.id, at))
        for each in found.passages
        for passage, matches in [found.look_at(each)]
        for at, match in enumerate(matches)
    ]
    expected = [line for _, line in sorted(read, key=lambda each: each[0])]
    assert [(each.id, at) for each, at in found.sort_by_words(before, words)] == expected


def _words_beside(text: str, match: tuple[int, int], before: bool) -> list[str]:
    start, end = match
    tokens = [*find_tokens(text)]
    if before:
        return [without_accents(each.form) for each in tokens if each.end <= start][::-1]
    return [without_accents(each.form) for each in tokens if each.start >= end]


def trees() -> list[Node]:
    bed, near = parse_query("bed OR care")[0], parse_query('"bed care"~3')[0]
    return [Within(bed, ("1", "4")), Not(bed), Not(Not(near)), Within(Not(bed), ("late",))]


@pytest.mark.parametrize("tree", trees(), ids=str)
def test_trees_that_cannot_be_typed_are_counted_alike(searcher: Searcher, tree: Node) -> None:
    query = replace(Query("typed", tree), as_typed=True)
    assert counted(searcher, query) == marked(searcher, query)


def test_what_is_like_a_passage_is_counted_alike(searcher: Searcher) -> None:
    query = Query(like="1/1/1")
    assert counted(searcher, query) == marked(searcher, query)


def test_nothing_is_counted_in_an_empty_library(tmp_path: Path) -> None:
    library = Library(tmp_path)
    build_index(library, silent)
    assert Searcher(library).occurrences(understand_query("bed")).total == 0
