"""Questions that ask several things: each is asked, answered, or said to be unanswered."""

from __future__ import annotations

import pytest

from index.query import Query
from index.search import Searcher
from search_app.answering.answers import answer_question
from search_app.answering.compound import ask_part, find_parts
from search_app.answering.questions import NO_NAMES, understand
from search_app.answering.sides import find_sides
from tests.factories import make_document, make_searcher

BEDS = "The community hospitals have 158 beds."
CHAIR = "The improvement board is chaired by the Director of Nursing."


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("How many beds are there, and who pays for them all?",
         ("How many beds are there", "who pays for them all")),
        ("What is the ward plan and how can people comment?",
         ("What is the ward plan", "how can people comment")),
        ("Who leads the board, what does it cost, and when does it meet?",
         ("Who leads the board, what does it cost", "when does it meet")),
        ("What is the plan; and in which year does it end?",
         ("What is the plan", "in which year does it end")),
        ("When and where was the meeting held?", ()),
        ("What will change and why?", ()),
        ("Who is seen first and how long they wait is counted where?", ()),
        ("How many people who smoke and who are pregnant have quit?", ()),
        ("What is there for carers who are under 18 and who do not live at home?", ()),
        ("What is the difference between what was planned and what was done last year?", ()),
        ("Which areas are those where lives are shortest and where smoking is highest?", ()),
        ("What is the budget for wards and how it will be spent?", ()),
        ("What do nurses and doctors earn?", ()),
        ("beds and who pays for them", ()),
        ("I am a nurse. What is the plan, and who leads it now?", ()),
    ],
)  # fmt: skip
def test_a_question_of_several_is_taken_apart(question: str, parts: tuple[str, ...]) -> None:
    assert find_parts(question) == parts


def test_a_part_is_asked_after_those_before_it() -> None:
    parts = ("What is the plan", "who leads it")
    assert ask_part(parts, 0) == "What is the plan?"
    assert ask_part(parts, 1) == "What is the plan. who leads it?"


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return make_searcher(
        tmp_path_factory.mktemp("compound"),
        make_document("beds.txt", f"# Wards\n{BEDS}\n# Roads\nRoads are long."),
        make_document("board.txt", f"# Meetings\n{CHAIR}\n# Food\nLunch is at noon."),
    )


def test_each_question_is_quoted(searcher: Searcher) -> None:
    question = "How many beds have the community hospitals, and who chairs the improvement board?"
    answer = answer_question(searcher, question)
    assert [each.text for each in answer.quotations] == [BEDS, CHAIR]
    assert not answer.disagreeing and not answer.short_answer


def test_a_question_of_several_that_is_not_answered_is_named(searcher: Searcher) -> None:
    question = "How many beds have the community hospitals, and who repairs the silver fountain?"
    answer = answer_question(searcher, question)
    assert [each.text for each in answer.quotations] == [BEDS]
    assert "Nothing was found that clearly answers “who repairs the silver fountain?”." in (
        answer.notes
    )


def test_what_is_quoted_for_one_question_alone_is_said_of_the_other(searcher: Searcher) -> None:
    question = "How many beds have the community hospitals, and which hospitals have many beds?"
    answer = answer_question(searcher, question)
    assert [each.text for each in answer.quotations] == [BEDS]
    assert (
        "For “which hospitals have many beds?” nothing was found but what is quoted for another"
        " part of the question."
    ) in answer.notes


def test_one_quotation_that_answers_both_stands_once(searcher: Searcher) -> None:
    question = "What chairs the improvement board, and who is the Director of Nursing there?"
    answer = answer_question(searcher, question)
    assert [each.text for each in answer.nearest] == [CHAIR]
    passages = [each.hit.id for each in answer.workings.passages]
    assert len(passages) == len({*passages})


def test_a_year_named_in_one_question_does_not_narrow_the_other(searcher: Searcher) -> None:
    question = "What was planned for wards in 2016, and which plan was drawn up in 2019?"
    asked = find_sides(understand(question), Query(), NO_NAMES)
    years = [[each.value for each in side.understood.preferences] for side in asked]
    assert years == [["2016"], ["2019"]]
