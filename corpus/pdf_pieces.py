"""The styles of a sample PDF, and its pieces as reportlab sets them."""

from __future__ import annotations

import re
from html import escape

from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle, StyleSheet1
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    CondPageBreak, Flowable, ListFlowable, ListItem, Paragraph, Spacer, Table, TableStyle)

from corpus.markup import Piece, Sample

FONTS = {
    "vera": ("Vera", "VeraBd"),
    "helvetica": ("Helvetica", "Helvetica-Bold"),
    "times": ("Times-Roman", "Times-Bold"),
}
EMBEDDED = ("Vera", "VeraBd", "VeraIt", "VeraBI")
ROOM = {0: 100, 1: 120, 2: 70, 3: 60}
"""Points that must be left under a caption (0) or a heading of a level, or it begins a page."""
CELL_PADDING = 14.0
SOFT_HYPHEN = "\u00ad"


def make_sheet(sample: Sample) -> StyleSheet1:
    """Make the styles of a document from its font, size and colour."""
    _register_fonts()
    plain, bold = FONTS[sample.font]
    size, colour = float(sample.size or 10.5), HexColor(sample.colour)
    front = white if sample.cover == "full" else colour
    sheet = StyleSheet1()
    text = ParagraphStyle("text", fontName=plain, fontSize=size, leading=size * 1.38,
                          spaceAfter=size * 0.75, embeddedHyphenation=1,
                          alignment=TA_JUSTIFY if sample.has("justified") else 0)
    head = ParagraphStyle("head", text, fontName=bold, textColor=colour, alignment=0)
    looks: dict[str, tuple[ParagraphStyle, dict[str, object]]] = {
        "heading1": (head, _sized(size * 1.75, before=16)),
        "heading2": (head, _sized(size * 1.3, before=10)),
        "heading3": (head, _sized(size * 1.06, before=6)),
        "contents": (head, _sized(size * 1.75, before=0)),
        "contents1": (text, {"spaceBefore": 5, "spaceAfter": 2, "alignment": 0}),
        "contents2": (text, {"leftIndent": 16, "spaceAfter": 1, "alignment": 0}),
        "title": (head, _sized(30, before=0) | {"textColor": front}),
        "about": (text, _sized(13, before=0) | {"textColor": front, "alignment": 0}),
        "caption": (head, _sized(size * 0.92, before=6)),
        "cell": (text, _sized(size * 0.86, before=0) | {"alignment": 0, "spaceAfter": 0}),
        "header": (head, _sized(size * 0.86, before=0) | {"textColor": white, "spaceAfter": 0}),
        "small": (text, _sized(size * 0.8, before=0) | {"alignment": 0}),
        "note": (text, {"borderColor": colour, "borderWidth": 1, "borderPadding": 8,
                        "spaceBefore": 20, "spaceAfter": 18, "alignment": 0,
                        "leftIndent": 8, "rightIndent": 8}),
    }
    sheet.add(text)
    for name, (parent, values) in looks.items():
        sheet.add(ParagraphStyle(name, parent, **values))
    return sheet


def _register_fonts() -> None:
    for name in EMBEDDED:
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    pdfmetrics.registerFontFamily("Vera", *EMBEDDED[:1], "VeraBd", "VeraIt", "VeraBI")


def _sized(size: float, before: float) -> dict[str, object]:
    return {"fontSize": size, "leading": size * 1.3, "spaceBefore": before, "spaceAfter": 6}


def set_inline(text: str) -> str:
    """Write a text in reportlab's own markup."""
    bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text, quote=False))
    return bold.replace("~", SOFT_HYPHEN)


def set_piece(piece: Piece, sheet: StyleSheet1, wide: float) -> list[Flowable]:
    """Set a piece of text, ``wide`` points wide."""
    if piece.kind == "heading":
        return [CondPageBreak(ROOM[piece.level]), _set_heading(piece, sheet)]
    if piece.kind == "items":
        return [_set_items(piece, sheet)]
    if piece.kind == "table":
        return [_set_table(piece, sheet, wide), Spacer(1, 10)]
    if piece.kind == "caption":
        return [CondPageBreak(ROOM[0]), Paragraph(set_inline(piece.text), sheet["caption"])]
    style = sheet["text" if piece.kind == "paragraph" else "note"]
    return [Paragraph(set_inline(piece.text), style)]


def _set_heading(piece: Piece, sheet: StyleSheet1) -> Flowable:
    heading = Paragraph(set_inline(piece.text), sheet[f"heading{piece.level}"])
    heading.heading_level, heading.heading_text = piece.level, piece.text
    return heading


def _set_items(piece: Piece, sheet: StyleSheet1) -> Flowable:
    style = ParagraphStyle("item", sheet["text"], spaceAfter=2)
    items = [ListItem(Paragraph(set_inline(text), style)) for (text,) in piece.rows]
    return ListFlowable(items, bulletType="bullet", start="\u2022", leftIndent=18,
                        bulletFontName=style.fontName, spaceAfter=8)


def _set_table(piece: Piece, sheet: StyleSheet1, wide: float) -> Flowable:
    head, *body = piece.rows
    cells = [[Paragraph(set_inline(text), sheet["header"]) for text in head]]
    cells += [[Paragraph(set_inline(text), sheet["cell"]) for text in row] for row in body]
    look = TableStyle([
        ("GRID", (0, 0), (-1, -1), 0.6, HexColor("#555555")),
        ("BACKGROUND", (0, 0), (-1, 0), sheet["heading1"].textColor),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ])
    return Table(cells, _column_widths(piece.rows, sheet, wide), repeatRows=1, style=look)


def _column_widths(rows: tuple[tuple[str, ...], ...], sheet: StyleSheet1,
                   wide: float) -> list[float]:
    """Give each column its longest word, and share what is left by the length of the text."""
    font = (sheet["header"].fontName, sheet["header"].fontSize)
    columns = list(zip(*rows, strict=True))
    words = [max(stringWidth(word, *font) for cell in column for word in cell.split())
             + CELL_PADDING for column in columns]
    shares = [sum(map(len, column)) ** 0.75 for column in columns]
    left = wide - sum(words)
    return [word + left * share / sum(shares)
            for word, share in zip(words, shares, strict=True)]
