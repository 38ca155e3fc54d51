"""Tables without rules, charts and posters: what belongs together is read together."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from ingest.pdf import read_pdf
from ingest.pdf_fonts import Style
from ingest.pdf_lines import Line
from ingest.pdf_tables import Table
from ingest.pdf_words import PrintedWord
from ingest.pdf_wrapped import split_wrapped
from ingest.records import Reading
from tests.pdfs import Draw, all_of, check_contracts, make_pdf, paragraph, text_at, texts

Cells = tuple[tuple[str, ...], ...]


def read_page(folder: Path, *draws: Draw) -> Reading:
    """Draw one page, read it, and check what every reading promises."""
    reading = read_pdf(make_pdf(folder / "a.pdf", all_of(*draws)))
    check_contracts(reading)
    return reading


def shade(*boxes: tuple[float, float, float, float]) -> Draw:
    """Paint boxes, each left, top, right and bottom in points from the top left."""
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.9)
        for left, top, right, bottom in boxes:
            canvas.rect(left, 842 - bottom, right - left, bottom - top, stroke=0, fill=1)
        canvas.setFillGray(0)
    return draw


def dots(left: float, top: float, right: float, bottom: float) -> Draw:
    """Paint a dotted rule."""
    count = int(max(right - left, bottom - top) / 6)
    across, down = (right - left) / count, (bottom - top) / count
    return shade(*((left + across * number, top + down * number,
                    left + across * number + 2.5, top + down * number + 2.5)
                   for number in range(count)))


def scale(left: float, top: float, *marks: str) -> Draw:
    return text_at(*((left, top + 20 * number, mark) for number, mark in enumerate(marks)))


def test_scale_of_a_chart_is_read_upwards(tmp_path: Path) -> None:
    reading = read_page(tmp_path, paragraph(80, "People seen in each year"),
                        scale(60, 110, "80%", "60%", "40%", "20%"))
    assert texts(reading) == ["People seen in each year", "20% 40% 60% 80%"]


def test_scale_of_a_chart_is_read_after_what_it_shows(tmp_path: Path) -> None:
    def rules(canvas: Canvas) -> None:
        canvas.grid([100, 200, 300, 400], [842 - 200, 842 - 220, 842 - 240])
        canvas.line(100, 842 - 100, 100, 842 - 200)
    reading = read_page(
        tmp_path, paragraph(80, "People seen in each year"), rules,
        scale(80, 110, "80", "60", "40", "20"),
        text_at((110, 215, "Town"), (210, 215, "Coast"), (310, 215, "Downs"),
                (110, 235, "12"), (210, 235, "31"), (310, 235, "74")))
    assert texts(reading)[1:] == ["Town\tCoast\tDowns", "12\t31\t74", "20 40 60 80"]


def test_even_numbers_in_the_rows_of_a_table_are_no_scale(tmp_path: Path) -> None:
    cells = [(f"20{24 - row}", f"Plan {'abcd'[row]}", f"£{row * row + 1}m") for row in range(4)]
    reading = read_page(tmp_path, text_at(*(
        (60 + 120 * column, 100 + 16 * row, cell)
        for row, line in enumerate(cells) for column, cell in enumerate(line))))
    assert texts(reading, "row") == ["\t".join(line) for line in cells]


def test_cells_painted_edge_to_edge_are_read_row_by_row(tmp_path: Path) -> None:
    across, down = (60, 200, 300, 400), (90, 130, 170)
    boxes = [(left, top, right, bottom) for left, right in zip(across, across[1:])
             for top, bottom in zip(down, down[1:])]
    reading = read_page(
        tmp_path, shade(*boxes),
        text_at((65, 104, "Sites that the"), (65, 118, "trust runs"), (205, 110, "Beds now"),
                (305, 104, "Beds in"), (305, 118, "two years"),
                (65, 150, "Elm House"), (205, 144, "Ten, and"), (205, 158, "two more"),
                (305, 150, "None")))
    assert texts(reading, "row") == ["Sites that the trust runs\tBeds now\tBeds in two years",
                                     "Elm House\tTen, and two more\tNone"]


def wrapped(*rows: tuple[float, tuple[str, ...]]) -> Draw:
    """Draw rows of a label and three figures, the label's lines 13 points apart about a place."""
    return all_of(*(text_at(
        *((60, place + 13 * (number - (len(label) - 1) / 2), line)
          for number, line in enumerate(label)),
        *((300 + 70 * column, place, f"{int(place) + column}%") for column in range(3)))
        for place, label in rows))


def test_lines_of_a_cell_go_to_the_row_that_they_are_set_about(tmp_path: Path) -> None:
    reading = read_page(tmp_path, wrapped(
        (100, ("Seen on the day",)), (120, ("Seen by someone who", "knew what was wrong")),
        (140, ("Given a plan",)), (167, ("Asked how it had gone", "by a person and not",
                                         "by a form"))))
    assert texts(reading, "row") == [
        "Seen on the day\t100%\t101%\t102%",
        "Seen by someone who knew what was wrong\t120%\t121%\t122%",
        "Given a plan\t140%\t141%\t142%",
        "Asked how it had gone by a person and not by a form\t167%\t168%\t169%"]


def make_line(text: str, left: float, base: float) -> Line:
    box = (left, base - 8, left + 5.0 * len(text), base + 2)
    style = Style("Helvetica", False, (0.0, 0.0, 0.0))
    words = tuple(PrintedWord(word, box, 10.0, style) for word in text.split())
    return Line(words, *box, base, 10.0, style, 0)


def test_long_table_of_wrapped_cells_is_one_table() -> None:
    (table,) = split_wrapped([make_line(text, left, 30.0 * row + down) for row in range(400)
                              for text, left, down in (
        ("Ward", 60, 0), ("Ten", 160, 0), ("Two", 260, 0),
        ("Seen by someone who", 360, 0), ("knew what was wrong", 360, 12))])
    assert isinstance(table, Table)
    assert [len(row[3]) for row in table.rows] == [2] * 400


def test_no_cell_begins_within_a_sentence(tmp_path: Path) -> None:
    labels = ("Seen by someone who", "knew what was wrong"), ("Asked how it had gone",
                                                              "after a month"), (
        "Told of others who", "could be of help")
    reading = read_page(tmp_path, *(text_at(
        (60, 87 + 26 * row, label[0]), (60, 100 + 26 * row, label[1]),
        *((300 + 70 * column, 100 + 26 * row, f"{row}{column}%") for column in range(3)))
        for row, label in enumerate(labels)))
    assert [text.split("\t")[0] for text in texts(reading, "row")] == [
        " ".join(label) for label in labels]


def block(left: float, top: float, name: str) -> Draw:
    return text_at((left, top, f"{name} news"), (left, top + 14, "is told in lines"),
                   (left, top + 28, "of a few words"), (left, top + 42, "in its own box."))


def order_of(reading: Reading, *names: str) -> list[str]:
    text = reading.pages[0].text
    return sorted(names, key=text.index)


def test_dotted_rule_across_a_column_ends_a_section(tmp_path: Path) -> None:
    reading = read_page(tmp_path, block(60, 100, "North"), block(200, 106, "South"),
                        dots(55, 160, 300, 160), block(60, 180, "East"), block(200, 186, "West"))
    assert order_of(reading, "East", "North", "South", "West") == [
        "North", "South", "East", "West"]


def test_upright_rule_parts_columns_that_stand_close(tmp_path: Path) -> None:
    reading = read_page(tmp_path, block(60, 100, "North"), block(60, 156, "East"),
                        block(143, 107, "South"), block(143, 163, "West"),
                        dots(139, 90, 139, 215))
    assert order_of(reading, "East", "North", "South", "West") == [
        "North", "East", "South", "West"]


def test_heading_that_starts_higher_is_read_with_its_column(tmp_path: Path) -> None:
    reading = read_page(
        tmp_path, text_at((60, 60, "A title of the poster that runs across all its columns"),
                          size=19),
        block(400, 90, "Last"), block(60, 106, "First"), block(230, 106, "Second"),
        block(400, 150, "Later"), block(60, 166, "Then"))
    assert order_of(reading, "First", "Last", "Later", "Second", "Then") == [
        "First", "Then", "Second", "Last", "Later"]


def test_raised_number_after_a_figure_is_no_part_of_it(tmp_path: Path) -> None:
    reading = read_page(tmp_path, text_at((60, 100, "As in Chart 3")),
                        text_at((129, 95, "6"), size=6.5))
    assert texts(reading) == ["As in Chart 3 6"]
