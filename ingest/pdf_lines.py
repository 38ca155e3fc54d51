"""Glyphs become lines of words, by where they stand on the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ingest.pdf_characters import ASCENT, DESCENT, Glyph, Print, turn_box
from ingest.pdf_fonts import Style
from ingest.pdf_words import PrintedWord, make_word, part_words

SAME_BASELINE = 0.2
"""Baselines nearer than this share of the font size are one."""

WIDEST_SPACE = 1.0
"""A gap wider than this share of the font size parts two fragments of a line."""

MOSTLY = 0.8
"""A run is printed twice where at least this share of its glyphs is."""

RAISED = 0.85
"""Superscripts and subscripts are smaller than this share of the type of their line."""

DOUBLED = 0.12
"""The same glyph again within this share of the font size is printed twice to look bold."""


@dataclass(frozen=True)
class Line:
    """Words that stand on one baseline with no gutter between them, from left to right.

    Places are in points in the frame of text at ``angle`` (see Glyph); ``size`` and ``style``
    are those of most of its letters.
    """

    words: tuple[PrintedWord, ...]
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    style: Style
    angle: int

    @property
    def text(self) -> str:
        """The words, parted by one space."""
        return " ".join(word.text for word in self.words)


def find_lines(page: Print, glyphs: Iterable[Glyph]) -> dict[int, list[Line]]:
    """Give the fragments of lines that glyphs of a page make, by the angle of their text.

    Those of one angle are in the order of their baselines, top ones first.
    """
    by_angle: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        by_angle[glyph.angle].append(glyph)
    found = {}
    for angle, turned in by_angle.items():
        fragments = _split_fragments(_split_layers(_group_runs(_find_runs(turned))))
        lines = [line for glyphs in _attach_raised(fragments) for line in _make_line(glyphs)]
        found[angle] = [kept for line in lines for kept in _keep_on_page(line, page)]
    return {angle: lines for angle, lines in found.items() if lines}


def join_lines(lines: Sequence[Line]) -> Line:
    """Make one line of fragments that stand on one baseline."""
    words = [word for line in sorted(lines, key=attrgetter("left")) for word in line.words]
    return line_of_words(words, max(lines, key=lambda line: len(line.text)))


def group_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Group the fragments that stand on one baseline."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=attrgetter("base", "left")):
        if rows and line.base - rows[-1][0].base <= 0.25 * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=attrgetter("left")) for row in rows]


def line_of_words(words: Sequence[PrintedWord], like: Line) -> Line:
    """Make a line of words, with the baseline and angle of ``like``."""
    letters: dict[tuple[float, Style], int] = defaultdict(int)
    for word in words:
        letters[word.size, word.style] += len(word.text)
    size, style = max(letters, key=lambda key: letters[key])
    boxes = [word.box for word in words]
    return Line(tuple(words), min(box[0] for box in boxes), like.base - ASCENT * size,
                max(box[2] for box in boxes), like.base + DESCENT * size, like.base,
                size, style, like.angle)


def _find_runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Part the glyphs, in the order of painting, wherever they jump."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _follows(run[-1], glyph):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _follows(last: Glyph, glyph: Glyph) -> bool:
    size = last.size if last.size > glyph.size else glyph.size
    return (abs(glyph.base - last.base) <= 0.05 * size
            and -0.5 * size <= glyph.left - last.right <= WIDEST_SPACE * size)


def _group_runs(runs: Iterable[list[Glyph]]) -> Iterator[list[list[Glyph]]]:
    """Group the runs that share a baseline."""
    row: list[list[Glyph]] = []
    printed = (run for run in runs if any(not glyph.text.isspace() for glyph in run))
    for run in sorted(printed, key=lambda run: run[0].base):
        size = min(run[0].size, row[-1][0].size) if row else 0.0
        if row and run[0].base - row[-1][0].base > SAME_BASELINE * size:
            yield row
            row = []
        row.append(run)
    if row:
        yield row


def _split_layers(rows: Iterable[list[list[Glyph]]]) -> Iterator[list[Glyph]]:
    """Keep apart the runs of a row that are printed over one another."""
    for row in rows:
        layers: list[list[Glyph]] = []
        for run in sorted(row, key=lambda run: run[0].left):
            layer = next((layer for layer in layers if not _covers(layer, run)), None)
            if layer is None:
                layers.append(list(run))
            else:
                layer.extend(run)
        yield from layers


def _covers(layer: list[Glyph], run: list[Glyph]) -> bool:
    """Say whether a run stands where other words stand already."""
    if layer[-1].right <= run[0].left or len(run) < 3:
        return False
    taken = max(glyph.right for glyph in layer if glyph.text != " ")
    left, right = _printed_ends(run)
    over = min(taken, right) - left
    if over < max(0.5 * (right - left), run[0].size):
        return False
    doubled = sum(any(_is_doubled(other, glyph) for other in layer) for glyph in run)
    return doubled < MOSTLY * len(run)


def _printed_ends(run: list[Glyph]) -> tuple[float, float]:
    printed = [glyph for glyph in run if glyph.text != " "]
    return printed[0].left, printed[-1].right


def _split_fragments(layers: Iterable[list[Glyph]]) -> Iterator[list[Glyph]]:
    """Part each row at its wide gaps, and drop glyphs that are printed twice."""
    for layer in layers:
        fragment: list[Glyph] = []
        last: Glyph | None = None
        for glyph in sorted(layer, key=attrgetter("left")):
            if glyph.text != " ":
                if last and glyph.left - last.right > WIDEST_SPACE * max(glyph.size, last.size):
                    yield fragment
                    fragment = []
                elif last and _is_doubled(last, glyph):
                    continue
                last = glyph
            if last:
                fragment.append(glyph)
        if fragment:
            yield fragment


def _is_doubled(last: Glyph, glyph: Glyph) -> bool:
    return (last.text == glyph.text and abs(glyph.left - last.left) < DOUBLED * glyph.size
            and glyph.right > glyph.left)


def _attach_raised(fragments: Iterable[list[Glyph]]) -> list[list[Glyph]]:
    """Put superscripts and subscripts into the line that they belong to."""
    whole = sorted(fragments, key=lambda fragment: fragment[0].base)
    kept: list[list[Glyph]] = []
    for place, fragment in enumerate(whole):
        near = whole[max(0, place - 12):place] + whole[place + 1:place + 13]
        host = next((other for other in near if _is_raised(fragment, other)), None)
        if host is None:
            kept.append(fragment)
        else:
            host.extend(fragment)
    return kept


def _is_raised(small: list[Glyph], large: list[Glyph]) -> bool:
    size = large[0].size
    if small[0].size > RAISED * size or len(small) > 12:
        return False
    shift = large[0].base - small[0].base
    return (-0.3 * size < shift < 0.7 * size and not _is_over(small, large)
            and large[0].left - 0.5 * size < small[-1].right
            and small[0].left < max(glyph.right for glyph in large) + 0.3 * size)


def _is_over(small: list[Glyph], large: list[Glyph]) -> bool:
    """Say whether one text is printed across another, as no superscript is."""
    left, right = _printed_ends(small)
    near = 0.3 * small[0].size
    return any(glyph.left + near < right and left + near < glyph.right
               for glyph in large if glyph.text != " ")


def _make_line(glyphs: list[Glyph]) -> Iterator[Line]:
    """Make a line of a fragment's glyphs; none where no glyph stands for a character."""
    groups = list(part_words(sorted(glyphs, key=attrgetter("left"))))
    words = [word for word in map(make_word, groups) if word.text]
    if words:
        size = max(glyph.size for glyph in glyphs)
        first = next(glyph for glyph in glyphs if glyph.size == size)
        like = Line((), 0, 0, 0, 0, first.base, size, first.style, first.angle)
        yield line_of_words(words, like)


def _keep_on_page(line: Line, page: Print) -> Iterator[Line]:
    """Give what of a line is on the page: all, or hardly ever some of its words, or nothing."""
    ends = (line.words[0], line.words[-1])
    if all(_is_on_page(word, line.angle, page) for word in ends):
        yield line
        return
    words = [word for word in line.words if _is_on_page(word, line.angle, page)]
    if words:
        yield line_of_words(words, line)


def _is_on_page(word: PrintedWord, angle: int, page: Print) -> bool:
    left, top, right, bottom = turn_box(word.box, angle)
    across, down = (left + right) / 2, (top + bottom) / 2
    return 0 <= across <= page.width and 0 <= down <= page.height
