"""Read web pages: the main content in order, without menus, banners and scripts."""

from __future__ import annotations

import codecs
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PreformattedString, Tag

from ingest.compose import Draft, clean_text, compose_reading
from ingest.errors import UnreadableFile
from ingest.html_hints import find_hints
from ingest.html_main import find_main, remove
from ingest.html_tables import Pending, cells_of, is_header, is_layout, spread
from ingest.records import CELL, Reading

_HEADING = re.compile(r"h[1-6]")
_BLOCK = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main ol p pre section "
    "summary table tbody td tfoot th thead tr ul".split()
)
_BULLET = "• "
_FEWEST_BULLETS = 2
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\f\r") | {127}
_MOST_WORDS_IN_A_DEFINITION = 40
_BULLETED = re.compile(r"[•·▪●◦‣\-–*]\s+(?=\S)")
_FURNITURE = re.compile(
    r"(?:back|return) to (?:the )?top|print (?:this )?page|share (?:this\b.*|on\b.*|page)"
    r"|skip to .*|follow us\b.*|(?:accept|reject) (?:all |additional )?cookies|cookie settings"
    r"|(?:previous|next)(?: (?:page|article|post)\b.*)?|(?:show|hide) all(?: sections| updates)?"
    r"|is this page useful\?.*|was this (?:page )?helpful\?.*|you are here:?.*",
    re.I,
)
_MOST_FURNITURE_WORDS = 10
_DEEPEST = 1000
"""No sane page nests its elements so deeply; to search one that does takes minutes."""


def read_html(path: Path) -> Reading:
    """Read a web page; raises UnreadableFile where it has no text or is no sane page."""
    drafts, hints = read_markup(path.read_bytes(), path.name)
    return compose_reading(path, "text/html", drafts, hints)


def read_markup(
    content: bytes | str, file_name: str, unseen: str = ""
) -> tuple[list[Draft], tuple[tuple[str, str], ...]]:
    """Read the markup of a page: its main content as drafts, and its hints.

    ``unseen`` selects what is left out besides what never is text.

    Raises:
        UnreadableFile: it is nested too deeply.
    """
    soup = _parse(content)
    try:
        _check_depth(soup)
        hints = tuple(find_hints(soup))
        if unseen:
            remove(soup, unseen)
        found = [draft for part in find_main(soup) for draft in _block(part)]
        return list(map(_mark_furniture, found)), hints
    except RecursionError as error:
        raise UnreadableFile(
            f"{file_name} nests its elements too deeply. Open it in a browser and save it as PDF."
        ) from error


def _check_depth(soup: BeautifulSoup) -> None:
    depths = {id(soup): 0}
    for tag in soup.find_all(True):
        depths[id(tag)] = depths[id(tag.parent)] + 1
    if max(depths.values()) > _DEEPEST:
        raise RecursionError


def _parse(content: bytes | str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(_without_controls(content), "lxml")


def _without_controls(content: bytes | str) -> bytes | str:
    """Drop control characters, on which lxml stops; UTF-16 has such bytes in its letters."""
    if isinstance(content, bytes):
        if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.translate(None, bytes(_CONTROLS))
        content = content.decode("utf-16", "replace")
    return content.translate(dict.fromkeys(_CONTROLS))


def _mark_furniture(draft: Draft) -> Draft:
    text = clean_text(draft[2]).removeprefix(_BULLET)
    short = len(text.split()) <= _MOST_FURNITURE_WORDS
    return ("furniture", 0, draft[2]) if short and _FURNITURE.fullmatch(text) else draft


def _drafts(parent: Tag) -> Iterator[Draft]:
    for run in _runs(parent):
        yield from _paragraphs(run) if isinstance(run, str) else _block(run)


def _runs(parent: Tag) -> Iterator[Tag | str]:
    """The children that hold blocks, and the text that stands loose between them."""
    inline: list[str] = []
    for child in parent.children:
        if isinstance(child, Tag) and _holds_blocks(child):
            yield "".join(inline)
            inline = []
            yield child
        elif isinstance(child, Tag):
            inline.append("\n" if child.name == "br" else _inline_text(child))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            inline.append(_flat(child))
    yield "".join(inline)


def _holds_blocks(tag: Tag) -> bool:
    return tag.name in _BLOCK or tag.find(_BLOCK) is not None


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _inline_text(tag: Tag) -> str:
    for line_break in tag.find_all("br"):
        line_break.replace_with("\v")
    return _flat(tag.get_text().replace("\v", "\0")).replace("\0", "\n")


def _paragraphs(inline: str) -> Iterator[Draft]:
    """Two line breaks in a row part paragraphs; a single one is a space, or parts bullets."""
    for text in re.split(r"\n\s*\n", inline):
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        bullets = [_BULLETED.match(line) for line in lines]
        if sum(map(bool, bullets)) < _FEWEST_BULLETS:
            yield "paragraph", 0, text
            continue
        for line, bullet in zip(lines, bullets):
            yield ("item", 0, _BULLET + line[bullet.end():]) if bullet else ("paragraph", 0, line)


def _block(tag: Tag) -> Iterator[Draft]:
    if _HEADING.fullmatch(tag.name):
        yield "heading", int(tag.name[1]), _joined(tag)
    elif tag.name in ("ul", "ol"):
        yield from _items(tag)
    elif tag.name == "table":
        yield from _table(tag)
    elif tag.name == "dl":
        yield from _definitions(tag)
    elif tag.name in ("caption", "figcaption"):
        yield "caption", 0, _joined(tag)
    else:
        yield from _drafts(tag)


def _joined(tag: Tag) -> str:
    return " ".join(filter(None, (clean_text(text) for _, _, text in _drafts(tag))))


def _items(group: Tag) -> Iterator[Draft]:
    number = _number(group.get("start"), 1)
    for run in _runs(group):
        if isinstance(run, str):
            yield from _paragraphs(run)
        elif run.name == "li":
            number = _number(run.get("value"), number)
            yield from _item(run, f"{number}. " if group.name == "ol" else _BULLET)
            number += 1
        else:
            yield from _block(run)


def _number(attribute: object, otherwise: int) -> int:
    return int(str(attribute)) if str(attribute).isdecimal() else otherwise


def _item(li: Tag, marker: str) -> Iterator[Draft]:
    """The first words of an item carry its marker; what else it holds follows."""
    drafts = [draft for draft in _drafts(li) if draft[2].strip()]
    if drafts and drafts[0][0] == "paragraph":
        yield "item", 0, marker + drafts[0][2]
        drafts = drafts[1:]
    yield from drafts


def _definitions(group: Tag) -> Iterator[Draft]:
    """A term with a short definition is a row; else both are paragraphs."""
    terms: list[str] = []
    for part in group.find_all(("dt", "dd")):
        if part.find_parent("dl") is not group:
            continue
        if part.name == "dt":
            terms.append(_joined(part))
            continue
        drafts = [draft for draft in _drafts(part) if draft[2].strip()]
        words = sum(len(text.split()) for _, _, text in drafts)
        plain = all(kind == "paragraph" for kind, _, _ in drafts)
        if terms and plain and words <= _MOST_WORDS_IN_A_DEFINITION:
            yield "row", 0, CELL.join([", ".join(terms), _joined(part)])
        else:
            yield from (("paragraph", 0, term) for term in terms)
            yield from drafts
        terms = []
    yield from (("paragraph", 0, term) for term in terms)


def _table(table: Tag) -> Iterator[Draft]:
    yield from _table_parts(table, None if is_layout(table) else {})


def _table_parts(part: Tag, pending: Pending | None) -> Iterator[Draft]:
    """The rows under a table or a part of one, and what stands loose between them.

    ``pending`` is None where the table is for layout.
    """
    for run in _runs(part):
        if isinstance(run, str):
            yield from _paragraphs(run)
        elif run.name == "tr":
            yield from _row(run, pending)
        elif run.name != "table" and run.find("tr"):
            yield from _table_parts(run, pending)
        else:
            yield from _block(run)


def _row(tr: Tag, pending: Pending | None) -> Iterator[Draft]:
    cells = cells_of(tr)
    for run in _runs(tr):
        if isinstance(run, str):
            yield from _paragraphs(run)
        elif run.name not in ("td", "th"):
            yield from _block(run)
    if pending is None:
        yield from (draft for cell in cells for draft in _drafts(cell))
    else:
        texts = [_joined(cell) for cell in cells]
        level = int(is_header(tr, cells))
        yield "row", level, CELL.join(spread(cells, texts, pending))
