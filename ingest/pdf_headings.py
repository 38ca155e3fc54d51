"""Which blocks are headings, and of which level: by the outline, else by how they are set."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.furniture import fold_title
from ingest.pdf_layout import BULLETS, Draft

MOST_WORDS = 20
MOST_LINES = 3
LARGER = 1.1
"""Type this many times the size of the body's is a heading's."""

LEAST_SIZE = 0.95
MOST_IN_A_ROW = 3
"""More headings than this in a row, with nothing between them, are labels in a drawing."""

DEEPEST = 6
LEADERS = re.compile(r"(\.{3,}|…|\. \. )|\s\d{1,3}$")
CONTENTS_LINES = 4
"""A page with so many lines that end in dots or a page number is a table of contents."""


@dataclass(frozen=True)
class Entry:
    """A line of the outline: its title, level (from 1), and page (from 1; 0 unknown)."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, order=True)
class _Face:
    """How a heading is set, as far as its rank shows in it; the highest rank sorts first."""

    size: float
    weight: int
    case: int


def mark_headings(drafts: Sequence[Draft], outline: Sequence[Entry]) -> list[Draft]:
    """Give the drafts of a whole document with its headings marked and levelled."""
    told = _match_outline(drafts, outline)
    body = _body_face(drafts)
    contents = _contents_pages(drafts)
    looks = [number for number, draft in enumerate(drafts)
             if draft.page not in contents and _looks_like_heading(draft, *body)]
    seen = set(looks) - _find_labels(drafts, looks)
    levels = _rank_faces(drafts, seen | set(told), told)
    marked = list(drafts)
    for number in seen | set(told):
        level = told.get(number) or levels[_face(drafts[number])]
        marked[number] = replace(drafts[number], kind="heading", level=min(level, DEEPEST))
    return marked


def _match_outline(drafts: Sequence[Draft], outline: Sequence[Entry]) -> dict[int, int]:
    """Map the places of drafts that stand in the outline to their levels there."""
    by_title: dict[str, list[int]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        if draft.kind in ("paragraph", "item"):
            by_title[fold_title(draft.text)].append(number)
    told: dict[int, int] = {}
    for entry in outline:
        places = [number for number in by_title.get(fold_title(entry.title), ())
                  if number not in told
                  and (not entry.page or abs(drafts[number].page - entry.page) <= 1)]
        if places and fold_title(entry.title):
            best = min(places, key=lambda number: abs(drafts[number].page - entry.page))
            told[best] = entry.level
    return told


def _body_face(drafts: Sequence[Draft]) -> tuple[float, bool]:
    """Give the size of most letters of the running text, and whether most of them are bold."""
    letters: Counter[tuple[float, bool]] = Counter()
    for draft in drafts:
        if draft.kind in ("paragraph", "item"):
            for line in draft.lines:
                letters[_round_size(line.size), line.style.bold] += len(line.text)
    return max(letters, key=lambda face: letters[face]) if letters else (10.0, False)


def _contents_pages(drafts: Sequence[Draft]) -> set[int]:
    ends: Counter[int] = Counter()
    for draft in drafts:
        ends[draft.page] += sum(1 for line in draft.lines
                                if draft.kind != "row" and LEADERS.search(line.text))
    return {page for page, count in ends.items() if count >= CONTENTS_LINES}


def _looks_like_heading(draft: Draft, size: float, bold: bool) -> bool:
    if draft.kind not in ("paragraph", "item") or draft.lines[0].angle:
        return False
    text, words = draft.text, draft.text.split()
    if words[0] in BULLETS or len(words) > MOST_WORDS or len(draft.lines) > MOST_LINES:
        return False
    if sum(character.isalpha() for character in text) < 3 or text.rstrip()[-1] in ".;,":
        return False
    first = next(character for character in text if character.isalpha())
    if first.islower():
        return False
    own = draft.lines[0].size
    heavy = all(word.style.bold for line in draft.lines for word in line.words)
    return own >= LARGER * size or (heavy and not bold and own >= LEAST_SIZE * size)


def _find_labels(drafts: Sequence[Draft], looks: Sequence[int]) -> set[int]:
    """Give the headings that stand in a long row with nothing between them."""
    labels: set[int] = set()
    row: list[int] = []
    for number in looks:
        if not (row and number == row[-1] + 1
                and drafts[number].page == drafts[row[-1]].page):
            row = []
        row.append(number)
        if len(row) > MOST_IN_A_ROW:
            labels.update(row)
    return labels


def _rank_faces(drafts: Sequence[Draft], headings: set[int], told: dict[int, int],
                ) -> dict[_Face, int]:
    """Rank the ways that headings are set, the outline's levels before the size of type."""
    known: dict[_Face, Counter[int]] = defaultdict(Counter)
    for number, level in told.items():
        known[_face(drafts[number])][level] += 1
    levels: dict[_Face, int] = {}
    level = 0
    for face in sorted({_face(drafts[number]) for number in headings}):
        if face in known:
            level = known[face].most_common(1)[0][0]
        else:
            level += 1
        levels[face] = level
    return levels


def _face(draft: Draft) -> _Face:
    line = draft.lines[0]
    heavy = all(word.style.bold for word in line.words)
    return _Face(-_round_size(line.size), -int(heavy), -int(draft.text.isupper()))


def _round_size(size: float) -> float:
    return round(size * 2) / 2
