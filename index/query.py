"""What a reader asks: the tree of a query, and the Query that every engine answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Audience = Literal["public", "staff"]
Sort = Literal["relevance", "date"]


@dataclass(frozen=True)
class Term:
    """A word, matched by its stem, or as printed where it is ``exact``."""

    text: str
    field: str = "text"
    exact: bool = False


@dataclass(frozen=True)
class Anywhere:
    """A word, matched by its stem, in a passage's text, in its headings or in its title."""

    text: str


@dataclass(frozen=True)
class Phrase:
    """Words that stand next to each other in this order; they score ``weight`` times as much."""

    terms: tuple[Term, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Prefix:
    """All words as printed that begin like this."""

    text: str
    field: str = "text"


@dataclass(frozen=True)
class Wildcard:
    """All words as printed that fit a pattern: * stands for any letters, ? for one."""

    pattern: str
    field: str = "text"


@dataclass(frozen=True)
class Fuzzy:
    """All words as printed that are at most ``edits`` (1 or 2) changes of a letter away.

    A change is a letter added, left out, replaced, or swapped with the next (optimal string
    alignment); the first letter stays.
    """

    text: str
    field: str = "text"
    edits: int = 1


@dataclass(frozen=True)
class Near:
    """Words that stand near each other, in any order or as given.

    They match where one place for each word can be chosen, no place twice, with at most
    ``words`` other words between the first and the last of them.
    """

    terms: tuple[Term, ...]
    words: int
    ordered: bool = False


@dataclass(frozen=True)
class Alternatives:
    """Ways to say one thing: any of these, and the score is that of the best of them."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Within:
    """Passages of these documents alone, by their ids, sorted; scored as ``part`` is."""

    part: Node
    documents: tuple[str, ...]


@dataclass(frozen=True)
class And:
    """All of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Or:
    """Any of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    """All passages without this."""

    part: Node


@dataclass(frozen=True)
class Everything:
    """Every passage."""


@dataclass(frozen=True)
class Nothing:
    """No passage: what was typed has nothing in it to search for."""


Node = (
    Term
    | Anywhere
    | Phrase
    | Prefix
    | Wildcard
    | Fuzzy
    | Near
    | Alternatives
    | Within
    | And
    | Or
    | Not
    | Everything
    | Nothing
)


@dataclass(frozen=True)
class Clues:
    """What a question asks for: terms with their weights, at least one, and pairs of these terms
    that follow one another in it."""

    weights: Mapping[str, float]
    pairs: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Expansion:
    """Another way to say words of a query, which is searched for as well.

    ``passages`` counts what it adds to the results; ``reason`` says how it is known.
    """

    typed: str
    added: str
    reason: str
    passages: int = 0

    @property
    def sentence(self) -> str:
        """Say it to the reader."""
        more = f"{self.passages:,} more passage{'' if self.passages == 1 else 's'}"
        return f"“{self.typed}” was searched for as “{self.added}” too ({self.reason}): {more}."


@dataclass(frozen=True)
class Query:
    """One query, which list, counts, facets, answers and exports all share.

    ``typed`` is the text as typed and ``tree`` what was understood of it; ``notes`` are sentences
    on what was dropped, repaired or not understood. ``filters`` are chosen facet values by facet;
    ``document`` narrows to one document's id. ``since`` and ``until`` are dates of publication,
    inclusive, as YYYY, YYYY-MM or YYYY-MM-DD; ``typed_dates`` are those two where the text as
    typed says them. ``page`` counts from 1. ``expansions`` are those in ``tree``: none where the
    words were to be searched ``as_typed``, and not those whose added words are in ``without``.
    ``like`` is the id of a passage; others like it are asked for instead of any words.
    """

    typed: str = ""
    tree: Node = Everything()
    notes: tuple[str, ...] = ()
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    document: str = ""
    since: str = ""
    until: str = ""
    sort: Sort = "relevance"
    page: int = 1
    audience: Audience = "public"
    typed_dates: tuple[str, str] = ("", "")
    as_typed: bool = False
    without: tuple[str, ...] = ()
    like: str = ""
    expansions: tuple[Expansion, ...] = ()

    @property
    def has_words(self) -> bool:
        """Tell whether it asks for words, so that there may be something to mark."""
        return bool(self.typed or self.like)

    @property
    def chosen_dates(self) -> tuple[str, str]:
        """The dates that the text does not say itself."""
        dates = zip((self.since, self.until), self.typed_dates)
        since, until = ("" if date == typed else date for date, typed in dates)
        return since, until

    @property
    def all_notes(self) -> tuple[str, ...]:
        """The notes, and a sentence for each expansion that added to the results."""
        return (*self.notes, *(each.sentence for each in self.expansions if each.passages))

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Give the values of a facet that were chosen; none means that all are welcome."""
        return dict(self.filters).get(facet, ())
