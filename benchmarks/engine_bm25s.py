"""bm25s (PyPI "bm25s", with numba): scores only, no phrases, prefixes, filters or stored text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import bm25s  # type: ignore[import-not-found, unused-ignore]
import Stemmer  # type: ignore[import-not-found, unused-ignore]

from benchmarks.engines_compared import BEST, Record

_OPTIONS = {"stopwords": None, "show_progress": False}


class Bm25s:
    """Asks bm25s; the numbers of the best passages stand for their texts."""

    def __init__(self, folder: Path) -> None:
        self._ranking = bm25s.BM25.load(str(folder), mmap=True)
        self._ranking.backend = "numba"
        self._stemmer = Stemmer.Stemmer("english")
        facets = (folder / "facets.txt").read_text().splitlines()
        self._facets = [line.split("\t") for line in facets]

    @staticmethod
    def build(folder: Path, records: list[Record]) -> None:
        """Index records in a folder that is empty."""
        texts = [record.text for record in records]
        tokens = bm25s.tokenize(texts, stemmer=Stemmer.Stemmer("english"), **_OPTIONS)
        ranking = bm25s.BM25(backend="numba")
        ranking.index(tokens, show_progress=False)
        ranking.save(str(folder))
        (folder / "facets.txt").write_text(
            "\n".join("\t".join(record.facets) for record in records)
        )

    def any_words(self, words: str) -> list[str]:
        """Give the numbers of the best passages with any of the words."""
        tokens = self._tokenize(words)
        found, _ = self._ranking.retrieve(tokens, k=BEST, show_progress=False, n_threads=1)
        return [str(number) for number in found[0]]

    any_words_common = any_words

    def total(self, words: str) -> int:
        """Count the passages with any of the words."""
        return int((self._scores(words) > 0).sum())

    def facets(self, words: str) -> list[Counter[str]]:
        """Count the passages with any of the words by the values of each facet."""
        rows = [self._facets[number] for number in self._scores(words).nonzero()[0]]
        return [Counter(column) for column in zip(*rows, strict=True)]

    def _scores(self, words: str) -> Any:
        return self._ranking.get_scores(self._tokenize(words, strings=True))

    def _tokenize(self, words: str, strings: bool = False) -> Any:
        tokens = bm25s.tokenize(
            words, stemmer=self._stemmer, return_ids=not strings, **_OPTIONS
        )
        return tokens[0] if strings else tokens
