"""What is taken from a question."""

from __future__ import annotations

from index.query import Clues
from search_app.answering.clues import STORY, find_clues
from search_app.answering.questions import understand


def clues_of(question: str) -> Clues:
    return find_clues(understand(question))


def test_common_words_are_no_clues_and_do_not_part_a_pair() -> None:
    clues = clues_of("Who pays for the beds of the winter ward?")
    assert clues == Clues(
        {"pay": 1.0, "bed": 1.0, "winter": 1.0, "ward": 1.0},
        frozenset({("pay", "bed"), ("bed", "winter"), ("winter", "ward")}),
    )


def test_words_that_only_ask_are_no_clues() -> None:
    assert "mani" not in clues_of("How many beds are there?").weights


def test_the_story_around_a_question_counts_less() -> None:
    clues = clues_of("My mother is in hospital. Who visits her in hospital?")
    assert clues.weights["mother"] == STORY
    assert clues.weights["hospit"] == clues.weights["visit"] == 1.0


def test_words_without_any_question_mark_all_count() -> None:
    assert set(clues_of("agency ceiling. winter beds").weights.values()) == {1.0}


def test_nothing_to_ask_for_gives_no_clue() -> None:
    assert clues_of("what is it?") == Clues({}, frozenset())
