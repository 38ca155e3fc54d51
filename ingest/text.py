"""Read plain text: decode it, and tell headings, items and paragraphs apart."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.compose import Draft, compose_reading
from ingest.errors import UnreadableFile
from ingest.records import Reading
from ingest.text_pieces import Piece, find_pieces

_CONTROL = re.compile("[\u0000-\u0008\u000e-\u0019\u001b-\u001f]")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_LONGEST_HEADING = 130
_LONG_TEXT = 120
_MOST_WORDS_ABOVE_A_LIST = 8


def read_text(path: Path) -> Reading:
    """Read a text file; raises UnreadableFile where it is empty or no text at all."""
    media_type = "text/markdown" if path.suffix.lower() == ".md" else "text/plain"
    pieces = find_pieces(_decode(path))
    return compose_reading(path, media_type, list(_drafts(pieces)))


def _decode(path: Path) -> str:
    content = path.read_bytes()
    if not content.strip():
        raise UnreadableFile(f"{path.name} is empty. Replace it with the whole document.")
    text = _as_text(content)
    if "\0" in text or len(_CONTROL.findall(text)) * 200 > len(text):
        raise UnreadableFile(
            f"{path.name} is not text, whatever its name says. Save the document as PDF or text."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _as_text(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _drafts(pieces: Sequence[Piece]) -> Iterator[Draft]:
    headings = _headings(pieces)
    numbered = 1
    for index, piece in enumerate(pieces):
        if markdown := _MARKDOWN_HEADING.fullmatch(piece.text):
            yield "heading", len(markdown[1]), markdown[2]
        elif index in headings:
            level = _level(piece, numbered)
            numbered = level if _NUMBER.match(piece.marker) else 1 if piece.tops else numbered
            yield "heading", level, f"{piece.marker} {piece.text}"
        elif piece.furniture:
            yield "furniture", 0, piece.text
        else:
            yield "item" if piece.marker else "paragraph", 0, f"{piece.marker} {piece.text}"


def _level(piece: Piece, numbered: int) -> int:
    """Level 1 tops a page, a number's level is its depth, others stand below the last number."""
    if number := _NUMBER.match(piece.marker):
        return 2 + number[0].count(".")
    return 1 if piece.tops else numbered + 1


def _headings(pieces: Sequence[Piece]) -> set[int]:
    """Which pieces are headings, told from the last to the first: each needs what follows it."""
    found: set[int] = set()
    following: int | None = None
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        if piece.furniture:
            continue
        if following is not None and _looks_like_heading(piece) and not (
            piece.marker and index and pieces[index - 1].marker
        ):
            below = pieces[following]
            leads_on = piece.tops and following in found and not below.tops
            if leads_on or _carries_text(piece, below):
                found.add(index)
        following = index
    return found


def _looks_like_heading(piece: Piece) -> bool:
    text = piece.text
    if not piece.parted or len(text) > _LONGEST_HEADING or text.endswith(tuple(".:;,!-–")):
        return False
    marked = bool(piece.marker) and not _NUMBER.match(piece.marker)
    return text[:1].isupper() and not marked and len(text) > 2


def _carries_text(piece: Piece, below: Piece) -> bool:
    if below.marker:
        return not piece.marker and len(piece.text.split()) <= _MOST_WORDS_ABOVE_A_LIST
    ended = below.parted and below.text.endswith(tuple(".:?!…"))
    return len(below.text) > len(piece.text) and (ended or len(below.text) >= _LONG_TEXT)
