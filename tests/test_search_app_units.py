"""The units of a passage, and what each leans on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.records import Passage
from search_app.answering.lists import find_numbers
from search_app.answering.units import (
    LONGEST_LIST_WORDS, LONGEST_WORDS, count_items, find_header, find_units, is_header, say, widen,
)  # fmt: skip


def make_passage(*sentences: str, joined: str = "\n") -> Passage:
    """Make a passage of these sentences, joined by a line break or a space."""
    starts = [sum(len(each) + 1 for each in sentences[:at]) for at in range(len(sentences))]
    offsets = tuple((start, start + len(each)) for start, each in zip(starts, sentences))
    return Passage(1, joined.join(sentences), (), (), offsets)


@pytest.mark.parametrize(
    ("sentences", "number", "whole"),
    [
        (("Beds close.", "Wards open."), 1, (1, 1)),
        (("Beds close.", "This is sad."), 1, (0, 1)),
        (("This is sad.", "Beds close."), 0, (0, 0)),
        (("We will:", "• close beds", "• open wards", "Trees grow."), 2, (0, 2)),
        (("We will:", "• close beds", "• open wards", "Trees grow."), 0, (0, 2)),
        (("We will:", "• close beds", "Trees grow."), 2, (2, 2)),
        (("We will:", "• close beds", "We also:", "• open wards"), 3, (2, 3)),
        (("We will:", "1. Close beds.", "2. Open wards."), 1, (0, 2)),
        (("Closed:", "Ward A", "ward B", "Trees grow."), 1, (0, 2)),
        (("• Close beds.", "• Open wards."), 0, (0, 0)),
    ],
)
def test_a_unit_stands_with_what_it_leans_on(
    sentences: tuple[str, ...], number: int, whole: tuple[int, int]
) -> None:
    assert widen(make_passage(*sentences), number) == whole


def test_a_list_that_nothing_leads_into_is_whole_where_a_list_is_wanted() -> None:
    passage = make_passage("Trees grow.", "• Close beds.", "• Open wards.", "It rains.")
    assert widen(passage, 2, wants_list=True) == (1, 2)
    assert widen(passage, 2) == (2, 2)


def test_items_of_several_sentences_are_parts_of_their_list() -> None:
    text = "We will:\n• Close beds. They are old.\n• Open wards."
    offsets = tuple(
        (text.index(each), text.index(each) + len(each))
        for each in ("We will:", "• Close beds.", "They are old.", "• Open wards.")
    )
    assert widen(Passage(1, text, (), (), offsets), 2) == (0, 3)


def test_a_list_that_is_too_long_is_not_whole() -> None:
    items = [f"• item {number} of the list" for number in range(LONGEST_LIST_WORDS)]
    some = items[:LONGEST_WORDS // 4]
    assert widen(make_passage("We will:", *items), 5, wants_list=True) == (5, 5)
    assert widen(make_passage("We will:", *some), 5) == (5, 5)
    assert widen(make_passage("We will:", *some), 5, wants_list=True) == (0, len(some))


def test_words_that_say_how_many_items_follow_lead_into_them() -> None:
    led = make_passage("There are two aims, as ever.", "• Beds. They shut.", "• Wards.", "Trees.")
    assert [widen(led, at) for at in range(4)] == [(0, 2), (0, 2), (0, 2), (3, 3)]
    other = make_passage("There are three aims.", "• Beds.", "• Wards.")
    assert [widen(other, at) for at in range(3)] == [(0, 0), (1, 1), (2, 2)]
    assert [count_items(led, at) for at in range(4)] == [2, 2, 2, 0]


def test_a_heading_is_no_item() -> None:
    passage = replace(make_passage("Our aims", "• Beds.", "• Wards."), trail=("Our aims",))
    assert widen(passage, 1, wants_list=True) == (1, 2)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("What are the four principles of care?", [4]),
        ("It has 3 main aims and twelve small ones.", [3, 12]),
        ("In 2019 it spent £4 on one plan.", []),
        ("Two of us left.", []),
    ],
)
def test_how_many_things_a_text_speaks_of(text: str, numbers: list[int]) -> None:
    assert find_numbers(text) == numbers


def test_a_first_row_of_names_above_figures_is_a_header() -> None:
    passage = make_passage("Beds by ward.", "Ward\tBeds in 2020", "A\t12", "B\t9", "Trees grow.")
    assert [is_header(passage, at) for at in range(5)] == [False, True, False, False, False]
    assert not is_header(make_passage("A\t12", "B\t9"), 0)
    assert not is_header(make_passage("Sunday\tOpen", "Monday\tShut"), 0)


def test_a_row_has_the_first_of_its_table_for_a_header() -> None:
    passage = make_passage("Beds by ward.", "Ward\tBeds", "A\t12", "B\t9", "Trees grow.")
    assert [find_header(passage, at) for at in range(5)] == [
        "", "", "Ward\tBeds", "Ward\tBeds", ""
    ]  # fmt: skip


def test_units_end_at_line_breaks_too() -> None:
    passage = make_passage("One\nTwo", "Three.", joined=" ")
    assert [say(passage, (at, at)) for at in range(len(find_units(passage)))] == [
        "One", "Two", "Three."
    ]  # fmt: skip
