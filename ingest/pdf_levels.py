"""The levels of headings: by the outline, else by their numbers, else by how they are set."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pdf_layout import Draft

NUMBERS = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s")


@dataclass(frozen=True, order=True)
class _Face:
    """How a heading is set, as far as its rank shows in it; the highest rank sorts first."""

    size: float
    weight: int
    case: int


def find_levels(drafts: Sequence[Draft], found: Sequence[int], told: dict[int, int],
                ) -> dict[int, int]:
    """Level headings by the outline, else by the depth of their numbers, else by their type."""
    by_face = _rank_faces(drafts, found, told)
    levels = {number: told.get(number) or by_face[_face(drafts[number])] for number in found}
    by_depth: dict[int, Counter[int]] = defaultdict(Counter)
    for number in found:
        by_depth[_depth(drafts[number])][levels[number]] += 1
    least = 0
    for depth in sorted(by_depth):
        if depth:
            least = max(least + 1, by_depth[depth].most_common(1)[0][0])
            levels |= {number: least for number in found
                       if number not in told and _depth(drafts[number]) == depth}
    return levels


def _depth(draft: Draft) -> int:
    """Give how many parts the number of a heading has; 0 where it has none."""
    match = NUMBERS.match(draft.text)
    return match.group(1).count(".") + 1 if match else 0


def _rank_faces(drafts: Sequence[Draft], headings: Sequence[int], told: dict[int, int],
                ) -> dict[_Face, int]:
    """Rank the ways that headings are set, the outline's levels before the size of type."""
    known: dict[_Face, Counter[int]] = defaultdict(Counter)
    for number, level in told.items():
        known[_face(drafts[number])][level] += 1
    levels: dict[_Face, int] = {}
    level = 0
    counts = Counter(_face(drafts[number]) for number in headings)
    for face in sorted(counts):
        if face in known:
            level = known[face].most_common(1)[0][0]
            levels[face] = level
        elif counts[face] > 1:
            level += 1
            levels[face] = level
        else:
            # What is set like nothing else, as on a cover, opens no level of its own.
            levels[face] = level + 1
    return levels


def _face(draft: Draft) -> _Face:
    line = draft.lines[0]
    heavy = all(word.style.bold for word in line.words)
    return _Face(-round_size(line.size), -int(heavy), -int(draft.text.isupper()))


def round_size(size: float) -> float:
    """Round a font size to half a point, for the same type is rarely quite the same size."""
    return round(size * 2) / 2
