"""The one highlighter: does a passage match a query, and which of its words are the match."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from index.analysis import find_tokens
from index.proximity import find_near
from index.query import (
    Alternatives,
    And,
    Anywhere,
    Everything,
    Fuzzy,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Term,
    Wildcard,
    Within,
)
from index.schema import BOOSTS
from index.word_patterns import compile_wildcard, is_fuzzy_match

Match = tuple[int, int]
"""(start, end) offsets of matched words in the text of a passage."""


class _Tokens:
    """The tokens of one field of a passage, and where each term stands among them."""

    def __init__(self, text: str) -> None:
        self.list = tuple(find_tokens(text))
        self._by_form: defaultdict[str, list[int]] = defaultdict(list)
        self._by_term: defaultdict[str, list[int]] = defaultdict(list)
        for place, token in enumerate(self.list):
            self._by_form[token.form].append(place)
            self._by_term[token.stem].append(place)
            for term in token.parts:
                self._by_term[term].append(place)

    def places(self, term: Term) -> Sequence[int]:
        """Give the places at which a term stands, which count from 0."""
        return (self._by_form if term.exact else self._by_term).get(term.text, ())

    def standing(self, term: Term) -> Iterator[Match]:
        return (self._offsets(place, place) for place in self.places(term))

    def runs(self, terms: tuple[Term, ...]) -> Iterator[Match]:
        starts = set(self.places(terms[0]))
        for offset, term in enumerate(terms[1:], 1):
            starts &= {place - offset for place in self.places(term)}
        for place in sorted(starts):
            yield self._offsets(place, place + len(terms) - 1)

    def near(self, node: Near) -> Iterator[Match]:
        places = [self.places(term) for term in node.terms]
        for place in find_near(places, node.words, node.ordered):
            yield self._offsets(place, place)

    def fitting(self, fits: Callable[[str], object]) -> Iterator[Match]:
        for place, token in enumerate(self.list):
            if fits(token.form):
                yield self._offsets(place, place)

    def _offsets(self, first: int, last: int) -> Match:
        return self.list[first].start, self.list[last].end


class _PassageMatcher:
    """Tells how one passage matches a query, its fields cut into tokens once."""

    def __init__(self, text: str, fields: Mapping[str, str], document: str) -> None:
        self._texts = {**fields, "text": text}
        self._document = document
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
            case Or(parts) | Alternatives(parts):
                return _any([self._find(part) for part in parts])
            case Within(part, documents):
                return self._find(part) if self._document in documents else None
            case Anywhere(text):
                return _any([self._find(Term(text, field)) for field in ("text", *BOOSTS)])
            case Prefix(text, field):
                return self._fitting(field, lambda form: form.startswith(text))
            case Wildcard(pattern, field):
                return self._fitting(field, compile_wildcard(pattern).fullmatch)
            case Fuzzy(text, field, edits):
                return self._fitting(field, lambda form: is_fuzzy_match(form, text, edits))
            case Near(terms):
                return self._marked(terms[0].field, self._field(terms[0].field).near(node))
            case Phrase(terms):
                return self._marked(terms[0].field, self._field(terms[0].field).runs(terms))
            case Term():
                return self._marked(node.field, self._field(node.field).standing(node))

    def _fitting(self, field: str, fits: Callable[[str], object]) -> list[Match] | None:
        return self._marked(field, self._field(field).fitting(fits))

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


def find_matches(
    text: str, fields: Mapping[str, str], tree: Node, document: str = ""
) -> tuple[Match, ...] | None:
    """Find the offsets of the words that match a query, in order; None where it does not match.

    ``fields`` gives the other searched fields of the passage by name (schema.searched_fields):
    matches in them count, but only words of ``text`` are marked. ``document`` is the id of the
    passage's document: where it is not known, nothing that is kept to some documents matches.
    """
    return _PassageMatcher(text, fields, document).find_matches(tree)


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
