"""Lists in passages: their items, what leads into them, and how many things a text speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import CELL, Passage

_MARK = re.compile(r"(?:[^\w\s\"'“‘(£$€]|o|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s?(?=\S)")
_NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()
_COUNTED = re.compile(
    rf"(?<![\w.,£/-])(?P<number>{'|'.join(_NUMBERS)}|[2-9]|[1-9]\d)\s(?:[\w’'-]+\s){{0,2}}?"
    r"[\w’'-]{3,}s\b",
    re.IGNORECASE,
)
_FEWEST_ITEMS = 2


@dataclass(frozen=True)
class List:
    """Lines of a passage that are items: from ``first`` to ``last``, counting from 0.

    ``led``: the line before them leads into them, by a colon or by saying how many they are.
    """

    first: int
    last: int
    led: bool

    @property
    def items(self) -> int:
        """How many items there are."""
        return self.last - self.first + 1


def find_list(passage: Passage, lines: Sequence[str], here: int) -> List | None:
    """Find the list that a line is in, or which it leads into."""
    first = here if _is_item(passage, lines[here]) else here + 1
    while first > 0 and _is_item(passage, lines[first - 1]):
        first -= 1
    last = first - 1
    while last + 1 < len(lines) and _is_item(passage, lines[last + 1]):
        last += 1
    lead, items = lines[first - 1] if first else "", last - first + 1
    led = items > 0 and (lead.endswith(":") or items in find_numbers(lead))
    return List(first, last, led) if led or here >= first and items >= _FEWEST_ITEMS else None


def find_numbers(text: str) -> list[int]:
    """Give the numbers, from 2 to 99, of which a text says that there are so many things."""
    said = [match["number"].lower() for match in _COUNTED.finditer(text)]
    return [_NUMBERS.index(each) + 2 if each in _NUMBERS else int(each) for each in said]


def _is_item(passage: Passage, line: str) -> bool:
    """Tell whether a line looks like an item: marked, or without a capital or a full stop."""
    if CELL in line or line.endswith(":") or line in passage.trail:
        return False
    return bool(_MARK.match(line)) or line[0].islower() or line[-1] not in ".?!"
