"""What is promised: the commitments that a query and choices leave, with exact counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.arrays import Ints
from index.errors import NoSuchPage
from index.facets import count_facets
from index.found import Found
from index.highlight import find_matches
from index.query import (
    Alternatives, And, Everything, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Query, Term,
    Wildcard, Within,
)  # fmt: skip
from index.results import Coverage, Facet, Hit
from index.schema import searched_fields
from index.snapshot import Snapshot, open_to
from ingest.records import HeldDocument, Passage
from search_app.answering.quotations import Quotation
from search_app.reports.commitments_finding import Commitment
from search_app.reports.commitments_reading import CommitmentReader, Read
from search_app.reports.commitments_words import STRENGTHS, Strength

COMMITMENTS_A_PAGE = 20

Dated = Literal["yes", "no"]
Order = Literal["document", "due"]


@dataclass(frozen=True)
class Choices:
    """What a reader chooses of commitments, beside the filters of his query.

    ``due`` are years, or YEAR_NOT_STATED; ``dated`` whether a date is stated. None of a kind means
    that all are welcome. ``order`` is by document, the newest first, or by the date due.
    """

    strength: tuple[Strength, ...] = ()
    due: tuple[str, ...] = ()
    dated: tuple[Dated, ...] = ()
    order: Order = "document"


@dataclass(frozen=True)
class Statement:
    """One commitment as it stands in its document."""

    commitment: Commitment
    quotation: Quotation

    @property
    def document(self) -> HeldDocument:
        """The document that says it."""
        return self.quotation.document

    @property
    def due(self) -> str:
        """The date that it is due; empty where none is stated."""
        return self.commitment.due


@dataclass(frozen=True)
class Counted:
    """A value that can be chosen, with how many commitments choosing it (too) would show."""

    value: str
    commitments: int
    chosen: bool


@dataclass(frozen=True)
class Commitments:
    """The commitments that a query and choices leave, of which ``statements`` are one page's, or
    all; ``total`` and ``documents`` count all pages. ``facets`` count commitments as passages.
    """

    query: Query
    choices: Choices
    statements: tuple[Statement, ...]
    total: int
    documents: int
    pages: int
    facets: tuple[Facet, ...]
    strengths: tuple[Counted, ...]
    due: tuple[Counted, ...]
    dated: tuple[Counted, ...]
    coverage: Coverage
    generation: str

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes on the query; of other names, which were searched for too."""
        return (*self.query.notes, *(
            f"“{each.typed}” was searched for as “{each.added}” too ({each.reason})."
            for each in self.query.expansions
        ))  # fmt: skip


@dataclass(frozen=True)
class _Candidate:
    """A commitment with the number of its document and its place in the index."""

    document: int
    place: int
    commitment: Commitment
    held: HeldDocument


def list_commitments(
    reader: CommitmentReader, query: Query, choices: Choices = Choices(), whole: bool = False
) -> Commitments:
    """List the commitments that a query and choices leave, a page of them or the ``whole`` list.

    Those with words are such that the sentence, what leads into it or the headings above it have
    all of them.

    Raises:
        NoIndex: nothing has been indexed yet.
        NoSuchPage: the page is past the end.
    """
    snapshot = reader.searcher.snapshot(query.audience)
    asked = reader.searcher.all_hits(query)
    query = replace(asked.query, expansions=tuple(e for e in asked.query.expansions if e.passages))
    said = [*_find_said(snapshot, query, reader.read(snapshot, query.audience))]
    own = [each for each in said if _fits(each.commitment, choices)]
    left = open_to(snapshot, query).tolist()
    chosen = _order([each for each in own if left[each.document]], choices.order)
    pages = max(1, -(-len(chosen) // COMMITMENTS_A_PAGE))
    if not whole and not 1 <= query.page <= pages:
        raise NoSuchPage(f"There is no page {query.page} of these commitments; there are {pages}.")
    first = (query.page - 1) * COMMITMENTS_A_PAGE
    shown = chosen if whole else chosen[first:first + COMMITMENTS_A_PAGE]
    within = [each.commitment for each in said if left[each.document]]
    return Commitments(
        query=query,
        choices=choices,
        statements=tuple(_state(snapshot, each) for each in shown),
        total=len(chosen),
        documents=len({each.document for each in chosen}),
        pages=pages,
        facets=count_facets(snapshot.columns, _count_by_document(snapshot, query, own), query),
        strengths=_count(within, choices, "strength", lambda each: each.strength, STRENGTHS),
        due=_count(within, choices, "due", lambda each: each.due and _year(each.due)),
        dated=_count(within, choices, "dated", _is_dated, ("yes", "no")),
        coverage=asked.coverage,
        generation=snapshot.generation,
    )


def _count_by_document(
    snapshot: Snapshot, query: Query, candidates: Iterable[_Candidate]
) -> Ints:
    """Count the commitments of each document that the reader and dates of a query leave."""
    counts = Counter(each.document for each in candidates)
    by_document = [counts[number] for number in range(len(snapshot.columns.document_ids))]
    return snapshot.columns.visible(query) * by_document


def _find_said(
    snapshot: Snapshot, query: Query, documents: Iterable[Read]
) -> Iterator[_Candidate]:
    """Find the commitments with the words of a query, whatever its filters leave of them."""
    every = isinstance(query.tree, Everything)
    tree = _or_headings(query.tree)
    found = None if every else {*Found(snapshot.engine, snapshot.columns, tree).places.tolist()}
    for number, read in enumerate(documents):
        for commitment in read.commitments:
            place = read.places[commitment.number]
            if found is None or place in found:
                passage = None if every else snapshot.engine.fetch(place)
                if passage is None or _says(read.document, passage, commitment, query.tree):
                    yield _Candidate(number, place, commitment, read.document)


def _or_headings(tree: Node) -> Node:
    """Look for the words of a query in the headings too."""
    match tree:
        case And(parts):
            return And(tuple(map(_or_headings, parts)))
        case Or(parts):
            return Or(tuple(map(_or_headings, parts)))
        case Alternatives(parts):
            return Alternatives(tuple(map(_or_headings, parts)))
        case Within(part, documents):
            return Within(_or_headings(part), documents)
        case Not():
            return Everything()  # of the passage, but perhaps not of the sentence
        case Phrase(terms) | Near(terms) if terms[0].field == "text":
            return Or((tree, And(tuple(map(_or_headings, terms)))))
        case Term() | Prefix() | Wildcard() | Fuzzy() if tree.field == "text":
            return Or((tree, replace(tree, field="heading")))
        case _:
            return tree


def _says(held: HeldDocument, passage: Passage, commitment: Commitment, tree: Node) -> bool:
    sentence = passage.text[commitment.start:commitment.end]
    text = "\n".join((*passage.trail, commitment.lead, sentence))
    return find_matches(text, searched_fields(held, passage), tree, held.id) is not None


def _fits(commitment: Commitment, choices: Choices, but: str = "") -> bool:
    """Tell whether a commitment has what is chosen, whatever is chosen of ``but``."""
    own = {
        "strength": commitment.strength,
        "due": _year(commitment.due),
        "dated": _is_dated(commitment),
    }
    return all(
        name == but or not getattr(choices, name) or value in getattr(choices, name)
        for name, value in own.items()
    )


def _year(due: str) -> str:
    return due[:4] if due[:4].isdecimal() else due


def _is_dated(commitment: Commitment) -> str:
    return "yes" if commitment.due else "no"


def _count(
    commitments: Sequence[Commitment],
    choices: Choices,
    name: str,
    value_of: Callable[[Commitment], str],
    order: Sequence[str] = (),
) -> tuple[Counted, ...]:
    """Count the values of one kind of choice; its own choices do not narrow its counts."""
    counts = Counter(value_of(each) for each in commitments if _fits(each, choices, name))
    chosen = getattr(choices, name)
    values = order or sorted({*counts, *chosen} - {""})
    return tuple(Counted(value, counts[value], value in chosen) for value in values)


def _order(found: list[_Candidate], order: Order) -> list[_Candidate]:
    """Order by document, the newest first, or by the date due, undated last."""

    def place(each: _Candidate) -> tuple[object, ...]:
        return each.held.id, each.commitment.number, each.commitment.start

    found.sort(key=place)
    found.sort(key=lambda each: each.held.description.published.value, reverse=True)
    if order == "due":
        found.sort(key=lambda each: _last_day(each.commitment.due))
    return found


def _last_day(due: str) -> str:
    """Give the last day that a due date can mean; after all others where it is not known."""
    if not due[:4].isdecimal():
        return "B" if not due else "A"
    return due + "-99-99"[len(due) - 4:] if len(due) < 10 else due


def _state(snapshot: Snapshot, each: _Candidate) -> Statement:
    passage = snapshot.engine.fetch(each.place)
    start, end = each.commitment.start, each.commitment.end
    hit = Hit(each.held, passage, 0.0, ())
    return Statement(each.commitment, Quotation(passage.text[start:end], hit, start, end))
