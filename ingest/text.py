"""Read plain text: decode it, and tell headings, items and paragraphs apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.compose import Draft, compose_reading
from ingest.encodings import decode, mend_garbled
from ingest.errors import UnreadableFile
from ingest.records import CELL, Reading
from ingest.text_columns import find_columns
from ingest.text_pages import find_running_lines
from ingest.text_pieces import Lines, Piece, find_pieces, split_lines
from ingest.text_tables import (
    FEWEST_HEADING_WORDS,
    find_rows,
    find_tables,
    make_rows,
    opens_section,
)

_CONTROL = re.compile("[\u0000-\u0008\u000e-\u0019\u001b-\u001f]")
_LOST = "\N{REPLACEMENT CHARACTER}"
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_LONGEST_HEADING = 190
_LONG_TEXT = 120
_MOST_WORDS_ABOVE_A_LIST = 8
_FEWEST_BITS, _LONGEST_BIT = 4, 60
_ENDS = tuple(".:?!…")


def read_text(path: Path) -> Reading:
    """Read a text file; raises UnreadableFile where it is empty or no text at all."""
    text, mended = mend_garbled(_decode(path))
    reading = compose_reading(path, "text/plain", split_text(text))
    note = " ".join(_notes(text, mended))
    return replace(reading, pages=tuple(replace(page, note=note) for page in reading.pages))


def _notes(text: str, mended: int) -> Iterator[str]:
    if mended:
        yield f"{mended} letters were garbled by a wrong encoding and have been mended."
    if lost := text.count(_LOST):
        yield f"{lost} letters were lost before the file came here."


def split_text(text: str) -> list[Draft]:
    """Split a text that was decoded into headings, items and paragraphs."""
    lines = split_lines(text.replace("\r\n", "\n").replace("\r", "\n"))
    rows = find_rows(lines) | find_columns(lines)
    pieces, usual = find_pieces(Lines(lines, rows, find_running_lines(lines)))
    return list(_drafts(tuple(_with_tables(pieces, usual))))


def _decode(path: Path) -> str:
    content = path.read_bytes()
    if not content.strip():
        raise UnreadableFile(f"{path.name} is empty. Replace it with the whole document.")
    text = decode(content)
    if "\0" in text or len(_CONTROL.findall(text)) * 200 > len(text):
        raise UnreadableFile(
            f"{path.name} is not text, whatever its name says. Save the document as PDF or text."
        )
    return text


def _with_tables(pieces: Sequence[Piece], usual: int) -> Iterator[Piece]:
    """The pieces, with the cells of flattened tables made rows; a line above one stays."""
    done = 0
    for table in find_tables(pieces, usual):
        first = pieces[table.start]
        start = table.start + (opens_section(first) or _heads_a_table(pieces, table.start))
        yield from pieces[done:start]
        yield from make_rows(pieces[start:table.stop])
        done = table.stop
    yield from pieces[done:]


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
        elif piece.furniture or piece.row:
            yield "furniture" if piece.furniture else "row", 0, piece.text
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
        if piece.furniture or piece.row:
            following = following if piece.furniture else index
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
    line = pieces[index]
    wordy = line.lines == 1 and len(line.text.split()) >= FEWEST_HEADING_WORDS
    return follows and wordy and len(bits) == _FEWEST_BITS and all(map(_is_bit, bits))


def _is_bit(piece: Piece) -> bool:
    plain = not (piece.marker or piece.furniture or piece.text.endswith(_ENDS))
    return plain and len(piece.text) <= _LONGEST_BIT


def _carries_text(piece: Piece, below: Piece) -> bool:
    if below.row:
        return CELL in below.text or opens_section(piece)
    if below.marker:
        return not piece.marker and len(piece.text.split()) <= _MOST_WORDS_ABOVE_A_LIST
    ended = below.parted and below.text.endswith(_ENDS)
    return len(below.text) > len(piece.text) and (ended or len(below.text) >= _LONG_TEXT)
