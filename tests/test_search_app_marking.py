"""Marked text is escaped, whole and otherwise the document's own."""

from __future__ import annotations

import html
import re

import pytest

from ingest.records import Block, Page, Passage, Span, Word
from search_app.marking import Range, clip, mark_cells, mark_text, ranges_on_page
from search_app.page_view import PageView, view_page
from tests.factories import make_words


def strip(marked: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", marked))


@pytest.mark.parametrize(
    ("text", "matches", "marked"),
    [
        ("beds and wards", ((0, 4),), "<mark>beds</mark> and wards"),
        ("beds", (), "beds"),
        ("A&E <b>", ((0, 3),), "<mark>A&amp;E</mark> &lt;b&gt;"),
        ("a\nb", ((2, 3),), "a\n<mark>b</mark>"),
        ("a\tb", ((2, 3),), 'a<span class="cell">\t</span><mark>b</mark>'),
        ("", (), ""),
    ],
)
def test_matches_are_marked(text: str, matches: tuple[Range, ...], marked: str) -> None:
    assert mark_text(text, matches) == marked


@pytest.mark.parametrize("text", ["<script>alert('1')</script>", "a\tb\nc & d", "“£4.9m” " * 9999])
def test_text_is_never_altered(text: str) -> None:
    assert strip(mark_text(text, ((1, 3), (4, 6)))) == text


def test_matches_far_into_a_text_are_marked() -> None:
    text = "x " * 50_000 + "ward"
    assert mark_text(text, ((100_000, 100_004),)).endswith("<mark>ward</mark>")


def test_match_over_two_cells_is_marked_in_each() -> None:
    cells = mark_cells("one two\tthree", ((4, 13),))
    assert cells == ("one <mark>two</mark>", "<mark>three</mark>")


def test_matches_are_cut_to_a_stretch() -> None:
    assert clip(((0, 4), (5, 9), (20, 22)), 3, 8) == ((0, 1), (2, 5))


def test_ranges_that_overlap_are_joined() -> None:
    spans = (Span(1, 5, 9), Span(1, 0, 3), Span(2, 1, 2), Span(1, 7, 12), Span(1, 12, 14))
    assert ranges_on_page(spans, 1) == ((0, 3), (5, 12), (12, 14))


TEXT = "Our plan 2019\nBeds\nThere are 40 beds.\nWard\tBeds\nstray"
PAGE = Page(1, TEXT, "", 600, 800, make_words("Our plan 2019") + make_words("Beds", 14))
BLOCKS = (
    Block("furniture", "Our plan 2019", (Span(1, 0, 13),)),
    Block("heading", "Beds", (Span(1, 14, 18),), 2),
    Block("paragraph", "There are 40 beds.", (Span(1, 19, 37),)),
    Block("row", "Ward\tBeds", (Span(1, 38, 47),)),
)
PASSAGES = (
    Passage(1, "Beds\nThere are 40 beds.", ("Beds",), (Span(1, 14, 18), Span(1, 19, 37)), ()),
    Passage(2, "Ward\tBeds", ("Beds",), (Span(1, 38, 47),), ()),
)


def view(*matched: Span, named: int = 0, page: Page = PAGE) -> PageView:
    return view_page(page, BLOCKS, PASSAGES, matched, named)


def test_page_shows_all_of_its_text_once_and_in_order() -> None:
    pieces = [piece for section in view().sections for _, run in section.runs for piece in run]
    assert "\n".join(strip(piece.html) for piece in pieces) == TEXT
    assert [piece.kind for piece in pieces] == [
        "furniture", "heading", "paragraph", "row", "paragraph",
    ]  # fmt: skip


def test_page_is_cut_into_its_passages() -> None:
    assert [section.passage for section in view().sections] == [0, 1, 2, 0]
    assert [section.named for section in view(named=2).sections] == [False, False, True, False]


def test_match_is_marked_in_the_text_and_boxed_on_the_image() -> None:
    shown = view(Span(1, 14, 18))
    assert shown.sections[1].runs[0][1][0].html == "<mark>Beds</mark>"
    assert shown.boxes == ((0.0, 0.0, 40.0, 12.0),)
    assert not shown.unplaced


def test_named_passage_is_outlined() -> None:
    assert view(named=1).outlines == ((0.0, 0.0, 40.0, 12.0),)
    assert view(named=9).outlines == ()


def test_match_without_boxes_is_said_to_be_unplaced() -> None:
    shown = view(Span(1, 30, 32))
    assert shown.boxes == () and shown.unplaced


def test_document_without_pages_is_not_unplaced() -> None:
    assert not view(Span(1, 30, 32), page=Page(1, TEXT)).unplaced


def test_words_over_two_lines_have_two_boxes() -> None:
    words = (Word(14, 16, (0, 0, 20, 12)), Word(16, 18, (0, 20, 20, 32)))
    assert len(view(Span(1, 14, 18), page=Page(1, TEXT, "", 600, 800, words)).boxes) == 2
