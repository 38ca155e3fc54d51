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
from ingest.dates import parse_date
from ingest.errors import UnreadableFile
from ingest.records import CELL, Reading

_NEVER_TEXT = (
    "script, style, noscript, template, svg, iframe, object, button, select, input, textarea,"
    "[hidden], [aria-hidden=true], [role=navigation], [role=banner], [role=search],"
    "[role=contentinfo], [role=dialog], nav"
)
_AROUND_THE_MAIN = "header, footer, aside, #header, #footer, #nav, #navigation, #menu, #sidebar"
_BANNER = re.compile(r"cookie|consent-banner|breadcrumb|skip-?(link|to|nav)|social-share", re.I)
_MAIN = ("main", "[role=main]", "article", "#main-content", "#maincontent", "#content")
_HEADING = re.compile(r"h[1-6]")
_BLOCK = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main ol p pre section "
    "summary table tbody td tfoot th thead tr ul".split()
)
_BULLET = "• "
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\f\r") | {127}

_TITLES = ("meta[property='og:title']", "title", "h1")
_AUTHORS = ("meta[name='author' i]", "meta[name='dc.creator' i]", "meta[name='dcterms.creator' i]")
_PUBLISHED = (
    "meta[property='article:published_time']",
    "meta[name='govuk:first-published-at']",
    "meta[name='dcterms.issued' i]",
    "meta[name='dc.date.issued' i]",
    "meta[name='dcterms.date' i]",
    "meta[name='dc.date' i]",
    "meta[name='dcterms.created' i]",
    "meta[name='date' i]",
    "meta[itemprop='datePublished']",
    "time[datetime]",
)


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
    hints = tuple(_hints(soup))
    try:
        if unseen:
            _remove(soup.select(unseen))
        return list(_drafts(_main_content(soup))), hints
    except RecursionError as error:
        raise UnreadableFile(
            f"{file_name} nests its elements too deeply. Open it in a browser and save it as PDF."
        ) from error


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


def _hints(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    for name, selectors in (("title", _TITLES), ("author", _AUTHORS)):
        if values := _values(soup, selectors):
            yield name, values[0]
    for value in _values(soup, _PUBLISHED):
        if date := parse_date(value):
            yield "published", date
            return


def _values(soup: BeautifulSoup, selectors: tuple[str, ...]) -> list[str]:
    found = (tag for selector in selectors for tag in soup.select(selector))
    values = (tag.get("content") or tag.get("datetime") or tag.get_text() for tag in found)
    return [text for value in values if (text := clean_text(str(value)))]


def _main_content(soup: BeautifulSoup) -> Tag:
    body = soup.body or soup
    _remove(body.select(_NEVER_TEXT))
    _remove([tag for tag in body.find_all(True) if _is_banner(tag)])
    for selector in _MAIN:
        found = body.select(selector)
        if len(found) == 1 and 4 * len(found[0].get_text()) > len(body.get_text()):
            return found[0]
    around = list(body.select(_AROUND_THE_MAIN))
    if not any(h1.find_parent(("header", "aside")) is None for h1 in body.find_all("h1")):
        around = [tag for tag in around if not tag.find("h1")]
    _remove(around)
    return body


def _remove(tags: list[Tag]) -> None:
    for tag in tags:
        if not tag.decomposed:
            tag.decompose()


def _is_banner(tag: Tag) -> bool:
    if tag.name in ("body", "html", "main", "article"):
        return False
    names = [str(tag.get("id") or ""), *(tag.get_attribute_list("class"))]
    return any(_BANNER.search(name) for name in names if name)


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
    """Two line breaks in a row part paragraphs; a single one is a space."""
    for text in re.split(r"\n\s*\n", inline):
        yield "paragraph", 0, text


def _block(tag: Tag) -> Iterator[Draft]:
    if _HEADING.fullmatch(tag.name):
        yield "heading", int(tag.name[1]), _joined(tag)
    elif tag.name in ("ul", "ol"):
        yield from _items(tag)
    elif tag.name == "table":
        yield from _table(tag)
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


def _table(table: Tag) -> Iterator[Draft]:
    rows = [tr for tr in table.find_all("tr") if tr.find_parent("table") is table]
    cells = [tr.find_all(("td", "th"), recursive=False) for tr in rows]
    yield from _table_parts(table, _is_layout(table, cells))


def _table_parts(part: Tag, layout: bool) -> Iterator[Draft]:
    """The rows under a table or a part of one, and what stands loose between them."""
    for run in _runs(part):
        if isinstance(run, str):
            yield from _paragraphs(run)
        elif run.name == "tr":
            yield from _row(run, layout)
        elif run.name != "table" and run.find("tr"):
            yield from _table_parts(run, layout)
        else:
            yield from _block(run)


def _row(tr: Tag, layout: bool) -> Iterator[Draft]:
    cells: list[Tag] = []
    for run in _runs(tr):
        if isinstance(run, str):
            yield from _paragraphs(run)
        elif run.name in ("td", "th"):
            cells.append(run)
        else:
            yield from _block(run)
    if layout:
        yield from (draft for cell in cells for draft in _drafts(cell))
    else:
        yield "row", 0, CELL.join(_joined(cell) for cell in cells)


def _is_layout(table: Tag, cells: list[list[Tag]]) -> bool:
    """Whether the table only places things on the page: its cells are then read one by one."""
    if table.get("role") == "presentation" or all(len(row) < 2 for row in cells):
        return True
    return any(cell.find(("table", "h1", "h2")) for row in cells for cell in row)
