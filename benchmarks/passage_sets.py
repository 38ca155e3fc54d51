"""Sets of passages and questions (JSON lines), and a plansearch library made of passages as given.

A passage has "id", "doc", "title" and "text"; a question "id", "question", "answerable" and
"gold_passages". Passages are indexed as they were cut, so that figures compare with others'.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from index.build import build_index
from ingest.library import Library
from ingest.records import Block, Description, Document, Fact, Page, Passage, Reading, Span
from ingest.register import register
from ingest.save import save_document
from ingest.sentences import find_sentences
from ingest.sources import Source


@dataclass(frozen=True)
class SetPassage:
    """A passage of a set; ``document`` names what it was cut from."""

    id: str
    document: str
    title: str
    text: str


@dataclass(frozen=True)
class Question:
    """A question that the set answers, and the ids of the passages that do."""

    text: str
    gold: frozenset[str]


Facts = Callable[[str], tuple[str, str, str]]
"""Gives the organisation, kind and date of publication of a document by its name."""


def read_passages(path: Path) -> list[SetPassage]:
    """Read a file of passages, plain or .gz."""
    return [
        SetPassage(row["id"], row["doc"], row.get("title") or "", row["text"])
        for row in read_lines(path)
    ]


def read_questions(path: Path) -> list[Question]:
    """Read the questions of a file that passages of the set answer."""
    return [
        Question(row["question"], frozenset(row["gold_passages"]))
        for row in read_lines(path)
        if row["answerable"] and row["gold_passages"]
    ]


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Read the records of a file of JSON lines, plain or .gz."""
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open()
    with opened as lines:
        yield from (json.loads(line) for line in lines if line.strip())


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
    for source, group in zip(sources, documents, strict=True):
        save_document(library, source, _make_document(group, facts(group[0].document)))
        for number, passage in enumerate(group, 1):
            ids[source.path.stem, number] = passage.id
    return ids


def index_library(library: Library) -> None:
    """Bring the index of a library up to date, without a word."""
    build_index(library, lambda done, total, name: None)


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
