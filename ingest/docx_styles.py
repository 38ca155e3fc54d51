"""What the styles and lists of a Word document say of a paragraph: its role and its marker."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from ingest.records import BlockKind

_HEADING_STYLE = re.compile(r"heading (\d)")
_LEVEL_IN_PATTERN = re.compile(r"%(\d)")
_BULLET = "•"
_DEEPEST_HEADING = 9
_MOST_HEADING_WORDS = 14
_NO_HEADING_ENDS = (".", ",", ";", ":")


class Styles:
    """The styles and numberings of one document; it counts list items as they are asked for."""

    def __init__(self, document: Document) -> None:
        self._styles = {
            style.get(qn("w:styleId")): style
            for style in document.styles.element.findall(qn("w:style"))
        }
        self._levels = dict(_numbering_levels(document))
        self._counts: dict[tuple[str, int], int] = {}
        self._level = 0

    def role(self, paragraph: Any) -> tuple[BlockKind, int, str]:
        """The kind, heading level and list marker of a paragraph."""
        chain = tuple(self._chain(paragraph))
        names = [_style_name(each) for each in chain[1:]]
        if level := _heading_level(chain, names):
            self._level = level
            return "heading", level, ""
        if any(name.startswith("toc ") or name in ("header", "footer") for name in names):
            return "furniture", 0, ""
        if "caption" in names:
            return "caption", 0, ""
        number = _first(chain, "w:numPr/w:numId")
        if number not in ("", "0"):
            return "item", 0, self._marker(number, int(_first(chain, "w:numPr/w:ilvl") or 0))
        if any(name.startswith("list") and name != "list paragraph" for name in names):
            return "item", 0, _BULLET
        if _is_bold_line(chain):
            return "heading", self._level + 1, ""
        return "paragraph", 0, ""

    def has_first_row(self, style_id: str) -> bool:
        """Whether a table style, or one that it is based on, sets off the first row."""
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            parts = style.findall(qn("w:tblStylePr"))
            if any(part.get(qn("w:type")) == "firstRow" for part in parts):
                return True
            style_id = _value(style, "w:basedOn")
        return False

    def _chain(self, paragraph: Any) -> Iterator[Any]:
        """The paragraph, its style, and the styles that this is based on."""
        yield paragraph
        style_id = _value(paragraph, "w:pPr/w:pStyle")
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield self._styles[style_id]
            style_id = _value(self._styles[style_id], "w:basedOn")

    def _marker(self, number: str, level: int) -> str:
        form, pattern = self._levels.get((number, level), ("bullet", ""))
        if form in ("bullet", "none"):
            return _BULLET
        self._counts[number, level] = self._counts.get((number, level), 0) + 1
        for deeper in [key for key in self._counts if key[0] == number and key[1] > level]:
            del self._counts[deeper]
        return _LEVEL_IN_PATTERN.sub(lambda match: self._count(number, int(match[1]) - 1), pattern)

    def _count(self, number: str, level: int) -> str:
        count = self._counts.get((number, level), 1)
        form, _ = self._levels.get((number, level), ("decimal", ""))
        return _FORMS.get(form, str)(count)


def _letter(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26)


def _roman(count: int) -> str:
    tens, units = divmod(count, 10)
    return "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[units]


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
}


def _heading_level(chain: tuple[Any, ...], names: list[str]) -> int:
    """From 1; 0 where the paragraph is no heading."""
    if "title" in names:
        return 1
    for name in names:
        if match := _HEADING_STYLE.fullmatch(name):
            return int(match[1])
    outline = _first(chain, "w:outlineLvl")
    return int(outline) + 1 if outline.isdecimal() and int(outline) < _DEEPEST_HEADING else 0


def _is_bold_line(chain: tuple[Any, ...]) -> bool:
    """Whether a paragraph is a few words in bold: a heading of an author who uses no styles."""
    paragraph, *styles = chain
    runs = [run for run in paragraph.iter(qn("w:r")) if _text(run).strip()]
    text = "".join(map(_text, runs)).strip()
    if not text or text.endswith(_NO_HEADING_ENDS) or len(text.split()) > _MOST_HEADING_WORDS:
        return False
    by_style = next((bold for style in styles if (bold := _bold(style)) is not None), False)
    return text[0].isalnum() and all(
        by_style if (bold := _bold(run)) is None else bold for run in runs
    )


def _text(run: Any) -> str:
    return "".join(part.text or "" for part in run.iterchildren(qn("w:t")))


def _bold(element: Any) -> bool | None:
    """Whether a run or style is bold; None where it does not say."""
    found = element.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return None if found is None else found.get(qn("w:val")) not in ("0", "false", "off")


def _style_name(style: Any) -> str:
    return _value(style, "w:name").lower()


def _first(chain: tuple[Any, ...], path: str) -> str:
    """The nearest value along the chain of a paragraph property."""
    return next((value for each in chain if (value := _value(each, f"w:pPr/{path}"))), "")


def _value(element: Any, path: str) -> str:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    return "" if found is None else found.get(qn("w:val")) or ""


def _numbering_levels(document: Document) -> Iterator[tuple[tuple[str, int], tuple[str, str]]]:
    """Of each (list, level): the form of its numbers and their pattern, such as ``%1.%2``."""
    parts = [rel.target_part for rel in document.part.rels.values() if "numbering" in rel.reltype]
    for root in (part.element for part in parts):
        abstract = {
            each.get(qn("w:abstractNumId")): each for each in root.findall(qn("w:abstractNum"))
        }
        for number in root.findall(qn("w:num")):
            pattern = abstract.get(_value(number, "w:abstractNumId"))
            for level in () if pattern is None else pattern.findall(qn("w:lvl")):
                key = number.get(qn("w:numId")), int(level.get(qn("w:ilvl")))
                yield key, (_value(level, "w:numFmt"), _value(level, "w:lvlText"))
