"""Running headers, footers and page numbers: what is printed at one place on page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.pdf_lines import Line
from ingest.records import Box

OUTER_SHARE = 0.15
"""Furniture stands within this share of the page's height from its top or bottom edge."""

SAME_PLACE_POINTS = 6.0
MOST_ROWS_OUTSIDE = 1
"""So many rows that are not repeated may stand between furniture and the edge."""

FURTHEST_PAGES = 2
"""Pages with the same running head are no further apart than this."""

CLOSE_LINES = 1.6
"""The next line of a paragraph is nearer than this many font sizes."""

ROMAN = re.compile(r"[ivxlc]{1,7}")
NUMERALS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True)
class Sheet:
    """The lines of a page, its height in points, and the titles that the outline has on it.

    ``tables`` are the boxes of its ruled tables; ``width`` matters where pages differ in theirs.
    """

    number: int
    height: float
    lines: tuple[Line, ...]
    titles: frozenset[str] = frozenset()
    tables: tuple[Box, ...] = ()
    width: float = 0.0


@dataclass(frozen=True)
class Furniture:
    """The lines of one page that are furniture, and the page's number as printed there."""

    lines: tuple[Line, ...]
    label: str


@dataclass(frozen=True)
class _Candidate:
    sheet: Sheet
    line: Line
    at_top: bool
    edge: float
    """How far the line is from the top (or bottom) edge of the page."""

    @property
    def folded(self) -> str:
        return _fold(self.line.text)

    @property
    def right(self) -> float:
        """How far the line ends from the right edge of the page, less than nothing within it."""
        return self.line.right - self.sheet.width

    @property
    def place(self) -> tuple[float, float, float]:
        return round(self.edge, 2), round(self.line.left, 2), round(self.right, 2)


def find_furniture(sheets: Sequence[Sheet]) -> list[Furniture]:
    """Give the furniture of each page of a document, in the order of its pages."""
    alike: dict[tuple[bool, str], list[_Candidate]] = defaultdict(list)
    for sheet in sheets:
        for candidate in _candidates(sheet):
            alike[candidate.at_top, candidate.folded].append(candidate)
    repeated: dict[int, set[int]] = defaultdict(set)
    labels: dict[int, str] = {}
    needed = 2 if len(sheets) < 5 else 3
    for group in alike.values():
        for candidate, label in _find_repeated(group, needed, len(sheets)):
            repeated[candidate.sheet.number].add(id(candidate.line))
            if label:
                labels.setdefault(candidate.sheet.number, label)
    return [Furniture(tuple(_outermost(sheet, repeated[sheet.number])),
                      labels.get(sheet.number, "")) for sheet in sheets]


def fold_title(text: str) -> str:
    """Give the letters and digits of a heading alone, to compare it by."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _candidates(sheet: Sheet) -> Iterator[_Candidate]:
    for line in sheet.lines:
        if line.angle == 0:
            if line.bottom < OUTER_SHARE * sheet.height:
                yield _Candidate(sheet, line, True, line.base)
            elif line.top > (1 - OUTER_SHARE) * sheet.height:
                yield _Candidate(sheet, line, False, sheet.height - line.base)


def _fold(text: str) -> str:
    if ROMAN.fullmatch(text):
        return "#"
    return re.sub(r"\d+", "#", text.casefold())


def _find_repeated(group: Sequence[_Candidate], needed: int, pages: int,
                   ) -> Iterator[tuple[_Candidate, str]]:
    """Give those of a group of equal texts that stand at one place, with the page's number."""
    steps = _count_steps(group)
    same_text: dict[str, list[_Candidate]] = defaultdict(list)
    for candidate in group:
        same_text[candidate.line.text].append(candidate)
    found: dict[tuple[str, float, float, float], set[int]] = {}
    for candidate in group:
        text = candidate.line.text
        label = next((number for number, value in _numbers(text)
                      if steps[value - candidate.sheet.number] >= needed), "")
        key = "" if label else text, *candidate.place
        if key not in found:  # a document has few places, so that it is gone through few times
            found[key] = {other.sheet.number for other in (group if label else same_text[text])
                          if _is_same_place(candidate, other)}
        same = found[key]
        run = same if label else _run_of(candidate.sheet.number, same)
        if len(run) >= needed and (label or not _is_kept(candidate, len(run), pages)):
            yield candidate, label


def _run_of(number: int, pages: set[int]) -> set[int]:
    """Give those of some pages that follow one another closely, with one of them among these.

    Running heads do so, left and right ones in turn; the heads of tables that happen to stand
    at the top of several pages do not.
    """
    run = {number}
    for step in (1, -1):
        page = number
        while near := {page + step * gap for gap in range(1, FURTHEST_PAGES + 1)} & pages:
            page = min(near, key=lambda other: abs(other - page))
            run.add(page)
    return run


def _count_steps(group: Sequence[_Candidate]) -> Counter[int]:
    """Count the pages on which a number is ahead of the place of the page by each figure."""
    found = {(value - candidate.sheet.number, candidate.sheet.number)
             for candidate in group for _, value in _numbers(candidate.line.text)}
    return Counter(step for step, _ in found)


def _numbers(text: str) -> Iterator[tuple[str, int]]:
    if ROMAN.fullmatch(text):
        values = [NUMERALS[letter] for letter in text]
        yield text, sum(-value if value < after else value
                        for value, after in zip(values, values[1:] + [0]))
    for digits in re.findall(r"\d{1,4}", text):
        yield digits, int(digits)


def _is_same_place(one: _Candidate, other: _Candidate) -> bool:
    return abs(one.edge - other.edge) <= SAME_PLACE_POINTS and (
        abs(one.line.left - other.line.left) <= SAME_PLACE_POINTS
        or abs(one.right - other.right) <= SAME_PLACE_POINTS
        or abs(one.line.left + one.right - other.line.left - other.right)
        <= 2 * SAME_PLACE_POINTS)


def _is_kept(candidate: _Candidate, repeats: int, pages: int) -> bool:
    """Say whether a repeated line is a heading of its page, or of a table, all the same."""
    if fold_title(candidate.line.text) in candidate.sheet.titles or _is_table_head(candidate):
        return True
    others = [line.size for line in candidate.sheet.lines
              if line.text != candidate.line.text and line.angle == 0]
    is_largest = bool(others) and candidate.line.size > 1.05 * max(others)
    return is_largest and 2 * repeats < pages


def _is_table_head(candidate: _Candidate) -> bool:
    """Say whether a line stands in a table that goes on from there through the page."""
    line, height = candidate.line, candidate.sheet.height
    return any(
        left <= line.left and line.right <= right and top <= line.base <= bottom
        and bottom - top > OUTER_SHARE * height
        for left, top, right, bottom in candidate.sheet.tables)


def _outermost(sheet: Sheet, repeated: set[int]) -> Iterator[Line]:
    """Give the repeated lines that have hardly any other between them and the edge."""
    for at_top in (True, False):
        lines = sorted((line for line in sheet.lines if line.angle == 0),
                       key=lambda line: line.base, reverse=not at_top)
        outside: list[float] = []
        for line in lines:
            if id(line) in repeated and (line.base < sheet.height / 2) == at_top:
                if len(outside) <= MOST_ROWS_OUTSIDE and not _goes_on(line, sheet, repeated):
                    yield line
            elif not outside or abs(outside[-1] - line.base) > 0.3 * line.size:
                outside.append(line.base)
                if len(outside) > MOST_ROWS_OUTSIDE + 1:
                    break


def _goes_on(line: Line, sheet: Sheet, repeated: set[int]) -> bool:
    """Say whether a line is the first of a paragraph, the rest of which is not repeated."""
    return any(id(other) not in repeated and other.text[0].islower()
               and 0 < other.base - line.base < CLOSE_LINES * line.size
               and abs(other.size - line.size) < 0.05 * line.size
               and abs(other.left - line.left) < line.size
               for other in sheet.lines)
