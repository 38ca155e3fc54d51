"""The figures of an evaluation: comparing texts, ranking, confidence, calibration, intervals."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from index.results import Coverage
from search_app.answering.answers import Answer
from search_app.answering.workings import Workings
from search_app.answering.decision import Decision
from search_app.evaluating.evaluation import Outcome
from search_app.evaluating.figures import (
    FIGURES,
    estimate_figures,
    find_reliability,
    measure_calibration_error,
    measure_chance_error,
)
from search_app.evaluating.questions import Question
from search_app.evaluating.report import make_report, print_report
from search_app.evaluating.scores import score_grades, score_ranking
from search_app.evaluating.texts import answers, find_f1, find_share, holds, match_exactly
from search_app.answering.questions import understand


def make_outcome(
    confidence: float, answerable: bool = True, right: bool = False, abstained: bool = False
) -> Outcome:
    workings = Workings(understand("Why?"), {}, (), (), {}, Decision(0.0, {}, 0.5))
    answer = Answer(
        question="Why?", short_answer="", quotations=(), nearest=(), disagreeing=False,
        abstained=abstained, reason="", confidence=confidence, passages=(), notes=(),
        coverage=Coverage(0, (), (), (), ()), workings=workings,
    )  # fmt: skip
    scores = {"quoted": float(right)} if answerable else {"false_answers": float(not abstained)}
    return Outcome(Question("q", "Why?", answerable=answerable), answer, scores, 1.0, 1.0, "")


def make_outcomes(answerable: Sequence[float], unanswerable: Sequence[float]) -> list[Outcome]:
    return [
        *(make_outcome(confidence) for confidence in answerable),
        *(make_outcome(confidence, answerable=False) for confidence in unanswerable),
    ]


@pytest.mark.parametrize(
    ("given", "right", "exact", "f1"),
    [
        ("The coal-pit!", "a coalpit", 1.0, 1.0),
        ("‘24’ beds", "'24' beds", 1.0, 1.0),
        ("24 beds of 30", "24 beds", 0.0, 2 * 2 / 6),
        ("beds beds", "beds", 0.0, 2 / 3),
        ("", "beds", 0.0, 0.0),
        ("the", "a", 1.0, 1.0),
    ],
)
def test_short_answers_are_compared_by_their_words(
    given: str, right: str, exact: float, f1: float
) -> None:
    assert match_exactly(given, right) == exact
    assert find_f1(given, right) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("text", "words", "held"),
    [
        ("We spend £3.1m.", "£3.1m", True),
        ("We spend £23.1m.", "3.1m", False),
        ("There are 240 beds.", "24", False),
        ("There are 240 or 24\n beds.", "24 BEDS", True),
        ("It is the trust’s plan", "trust's plan", True),
        ("snake_case", "case", True),
        ("Any text", "", False),
    ],
)
def test_answer_stands_in_a_text_as_whole_words(text: str, words: str, held: bool) -> None:
    assert holds(text, words) is held


LONG = "people aged over eighty who live alone may ask for a visit at home"


@pytest.mark.parametrize(
    ("quotation", "expected", "right"),
    [
        ("They live alone may ask", LONG, False),
        ("who live alone may ask", LONG, True),
        ("live alone may", LONG, False),
        ("People over eighty who live alone may ask for a visit.", LONG, True),
        ("open in May", "May", True),
        ("open in May", "opens in May 2020", False),
    ],
)
def test_part_of_a_long_answer_will_do(quotation: str, expected: str, right: bool) -> None:
    assert answers(quotation, [expected]) is right


def test_share_is_the_longest_run_of_words() -> None:
    assert find_share("we open beds in May, not in June", "beds in May or in June") == 3 / 6
    assert find_share("anything", "") == 0


DISCOUNTS = [1 / math.log2(rank + 1) for rank in range(1, 11)]


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [
        (["a", "b"], (0.5, 1.0, 1.0, 1.0, 1.0, 1.0)),
        (["a", "a", "b"],
         (0.5, 1.0, 1.0, 1.0, 1.0, (1 + DISCOUNTS[2]) / (1 + DISCOUNTS[1]))),
        (["", "", "a"] + [""] * 3 + ["b"],
         (0.0, 0.5, 1.0, 1.0, 1 / 3, (DISCOUNTS[2] + DISCOUNTS[6]) / (1 + DISCOUNTS[1]))),
        ([""] * 10 + ["a"], (0.0,) * 6),
        ([], (0.0,) * 6),
    ],
)  # fmt: skip
def test_ranking_is_scored_by_where_its_gold_passages_stand(
    ranked: list[str], expected: tuple[float, ...]
) -> None:
    names = ("recall@1", "recall@5", "recall@10", "hit@5", "mrr@10", "ndcg@10")
    scores = score_ranking(ranked, 2)
    assert tuple(scores[name] for name in names) == pytest.approx(expected)


def test_grades_of_passages_are_their_gains() -> None:
    grades = {"a": 3.0, "b": 1.0}
    assert score_grades(["a", "b"], grades) == {"ndcg@10": 1.0}
    found = (1 + 3 * DISCOUNTS[1]) / (3 + DISCOUNTS[1])
    assert score_grades(["b", "a"], grades)["ndcg@10"] == pytest.approx(found)


@pytest.mark.parametrize(
    ("answerable", "unanswerable", "auroc"),
    [
        ([0.9, 0.8], [0.1], 1.0),
        ([0.1], [0.8, 0.9], 0.0),
        ([0.5, 0.5], [0.5], 0.5),
        ([0.9, 0.4, 0.4], [0.4, 0.1], (1 + 1 + 0.5 + 1 + 0.5 + 1) / 6),
        ([0.5], [], None),
        ([], [0.5], None),
    ],
)
def test_auroc_counts_the_pairs_in_their_right_order(
    answerable: list[float], unanswerable: list[float], auroc: float | None
) -> None:
    assert FIGURES["auroc"](make_outcomes(answerable, unanswerable)) == auroc


def test_abstaining_is_right_where_there_is_no_answer() -> None:
    outcomes = [
        make_outcome(0.1, answerable=False, abstained=True),
        make_outcome(0.2, abstained=True),
        make_outcome(0.3, abstained=True),
        make_outcome(0.8, answerable=False),
        make_outcome(0.9),
    ]
    assert FIGURES["abstention_precision"](outcomes) == 1 / 3
    assert FIGURES["abstention_recall"](outcomes) == 1 / 2
    assert FIGURES["abstention_f1"](outcomes) == 2 / 5
    assert FIGURES["false_answers"](outcomes) == 1 / 2
    assert FIGURES["abstention_f1"](outcomes[1:3]) is None


def test_calibration_sets_confidence_against_what_came_of_it() -> None:
    outcomes = [
        make_outcome(0.72, right=True),
        make_outcome(0.78),
        make_outcome(1.0, right=True),
        make_outcome(0.15, answerable=False),
    ]
    bins = find_reliability(outcomes)
    assert [(each.low, each.high, each.questions, each.right) for each in bins] == [
        (0.1, 0.2, 1, 0.0), (0.7, 0.8, 2, 0.5), (0.9, 1.0, 1, 1.0)
    ]  # fmt: skip
    assert FIGURES["calibration_error"](outcomes) == pytest.approx((0.15 + 2 * 0.25 + 0) / 4)


def test_chance_strays_as_drawing_again_and_again_does() -> None:
    chance = random.Random(5)
    confidences = [chance.random() for _ in range(60)]
    drawn = [
        measure_calibration_error([(each, chance.random() < each) for each in confidences])
        for _ in range(1000)
    ]
    mean = sum(each or 0.0 for each in drawn) / len(drawn)
    expected = measure_chance_error(confidences)
    assert expected == pytest.approx(mean, abs=0.01) and 0.1 < mean < 0.2
    assert measure_chance_error([0.0, 1.0]) == 0.0 and measure_chance_error([]) is None
    assert FIGURES["chance_error"]([make_outcome(0.5)]) == pytest.approx(math.sqrt(0.5 / math.pi))


def test_question_without_a_known_answer_is_not_calibrated() -> None:
    unknown = Outcome(Question("q", "Why?"), make_outcome(0.5).answer, {}, 1.0, 1.0, "")
    assert not find_reliability([unknown])
    assert FIGURES["calibration_error"]([unknown]) is None


@pytest.mark.parametrize("width", [None, 40, 400])
def test_failure_is_one_line_cut_to_the_width_of_the_terminal(width: int | None) -> None:
    question = Question("q7", "Why\nis the ward shut?", answers=("because it floods",))
    failed = replace(make_outcome(0.5), question=question, failure="right but abstained")
    said: list[str] = []
    print_report(make_report([failed], "a library", "Models: none."), width, said.append)
    whole = "q7: right but abstained. Why is the ward shut? Expected: because it floods"
    assert said[-1] == (whole[:39] + "…" if width == 40 else whole)


def test_interval_holds_the_figure_and_is_alike_each_time() -> None:
    outcomes = [make_outcome(0.5, right=n % 4 == 0) for n in range(100)]
    figures = estimate_figures(outcomes)
    assert figures == estimate_figures(outcomes)
    quoted = figures["quoted"]
    assert (quoted.value, quoted.questions) == (0.25, 100)
    assert 0.13 < quoted.low < 0.19 and 0.31 < quoted.high < 0.37
    assert "recall@1" not in figures and "auroc" not in figures
