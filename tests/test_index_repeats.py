"""A printed place is one match and its words are held once, however many passages have it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from index.analysis import find_tokens
from index.build import build_index
from index.holdings import list_holdings
from index.places import locate
from index.query import Query
from index.query_parser import understand_query
from index.search import Searcher
from ingest.library import Library
from ingest.records import Document, Span
from ingest.sources import Source
from tests.factories import TableLine, fill_library, make_searcher, make_tables, silent

WORDS = "bed beds ward Ward care self-harm self harm A & E 2019/20 WHO élan".split(" ")
TYPED = (
    "bed", '"bed ward"', "bed care", "bed OR care", "bed -WHO", '"care bed"~3', "be*",
    '"ward bed care"', "heading:bed", "heading:bed OR ward", '"A & E"', "selfharm", "", "zebra",
    '(bed OR "bed ward") care', "page:2 bed",
)  # fmt: skip


def write_tables(file: str, chance: random.Random) -> tuple[Source, Document]:
    """Make a document of tables of chance, over two pages, of which heads have one row or two."""
    lines: list[TableLine] = []
    for _ in range(chance.randrange(1, 4)):
        lines.append(("heading", chance.choice(WORDS)))
        for _ in range(chance.randrange(1, 3)):
            lines += [("head", _write(chance, 8)) for _ in range(chance.randrange(1, 3))]
            lines += [("row", _write(chance, 40)) for _ in range(chance.randrange(2, 14))]
    turn = chance.randrange(1, len(lines))
    return make_tables(file, lines[:turn], lines[turn:], title="Beds")


def _write(chance: random.Random, most: int) -> str:
    cells = (chance.choices(WORDS, k=chance.randrange(1, most // 2 + 1)) for _ in "ab")
    return "\t".join(" ".join(cell) for cell in cells)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Make one over tables of chance, in two segments, of which one has what was replaced."""
    chance = random.Random(7)
    library = Library(tmp_path_factory.mktemp("repeats"))
    made = [write_tables(f"{number}.txt", chance) for number in range(24)]
    fill_library(library, *made)
    build_index(library, silent)
    made[5] = write_tables("5.txt", chance)
    fill_library(library, *made, write_tables("late.txt", chance))
    build_index(library, silent)
    return Searcher(library)


Place = tuple[str, int, int]


def read_lines(searcher: Searcher, query: Query) -> list[Place]:
    """Read all hits, and give of the matches at each printed place the first."""
    hits = sorted(searcher.all_hits(query).hits, key=lambda h: (h.document.id, h.passage.number))
    places: dict[tuple[str, tuple[Span, ...]], Place] = {}
    for hit in hits:
        for match in hit.matches:
            printed = hit.document.id, locate(hit.passage.spans, *match)
            places.setdefault(printed, (hit.id, *match))
    return [*places.values()]


def give_lines(searcher: Searcher, query: Query) -> list[Place]:
    found = searcher.occurrences(query)
    lines = [(each.id, *match) for each in found.passages for match in found.look_at(each)[1]]
    assert found.total == len(lines)
    assert all(len(found.look_at(each)[1]) == each.matches for each in found.passages)
    return lines


def count_words(searcher: Searcher, document: str) -> int:
    """Count the words that stand at different places of a document's pages."""
    passages = searcher.library.passages(searcher.library.shelf()[document])
    return len({
        locate(passage.spans, token.start, token.end)
        for passage in passages for token in find_tokens(passage.text)
    })  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_each_printed_place_is_given_once_by_the_first_passage_found(
    searcher: Searcher, typed: str
) -> None:
    query = understand_query(typed)
    lines = read_lines(searcher, query)
    assert give_lines(searcher, query) == lines
    found, results = searcher.occurrences(query), searcher.search(query)
    assert (len(found.passages), found.documents) == (results.passages, results.documents)
    for before in (True, False):
        ordered = [
            (each.id, *found.look_at(each)[1][at]) for each, at in found.sort_by_words(before, 3)
        ]
        assert sorted(ordered) == sorted(lines)


ROTA = make_tables("rota.txt", [
    ("head", "Rota bed\tstaff"), ("row", "ward " * 79 + "\tbed"),
    ("row", "ward " * 80 + "\tWHO"), ("row", "ward " * 80 + "\télan"),
])  # fmt: skip
"""A table whose head, of three words with "bed", is in each of its three passages."""


@pytest.mark.parametrize(
    ("typed", "expected", "repeating"),
    [
        ("bed", [("rota/1/1", 2), ("rota/1/2", 0), ("rota/1/3", 0)], 2),
        ("bed WHO", [("rota/1/2", 2)], 0),
        ("bed WHO OR bed élan", [("rota/1/2", 2), ("rota/1/3", 1)], 0),
        ('"staff ward"', [("rota/1/1", 1), ("rota/1/2", 1), ("rota/1/3", 1)], 0),
        ('"rota bed"', [("rota/1/1", 1), ("rota/1/2", 0), ("rota/1/3", 0)], 2),
        ("title:rota", [("rota/1/1", 0), ("rota/1/2", 0), ("rota/1/3", 0)], 0),
    ],
)  # fmt: skip
def test_the_head_of_a_table_is_of_the_first_passage_that_is_found(
    tmp_path: Path, typed: str, expected: list[tuple[str, int]], repeating: int
) -> None:
    searcher = make_searcher(tmp_path, ROTA)
    found = searcher.occurrences(understand_query(typed))
    assert [(each.id, each.matches) for each in found.passages] == expected
    assert found.repeating == repeating
    assert found.unmarked == (3 if typed == "title:rota" else 0)
    (holding,) = list_holdings(searcher.snapshot(), Query())
    assert holding.words == 3 + 80 + 81 + 81


def test_documents_of_chance_have_repeats(searcher: Searcher) -> None:
    found = searcher.occurrences(understand_query("bed"))
    assert sum(len(each.repeated) for each in found.passages) > 20


def test_what_is_like_a_passage_gives_each_printed_place_once(searcher: Searcher) -> None:
    query = Query(like="1/1/1")
    assert give_lines(searcher, query) == read_lines(searcher, query)


def test_words_held_are_those_at_different_places(searcher: Searcher) -> None:
    check_words(searcher)


def check_words(searcher: Searcher) -> None:
    holdings = list_holdings(searcher.snapshot(), Query())
    counted = {each.document_id: each.words for each in holdings}
    assert counted == {each: count_words(searcher, each) for each in counted}


def test_the_sample_corpus_is_counted_as_it_is_printed(sample_data: Path) -> None:
    searcher = Searcher(Library(sample_data))
    check_words(searcher)
    for typed in ("workforce", "the", "lead OR target", '"mental health"', "20*", "staff -beds"):
        query = understand_query(typed)
        assert give_lines(searcher, query) == read_lines(searcher, query)
    found = searcher.occurrences(understand_query("workforce"))
    assert (found.total, len(found.passages), found.repeating) == (8, 11, 5)
