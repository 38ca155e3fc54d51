"""What a reader asks: the tree of a query, and the Query that every engine answers."""

from __future__ import annotations

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
class Phrase:
    """Words that stand next to each other in this order."""

    terms: tuple[Term, ...]


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
    | Phrase
    | Prefix
    | Wildcard
    | Fuzzy
    | Near
    | Alternatives
    | And
    | Or
    | Not
    | Everything
    | Nothing
)


@dataclass(frozen=True)
class Query:
    """One query, which list, counts, facets, answers and exports all share.

    ``typed`` is the text as typed and ``tree`` what was understood of it; ``notes`` are sentences
    on what was dropped, repaired or not understood. ``filters`` are chosen facet values by facet;
    ``document`` narrows to one document's id. ``since`` and ``until`` are dates of publication,
    inclusive, as YYYY, YYYY-MM or YYYY-MM-DD. ``page`` counts from 1.
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

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Give the values of a facet that were chosen; none means that all are welcome."""
        return dict(self.filters).get(facet, ())
