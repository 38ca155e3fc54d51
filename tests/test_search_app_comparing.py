"""Organisations that a question compares are quoted side by side, each in its own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.models import Models
from index.query import Query
from index.search import Searcher
from search_app.answering.answers import Answer, answer_question
from search_app.answering.comparing import find_compared
from search_app.answering.questions import understand
from tests.factories import make_document, make_searcher
from tests.models import WordReader

ALPHA = make_document(
    "alpha.txt", "# Beds\nOn ward beds we close 24 in winter.\n# Roads\nRoads are long.",
    organisation="Alpha Trust",
)  # fmt: skip
MORE = make_document(
    "alpha-more.txt", "How Alpha Trust and Beta Council differ on ward beds is of no concern.",
    organisation="Alpha Trust",
)  # fmt: skip
BETA = make_document(
    "beta.txt", "# Beds\nBeds in the ward stay as they are.", organisation="Beta Council"
)
GAMMA = make_document("gamma.txt", "The sea is blue.", organisation="Gamma Board")
QUESTION = "How do Alpha Trust and Beta Council differ on ward beds?"


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return make_searcher(tmp_path_factory.mktemp("compared"), ALPHA, MORE, BETA, GAMMA)


def bodies(answer: Answer) -> list[str]:
    return [each.document.description.organisation.value for each in answer.nearest]


@pytest.mark.parametrize(
    "question",
    [
        QUESTION,
        "What does Alpha Trust say of ward beds compared with Beta Council?",
        "Compare the ward beds of Alpha Trust and Beta Council",
        "What is the difference between Alpha Trust and Beta Council in ward beds?",
    ],
)
def test_each_body_that_is_compared_is_quoted(searcher: Searcher, question: str) -> None:
    answer = answer_question(searcher, question)
    assert bodies(answer) == ["Alpha Trust", "Beta Council"]
    assert answer.nearest[1].text == "Beds in the ward stay as they are."
    assert not answer.abstained and not answer.disagreeing and not answer.short_answer
    ranked = [(each.relevance is None, -each.score) for each in answer.workings.passages]
    assert ranked == sorted(ranked) and len({each.hit.id for each in answer.workings.passages}) == 3


def test_each_body_has_its_share_of_what_is_read(tmp_path: Path) -> None:
    reader = WordReader()
    library = make_searcher(tmp_path, ALPHA, BETA, GAMMA).library
    answer = answer_question(Searcher(library, Models(cross_encoder=reader)), QUESTION)
    assert bodies(answer) == ["Alpha Trust", "Beta Council"]
    assert all(each.relevance is not None for each in answer.workings.sentences)
    assert not any("sea" in text for text in reader.read)


def test_a_body_that_says_nothing_clearly_is_named(searcher: Searcher) -> None:
    answer = answer_question(searcher, "How do Beta Council and Gamma Board differ on ward beds?")
    assert not answer.abstained and bodies(answer) == ["Beta Council"]
    assert "Of Gamma Board nothing was found that says it clearly enough." in answer.notes


@pytest.mark.parametrize(
    ("question", "query", "compared"),
    [
        (QUESTION, Query(), ("Alpha Trust", "Beta Council")),
        ("How does Beta Council differ from Alpha Trust?", Query(),
         ("Beta Council", "Alpha Trust")),
        ("What do Alpha Trust and Beta Council say of beds?", Query(), ()),
        ("How does Alpha Trust differ from others?", Query(), ()),
        (QUESTION, Query(filters=(("organisation", ("Beta Council",)),)), ()),
        (QUESTION, Query(document="beta"), ()),
    ],
)  # fmt: skip
def test_only_bodies_that_are_compared_and_left_are_asked_apart(
    searcher: Searcher, question: str, query: Query, compared: tuple[str, ...]
) -> None:
    names = searcher.known("public").library_names
    assert find_compared(understand(question, names), query) == compared
