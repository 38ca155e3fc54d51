"""A question of what a short form stands for is answered where that is defined."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.library_names import LibraryNames
from index.models import Models
from index.search import Searcher
from ingest.acronyms import find_acronyms
from ingest.records import Document
from ingest.sources import Source
from search_app.answering.answers import answer_question
from search_app.answering.clues import MEANING, find_clues
from search_app.answering.definitions import ShortForm, defines
from search_app.answering.questions import understand
from tests.factories import make_document, make_searcher
from tests.models import WordReader

NAMES = LibraryNames(short_forms=[("HUB", "Heanor Urgent Bureau"), ("HUB", "home use of beds")])
BOTH = ("Heanor Urgent Bureau", "home use of beds")


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("What does HUB stand for?", "HUB"),
        ("What is a HUB?", "HUB"),
        ("what does hub mean", "hub"),
        ("HUB?", "HUB"),
        ("What does the abbreviation HUB stand for in the winter plan?", "HUB"),
        ("What is the full form of HUB?", "HUB"),
        ("What is a HUB manager?", ""),
        ("What is meant by HUB manager?", ""),
        ("Where is the HUB?", ""),
        ("What does XYZ stand for?", ""),
    ],
)
def test_what_is_to_be_defined_is_a_known_short_form_by_itself(question: str, short: str) -> None:
    expected = ShortForm(short, BOTH) if short else None
    assert understand(question, NAMES).defined == expected


def test_what_it_stands_for_is_looked_for_too_and_weighs_less() -> None:
    weights = find_clues(understand("What does HUB stand for?", NAMES)).weights
    assert weights["hub"] == 1.0 and weights["heanor"] == weights["home"] == MEANING
    assert "of" not in weights


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("The Heanor Urgent Bureau (HUB) is new.", True),
        ("HUB\tHome use of beds", True),
        ("The HUB is new, and urgent.", False),
        ("The Heanor Urgent Bureau is new.", False),
        ("The urgent Heanor Bureau (HUB) is new.", False),
    ],
)
def test_a_definition_has_the_short_form_and_its_words_in_order(text: str, does: bool) -> None:
    assert defines(text, ShortForm("HUB", BOTH)) == does


def with_acronyms(made: tuple[Source, Document]) -> tuple[Source, Document]:
    source, document = made
    return source, replace(document, acronyms=find_acronyms(document.reading.blocks))


def fill(data: Path) -> Searcher:
    says = [
        make_document(f"{name}.txt", f"# HUB\nThe HUB of {name} is what we open in winter.")
        for name in ("alder", "beech", "cedar", "damson", "elder", "fir", "gorse")
    ]
    defined = make_document(
        "zinnia.txt", "# Winter\nWe work with others. A Heanor Urgent Bureau (HUB) opens in May."
    )
    return make_searcher(data, *map(with_acronyms, [*says, defined]))


def test_whoever_asks_for_something_else_gets_no_definition() -> None:
    assert not defines("The Heanor Urgent Bureau (HUB) is new.", None)


def test_a_definition_speaks_for_the_answer(tmp_path: Path) -> None:
    searcher = fill(tmp_path)
    signs = [
        answer_question(searcher, question).workings.signs["defines"]
        for question in ("What is a HUB?", "Where is the HUB of alder?")
    ]
    assert signs == [1.0, 0.0]


@pytest.mark.parametrize("reader", [None, WordReader()])
def test_the_defining_sentence_is_quoted_first(tmp_path: Path, reader: WordReader | None) -> None:
    searcher = Searcher(fill(tmp_path).library, Models(cross_encoder=reader))
    for question in ("What does HUB stand for?", "What is a HUB?"):
        answer = answer_question(searcher, question)
        assert answer.passages[0].document.id == "zinnia"
        best = answer.nearest[0]
        assert best.text == "A Heanor Urgent Bureau (HUB) opens in May."
