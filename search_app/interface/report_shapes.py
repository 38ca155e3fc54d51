"""The shapes of what the API gives of reports; see shapes."""

from __future__ import annotations

from typing import Annotated, TypedDict

from msgspec import Meta

from index.parts import By
from index.query import Expansion
from index.results import Facet
from ingest.records import Span
from search_app.interface.answer_shapes import Quotation
from search_app.interface.shapes import (
    Asked, Coverage, Generation, Notes, PageNumber, Permalink, PrintedPage, Texts,
)  # fmt: skip
from search_app.reports.commitments_choices import Choices, Counted
from search_app.reports.commitments_words import Strength
from search_app.reports.concordance import Order
from search_app.reports.counts import Outcome
from search_app.reports.silence import Mention

Rate = Annotated[float | None, Meta(description="Null where no words are held.")]


class ConcordanceLine(TypedDict):
    """A match between the words around it, all as they stand in the document; ``start`` and ``end``
    are offsets in the text of the passage."""

    left: str
    match: str
    right: str
    document_id: str
    version: int
    title: str
    organisation: str
    kind: str
    published: str
    status: str
    status_basis: str
    file: str
    sha256: str
    page: PageNumber
    printed_page: PrintedPage
    heading: str
    passage: str
    start: int
    end: int
    permalink: Permalink
    spans: tuple[Span, ...]


class ConcordancePage(Asked):
    """A page of the ``lines`` of a query. Passages that match by their headings or their document
    alone are ``unmarked_passages`` and have none, and so have ``repeating_passages``, which match
    only in the head of a table that an earlier passage has too."""

    order: Order
    width: int
    page: int
    pages: int
    lines: int
    passages: int
    unmarked_passages: int
    repeating_passages: int
    documents: int
    found: tuple[ConcordanceLine, ...]
    notes: Notes
    coverage: Coverage
    generation: Generation


class Tally(TypedDict):
    """How much a query finds, and how much is held."""

    documents: int
    passages: int
    occurrences: int
    per_10000_words: Rate
    held_documents: int
    held_words: int


class TrendRow(Tally, total=False):
    """What a query finds in some documents; of year, organisation and theme it has those by which
    it is counted."""

    year: str
    organisation: str
    theme: str
    outcome: Outcome
    unread_files: int


class Trends(Asked):
    """The counts of a query in all and ``by`` each grouping, such as "year, organisation"."""

    total: Tally
    by: dict[str, tuple[TrendRow, ...]]
    denominator: str
    notes: Notes
    coverage: Coverage
    generation: Generation


class SilentDocument(TypedDict):
    """A document that does not mention a topic."""

    document: str
    version: int
    title: str
    published: str
    period: str
    status: str
    status_basis: str


class MentioningDocument(SilentDocument):
    """A document that mentions a topic, with its best passage."""

    passages: int
    quotation: Quotation


class SilencePart(TypedDict):
    """An organisation, document or year: in what way it mentions a topic or does not."""

    name: str
    value: str
    mention: Mention
    reason: str
    passages: int
    documents: int
    said: tuple[MentioningDocument, ...]
    silent: tuple[SilentDocument, ...]


class SilenceReport(TypedDict):
    """Who mentions a topic and who does not; ``mentions`` counts the parts of each kind."""

    query: str
    by: By
    reason: str
    mentions: dict[str, int]
    parts: tuple[SilencePart, ...]
    missing: Texts
    expansions: tuple[Expansion, ...]
    notes: Notes
    coverage: Coverage
    generation: Generation


class Commitment(TypedDict):
    """A statement that promises something; ``who``, ``figures`` and ``deadline`` are as printed.

    ``date_passed``: its last day is before ``today``; ``also``: where the same is said too.
    """

    strength: Strength
    negated: bool
    lead_in: str
    cue: str
    who: str
    organisation: str
    figures: Texts
    deadline: str
    due: str
    date_passed: bool
    group: str
    quotation: Quotation
    also: tuple[Quotation, ...]


class CommitmentPage(TypedDict):
    """A page of commitments, and counts of what could be chosen."""

    query: str
    commitments: tuple[Commitment, ...]
    total: int
    different: int
    documents: int
    today: str
    page: int
    pages: int
    choices: Choices
    strengths: tuple[Counted, ...]
    due: tuple[Counted, ...]
    dated: tuple[Counted, ...]
    passed: tuple[Counted, ...]
    facets: tuple[Facet, ...]
    notes: Notes
    coverage: Coverage
    generation: Generation
