"""Settling a query: its other names, and what to do where no passage has all that it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Sized
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Generic, TypeVar

from index.expansion import Expanded, any_part, expand
from index.favouring import favour_neighbours
from index.names import Names
from index.query import (
    Alternatives,
    And,
    Expansion,
    Fuzzy,
    Near,
    Node,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
    Within,
)

ANY_WORD_NOTE = (
    "No passage has all of these words; these have some of them, the most telling first."
)
AS_TYPED_NOTE = "Only the words as typed were searched for, by no other name."

Found = TypeVar("Found", bound=Sized)
"""Passages that match, as the searcher has them."""

_WORDS = (Term, Phrase, Prefix, Wildcard, Fuzzy, Near, Alternatives, Within)


@dataclass(frozen=True)
class Matcher(Generic[Found]):
    """How a reader's trees are matched: ``match`` finds the passages that are for him, and
    ``count`` how many of them the filters of his query leave."""

    match: Callable[[Node], Found]
    count: Callable[[Found], int]


def settle_query(query: Query, names: Names, matcher: Matcher[Found]) -> tuple[Query, Found]:
    """Give a query as it is searched for, with its other names, and the passages that match.

    Where no passage has all of its words, any of them is enough, and a note says so. Those in
    which words that were typed one after another stand so score more.
    """
    expanded = _expand(query, names, query.without)
    tree, found = _find(expanded.tree, matcher, favour_neighbours if query.typed else _as_it_is)
    notes = [*query.notes, *expanded.notes]
    loosened = tree is not expanded.tree
    if loosened:
        notes.append(ANY_WORD_NOTE)
    if query.as_typed and _expand(replace(query, as_typed=False), names, ()).tree != query.tree:
        notes.append(AS_TYPED_NOTE)
    total = matcher.count(found) if expanded.expansions else 0
    expansions = _count_each(query, names, expanded.expansions, matcher, total, loosened)
    return replace(query, tree=tree, notes=tuple(notes), expansions=expansions), found


def _count_each(
    query: Query, names: Names, expansions: Sequence[Expansion], matcher: Matcher[Found],
    total: int, loosened: bool,
) -> tuple[Expansion, ...]:  # fmt: skip
    """Count what each expansion adds to what was typed and those before it; ``total`` is all."""
    added = [each.added for each in expansions]
    counts = []
    for first in range(len(added)):
        left = _expand(query, names, (*query.without, *added[first:])).tree
        tree = loosen(left) if loosened else None
        counts.append(matcher.count(matcher.match(tree or left)))
    rises = (max(0, after - before) for before, after in pairwise([*counts, total]))
    return tuple(replace(each, passages=rise) for each, rise in zip(expansions, rises))


def _expand(query: Query, names: Names, without: Sequence[str]) -> Expanded:
    if query.as_typed or not query.typed:
        return Expanded(query.tree)
    return expand(query.tree, query.typed, names, without)


def _find(
    tree: Node, matcher: Matcher[Found], favour: Callable[[Node], Node]
) -> tuple[Node, Found]:
    found = matcher.match(favour(tree))
    loose = None if len(found) else loosen(tree)
    if loose and len(any_found := matcher.match(favour(loose))):
        return loose, any_found
    return tree, found


def _as_it_is(tree: Node) -> Node:
    return tree


def loosen(tree: Node) -> Node | None:
    """Make any of the words of a query enough; None where it is no query of several words."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    if not all(isinstance(part, _WORDS) for part in parts):
        return None
    loose = any_part(parts)
    return loose if len(loose.parts) > 1 else None
