"""The glyphs of a line become words, by the gaps between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from statistics import median

from ingest.pdf_characters import ASCENT, DESCENT, Glyph
from ingest.pdf_fonts import Style
from ingest.records import Box

NARROWEST_SPACE, SPACE = 0.05, 0.15
"""The least gap between words, in shares of the font size: at a printed space, and at none."""


@dataclass(frozen=True)
class PrintedWord:
    """A word on one line, its box in the frame of its text, in points."""

    text: str
    box: Box
    size: float
    style: Style


def part_words(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Part the glyphs of a line, which stand from left to right, into those of its words."""
    least = _least_space(glyphs)
    word: list[Glyph] = []
    spaced = unmeasured = False
    for glyph in glyphs:
        if glyph.text == " ":
            # A space of no width is one of a font whose widths are not known.
            spaced, unmeasured = True, glyph.left == glyph.right
            continue
        if word:
            gap = (glyph.left - word[-1].right) / (glyph.size or 1.0)
            parted = spaced and (gap > NARROWEST_SPACE or unmeasured)
            if gap > least or parted or _is_note_mark(word, glyph):
                yield word
                word = []
        word.append(glyph)
        spaced = False
    if word:
        yield word


def make_word(glyphs: list[Glyph]) -> PrintedWord:
    """Make the word that glyphs print."""
    largest = max(glyphs, key=attrgetter("size"))
    top = min(glyph.base - ASCENT * glyph.size for glyph in glyphs)
    bottom = max(glyph.base + DESCENT * glyph.size for glyph in glyphs)
    box = glyphs[0].left, top, max(glyph.right for glyph in glyphs), bottom
    text = "".join(glyph.text for glyph in glyphs)
    return PrintedWord(text, box, largest.size, largest.style)


def _is_note_mark(word: list[Glyph], glyph: Glyph) -> bool:
    """Say whether a glyph starts or ends a raised number, which is no part of its word.

    The 2 of a unit (km2) is part of it, so that short words keep theirs unless they are numbers.
    """
    last = word[-1]
    if glyph.size < 0.8 * last.size and glyph.base < last.base - 0.15 * last.size:
        number = all(each.text.isdigit() for each in word)
        return glyph.text.isdigit() and (number or len(word) > 2)
    return (last.size < 0.8 * glyph.size and last.base < glyph.base - 0.15 * glyph.size
            and all(each.text.isdigit() for each in word))


def _least_space(glyphs: list[Glyph]) -> float:
    """Give the least gap between words of a line, which is wider where it is letter-spaced."""
    gaps = [(b.left - a.right) / (b.size or 1.0) for a, b in zip(glyphs, glyphs[1:])
            if a.text != " " != b.text]
    usual = max(0.0, median(gaps)) if len(gaps) > 4 else 0.0
    return usual + SPACE
