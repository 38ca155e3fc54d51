"""A query as it is searched for: its other names, what each adds, and what switches them off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.query import Query
from index.query_parser import understand_query
from index.search import Searcher
from index.settling import ANY_WORD_NOTE, AS_TYPED_NOTE
from ingest.acronyms import find_acronyms
from ingest.records import Document
from ingest.sources import Source
from tests.factories import make_document, make_searcher


def make_defining(file: str, text: str, **facts: str) -> tuple[Source, Document]:
    """Make a document with the acronyms that it defines."""
    source, document = make_document(file, text, **facts)
    return source, replace(document, acronyms=find_acronyms(document.reading.blocks))


DOCUMENTS = (
    make_defining("a.txt", "# One\nThe Yellow Brick Road (YBR) is long.\n# Two\nThe YBR opens."),
    make_defining("b.txt", "# One\nA yellow brick road winds.\n# Two\nRoads of brick."),
    make_defining("c.txt", "# One\nYoung Bat Rescue (YBR) helps bats.\n# Two\nThe YBR is new."),
    make_defining("d.txt", "# One\nThe GP sees us.\n# Two\nA family doctor sees us.",
                  kind="minutes"),
    make_defining("s.txt", "# One\nThe Zany Quill Office (ZQO) is secret. # Two\nThe ZQO writes.",
                  audience="staff"),
    make_defining("z.txt", "# One\nThe ZQO is named.\n# Two\nA zany quill office."),
)  # fmt: skip


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("settled")
    return make_searcher(folder, *DOCUMENTS)


def search(searcher: Searcher, typed: str, **narrowed: object) -> tuple[set[str], Query]:
    asked = replace(understand_query(typed), **narrowed)  # type: ignore[arg-type]
    results = searcher.search(asked)
    hits = searcher.all_hits(asked).hits
    found = {f"{hit.document.id}{hit.passage.number}" for hit in hits}
    assert len(found) == results.passages
    return found, results.query


def test_a_short_form_finds_its_long_form_and_says_so(searcher: Searcher) -> None:
    found, query = search(searcher, "YBR")
    assert found == {"a1", "a2", "b1", "c1", "c2"}
    added = {each.added: each.passages for each in query.expansions}
    assert added == {"Yellow Brick Road": 1, "Young Bat Rescue": 0}
    assert query.all_notes == (
        "“YBR” was searched for as “Yellow Brick Road” too (as documents define it): 1 more"
        " passage.",
    )


def test_a_long_form_finds_its_short_form_where_it_means_that(searcher: Searcher) -> None:
    assert search(searcher, "yellow brick road")[0] == {"a1", "a2", "b1"}
    assert search(searcher, "young bat rescue")[0] == {"c1", "c2"}


def test_what_expansions_add_is_what_goes_without_them(searcher: Searcher) -> None:
    for typed in ("YBR", "GP", "YBR OR GP", "family doctor sees"):
        found, query = search(searcher, typed)
        left = search(searcher, typed, without=tuple(each.added for each in query.expansions))[0]
        assert len(found) - len(left) == sum(each.passages for each in query.expansions)
        assert left <= found


def test_a_passage_that_two_names_find_is_counted_for_the_first(tmp_path: Path) -> None:
    text = "A general practitioner, that is a family doctor, sees us."
    searcher = make_searcher(tmp_path, make_defining("a.txt", text))
    found, query = search(searcher, "GP")
    counts = [each.passages for each in query.expansions]
    assert found == {"a1"} and sum(counts) == 1 and len(counts) > 1


def test_a_name_that_no_passage_has_is_loosened_to_its_words(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, make_defining("a.txt", "The centre is open."))
    found, query = search(searcher, "urgent treatment centre")
    assert found == {"a1"} and ANY_WORD_NOTE in query.notes
    assert search(searcher, "urgent")[0] == set()


def test_counts_are_those_within_the_filters(searcher: Searcher) -> None:
    _, query = search(searcher, "GP", filters=(("kind", ("strategy",)),))
    assert not any(each.passages for each in query.expansions)
    _, query = search(searcher, "GP", filters=(("kind", ("minutes",)),))
    assert sum(each.passages for each in query.expansions) == 1


def test_as_typed_nothing_else_is_searched_for(searcher: Searcher) -> None:
    found, query = search(searcher, "YBR", as_typed=True)
    assert found == {"a1", "a2", "c1", "c2"}
    assert query.notes == (AS_TYPED_NOTE,) and not query.expansions
    assert search(searcher, "road", as_typed=True)[1].notes == ()


def test_quotation_marks_switch_other_names_off(searcher: Searcher) -> None:
    found, query = search(searcher, '"YBR"')
    assert found == {"a1", "a2", "c1", "c2"} and not query.expansions
    assert any("by no other name" in note for note in query.notes)


def test_loosened_other_names_count_too(searcher: Searcher) -> None:
    found, query = search(searcher, "family doctor unheard")
    assert ANY_WORD_NOTE in query.notes and found == {"d1", "d2"}
    assert [each.added for each in query.expansions if each.passages] == ["GP"]


def test_the_public_learns_no_meaning_from_staff_documents(searcher: Searcher) -> None:
    for audience, names in (("public", []), ("staff", ["Zany Quill Office"])):
        _, query = search(searcher, "ZQO", audience=audience)
        assert [each.added for each in query.expansions] == names
    assert search(searcher, "zany quill office")[0] == {"z2"}


def test_dates_in_words_narrow_the_search(tmp_path: Path) -> None:
    old = make_document("old.txt", "old beds since 2018", published="2016")
    searcher = make_searcher(tmp_path, old, make_document("new.txt", "new beds", published="2019"))
    assert search(searcher, "beds since 2018")[0] == {"new1"}
    assert search(searcher, 'beds "since 2018"')[0] == {"old1"}
