"""The markup of the sample documents: a few fields, a line of dashes, then pieces.

Pieces are parted by blank lines. ``#``, ``##`` and ``###`` begin headings, ``-`` list items,
``|`` table rows (the first is the header row), ``^`` a caption, ``>`` a boxed note. A line that
begins with ``!`` is an order to the layout: ``!page`` begins a page, ``!rotated`` and ``!upright``
begin a page of that sort, ``!body`` begins page 1 after the front matter, ``!scan`` gives a
page to a picture. ``**bold**`` stands anywhere, ``~`` is where a word may be hyphenated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MARKS = {"#": "heading", "-": "items", "|": "table", "^": "caption", ">": "note", "!": "order"}
NOTICE = (
    "This is a sample document written for plansearch. It is not a publication of {organisation}, "
    "and its statements and figures are made up."
)


@dataclass(frozen=True)
class Piece:
    """A heading, paragraph, list, table, caption, note or order; ``rows`` are cells or items."""

    kind: str
    text: str
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Sample:
    """A sample document before it is set in its format, which the ending of ``file`` names.

    ``about`` is the line (in PDFs with a cover: lines, parted by `` / ``) under the title;
    ``dated`` a day that HTML and Word files bear inside, ``cover`` one of bar, bars and full,
    ``scan`` the picture that an order ``!scan`` places, ``size`` the size of type in points.
    """

    pieces: tuple[Piece, ...]
    file: str
    title: str
    organisation: str
    about: str = ""
    features: str = ""
    dated: str = ""
    header: str = ""
    footer: str = ""
    font: str = "helvetica"
    size: str = "10.5"
    colour: str = "#005eb8"
    cover: str = ""
    scan: str = ""

    @property
    def notice(self) -> str:
        """Say that this is a sample and whose publication it is not."""
        return NOTICE.format(organisation=self.organisation)

    def has(self, feature: str) -> bool:
        """Tell whether the document asks for a feature of the layout."""
        return feature in self.features.split()


def read_sample(path: Path) -> Sample:
    """Read a document in the markup."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    pairs = (line.split(":", 1) for line in head.splitlines())
    fields = {name.strip(): value.strip() for name, value in pairs}
    chunks = re.split(r"\n\s*\n", body.strip())
    return Sample(tuple(parse_piece(chunk) for chunk in chunks), **fields)


def parse_piece(chunk: str) -> Piece:
    """Make a piece of the lines between two blank lines."""
    kind = MARKS.get(chunk[0], "paragraph")
    if kind == "table":
        return Piece(kind, "", rows=tuple(_split_cells(line) for line in chunk.splitlines()))
    text = " ".join(chunk.split())
    if kind == "items":
        items = re.split(r"\n- ", chunk[2:])
        return Piece(kind, "", rows=tuple((" ".join(item.split()),) for item in items))
    if kind == "heading":
        return Piece(kind, text.lstrip("# "), len(text) - len(text.lstrip("#")))
    return Piece(kind, text if kind == "paragraph" else text[1:].strip())


def _split_cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip("| ").split("|"))


def strip_marks(text: str) -> str:
    """Take the marks for bold and hyphens out of a text."""
    return text.replace("**", "").replace("~", "")


def split_bold(text: str) -> Iterator[tuple[str, bool]]:
    """Give the runs of a text, each with whether it is bold."""
    for place, run in enumerate(text.replace("~", "").split("**")):
        if run:
            yield run, place % 2 == 1
