"""The engine protocol: what any search engine must do for plansearch, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from index.arrays import Floats, Ints, Mask, Reals
from index.query import Clues, Node
from ingest.records import HeldDocument, Passage


@dataclass(frozen=True)
class Content:
    """A document and its passages, to be indexed."""

    document: HeldDocument
    passages: tuple[Passage, ...]


class Matches(Protocol):
    """The passages that match a query, by their places in the index, which count from 0."""

    @property
    def places(self) -> Ints:
        """All places that match, in order."""

    def scores(self, places: Ints) -> Floats:
        """Give the scores of some of the places that match, which stand in order."""

    def best(
        self, most: int, ranks: Ints, allowed: Mask | None = None
    ) -> tuple[Ints, Floats]:
        """Give the best places of those allowed with their scores, best first.

        Equal ones stand by the ranks of their documents, and then by number. ``allowed`` tells of
        each place of the index whether it is; all are where there is none.
        """


TwinPlaces = tuple[Ints, Mask]
"""The places of the passages that say what another one says, in order, and which of them say it in
the very same words."""


class MarkCounts(NamedTuple):
    """How many matches are marked at each place; and of those that are not counted, since an
    earlier passage has them, the ``places``, and which they are there, from 0."""

    counts: Ints
    places: Ints
    numbers: Ints


class Engine(Protocol):
    """A reader of one complete generation of an index; safe to share between threads.

    ``document_ids`` are those of the documents with passages, sorted; ``documents`` gives for each
    place its document, as an index into them; ``numbers`` the passage's number, which counts
    from 1; ``own_lengths`` how many words its text has that no earlier passage of the document has
    from the same place on a page.
    """

    @property
    def document_ids(self) -> Sequence[str]: ...

    @property
    def documents(self) -> Ints: ...

    @property
    def numbers(self) -> Ints: ...

    @property
    def own_lengths(self) -> Ints: ...

    def match(self, tree: Node) -> Matches:
        """Find the passages that match."""

    def count_marks(self, tree: Node, places: Ints) -> MarkCounts:
        """Count the matches that are marked in the text of the passages at some places; none where
        the tree does not match. Those that index.highlight finds, each printed place once."""

    def sort_marks(
        self, tree: Node, places: Ints, before: bool, words: int
    ) -> tuple[Ints, Ints]:
        """Sort the matches that are marked at some places by so many words before or after them.

        Words are compared from the nearest on, without capitals and accents. Give the place of
        each match and which it is there, from 0, of those that are counted; equals by documents,
        passages and as they stand.
        """

    def rescore(self, clues: Clues, places: Ints) -> Floats:
        """Score passages, whose places stand in order, by all that bears on a question."""

    def nearest(
        self, question: Reals, most: int, allowed: Mask | None = None
    ) -> tuple[Ints, Floats]:
        """Find the places, of those allowed, whose vectors are nearest to one of length 1.

        They stand in order, at most ``most`` but for equals of the last, each with the cosine of
        the angle; none where the passages were not encoded.
        """

    def likeness(self, question: Reals, places: Ints) -> Floats:
        """Compare a vector of length 1 with those of places, which stand in order: the cosine of
        the angle, 0 where there is none."""

    def twins(self, places: Ints, among: Ints) -> Sequence[TwinPlaces]:
        """Find the twins of each of some places, among others; both stand in order."""

    def fetch(self, place: int) -> Passage:
        """Give a passage as it was indexed."""

    def words(self, field: str) -> Sequence[str]:
        """Give all distinct words of a field as printed, sorted."""

    def close(self) -> None:
        """Let go of the files."""


@dataclass(frozen=True)
class Changes:
    """What a generation takes in: documents that come, and the ids of those that go.

    One that is replaced is among both. ``fresh`` starts from nothing.
    """

    added: Iterable[Content]
    removed: Collection[str] = ()
    fresh: bool = False


Writer = Callable[[Path, Changes], None]
"""Applies changes to the index in a generation's folder."""

Opener = Callable[[Path], Engine]
"""Opens the index in a generation's folder."""
