"""The places in a file that tell what it is: its front, its name and its properties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.records import Fact, Reading

_FRONT_CHARACTERS = 1500
_COVER_CHARACTERS = 300
_EVIDENCE_CHARACTERS = 160
_SHORT_LINE_WORDS = 14
_NOT_SEARCHED = ("furniture", "contents")
_TABULAR = ("row", "caption", "picture")


@dataclass(frozen=True)
class Clue:
    """Words to tell something by; ``label`` says where they stand if not in the document.

    ``heading`` is the level of a heading and 0 for other text; ``page`` counts from 1; ``tabular``
    says that it is a row of a table or a caption, whose words are cut short; ``furniture``
    that it is not searched.
    """

    text: str
    label: str = ""
    heading: int = 0
    page: int = 1
    furniture: bool = False
    tabular: bool = False

    @property
    def short(self) -> bool:
        """Whether it is a line such as fronts have, no sentence of running text."""
        return len(self.text.split()) <= _SHORT_LINE_WORDS

    def shows(self, value: str, start: int = 0, end: int = 0) -> Fact:
        """The value as inferred from the words at the offsets, quoted with those around them."""
        return Fact(value, "inferred", self.label + _excerpt(self.text, start, end or start))


@dataclass(frozen=True)
class Clues:
    """All clues of one file; ``front`` is its first page or, without pages, its first lines."""

    front: tuple[Clue, ...]
    body: tuple[Clue, ...]
    file_name: Clue
    properties: dict[str, Clue]


def find_clues(reading: Reading, file_name: str) -> Clues:
    """Collect the clues of a file."""
    body = tuple(
        Clue(
            each.text, "", each.level if each.kind == "heading" else 0, each.spans[0].page,
            each.kind in _NOT_SEARCHED, each.kind in _TABULAR,
        )
        for each in reading.blocks
    )
    properties = {
        name: Clue(value, "document properties: ") for name, value in reading.hints if value
    }
    name = Clue(file_name, "file name: ")
    return Clues(tuple(_front(body)), body, name, properties)


def _front(body: tuple[Clue, ...]) -> Iterator[Clue]:
    """The first page as far as it matters; a cover of few words is read on to the next page."""
    seen = 0
    for clue in body:
        turned = clue.page - body[0].page
        if seen >= _FRONT_CHARACTERS or turned > 1 or (turned and seen > _COVER_CHARACTERS):
            return
        seen += len(clue.text)
        yield clue


def _excerpt(text: str, start: int, end: int) -> str:
    """The words from start to end with some around them, cut at spaces."""
    if len(text) <= _EVIDENCE_CHARACTERS:
        return text
    margin = max(0, _EVIDENCE_CHARACTERS - (end - start)) // 2
    first, last = max(0, start - margin), min(len(text), end + margin)
    if first > 0:
        first = text.find(" ", first, start) + 1 or start
    if last < len(text):
        cut = text.rfind(" ", end, last)
        last = cut if cut > 0 else end
    return text[first:last].strip()
