"""Running headers, footers and page numbers are told from the text of the page."""

from __future__ import annotations

import pytest

from ingest.furniture import Furniture, Sheet, find_furniture, fold_title
from ingest.pdf_fonts import Style
from ingest.pdf_lines import Line
from ingest.pdf_words import PrintedWord

PLAIN = Style("Helvetica", False, (0.0, 0.0, 0.0))


def make_line(text: str, base: float, left: float = 60.0, size: float = 10.0) -> Line:
    """Make a line of one word, on a baseline so many points from the top."""
    right = left + 5.0 * len(text)
    word = PrintedWord(text, (left, base - 8, right, base + 2), size, PLAIN)
    return Line((word,), left, base - 8, right, base + 2, base, size, PLAIN, 0)


def find_texts(*pages: tuple[Line, ...], titles: str = "") -> list[list[str]]:
    sheets = [Sheet(number, 842.0, lines, frozenset({fold_title(titles)}))
              for number, lines in enumerate(pages, start=1)]
    return [[line.text for line in found.lines] for found in find_furniture(sheets)]


def body(number: int) -> Line:
    return make_line(f"Text of page {'abcdef'[number]} in the midst", 400)


def test_header_on_every_page_is_furniture() -> None:
    pages = [(make_line("Annual plan", 40), body(number)) for number in range(4)]
    assert find_texts(*pages) == [["Annual plan"]] * 4


def test_header_of_facing_pages_may_change_sides() -> None:
    pages = [(make_line("Annual plan", 40, left=60 if number % 2 else 400), body(number))
             for number in range(6)]
    assert find_texts(*pages) == [["Annual plan"]] * 6


def test_head_of_a_table_that_goes_on_through_the_page_is_kept() -> None:
    table, banner = (50.0, 30.0, 500.0, 700.0), (50.0, 30.0, 500.0, 60.0)
    for boxes, kept in (((table,), True), ((banner,), False), ((), False)):
        sheets = [Sheet(number, 842.0, (make_line("Ward", 40), body(number)), tables=boxes)
                  for number in range(4)]
        assert [bool(found.lines) for found in find_furniture(sheets)] == [not kept] * 4


@pytest.mark.parametrize("left", [60, 400, 228])
def test_number_on_a_page_turned_sideways_is_its_label_too(left: float) -> None:
    sheets = []
    for number in range(1, 7):
        width, height = (842.0, 595.0) if number == 4 else (595.0, 842.0)
        moved = left + (width - 595) * (0 if left == 60 else 1 if left == 400 else 0.5)
        lines = (make_line(f"Page {number} of 6", height - 32, left=moved),)
        sheets.append(Sheet(number, height, (body(number - 1), *lines), width=width))
    assert [found.label for found in find_furniture(sheets)] == ["1", "2", "3", "4", "5", "6"]


def test_repeated_line_in_the_midst_of_pages_is_kept() -> None:
    pages = [(make_line("Annual plan", 300), body(number)) for number in range(4)]
    assert find_texts(*pages) == [[]] * 4


@pytest.mark.parametrize("form", ["{}", "Page {}", "Page {} of 30", "{} | P a g e"])
def test_numbers_that_rise_with_the_page_are_its_label(form: str) -> None:
    sheets = [Sheet(number, 842.0, (body(number), make_line(form.format(number + 6), 810)))
              for number in range(1, 6)]
    assert [found.label for found in find_furniture(sheets)] == ["7", "8", "9", "10", "11"]


def test_roman_numbers_are_labels_too() -> None:
    sheets = [Sheet(number, 842.0, (body(number), make_line(numeral, 810)))
              for number, numeral in enumerate(["i", "ii", "iii", "iv", "v"], start=1)]
    assert [found.label for found in find_furniture(sheets)] == ["i", "ii", "iii", "iv", "v"]


def test_numbers_that_do_not_rise_with_the_page_are_kept() -> None:
    pages = [(body(number), make_line(f"Recommendation {number // 3 + 4}", 60 + 20 * number))
             for number in range(5)]
    assert find_texts(*pages) == [[]] * 5


def test_line_inside_the_body_is_kept_though_repeated() -> None:
    pages = [(make_line(f"Head {'abcde'[number]}", 30), make_line(f"Next {'abcde'[number]}", 50),
              make_line(f"Third {'abcde'[number]}", 70), make_line("Actions:", 90), body(number))
             for number in range(5)]
    assert find_texts(*pages) == [[]] * 5


def test_first_line_of_a_paragraph_is_kept_though_repeated() -> None:
    pages = [(make_line("The council and its partners in", 40),
              make_line(f"all {'abcd'[number]} areas agree on this", 53), body(number))
             for number in range(4)]
    assert find_texts(*pages) == [[]] * 4


def test_heading_of_the_outline_is_kept() -> None:
    pages = [(make_line("Key data", 40), body(number)) for number in range(4)]
    assert find_texts(*pages, titles="Key data") == [[]] * 4


def test_largest_type_of_a_few_pages_is_kept() -> None:
    pages = [(*([make_line("Our goals", 40, size=20.0)] if number < 3 else []), body(number % 6))
             for number in range(12)]
    assert find_texts(*pages) == [[]] * 12


def test_document_of_one_page_has_no_furniture() -> None:
    assert find_furniture([Sheet(1, 842.0, (make_line("1", 810),))]) == [Furniture((), "")]


def test_head_of_tables_at_the_top_of_scattered_pages_is_no_furniture() -> None:
    pages = [(make_line("What we will do", 40), body(0)) if number in (0, 4, 9) else (body(1),)
             for number in range(12)]
    assert find_texts(*pages) == [[]] * 12
