"""From offsets in a passage to pages and boxes on them."""

from __future__ import annotations

import pytest

from index.places import find_boxes, locate
from ingest.records import Box, Page, Span, Word
from tests.factories import make_words

# A passage of three stretches: "alpha beta" on page 1, "gamma" and "delta" on page 2.
PASSAGE = "alpha beta gamma\ndelta"
PAGES = {1: "Header\nalpha beta", 2: "gamma\n17\ndelta"}
SPANS = (Span(1, 7, 17), Span(2, 0, 5), Span(2, 9, 14))

LOCATED = [
    ("alpha", (Span(1, 7, 12),)),
    ("beta", (Span(1, 13, 17),)),
    ("et", (Span(1, 14, 16),)),
    ("beta gamma", (Span(1, 13, 17), Span(2, 0, 5))),
    ("gamma\ndelta", (Span(2, 0, 5), Span(2, 9, 14))),
    (PASSAGE, SPANS),
    (" gam", (Span(2, 0, 3),)),
    (" ", (Span(1, 12, 13),)),
    ("", ()),
]


@pytest.mark.parametrize(("words", "spans"), LOCATED)
def test_words_of_a_passage_are_located_on_their_pages(
    words: str, spans: tuple[Span, ...]
) -> None:
    start = PASSAGE.index(words)
    assert locate(SPANS, start, start + len(words)) == spans


def test_every_stretch_of_a_passage_is_the_text_of_its_spans() -> None:
    for start in range(len(PASSAGE)):
        for end in range(start, len(PASSAGE) + 1):
            spans = locate(SPANS, start, end)
            shown = "".join(PAGES[span.page][span.start:span.end] for span in spans)
            assert shown == _without_joints(start, end)


def test_what_only_parts_two_spans_stands_nowhere() -> None:
    assert locate(SPANS, 10, 11) == ()


def test_offsets_past_the_end_are_cut_off() -> None:
    assert locate(SPANS, 17, 1000) == (Span(2, 9, 14),)
    assert locate(SPANS, 1000, 2000) == ()


def _without_joints(start: int, end: int) -> str:
    return "".join(PASSAGE[at] for at in range(start, end) if at not in (10, 16))


LINE = "We will recruit"
TWO_LINES = Page(
    1,
    f"{LINE} forty nurses",
    words=(
        *make_words(LINE),
        Word(16, 21, (0.0, 20.0, 50.0, 32.0)),
        Word(22, 28, (60.0, 20.0, 120.0, 32.0)),
    ),
)

BOXES: list[tuple[str, tuple[Box, ...]]] = [
    ("We", ((0.0, 0.0, 20.0, 12.0),)),
    ("will", ((30.0, 0.0, 70.0, 12.0),)),
    ("We will recruit", ((0.0, 0.0, 150.0, 12.0),)),
    ("recruit forty", ((80.0, 0.0, 150.0, 12.0), (0.0, 20.0, 50.0, 32.0))),
    ("forty nurses", ((0.0, 20.0, 120.0, 32.0),)),
    ("ecrui", ((80.0, 0.0, 150.0, 12.0),)),
    ("l r", ((30.0, 0.0, 150.0, 12.0),)),
    (" ", ()),
]


@pytest.mark.parametrize(("words", "boxes"), BOXES)
def test_boxes_surround_runs_of_words_on_one_line(words: str, boxes: tuple[Box, ...]) -> None:
    start = TWO_LINES.text.index(words)
    assert find_boxes(TWO_LINES, Span(1, start, start + len(words))) == boxes


def test_words_of_two_columns_on_one_line_have_boxes_of_their_own() -> None:
    words = Word(0, 4, (0.0, 0.0, 40.0, 12.0)), Word(5, 9, (300.0, 0.0, 340.0, 12.0))
    page = Page(1, "left right", words=words)
    assert len(find_boxes(page, Span(1, 0, 9))) == 2


def test_a_hyphenated_word_has_a_box_on_each_line() -> None:
    words = Word(0, 6, (200.0, 0.0, 260.0, 12.0)), Word(6, 11, (0.0, 14.0, 50.0, 26.0))
    page = Page(1, "recruitment", words=words)
    assert find_boxes(page, Span(1, 0, 11)) == (words[0].box, words[1].box)


def test_a_page_without_words_has_no_boxes() -> None:
    assert find_boxes(Page(1, "alpha"), Span(1, 0, 5)) == ()
