"""Reading the words of many texts quickly, for indexing: the tokens of index.analysis as numbers.

A token hangs on nothing beyond the spaces around it, unless a & stands there (A & E). So each
stretch between spaces is cut into tokens once, however often it occurs.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import chain

import numpy as np

from index.analysis import find_tokens
from index.arrays import Ints
from index.vocabulary import Word


class _Known(dict[str, tuple[int, ...]]):
    """The numbers of the words of each stretch of text met so far."""

    def __init__(self) -> None:
        self.numbers: dict[Word, int] = {}

    def __missing__(self, stretch: str) -> tuple[int, ...]:
        self[stretch] = words = self.cut(stretch)
        return words

    def cut(self, text: str) -> tuple[int, ...]:
        return tuple(
            self.number((token.form, tuple(dict.fromkeys(token.terms))))
            for token in find_tokens(text)
        )

    def number(self, word: Word) -> int:
        return self.numbers.setdefault(word, len(self.numbers))


class WordReader:
    """Turns texts into numbers of words, and remembers which number is which word."""

    def __init__(self) -> None:
        self._known = _Known()

    def read(self, texts: Iterable[str]) -> tuple[Ints, Ints]:
        """Give the words of texts one after another, and how many each has."""
        words = array("i")
        lengths = array("i")
        known = self._known
        for text in texts:
            before = len(words)
            if "&" in text:
                words.extend(known.cut(text))
            else:
                words.extend(chain.from_iterable(map(known.__getitem__, text.split())))
            lengths.append(len(words) - before)
        return np.array(words, np.int32), np.array(lengths, np.int32)

    def number(self, word: Word) -> int:
        """Give the number of a word, a new one where it was not met yet."""
        return self._known.number(word)

    def sorted_words(self) -> tuple[list[Word], Ints]:
        """Give the words in order, and for each number the place of its word in it."""
        words = list(self._known.numbers)
        order = sorted(range(len(words)), key=words.__getitem__)
        places = np.zeros(len(words), np.int32)
        places[order] = np.arange(len(words), dtype=np.int32)
        return [words[number] for number in order], places
