"""Small documents, libraries and indexes for tests, made the way that an ingest makes them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from index.build import build_index
from index.search import Searcher
from ingest.library import Library
from ingest.passages import split_passages
from ingest.records import (
    Block,
    BlockKind,
    Description,
    Document,
    Fact,
    Page,
    Reading,
    Span,
    Word,
)
from ingest.register import register
from ingest.save import save_document
from ingest.sources import Source

SHARED = Path(__file__).parents[2] / "shared"


def silent(done: int, total: int, name: str) -> None:
    """Take a report of progress and say nothing."""


def make_blocks(text: str) -> tuple[Page, tuple[Block, ...]]:
    """Make a page of a text: a line a block, "# " before a heading, "> " before furniture."""
    blocks, lines, offset = [], [], 0
    for line in text.splitlines():
        kind, level, line = _kind(line)
        blocks.append(Block(kind, line, (Span(1, offset, offset + len(line)),), level))
        lines.append(line)
        offset += len(line) + 1
    return Page(1, "\n".join(lines)), tuple(blocks)


def _kind(line: str) -> tuple[BlockKind, int, str]:
    if line.startswith("#"):
        marks, _, rest = line.partition(" ")
        return "heading", len(marks), rest
    return ("furniture", 0, line[2:]) if line.startswith("> ") else ("paragraph", 0, line)


def make_words(text: str, start: int = 0) -> tuple[Word, ...]:
    """Make the words of a line of text, ten points a character, twelve points high."""
    words, offset = [], start
    for part in text.split(" "):
        left = float(offset - start) * 10
        words.append(Word(offset, offset + len(part), (left, 0.0, left + 10 * len(part), 12.0)))
        offset += len(part) + 1
    return tuple(words)


def make_document(file: str, text: str, **facts: str) -> tuple[Source, Document]:
    """Make a document of one page without boxes; facts are those of its description."""
    page, blocks = make_blocks(text)
    described = {"title": Path(file).stem, "audience": "public", "status": "current"} | facts
    description = Description(**{f: Fact(v, "catalogued") for f, v in described.items()})
    reading = Reading("text/plain", (page,), blocks)
    sha256 = hashlib.sha256((file + text).encode()).hexdigest()
    source = Source(Path("/corpus") / file, file, sha256, tuple(sorted(facts.items())))
    return source, Document(reading, description, split_passages(blocks))


def make_library(data: Path, *documents: tuple[Source, Document]) -> Library:
    """Make a library in the folder ``data`` that holds documents, and its index."""
    library = Library(data)
    library.originals.mkdir(exist_ok=True)
    register(library, Path("/corpus"), [source for source, _ in documents], retry=False)
    for source, document in documents:
        (library.originals / source.sha256).write_text(document.reading.pages[0].text)
        save_document(library, source, document)
    build_index(library, silent)
    return library


def make_searcher(data: Path, *documents: tuple[Source, Document]) -> Searcher:
    """Make a searcher over documents."""
    return Searcher(make_library(data, *documents))
