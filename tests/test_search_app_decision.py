"""Deciding is a sum that a person can work out again."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from index.models import Models
from index.search import Searcher
from search_app.answering.answers import answer_question
from search_app.answering.decision import Decision, find_names, read_decisions
from tests.factories import make_document, make_library, make_searcher
from tests.models import WordReader

PLAN = make_document("plan.txt", "# Wards\nThe Heanor ward closes 24 beds.\nTrees grow.")


def test_the_probability_is_that_of_a_logistic_regression() -> None:
    decision = Decision(-1.0, {"coverage": 2.0, "fits": 0.5}, 0.5)
    signs = {"coverage": 0.5, "fits": 1.0, "of no weight": 9.0}
    assert decision.weigh(signs) == 1 / (1 + math.exp(-0.5))
    assert decision.weigh({"coverage": 0.5, "fits": 0.0}) == 0.5


def test_every_sign_that_weighs_is_one_that_is_found(tmp_path: Path) -> None:
    answer = answer_question(make_searcher(tmp_path, PLAN), "How many beds close?")
    for decision in read_decisions().values():
        assert {*decision.weights} <= {*answer.workings.signs}
        assert 0 < decision.threshold < 1
    assert all(-3 <= value <= 3 for value in answer.workings.signs.values())


def test_a_better_quotation_has_more_speaking_for_it(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, PLAN)
    good, bad = (
        answer_question(searcher, question).workings.signs
        for question in ("How many beds does Heanor close?", "Who painted Heanor in Spain?")
    )
    assert good["coverage"] > bad["coverage"] and good["fits"] >= bad["fits"]


def test_the_lead_is_that_over_the_next_sentence_that_says_something_else(tmp_path: Path) -> None:
    question, same = "How many beds does Heanor close?", "The Heanor ward closes 24 beds."
    for reader in (None, WordReader()):
        leads = []
        for number, other in enumerate((same, "The Heanor ward closes.", "Few beds.")):
            made = PLAN, make_document("other.txt", f"# Beds\n{other}")
            library = make_library(tmp_path / f"{number}{reader}", *made)
            searcher = Searcher(library, Models(cross_encoder=reader))
            leads.append(answer_question(searcher, question).workings.signs["lead"])
        alike, near, far = leads
        assert 0 < near < far and near < alike


def test_a_sentence_alone_has_no_lead(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, make_document("plan.txt", "Heanor closes 24 beds."))
    assert answer_question(searcher, "How many beds close?").workings.signs["lead"] == 0


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How much did Heanor spend in 2019/20?", {"heanor", "2019/20"}),
        ("What is A&E? Where is it?", {"a&e"}),
        ("what is the plan", set()),
    ],
)
def test_names_and_numbers_of_a_question(question: str, names: set[str]) -> None:
    assert find_names(question) == names
