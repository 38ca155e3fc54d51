"""Tagged PDFs are read in the order and as the blocks that their authors tagged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.pdf import read_pdf
from ingest.records import Reading
from tests.pdfs import Kid, check_contracts, make_tagged_pdf, marked, on_page, plain, texts

SENTENCES = [f"Here is sentence number {name} of those that the plan has for its readers."
             for name in ("one", "two", "three", "four", "five", "six", "seven")]


def read_tagged(folder: Path, pages: Sequence[str], kids: Sequence[Kid], roles: str = "",
                forms: Sequence[str] = ()) -> Reading:
    """Write a tagged PDF, read it, and check what every reading promises."""
    reading = read_pdf(make_tagged_pdf(folder / "a.pdf", pages, kids, roles, forms))
    check_contracts(reading)
    return reading


def lines_of_text(first: int = 0) -> str:
    """Paint the sentences one below the other, each as marked content from an MCID on."""
    return "".join(marked("P", first + number, 60, 200 + 40 * number, text)
                   for number, text in enumerate(SENTENCES))


def kinds(reading: Reading) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in reading.blocks]


def test_order_and_kinds_are_those_of_the_tags(tmp_path: Path) -> None:
    page = (marked("P", 2, 320, 100, "The aside is read last, though it stands beside.")
            + marked("H2", 0, 60, 100, "Our aims") + marked("P", 1, 60, 120, "We aim high.")
            + marked("Note", 3, 60, 700, "1 A note.", 7) + marked("Caption", 4, 60, 300, "Map one"))
    reading = read_tagged(tmp_path, [page], [
        ("Document", ("H2", 0), ("P", 1), ("Caption", 4), ("Note", 3), ("P", 2))])
    assert kinds(reading) == [
        ("heading", 2, "Our aims"), ("paragraph", 0, "We aim high."), ("caption", 0, "Map one"),
        ("note", 0, "1 A note."),
        ("paragraph", 0, "The aside is read last, though it stands beside.")]


def test_roles_of_the_author_are_mapped(tmp_path: Path) -> None:
    page = marked("A", 0, 60, 100, "Aims") + marked("B", 1, 60, 130, "Why")
    reading = read_tagged(tmp_path, [page], [("Big", 0), ("Heading_2", 1)],
                          roles="/Big /Bigger /Bigger /H1")
    assert kinds(reading) == [("heading", 1, "Aims"), ("heading", 2, "Why")]


def test_plain_headings_have_the_level_of_their_section(tmp_path: Path) -> None:
    page = marked("H", 0, 60, 100, "Aims") + marked("H", 1, 60, 130, "Why")
    reading = read_tagged(tmp_path, [page], [("Sect", ("H", 0), ("Sect", ("H", 1)))])
    assert kinds(reading) == [("heading", 1, "Aims"), ("heading", 2, "Why")]


def test_items_keep_their_labels_and_lists_within_them(tmp_path: Path) -> None:
    page = "".join(marked("P", number, 60 + 20 * (number % 2), 100 + 15 * (number // 2), text)
                   for number, text in enumerate(("1.", "First of all", "a)", "Within it",
                                                  "2.", "In the end")))
    reading = read_tagged(tmp_path, [page], [
        ("L", ("LI", ("Lbl", 0), ("LBody", ("P", 1), ("L", ("LI", ("Lbl", 2), ("LBody", 3))))),
         ("LI", ("Lbl", 4), ("LBody", 5)))])
    assert kinds(reading) == [("item", 0, "1. First of all"), ("item", 0, "a) Within it"),
                              ("item", 0, "2. In the end")]


def test_heading_in_a_list_keeps_its_number(tmp_path: Path) -> None:
    page = marked("P", 0, 60, 100, "1.") + marked("H1", 1, 80, 100, "Aims")
    reading = read_tagged(tmp_path, [page], [("L", ("LI", ("Lbl", 0), ("LBody", ("H1", 1))))])
    assert kinds(reading) == [("heading", 1, "1. Aims")]


def test_tables_are_rows_of_cells_with_header_rows_marked(tmp_path: Path) -> None:
    page = "".join(marked("P", number, 60 + 100 * (number % 3), 100 + 15 * (number // 3), text)
                   for number, text in enumerate(("Area", "2015", "2016", "Cancer", "4.1", "4.3")))
    reading = read_tagged(tmp_path, [page], [("Table", ("THead", ("TR", *(
        ("TH", number) for number in range(3)))), ("TBody", ("TR", ("TH", 3), ("TD", ("P", 4)),
                                                             ("TD", 5))))])
    assert kinds(reading) == [("row", 1, "Area\t2015\t2016"), ("row", 0, "Cancer\t4.1\t4.3")]


def test_cells_stay_under_their_headers_where_others_span_several(tmp_path: Path) -> None:
    page = "".join(marked("P", number, left, 100 + 15 * row, text)
                   for number, (left, row, text) in enumerate((
                       (60, 0, "Area"), (160, 0, "Years"), (360, 0, "Note"),
                       (160, 1, "2015"), (260, 1, "2016"), (360, 1, "None"))))
    reading = read_tagged(tmp_path, [page], [("Table", (
        "TR", ("TH /A <</O /Table /RowSpan 2>>", 0), ("TH /A [<</ColSpan 2>>]", 1), ("TH", 2)),
        ("TR", ("TD", 3), ("TD", 4), ("TD", 5)))])
    assert [block.cells for block in reading.blocks] == [
        ("Area", "Years", "", "Note"), ("", "2015", "2016", "None")]


def test_cells_that_were_tagged_as_they_were_drawn_are_put_from_left_to_right(
        tmp_path: Path) -> None:
    page = "".join(marked("P", number, left, 100 + 15 * row, text)
                   for number, (left, row, text) in enumerate((
                       (260, 0, "2016"), (160, 0, "2015"),
                       (160, 1, "4.1"), (60, 1, "Cancer"), (260, 1, "4.3"))))
    reading = read_tagged(tmp_path, [page], [("Table", (
        "TR", ("TH", 0), ("TH",), ("TH", 1)), ("TR", ("TD", 2), ("TD", 3), ("TD", 4)))])
    assert [block.cells for block in reading.blocks] == [
        ("", "2015", "2016"), ("Cancer", "4.1", "4.3")]


def test_tables_for_the_sake_of_layout_are_no_rows(tmp_path: Path) -> None:
    page = lines_of_text() + marked("H1", 7, 60, 100, "Aims")
    reading = read_tagged(tmp_path, [page], [("Table", (
        "TR", ("TD", ("H1", 7), *(("P", number) for number in range(7)))))])
    assert kinds(reading) == [("heading", 1, "Aims")] + [
        ("paragraph", 0, text) for text in SENTENCES]


def test_contents_are_a_paragraph_an_entry(tmp_path: Path) -> None:
    page = "".join(marked("P", number, 60, 100 + 14 * number, f"{text} ........... {number}")
                   for number, text in enumerate(("Foreword", "Summary", "Aims")))
    reading = read_tagged(tmp_path, [page], [("TOC", *(("TOCI", ("Reference", number))
                                                       for number in range(3)))])
    assert kinds(reading) == [("paragraph", 0, f"{text} ........... {number}")
                              for number, text in enumerate(("Foreword", "Summary", "Aims"))]


def test_artifacts_are_furniture_and_what_is_tagged_is_not(tmp_path: Path) -> None:
    pages = [marked("Artifact", -1, 60, 30, "Annual plan") + plain(60, 60, "")
             + marked("P", 0, 60, 60, "Key data") + marked("P", 1, 60, 400, SENTENCES[number])
             for number in range(5)]
    reading = read_tagged(tmp_path, pages, [("P", on_page(number, mcid))
                                            for number in range(1, 6) for mcid in (0, 1)])
    assert texts(reading, "furniture") == ["Annual plan"] * 5
    assert texts(reading).count("Key data") == 5


def test_text_without_tags_is_put_where_it_stands(tmp_path: Path) -> None:
    reading = read_tagged(tmp_path, [lines_of_text() + plain(60, 290, "Between three and four.")],
                          [("P", number) for number in range(7)])
    assert texts(reading) == [*SENTENCES[:3], "Between three and four.", *SENTENCES[3:]]


def test_page_that_tags_hardly_cover_is_read_by_its_print(tmp_path: Path) -> None:
    page = lines_of_text().replace("/P <</MCID 0>> BDC", "/P <</MCID 99>> BDC")
    reading = read_tagged(tmp_path, [page], [("P", 1), ("P", 99)])
    assert texts(reading) == SENTENCES


def test_order_that_runs_up_the_page_is_not_meant(tmp_path: Path) -> None:
    reading = read_tagged(tmp_path, [lines_of_text()], [("P", 6 - number) for number in range(7)])
    assert texts(reading) == SENTENCES


def test_paragraph_that_holds_a_whole_page_is_parted_by_its_print(tmp_path: Path) -> None:
    page = "".join(marked("P", number, 60, 100 + 40 * (number // 2) + 13 * (number % 2), text)
                   for number, text in enumerate(2 * SENTENCES))
    reading = read_tagged(tmp_path, [page], [("P", *range(14))])
    assert len(reading.blocks) == 7


def test_headings_that_are_tagged_as_paragraphs_are_found_by_their_print(tmp_path: Path) -> None:
    page = "".join(marked("P", 10 + number, 60, 185 + 40 * number, f"Aim {name}", 16)
                   for number, name in enumerate("ABCDEFG"))
    reading = read_tagged(tmp_path, [page + lines_of_text()], [
        ("P", number) for mcid in range(7) for number in (10 + mcid, mcid)])
    assert texts(reading, "heading") == [f"Aim {name}" for name in "ABCDEFG"]


def test_paragraph_over_a_page_break_is_one_block(tmp_path: Path) -> None:
    pages = [marked("P", 0, 60, 700, "Care will be provided near"), marked(
        "P", 0, 60, 100, "Home, in every town.") + marked("P", 1, 60, 130, "The end of it all.")]
    reading = read_tagged(tmp_path, pages, [("P", on_page(1, 0), on_page(2, 0)),
                                            ("P", on_page(2, 1))])
    assert texts(reading) == ["Care will be provided near Home, in every town.",
                              "The end of it all."]
    assert [span.page for span in reading.blocks[0].spans] == [1, 2]


def test_forms_have_marks_of_their_own(tmp_path: Path) -> None:
    page = marked("P", 0, 60, 140, "On the page") + "/X1 Do /P <</MCID 1>> BDC /X2 Do EMC\n"
    forms = [marked("P", 0, 60, 100, "In a form"), plain(60, 180, "In a form within a mark")]
    reading = read_tagged(tmp_path, [page], [("H1", on_page(1, 0, form=1)), ("P", 0), ("P", 1)],
                          forms=forms)
    assert kinds(reading) == [("heading", 1, "In a form"), ("paragraph", 0, "On the page"),
                              ("paragraph", 0, "In a form within a mark")]


def test_actual_text_of_a_word_stands_for_its_glyphs(tmp_path: Path) -> None:
    drawn = plain(60, 100, "o").replace("(o)", "(o) Tj /Span <</ActualText (ffi)>> BDC (#) Tj "
                                        "EMC (ce)")
    reading = read_tagged(tmp_path, [f"/P <</MCID 0>> BDC {drawn} EMC\n"], [("P", 0)])
    assert texts(reading) == ["office"]


LOOP = f"{100} 0 R"
DEEP = ("P", 0)
for _ in range(300):
    DEEP = ("Sect", DEEP)


@pytest.mark.parametrize("kids", [
    [("P", 0, LOOP)], [("P", LOOP)], [DEEP], ["null"], ["(no element)"], ["-7"], ["9999 0 R"],
    ["<</S 12 /K (x)>>"], [("P", "<</Type /OBJR>>", "[[0] [1]]")], [("TR", 0), ("TD", 0)],
    [("Table", ("TR", ("TD /A <</ColSpan 99999999 /RowSpan (x)>>", 0)))]])
def test_malformed_trees_lose_no_text(tmp_path: Path, kids: Sequence[Kid]) -> None:
    page = marked("P", 0, 60, 100, "A line of text.") + "EMC EMC\n" + marked(
        "Span /None", 1, 60, 140, "Another line.")
    assert texts(read_tagged(tmp_path, [page], kids)) == ["A line of text.", "Another line."]
