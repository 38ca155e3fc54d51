"""Drafts become the text of pages, the places of their words, and blocks over page breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.pdf_characters import turn_box
from ingest.pdf_fonts import SOFT_HYPHEN
from ingest.pdf_layout import Draft
from ingest.pdf_lines import Line
from ingest.pdf_words import PrintedWord
from ingest.records import CELL, Block, Box, Span, Word

HYPHENS = "-\u2010" + SOFT_HYPHEN
UNFINISHED = re.compile(r"[^.!?:;\u2026][\"'”’)\]]*$")


@dataclass(frozen=True)
class Written:
    """The text of a page, its words, and its blocks, each with one span."""

    text: str
    words: tuple[Word, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class _Piece:
    """A word as it goes into the text, after ``glue``."""

    glue: str
    text: str
    box: Box


def count_words(lines: Iterable[Line]) -> Counter[str]:
    """Count the words of a document that are not broken at the end of a line."""
    return Counter(word.text.strip(".,;:()'\"‘’“”!?").lower()
                   for line in lines for word in line.words if word.text[-1] not in HYPHENS)


def write_page(drafts: Sequence[Draft], number: int, known: Counter[str]) -> Written:
    """Write the blocks of page ``number`` one a line, each in one line."""
    text, words, blocks = "", [], []
    for draft in drafts:
        parts, length = [], len(text) + bool(text)
        start = length
        for piece in _pieces(draft, known):
            length += len(piece.glue)
            words.append(Word(length, length + len(piece.text), piece.box))
            parts += [piece.glue, piece.text]
            length += len(piece.text)
        written = "".join(parts)
        text += ("\n" if text else "") + written
        blocks.append(Block(draft.kind, written, (Span(number, start, length),), draft.level))
    return Written(text, tuple(words), tuple(blocks))


def _pieces(draft: Draft, known: Counter[str]) -> Iterator[_Piece]:
    glue = ""
    for cell in draft.cells:
        for piece in _join_cell(cell, known):
            yield replace(piece, glue=glue + piece.glue)
            glue = ""
        glue += CELL


def _join_cell(lines: Sequence[Line], known: Counter[str]) -> Iterator[_Piece]:
    """Give the words of lines, with hyphens at line ends undone where that makes a word."""
    glue = ""
    for number, line in enumerate(lines):
        after = lines[number + 1].words[0] if number + 1 < len(lines) else None
        for word in line.words[:-1]:
            yield from _piece(glue, word.text.replace(SOFT_HYPHEN, ""), word, line.angle)
            glue = " "
        last = line.words[-1]
        text, next_glue = _end_line(last.text, after.text if after else "", known)
        yield from _piece(glue, text, last, line.angle)
        glue = next_glue if text else glue


def _piece(glue: str, text: str, word: PrintedWord, angle: int) -> Iterator[_Piece]:
    if text:
        yield _Piece(glue, text, turn_box(word.box, angle))


def _end_line(text: str, after: str, known: Counter[str]) -> tuple[str, str]:
    """Give the last word of a line as it is read, and what parts it from the next line."""
    plain = text.replace(SOFT_HYPHEN, "")
    parted = text[-1] in HYPHENS and text[-2:-1].isalnum() and after[:1].isalnum()
    if not parted:
        return plain, " "
    if text[-1] == SOFT_HYPHEN:
        return plain, ""
    joined = (text[:-1] + after).strip(".,;:()'\"‘’“”!?").lower()
    if after[0].islower() and known[joined] > known[(text + after).lower()]:
        return plain[:-1], ""
    return plain, ""


def join_page_breaks(blocks: Sequence[Block], tags: Sequence[int]) -> list[Block]:
    """Join each paragraph that runs over a page break into one block of two spans.

    ``tags`` are the numbers of what the blocks are tagged as, -1 for those without. Notes and
    pictures do not end the paragraph that they stand after.
    """
    joined: list[Block] = []
    last_body: int | None = None
    last_tag = -1
    for block, tag in zip(blocks, tags):
        if block.kind in ("furniture", "note", "picture"):
            joined.append(block)
            continue
        last = joined[last_body] if last_body is not None else None
        if last is not None and last_body is not None and (
                _is_one(last, block) if tag == last_tag >= 0 else _runs_on(last, block)):
            joined[last_body] = replace(last, text=f"{last.text} {block.text}",
                                        spans=last.spans + block.spans)
        else:
            last_body = len(joined)
            joined.append(block)
        last_tag = tag
    return joined


def _is_one(last: Block, block: Block) -> bool:
    """Say whether blocks of one tag, which rows and headings need not be, go on over a page."""
    return (last.kind == block.kind and block.kind in ("paragraph", "item", "caption")
            and block.spans[0].page == last.spans[-1].page + 1)


def _runs_on(last: Block, block: Block) -> bool:
    return (last.kind in ("paragraph", "item") and block.kind == "paragraph"
            and block.spans[0].page == last.spans[-1].page + 1
            and block.text[:1].islower() and UNFINISHED.search(last.text) is not None)
