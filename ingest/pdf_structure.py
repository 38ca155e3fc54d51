"""The structure tree of a tagged PDF: its elements, each of a standard role, in logical order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Union

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import PSLiteral

DEEPEST_ELEMENT = 60
MOST_ELEMENTS = 400_000
MOST_SPANNED = 100
"""A cell that claims to span more columns or rows than these spans one."""

STANDARD = frozenset(
    "Document DocumentFragment Part Art Sect Div BlockQuote TOC TOCI Index NonStruct Private P H "
    "Title L LI Lbl LBody Table TR TH TD THead TBody TFoot Caption Note FENote Figure Formula "
    "Form Span Quote Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Aside Em "
    "Strong Sub Artifact".split())
HEADING = re.compile(r"H(\d{1,2})")
HEADING_NAME = re.compile(r"(?:heading|h)[ _-]?([1-9])", re.IGNORECASE)


class Leaf(NamedTuple):
    """A stretch of marked content: its page (from 1), the form it is in (0: none), its MCID."""

    page: int
    form: int
    mcid: int


@dataclass(frozen=True)
class Element:
    """An element of a standard role (H1 to H99 besides), with what it holds.

    ``columns`` and ``rows`` are how many of them a cell of a table spans.
    """

    role: str
    kids: tuple[Union[Element, Leaf], ...]
    columns: int = 1
    rows: int = 1


def read_structure(document: PDFDocument, pages: Sequence[PDFPage]) -> Element | None:
    """Give the structure tree under one element, None where the PDF is not tagged.

    What is malformed is left out; what pdfminer raises on a damaged file is for the caller.
    """
    root = resolve1(document.catalog.get("StructTreeRoot"))
    if not isinstance(root, dict):
        return None
    return Element("Document", tuple(_Walker(root, pages).walk()))


class _Walker:
    """Walks a structure tree once, never into an element that it has been in."""

    def __init__(self, root: Mapping[str, Any], pages: Sequence[PDFPage]) -> None:
        self._root = root
        roles = resolve1(root.get("RoleMap"))
        self._roles: Mapping[str, Any] = roles if isinstance(roles, dict) else {}
        self._number_of = {page.pageid: number for number, page in enumerate(pages, start=1)}
        self._seen: set[int] = set()

    def walk(self) -> Iterator[Element | Leaf]:
        """Give what stands at the top of the tree."""
        return self._walk_kids(self._root.get("K"), 0, DEEPEST_ELEMENT)

    def _walk_kids(self, kids: Any, page: int, depth: int) -> Iterator[Element | Leaf]:
        """Give the elements and leaves of a K entry, be it one of them or an array."""
        value = self._enter(kids)
        if isinstance(value, list):
            for kid in value:
                if not isinstance(resolve1(kid), list):
                    yield from self._walk_kids(kid, page, depth)
        elif isinstance(value, int):
            yield Leaf(page, 0, value)
        elif isinstance(value, dict):
            page = self._page_of(value, page)
            kind = _name(value.get("Type"))
            if kind == "MCR":
                yield from self._read_reference(value, page)
            elif kind != "OBJR" and depth:
                yield self._read_element(value, page, depth)

    def _enter(self, value: Any) -> Any:
        """Resolve a reference, to nothing where it was met before or there are too many."""
        if not isinstance(value, PDFObjRef):
            return value
        if value.objid in self._seen or len(self._seen) >= MOST_ELEMENTS:
            return None
        self._seen.add(value.objid)
        return resolve1(value)

    def _page_of(self, value: Mapping[str, Any], page: int) -> int:
        own = value.get("Pg")
        return self._number_of.get(own.objid, 0) if isinstance(own, PDFObjRef) else page

    def _read_reference(self, value: Mapping[str, Any], page: int) -> Iterator[Leaf]:
        mcid, form = resolve1(value.get("MCID")), value.get("Stm")
        if isinstance(mcid, int):
            yield Leaf(page, form.objid if isinstance(form, PDFObjRef) else 0, mcid)

    def _read_element(self, value: Mapping[str, Any], page: int, depth: int) -> Element:
        role = self._role_of(_name(value.get("S")))
        kids = tuple(self._walk_kids(value.get("K"), page, depth - 1))
        if role not in ("TD", "TH"):
            return Element(role, kids)
        return Element(role, kids, _spanned(value, "ColSpan"), _spanned(value, "RowSpan"))

    def _role_of(self, name: str) -> str:
        """Give the standard role that a name stands for; Span where it stands for none."""
        for _ in range(10):
            if name in STANDARD or HEADING.fullmatch(name):
                return name
            mapped = _name(self._roles.get(name))
            if not mapped:
                break
            name = mapped
        heading = HEADING_NAME.fullmatch(name)
        return f"H{heading.group(1)}" if heading else "Span"


def _name(value: Any) -> str:
    value = resolve1(value)
    name = value.name if isinstance(value, PSLiteral) else ""
    return name if isinstance(name, str) else name.decode("latin-1")


def _spanned(value: Mapping[str, Any], name: str) -> int:
    """Give how many columns or rows the attributes of a cell say that it spans."""
    attributes = resolve1(value.get("A"))
    for each in attributes if isinstance(attributes, list) else [attributes]:
        each = resolve1(each)
        each = each.attrs if isinstance(each, PDFStream) else each
        found = resolve1(each.get(name)) if isinstance(each, dict) else None
        if isinstance(found, int) and 1 <= found <= MOST_SPANNED:
            return found
    return 1
