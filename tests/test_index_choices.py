"""Filters by what no document has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from index.query import Audience, Query
from index.schema import FACETS
from tests.factories import make_document, make_searcher

TEXTS = (
    make_document("a.txt", "Beds.", kind="minutes", organisation="Coal Trust", published="2019"),
    make_document("s.txt", "Beds.", kind="secret", audience="staff"),
)
TOLD: list[tuple[Audience, Query, str]] = [
    ("public", Query(filters=(("kind", ("minutes",)),)), ""),
    ("public", Query(filters=(("kind", ("minutes", "xyz")),)), "is of the kind “xyz”."),
    ("public", Query(filters=(("kind", ("secret",)),)), "is of the kind “secret”."),
    ("staff", Query(filters=(("kind", ("secret",)),)), ""),
    ("public", Query(filters=(("year", ("2019", "1900", "1901")),)), "“1900” or “1901”."),
    ("public", Query(document="a"), ""),
    ("public", Query(document="s"), "has the id “s”."),
    ("staff", Query(document="s"), ""),
    ("public", Query(since="2019-06", until="2020"), ""),
    ("public", Query(since="2020"), "was published within these dates."),
    ("public", Query(until="2018-12"), "was published within these dates."),
    ("public", Query(since="2020", document="a"), "was published within these dates."),
    *(("public", Query(filters=((f, ("Nobody",)),)), "“Nobody”.") for f in FACETS),
]


def test_what_no_document_of_the_reader_has_is_told(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, *TEXTS)
    for audience, query, told in TOLD:
        notes = " ".join(searcher.search(replace(query, audience=audience)).query.notes)
        assert notes.endswith(told) and bool(notes) is bool(told), (audience, query)
        asked = searcher.all_hits(replace(query, audience=audience)).query
        assert " ".join(asked.notes) == notes
