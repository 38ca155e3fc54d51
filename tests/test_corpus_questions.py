"""The questions on the sample corpus are well formed and rest on its documents' own words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.library import Library
from search_app.evaluating.questions import Question, read_questions
from search_app.evaluating.texts import holds
from search_app.answering.question_words import KINDS

FILE = Path(__file__).parents[1] / "benchmarks" / "questions.jsonl"
ASKERS = {"staff", "public", "researcher"}
QUESTIONS = read_questions(FILE)
ANSWERABLE = [question for question in QUESTIONS if question.answerable]


@pytest.fixture(scope="module")
def pages(sample_data: Path) -> dict[str, list[str]]:
    """Give the pages of each document as the library has them, with single spaces."""
    library = Library(sample_data)
    held = {
        document.file: [single_spaced(page.text) for page in library.pages(document)]
        for document in library.documents()
    }
    library.close()
    return held


def single_spaced(text: str) -> str:
    return " ".join(text.split())


def test_each_question_has_an_id_and_words_of_its_own() -> None:
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question.text for question in QUESTIONS}) == len(QUESTIONS)


def test_questions_are_of_every_kind_and_by_every_asker() -> None:
    assert {question.kind for question in QUESTIONS} == set(KINDS)
    rows = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    assert {row["asker"] for row in rows} == ASKERS
    assert all("answerable" in row for row in rows)


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question.id)
def test_answerable_question_rests_on_verbatim_quotations(
    question: Question, pages: dict[str, list[str]]
) -> None:
    assert question.answers and question.expected and question.quotes
    for gold in question.quotes:
        assert any(single_spaced(gold.text) in page for page in pages[gold.file]), gold


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question.id)
def test_quotations_hold_what_a_right_answer_must_hold(question: Question) -> None:
    texts = [gold.text for gold in question.quotes]
    if question.parts:
        whole = [" … ".join(texts), *question.answers]
        assert all(any(holds(t, name) for t in whole for name in names) for names in question.parts)
    else:
        assert any(holds(text, words) for text in texts for words in question.expected)


def test_unanswerable_questions_have_no_answer() -> None:
    unanswerable = [question for question in QUESTIONS if not question.answerable]
    assert len(unanswerable) >= 40
    for question in unanswerable:
        assert not (question.answers or question.expected or question.parts or question.quotes)
