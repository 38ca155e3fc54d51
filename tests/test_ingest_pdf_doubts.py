"""A page whose order or table is not certain says so; a plain one does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pdf import read_pdf
from tests.pdfs import Draw, all_of, make_pdf, make_tagged_pdf, marked, paragraph, text_at

LINES = ("The service will be open on every day", "of the week and also in the evening",
         "so that people who work can come too.")


def column(left: float, *tops: float) -> list[Draw]:
    return [text_at(*((left, top + 13 * n, line) for n, line in enumerate(LINES)))
            for top in tops]


LEFT, RIGHT = column(60, 100, 148, 196, 244), column(320, 106, 154, 202, 250)

ORDERS = {
    "one column": (column(60, 100, 200, 300, 400), []),
    "one column painted from its end": (column(60, 400, 300, 200, 100), ["order"]),
    "two columns": ([*LEFT, *RIGHT], []),
    "two columns painted row by row": (
        [block for pair in zip(LEFT, RIGHT) for block in pair], ["order"]),
    "two columns of which the second is painted first": ([*RIGHT, *LEFT], []),
    "labels in any order": ([text_at((60 + 23 * (n % 3), 100 + 30 * (7 * n % 20), f"Label {n}"))
                             for n in range(20)], []),
}


@pytest.mark.parametrize("case", ORDERS)
def test_order_is_doubted_where_it_is_not_that_of_painting(tmp_path: Path, case: str) -> None:
    draws, kinds = ORDERS[case]
    page = read_pdf(make_pdf(tmp_path / "a.pdf", all_of(*draws))).pages[0]
    assert [doubt.kind for doubt in page.doubts] == kinds


def test_order_that_tags_give_is_not_doubted(tmp_path: Path) -> None:
    texts = [f"Paragraph number {n} of the plan for the town." for n in range(6)]
    tops = (400, 100, 300, 200, 500, 150)
    content = "".join(marked("P", n, 60, tops[n], text) for n, text in enumerate(texts))
    order = sorted(range(6), key=lambda n: tops[n])
    path = make_tagged_pdf(tmp_path / "a.pdf", [content], [("P", n) for n in order])
    assert read_pdf(path).pages[0].doubts == ()


def table(*rows: str, ruled: bool = False) -> Draw:
    """Draw a table: cells parted by a stroke, an empty one for a gap."""
    cells = [(60.0 + 90 * place, 100.0 + 20 * number, cell) for number, row in enumerate(rows)
             for place, cell in enumerate(row.split("|")) if cell]
    texts = text_at(*cells)

    def draw(canvas: object) -> None:
        texts(canvas)  # type: ignore[arg-type]
        if ruled:
            canvas.grid([55 + 90 * n for n in range(6)],  # type: ignore[attr-defined]
                        [842 - (86 + 20 * n) for n in range(len(rows) + 1)])
    return draw


EVEN = ("Town|Beds|Staff|Cost|Year", "Ash|12|30|4.5|2019", "Elm|14|36|5.1|2019",
        "Oak|9|22|3.0|2020", "Yew|11|28|3.9|2020")
UNEVEN = ("Town|Beds|Staff|Cost|Year", "Ash|12|||2019", "Elm|14|36|5.1|2019",
          "Oak||22|3.0|", "Yew|11|28|3.9|2020")


@pytest.mark.parametrize("rows, ruled, kinds", [
    (EVEN, False, []), (UNEVEN, False, ["table"]), (EVEN, True, []), (UNEVEN, True, [])])
def test_table_is_doubted_where_rows_differ_and_nothing_rules_its_columns(
        tmp_path: Path, rows: tuple[str, ...], ruled: bool, kinds: list[str]) -> None:
    page = read_pdf(make_pdf(tmp_path / "a.pdf", table(*rows, ruled=ruled))).pages[0]
    assert page.text.count("\t") > 10
    assert [doubt.kind for doubt in page.doubts] == kinds


def test_plain_page_is_not_doubted(tmp_path: Path) -> None:
    page = read_pdf(make_pdf(tmp_path / "a.pdf", paragraph(100, *LINES))).pages[0]
    assert (page.quality, page.note, page.doubts) == ("text", "", ())
