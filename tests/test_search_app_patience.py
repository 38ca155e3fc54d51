"""A reader waits for the cross-encoder as long as was said, and is told what it did not read."""

from __future__ import annotations

from search_app.answering.patience import ALONE, FIRST_SHARE, Patience, Turn
from tests.models import WordReader

TEXTS = ["beds close", "trees grow", "beds"]


def test_all_is_read_where_there_is_time() -> None:
    patience = Patience()
    scores = patience.score(WordReader(), "beds close", TEXTS)
    assert scores == [10.0, -10.0, 0.0]
    assert patience.note == ""


def test_nothing_is_read_without_time_and_the_note_says_so() -> None:
    patience = Patience(0.0)
    assert patience.score(WordReader(), "beds", TEXTS) == [None] * 3
    assert "0 of 3 stretches" in patience.note


def test_what_was_read_in_several_goes_is_counted_together() -> None:
    patience, reader = Patience(), WordReader(most=4)
    patience.score(reader, "beds", TEXTS)
    assert patience.note == ""
    assert patience.score(reader, "beds", TEXTS)[1:] == [None, None]
    assert "4 of 6 stretches" in patience.note


def test_in_the_first_share_of_the_time_no_more_is_read() -> None:
    patience, reader = Patience(60.0), WordReader()
    assert patience.score(reader, "beds", TEXTS, until=0.0) == [None] * 3
    assert None not in patience.score(reader, "beds", TEXTS)
    assert "3 of 6 stretches" in patience.note


def test_the_sides_of_a_question_have_equal_shares_of_the_time() -> None:
    turns = [Turn(number, 2) for number in range(2)]
    assert [turn.until(share) for turn in turns for share in (0.5, 1.0)] == [0.25, 0.5, 0.75, 1.0]
    assert ALONE.until(FIRST_SHARE) == FIRST_SHARE


def test_whoever_asks_for_nothing_is_told_nothing() -> None:
    assert Patience(0.0).note == ""
