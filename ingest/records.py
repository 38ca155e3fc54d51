"""The records that ingest makes: what was read of a file, and where on its pages it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal[
    "heading", "paragraph", "item", "row", "caption", "note", "picture", "contents", "furniture"
]
Quality = Literal["text", "mixed", "ocr", "unread"]
"""How a page was read: from its text, from that and a picture on it, from its image, not at all."""

DoubtKind = Literal["garbled", "incomplete", "order", "table", "picture"]
Origin = Literal["catalogued", "inferred", "unknown"]

Box = tuple[float, float, float, float]
"""left, top, right, bottom in points (1/72 inch) from the top left of the page as displayed:
its crop box, after its rotation."""

CELL = "\t"
"""What stands between the cells of a table row in a page's text."""


@dataclass(frozen=True)
class Word:
    """A printed word: its offsets in the text of its page, and its box on it.

    A word that was hyphenated over two lines is two Words, one a line.
    """

    start: int
    end: int
    box: Box


@dataclass(frozen=True)
class Doubt:
    """Why a page may not say what is printed on it, and a sentence for a person that says so."""

    kind: DoubtKind
    reason: str


@dataclass(frozen=True)
class Page:
    """One page; documents without pages (HTML, DOCX, text) are one Page without words.

    ``number`` counts from 1; ``label`` is the page number as printed, where it is known;
    ``width`` and ``height`` are in points, 0 where there is no page to show. ``text`` holds all
    that was read, one line a block (or part of a block), furniture included. ``note`` says in a
    sentence what a reader should know of the reading, and is empty where there is nothing to say.
    """

    number: int
    text: str
    label: str = ""
    width: float = 0.0
    height: float = 0.0
    words: tuple[Word, ...] = ()
    quality: Quality = "text"
    note: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Span:
    """A stretch of the text of one page; ``page`` counts from 1, offsets from 0."""

    page: int
    start: int
    end: int


@dataclass(frozen=True)
class Block:
    """A piece of a document in reading order.

    ``text`` is the text under its spans, joined by one space where it runs over a page break.
    ``level`` counts from 1 (outermost) for headings, is 1 for a header row of a table, and is 0
    otherwise. A row's cells are parted by CELL. A "picture" holds what was recognised in one.
    Furniture (running headers and footers, page numbers) and the entries of a table of contents
    are kept but not searched.
    """

    kind: BlockKind
    text: str
    spans: tuple[Span, ...]
    level: int = 0

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a table row; the whole text as one cell for other kinds."""
        return tuple(self.text.split(CELL))


@dataclass(frozen=True)
class Passage:
    """The unit of search: whole consecutive blocks of one section.

    ``number`` counts from 1 within the document. ``trail`` names the headings above it, outermost
    first. ``text`` is the text under ``spans``, each parted from the next by exactly one
    character (a line break between blocks, a space within one), so that an offset in the passage
    can be traced to a page. ``sentences`` are (start, end) offsets in ``text``.
    """

    number: int
    text: str
    trail: tuple[str, ...]
    spans: tuple[Span, ...]
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Reading:
    """What a reader of one format makes of a file, before it is described.

    ``paged`` is false where the format has no pages of its own. ``hints`` are what the file says
    of itself: of "title", "author", "published", those that it has.
    """

    media_type: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    paged: bool = False
    hints: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Fact:
    """A value that describes a document, where it is from, and the words that show it."""

    value: str = ""
    origin: Origin = "unknown"
    evidence: str = ""


@dataclass(frozen=True)
class Description:
    """What is known about a document; each Fact says whether it was catalogued or inferred.

    ``published`` is YYYY, YYYY-MM or YYYY-MM-DD, as precise as is known; ``period`` is
    "2016-2021" or one year; ``supersedes`` is the file name of the older document; ``audience``
    is "public" or "staff"; ``status`` is "draft", "current" or "superseded". Of ``themes`` and
    ``places`` it has any number, the most important first.
    """

    title: Fact = Fact()
    organisation: Fact = Fact()
    kind: Fact = Fact()
    published: Fact = Fact()
    period: Fact = Fact()
    status: Fact = Fact()
    supersedes: Fact = Fact()
    audience: Fact = Fact()
    source: Fact = Fact()
    themes: tuple[Fact, ...] = ()
    places: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Acronym:
    """A short form that a document defines, what it stands for, and the sentence that says so.

    ``short`` is without a plural s; ``long`` is as printed; ``spans`` place the evidence.
    """

    short: str
    long: str
    evidence: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Document:
    """One version of a document, read and described, ready to be kept in the library."""

    reading: Reading
    description: Description
    passages: tuple[Passage, ...]
    acronyms: tuple[Acronym, ...] = ()


@dataclass(frozen=True)
class DoubtfulPages:
    """The pages of a document, counted from 1, that share a kind of doubt."""

    kind: DoubtKind
    pages: tuple[int, ...]


@dataclass(frozen=True)
class HeldDocument:
    """A document as the library holds it: the version that stands, or one asked for.

    ``file`` is the name of its file, ``read_at`` and ``withdrawn`` are times (ISO 8601, UTC),
    the latter empty while the file is still in its folder. ``unread_pages`` and
    ``recognised_pages`` (of which some or all words were recognised in a picture) count from 1.
    ``older`` and ``newer`` are the ids of the documents that it supersedes and that supersede it.
    """

    id: str
    version: int
    file: str
    sha256: str
    media_type: str
    paged: bool
    read_at: str
    withdrawn: str
    description: Description
    page_count: int
    unread_pages: tuple[int, ...] = ()
    recognised_pages: tuple[int, ...] = ()
    doubts: tuple[DoubtfulPages, ...] = ()
    older: tuple[str, ...] = ()
    newer: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unread:
    """A file of which nothing can be searched, and why, as a sentence.

    ``document`` is the id that it has or will have; ``organisation`` and ``published`` are what its
    catalogue says. They are empty where nothing is known.
    """

    file: str
    reason: str
    audience: str = "public"
    document: str = ""
    organisation: str = ""
    published: str = ""
