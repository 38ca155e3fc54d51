"""How a text that was given is compared with one that is right."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

LONG_WORDS = 8
"""From so many words an answer is long: its wording need not be met exactly."""

LONG_ENOUGH_WORDS = 4
"""So many words quoted out of a long answer stand for it."""

LONG_ALIKE = 0.6
"""A token F1 with a long answer from which a quotation is said to hold it."""

_STRAIGHT = str.maketrans("’‘“”–—", "''\"\"--")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")


@lru_cache(100_000)
def soften(text: str) -> str:
    """Take away what does not matter: case, kinds of quotation marks and dashes, and of space."""
    return " ".join(text.split()).translate(_STRAIGHT).lower()


@lru_cache(100_000)
def find_words(text: str) -> tuple[str, ...]:
    """Find the words of a text without punctuation and articles (Rajpurkar et al. 2016)."""
    return tuple(_ARTICLES.sub(" ", soften(text).translate(_NO_PUNCTUATION)).split())


def match_exactly(given: str, right: str) -> float:
    """Say whether two texts have the same words: 1 or 0 (exact match, Rajpurkar et al. 2016)."""
    return float(find_words(given) == find_words(right))


def find_f1(given: str, right: str) -> float:
    """Find the token F1 of two texts, from 0 to 1 (Rajpurkar et al. 2016)."""
    given_words, right_words = find_words(given), find_words(right)
    if not given_words or not right_words:
        return float(given_words == right_words)
    common = (Counter(given_words) & Counter(right_words)).total()
    return 2 * common / (len(given_words) + len(right_words))


def holds(text: str, words: str) -> bool:
    """Say whether a text has these words, one after the other, as whole words."""
    sought = re.escape(soften(words))
    return bool(sought) and bool(
        re.search(rf"(?<![^\W_]){sought}(?![^\W_])", soften(text))
    )


def answers(text: str, expected: Iterable[str]) -> bool:
    """Say whether a quotation holds one of the answers that are expected.

    Of a long answer a part of some words will do, or nearly the same words.
    """
    return any(holds(text, answer) or _answers_long(text, answer) for answer in expected)


def _answers_long(text: str, answer: str) -> bool:
    if len(find_words(answer)) < LONG_WORDS:
        return False
    quoted = len(find_words(text)) >= LONG_ENOUGH_WORDS and (
        " ".join(find_words(text)) in " ".join(find_words(answer))
    )
    return quoted or find_f1(text, answer) >= LONG_ALIKE


def find_share(text: str, part: str) -> float:
    """Find how much of ``part`` stands in a text as one run of words, from 0 to 1."""
    words, sought = find_words(text), find_words(part)
    match = SequenceMatcher(None, words, sought, autojunk=False)
    return match.find_longest_match().size / max(1, len(sought))
