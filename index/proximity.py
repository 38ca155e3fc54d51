"""Where words stand near each other: which of their places take part, in any order or as given."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

Places = Sequence[int]
"""The places of a word among the tokens of a text, in order."""


def find_near(places: Sequence[Places], words: int, ordered: bool) -> list[int]:
    """Find the places of words that stand near each other, in order.

    ``places`` has those of each word. They are near where one place for each can be chosen, none
    twice, with at most ``words`` others between the first and the last; where ``ordered``, each
    after the one before it. Every place that can be so chosen is given.
    """
    if not all(places):
        return []
    reach = len(places) + words
    find = _ordered if ordered else _unordered
    found: set[int] = set()
    for first in sorted(set(places[0] if ordered else sum(map(list, places), []))):
        window = [list(_between(each, first, first + reach)) for each in places]
        if all(window):
            found |= find(window, first)
    return sorted(found)


def _between(places: Places, start: int, end: int) -> Places:
    return places[bisect_left(places, start):bisect_left(places, end)]


def _unordered(window: list[list[int]], first: int) -> set[int]:
    """All places of a window where each word can have one of its own.

    Any of them can be chosen: if a choice leaves it out, its word can move there.
    """
    owner: dict[int, int] = {}
    settled = all(_settle(word, window, owner, set()) for word in range(len(window)))
    return {place for places in window for place in places} if settled else set()


def _settle(word: int, window: list[list[int]], owner: dict[int, int], tried: set[int]) -> bool:
    """Give a word a place, moving others to make room (Kuhn 1955)."""
    for place in window[word]:
        if place not in tried:
            tried.add(place)
            if place not in owner or _settle(owner[place], window, owner, tried):
                owner[place] = word
                return True
    return False


def _ordered(window: list[list[int]], first: int) -> set[int]:
    """The places in a window that a row of them, beginning at ``first``, can go through."""
    window = [[first], *window[1:]]
    for word in range(1, len(window)):
        if not window[word - 1]:
            return set()
        window[word] = window[word][bisect_right(window[word], window[word - 1][0]):]
    for word in reversed(range(len(window) - 1)):
        if not window[word + 1]:
            return set()
        window[word] = window[word][:bisect_left(window[word], window[word + 1][-1])]
    return {place for places in window for place in places} if window[0] else set()
