"""What stands on a PDF's pages becomes blocks in reading order, each of its kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.pdf import read_pdf
from ingest.records import Reading
from tests.pdfs import Draw, all_of, check_contracts, make_pdf, paragraph, text_at, texts

LEFT = ("The board agreed that services in", "the north of the county would be",
        "brought together on one site by", "the end of the financial year.")
RIGHT = ("Staff in the south of the county", "were asked what they thought of",
         "this, and most of them said that", "they would welcome the change.")


def read_pages(folder: Path, *pages: Draw) -> Reading:
    """Write pages as a PDF, read it, and check what every reading promises."""
    reading = read_pdf(make_pdf(folder / "a.pdf", *pages))
    check_contracts(reading)
    return reading


def column(left: float, top: float, lines: tuple[str, ...]) -> Draw:
    return text_at(*((left, top + 14 * number, line) for number, line in enumerate(lines)))


def grid(across: tuple[float, ...], down: tuple[float, ...]) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.grid(list(across), [842 - place for place in down])
    return draw


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    reading = read_pages(tmp_path, all_of(
        text_at((60, 80, "A title across both of the columns of this page"), size=18),
        column(60, 120, LEFT), column(320, 120, RIGHT)))
    assert texts(reading) == ["A title across both of the columns of this page",
                              " ".join(LEFT), " ".join(RIGHT)]


def test_columns_that_share_no_baseline_are_read_one_after_the_other(tmp_path: Path) -> None:
    reading = read_pages(tmp_path, all_of(column(320, 126, RIGHT), column(60, 120, LEFT)))
    assert texts(reading) == [" ".join(LEFT), " ".join(RIGHT)]


def test_what_stands_in_a_panel_stays_together(tmp_path: Path) -> None:
    def panel(canvas: Canvas) -> None:
        canvas.setFillGray(0.9)
        canvas.roundRect(310, 842 - 190, 250, 90, 8, stroke=0, fill=1)
        canvas.setFillGray(0)
    reading = read_pages(tmp_path, all_of(
        panel, column(60, 120, LEFT), column(330, 120, RIGHT),
        column(60, 190, ("More about the north follows here.",))))
    assert " ".join(RIGHT) in texts(reading)


@pytest.mark.parametrize("bullet", ["•", "-", "–", "o"])
def test_bullets_make_items(tmp_path: Path, bullet: str) -> None:
    reading = read_pages(tmp_path, all_of(
        paragraph(100, "We will:"),
        text_at((70, 120, bullet), (70, 148, bullet)),
        text_at((90, 120, "see people within two weeks wherever this can be"),
                (90, 134, "done"), (90, 148, "tell them why where it cannot"))))
    assert texts(reading, "item") == [
        "• see people within two weeks wherever this can be done",
        "• tell them why where it cannot"]


def test_bullets_of_symbol_fonts_are_bullets(tmp_path: Path) -> None:
    reading = read_pages(tmp_path, all_of(
        text_at((70, 120, "l"), (70, 148, "l"), font="ZapfDingbats"),
        text_at((90, 120, "shorter waits"), (90, 148, "better care"))))
    assert texts(reading) == ["• shorter waits", "• better care"]


def test_numbered_items_keep_their_numbers(tmp_path: Path) -> None:
    reading = read_pages(tmp_path, text_at(
        (60, 100, "1."), (85, 100, "Improve access to primary care."),
        (60, 116, "2."), (85, 116, "Reduce waiting times."),
        (60, 132, "(a)"), (85, 132, "In every town.")))
    assert texts(reading, "item") == ["1. Improve access to primary care.",
                                      "2. Reduce waiting times.", "(a) In every town."]


def test_hyphen_at_a_line_end_is_undone_only_for_words_seen_elsewhere(tmp_path: Path) -> None:
    reading = read_pages(tmp_path, paragraph(
        100, "The transformation of care means much for long-",
        "term conditions and for all who take part in trans-",
        "formation across the county."))
    page = reading.pages[0]
    assert page.text == ("The transformation of care means much for long-term conditions and "
                         "for all who take part in transformation across the county.")
    halves = [page.text[word.start:word.end] for word in page.words]
    assert ["long-", "term"] == halves[7:9] and ["trans", "formation"] == halves[17:19]


def test_larger_bold_and_coloured_lines_are_headings(tmp_path: Path) -> None:
    def coloured(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.1, 0.2, 0.6)
        text_at((60, 230, "Prevention"))(canvas)
        canvas.setFillGray(0)
    body = ("The plan sets out how services will change over the next five years, and what",
            "this will mean for people who live in the county and use its services.")
    reading = read_pages(tmp_path, all_of(
        text_at((60, 70, "Five year plan"), size=20), paragraph(100, *body),
        text_at((60, 140, "Our aims"), font="Helvetica-Bold"), paragraph(160, *body),
        coloured, paragraph(250, *body)))
    found = {block.text: block.level for block in reading.blocks if block.kind == "heading"}
    assert list(found) == ["Five year plan", "Our aims", "Prevention"]
    assert found["Five year plan"] <= found["Our aims"] <= found["Prevention"]


def test_numbers_of_headings_give_their_levels(tmp_path: Path) -> None:
    body = ("The plan sets out how services will change over the next five years, and what",
            "this will mean for people who live in the county and use its services.")
    headings = ["1 Context", "1.1 Population", "1.1.1 Age", "2 Aims", "2.1 Access"]
    draws = []
    for number, heading in enumerate(headings):
        draws += [text_at((60, 80 + 90 * number, heading), font="Helvetica-Bold"),
                  paragraph(100 + 90 * number, *body)]
    reading = read_pages(tmp_path, all_of(*draws))
    assert [(block.text, block.level) for block in reading.blocks if block.kind == "heading"] == [
        ("1 Context", 1), ("1.1 Population", 2), ("1.1.1 Age", 3), ("2 Aims", 1),
        ("2.1 Access", 2)]


def test_outline_decides_what_is_a_heading(tmp_path: Path) -> None:
    def entries(canvas: Canvas) -> None:
        for level, title in enumerate(("Our promise", "To patients")):
            canvas.bookmarkPage(title)
            canvas.addOutlineEntry(title, title, level)
    reading = read_pages(tmp_path, all_of(
        entries, paragraph(80, "Our promise"), paragraph(110, "This is what we promise."),
        paragraph(140, "To patients"), paragraph(170, "This is what they can expect.")))
    assert [(block.text, block.level) for block in reading.blocks if block.kind == "heading"] == [
        ("Our promise", 1), ("To patients", 2)]


def test_ruled_grid_is_read_row_by_row(tmp_path: Path) -> None:
    reading = read_pages(tmp_path, all_of(
        paragraph(60, "Spending by area is shown below."),
        grid((60, 200, 300, 400), (90, 110, 145, 165)),
        text_at((65, 104, "Area"), (205, 104, "2015"), (305, 104, "2016"),
                (65, 124, "Mental health and"), (65, 138, "wellbeing"),
                (205, 124, "£4.9m"), (305, 124, "£5.1m"),
                (65, 159, "Cancer"), (205, 159, "£2.0m"), (305, 159, "£2.2m"))))
    assert texts(reading, "row") == [
        "Area\t2015\t2016", "Mental health and wellbeing\t£4.9m\t£5.1m", "Cancer\t£2.0m\t£2.2m"]
    row = next(block for block in reading.blocks if block.text.startswith("Cancer"))
    assert row.cells == ("Cancer", "£2.0m", "£2.2m")


def test_cell_over_two_rows_stands_in_the_first(tmp_path: Path) -> None:
    def rules(canvas: Canvas) -> None:
        canvas.grid([60, 200, 300], [842 - 90, 842 - 130])
        canvas.line(200, 842 - 110, 300, 842 - 110)
        canvas.grid([60, 200, 300], [842 - 130, 842 - 150])
    reading = read_pages(tmp_path, all_of(
        rules, text_at((65, 114, "Both years"), (205, 104, "2015"), (205, 124, "2016"),
                       (65, 144, "Neither"), (205, 144, "None"))))
    assert texts(reading, "row") == ["Both years\t2015", "2016", "Neither\tNone"]


def test_cells_without_rules_are_rows_where_they_are_aligned(tmp_path: Path) -> None:
    cells = [("Area", "2015", "2016"), ("Cancer", "4.1", "4.3"), ("Stroke", "2.0", "1.9"),
             ("Asthma", "0.7", "0.8")]
    reading = read_pages(tmp_path, text_at(*(
        (60 + 120 * column, 100 + 16 * row, cell)
        for row, line in enumerate(cells) for column, cell in enumerate(line))))
    assert texts(reading, "row") == ["\t".join(line) for line in cells]


def test_captions_are_no_headings(tmp_path: Path) -> None:
    reading = read_pages(tmp_path, all_of(
        paragraph(80, "The number of people has grown, as the table below shows."),
        text_at((60, 110, "Table 1: People by age"), font="Helvetica-Bold")))
    assert texts(reading, "caption") == ["Table 1: People by age"]


def test_raised_note_mark_is_no_part_of_its_word(tmp_path: Path) -> None:
    reading = read_pages(tmp_path, all_of(
        text_at((60, 100, "as shown by the census")), text_at((176, 95, "12"), size=6)))
    assert texts(reading) == ["as shown by the census 12"]


def test_text_printed_over_other_text_is_not_mixed_with_it(tmp_path: Path) -> None:
    reading = read_pages(tmp_path, text_at((60, 100, "Published by the agency in London"),
                                           (60, 101, "Published by another body in Leeds")))
    assert "".join(reading.pages[0].text.split()).count("agency") == 1
    assert "another body" in reading.pages[0].text


def test_contents_pages_hold_no_headings(tmp_path: Path) -> None:
    reading = read_pages(tmp_path, text_at(*(
        (60, 100 + 20 * number, f"{name} {'.' * 40} {number + 3}") for number, name in enumerate(
            ["Foreword", "Summary", "Context", "Aims", "Delivery"])), font="Helvetica-Bold"))
    assert texts(reading, "heading") == [] and len(reading.blocks) == 5


def test_notes_are_read_after_the_block_with_their_mark(tmp_path: Path) -> None:
    reading = read_pages(tmp_path, all_of(
        text_at((60, 100, "The census counted all of them")), text_at((212, 95, "1"), size=6),
        text_at((60, 130, "The survey asked only some")), text_at((202, 125, "2"), size=6),
        text_at((60, 700, "1"), (60, 715, "2"), size=5),
        text_at((66, 702, "Office for statistics, 2021."), (66, 717, "Local survey."), size=9)))
    assert [(block.kind, block.text) for block in reading.blocks] == [
        ("paragraph", "The census counted all of them 1"),
        ("note", "1 Office for statistics, 2021."),
        ("paragraph", "The survey asked only some 2"), ("note", "2 Local survey.")]


def test_text_beside_short_lines_is_a_column(tmp_path: Path) -> None:
    reading = read_pages(tmp_path, all_of(
        column(60, 100, ("Some of the people who were asked", "said that they felt well, and",
                         "others that they did not at all.")),
        column(320, 100, ("Question 3. How many of them said so", "by how well they felt?",
                          "All areas", "Year 12")), column(320, 165, ("Male", "Female"))))
    assert texts(reading)[0].endswith("others that they did not at all.")


def test_header_row_in_bold_is_marked(tmp_path: Path) -> None:
    reading = read_pages(tmp_path, all_of(
        grid((60, 200, 300), (90, 110, 130, 150)),
        text_at((65, 104, "Area"), (205, 104, "2015"), font="Helvetica-Bold"),
        text_at((65, 124, "Cancer"), (205, 124, "4.1"), (65, 144, "Stroke"), (205, 144, "2.0"))))
    assert [(block.text, block.level) for block in reading.blocks] == [
        ("Area\t2015", 1), ("Cancer\t4.1", 0), ("Stroke\t2.0", 0)]
