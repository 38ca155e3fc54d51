"""Passages come in the order of how well they seem to answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.fusion import Candidate
from index.query import Query
from index.results import Hit
from search_app.answering.clues import find_clues
from search_app.answering.patience import Patience
from search_app.answering.questions import Understood, understand
from search_app.answering.ranked_passages import (
    PASSAGES_READ, describe_place, rank_passages,
)  # fmt: skip
from tests.factories import make_content, make_document, make_searcher
from tests.models import WordReader

QUESTION = "Which beds of the ward close in spring?"


def find(data: Path, *texts: str) -> tuple[Understood, list[Candidate]]:
    documents = [make_document(f"{number}.txt", text) for number, text in enumerate(texts)]
    understood = understand(QUESTION)
    clues = find_clues(understood)
    return understood, make_searcher(data, *documents).find_candidates(Query(), clues, 100)


def test_without_a_cross_encoder_the_best_words_come_first(tmp_path: Path) -> None:
    found = find(tmp_path, "Beds are new.", "The ward will close beds in spring.", "Spring comes.")
    ranked = rank_passages(*found, None, Patience())
    assert ranked[0].hit.passage.text == "The ward will close beds in spring."
    assert ranked[0].wording == 1.0 and {each.relevance for each in ranked} == {None}
    assert [each.score for each in ranked] == sorted((e.score for e in ranked), reverse=True)


def test_what_the_cross_encoder_reads_moves_up(tmp_path: Path) -> None:
    beds = "Beds, beds, beds. Ward, ward, ward. Close, close, close. Of the beds."
    understood, found = find(tmp_path, beds, "Which of the beds close in spring?")
    by_words = rank_passages(understood, found, None, Patience())
    reader = WordReader()
    read = rank_passages(understood, found, reader, Patience())
    assert by_words[0].hit.passage.text == beds
    assert read[0].hit.passage.text == "Which of the beds close in spring?"
    assert all(text.startswith(each.hit.document.description.title.value)
               for text, each in zip(reader.read, by_words))  # fmt: skip


def test_no_more_are_read_than_there_is_time_for(tmp_path: Path) -> None:
    texts = [f"The beds of ward {number}." for number in range(PASSAGES_READ + 5)]
    understood, found = find(tmp_path, *texts)
    for most, read in ((1000, PASSAGES_READ), (3, 3), (0, 0)):
        ranked = rank_passages(understood, found, WordReader(most), Patience())
        assert len(ranked) == len(texts)
        relevant = [each.relevance is not None for each in ranked]
        assert relevant == [True] * read + [False] * (len(texts) - read)


@pytest.mark.parametrize(
    ("title", "organisation", "said"),
    [
        ("Operational plan", "Heanor Trust", "Heanor Trust: Operational plan"),
        ("Plan of the Heanor Trust", "Heanor Trust", "Plan of the Heanor Trust"),
        ("Operational plan", "", "Operational plan"),
    ],
)
def test_the_cross_encoder_is_told_whose_passage_it_reads(
    title: str, organisation: str, said: str
) -> None:
    content = make_content(
        "plan", "We close beds.", heading="Beds", title=title, organisation=organisation
    )
    hit = Hit(content.document, content.passages[0], 1.0, ())
    assert describe_place(hit) == f"{said}\nBeds"
