"""Small documents, libraries and indexes for tests, made the way that an ingest makes them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from flask.testing import FlaskClient

from index.build import build_index
from index.engines import Content
from index.search import Searcher
from ingest.library import Library
from ingest.passages import split_passages
from ingest.records import (
    Block,
    BlockKind,
    Description,
    Document,
    Fact,
    HeldDocument,
    Page,
    Passage,
    Reading,
    Span,
    Word,
)
from ingest.register import register
from ingest.save import save_document
from ingest.sources import Source
from search_app.app import create_app

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


TableLine = tuple[Literal["heading", "head", "row"], str]


def make_tables(file: str, *pages: Sequence[TableLine], **facts: str) -> tuple[Source, Document]:
    """Make a document of tables: a page of each sequence of headings, header rows and rows."""
    made, blocks = [], []
    for number, lines in enumerate(pages, 1):
        offset = 0
        for kind, text in lines:
            span = Span(number, offset, offset + len(text))
            own: BlockKind = "heading" if kind == "heading" else "row"
            blocks.append(Block(own, text, (span,), int(kind != "row")))
            offset += len(text) + 1
        made.append(Page(number, "\n".join(text for _, text in lines)))
    source, document = make_document(file, "\n".join(page.text for page in made), **facts)
    reading = replace(document.reading, pages=tuple(made), blocks=tuple(blocks), paged=True)
    return source, replace(document, reading=reading, passages=split_passages(blocks))


def make_content(document_id: str, *texts: str, heading: str = "", **facts: str) -> Content:
    """Make what an engine indexes of a document: a passage for each of ``texts``."""
    described = {"title": document_id, "audience": "public", "status": "current"} | facts
    description = Description(**{f: Fact(v, "catalogued") for f, v in described.items()})
    held = HeldDocument(
        document_id, 1, f"{document_id}.txt", "", "text/plain", False, "", "", description, 1
    )
    trail = (heading,) if heading else ()
    passages = (
        Passage(number, text, trail, (Span(1, 0, len(text)),), ((0, len(text)),))
        for number, text in enumerate(texts, 1)
    )
    return Content(held, tuple(passages))


def make_library(data: Path, *documents: tuple[Source, Document]) -> Library:
    """Make a library in the folder ``data`` that holds documents, and its index."""
    library = Library(data)
    fill_library(library, *documents)
    build_index(library, silent)
    return library


def fill_library(library: Library, *documents: tuple[Source, Document]) -> None:
    """Make a library hold these documents and no others; the rest it has are withdrawn."""
    library.originals.mkdir(exist_ok=True)
    sources = [source for source, _ in documents]
    to_read = register(library, Path("/corpus"), sources, retry=False).to_read
    for source, document in documents:
        if source in to_read:
            (library.originals / source.sha256).write_text(document.reading.pages[0].text)
            save_document(library, source, document)


def make_searcher(data: Path, *documents: tuple[Source, Document]) -> Searcher:
    """Make a searcher over documents."""
    return Searcher(make_library(data, *documents))


def make_pdf(*pages: bytes, filters: str = "") -> bytes:
    """Make a PDF of A4 pages with these content streams, packed as ``filters`` says."""
    count = len(pages)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (count, b" ".join(b"%d 0 R" % number for number in range(4, 4 + count))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % number
            for number in range(4 + count, 4 + 2 * count)
        ),
        *(
            b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream"
            % (len(page), filters.encode(), page)
            for page in pages
        ),
    ]
    body, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(body) + table + end % (len(objects) + 1, len(body))


def print_lines(*lines: str) -> bytes:
    """Make the content stream of a page with these lines, of letters without brackets."""
    shown = b"".join(b"(%s) Tj T*\n" % line.encode("ascii") for line in lines)
    return b"BT /F1 10 Tf 12 TL 60 780 Td\n%sET" % shown


def open_client(data: Path) -> Iterator[FlaskClient]:
    """Open the site over a data folder for as long as a fixture wants it."""
    app = create_app(data)
    app.testing = True
    yield app.test_client()
    app.extensions["plansearch"].library.close()
