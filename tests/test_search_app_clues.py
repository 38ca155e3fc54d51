"""What is taken from a question."""

from __future__ import annotations

from index.query import Clues
from search_app.clues import STORY, find_clues


def test_common_words_are_no_clues_and_do_not_part_a_pair() -> None:
    clues = find_clues("How many beds are there for the winter?")
    assert clues == Clues(
        {"mani": 1.0, "bed": 1.0, "winter": 1.0}, frozenset({("mani", "bed"), ("bed", "winter")})
    )


def test_the_story_around_a_question_counts_less() -> None:
    clues = find_clues("My mother is in hospital. Who visits her in hospital?")
    assert clues.weights["mother"] == STORY
    assert clues.weights["hospit"] == clues.weights["visit"] == 1.0


def test_words_without_any_question_mark_all_count() -> None:
    assert set(find_clues("agency ceiling. winter beds").weights.values()) == {1.0}


def test_nothing_to_ask_for_gives_no_clue() -> None:
    assert find_clues("what is it?") == Clues({}, frozenset())
