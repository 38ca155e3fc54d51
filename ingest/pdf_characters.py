"""What is printed on a PDF page: its glyphs, ruled lines and pictures, in one pass over it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import Point, apply_matrix_pt, apply_matrix_rect, mult_matrix

from ingest.pdf_fonts import Font, Style, clean_text
from ingest.pdf_marks import Mark, MarkingInterpreter, Marks
from ingest.pdf_spare_fonts import SparingFonts
from ingest.records import Box

ASCENT, DESCENT = 0.8, 0.2
"""How far a line reaches above and below its baseline, as shares of the font size."""

THIN_POINTS = 3.0
LONGEST_PATH = 40
"""A subpath of more steps than this is a drawing, not a rule or a box (with round corners)."""


class Glyph(NamedTuple):
    """A printed character. (A tuple and no dataclass: there are thousands a page.)

    ``angle`` is the direction of its text in whole degrees, anticlockwise; ``left``, ``right``
    and ``base`` (its baseline, counted downwards) are in points in the frame turned by that
    angle about the top left of the page as displayed. ``text`` is " " for a space, and empty
    for a glyph that stands for no known character. ``mark`` is the innermost that it is under.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    style: Style
    angle: int
    mark: Mark | None


@dataclass(frozen=True)
class Print:
    """What is printed on one page, in the order in which it was painted.

    ``rules`` are thin lines and the edges of drawn boxes, ``panels`` boxes (also round ones),
    ``pictures`` images, all in points from the top left of the page as displayed. ``drawn``
    says that something else was painted; ``unknown`` counts glyphs that stand for no known
    character; ``broken`` says that the page could not be read, ``supplied`` that the glyphs are
    those that another reader found.
    """

    number: int
    width: float
    height: float
    label: str
    glyphs: tuple[Glyph, ...]
    rules: tuple[Box, ...]
    panels: tuple[Box, ...]
    pictures: tuple[Box, ...]
    drawn: bool
    unknown: int
    broken: bool = False
    supplied: bool = False


class PageReader:
    """Reads what is printed on the pages of one PDF, whose fonts it keeps between them."""

    def __init__(self) -> None:
        self._device = _Printer()
        self._interpreter = MarkingInterpreter(SparingFonts(caching=True), self._device)

    def read_print(self, page: PDFPage, number: int) -> Print:
        """Read what is printed on a page, whose ``number`` counts from 1."""
        self._interpreter.process_page(page)
        return self._device.take_print(number, page.label or "")


def broken_print(page: PDFPage, number: int) -> Print:
    """Give what is left of a page that pdfminer cannot read: its size."""
    left, bottom, right, top = page.cropbox
    width, height = abs(right - left), abs(top - bottom)
    if page.rotate in (90, 270):
        width, height = height, width
    return Print(number, width, height, page.label or "", (), (), (), (), True, 0, True)


def turn_box(box: Box, angle: int) -> Box:
    """Give the box on the displayed page of a box in the frame of text at ``angle``."""
    if angle == 0:
        return box
    cos, sin = _direction(angle)
    points = [(u * cos + v * sin, v * cos - u * sin) for u in box[::2] for v in box[1::2]]
    across, down = zip(*points)
    return min(across), min(down), max(across), max(down)


class _Printer(PDFTextDevice):
    """Notes every glyph with the place, size and style that it is painted in.

    It does without pdfminer's layout objects, which cost more time than all that is done here.
    """

    ctm: Any

    def __init__(self) -> None:
        super().__init__(PDFResourceManager())
        self._fonts: dict[PDFFont, Font] = {}
        self._clear(0.0, 0.0, 0.0, 0.0)

    def _clear(self, left: float, top: float, width: float, height: float) -> None:
        self._left, self._top, self._width, self._height = left, top, width, height
        self._glyphs: list[Glyph] = []
        self._rules: list[Box] = []
        self._panels: list[Box] = []
        self._pictures: list[Box] = []
        self._ctms: list[Any] = []
        self.marks = Marks()
        self._drawn, self._unknown = False, 0

    def take_print(self, number: int, label: str) -> Print:
        """Give what was painted since the page began."""
        return Print(number, self._width, self._height, label, tuple(self._glyphs),
                     tuple(self._rules), tuple(self._panels), tuple(self._pictures),
                     self._drawn, self._unknown)

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        """Start a page, whose top left is that of its crop box after rotation."""
        media, crop = page.mediabox, page.cropbox
        box = (max(media[0], crop[0]), max(media[1], crop[1]),
               min(media[2], crop[2]), min(media[3], crop[3]))
        left, bottom, right, top = apply_matrix_rect(
            ctm, box if box[0] < box[2] and box[1] < box[3] else media)
        self._clear(left, top, right - left, top - bottom)

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Keep the matrix that holds outside a form, for pdfminer does not restore it."""
        self._ctms.append(self.ctm)

    def end_figure(self, name: str) -> None:
        """Go back to the matrix that holds outside the form."""
        self.ctm = self._ctms.pop()

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        """Note that what is painted from here on stands under a mark."""
        self.marks.begin(tag, props, len(self._glyphs))

    def end_tag(self) -> None:
        """Go back to the mark around, and put what the glyphs stand for in their place."""
        text, start = self.marks.end()
        text = clean_text(text)
        glyphs = self._glyphs[start:] if text and not text.isspace() else []
        if " " not in text and _is_one_word(glyphs):
            self._glyphs[start:] = [glyphs[0]._replace(text=text),
                                    *(glyph._replace(text="") for glyph in glyphs[1:])]

    def render_image(self, name: str, stream: Any) -> None:
        """Note where a picture stands."""
        self._pictures.append(self._place(apply_matrix_rect(self.ctm, (0, 0, 1, 1))))

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool,
                   path: Sequence[Any]) -> None:
        """Note the straight rules and the boxes of a path."""
        self._drawn = True
        starts = [i for i, step in enumerate(path) if step[0] == "m"] + [len(path)]
        for start, end in zip(starts, starts[1:]):
            if end - start <= LONGEST_PATH:
                self._note_shape(path[start:end], stroke)

    def _note_shape(self, steps: Sequence[Any], stroke: bool) -> None:
        points = [apply_matrix_pt(self.ctm, (step[place], step[place + 1]))
                  for step in steps for place in range(1, len(step) - 1, 2)]
        across, up = zip(*points)
        shape = self._place((min(across), min(up), max(across), max(up)))
        thin = min(shape[2] - shape[0], shape[3] - shape[1]) < THIN_POINTS
        if thin:
            self._rules.append(shape)
        elif len(steps) > 3:
            self._panels.append(shape)
            if stroke and all(_is_straight(p, q) for p, q in zip(points, points[1:])):
                self._rules.extend(edges(shape))

    def _place(self, box: Any) -> Box:
        left, bottom, right, top = box
        return left - self._left, self._top - top, right - self._left, self._top - bottom

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Note the glyphs of a string and move the text position past them."""
        font = self._fonts.get(textstate.font)
        if font is None:
            font = self._fonts[textstate.font] = Font(textstate.font)
        matrix = mult_matrix(textstate.matrix, self.ctm)
        style = font.style(textstate.render == 2, graphicstate.ncolor)
        textstate.linematrix = self._note_string(textstate, seq, font, matrix, style)

    def _note_string(self, state: Any, seq: Any, font: Font, matrix: Any,
                     style: Style) -> tuple[float, float]:
        a, b, c, d, e, f = matrix
        angle = round(math.degrees(math.atan2(b, a))) % 360
        cos, sin = _direction(angle)
        stretch, size = math.hypot(a, b), abs(state.fontsize) * math.hypot(c, d)
        x, y = state.linematrix
        east, north = e + c * (y + state.rise) - self._left, f + d * (y + state.rise) - self._top
        along, base = east * cos + north * sin, east * sin - north * cos
        scaling = state.scaling * 0.01
        font_size, char_space = state.fontsize * scaling, state.charspace * scaling
        word_space = 0.0 if font.multibyte else state.wordspace * scaling
        glyphs, known, spaced = self._glyphs, font.known, False
        mark = self.marks.current
        for part in seq:
            if not isinstance(part, bytes):
                x -= (part if isinstance(part, (int, float)) else 0) * 0.001 * font_size
                spaced = True
                continue
            for cid in font.decode(part):
                if spaced:
                    x += char_space
                text, width = known[cid] if cid in known else font.look_up(cid)
                advance = width * font_size
                left = along + x * stretch
                if text is None:
                    self._unknown += 1
                    text = ""
                glyphs.append(Glyph(text, left, left + advance * stretch, base, size,
                                    style, angle, mark))
                x += advance + (word_space if cid == 32 else 0.0)
                spaced = True
        return x, y


def _direction(angle: int) -> tuple[float, float]:
    exact = {0: (1.0, 0.0), 90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}
    return exact.get(angle) or (math.cos(math.radians(angle)), math.sin(math.radians(angle)))


def _is_one_word(glyphs: Sequence[Glyph]) -> bool:
    return bool(glyphs) and all(glyph.text != " " and glyph.base == glyphs[0].base
                                and glyph.angle == glyphs[0].angle for glyph in glyphs)


def _is_straight(p: Point, q: Point) -> bool:
    return abs(p[0] - q[0]) < 0.5 or abs(p[1] - q[1]) < 0.5


def edges(box: Box) -> tuple[Box, ...]:
    """Give the four edges of a box."""
    left, top, right, bottom = box
    return ((left, top, right, top), (left, bottom, right, bottom),
            (left, top, left, bottom), (right, top, right, bottom))
