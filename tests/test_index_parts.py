"""The parts of a library are those of its facets, for each reader, with what was not read."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from index.build import build_index
from index.parts import By, Part, find_parts, narrow_to
from index.query import Query
from index.schema import NOT_STATED
from index.search import Searcher
from ingest.library import Library
from ingest.records import Document, Page
from ingest.register import register
from ingest.sources import Source
from tests.factories import fill_library, make_document, silent

Made = tuple[Source, Document]

ORGANISATIONS = "", "Alpha Trust", "Beta Council", "Gamma Board"
DATES = "", "2017", "2018", "2018-05", "2019-11-02", "2020-03"
KINDS = "strategy", "minutes"


def make_one(number: int, chance: random.Random) -> Made:
    """Make a document at random; of some the second page, of some all was not read."""
    facts = {
        "organisation": chance.choice(ORGANISATIONS),
        "published": chance.choice(DATES),
        "kind": chance.choice(KINDS),
        "audience": chance.choice(("public", "public", "staff")),
    }
    stated = {name: value for name, value in facts.items() if value}
    source, document = make_document(f"plan-{number}.txt", f"Ward {number} has beds.", **stated)
    reading = document.reading
    if number % 5 == 1:
        pages = (*reading.pages, Page(2, "", quality="unread"))
        document = replace(document, reading=replace(reading, pages=pages))
    if number % 5 == 2:
        empty = replace(reading, pages=(Page(1, "", quality="unread"),), blocks=())
        document = replace(document, reading=empty, passages=())
    return source, document


MADE = [make_one(number, random.Random(number)) for number in range(40)]
UNREAD = [make_one(number, random.Random(number))[0] for number in range(100, 112)]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    library = Library(tmp_path_factory.mktemp("parts"))
    fill_library(library, *MADE)
    sources = [source for source, _ in MADE] + UNREAD
    register(library, Path("/corpus"), sources, retry=False)
    build_index(library, silent)
    return Searcher(library)


def parts_of(searcher: Searcher, query: Query, by: By) -> tuple[Part, ...]:
    audience = query.audience
    return find_parts(searcher.snapshot(audience), searcher.coverage(audience), query, by)


NARROWED: list[Query] = [
    Query(),
    Query(filters=(("organisation", ("Beta Council", "Alpha Trust")),)),
    Query(filters=(("organisation", (NOT_STATED,)),)),
    Query(filters=(("year", ("2018",)), ("kind", ("strategy",)))),
    Query(since="2018", until="2019-11"),
    Query(since="2018-06"),
    Query(document="plan-7"),
]


def is_left(facts: dict[str, str], query: Query, name: str) -> bool:
    """Tell by brute force whether a query leaves a document with these facts."""
    published = facts.get("published", "")
    first, last = (published + day[len(published):] for day in ("0000-00-00", "9999-99-99"))
    values = {
        "organisation": facts.get("organisation") or NOT_STATED,
        "year": published[:4] or NOT_STATED,
        "kind": facts["kind"],
    }
    return all(
        (
            query.audience == "staff" or facts["audience"] == "public",
            query.document in ("", name),
            all(values[facet] in chosen for facet, chosen in query.filters),
            not (query.since or query.until) or bool(published),
            last >= query.since,
            not query.until or first <= query.until + "9999-99-99"[len(query.until):],
        )
    )


def name_part(facts: dict[str, str], name: str, by: By) -> str:
    stated = {"document": name, "year": facts.get("published", "")[:4]}
    return stated.get(by, facts.get("organisation", "")) or NOT_STATED


@pytest.mark.parametrize("audience", ["public", "staff"])
@pytest.mark.parametrize("by", get_args(By))
@pytest.mark.parametrize("query", NARROWED)
def test_parts_are_those_of_brute_force(
    searcher: Searcher, query: Query, by: By, audience: str
) -> None:
    query = replace(query, audience=audience)  # type: ignore[arg-type]
    described = [(dict(source.catalogue), Path(source.name).stem) for source, _ in MADE]
    left = [each for each in described if is_left(each[0], query, each[1])]
    counts = Counter(name_part(*each, by) for each in left)
    found = parts_of(searcher, query, by)
    assert {part.value: part.documents for part in found if part.documents} == counts
    partly = {held.id for part in found for held in part.partly}
    assert partly == {name for _, name in left if int(name[5:]) % 5 in (1, 2)}
    for part in found:
        assert all(name_part(dict(facts), name, by) == part.value
                   for facts, name in left if name in {held.id for held in part.partly})


@pytest.mark.parametrize("audience", ["public", "staff"])
@pytest.mark.parametrize("by", ["organisation", "year"])
def test_parts_are_the_values_of_the_facet_and_of_what_has_no_passage(
    searcher: Searcher, by: By, audience: str
) -> None:
    query = Query(audience=audience)  # type: ignore[arg-type]
    (facet,) = [each for each in searcher.search(query).facets if each.name == by]
    silent_ones = [
        dict(source.catalogue) for source, document in MADE
        if not document.passages and is_left(dict(source.catalogue), query, "")
    ]
    counts = Counter({each.value: each.documents for each in facet.values})
    counts.update(name_part(facts, "", by) for facts in silent_ones)
    assert {p.value: p.documents for p in parts_of(searcher, query, by) if p.documents} == counts


@pytest.mark.parametrize("by", get_args(By))
def test_a_query_narrowed_to_a_part_leaves_its_documents_alone(searcher: Searcher, by: By) -> None:
    query = Query(filters=(("kind", ("strategy",)),), since="2017")
    for part in parts_of(searcher, query, by):
        (same,) = parts_of(searcher, narrow_to(query, by, part.value), by)
        assert same.documents == part.documents


Wanted = Callable[[dict[str, str]], bool]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (Query(), lambda facts: True),
        (Query(filters=(("organisation", ("Beta Council",)),)),
         lambda facts: facts.get("organisation") == "Beta Council"),
        (Query(filters=(("kind", ("strategy",)),)), lambda facts: True),
        (Query(since="2018", until="2019"),
         lambda facts: facts.get("published", "2018")[:4] in ("2018", "2019")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("audience", ["public", "staff"])
def test_an_unread_file_is_of_the_part_that_its_catalogue_names(
    searcher: Searcher, query: Query, wanted: Wanted, audience: str
) -> None:
    query = replace(query, audience=audience)  # type: ignore[arg-type]
    expected = {
        (source.name, facts.get("organisation", NOT_STATED))
        for source in UNREAD
        for facts in [dict(source.catalogue)]
        if wanted(facts) and facts["audience"] in ("public", audience)
    }
    found = parts_of(searcher, query, "organisation")
    assert {(unread.file, part.value) for part in found for unread in part.unread} == expected


def test_parts_stand_in_order_and_what_states_none_comes_last(searcher: Searcher) -> None:
    values = [part.value for part in parts_of(searcher, Query(), "organisation")]
    assert values == ["Alpha Trust", "Beta Council", "Gamma Board", NOT_STATED]


def test_a_library_that_holds_nothing_has_no_parts(tmp_path: Path) -> None:
    library = Library(tmp_path)
    build_index(library, silent)
    assert [parts_of(Searcher(library), Query(), by) for by in get_args(By)] == [()] * 3
