"""A reader waits for the cross-encoder as long as was said, and is told what it did not read."""

from __future__ import annotations

from search_app.answering.patience import Patience
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


def test_whoever_asks_for_nothing_is_told_nothing() -> None:
    assert Patience(0.0).note == ""
