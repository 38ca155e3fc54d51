"""Which documents a reader's dates, document and choices let through."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from index.columns import Columns, make_columns
from index.facets import count_facets, is_for
from index.query import Query
from index.schema import NOT_STATED, facet_values, searched_fields
from ingest.records import HeldDocument, Passage, Span
from tests.factories import make_content

DATED = [
    ("2019-06-15", "", "", True),
    ("2019-06-15", "2019-06-15", "2019-06-15", True),
    ("2019-06-15", "2019-06-16", "", False),
    ("2019-06-15", "", "2019-06-14", False),
    ("2019-06-15", "2019-06", "2019-06", True),
    ("2019-06-15", "2019-07", "", False),
    ("2019-06-15", "", "2019-05", False),
    ("2019-06-15", "2019", "2019", True),
    ("2019-06-15", "2020", "", False),
    ("2019-06-15", "", "2018", False),
    ("2019-06", "2019-06-30", "", True),
    ("2019-06", "", "2019-06-01", True),
    ("2019-06", "2019-07-01", "", False),
    ("2019-06", "", "2019-05-31", False),
    ("2019", "2019-12-31", "", True),
    ("2019", "", "2019-01-01", True),
    ("2019", "2020-01-01", "", False),
    ("2019", "", "2018-12-31", False),
    ("2019", "2019-03", "2019-04", True),
    ("2019", "2018", "2020", True),
    ("", "", "", True),
    ("", "2019", "", False),
    ("", "", "2019", False),
]


@pytest.mark.parametrize(("published", "since", "until", "visible"), DATED)
def test_dates_are_inclusive_at_any_precision(
    published: str, since: str, until: str, visible: bool
) -> None:
    assert is_visible(held(published=published), Query(since=since, until=until)) is visible


def open_columns(*documents: HeldDocument) -> Columns:
    return Columns(make_columns(documents), [document.id for document in documents])


def is_visible(document: HeldDocument, query: Query) -> bool:
    return bool(open_columns(document).visible(query)[0])


def is_chosen(document: HeldDocument, query: Query, but: str = "") -> bool:
    return bool(open_columns(document).chosen(query, but)[0])


AUDIENCES = [
    ("public", "public", True),
    ("public", "staff", True),
    ("staff", "public", False),
    ("staff", "staff", True),
    ("", "public", False),
    ("secret", "public", False),
]


@pytest.mark.parametrize(("audience", "reader", "visible"), AUDIENCES)
def test_only_what_is_said_to_be_public_is_for_everyone(
    audience: str, reader: str, visible: bool
) -> None:
    query = Query(audience="staff" if reader == "staff" else "public")
    assert is_visible(held(audience=audience), query) is visible
    assert is_for(held(audience=audience), query.audience) is visible


def test_a_document_can_be_asked_for() -> None:
    assert is_visible(held(), Query(document="d"))
    assert not is_visible(held(), Query(document="d2"))


def test_choices_of_one_facet_add_up_and_those_of_two_narrow() -> None:
    document = held(organisation="A", kind="strategy", published="2019-02")
    either = Query(filters=(("organisation", ("A", "B")),))
    both = Query(filters=(("organisation", ("A",)), ("year", ("2020",))))
    assert is_chosen(document, either)
    assert not is_chosen(document, both)
    assert is_chosen(document, both, but="year")
    assert not is_chosen(document, both, but="organisation")


def test_what_is_unknown_is_not_stated() -> None:
    document = held()
    assert facet_values(document, "organisation") == (NOT_STATED,)
    assert facet_values(document, "year") == (NOT_STATED,)
    assert is_chosen(document, Query(filters=(("year", (NOT_STATED,)),)))


def test_the_year_is_that_of_publication() -> None:
    for published in ("2019", "2019-06", "2019-06-15"):
        assert facet_values(held(published=published), "year") == ("2019",)


def test_searched_fields_of_a_passage_are_its_description_headings_and_pages() -> None:
    passage = Passage(1, "a\nb\nc", ("One", "Two"), (Span(3, 0, 1), Span(4, 2, 5)), ())
    paged = replace(held(title="Plan", kind="strategy"), paged=True)
    assert searched_fields(paged, passage) == {
        "title": "Plan", "heading": "One\nTwo", "organisation": NOT_STATED, "kind": "strategy",
        "year": NOT_STATED, "status": "current", "theme": NOT_STATED, "place": NOT_STATED,
        "quality": "Read from the text", "page": "3 4",
    }  # fmt: skip
    assert searched_fields(replace(paged, paged=False), passage)["page"] == ""


def test_years_stand_newest_first_and_not_stated_last() -> None:
    documents = {y or "none": held(published=y) for y in ("2018", "", "2020", "2019")}
    counts = dict.fromkeys(documents, 1)
    assert values(counts, documents, "year", Query()) == ["2020", "2019", "2018", NOT_STATED]


def test_values_stand_by_documents_and_then_by_name() -> None:
    names = {"1": "C", "2": "B", "3": "B", "4": "A"}
    documents = {id: held(organisation=name) for id, name in names.items()}
    counts = {"1": 50, "2": 1, "3": 1, "4": 1}
    assert values(counts, documents, "organisation", Query()) == ["B", "A", "C"]


ODD_YEARS = ("²", "2019-01", "9" * 5000, "", "x", "٣")


@pytest.mark.parametrize("year", ODD_YEARS, ids=range(len(ODD_YEARS)))
def test_a_chosen_year_that_is_none_is_counted_as_none(year: str) -> None:
    query = Query(filters=(("year", (year,)),))
    found = count_facets(open_columns(held(published="2019")), np.array([1]), query)
    years = {value.value: (value.documents, value.chosen) for value in found[2].values}
    assert years == {"2019": (1, False), year: (0, True)}


def values(
    counts: dict[str, int], documents: dict[str, HeldDocument], facet: str, query: Query
) -> list[str]:
    named = [replace(document, id=each) for each, document in sorted(documents.items())]
    columns = open_columns(*named)
    passages = np.array([counts[document.id] for document in named])
    (found,) = (f for f in count_facets(columns, passages, query) if f.name == facet)
    return [value.value for value in found.values]


def held(**facts: str) -> HeldDocument:
    return make_content("d", **facts).document
