"""Search over a library: totals, facets, order, paging, audience, against brute force."""

from __future__ import annotations

import calendar
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import get_args

import pytest

from index.build import build_index
from index.errors import NoIndex, NoSuchPage
from index.highlight import find_matches
from index.query import And, Audience, Clues, Node, Or, Query
from index.query_parser import parse_query
from index.results import Hit, Results
from index.schema import FACETS, NOT_STATED, searched_fields
from index.groups import DOCUMENTS_A_PAGE, HITS_A_DOCUMENT
from index.search import Searcher
from index.settling import ANY_WORD_NOTE
from ingest.library import Library
from ingest.records import Document, Doubt, Fact, HeldDocument, Passage
from ingest.register import register
from ingest.save import save_failure
from ingest.sources import Source
from tests.factories import fill_library, make_document, make_searcher, silent

Made = tuple[Source, Document]

WORDS = ("coal", "mines", "mining", "care", "plan", "plans", "A&E", "0-19", "£4.9m", "2019/20")
DATES = ("", "2018", "2019", "2019-03", "2019-11", "2019-03-04", "2020-01-31", "2020")


def make_query(typed: str, **narrowed: object) -> Query:
    tree, notes = parse_query(typed)
    return replace(Query(typed, tree, notes), **narrowed)  # type: ignore[arg-type]


def make_random(chance: random.Random, number: int) -> Made:
    sections = [
        f"# {' '.join(chance.choices(WORDS, k=2))}\n{' '.join(chance.choices(WORDS, k=6))}."
        for _ in range(chance.randint(1, 5))
    ]
    described = {
        "organisation": chance.choice(("Coal Trust", "Care Trust", "City", "")),
        "kind": chance.choice(("strategy", "minutes", "")),
        "status": chance.choice(("draft", "current", "superseded")),
        "published": chance.choice(DATES),
        "audience": chance.choice(("public", "public", "public", "staff")),
    }
    source, document = make_document(f"d{number}.txt", "\n".join(sections), **described)
    themes = tuple(Fact(theme) for theme in ("Dust", "Light", "Water") if chance.random() < 0.4)
    places = (Fact("Derby"),) if chance.random() < 0.5 else ()
    description = replace(document.description, themes=themes, places=places)
    doubts = () if number % 3 else (Doubt("garbled", "Its letters are garbled."),)
    (page,) = document.reading.pages
    reading = replace(document.reading, pages=(replace(page, doubts=doubts),))
    return source, replace(document, description=description, reading=reading)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    chance = random.Random(11)
    documents = [make_random(chance, number) for number in range(45)]
    return make_searcher(tmp_path_factory.mktemp("searched"), *documents)


def random_queries(count: int) -> Iterator[Query]:
    chance = random.Random(12)
    typed = ("", "coal", "mining", "coal care", "A&E OR 0-19", '"coal care"', "plan* -coal",
             "NOT plans", "title:d1*", "year:2019 care", "4.9m 2019", "unheard coal", "unheard",
             "(coal OR care) (plan OR mining)", "organisation:trust", "heading:coal")  # fmt: skip
    for _ in range(count):
        yield make_query(
            chance.choice(typed),
            filters=tuple(_choose(chance)),
            since=chance.choice(("", "", "", "2019", "2019-03", "2019-03-04")),
            until=chance.choice(("", "", "", "2019", "2019-11", "2020-01-30")),
            document=chance.choice(("", "", "", "", "d3", "d4", "nothing")),
            sort=chance.choice(("relevance", "date")),
            audience=chance.choice(get_args(Audience)),
        )


def _choose(chance: random.Random) -> Iterator[tuple[str, tuple[str, ...]]]:
    values = {
        "organisation": ("Coal Trust", "City", NOT_STATED, "Nobody"),
        "kind": ("strategy", "minutes", NOT_STATED),
        "year": ("2018", "2019", NOT_STATED, "1900"),
        "status": ("draft", "current"),
        "theme": ("Dust", "Light", NOT_STATED),
        "place": ("Derby", NOT_STATED),
        "quality": ("Read from the text", "Some pages garbled"),
    }
    for facet in FACETS:
        if chance.random() < 0.3:
            yield facet, tuple(chance.sample(values[facet], chance.randint(1, 2)))


def test_totals_and_facets_are_those_of_brute_force(searcher: Searcher) -> None:
    sizes = set()
    for query in random_queries(200):
        results = searcher.search(query)
        counts = count_matches(searcher.library, query)
        chosen = {held.id: n for held, n in counts.items() if has_choices(held, query)}
        assert (results.documents, results.passages) == (len(chosen), sum(chosen.values()))
        for facet in results.facets:
            found = {v.value: (v.documents, v.passages, v.chosen) for v in facet.values}
            assert found == count_facet(counts, facet.name, query), query
        sizes.add(results.documents)
    assert len(sizes) > 10


def test_the_counts_of_a_facet_are_what_choosing_would_show(searcher: Searcher) -> None:
    query = make_query("coal OR plan", filters=(("organisation", ("City",)),), audience="staff")
    (organisations, kinds, *_) = searcher.search(query).facets
    assert len(organisations.values) == 4
    for value in organisations.values:
        alone = searcher.search(replace(query, filters=(("organisation", (value.value,)),)))
        assert (alone.documents, alone.passages) == (value.documents, value.passages)
    for value in kinds.values:
        both = searcher.search(replace(query, filters=(*query.filters, ("kind", (value.value,)))))
        assert (both.documents, both.passages) == (value.documents, value.passages)


def test_list_count_and_export_agree(searcher: Searcher) -> None:
    for query in random_queries(50):
        pages = list(all_pages(searcher, query))
        found = searcher.all_hits(query)
        understood, total, hits = found.query, found.total, found.hits
        exported = list(hits)
        assert understood == pages[0].query
        assert len(exported) == total == pages[0].passages
        assert searcher.count(replace(query, tree=understood.tree)) == total
        by_document: dict[str, list[Hit]] = {}
        for hit in exported:
            by_document.setdefault(hit.document.id, []).append(hit)
        groups = [group for page in pages for group in page.groups]
        assert [group.document.id for group in groups] == list(by_document)
        for group in groups:
            most = None if query.document else HITS_A_DOCUMENT
            assert list(group.hits) == by_document[group.document.id][:most]
            assert group.passages == len(by_document[group.document.id])


def test_hits_show_the_match_and_where_it_stands(searcher: Searcher) -> None:
    hits = list(searcher.all_hits(make_query('"coal care" OR mining')).hits)
    assert hits
    for hit in hits:
        page = searcher.library.page(hit.document, hit.page)
        marked = [page.text[span.start:span.end] for span in hit.match_spans]
        shown = " ".join(marked).replace("coal care", "phrase").split()
        assert shown and {*shown} <= {"phrase", "mines", "mining"}
        assert hit.id == f"{hit.document.id}/1/{hit.passage.number}"


def test_every_document_is_on_exactly_one_page(searcher: Searcher) -> None:
    for typed in ("", "coal", "coal OR care"):
        pages = list(all_pages(searcher, make_query(typed)))
        found = [group.document.id for page in pages for group in page.groups]
        assert len(found) == len(set(found)) == pages[0].documents > DOCUMENTS_A_PAGE
        assert [len(page.groups) for page in pages[:-1]] == [DOCUMENTS_A_PAGE] * (len(pages) - 1)


def test_a_page_past_the_end_is_no_page(searcher: Searcher) -> None:
    """Whoosh's own paging gives the last page again."""
    pages = searcher.search(make_query("coal")).pages
    for number in (pages + 1, pages + 2, 9 * pages, 10**9, 0, -1):
        with pytest.raises(NoSuchPage, match=f"no page {number} "):
            searcher.search(make_query("coal", page=number))


def test_page_one_of_nothing_is_an_empty_page(searcher: Searcher) -> None:
    results = searcher.search(make_query("unheard"))
    assert (results.groups, results.documents, results.passages, results.pages) == ((), 0, 0, 1)
    with pytest.raises(NoSuchPage):
        searcher.search(make_query("unheard", page=2))


def test_documents_stand_by_their_best_passage(searcher: Searcher) -> None:
    for typed in ("coal", "mining OR care", "plan -care"):
        pages = all_pages(searcher, make_query(typed))
        best = [group.hits[0].score for page in pages for group in page.groups]
        assert best == sorted(best, reverse=True)
        best = [hit.score for hit in searcher.best_hits(make_query(typed), 12)]
        assert best == sorted(best, reverse=True) and len(best) == 12


def test_equal_passages_stand_by_their_ids(tmp_path: Path) -> None:
    names = ["m", "b", "z", "a", "k"]
    text = "# One\ncoal here\n# Two\ncoal here"
    searcher = make_searcher(tmp_path, *(make_document(f"{n}.txt", text) for n in "mz"))
    fill_library(searcher.library, *(make_document(f"{n}.txt", text) for n in names))
    build_index(searcher.library, silent)
    for sort in ("relevance", "date"):
        hits = searcher.all_hits(make_query("here", sort=sort)).hits
        assert [hit.id for hit in hits] == [f"{n}/1/{p}" for n in sorted(names) for p in (1, 2)]


def test_sorted_by_date_the_newest_is_first_and_the_undated_last(tmp_path: Path) -> None:
    dates = {"a": "2018", "b": "", "c": "2020-02-03", "d": "2020-02", "e": "2019-12-31", "f": ""}
    made = (make_document(f"{n}.txt", "coal " * 2, published=d) for n, d in dates.items())
    searcher = make_searcher(tmp_path, *made)
    found = order(searcher, make_query("coal", sort="date"))
    assert found == ["c", "d", "e", "a", "b", "f"]


def test_documents_of_one_date_stand_by_their_ids(tmp_path: Path) -> None:
    weak = make_document("a.txt", "coal among many other words", published="2019")
    strong = make_document("b.txt", "coal coal", published="2019")
    searcher = make_searcher(tmp_path, weak, strong)
    assert order(searcher, make_query("coal")) == ["b", "a"]
    assert order(searcher, make_query("coal", sort="date")) == ["a", "b"]


def test_undated_documents_are_outside_any_range(tmp_path: Path) -> None:
    made = make_document("a.txt", "coal"), make_document("b.txt", "coal", published="2019")
    searcher = make_searcher(tmp_path, *made)
    assert searcher.search(make_query("coal", since="1900")).documents == 1
    assert searcher.search(make_query("coal", until="2100")).documents == 1


def test_one_document_shows_all_its_passages(searcher: Searcher) -> None:
    (group,) = searcher.search(make_query("", document="d3", audience="staff")).groups
    held = searcher.library.document("d3")
    assert [hit.passage for hit in group.hits] == list(searcher.library.passages(held))
    assert len(group.hits) > HITS_A_DOCUMENT


def test_one_known_word_of_two_is_found_and_told(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, make_document("a.txt", "coal and wind"))
    results = searcher.search(make_query("coal unheard"))
    assert results.passages == 1 and results.groups[0].hits[0].score > 0
    assert ANY_WORD_NOTE in results.query.notes
    either = searcher.search(make_query("coal OR unheard"))
    assert either.passages == 1 and either.groups[0].hits[0].score > 0
    assert either.query.notes == ()


LOOSENED = [
    ("coal unheard", True),
    ("coal care", False),
    ("coal care unheard", True),
    ('"coal care" unheard', True),
    ("unheard unseen", False),
    ("coal -care unheard", False),
    ("(coal OR care) unheard", False),
    ("unheard", False),
]


@pytest.mark.parametrize(("typed", "loosened"), LOOSENED)
def test_any_word_is_enough_only_where_no_passage_has_all(
    typed: str, loosened: bool, searcher: Searcher
) -> None:
    results = searcher.search(make_query(typed))
    assert (ANY_WORD_NOTE in results.query.notes) is loosened


def test_filters_do_not_change_what_the_words_mean(tmp_path: Path) -> None:
    both = make_document("both.txt", "coal and wind", kind="strategy", published="2019")
    one = make_document("one.txt", "coal alone", kind="minutes", published="2020")
    searcher = make_searcher(tmp_path, both, one)
    narrowed = {"filters": (("kind", ("minutes",)),)}, {"since": "2020"}, {"document": "one"}
    for narrow in narrowed:
        results = searcher.search(make_query("coal wind", **narrow))
        assert (results.documents, results.query.notes) == (0, ())


def test_exact_words_are_not_found_by_their_stem(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, make_document("a.txt", "we planned plans"))
    assert searcher.search(make_query('"planning"')).passages == 0
    assert searcher.search(make_query('"plans"')).passages == 1
    assert searcher.search(make_query("planning")).passages == 1


AWKWARD = ("A&E", "R&D", "0-19", "2019/20", "2019", "24/7", "£4.9m", "4.9m", "3.0%", "16-17",
           "1234", "1,234", "trust", "Trust's", '"Trust’s"', "office", "café", "follow-up",
           '"follow up"')  # fmt: skip


def test_awkward_words_are_found_as_typed_and_parts_of_them_are_not(tmp_path: Path) -> None:
    text = ("A&E R&D for 0-19 in 2019/20, 24/7, £4.9m (3.0%) for 16–17, the Trust’s 1,234 oﬃces,"
            " café and follow-up")  # fmt: skip
    other = make_document("b.txt", "A or E, R or D, 19, 20, 24, 4, 9m, 3, 17 and 234 off")
    searcher = make_searcher(tmp_path, make_document("a.txt", text), other)
    for typed in AWKWARD:
        assert order(searcher, make_query(typed)) == ["a"], typed


PUBLIC = [
    make_document("coal.txt", "coal and mines", organisation="City", published="2019"),
    make_document("wind.txt", "wind and mills", organisation="City", kind="minutes"),
]
STAFF = [
    make_document("secret.txt", "coal with wind, and gold", audience="staff", published="2021",
                  organisation="Hidden", kind="briefing", status="draft"),
    make_document("gone.txt", "gold again", audience="staff"),
    make_document("late.txt", "gold of late", audience="staff"),
    make_document("broken.txt", "gold that cannot be read", audience="staff"),
]  # fmt: skip


def make_half_secret(data: Path, staff: bool) -> Searcher:
    """Make a library with or without documents for staff: found, withdrawn, outdated, unread."""
    library = Library(data)
    secret, gone, late, broken = STAFF
    if staff:
        fill_library(library, *PUBLIC, secret, gone, late)
        newer = replace(late[0], sha256="0" * 64)
        fill_library(library, *PUBLIC, secret)
        sources = [source for source, _ in (*PUBLIC, secret)]
        register_sources(library, [*sources, newer, broken[0]])
        save_failure(library, newer, "It is locked.")
        save_failure(library, broken[0], "It is broken.")
    else:
        fill_library(library, *PUBLIC)
    build_index(library, silent)
    return Searcher(library)


def test_a_public_reader_never_learns_of_staff_documents(tmp_path: Path) -> None:
    half_secret = make_half_secret(tmp_path / "with", staff=True)
    without = make_half_secret(tmp_path / "without", staff=False)
    typed = ("", "coal", "gold", "gold unheard", "coal wind", "coal gold", "-coal", "wi*",
             "title:secret", "organisation:hidden", "year:2021", "coal OR wind",
             '"coal with"')  # fmt: skip
    narrowed: list[dict[str, object]] = [
        {}, {"sort": "date"}, {"document": "secret"}, {"since": "2020"},
        {"filters": (("organisation", ("Hidden",)),)}, {"filters": (("year", ("2021",)),)},
    ]  # fmt: skip
    for text in typed:
        for narrow in narrowed:
            query = make_query(text, **narrow)
            assert show(half_secret, query) == show(without, query), query


def test_staff_find_what_is_for_them(tmp_path: Path) -> None:
    searcher = make_half_secret(tmp_path, staff=True)
    results = searcher.search(make_query("coal wind", audience="staff"))
    assert [group.document.id for group in results.groups] == ["secret"]
    assert ANY_WORD_NOTE not in results.query.notes
    assert ANY_WORD_NOTE in searcher.search(make_query("coal wind")).query.notes
    coverage = results.coverage
    assert [unread.file for unread in coverage.unread] == ["broken.txt"]
    assert [unread.file for unread in coverage.outdated] == ["late.txt"]
    assert [held.id for held in coverage.withdrawn] == ["gone"]
    assert "broken.txt" in coverage.sentence and "late.txt" in coverage.sentence


CLUES = Clues({"coal": 1.0, "wind": 1.0}, frozenset({("coal", "wind")}))


def show(searcher: Searcher, query: Query) -> tuple[object, ...]:
    """Give all that a reader can tell from results, but the times."""
    results = searcher.search(query)
    hits = [(hit.id, hit.score, hit.matches) for hit in searcher.all_hits(query).hits]
    coverage = results.coverage
    return (
        hits,
        [(hit.id, hit.score) for hit in searcher.best_hits(query, 50)],
        [(each.hit.id, each.hit.score) for each in searcher.find_candidates(query, CLUES, 50)],
        searcher.words(query.audience),
        searcher.count(query),
        (results.documents, results.passages, results.pages, results.query, results.facets),
        (coverage.sentence, coverage.unread, coverage.outdated, coverage.partly),
        coverage.withdrawn,
    )


def test_coverage_says_what_was_searched_and_what_was_not(tmp_path: Path) -> None:
    library = Library(tmp_path)
    fill_library(library, *PUBLIC)
    broken = make_document("broken.txt", "")[0]
    register_sources(library, [*(source for source, _ in PUBLIC), broken])
    save_failure(library, broken, "It is broken.")
    build_index(library, silent)
    coverage = Searcher(library).coverage("public")
    assert (coverage.searched, coverage.held) == (2, 3)
    assert coverage.sentence == "Searched 2 of 3 documents. Not read: broken.txt."


def test_the_same_library_gives_the_same_results(tmp_path: Path) -> None:
    chance = random.Random(13)
    made = [make_random(chance, number) for number in range(25)]
    one = make_searcher(tmp_path / "one", *made)
    other = make_searcher(tmp_path / "other", *made)
    for query in random_queries(40):
        shown = [
            [(hit.id, hit.score, hit.matches) for hit in searcher.all_hits(query).hits]
            for searcher in (one, one, other)
        ]
        assert shown[0] == shown[1] == shown[2]
        assert one.search(query).facets == other.search(query).facets


PRINT_RESULTS = """
import sys
from pathlib import Path
from index.search import Searcher
from ingest.library import Library
from tests.test_index_search import random_queries
searcher = Searcher(Library(Path(sys.argv[1])))
for query in random_queries(40):
    print(searcher.search(query))
"""


def test_the_same_results_do_not_depend_on_the_process(searcher: Searcher) -> None:
    command = [sys.executable, "-c", PRINT_RESULTS, str(searcher.library.data)]
    root = Path(__file__).parents[1]
    printed = [
        subprocess.run(command, cwd=root, check=True, capture_output=True,
                       env=os.environ | {"PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert printed[0] == printed[1] != b""


def test_a_library_of_nothing_is_searched(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path)
    for typed in ("", "coal", "-coal", "coal wind", "co*", '"a b"'):
        results = searcher.search(make_query(typed))
        assert (results.groups, results.documents, results.pages) == ((), 0, 1)
        assert results.coverage.sentence == "Searched 0 of 0 documents."
        assert list(searcher.all_hits(make_query(typed)).hits) == []


def test_a_document_without_passages_is_searched_and_never_found(tmp_path: Path) -> None:
    made = make_document("empty.txt", "> 17"), make_document("a.txt", "coal")
    results = make_searcher(tmp_path, *made).search(make_query(""))
    assert (results.documents, results.coverage.searched) == (1, 2)


def test_before_the_first_build_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="plansearch ingest"):
        Searcher(Library(tmp_path)).search(Query())


def order(searcher: Searcher, query: Query) -> list[str]:
    return [group.document.id for group in searcher.search(query).groups]


def all_pages(searcher: Searcher, query: Query) -> Iterator[Results]:
    first = searcher.search(query)
    yield first
    for number in range(2, first.pages + 1):
        yield searcher.search(replace(query, page=number))


def register_sources(library: Library, sources: list[Source]) -> None:
    register(library, Path("/corpus"), sources, retry=False)


def count_matches(library: Library, query: Query) -> dict[HeldDocument, int]:
    """Count the matching passages of each document that a reader may see, choices aside."""
    mine = [
        held for held in library.documents()
        if query.audience == "staff" or held.description.audience.value == "public"
    ]  # fmt: skip
    tree = query.tree
    counts = count_passages(library, mine, tree)
    words = isinstance(tree, And) and "(" not in query.typed and "-" not in query.typed
    if not counts and isinstance(tree, And) and words:
        counts = count_passages(library, mine, Or(tree.parts))
    return {held: n for held, n in counts.items() if is_asked_for(held, query)}


def count_passages(library: Library, mine: list[HeldDocument], tree: Node) -> Counter[HeldDocument]:
    return Counter(
        held
        for held in mine
        for passage in passages_of(library, held)
        if find_matches(passage.text, searched_fields(held, passage), tree) is not None
    )


@lru_cache(maxsize=None)
def passages_of(library: Library, held: HeldDocument) -> tuple[Passage, ...]:
    return library.passages(held)


def is_asked_for(held: HeldDocument, query: Query) -> bool:
    published = held.description.published.value
    if query.document not in ("", held.id):
        return False
    if not published:
        return not query.since and not query.until
    begins, ends = first_day(published), last_day(published)
    return ends >= first_day(query.since or "0001") and begins <= last_day(query.until or "9999")


def first_day(value: str) -> str:
    return value + "-01-01"[len(value) - 4:]


def last_day(value: str) -> str:
    if len(value) == 4:
        return value + "-12-31"
    if len(value) == 7:
        return f"{value}-{calendar.monthrange(int(value[:4]), int(value[5:]))[1]}"
    return value


def values_of(held: HeldDocument, facet: str) -> list[str]:
    described = held.description
    known = {
        "organisation": [described.organisation.value], "kind": [described.kind.value],
        "year": [described.published.value.split("-")[0]], "status": [described.status.value],
        "quality": ["Some pages garbled" if held.doubts else "Read from the text"],
        "theme": [fact.value for fact in described.themes],
        "place": [fact.value for fact in described.places],
    }  # fmt: skip
    return [value or "Not stated" for value in known[facet] or [""]]


def has_choices(held: HeldDocument, query: Query, but: str = "") -> bool:
    choices = [(facet, values) for facet, values in query.filters if facet != but]
    return all({*values_of(held, facet)} & {*values} for facet, values in choices)


def count_facet(
    counts: dict[HeldDocument, int], facet: str, query: Query
) -> dict[str, tuple[int, int, bool]]:
    chosen = dict(query.filters).get(facet, ())
    open_to = {held: n for held, n in counts.items() if has_choices(held, query, but=facet)}
    values = {value for held in open_to for value in values_of(held, facet)} | set(chosen)
    return {
        value: (
            sum(value in values_of(held, facet) for held in open_to),
            sum(n for held, n in open_to.items() if value in values_of(held, facet)),
            value in chosen,
        )
        for value in values
    }
