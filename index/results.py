"""What a search gives: hits grouped by document, exact totals, facet counts, notes, coverage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.highlight import Match
from index.places import locate
from index.query import Query
from ingest.records import HeldDocument, Passage, Span, Unread


@dataclass(frozen=True)
class Twin:
    """A passage that says what a hit says, in the ``same`` words or in nearly the same.

    ``number`` is the passage's and ``page`` that on which it begins, both from 1.
    """

    document: HeldDocument
    number: int
    page: int
    same: bool

    @property
    def id(self) -> str:
        """The passage's id, like that of a hit."""
        return f"{self.document.id}/{self.document.version}/{self.number}"


@dataclass(frozen=True)
class Twins:
    """The twins of a hit that match the query too: how many there are, in how many documents
    other than the hit's, and the ``first`` of them."""

    passages: int = 0
    documents: int = 0
    first: tuple[Twin, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A passage that matches, and where: ``matches`` are (start, end) offsets in its text."""

    document: HeldDocument
    passage: Passage
    score: float
    matches: tuple[Match, ...]
    twins: Twins = Twins()

    @property
    def id(self) -> str:
        """The passage's id: document, version and number, parted by slashes."""
        return f"{self.document.id}/{self.document.version}/{self.passage.number}"

    @property
    def page(self) -> int:
        """The page of the first match, or the passage's first where no word is marked."""
        return self.match_spans[0].page if self.matches else self.passage.spans[0].page

    @property
    def match_spans(self) -> tuple[Span, ...]:
        """Where the matches stand on the pages."""
        return tuple(
            span for start, end in self.matches for span in locate(self.passage.spans, start, end)
        )


@dataclass(frozen=True)
class Fold:
    """A passage that matches but is not shown, because a hit above it, ``shown``, is its twin."""

    twin: Twin
    shown: Hit


@dataclass(frozen=True)
class DocumentHits:
    """The best hits of one document, and what is folded of it; ``passages`` counts all that match.
    """

    document: HeldDocument
    hits: tuple[Hit, ...]
    passages: int
    folded: tuple[Fold, ...] = ()


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet with exact counts of what choosing it (too) would show."""

    value: str
    documents: int
    passages: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A facet and its values, most documents first."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True)
class Coverage:
    """What was searched, and what could not be.

    ``unread`` are files of which nothing is searched; ``outdated`` those of which an older
    version is; ``partly`` the documents with pages that could not be read, ``wanting`` those with
    pages on which words may be missing or wrong.
    """

    searched: int
    unread: tuple[Unread, ...]
    outdated: tuple[Unread, ...]
    partly: tuple[HeldDocument, ...]
    withdrawn: tuple[HeldDocument, ...]
    wanting: tuple[HeldDocument, ...] = ()

    @property
    def held(self) -> int:
        """The number of documents that the folder holds, read or not."""
        return self.searched + len(self.unread)

    @property
    def sentence(self) -> str:
        """Say it in a sentence or two."""
        said = f"Searched {self.searched} of {self.held} document{'' if self.held == 1 else 's'}."
        if self.unread:
            said += f" Not read: {', '.join(unread.file for unread in self.unread)}."
        if self.partly:
            said += f" Not read in full: {', '.join(held.file for held in self.partly)}."
        if self.wanting:
            said += f" Words may be missing or wrong on pages of {len(self.wanting)}."
        if self.outdated:
            newest = ", ".join(unread.file for unread in self.outdated)
            said += f" The newest version could not be read, so an older one is searched: {newest}."
        return said


@dataclass(frozen=True)
class Results:
    """One page of results; ``documents`` and ``passages`` are exact totals over all pages."""

    query: Query
    groups: tuple[DocumentHits, ...]
    documents: int
    passages: int
    pages: int
    facets: tuple[Facet, ...]
    coverage: Coverage
    generation: str

    @property
    def folding_note(self) -> str:
        """Say how many passages of this page are folded; nothing where none is."""
        count = sum(len(group.folded) for group in self.groups)
        if not count:
            return ""
        said = "passage is" if count == 1 else "passages are"
        return (
            f"{count} near-identical {said} folded on this page; totals and exports have them all."
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """All notes on the query and on this page."""
        return (*self.query.all_notes, *filter(None, [self.folding_note]))


@dataclass(frozen=True)
class AllHits:
    """All hits of a query in their order, one generation's; ``hits`` can be taken once.

    ``query`` is as understood; ``total`` is the number of hits, fewer than are ``matching`` where
    some were chosen.
    """

    query: Query
    total: int
    matching: int
    hits: Iterator[Hit]
    coverage: Coverage
    generation: str
