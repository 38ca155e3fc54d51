"""Of many questions at once a few are read closely, and none waits long."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from index.models import open_models
from index.query import Query
from index.search import Searcher
from search_app.answering.answers import Answer
from search_app.service import Service
from search_app.turns import READ_SECONDS, Turns
from tests.factories import make_document, make_library
from tests.models import MODELS, needs_models

PLAN = make_document("plan.txt", "# Wards\nThe Heanor ward closes 24 beds. Trees grow.")


def test_whoever_gets_no_turn_in_time_gets_no_reading() -> None:
    turns = Turns(at_once=1, wait_seconds=0.0)
    with turns.take() as first, turns.take() as second:
        assert (first, second) == (READ_SECONDS, 0.0)
    with turns.take() as third:
        assert third == READ_SECONDS


def test_a_turn_is_given_back_after_an_error() -> None:
    turns = Turns(at_once=1, wait_seconds=0.0)
    with pytest.raises(KeyError), turns.take():
        raise KeyError
    with turns.take() as seconds:
        assert seconds == READ_SECONDS


@needs_models
def test_of_ten_questions_at_once_each_gets_its_answer(tmp_path: Path) -> None:
    searcher = Searcher(make_library(tmp_path, PLAN), open_models(MODELS))
    service = Service(searcher.library, searcher, "public", Turns(1, wait_seconds=0.01))
    answers: list[Answer] = []

    def ask() -> None:
        answers.append(service.answer(Query(typed="How many beds does the Heanor ward close?")))

    threads = [threading.Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.nearest[0].short_answer for answer in answers] == ["24 beds"] * 10
    busy = [any("busy" in note for note in answer.notes) for answer in answers]
    assert any(busy) and not all(busy)
