"""Answers are verbatim, come with their page, or are honestly none."""

from __future__ import annotations

from pathlib import Path

import pytest

from search_app.answers import answer_question
from tests.factories import make_document, make_searcher

PLAN = make_document(
    "plan.txt",
    "# Money\nThe agency ceiling for 2019/20 is £3.1m. We spent less on it last year.\n"
    "# Places\nThe new health centre at Heanor opens in May 2020.\n"
    "The bus to it runs every hour.\n> Our plan 2019/20",
)
STAFF = make_document("pay.txt", "The director's bonus is £9,000.", audience="staff")


@pytest.mark.parametrize(
    ("question", "quotation"),
    [
        ("How much is the agency ceiling?", "The agency ceiling for 2019/20 is £3.1m."),
        ("agency ceiling", "The agency ceiling for 2019/20 is £3.1m."),
        ("When does the Heanor health centre open?",
         "The new health centre at Heanor opens in May 2020."),
    ],
)  # fmt: skip
def test_answer_is_the_sentence_that_says_it(
    tmp_path: Path, question: str, quotation: str
) -> None:
    answer = answer_question(make_searcher(tmp_path, PLAN), question)
    assert [q.text for q in answer.quotations] == [quotation]
    assert not answer.abstained and not answer.reason


def test_quotation_equals_the_text_of_the_library_at_its_place(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, PLAN)
    (quotation,) = answer_question(searcher, "How much is the agency ceiling?").quotations
    held = searcher.library.document("plan")
    (span,) = quotation.spans
    assert searcher.library.page(held, span.page).text[span.start:span.end] == quotation.text
    assert quotation.page == 1


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What is the capital of France?", "No passage has any word"),
        ("Which agency painted the new bridge in Belper green?", "No sentence says enough"),
        ("What is it?", "no word to search for"),
        ("", "no word to search for"),
    ],
)
def test_question_without_evidence_is_not_answered(
    tmp_path: Path, question: str, reason: str
) -> None:
    answer = answer_question(make_searcher(tmp_path, PLAN), question)
    assert answer.abstained and reason in answer.reason and not answer.quotations


def test_nearest_passages_come_with_an_abstention(tmp_path: Path) -> None:
    question = "Which agency painted the new bridge in Belper green?"
    answer = answer_question(make_searcher(tmp_path, PLAN), question)
    assert answer.abstained and answer.passages


def test_furniture_is_never_an_answer(tmp_path: Path) -> None:
    answer = answer_question(make_searcher(tmp_path, PLAN), "our plan 2019/20")
    assert all("Our plan" not in q.text for q in answer.quotations)


def test_staff_documents_answer_staff_alone(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, PLAN, STAFF)
    question = "How much is the director's bonus?"
    public = answer_question(searcher, question)
    assert public.abstained and not public.passages and public.coverage.held == 1
    (quotation,) = answer_question(searcher, question, "staff").quotations
    assert quotation.text == STAFF[1].passages[0].text
