"""Sets a sample document as a PDF: cover or masthead, pages, headings, tables, outline, labels.

Lengths are in points, 1/72 inch. A document is set three times: the first time tells how many
pages there are and where the headings stand, which the contents page and the footers print; the
second moves what the contents page pushes along; the third is kept.
"""

from __future__ import annotations

import io

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    BaseDocTemplate, Flowable, NextPageTemplate, PageBreak, Paragraph, Spacer)

from corpus.markup import Piece, Sample
from corpus.pdf_pages import TEXT_WIDE, Setting, make_page_templates, text_width
from corpus.pdf_pieces import make_sheet, set_inline, set_piece

PASSES = 3


def write_pdf(sample: Sample) -> bytes:
    """Set a document as a PDF that is the same, byte for byte, whenever it is made."""
    setting, data = Setting(), b""
    for _ in range(PASSES):
        setting, data = _set(sample, setting)
    return data


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """A reportlab document that notes its headings and puts them into the PDF outline."""

    def __init__(self, target: io.BytesIO, sample: Sample, before: Setting) -> None:
        super().__init__(target, invariant=1, title=sample.title, author=sample.organisation,
                         lang="en-GB", allowSplitting=1)
        self.sample, self.before, self.setting = sample, before, Setting()
        self.addPageTemplates(make_page_templates(sample))

    def afterFlowable(self, flowable: Flowable) -> None:
        """Note a heading or the end of the front matter as it lands on its page."""
        level = getattr(flowable, "heading_level", 0)
        if level:
            self.setting.headings.append((level, flowable.heading_text, self.page))
            self._add_outline(level, flowable.heading_text)
        if getattr(flowable, "ends_front", False):
            self.setting.front = self.page

    def _add_outline(self, level: int, text: str) -> None:
        key = f"heading-{len(self.setting.headings)}"
        if self.sample.has("outline"):
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(text, key, level - 1, closed=level > 1)


def _set(sample: Sample, before: Setting) -> tuple[Setting, bytes]:
    target = io.BytesIO()
    document = _Document(target, sample, before)
    document.build(_story(sample, before))
    document.setting.pages = document.page
    return document.setting, target.getvalue()


def _story(sample: Sample, before: Setting) -> list[Flowable]:
    sheet = make_sheet(sample)
    story = _cover(sample) if sample.cover else _masthead(sample)
    if sample.has("contents"):
        story += _contents(sample, before)
    wide = text_width(sample)
    for piece in sample.pieces:
        if piece.kind == "order":
            wide = text_width(sample, piece.text)
            story += _order(piece)
        else:
            story += set_piece(piece, sheet, wide)
    return story


def _cover(sample: Sample) -> list[Flowable]:
    sheet = make_sheet(sample)
    lines = [Spacer(1, 210), Paragraph(sample.title, sheet["title"]), Spacer(1, 12)]
    lines += [Paragraph(line, sheet["about"]) for line in sample.about.split(" / ")]
    lines += [Spacer(1, 150), Paragraph(sample.notice, sheet["note"])]
    return [*lines, NextPageTemplate("body"), PageBreak()]


def _masthead(sample: Sample) -> list[Flowable]:
    return [NextPageTemplate("body"), Paragraph(sample.notice, make_sheet(sample)["small"])]


def _contents(sample: Sample, before: Setting) -> list[Flowable]:
    sheet = make_sheet(sample)
    lines = [Paragraph("Contents", sheet["contents"])]
    for level, text, page in before.headings:
        if level < 3:
            line = _contents_line(text, before.label(page), sheet[f"contents{level}"])
            lines.append(Paragraph(line, sheet[f"contents{level}"]))
    return [*lines, PageBreak()]


def _contents_line(text: str, label: str, style: ParagraphStyle) -> str:
    """Fill a line of the contents with dots between the heading and its page."""
    font = (style.fontName, style.fontSize)
    room = TEXT_WIDE - style.leftIndent - stringWidth(f"{text}  {label}", *font) - 1
    return f"{set_inline(text)} {'.' * int(room / stringWidth('.', *font))} {label}"


def _order(piece: Piece) -> list[Flowable]:
    mark = Spacer(1, 1)
    mark.ends_front = piece.text == "body"
    template = piece.text if piece.text in ("rotated", "scan") else "body"
    flowables = [mark, NextPageTemplate(template), PageBreak()]
    return flowables + ([Spacer(1, 1)] if template == "scan" else [])
