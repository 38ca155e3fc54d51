"""The pages of a text that marks them by form feeds: which lines stand on each of them again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from ingest.compose import clean_text

_FEWEST_PAGES = 3
_LINES_AT_AN_END = 2
_SHARE_OF_PAGES = 0.5
_NUMBER = re.compile(r"\d+")
_A_NUMBER = "page number"
_PAGE_NUMBER = re.compile(r"[^\w]*(?:\d{1,3}|[ivxl]{1,6})[^\w]*")


def find_running_lines(lines: Sequence[str]) -> frozenset[int]:
    """Find running headers, footers and page numbers among the first and last lines of pages.

    They stand on half of the pages at least, but for the figures in them; what stands on the first
    page may be the title and is none, unless it is a number. Gives their places.
    """
    pages = list(_pages(lines))
    if len(pages) < _FEWEST_PAGES:
        return frozenset()
    ends = [(page[:_LINES_AT_AN_END], page[-_LINES_AT_AN_END:]) for page in pages]
    counts = Counter(
        key for page in ends for key in {_key(lines[at]) for at in chain(*page)}
    )
    likely = {key for key, count in counts.items() if count >= _SHARE_OF_PAGES * len(pages)}
    return frozenset(
        at for number, page in enumerate(ends) for at in chain(*page)
        if (key := _key(lines[at])) in likely and counts[key] >= _FEWEST_PAGES
        and (number or key == _A_NUMBER)
    )


def _pages(lines: Sequence[str]) -> Iterator[list[int]]:
    """The places of the lines with text of each page."""
    page: list[int] = []
    for at, line in enumerate(lines):
        if line.startswith("\f") and page:
            yield page
            page = []
        if line.strip():
            page.append(at)
    if page:
        yield page


def _key(line: str) -> str:
    text = clean_text(line)
    return _A_NUMBER if _PAGE_NUMBER.fullmatch(text) else _NUMBER.sub("0", text)
