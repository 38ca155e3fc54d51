"""Sets of passages (JSON lines), and a library made of them, each passage as it was cut.

A passage has "id", "text", and where it is known "doc" and "title".
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ingest.library import Library
from ingest.records import Block, Description, Document, Fact, Page, Passage, Reading, Span
from ingest.register import register
from ingest.save import save_document
from ingest.sentences import find_sentences
from ingest.sources import Source
from search_app.json_lines import Row, read_lines, text_of


@dataclass(frozen=True)
class SetPassage:
    """A passage of a set; ``document`` names what it was cut from."""

    id: str
    document: str
    title: str
    text: str


Facts = Callable[[str], tuple[str, str, str]]
"""Gives the organisation, kind and date of publication of a document by its name."""


def read_passages(path: Path) -> list[SetPassage]:
    """Read a file of passages, plain or .gz.

    Raises:
        BadLine: a line is no passage.
    """
    return list(read_lines(path, _make_passage))


def _make_passage(row: Row) -> SetPassage:
    id, text = text_of(row, "id"), text_of(row, "text")
    return SetPassage(id, text_of(row, "doc", id), text_of(row, "title", ""), text)


def _no_facts(_: str) -> tuple[str, str, str]:
    return "", "", ""


def make_library(
    data: Path, passages: Iterable[SetPassage], facts: Facts = _no_facts
) -> tuple[Library, dict[tuple[str, int], str]]:
    """Make a library of passages in an empty folder, not indexed yet.

    Gives with it the id of each passage by its document's id in the library and its number.
    Passages of one document stand together, in order.
    """
    library = Library(data)
    library.originals.mkdir(parents=True, exist_ok=True)
    return library, add_passages(library, "set", passages, facts)


def add_passages(
    library: Library, name: str, passages: Iterable[SetPassage], facts: Facts = _no_facts
) -> dict[tuple[str, int], str]:
    """Save the documents that passages were cut from, in a library that has none of this name.

    Gives the id of each passage by its document's id in the library and its number.
    """
    documents = [list(group) for _, group in groupby(passages, lambda each: each.document)]
    files = [f"{name}-{number:07}.txt" for number in range(1, len(documents) + 1)]
    sources = [_make_source(library, Path("/", name, file)) for file in files]
    register(library, Path("/", name), sources, retry=False)
    ids = {}
    with library.begin():  # while a connection is open, SQLite moves its log once, not each time
        for source, group in zip(sources, documents, strict=True):
            save_document(library, source, _make_document(group, facts(group[0].document)))
            for number, passage in enumerate(group, 1):
                ids[source.path.stem, number] = passage.id
    return ids


def _make_source(library: Library, path: Path) -> Source:
    content = str(path).encode()
    source = Source(path, path.name, hashlib.sha256(content).hexdigest())
    (library.originals / source.sha256).write_bytes(content)
    return source


def _make_document(group: list[SetPassage], facts: tuple[str, str, str]) -> Document:
    """Make a document of passages: a title that they share is its title, others are headings."""
    titles = {passage.title for passage in group}
    shared = titles.pop() if len(titles) == 1 else ""
    title, organisation, kind, published, audience, status = (
        Fact(value, "catalogued") for value in (shared, *facts, "public", "current")
    )
    page = Page(1, "\n".join(passage.text for passage in group))
    passages, start = [], 0
    for number, each in enumerate(group, 1):
        span = Span(1, start, start + len(each.text))
        trail = () if shared or not each.title else (each.title,)
        passages.append(Passage(number, each.text, trail, (span,), find_sentences(each.text)))
        start = span.end + 1
    blocks = tuple(Block("paragraph", passage.text, passage.spans) for passage in passages)
    description = Description(
        title, organisation, kind, published, audience=audience, status=status
    )
    return Document(Reading("text/plain", (page,), blocks), description, tuple(passages))
