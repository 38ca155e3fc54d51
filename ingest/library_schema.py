"""The tables of the library: what is in var/library.db, and how records become rows and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

from ingest.records import (
    Acronym,
    Block,
    Description,
    Doubt,
    DoubtfulPages,
    DoubtKind,
    Fact,
    Page,
    Passage,
    Span,
    Word,
)

LIBRARY_VERSION = 1
"""Raise it with any change to the tables; a library of another version is refused."""

metadata = MetaData()

files = Table(
    "files",
    metadata,
    Column("path", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String, nullable=False, default=""),
    Column("document_id", String, nullable=False),
    Column("catalogue", JSON, nullable=False),
    Column("reader_version", Integer, nullable=False),
)
"""Every file ever found. state: pending, read, undescribed (read, but what its catalogue or its
name says now is still to be written down), failed, duplicate or gone."""

documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("version", Integer, nullable=False, default=0),
    Column("withdrawn", String, nullable=False, default=""),
)
"""version is the one that stands, 0 before the first is read; withdrawn is a time or empty."""

versions = Table(
    "versions",
    metadata,
    Column("document_id", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("file", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("paged", Boolean, nullable=False),
    Column("hints", JSON, nullable=False),
    Column("description", JSON, nullable=False),
    Column("quality", JSON, nullable=False),
    Column("read_at", String, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("document_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("label", String, nullable=False),
    Column("width", Float, nullable=False),
    Column("height", Float, nullable=False),
    Column("text", String, nullable=False),
    Column("words", LargeBinary, nullable=False),
    Column("quality", String, nullable=False),
    Column("note", String, nullable=False),
    Column("doubts", JSON, nullable=False),
)

blocks = Table(
    "blocks",
    metadata,
    Column("document_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("level", Integer, nullable=False),
    Column("text", String, nullable=False),
    Column("spans", JSON, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("document_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", String, nullable=False),
    Column("trail", JSON, nullable=False),
    Column("spans", JSON, nullable=False),
    Column("sentences", JSON, nullable=False),
)

acronyms = Table(
    "acronyms",
    metadata,
    Column("document_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("short", String, nullable=False),
    Column("long", String, nullable=False),
    Column("evidence", String, nullable=False),
    Column("spans", JSON, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("folder", String, nullable=False),
    Column("started", String, nullable=False),
    Column("finished", String, nullable=False, default=""),
    Column("report", JSON, nullable=False),
)

Index("files_by_document", files.c.document_id)

Row = dict[str, Any]


def page_row(page: Page) -> Row:
    """Turn a page into the columns of its row, its words packed to about a tenth."""
    words = [(w.start, w.end, *(round(edge, 2) for edge in w.box)) for w in page.words]
    packed = zlib.compress(json.dumps(words, separators=(",", ":")).encode())
    columns = ("number", "label", "width", "height", "text", "quality", "note")
    doubts = [(doubt.kind, doubt.reason) for doubt in page.doubts]
    return {name: getattr(page, name) for name in columns} | {"words": packed, "doubts": doubts}


def page_from_row(row: Any) -> Page:
    """Turn a row of the table pages back into a page."""
    words = tuple(
        Word(start, end, (left, top, right, bottom))
        for start, end, left, top, right, bottom in json.loads(zlib.decompress(row.words))
    )
    doubts = tuple(Doubt(kind, reason) for kind, reason in row.doubts)
    return Page(
        row.number, row.text, row.label, row.width, row.height, words, row.quality, row.note,
        doubts,
    )  # fmt: skip


def block_row(number: int, block: Block) -> Row:
    """Turn a block into the columns of its row; ``number`` is its place, from 1."""
    spans = _pack_spans(block.spans)
    kind, level, text = block.kind, block.level, block.text
    return {"number": number, "kind": kind, "level": level, "text": text, "spans": spans}


def block_from_row(row: Any) -> Block:
    """Turn a row of the table blocks back into a block."""
    return Block(row.kind, row.text, _unpack_spans(row.spans), row.level)


def passage_row(passage: Passage) -> Row:
    """Turn a passage into the columns of its row."""
    return {
        "number": passage.number,
        "text": passage.text,
        "trail": passage.trail,
        "spans": _pack_spans(passage.spans),
        "sentences": passage.sentences,
    }


def passage_from_row(row: Any) -> Passage:
    """Turn a row of the table passages back into a passage."""
    sentences = tuple((start, end) for start, end in row.sentences)
    return Passage(row.number, row.text, tuple(row.trail), _unpack_spans(row.spans), sentences)


def acronym_row(number: int, acronym: Acronym) -> Row:
    """Turn an acronym into the columns of its row; ``number`` is its place, from 1."""
    return {
        "number": number,
        "short": acronym.short,
        "long": acronym.long,
        "evidence": acronym.evidence,
        "spans": _pack_spans(acronym.spans),
    }


def acronym_from_row(row: Any) -> Acronym:
    """Turn a row of the table acronyms back into an acronym."""
    return Acronym(row.short, row.long, row.evidence, _unpack_spans(row.spans))


def description_to_json(description: Description) -> Row:
    """Turn a description into {field: {value, origin, evidence}}, or a list of these."""
    return asdict(description)


def description_from_json(packed: Row) -> Description:
    """Turn what description_to_json gave back into a description; what it lacks is unknown."""
    known = {f.name: packed[f.name] for f in fields(Description) if f.name in packed}
    return Description(**{name: _unpack_facts(value) for name, value in known.items()})


def quality_to_json(pages: Iterable[Page]) -> Row:
    """Sum up how the pages of a document were read, by the names that HeldDocument has for it."""
    pages = tuple(pages)
    doubtful: dict[DoubtKind, list[int]] = {}
    for page in pages:
        for doubt in page.doubts:
            doubtful.setdefault(doubt.kind, []).append(page.number)
    return {
        "unread_pages": [page.number for page in pages if page.quality == "unread"],
        "recognised_pages": [page.number for page in pages if page.quality in ("mixed", "ocr")],
        "doubts": [{"kind": kind, "pages": doubtful[kind]} for kind in sorted(doubtful)],
    }


def quality_from_json(packed: Row) -> Row:
    """Turn what quality_to_json gave, back from JSON, into the fields of a HeldDocument."""
    return {
        "unread_pages": tuple(packed["unread_pages"]),
        "recognised_pages": tuple(packed["recognised_pages"]),
        "doubts": tuple(
            DoubtfulPages(each["kind"], tuple(each["pages"])) for each in packed["doubts"]
        ),
    }


def _unpack_facts(packed: Any) -> Any:
    """One fact or, of a list or tuple, several."""
    if isinstance(packed, dict):
        return Fact(**packed)
    return tuple(Fact(**each) for each in packed)


def _pack_spans(spans: tuple[Span, ...]) -> list[tuple[int, int, int]]:
    return [(span.page, span.start, span.end) for span in spans]


def _unpack_spans(packed: list[tuple[int, int, int]]) -> tuple[Span, ...]:
    return tuple(Span(*span) for span in packed)
