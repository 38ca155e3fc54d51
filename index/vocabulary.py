"""The vocabulary of a segment: its words, in the order of their forms, and the terms of each.

A word is a form as printed together with the terms that it is found by: GPs and gps are two words
of one form. So the words of a form stand next to each other, and those of a prefix too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

import numpy as np

from index.arrays import Arrays, Ints, pack_words, unpack_words
from index.edits import count_changes
from index.word_patterns import compile_wildcard

Word = tuple[str, tuple[str, ...]]
"""The form of a word, and its terms."""

_LAST = "\U0010ffff"


class Vocabulary:
    """The words of a segment, numbered from 0 in the order of their forms."""

    def __init__(self, arrays: Arrays) -> None:
        self.forms = unpack_words(arrays["forms"])
        self.terms = unpack_words(arrays["terms"])
        self._terms_of = arrays["word_terms"]
        self._term_starts = arrays["word_term_starts"]
        self._words_of = arrays["term_words"]
        self._word_starts = arrays["term_word_starts"]

    def term(self, text: str) -> int:
        """Give the number of a term, or -1 where no word has it."""
        at = bisect_left(self.terms, text)
        return at if at < len(self.terms) and self.terms[at] == text else -1

    def of_term(self, text: str) -> Ints:
        """Give the words that are found by a term."""
        term = self.term(text)
        if term < 0:
            return _NONE
        found: Ints = self._words_of[self._word_starts[term]:self._word_starts[term + 1]]
        return found

    def of_form(self, form: str) -> Ints:
        """Give the words of a form."""
        return _range(bisect_left(self.forms, form), bisect_right(self.forms, form))

    def of_prefix(self, text: str) -> Ints:
        """Give the words whose form begins like this."""
        return _range(bisect_left(self.forms, text), bisect_left(self.forms, text + _LAST))

    def of_wildcard(self, pattern: str) -> Ints:
        """Give the words whose form fits a pattern with * and ?."""
        pieces = re.split(r"[*?]", pattern)
        longest = max(pieces, key=len)
        fits = compile_wildcard(pattern).fullmatch
        words = self.of_prefix(pieces[0]).tolist()
        having = [word for word in words if longest in self.forms[word]]
        return np.array([word for word in having if fits(self.forms[word])], np.int32)

    def of_fuzzy(self, text: str, edits: int) -> Ints:
        """Give the words whose form is a few changes of a letter away, its first letter alike."""
        words = self.of_prefix(text[:1])
        lengths = range(len(text) - edits, len(text) + edits + 1)
        near = [word for word in words.tolist() if len(self.forms[word]) in lengths]
        if not near:
            return _NONE
        distances = count_changes(text, [self.forms[word] for word in near])
        return np.array(near, np.int32)[distances <= edits]

    def words(self) -> list[Word]:
        """Give all words."""
        starts = self._term_starts.tolist()
        terms = [self.terms[number] for number in self._terms_of.tolist()]
        return [
            (form, tuple(terms[starts[at]:starts[at + 1]])) for at, form in enumerate(self.forms)
        ]


def pack_vocabulary(words: list[Word]) -> dict[str, np.typing.NDArray[np.generic]]:
    """Pack words, in order, into the arrays that a Vocabulary reads."""
    terms = sorted({term for _, own in words for term in own})
    numbers = {term: number for number, term in enumerate(terms)}
    word_terms = np.array([numbers[term] for _, own in words for term in own], np.int32)
    counts = np.array([len(own) for _, own in words], np.int32)
    return {
        "forms": pack_words([form for form, _ in words]),
        "terms": pack_words(terms),
        "word_terms": word_terms,
        "word_term_starts": starts_of(counts),
        "term_words": np.repeat(np.arange(len(words), dtype=np.int32), counts)[
            np.argsort(word_terms, kind="stable")
        ],
        "term_word_starts": starts_of(np.bincount(word_terms, minlength=len(terms))),
    }


def starts_of(counts: Iterable[int] | Ints | np.typing.NDArray[np.int64]) -> Ints:
    """Give where each of consecutive runs of these lengths starts, and where the last ends."""
    counts = np.asarray(counts, np.int64)
    starts = np.zeros(len(counts) + 1, np.int32)
    np.cumsum(counts, out=starts[1:])
    return starts


def _range(first: int, end: int) -> Ints:
    return np.arange(first, end, dtype=np.int32)


_NONE = np.zeros(0, np.int32)
