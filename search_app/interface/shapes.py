"""The shapes of what the API gives of searches and documents, from which its description is made.

A test holds every answer against its shape: no field may come that is not here, and none may fail
to come. Offsets count from 0, pages from 1; boxes are in points from the top left of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypedDict

from msgspec import UNSET, Meta, UnsetType

from index.beginnings import Completion
from index.query import Expansion, Sort
from index.results import FacetValue
from index.spelling import Correction
from ingest.ledger import Entry as AcronymEntry
from ingest.records import Box, HeldDocument, Page, Span, Unread
from search_app.contents import Entry

Texts = tuple[str, ...]
Offsets = tuple[int, int]
Notes = Annotated[Texts, Meta(description="Sentences for the reader: what was dropped, repaired,"
                              " loosened or searched for too.")]  # fmt: skip
Generation = Annotated[str, Meta(description="Of the index that was searched.")]
Filters = dict[str, Texts]
Permalink = Annotated[str, Meta(description="The path that stays with these words of this version"
                                " of the document.")]  # fmt: skip
PageNumber = Annotated[int | None, Meta(description="From 1 in the file; null where the document"
                                        " has no pages.")]  # fmt: skip
PrintedPage = Annotated[str, Meta(description="The number printed on the page, if known.")]
Heading = Annotated[Texts, Meta(description="The headings above, the outermost first.")]
Next = Annotated[str | None, Meta(description="The path of what comes next in the same order; null"
                                  " after the last. It holds only while the same generation of the"
                                  " index is searched; after that it is answered with 409.")]


class PartlyRead(TypedDict):
    """A document with pages that could not be read."""

    document: str
    file: str
    unread_pages: tuple[int, ...]


class Wanting(TypedDict):
    """A document with pages on which words may be missing or wrong."""

    document: str
    file: str
    pages: tuple[int, ...]


class Withdrawn(TypedDict):
    """A document whose file is gone, and since when (ISO 8601)."""

    document: str
    file: str
    withdrawn: str


class Coverage(TypedDict):
    """What was searched, of how many documents that are held, and what could not be read."""

    searched: int
    held: int
    sentence: str
    unread: tuple[Unread, ...]
    outdated: tuple[Unread, ...]
    partly: tuple[PartlyRead, ...]
    wanting: tuple[Wanting, ...]
    withdrawn: tuple[Withdrawn, ...]


class Twin(TypedDict):
    """A passage in the ``same`` or nearly the same words as a hit."""

    id: str
    document: str
    title: str
    page: PageNumber
    same: bool


class Fold(Twin):
    """A passage that matches and is not shown again; ``shown`` is the id of the hit instead."""

    shown: str


class Twins(TypedDict):
    """How many passages in how many other documents say what a hit says, and the first of them."""

    passages: int
    documents: int
    first: tuple[Twin, ...]


class Passage(TypedDict):
    """A passage that matches, verbatim; ``matches`` are offsets in its text, ``spans`` in the texts
    of its pages."""

    id: str
    document: str
    version: int
    file: str
    title: str
    page: PageNumber
    printed_page: PrintedPage
    heading: Heading
    text: str
    permalink: Permalink
    matches: tuple[Offsets, ...]
    spans: tuple[Span, ...]
    match_spans: tuple[Span, ...]
    score: float


class Hit(Passage):
    """A passage that matches, and its twins."""

    twins: Twins


class RankedPassage(Passage):
    """A passage that matches with its rank, from 1, and what is known of its document."""

    rank: int
    organisation: str
    kind: str
    published: str
    status: str
    status_basis: str
    sha256: str


class Group(TypedDict):
    """A document with its best passages; ``passages`` counts all of it that match."""

    document: HeldDocument
    passages: int
    hits: tuple[Hit, ...]
    folded: tuple[Fold, ...]


class Asked(TypedDict):
    """A query as it was typed, and what narrows it."""

    query: str
    like: str
    filters: Filters
    since: str
    until: str


class SearchPage(Asked):
    """A page of results: totals are exact, over all pages."""

    sort: Sort
    page: int
    pages: int
    documents: int
    passages: int
    as_typed: bool
    without: Texts
    expansions: tuple[Expansion, ...]
    notes: Notes
    did_you_mean: Correction | None
    groups: tuple[Group, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    coverage: Coverage
    generation: Generation
    next: Next


class PassageList(Asked):
    """Passages in the order of an export, of ``passages`` in all; ``first`` is the rank of the
    first of these, 0 where there is none. ``cursor`` is that in ``next``."""

    sort: Sort
    passages: int
    first: int
    hits: tuple[RankedPassage, ...]
    notes: Notes
    coverage: Coverage
    generation: Generation
    cursor: str | None
    next: Next


class Suggestions(TypedDict):
    """What may be about to be typed."""

    query: str
    suggestions: tuple[Completion, ...]


class DocumentList(TypedDict):
    """All documents that are searched."""

    documents: tuple[HeldDocument, ...]


@dataclass(frozen=True, kw_only=True)
class Document(HeldDocument):
    """A document, the printed numbers of its pages and its contents."""

    labels: dict[str, str]
    contents: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class MatchedPage(Page):
    """A page's text and words; where a query was given, the offsets and boxes of its matches too.
    """

    document: str
    version: int
    paged: bool
    matches: tuple[Offsets, ...] | UnsetType = UNSET
    match_boxes: tuple[Box, ...] | UnsetType = UNSET


class Acronyms(TypedDict):
    """What short forms stand for, and in which documents."""

    acronyms: tuple[AcronymEntry, ...]


class Problem(TypedDict):
    """An error, as problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
