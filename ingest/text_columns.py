"""Tables in plain text of which the columns stand one under the other, each a group of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.compose import clean_text
from ingest.records import CELL
from ingest.text_tables import FIGURE, WIDEST_CELL

_FEWEST_ROWS = 3
_MOST_GROUPS_BETWEEN = 2

_SOURCE = re.compile(r"(?:source|note)s?\b", re.I)
_TOTAL = re.compile(r"(?:(?:grand|over)? ?(?:total|all)|england|average|mean)\b", re.I)

Group = tuple[int, int]
"""Where lines without a blank one between begin and end."""


def find_columns(lines: Sequence[str]) -> dict[int, str]:
    """Find rows whose figures stand in groups of as many lines as there are names above them.

    Gives the text of each row at the line of its name, and an empty one at those of its figures.
    """
    groups = list(_groups(lines))
    found: dict[int, str] = {}
    at = 0
    while at < len(groups):
        columns = _columns_of_figures(groups, at, lines)
        names = _names(groups, at, columns, lines)
        for row, name in enumerate(names):
            places = [name, *(start + row for start, _ in columns)]
            found.update(dict.fromkeys(places, ""))
            found[name] = CELL.join(clean_text(lines[place]) for place in places)
        at += len(columns) or 1
    return found


def _groups(lines: Sequence[str]) -> Iterator[Group]:
    start = 0
    for at, line in enumerate([*lines, ""]):
        if not line.strip():
            if at > start:
                yield start, at
            start = at + 1


def _columns_of_figures(groups: Sequence[Group], at: int, lines: Sequence[str]) -> list[Group]:
    """The groups from a place on that are nothing but figures, as many in each."""
    columns: list[Group] = []
    for start, end in map(groups.__getitem__, range(at, len(groups))):
        alike = not columns or end - start == columns[0][1] - columns[0][0]
        figures = all(FIGURE.fullmatch(line.strip()) for line in lines[start:end])
        if not alike or not figures or end - start < _FEWEST_ROWS:
            break
        columns.append((start, end))
    return columns


def _names(
    groups: Sequence[Group], at: int, columns: Sequence[Group], lines: Sequence[str]
) -> range:
    """The lines that name the rows: those of a group shortly before.

    They are as many as the figures, or one more where the last is a total, so that the first must
    be a header; else figures might be given to the wrong names.
    """
    if not columns:
        return range(0)
    count = columns[0][1] - columns[0][0]
    for start, end in reversed(groups[max(0, at - _MOST_GROUPS_BETWEEN):at]):
        end -= _SOURCE.match(lines[end - 1].strip()) is not None
        own = [line.strip() for line in lines[start:end]]
        whole = all(len(line) <= WIDEST_CELL and not line[0].islower() for line in own)
        figures = any(FIGURE.fullmatch(line) for line in own)
        headed = len(own) == count + 1 and _TOTAL.match(own[-1])
        if whole and not figures and (len(own) == count or headed):
            return range(end - count, end)
    return range(0)
