"""What a PDF's fonts say of their glyphs: the characters they stand for, weight and colour."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined

BULLET = "•"
SOFT_HYPHEN = "\u00ad"

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
DINGBATS = re.compile(r"wingding|webding|dingbat", re.IGNORECASE)

UNUSED_CODES = frozenset((0x7f, 0x81, 0x8d, 0x8f, 0x90, 0x9d))
"""Codes that stand for a bullet in WinAnsiEncoding (ISO 32000-1, annex D.2, note 3)."""

Colour = tuple[float, float, float]


class Style(NamedTuple):
    """How a glyph is set; ``colour`` is red, green and blue from 0 to 1."""

    font: str
    bold: bool
    colour: Colour


class Font:
    """What a font's codes stand for, looked up once."""

    def __init__(self, font: PDFFont) -> None:
        name = font.fontname
        self.name = name.decode("latin-1") if isinstance(name, bytes) else str(name)
        self.multibyte = font.is_multibyte()
        self.decode = font.decode
        self.known: dict[int, tuple[str | None, float]] = {}
        self._font = font
        self._bold = bool(BOLD.search(self.name))
        self._ornaments = bool(DINGBATS.search(self.name))
        self._styles: dict[tuple[bool, str], Style] = {}

    def style(self, emboldened: bool, colour: Any) -> Style:
        """Give the style of text in this font; ``emboldened`` where it is stroked too."""
        key = emboldened, repr(colour)
        if key not in self._styles:
            self._styles[key] = Style(self.name, self._bold or emboldened, _read_colour(colour))
        return self._styles[key]

    def look_up(self, cid: int) -> tuple[str | None, float]:
        """Give the text of a code (None where unknown) and its width in shares of the size."""
        try:
            text = self._clean(self._font.to_unichr(cid))
        except PDFUnicodeNotDefined:
            text = self._guess(cid)
        self.known[cid] = text, self._font.char_width(cid)
        return self.known[cid]

    def _guess(self, cid: int) -> str | None:
        if not self.multibyte and cid in UNUSED_CODES:
            return BULLET
        # Word's fonts keep the space at glyph 3 and often leave it out of the code table.
        return " " if cid in (3, 32) else None

    def _clean(self, text: str) -> str | None:
        if self._ornaments and text.strip():
            return BULLET
        return clean_text(text)


def clean_text(text: str) -> str:
    """Give text with ligatures taken apart, one kind of space and bullet, and nothing unseen."""
    return "".join(map(_clean_character, text))


def _clean_character(character: str) -> str:
    if character in LIGATURES:
        return LIGATURES[character]
    if character == SOFT_HYPHEN or " " < character < "\x7f":
        return character
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category == "Co":
        return BULLET
    return "" if category in ("Cc", "Cf", "Cs", "Cn") else character


def _read_colour(colour: Any) -> Colour:
    """Give grey, RGB or CMYK as RGB; black where it is none of these (a pattern)."""
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not all(isinstance(part, (int, float)) for part in parts) or len(parts) not in (1, 3, 4):
        return 0.0, 0.0, 0.0
    if len(parts) == 4:
        key = 1 - parts[3]
        red, green, blue = ((1 - part) * key for part in parts[:3])
    else:
        red, green, blue = parts if len(parts) == 3 else parts * 3
    return round(red, 2), round(green, 2), round(blue, 2)
