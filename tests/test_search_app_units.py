"""The units of a passage, and what each leans on."""

from __future__ import annotations

import pytest

from ingest.records import Passage
from search_app.units import LONGEST_WORDS, find_header, find_units, say, widen


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
    items = [f"• item {number} of the list" for number in range(LONGEST_WORDS)]
    assert widen(make_passage("We will:", *items), 5) == (5, 5)


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
