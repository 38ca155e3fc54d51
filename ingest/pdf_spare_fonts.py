"""Fonts that pdfminer cannot make sense of: each costs its own characters, not its page."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.psexceptions import PSException
from pdfminer.psparser import literal_name

COMPOSITE = ("Type0", "CIDFontType0", "CIDFontType2")

FAULTS = (PSException, LookupError, ValueError, TypeError, AttributeError, AssertionError,
          ArithmeticError, EOFError, struct.error)
"""What pdfminer raises where a font is not as it should be."""

USUAL_WIDTH = 500.0
"""The width of a character of which nothing is known, in thousandths of the font size."""


class SparingFonts(PDFResourceManager):
    """Gives a font without known characters in place of one that is damaged."""

    def get_font(self, objid: Any, spec: Mapping[str, object]) -> PDFFont:
        """Give the font of an object, or one without characters where that is damaged."""
        try:
            return super().get_font(objid, spec)
        except FAULTS:
            font = self._cached_fonts[objid] = _DamagedFont(spec)
            return font


class _DamagedFont(PDFFont):
    def __init__(self, spec: Mapping[str, object]) -> None:
        super().__init__({}, {}, default_width=USUAL_WIDTH)
        self._double = literal_name(spec.get("Subtype")) in COMPOSITE

    def is_multibyte(self) -> bool:
        return self._double

    def decode(self, bytes: bytes) -> list[int]:
        """Part a string into codes, of two bytes each in a composite font."""
        return list(bytes[::2] if self._double else bytes)

    def to_unichr(self, cid: int) -> str:
        raise PDFUnicodeNotDefined(None, cid)
