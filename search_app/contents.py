"""The contents of a document: its headings, and where each stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.records import Block, Passage

DEEPEST_LEVEL = 4


@dataclass(frozen=True)
class Entry:
    """A heading; ``page`` and ``passage`` count from 1, passage 0 where it is in none."""

    text: str
    level: int
    page: int
    passage: int


def make_contents(blocks: Iterable[Block], passages: Iterable[Passage]) -> tuple[Entry, ...]:
    """Make the table of contents from the headings down to DEEPEST_LEVEL."""
    starts = sorted(
        (span.page, span.start, passage.number) for passage in passages for span in passage.spans
    )
    return tuple(_entries(blocks, starts))


def _entries(blocks: Iterable[Block], starts: list[tuple[int, int, int]]) -> Iterator[Entry]:
    for block in blocks:
        if block.kind == "heading" and block.text and block.level <= DEEPEST_LEVEL:
            span = block.spans[0]
            place = bisect_right(starts, (span.page, span.start, 10**9)) - 1
            passage = starts[place][2] if place >= 0 and starts[place][0] == span.page else 0
            yield Entry(block.text, max(1, block.level), span.page, passage)
