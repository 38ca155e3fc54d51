"""The units of a passage, its sentences, list items and table rows, and what each leans on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from ingest.records import CELL, Passage
from search_app.answering.lists import find_list

LONGEST_WORDS = 90
"""What a unit leans on is left out where the whole would be longer than this."""

LONGEST_LIST_WORDS = 160
"""So long may the list be where a list is wanted."""

_DATA = re.compile(r"[£$€+-]?(?!(?:19|20)\d\d\b)\d")
_LINE = re.compile(r"[^\n]+")
_LEANS_BACK = re.compile(
    r"(?:This|These|Those|That|It|They|Such|He|She|His|Her|Their|Its|However|Therefore|As a result"
    r"|In addition|Also)\b"
)

Stretch = tuple[int, int]
"""The first and the last of some units of a passage, from 0."""


def find_units(passage: Passage) -> list[tuple[int, int]]:
    """Give the (start, end) offsets of the units of a passage; a line break ends one."""
    return [
        line.span()
        for start, end in passage.sentences
        for line in _LINE.finditer(passage.text, start, end)
        if line.group().strip()
    ]


def say(passage: Passage, stretch: Stretch) -> str:
    """Give the words from the first unit of a stretch to its last, with what is between them."""
    units = find_units(passage)
    return passage.text[units[stretch[0]][0]:units[stretch[1]][1]]


def find_header(passage: Passage, at: int) -> str:
    """Give the row that heads the table of a row; empty where the unit is none or is that itself.
    """
    units, first = find_units(passage), at
    while first >= 0 and CELL in passage.text[slice(*units[first])]:
        first -= 1
    return say(passage, (first + 1, first + 1)) if first + 1 < at else ""


def is_header(passage: Passage, at: int) -> bool:
    """Tell whether a unit is the first row of a table, names columns and has rows below it."""
    units = [passage.text[slice(*each)] for each in find_units(passage)]
    if CELL not in units[at] or at and CELL in units[at - 1]:
        return False
    below = takewhile(lambda unit: CELL in unit, units[at + 1:])
    return not _holds_data(units[at]) and any(_holds_data(row) for row in below)


def _holds_data(row: str) -> bool:
    return any(_DATA.match(cell) for cell in row.split(CELL))


def widen(passage: Passage, at: int, wants_list: bool = False) -> Stretch:
    """Give a unit with what it leans on, if that is not too long.

    A list stands with the words that lead into it, and without any where a list is wanted; a
    sentence that begins by pointing back stands with the one before.
    """
    start = find_units(passage)[at][0]
    most = LONGEST_LIST_WORDS if wants_list else LONGEST_WORDS
    wider = [(_find_list(passage, at, wants_list), most)]
    if at and _LEANS_BACK.match(passage.text, start):
        wider.append(((at - 1, at), LONGEST_WORDS))
    return next(
        (each for each, most in wider if each and len(say(passage, each).split()) <= most),
        (at, at),
    )


def reaches(passage: Passage, at: int, step: int) -> bool:
    """Tell whether the list that a unit is in, or may lead into, stands at an edge of its passage:
    the end, or the beginning where ``step`` is negative."""
    lines = _find_lines(passage)
    here = _line_of(lines, at)
    found = find_list(passage, [say(passage, line) for line in lines], here)
    if step < 0:
        return found.first == 0 if found else here == 0
    return (found.last if found else here) == len(lines) - 1


def count_items(passage: Passage, at: int) -> int:
    """Count the items of the list that a unit is in or leads into; 0 where there is none."""
    lines = _find_lines(passage)
    found = find_list(passage, [say(passage, line) for line in lines], _line_of(lines, at))
    return found.items if found else 0


def _find_list(passage: Passage, at: int, wants_list: bool) -> Stretch | None:
    """Find the list that a unit leads into or is in, if anything leads into it or it is wanted.

    Of the line that leads into it the last sentence does.
    """
    lines = _find_lines(passage)
    found = find_list(passage, [say(passage, line) for line in lines], _line_of(lines, at))
    if not found or not (found.led or wants_list):
        return None
    lead = lines[found.first - 1][1] if found.led else lines[found.first][0]
    return min(lead, at), lines[found.last][1]


def _line_of(lines: Sequence[Stretch], at: int) -> int:
    return next(n for n, (first, last) in enumerate(lines) if first <= at <= last)


def _find_lines(passage: Passage) -> Sequence[Stretch]:
    """Give the units of each line."""
    units, lines = find_units(passage), list[Stretch]()
    for at, (start, _) in enumerate(units):
        if at and "\n" not in passage.text[units[at - 1][1]:start]:
            lines[-1] = lines[-1][0], at
        else:
            lines.append((at, at))
    return lines
