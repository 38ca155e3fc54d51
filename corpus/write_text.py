"""Sets a sample document as plain text, the way other tools leave the text of a PDF."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from corpus.markup import Piece, Sample, strip_marks

COLUMNS = 94
CELL_COLUMNS = 30
PAGE_LINES = 52
BULLET = "\uf0b7"


def write_text(sample: Sample) -> bytes:
    """Set a document in pages of lines that end in a space."""
    lines = [line + " " for piece in _front(sample) + sample.pieces for line in _lines(piece)]
    count = -(-len(lines) // PAGE_LINES)
    starts = range(0, len(lines), PAGE_LINES)
    pages = [_page(lines[start:start + PAGE_LINES], number, count, sample)
             for number, start in enumerate(starts, 1)]
    return ("" if sample.has("glued") else "\f").join(pages).encode()


def _page(lines: list[str], number: int, count: int, sample: Sample) -> str:
    footer = f"\n\nPage {number} of {count} \n"
    return "\n".join(lines).strip("\n") + ("" if sample.has("glued") and number % 2 else footer)


def _front(sample: Sample) -> tuple[Piece, ...]:
    lines = (sample.organisation, sample.title, sample.about, sample.notice)
    return tuple(Piece("paragraph", line) for line in lines if line)


def _lines(piece: Piece) -> Iterator[str]:
    if piece.kind == "items":
        for (item,) in piece.rows:
            yield from _wrap(f"{BULLET} {item}")
        yield ""
    elif piece.kind == "table":
        for row in piece.rows:
            for cell in row:
                yield from _wrap(cell, CELL_COLUMNS)
        yield ""
    elif piece.kind != "order":
        yield from _wrap(piece.text)
        yield ""


def _wrap(text: str, columns: int = COLUMNS) -> list[str]:
    return textwrap.wrap(strip_marks(text), columns, break_on_hyphens=False)
