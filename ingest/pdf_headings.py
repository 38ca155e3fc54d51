"""Which blocks are headings, and of which level: by the outline, else by how they are set."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.furniture import fold_title
from ingest.pdf_fonts import Colour
from ingest.pdf_layout import BULLETS, LEADERS, Draft
from ingest.pdf_levels import find_levels, round_size

MOST_WORDS = 20
MOST_LINES = 3
LARGER = 1.1
"""Type this many times the size of the body's is a heading's."""

LEAST_SIZE = 0.95
LEAST_CONTRAST, LEAST_HUE = 0.3, 0.1
"""By how much colours differ: from one another, and (in one) red, green and blue, from 0 to 1."""

LEAST_TAGGED = 0.25
"""Tags that know a smaller share of the headings than this are not relied on for them."""

MOST_TAGGED_WORDS = 50
MOST_IN_A_ROW = 3
"""More headings than this in a row, with nothing between them, are labels in a drawing."""

DEEPEST = 6
LAST_NUMBER = re.compile(r"\s(\d{1,3})$")
CONTENTS_LINES = 4
"""A page with so many lines that end in dots or rising page numbers is a table of contents."""

CAPTION = re.compile(r"(table|figure|fig|chart|map|box|graph)\.? \d", re.IGNORECASE)
LONG_WORDS = 25
"""A block of more words than this is running text, however it is set."""


@dataclass(frozen=True)
class Entry:
    """A line of the outline: its title, level (from 1), and page (from 1; 0 unknown)."""

    title: str
    level: int
    page: int


@dataclass(frozen=True)
class _Body:
    """How running text is set; ``running`` are all the ways in which long blocks are."""

    size: float
    bold: bool
    colour: Colour
    running: frozenset[tuple[float, bool, Colour]]


def mark_headings(drafts: Sequence[Draft], outline: Sequence[Entry]) -> list[Draft]:
    """Give the drafts of a whole document with its headings marked and levelled.

    Of text that is tagged the tags say it, unless their author left most headings untagged.
    """
    told = _match_outline(drafts, outline)
    body = _find_body(drafts)
    contents = _contents_pages(drafts)
    looks = [number for number, draft in enumerate(drafts)
             if draft.page not in contents and _looks_like_heading(draft, body)]
    looks = sorted(set(looks) - _find_labels(drafts, looks))
    tagged = _trust_tags(drafts, {*told, *looks})
    found = sorted({number for number in (*told, *looks)
                    if not tagged or drafts[number].tag < 0} | set(tagged))
    levels = find_levels(drafts, found, {**told, **tagged})
    marked = [_mark_caption(_unmark_heading(draft)) for draft in drafts]
    for number in found:
        marked[number] = replace(drafts[number], kind="heading",
                                 level=min(levels[number], DEEPEST))
    return marked


def _trust_tags(drafts: Sequence[Draft], others: Iterable[int]) -> dict[int, int]:
    """Give the levels of the headings that are tagged; none where the tags hardly know any.

    ``others`` are those that the outline or the print shows: tags that make less than a quarter
    of them headings were not meant to say what is one. Nor are lines of the contents headings
    for their tag, or whole paragraphs.
    """
    tagged = {number: draft.level for number, draft in enumerate(drafts)
              if draft.kind == "heading" and not LEADERS.search(draft.text)
              and len(draft.text.split()) <= MOST_TAGGED_WORDS}
    shown = sum(1 for number in others if drafts[number].tag >= 0)
    return tagged if len(tagged) >= LEAST_TAGGED * shown else {}


def _unmark_heading(draft: Draft) -> Draft:
    return replace(draft, kind="paragraph", level=0) if draft.kind == "heading" else draft


def _mark_caption(draft: Draft) -> Draft:
    if draft.kind == "paragraph" and CAPTION.match(draft.text) and (
            len(draft.text.split()) <= LONG_WORDS):
        return replace(draft, kind="caption")
    return draft


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


def _find_body(drafts: Sequence[Draft]) -> _Body:
    """Find how most letters of the running text are set."""
    letters: Counter[tuple[float, bool, Colour]] = Counter()
    running: Counter[tuple[float, bool, Colour]] = Counter()
    for draft in drafts:
        if draft.kind in ("paragraph", "item"):
            count = len(draft.text)
            letters[_set_of(draft)] += count
            if len(draft.text.split()) > LONG_WORDS:
                running[_set_of(draft)] += count
    if not letters:
        return _Body(10.0, False, (0.0, 0.0, 0.0), frozenset())
    size, bold, colour = max(running or letters, key=lambda face: (running or letters)[face])
    return _Body(size, bold, colour, frozenset(
        face for face, count in running.items() if 2 * count > letters[face]))


def _set_of(draft: Draft) -> tuple[float, bool, Colour]:
    line = draft.lines[0]
    return round_size(line.size), line.style.bold, line.style.colour


def _contents_pages(drafts: Sequence[Draft]) -> set[int]:
    """Give the pages most of whose lines end in dots, or in page numbers that rise."""
    dotted: Counter[int] = Counter()
    ends: dict[int, list[int]] = defaultdict(list)
    lines: Counter[int] = Counter()
    for draft in drafts:
        if draft.kind != "furniture":
            texts = [draft.text] if draft.kind == "row" else [line.text for line in draft.lines]
            lines[draft.page] += len(texts)
            for text in texts:
                dotted[draft.page] += bool(LEADERS.search(text))
                ends[draft.page] += map(int, LAST_NUMBER.findall(text))
    return {page for page, count in lines.items()
            if dotted[page] >= CONTENTS_LINES or (
                len(ends[page]) >= max(CONTENTS_LINES, count / 2)
                and ends[page] == sorted(ends[page]))}


def _looks_like_heading(draft: Draft, body: _Body) -> bool:
    if draft.kind not in ("paragraph", "item") or draft.lines[0].angle:
        return False
    text, words = draft.text, draft.text.split()
    if words[0] in BULLETS or len(words) > MOST_WORDS or len(draft.lines) > MOST_LINES:
        return False
    if sum(character.isalpha() for character in text) < 3 or text.rstrip()[-1] in ".;,":
        return False
    if next(character for character in text if character.isalpha()).islower():
        return False
    return not CAPTION.match(text) and "@" not in text and _stands_out(draft, body)


def _stands_out(draft: Draft, body: _Body) -> bool:
    """Say whether a block is set larger, bolder or in another colour than running text."""
    if _set_of(draft) in body.running:
        return False
    size = draft.lines[0].size
    if size >= LARGER * body.size:
        return True
    if size < LEAST_SIZE * body.size:
        return False
    words = [word for line in draft.lines for word in line.words]
    named = [word for word in words if not word.text.rstrip(".").replace(".", "").isdigit()]
    if not body.bold and all(word.style.bold for word in named):
        return True
    return all(_is_coloured(word.style.colour, body.colour) for word in named)


def _is_coloured(one: Colour, other: Colour) -> bool:
    """Say whether a colour differs from another, as a shade of black hardly does."""
    contrast = max(abs(a - b) for a, b in zip(one, other))
    return contrast > LEAST_CONTRAST or (max(one) - min(one) > LEAST_HUE < contrast)


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
