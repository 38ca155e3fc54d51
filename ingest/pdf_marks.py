"""Marked content: what the author's program says of the glyphs between two marks on a page."""

from __future__ import annotations

from typing import Any, NamedTuple

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text


class Mark(NamedTuple):
    """A stretch of marked content within ``outer``.

    ``form`` is the object number of the form that it is in (0: the page itself), ``mcid`` its
    number there (-1: none); ``artifact`` says that it is no part of the text proper.
    """

    form: int
    mcid: int
    artifact: bool
    outer: Mark | None


class Marks:
    """The marks that are open at a point of a page."""

    def __init__(self) -> None:
        self.open: list[tuple[Mark | None, str, int]] = []
        self.current: Mark | None = None
        self.forms = [0]

    def begin(self, tag: Any, properties: Any, glyphs: int) -> None:
        """Open a mark after so many glyphs."""
        found = resolve1(properties)
        found = found if isinstance(found, dict) else {}
        self.open.append((self.current, _actual_text(found), glyphs))
        mcid = resolve1(found.get("MCID"))
        artifact = isinstance(tag, PSLiteral) and tag.name == "Artifact"
        if artifact or isinstance(mcid, int):
            self.current = Mark(self.forms[-1], mcid if isinstance(mcid, int) else -1,
                                artifact, self.current)

    def end(self) -> tuple[str, int]:
        """Close the innermost mark; give what its glyphs stand for ("" where they do not say so)
        and how many glyphs stood before them."""
        if not self.open:
            return "", 0
        self.current, text, glyphs = self.open.pop()
        return text, glyphs


def _actual_text(properties: dict[str, Any]) -> str:
    value = resolve1(properties.get("ActualText"))
    return decode_text(value) if isinstance(value, bytes) else ""


class MarkingInterpreter(PDFPageInterpreter):
    """Tells its device which form is being painted, and what named properties stand for."""

    device: Any

    def do_BDC(self, tag: Any, props: Any) -> None:
        """Open a mark, whose properties may be named among the resources."""
        if isinstance(props, PSLiteral):
            named = resolve1(self.resources.get("Properties"))
            props = named.get(props.name) if isinstance(named, dict) else None
        super().do_BDC(tag, resolve1(props))

    def do_Do(self, xobjid_arg: Any) -> None:
        """Paint an object; marks that a form opens end with it."""
        name = xobjid_arg.name if isinstance(xobjid_arg, PSLiteral) else None
        stream = resolve1(self.xobjmap.get(name))
        marks: Marks = self.device.marks
        opened, current = len(marks.open), marks.current
        marks.forms.append(stream.objid or 0 if isinstance(stream, PDFStream) else 0)
        super().do_Do(xobjid_arg)
        marks.forms.pop()
        del marks.open[opened:]
        marks.current = current
