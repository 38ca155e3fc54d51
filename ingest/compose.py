"""Compose: texts in reading order become one page and its blocks, for formats without pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ingest.errors import UnreadableFile
from ingest.garbling import measure_garbling
from ingest.records import CELL, Block, BlockKind, Page, Reading, Span

Draft = tuple[BlockKind, int, str]
"""The kind, heading level (0 where it is no heading) and raw text of a block to be."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u0000-\u0008\u000e-\u001b]")


def compose_page(drafts: Sequence[Draft]) -> tuple[Page, tuple[Block, ...]]:
    """Write the drafts one a line on a page 1; white space is made single, empty ones go."""
    texts: list[str] = []
    blocks: list[Block] = []
    start = 0
    for kind, level, raw in drafts:
        text = clean_row(raw) if kind == "row" else clean_text(raw)
        if text:
            span = Span(1, start, start + len(text))
            blocks.append(Block(kind, text, (span,), level))
            texts.append(text)
            start = span.end + 1
    doubts = measure_garbling(texts).doubts
    return Page(number=1, text="\n".join(texts), doubts=doubts), tuple(blocks)


def compose_reading(
    path: Path, media_type: str, drafts: Sequence[Draft], hints: tuple[tuple[str, str], ...] = ()
) -> Reading:
    """Compose the reading of a file; raises UnreadableFile where there is nothing to search."""
    page, blocks = compose_page(drafts)
    if all(block.kind == "furniture" for block in blocks):
        raise UnreadableFile(f"{path.name} holds no text. Check that it is the right file.")
    return Reading(media_type, (page,), blocks, hints=hints)


def clean_text(raw: str) -> str:
    """Make all white space single spaces and drop what cannot be seen."""
    return " ".join(_INVISIBLE.sub("", raw).split())


def clean_row(raw: str) -> str:
    """Clean each cell of a row and keep CELL between them; a row of empty cells is empty."""
    cells = [clean_text(cell) for cell in raw.split(CELL)]
    return CELL.join(cells) if any(cells) else ""
