"""From offsets in a passage to places on pages: spans of page text, and boxes on the image."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.records import Box, Page, Span, Word

SAME_LINE_SHARE = 0.5


def locate(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """Say where passage.text[start:end] stands on the pages, given the passage's spans."""
    return tuple(_locate(spans, start, end))


def _locate(spans: Iterable[Span], start: int, end: int) -> Iterator[Span]:
    offset = 0
    for span in spans:
        left = max(start - offset, 0)
        right = min(end - offset, span.end - span.start)
        if left < right:
            yield Span(span.page, span.start + left, span.start + right)
        offset += span.end - span.start + 1


def find_boxes(page: Page, span: Span) -> tuple[Box, ...]:
    """Find the boxes of the words of a page under a span, one box for a run on one line."""
    words = [word for word in page.words if word.start < span.end and span.start < word.end]
    boxes: list[Box] = []
    for word in words:
        if boxes and _on_one_line(boxes[-1], word):
            boxes[-1] = _around(boxes[-1], word.box)
        else:
            boxes.append(word.box)
    return tuple(boxes)


def _on_one_line(box: Box, word: Word) -> bool:
    _, top, right, bottom = box
    left_edge, word_top, _, word_bottom = word.box
    height = min(bottom - top, word_bottom - word_top)
    shared = min(bottom, word_bottom) - max(top, word_top)
    return shared >= SAME_LINE_SHARE * height and -height < left_edge - right < 2 * height


def _around(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
