"""An explanation lets a person see which stage failed."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from index.models import Models
from index.search import Searcher
from search_app.answering.answers import Answer, answer_question
from search_app.answering.explaining import judge, workings_json
from search_app.explanation_lines import explain
from tests.factories import make_document, make_library
from tests.models import WordReader

PLAN = make_document(
    "plan.txt",
    "# Wards\nThe Heanor ward closes 24 beds. Trees grow.\n# Staff\nThe Heanor ward has nurses.",
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    library = make_library(tmp_path_factory.mktemp("plan"), PLAN)
    return Searcher(library, Models(cross_encoder=WordReader()))


def ask(searcher: Searcher, question: str) -> Answer:
    return answer_question(searcher, question)


def test_every_candidate_and_sentence_is_explained(searcher: Searcher) -> None:
    answer = ask(searcher, "How many beds close on the Heanor ward?")
    workings = workings_json(answer)
    assert len(workings["passages"]) == 2
    best = workings["passages"][0]
    assert best["rank"] == best["fused"]["rank"] == best["lexical"]["rank"] == 1
    assert best["dense"] is None and best["relevance"] is not None
    quoted = {each["text"]: each["quoted"] for each in workings["sentences"]}
    assert quoted["The Heanor ward closes 24 beds."] and not quoted["Trees grow."]


def test_the_contributions_add_up_to_the_probability(searcher: Searcher) -> None:
    answer = ask(searcher, "How many beds close on the Heanor ward?")
    decision = workings_json(answer)["decision"]
    total = decision["bias"] + sum(sign["contribution"] for sign in decision["signs"])
    assert 1 / (1 + math.exp(-total)) == pytest.approx(decision["probability"], abs=1e-4)
    assert decision["threshold"] == answer.workings.decision.threshold


@pytest.mark.parametrize(
    ("question", "failed"),
    [
        ("What is it?", {"understanding", "finding", "sentences"}),
        ("What is the capital of France?", {"finding", "sentences"}),
        ("How many beds close on the Heanor ward?", set()),
    ],
)
def test_the_stage_that_failed_says_so(
    searcher: Searcher, question: str, failed: set[str]
) -> None:
    verdicts = dict(judge(ask(searcher, question)))
    assert {stage for stage, said in verdicts.items() if said.startswith("Failed")} == failed


def test_abstaining_is_explained_with_probability_and_threshold(searcher: Searcher) -> None:
    answer = ask(searcher, "Which king painted the Heanor bridge in Spain?")
    assert answer.abstained
    verdict = dict(judge(answer))["deciding"]
    assert verdict.startswith("Abstained") and "below the threshold" in verdict


def test_lines_show_every_figure(searcher: Searcher) -> None:
    answer = ask(searcher, "How many beds close on the Heanor ward?")
    text = "\n".join(explain(answer))
    assert "plan/1/1" in text and "plan/1/2" in text
    assert "* plan/1/1 no. 1: coverage" in text
    for name in answer.workings.signs:
        assert f"  {name} " in text


def test_what_was_not_read_is_said_to_be_so(tmp_path: Path) -> None:
    answer = answer_question(Searcher(make_library(tmp_path, PLAN)), "Heanor ward beds")
    assert "relevance not read" in "\n".join(explain(answer))
    assert "by words and meaning alone" in dict(judge(answer))["ranking"]
    assert workings_json(answer)["sentences"][0]["relevance"] is None
