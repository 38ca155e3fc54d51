"""What is promised: the commitments that a query and choices leave, with exact counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

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
from search_app.reports.commitments_choices import (
    Choices, Counted, Order, count_choices, fits, is_passed, last_day,
)  # fmt: skip
from search_app.reports.commitments_finding import Commitment
from search_app.reports.commitments_reading import CommitmentReader, Read

COMMITMENTS_A_PAGE = 20


@dataclass(frozen=True)
class Statement:
    """One commitment as it stands in its document.

    ``group`` is the id of the first that says the same, itself or another; ``also`` are the others
    of its group where it is shown for them. ``passed``: the last day that it can be due is over.
    """

    commitment: Commitment
    quotation: Quotation
    group: str
    passed: bool
    also: tuple[Statement, ...] = ()

    @property
    def document(self) -> HeldDocument:
        """The document that says it."""
        return self.quotation.document

    @property
    def due(self) -> str:
        """The date that it is due; empty where none is stated."""
        return self.commitment.due


@dataclass(frozen=True)
class Commitments:
    """The commitments that a query and choices leave.

    ``statements`` are those of one page, of which the same is shown once, or all of them one by
    one. ``total``, how many of them are ``different``, and ``documents`` count all pages.
    ``facets`` count commitments as passages. ``today`` is the day by which dates have passed.
    """

    query: Query
    choices: Choices
    statements: tuple[Statement, ...]
    total: int
    different: int
    documents: int
    pages: int
    today: date
    facets: tuple[Facet, ...]
    strengths: tuple[Counted, ...]
    due: tuple[Counted, ...]
    dated: tuple[Counted, ...]
    passed: tuple[Counted, ...]
    coverage: Coverage
    generation: str

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes on the query; of other names, which were searched for too."""
        return (*self.query.notes, *(
            f"“{each.typed}” was searched for as “{each.added}” too ({each.reason})."
            for each in self.query.expansions
        ), *self.choices.notes)  # fmt: skip


@dataclass(frozen=True)
class _Candidate:
    """A commitment with the number of its document and its place in the index."""

    document: int
    place: int
    commitment: Commitment
    held: HeldDocument

    @property
    def id(self) -> str:
        number, start = self.commitment.number, self.commitment.start
        return f"{self.held.id}/{self.held.version}/{number}:{start}"


def list_commitments(
    reader: CommitmentReader,
    query: Query,
    choices: Choices = Choices(),
    whole: bool = False,
    *,
    today: date,
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
    own = [each for each in said if fits(each.commitment, choices, today)]
    left = open_to(snapshot, query).tolist()
    chosen = _order([each for each in own if left[each.document]], choices.order)
    groups = _fold_same(chosen)
    pages = max(1, -(-len(groups) // COMMITMENTS_A_PAGE))
    if not whole and not 1 <= query.page <= pages:
        raise NoSuchPage(f"There is no page {query.page} of these commitments; there are {pages}.")
    first = (query.page - 1) * COMMITMENTS_A_PAGE
    shown = groups[first:first + COMMITMENTS_A_PAGE]
    counted = count_choices(
        [each.commitment for each in said if left[each.document]], choices, today
    )
    return Commitments(
        query=query,
        choices=choices,
        statements=tuple(
            _state_all(snapshot, chosen, groups, today) if whole
            else (_state_first(snapshot, each, today) for each in shown)
        ),
        total=len(chosen),
        different=len(groups),
        documents=len({each.document for each in chosen}),
        pages=pages,
        today=today,
        facets=count_facets(snapshot.columns, _count_by_document(snapshot, query, own), query),
        strengths=counted["strength"],
        due=counted["due"],
        dated=counted["dated"],
        passed=counted["passed"],
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


def _order(found: list[_Candidate], order: Order) -> list[_Candidate]:
    """Order by document, the newest first, or by the date due, undated last."""

    def place(each: _Candidate) -> tuple[object, ...]:
        return each.held.id, each.commitment.number, each.commitment.start

    found.sort(key=place)
    found.sort(key=lambda each: each.held.description.published.value, reverse=True)
    if order == "due":
        found.sort(key=lambda each: last_day(each.commitment.due))
    return found


def _fold_same(said: Iterable[_Candidate]) -> list[list[_Candidate]]:
    """Put together what one organisation says in the same words or nearly so, in versions and
    copies; a figure or date that differs makes two commitments. Groups go by their first."""
    groups: dict[Hashable, list[_Candidate]] = {}
    for each in said:
        own = each.commitment
        organisation = each.held.description.organisation.value
        groups.setdefault((organisation, own.negated, own.due, own.alike), []).append(each)
    return [*groups.values()]


def _state_all(
    snapshot: Snapshot, chosen: Sequence[_Candidate], groups: Iterable[Sequence[_Candidate]],
    today: date,
) -> Iterator[Statement]:  # fmt: skip
    """State each by itself, in order, with the name of its group."""
    names = {each.id: group[0].id for group in groups for each in group}
    return (_state(snapshot, each, names[each.id], today) for each in chosen)


def _state_first(snapshot: Snapshot, group: Sequence[_Candidate], today: date) -> Statement:
    """State the first of a group for all of them."""
    first, *others = (_state(snapshot, each, group[0].id, today) for each in group)
    return replace(first, also=tuple(others))


def _state(snapshot: Snapshot, each: _Candidate, group: str, today: date) -> Statement:
    passage = snapshot.engine.fetch(each.place)
    start, end = each.commitment.start, each.commitment.end
    hit = Hit(each.held, passage, 0.0, ())
    quoted = Quotation(passage.text[start:end], hit, start, end)
    return Statement(each.commitment, quoted, group, is_passed(each.commitment.due, today))
