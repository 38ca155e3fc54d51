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
_LONGEST_HEADING = 190
_LONG_TEXT = 120
_MOST_WORDS_ABOVE_A_LIST = 8
_FEWEST_WORDS_ABOVE_A_TABLE = 4
_FEWEST_BITS, _LONGEST_BIT = 4, 60
_ENDS = tuple(".:?!…")


def read_text(path: Path) -> Reading:
    """Read a text file; raises UnreadableFile where it is empty or no text at all."""
    return compose_reading(path, "text/plain", split_text(_decode(path)))


def split_text(text: str) -> list[Draft]:
    """Split a text that was decoded into headings, items and paragraphs."""
    return list(_drafts(find_pieces(text.replace("\r\n", "\n").replace("\r", "\n"))))


def _decode(path: Path) -> str:
    content = path.read_bytes()
    if not content.strip():
        raise UnreadableFile(f"{path.name} is empty. Replace it with the whole document.")
    text = _as_text(content)
    if "\0" in text or len(_CONTROL.findall(text)) * 200 > len(text):
        raise UnreadableFile(
            f"{path.name} is not text, whatever its name says. Save the document as PDF or text."
        )
    return text


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
            if leads_on or _carries_text(piece, below) or _heads_a_table(pieces, index):
                found.add(index)
        following = index
    return found


def _looks_like_heading(piece: Piece) -> bool:
    text = piece.text
    if not piece.parted or len(text) > _LONGEST_HEADING or text.endswith(tuple(".:;,!-–")):
        return False
    marked = bool(piece.marker) and not _NUMBER.match(piece.marker)
    return text[:1].isupper() and not marked and len(text) > 2


def _heads_a_table(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a line of some words stands between a paragraph that has ended and bits of text, as
    a table is that was flattened to lines."""
    above, bits = pieces[max(0, index - 1)], pieces[index + 1:index + 1 + _FEWEST_BITS]
    follows = index == 0 or above.text.endswith(_ENDS)
    wordy = len(pieces[index].text.split()) >= _FEWEST_WORDS_ABOVE_A_TABLE
    return follows and wordy and len(bits) == _FEWEST_BITS and all(map(_is_bit, bits))


def _is_bit(piece: Piece) -> bool:
    plain = not (piece.marker or piece.furniture or piece.text.endswith(_ENDS))
    return plain and len(piece.text) <= _LONGEST_BIT


def _carries_text(piece: Piece, below: Piece) -> bool:
    if below.marker:
        return not piece.marker and len(piece.text.split()) <= _MOST_WORDS_ABOVE_A_LIST
    ended = below.parted and below.text.endswith(_ENDS)
    return len(below.text) > len(piece.text) and (ended or len(below.text) >= _LONG_TEXT)
