"""Marks stand on exactly the words that match, and a passage without a match has none."""

from __future__ import annotations

import random

import pytest

from index.highlight import Match, find_matches
from index.query_parser import parse_query

FIELDS = {
    "title": "Coal plan",
    "heading": "Our workforce",
    "organisation": "Mill Trust",
    "kind": "strategy",
    "year": "2019",
    "status": "current",
    "page": "3",
}


def find(text: str, typed: str) -> tuple[Match, ...] | None:
    return find_matches(text, FIELDS, parse_query(typed)[0])


def marks(text: str, typed: str) -> list[str] | None:
    found = find(text, typed)
    return None if found is None else [text[start:end] for start, end in found]


TEXT = (
    "Vacancies at A&E cost £4.9m in 2019/20; each vacancy costs more."
    " The Trust’s plan: plan to act."
)

MARKED: dict[str, list[str] | None] = {
    "": [],
    "vacancy": ["Vacancies", "vacancy"],
    "vacancies": ["Vacancies", "vacancy"],
    '"vacancy"': ["vacancy"],
    "vacan*": ["Vacancies", "vacancy"],
    "vacanci*": ["Vacancies"],
    "cost": ["cost", "costs"],
    '"cost"': ["cost"],
    "A&E": ["A&E"],
    "4.9m": ["£4.9m"],
    "2019": ["2019/20"],
    "trust": ["Trust’s"],
    "trust's plan": ["Trust’s", "plan", "plan"],
    '"trust\'s plan"': ["Trust’s plan"],
    '"trust plan"': None,
    '"plan plan"': ["plan: plan"],
    '"plan to act"': ["plan to act"],
    '"plan act"': None,
    '"each vacancy" plan': ["each vacancy", "plan", "plan"],
    '"each vacancy" OR "plan act"': ["each vacancy"],
    "unheard": None,
    "vacancy unheard": None,
    "vacancy OR unheard": ["Vacancies", "vacancy"],
    "vacancy -unheard": ["Vacancies", "vacancy"],
    "vacancy -plan": None,
    "-unheard": [],
    "-plan": None,
    "NOT (unheard plan)": [],
    "A&E OR -plan": ["A&E"],
    "unheard OR (A&E -plan)": None,
    "title:coal": [],
    "title:coal cost": ["cost", "costs"],
    'heading:"our workforce" A&E': ["A&E"],
    "title:cost": None,
    "organisation:mill OR A&E": ["A&E"],
    "year:2019": [],
    "-title:coal": None,
    "text:act": ["act"],
    '"plan to" "to act"': ["plan to act"],
    "plan act plan*": ["plan", "plan", "act"],
}


@pytest.mark.parametrize("typed", MARKED)
def test_marks_are_exactly_the_matched_words(typed: str) -> None:
    assert marks(TEXT, typed) == MARKED[typed]


def test_a_word_of_a_phrase_is_not_marked_where_it_stands_alone() -> None:
    text = "Health care. Mental health is health, and mental care is not. Mental health!"
    assert marks(text, '"mental health"') == ["Mental health", "Mental health"]


def test_a_phrase_runs_over_line_breaks_and_punctuation() -> None:
    text = "children,\nyoung people"
    assert marks(text, '"children young people"') == [text]


def test_a_phrase_does_not_run_over_fields() -> None:
    assert marks("workforce plan", 'heading:"workforce plan"') is None
    assert marks("plan", '"workforce plan"') is None


def test_marks_that_overlap_become_one() -> None:
    assert marks("one two one two one", '"one two one"') == ["one two one two one"]


def test_marks_that_only_follow_each_other_stay_apart() -> None:
    assert marks("one two", "one two") == ["one", "two"]
    assert marks("24hr7", "24 hr7") == ["24", "hr7"]


def test_marks_stand_in_order_without_overlaps() -> None:
    chance = random.Random(7)
    words = ["one", "two", "One’s", "A&E", "0-19", "."]
    queries = "one two", '"one two" OR two', '"one two one" OR "two one"', "o* OR -two", '"one one"'
    for _ in range(300):
        text = " ".join(chance.choices(words, k=chance.randint(0, 12)))
        for typed in queries:
            found = find(text, typed) or ()
            ends = [0, *(end for _, end in found)]
            assert all(start < end for start, end in found)
            assert all(before <= start for before, (start, _) in zip(ends, found))


def test_ligatures_and_accents_keep_the_offsets_of_the_text() -> None:
    text = "The oﬃce ﬁnances a café’s ﬁre"
    assert marks(text, "office finance café") == ["oﬃce", "ﬁnances", "café’s"]


def test_a_text_of_any_length_is_marked_to_its_end() -> None:
    """Whoosh's own highlighter stops after 32,768 characters."""
    text = "coal " + "dust and ashes " * 7000 + "coal"
    assert len(text) > 100_000
    assert find(text, "coal") == ((0, 4), (len(text) - 4, len(text)))
    assert find(text, '"ashes coal"') == ((len(text) - len("ashes coal"), len(text)),)


def test_an_empty_text_matches_by_its_fields_alone() -> None:
    assert marks("", "title:coal") == []
    assert marks("", "coal") is None


SPECIAL: dict[str, list[str] | None] = {
    "vac*cy": ["vacancy"],
    "vacanc?*": ["Vacancies", "vacancy"],
    "c?st": ["cost"],
    "?c?": None,
    "costt~": ["cost", "costs"],
    "cst~": ["cost"],
    "cts~2": ["cost", "costs"],
    "bost~": None,
    '"cost each"~3': ["cost", "each"],
    '"each cost"~3': ["cost", "each"],
    '"each cost"~2': None,
    '"each cost"~>9': None,
    '"cost each"~>3': ["cost", "each"],
    '"plan plan"~0': ["plan", "plan"],
    '"plan plan plan"~9': None,
    '"plan act"~1': ["plan", "act"],
    'heading:"workforce our"~0': [],
    "page:3": [],
    "page:4": None,
    "page:2-3 act": ["act"],
    "follow-up": None,
}


@pytest.mark.parametrize("typed", SPECIAL)
def test_patterns_and_words_near_each_other_mark_what_fits(typed: str) -> None:
    assert marks(TEXT, typed) == SPECIAL[typed]


def test_words_are_marked_where_they_are_near_and_nowhere_else() -> None:
    text = "staff left; beds. Long after, when all was done, more staff came to no beds at all"
    assert marks(text, '"staff beds"~1') == ["staff", "beds"]
    assert marks(text, '"staff beds"~3') == ["staff", "beds", "staff", "beds"]
    assert marks(text, '"beds staff"~>9') == ["beds", "staff"]


def test_halves_are_marked_however_they_are_written() -> None:
    for text in ("self-harm", "self harm", "selfharm"):
        found = marks(f"no {text}.", "self-harm")
        assert found is not None and "".join(found) in (text, "selfharm")
    assert marks("no self-harm or selfharm", "selfharm") == ["self", "harm", "selfharm"]
