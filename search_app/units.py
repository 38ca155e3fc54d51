"""The units of a passage, its sentences, list items and table rows, and what each leans on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.records import CELL, Passage

LONGEST_WORDS = 90
"""What a unit leans on is left out where the whole would be longer than this."""

_LINE = re.compile(r"[^\n]+")
_MARK = re.compile(r"(?:[^\w\s\"'“‘(£$€]|o|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s?(?=\S)")
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


def widen(passage: Passage, at: int, wants_list: bool = False) -> Stretch:
    """Give a unit with what it leans on, if that is not too long.

    A list stands with the words that lead into it, and without any where a list is wanted; a
    sentence that begins by pointing back stands with the one before.
    """
    start = find_units(passage)[at][0]
    wider = [_find_list(passage, at, wants_list)]
    if at and _LEANS_BACK.match(passage.text, start):
        wider.append((at - 1, at))
    fitting = (each for each in wider if each and len(say(passage, each).split()) <= LONGEST_WORDS)
    return next(fitting, (at, at))


def _find_list(passage: Passage, at: int, wants_list: bool) -> Stretch | None:
    """Find the list that a unit leads into or is in, if anything leads into it or it is wanted."""
    lines = _find_lines(passage)
    here = next(n for n, (first, last) in enumerate(lines) if first <= at <= last)
    texts = [say(passage, line) for line in lines]
    lead = here
    while lead >= 0 and _is_item(texts[lead]):
        lead -= 1
    last = lead + 1
    while last < len(lines) and _is_item(texts[last]):
        last += 1
    led = lead >= 0 and texts[lead].endswith(":")
    begin = lead if led else lead + 1
    if not begin <= here < last or last - begin < 2 or not (led or wants_list):
        return None
    return lines[begin][0], lines[last - 1][1]


def _find_lines(passage: Passage) -> Sequence[Stretch]:
    """Give the units of each line."""
    units, lines = find_units(passage), list[Stretch]()
    for at, (start, _) in enumerate(units):
        if at and "\n" not in passage.text[units[at - 1][1]:start]:
            lines[-1] = lines[-1][0], at
        else:
            lines.append((at, at))
    return lines


def _is_item(line: str) -> bool:
    """Tell whether a line looks like an item: marked, or without a capital or a full stop."""
    if CELL in line or line.endswith(":"):
        return False
    return bool(_MARK.match(line)) or line[0].islower() or line[-1] not in ".?!"
