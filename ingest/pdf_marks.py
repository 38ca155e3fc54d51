"""Marked content: what the author's program says of the glyphs between two marks on a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, resolve1, stream_value
from pdfminer.psparser import PSKeyword, PSLiteral, keyword_name
from pdfminer.utils import decode_text

from ingest.pdf_content import read_content

_IN_METHOD_NAMES = str.maketrans({"*": "_a", '"': "_w", "'": "_q"})


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

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out the operators of content streams, but none of a stream within itself."""
        found = [stream_value(stream) for stream in streams]
        within = [stream for stream in found
                  if stream.objid and stream.objid not in self.parent_stream_ids]
        self.stream_ids = {stream.objid for stream in within if stream.objid}
        known: dict[PSKeyword, tuple[Callable[..., None] | None, int]] = {}
        for part in read_content(b"\n".join(stream.get_data() for stream in within)):
            if not isinstance(part, PSKeyword):
                self.push(part)
                continue
            if part not in known:
                known[part] = self._find_operator(part)
            operator, count = known[part]
            operands = self.pop(count) if count else ()
            if operator and len(operands) == count:
                operator(*operands)

    def _find_operator(self, keyword: PSKeyword) -> tuple[Callable[..., None] | None, int]:
        """Give the method of an operator, and how many operands it takes."""
        name = keyword_name(keyword).translate(_IN_METHOD_NAMES)
        method = getattr(self, f"do_{name}", None)
        return method, method.__code__.co_argcount - 1 if method else 0

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
