"""Plots: bars laid out for an SVG that is read at any width, with text as large as the page's.

Heights are in em and widths in hundredths of the plot, so that nothing is scaled with the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from index.results import Facet
from index.schema import NOT_STATED
from search_app.reports.counts import Row, Tally
from search_app.wording import FACET_NAMES, count

CHARACTERS_A_LINE = 30
"""What has room beside one another on a screen of 320 px."""

LINE_EM, BAR_EM, GAP_EM = 1.3, 0.8, 0.7

Value = float | None
"""How long a bar is to be; None where there is nothing that could be counted."""

MEASURES: dict[str, tuple[str, Callable[[Tally], Value]]] = {
    "occurrences": ("matches", lambda tally: tally.occurrences),
    "rate": ("matches for each 10,000 words", lambda tally: tally.rate),
    "passages": ("passages", lambda tally: tally.passages),
    "documents": ("documents", lambda tally: tally.documents),
}
"""What can be plotted: its name, and where it is found."""

_OUTCOMES = {
    "not said": "0, not said", "not read": "0, not all read", "not held": "nothing held",
}  # fmt: skip


@dataclass(frozen=True)
class Point:
    """What one bar shows; ``said`` is its value in words."""

    name: str
    value: Value
    said: str


@dataclass(frozen=True)
class Bar:
    """A bar below its label, whose ``lines`` are each a baseline (em) and a text.

    ``top`` is in em and ``width`` in hundredths; None where a line stands for what is not held.
    """

    lines: tuple[tuple[float, str], ...]
    top: float
    width: float | None


@dataclass(frozen=True)
class Plot:
    """A plot of bars; ``height`` is in em. The id is that of its element."""

    id: str
    title: str
    description: str
    bars: tuple[Bar, ...]
    height: float


def make_plot(id: str, title: str, points: Sequence[Point]) -> Plot:
    """Lay out a bar for each point, in their order."""
    longest = max((point.value or 0 for point in points), default=0)
    bars, top = [], 0.0
    for point in points:
        texts = wrap(f"{point.name}: {point.said}", CHARACTERS_A_LINE)
        lines = tuple((round(top + LINE_EM * at, 2), text) for at, text in enumerate(texts, 1))
        top = round(top + LINE_EM * len(texts) + 0.4, 2)
        width = None if point.value is None else round(100 * point.value / (longest or 1), 2)
        bars.append(Bar(lines, top, width))
        top = round(top + BAR_EM + GAP_EM, 2)
    return Plot(id, title, _describe(points), tuple(bars), top)


def plot_rows(id: str, title: str, rows: Iterable[Row], measure: str) -> Plot:
    """Lay out a bar for each row of trends."""
    name, value_of = MEASURES[measure]
    points = [_make_point(row, value_of(row.tally)) for row in rows]
    return make_plot(id, f"{title}: {name}", points)


def plot_facet(facet: Facet) -> Plot:
    """Lay out the passages that a search finds by each value of a facet; years from the oldest."""
    values = [each for each in facet.values if each.passages]
    if facet.name == "year":
        values.sort(key=lambda each: (each.value == NOT_STATED, each.value))
    points = [Point(each.value, each.passages, f"{each.passages:,}") for each in values]
    title = f"Passages by {FACET_NAMES[facet.name].lower()}"
    return make_plot(f"plot-{facet.name}", title, points)


def _make_point(row: Row, value: Value) -> Point:
    if row.outcome == "not held" or value is None:
        return Point(row.name, None, _OUTCOMES.get(row.outcome, "no words held"))
    if row.outcome != "found":
        return Point(row.name, 0, _OUTCOMES[row.outcome])
    return Point(row.name, value, f"{value:,}" if isinstance(value, int) else f"{value:,.1f}")


def _describe(points: Sequence[Point]) -> str:
    """Say in a sentence or two what a plot shows; its table has all of it."""
    counted = [point for point in points if point.value]
    said = f"{count(len(points), 'bar')}, one below the other."
    if not counted:
        return f"{said} Nothing was found."
    most = max(counted, key=lambda point: point.value or 0)
    least = min(counted, key=lambda point: point.value or 0)
    return f"{said} Most: {most.name} ({most.said}). Smallest: {least.name} ({least.said})."
