"""Statements: whether two texts say the same, word for word and figure for figure."""

from __future__ import annotations

from functools import lru_cache

from index.analysis import STOP_WORDS, find_tokens

SAME = 0.85
"""Texts with this share of their words in common, and the same figures, say the same."""

Words = frozenset[str]


def says_the_same(one: str, other: str) -> bool:
    """Tell whether two texts say the same, nearly word for word and figure for figure."""
    first, second = cut_words(one), cut_words(other)
    return measure_share(first, second) >= SAME and keep_figures(first) == keep_figures(second)


@lru_cache(maxsize=4096)
def cut_words(text: str) -> Words:
    """Cut a text into its words but for common ones, by their stems."""
    return frozenset(token.stem for token in find_tokens(text) if token.form not in STOP_WORDS)


def keep_figures(words: Words) -> Words:
    """Keep what of some words has a digit."""
    return frozenset(word for word in words if any(letter.isdigit() for letter in word))


def measure_share(first: Words, second: Words) -> float:
    """Measure what two sets have in common as a share of all that is in them (Jaccard 1912)."""
    return len(first & second) / max(1, len(first | second))
