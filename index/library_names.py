"""Organisations and places of the library that a question names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

NamedFacet = Literal["organisation", "place"]

_WORD = re.compile(r"[^\W_]+(?:[&'’-][^\W_]+)*")
_OF_ALL = (
    "nhs foundation trust", "nhs trust", "nhs ft", "foundation trust", "trust", "ccg", "icb",
    "clinical commissioning group", "integrated care board", "integrated care system",
    "integrated care partnership", "university health board", "health board",
)  # fmt: skip
_SHORTEST_SHORTENED = 2


class NamedValue(NamedTuple):
    """A value of a facet that words of a text name; ``start`` and ``end`` are their offsets."""

    facet: NamedFacet
    value: str
    start: int
    end: int


class LibraryNames:
    """The values of two facets, by the names that a question may use for them.

    An organisation is named by its name in full, by that without what it is ("NHS Foundation
    Trust") where two words are left, and by a short form; ``short_forms`` are pairs of one and
    what it stands for.
    """

    def __init__(
        self,
        organisations: Iterable[str] = (),
        places: Iterable[str] = (),
        short_forms: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._by_words: dict[tuple[str, ...], list[tuple[NamedFacet, str]]] = defaultdict(list)
        for organisation in organisations:
            for name in _ways_to_say(organisation):
                self._add(name, "organisation", organisation)
        for place in places:
            self._add(_words(place), "place", place)
        self._meanings: dict[str, tuple[str, ...]] = {}
        for short, long in short_forms:
            before = self._meanings.get(short.lower(), ())
            self._meanings[short.lower()] = (*before, long)
            for facet, value in self._by_words.get(_words(long), ()):
                self._add(_words(short), facet, value)
        self._longest = max(map(len, self._by_words), default=0)

    def meanings(self, word: str) -> tuple[str, ...]:
        """Give what a short form stands for, in capitals or not; nothing where it is none."""
        return self._meanings.get(word.lower(), ())

    def find(self, text: str) -> Iterator[NamedValue]:
        """Find what a text names, in its order; of names within names the longest counts.

        A name of one word counts with a capital, or where the text has no capital at all.
        """
        matches = list(_WORD.finditer(text))
        words = _words(text)
        small = text == text.lower()
        at = 0
        while at < len(matches):
            length = self._length_at(words, at)
            if length == 1 and not small and not matches[at][0][0].isupper():
                length = 0
            if length:
                start, end = matches[at].start(), matches[at + length - 1].end()
                named = self._by_words[words[at:at + length]]
                yield from (NamedValue(*each, start, end) for each in named)
            at += max(1, length)

    def _length_at(self, words: tuple[str, ...], at: int) -> int:
        """How many words make the longest name that begins at a word; 0 where none does."""
        lengths = range(min(self._longest, len(words) - at), 0, -1)
        return next((n for n in lengths if words[at:at + n] in self._by_words), 0)

    def _add(self, name: tuple[str, ...], facet: NamedFacet, value: str) -> None:
        if name and (facet, value) not in self._by_words[name]:
            self._by_words[name].append((facet, value))


def _ways_to_say(organisation: str) -> Iterator[tuple[str, ...]]:
    words = _words(organisation)
    yield words
    for ending in map(str.split, _OF_ALL):
        rest = words[:-len(ending)]
        if words[-len(ending):] == tuple(ending) and len(rest) >= _SHORTEST_SHORTENED:
            yield rest
            return


def _words(text: str) -> tuple[str, ...]:
    found = (match[0].lower().replace("’", "'") for match in _WORD.finditer(text))
    return tuple(word.removesuffix("'s") for word in found)
