"""Put the lines of plain text together again: what one paragraph, item or heading is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from ingest.compose import clean_text

_SURE_BULLET = re.compile(
    "[•▪●◦‣⁃■□▫◆◇○▶►▸➢➤➔→✓✔✗☐☑★✦❖∙⋅·\uf000-\uf0ff]\\s*|[§Øü¨]\\s+(?=[A-Z])"
)
"""The last are bullets of Wingdings, read as letters."""

_WEAK_BULLET = re.compile(r"(?:[-–—*]|o)\s+(?=\S)")
_NUMBER = re.compile(
    r"((?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-h]|[ivx]{1,4})[.)]"
    r"|\((?:\d{1,2}|[A-Ha-h]|[ivx]{1,4})\)|\d{1,2}(?:\.\d{1,2})+)\s+(?=\S)"
)
_FURNITURE = re.compile(
    r"p\s*a\s*g\s*e\s*\|?\s*\d+(?:\s*(?:of|/)\s*\d+)?|\d+\s*\|\s*p\s*a\s*g\s*e"
    r"|[-–]\s*\d+\s*[-–]|\d+\s+of\s+\d+",
    re.I,
)
SENTENCE_END = re.compile(r"[.?!:;…][\"'”’)]*$")
_BROKEN_WORD = re.compile(r"([A-Za-z]+)[-‐]$")
_SOFT_BREAK = re.compile("\u00ad[ \t]*\n[ \t]*(?=[a-z])")
_REST_OF_WORD = re.compile(r"[a-z]+")
_BULLET = "•"

_WIDEST_WRAPPED_LINE = 130
_NARROWEST_COLUMN = 60
_FILL, _HEADING_FILL, _SHORT_LINE = 0.8, 0.93, 0.5
"""How full of its column a line is at least that goes on; a heading's guess may be bolder. After a
short line a number begins an item."""
_MOST_HEADING_LINES = 2
_OPENS_SENTENCE = frozenset(
    "A All Although An As At By Each Following For From Given If In It Its Of On Our Over She He "
    "Since That The Their There These They This Those Through To We What When Where While With "
    "You Your".split()
)
"""Words that have a capital at the start of a sentence alone: names hardly begin with them."""
_LONGEST_WORD = 40
_FEW, _RARE = 2, 0.05
_USUAL = 0.75
"""The share of lines that are no longer than a line is usually."""


@dataclass(frozen=True)
class Piece:
    """A block to be. ``marker`` is its bullet or number, where it has one; ``tops`` says that it
    is the first of a page; ``parted`` that a blank line or a page break stands before it
    (and, where lines are not wrapped, a blank line behind it); ``furniture`` that it is a page
    number; ``row`` that it is a row of a table. ``lines`` is how many lines it had, ``width``
    how many characters the longest of them, and ``gap`` how many blank lines stand before it.
    """

    text: str
    marker: str = ""
    tops: bool = False
    parted: bool = True
    furniture: bool = False
    row: bool = False
    lines: int = 1
    width: int = 0
    gap: int = 0


@dataclass(frozen=True)
class _Line:
    text: str
    tops: bool
    gap: int = 0
    row: bool = False
    furniture: bool = False


@dataclass(frozen=True)
class Lines:
    """The lines of a text, and what is known of some by their place.

    ``rows`` are the texts of rows of tables, empty for a line that has no text of its own;
    ``furniture`` are running headers and footers.
    """

    texts: Sequence[str]
    rows: Mapping[int, str] = field(default_factory=dict)
    furniture: frozenset[int] = frozenset()


def split_lines(text: str) -> list[str]:
    """The lines of a text; a form feed stands at the start of the first line of a page.

    A word with a soft hyphen at the end of a line is made whole.
    """
    text = _SOFT_BREAK.sub("", text)
    return text.replace("\f", "\n\n\f").split("\n")


def find_pieces(lines: Lines) -> tuple[tuple[Piece, ...], int]:
    """Part lines into pieces, and tell how long the lines are in which most of the text stands.

    Whether they are hard-wrapped is told from their lengths.
    """
    groups = _groups(lines)
    lengths = sorted(len(line.text) for group in groups for line in group) or [0]
    usual = lengths[int(_USUAL * (len(lengths) - 1))]
    if not _is_wrapped(groups):
        pieces = _with_lone_markers(piece for group in groups for piece in _by_line(group))
        return tuple(pieces), _length_of_most(lengths)
    words = {word for line in lines.texts for word in re.findall(r"[a-z]+", line.lower())}
    found = [piece for group in groups for piece in _by_sense(group, words, usual)]
    return tuple(_over_blank_lines(found, words)), _length_of_most(lengths)


def _length_of_most(lengths: Sequence[int]) -> int:
    """The length of line below which half of the characters stand; lengths ascend."""
    seen = list(accumulate(lengths))
    return lengths[bisect_left(seen, seen[-1] / 2)]


def _groups(lines: Lines) -> list[list[_Line]]:
    """Lines without a blank line or form feed between them; other tools mark the top of a page
    that they glued to the last by a single space before its first line."""
    spaced = sum(re.match(r" \S", line) is not None for line in lines.texts)
    glued = spaced <= max(_FEW, _RARE * len(lines.texts))
    groups: list[list[_Line]] = [[]]
    tops, gap = True, 0
    for number, raw in enumerate(lines.texts):
        tops = tops or raw.startswith("\f") or (glued and re.match(r" \S", raw) is not None)
        line = _Line(clean_text(raw), tops, gap, furniture=number in lines.furniture)
        if number in lines.rows:
            line = replace(line, text=lines.rows[number], row=True)
        alone = line.row or line.furniture or not line.text
        if line.text:
            groups += [[line]] if alone else []
            groups[-1] += [] if alone else [line]
            tops, gap = tops and line.furniture, 0
        else:
            gap += not line.row
        if alone:
            groups.append([])
    return [group for group in groups if group]


def _is_wrapped(groups: Sequence[Sequence[_Line]]) -> bool:
    lengths = sorted(len(line.text) for group in groups for line in group)
    if not lengths or all(len(group) == 1 for group in groups):
        return False
    return lengths[int(0.95 * len(lengths))] <= _WIDEST_WRAPPED_LINE


def _by_line(group: Sequence[_Line]) -> Iterator[Piece]:
    for line in group:
        yield replace(_piece(line, sure=False), parted=len(group) == 1)


def _with_lone_markers(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """A bullet alone on its line belongs to the next line."""
    marker = ""
    for piece in pieces:
        if piece.text:
            yield replace(piece, marker=marker or piece.marker)
        marker = "" if piece.text else piece.marker


def _by_sense(group: Sequence[_Line], words: set[str], usual: int) -> Iterator[Piece]:
    """The pieces of a group of lines; ``usual`` is how long full lines are in this text."""
    width = max(_NARROWEST_COLUMN, *(len(line.text) for line in group))
    opening = _piece(group[0], sure=False)
    texts = [opening.text]
    for before, line in zip(group, group[1:]):
        ended = SENTENCE_END.search(before.text) or len(before.text) < _SHORT_LINE * width
        may_list = bool(opening.marker or ended)
        next_piece = _piece(line, sure=not may_list)
        parted = opening.furniture or next_piece.furniture or bool(next_piece.marker)
        start_of_group = opening.parted and len(texts) <= _MOST_HEADING_LINES
        full = _FILL * width
        if start_of_group:
            full = _HEADING_FILL * max(width, usual if len(texts) == 1 else 0)
        ends = _ends_early(before, line, full) or (start_of_group and _opens_sentence(before, line))
        if parted or (any(texts) and ends):
            yield _joined(opening, texts, words)
            opening = replace(next_piece, parted=line.tops)
            texts = [opening.text]
        else:
            texts.append(line.text)
    yield _joined(opening, texts, words)


def _joined(opening: Piece, texts: Sequence[str], words: set[str]) -> Piece:
    if opening.row:
        return opening
    width = max(map(len, texts))
    return replace(opening, text=_join(texts, words), lines=len(texts), width=width)


def _ends_early(before: _Line, line: _Line, width: float) -> bool:
    """Whether a line was ended on purpose: what follows would have fitted, or tops a page."""
    if not line.text[0].isupper():
        return False
    if line.tops and SENTENCE_END.search(before.text):
        return True
    fits = len(before.text) + len(line.text.split()[0]) < width
    return fits and not before.text.endswith((",", "-", "–"))


def _opens_sentence(before: _Line, line: _Line) -> bool:
    """Whether a sentence begins though none has ended: what stands above is a heading."""
    ended = SENTENCE_END.search(before.text) or before.text.endswith((",", "-", "–"))
    return not ended and line.text.split()[0] in _OPENS_SENTENCE


def _piece(line: _Line, sure: bool) -> Piece:
    text = line.text
    piece = Piece(text, tops=line.tops, row=line.row, width=len(text), gap=line.gap)
    if line.row or line.furniture or _FURNITURE.fullmatch(text):
        return replace(piece, furniture=not line.row)
    if bullet := _SURE_BULLET.match(text) or (None if sure else _WEAK_BULLET.match(text)):
        return replace(piece, text=text[bullet.end():], marker=_BULLET)
    if (number := _NUMBER.match(text)) and not sure:
        return replace(piece, text=text[number.end():], marker=number[1])
    return piece


def _over_blank_lines(pieces: Sequence[Piece], words: set[str]) -> Iterator[Piece]:
    """A piece that goes on in lower case belongs to the one before, unless that has ended."""
    parts: list[Piece] = []
    for piece in pieces:
        if parts and not parts[0].text and parts[0].marker and not piece.marker:
            parts = [replace(piece, marker=parts[0].marker, parted=parts[0].parted)]
        elif parts and _goes_on(parts[-1], piece):
            parts.append(piece)
        else:
            if parts:
                yield _join_pieces(parts, words)
            parts = [piece]
    if parts:
        yield _join_pieces(parts, words)


def _join_pieces(parts: Sequence[Piece], words: set[str]) -> Piece:
    if len(parts) == 1:
        return parts[0]
    text = _join([part.text for part in parts], words)
    width, lines = max(part.width for part in parts), sum(part.lines for part in parts)
    return replace(parts[0], text=text, width=width, lines=lines)


def _goes_on(current: Piece, piece: Piece) -> bool:
    apart = current.furniture or piece.furniture or current.row or piece.row
    if apart or piece.marker or not piece.text[:1].islower():
        return False
    return bool(current.text) and not SENTENCE_END.search(current.text)


def _join(texts: Sequence[str], words: set[str]) -> str:
    """Join lines; a hyphen at a line end goes where the whole word is used elsewhere."""
    parts = [texts[0]]
    for text in texts[1:]:
        broken = _BROKEN_WORD.search(parts[-1][-_LONGEST_WORD:])
        rest = _REST_OF_WORD.match(text)
        if broken and rest:
            if (broken[1] + rest[0]).lower() in words:
                parts[-1] = parts[-1][:-1]
        else:
            parts.append(" ")
        parts.append(text)
    return "".join(parts).strip()
