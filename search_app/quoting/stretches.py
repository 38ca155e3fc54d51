"""Stretches: consecutive passages of one version of a document as one text, so that what runs over
the border of two passages or pages is found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from index.places import locate
from ingest.library import Library
from ingest.records import HeldDocument, Passage, Span
from search_app.quoting.normalising import Mark, Marks, find_marks


@dataclass(frozen=True)
class Stretch:
    """Consecutive passages, their texts parted by line breaks."""

    held: HeldDocument
    passages: tuple[Passage, ...]
    marks: Marks

    @cached_property
    def text(self) -> str:
        """The texts of the passages."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where the text of each passage starts."""
        return tuple(_find_starts(self.passages))

    def passage_at(self, offset: int) -> tuple[Passage, int]:
        """Give the passage in which an offset of the text is, and where that starts."""
        at = bisect_right(self.starts, offset) - 1
        return self.passages[at], self.starts[at]

    def locate(self, start: int, end: int) -> tuple[Span, ...]:
        """Say where text[start:end] stands on the pages."""
        return tuple(
            span
            for passage, offset in zip(self.passages, self.starts)
            for span in locate(passage.spans, start - offset, end - offset)
        )


def _find_starts(passages: Iterable[Passage]) -> Iterator[int]:
    start = 0
    for passage in passages:
        yield start
        start += len(passage.text) + 1


class Texts:
    """Reads the passages of versions from a library, each once; made for one task."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._passages: dict[tuple[str, int], tuple[Passage, ...]] = {}
        self._marks: dict[tuple[str, int, int], tuple[Mark, ...]] = {}
        self._labels: dict[tuple[str, int], dict[int, str]] = {}

    def passages(self, held: HeldDocument) -> tuple[Passage, ...]:
        """Give all passages of a version."""
        key = held.id, held.version
        if key not in self._passages:
            self._passages[key] = self.library.passages(held)
        return self._passages[key]

    def label(self, held: HeldDocument, page: int) -> str:
        """Give the number printed on a page of a version, where it is known."""
        key = held.id, held.version
        if key not in self._labels:
            self._labels[key] = self.library.labels(held)
        return self._labels[key].get(page, "")

    def stretch(self, held: HeldDocument, first: int = 1, last: int | None = None) -> Stretch:
        """Give the passages of a version from one number to another; all, unless they are given.
        """
        passages = self.passages(held)[max(0, first - 1):last]
        return Stretch(held, passages, tuple(self._shift(held, passages)))

    def around(
        self, held: HeldDocument, numbers: Iterable[int], words: int
    ) -> Iterator[Stretch]:
        """Give passages with those next to them, so that so many words stand on either side."""
        ranges: list[tuple[int, int]] = []
        for number in sorted(numbers):
            first = self._reach(held, number, words, -1)
            last = self._reach(held, number, words, 1)
            if ranges and first <= ranges[-1][1]:
                first = ranges.pop()[0]
            ranges.append((first, last))
        return (self.stretch(held, first, last) for first, last in ranges)

    def _reach(self, held: HeldDocument, number: int, words: int, step: int) -> int:
        passages, reached = self.passages(held), 0
        while reached < words and 1 <= number + step <= len(passages):
            number += step
            reached += len(passages[number - 1].text.split())
        return number

    def _shift(self, held: HeldDocument, passages: tuple[Passage, ...]) -> Iterator[Mark]:
        for passage, start in zip(passages, _find_starts(passages)):
            for mark in self._read_marks(held, passage):
                yield Mark(mark[0] + start, mark[1] + start, *mark[2:])

    def _read_marks(self, held: HeldDocument, passage: Passage) -> tuple[Mark, ...]:
        key = held.id, held.version, passage.number
        if key not in self._marks:
            self._marks[key] = find_marks(passage.text)
        return self._marks[key]
