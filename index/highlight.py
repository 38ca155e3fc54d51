"""The one highlighter: does a passage match a query, and which of its words are the match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from index.analysis import find_tokens
from index.query import And, Everything, Node, Not, Nothing, Or, Phrase, Prefix, Term

Match = tuple[int, int]
"""(start, end) offsets of matched words in the text of a passage."""


class _Tokens:
    """The tokens of one field of a passage, and where each term stands among them."""

    def __init__(self, text: str) -> None:
        self.list = tuple(find_tokens(text))

    def holds(self, place: int, term: Term) -> bool:
        """Tell whether a term stands at a place, which counts from 0."""
        if place >= len(self.list):
            return False
        token = self.list[place]
        return term.text == token.form if term.exact else term.text in token.terms

    def runs(self, terms: tuple[Term, ...]) -> Iterator[Match]:
        for place in range(len(self.list) - len(terms) + 1):
            if all(self.holds(place + i, term) for i, term in enumerate(terms)):
                yield self._offsets(place, place + len(terms) - 1)

    def beginning(self, prefix: str) -> Iterator[Match]:
        for place, token in enumerate(self.list):
            if token.form.startswith(prefix):
                yield self._offsets(place, place)

    def _offsets(self, first: int, last: int) -> Match:
        return self.list[first].start, self.list[last].end


class _PassageMatcher:
    """Tells how one passage matches a query, its fields cut into tokens once."""

    def __init__(self, text: str, fields: Mapping[str, str]) -> None:
        self._texts = {**fields, "text": text}
        self._tokens: dict[str, _Tokens] = {}

    def find_matches(self, tree: Node) -> tuple[Match, ...] | None:
        found = self._find(tree)
        return None if found is None else merge_overlapping(sorted(found))

    def _find(self, node: Node) -> list[Match] | None:
        match node:
            case Everything():
                return []
            case Nothing():
                return None
            case Not(part):
                return [] if self._find(part) is None else None
            case And(parts):
                return _all([self._find(part) for part in parts])
            case Or(parts):
                return _any([self._find(part) for part in parts])
            case Prefix(text, field):
                return self._marked(field, self._field(field).beginning(text))
            case Phrase(terms):
                return self._marked(terms[0].field, self._field(terms[0].field).runs(terms))
            case Term():
                return self._marked(node.field, self._field(node.field).runs((node,)))

    def _field(self, name: str) -> _Tokens:
        if name not in self._tokens:
            self._tokens[name] = _Tokens(self._texts[name])
        return self._tokens[name]

    @staticmethod
    def _marked(field: str, found: Iterator[Match]) -> list[Match] | None:
        matches = list(found)
        if not matches:
            return None
        return matches if field == "text" else []


def find_matches(text: str, fields: Mapping[str, str], tree: Node) -> tuple[Match, ...] | None:
    """Find the offsets of the words that match a query, in order; None where it does not match.

    ``fields`` gives the other searched fields of the passage by name (schema.searched_fields):
    matches in them count, but only words of ``text`` are marked.
    """
    return _PassageMatcher(text, fields).find_matches(tree)


def _all(found: list[list[Match] | None]) -> list[Match] | None:
    kept = [matches for matches in found if matches is not None]
    return sum(kept, []) if len(kept) == len(found) else None


def _any(found: list[list[Match] | None]) -> list[Match] | None:
    kept = [matches for matches in found if matches is not None]
    return sum(kept, []) if kept else None


def merge_overlapping(ranges: Iterable[Match]) -> tuple[Match, ...]:
    """Join ranges, given in order, that overlap; those that only touch stay apart."""
    merged: list[Match] = []
    for start, end in ranges:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
