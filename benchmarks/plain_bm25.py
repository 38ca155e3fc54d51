"""Plain BM25, written to be compared with and for nothing else: Robertson and Zaragoza 2009."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import snowballstemmer

from index.analysis import STOP_WORDS

K1 = 1.2
B = 0.75

_WORD = re.compile(r"\w+")


class PlainBM25:
    """Ranks texts by the stems of a question's words but the common ones."""

    def __init__(self, texts: Sequence[str]) -> None:
        stemmer = snowballstemmer.stemmer("english")
        self._stems: dict[str, str] = {}
        self._stem = stemmer.stemWord
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._lengths = []
        for number, text in enumerate(texts):
            stems = self._find_stems(text)
            self._lengths.append(len(stems))
            for stem, count in Counter(stems).items():
                self._postings[stem].append((number, count))
        self._average = sum(self._lengths) / max(1, len(self._lengths))

    def rank(self, question: str, most: int) -> list[int]:
        """Give the numbers of the best texts, at most ``most``; ties by number."""
        scores: dict[int, float] = defaultdict(float)
        for stem in {*self._find_stems(question)} - STOP_WORDS:
            for number, score in self._score(stem):
                scores[number] += score
        return sorted(scores, key=lambda number: (-scores[number], number))[:most]

    def _score(self, stem: str) -> list[tuple[int, float]]:
        found = self._postings.get(stem, [])
        rarity = math.log(1 + (len(self._lengths) - len(found) + 0.5) / (len(found) + 0.5))
        return [
            (number, rarity * (K1 + 1) * count / (count + K1 * self._length(number)))
            for number, count in found
        ]

    def _length(self, number: int) -> float:
        return 1 - B + B * self._lengths[number] / self._average

    def _find_stems(self, text: str) -> list[str]:
        words = _WORD.findall(text.lower())
        for word in words:
            if word not in self._stems:
                self._stems[word] = self._stem(word)
        return [word if word in STOP_WORDS else self._stems[word] for word in words]
