"""Footnotes: which blocks of a page are notes, and after which block each is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.pdf_layout import Draft, starts_with_mark
from ingest.pdf_lines import RAISED

SMALLER = 0.95
"""Notes without a raised number are set in type smaller than this share of their mark's line."""

CLOSE_LINES = 1.5
"""The next line of a note is nearer than this many font sizes."""


def place_notes(drafts: Sequence[Draft]) -> list[Draft]:
    """Mark the notes among the blocks of a page, and put each after the block with its mark.

    There the structure tree of a tagged PDF has it too, and there it says what it is about.
    """
    marks = _find_marks(drafts)
    if not marks:
        return list(drafts)
    placed: list[Draft] = []
    notes: dict[int, list[Draft]] = {}
    last: list[Draft] | None = None
    hosts: list[int] = []
    for number, draft in enumerate(drafts):
        host = _find_host(draft, number, drafts, marks)
        if host is not None:
            last = notes.setdefault(host, [])
            last.append(replace(draft, kind="note", level=0))
        elif last and _goes_on(last[-1], draft):
            last[-1] = replace(last[-1], cells=((*last[-1].lines, *draft.lines),))
        else:
            last = None
            hosts.append(number)
    for place, number in enumerate(hosts):
        placed.append(drafts[number])
        if not _is_within_table(drafts, hosts[place:place + 2]):
            placed += [note for host in sorted(notes) if host <= number
                       for note in notes.pop(host)]
    return placed


def _is_within_table(drafts: Sequence[Draft], numbers: Sequence[int]) -> bool:
    """Say whether two blocks are rows, between which no note can stand."""
    return len(numbers) == 2 and all(drafts[number].kind == "row" for number in numbers)


def _find_marks(drafts: Sequence[Draft]) -> dict[str, int]:
    """Map the raised numbers within text to the first block that each stands in."""
    marks: dict[str, int] = {}
    for number, draft in enumerate(drafts):
        for line in draft.lines:
            for word in line.words[1:]:
                if word.text.isdigit() and word.size < RAISED * line.size:
                    marks.setdefault(word.text, number)
    return marks


def _find_host(draft: Draft, number: int, drafts: Sequence[Draft], marks: dict[str, int],
               ) -> int | None:
    """Give the number of the block that a block is a note to, None where it is no note."""
    host = marks.get(draft.lines[0].words[0].text)
    if draft.kind not in ("paragraph", "item") or host is None or host >= number:
        return None
    first, marked = draft.lines[0], drafts[host].lines
    small = first.size < SMALLER * max(line.size for line in marked)
    below = first.base > marked[-1].base
    return host if below and (small or starts_with_mark(first)) else None


def _goes_on(note: Draft, draft: Draft) -> bool:
    """Say whether a block is the rest of the note before it."""
    last, first = note.lines[-1], draft.lines[0]
    down = (first.base - last.base) / first.size
    if draft.kind != "paragraph":
        return False
    if len(last.words) == 1 and last.text.isdigit():
        return abs(down) < 1
    return abs(first.size - last.size) < 0.05 * last.size and 0 < down < CLOSE_LINES
