"""Sentences are scored in their context."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.query import Query
from search_app.answering.clues import find_clues
from search_app.answering.patience import Patience
from search_app.answering.questions import Understood, understand
from search_app.answering.ranked_passages import RankedPassage, rank_passages
from search_app.answering.sentences import Sentence, Weights, find_coverage, score_sentences
from search_app.answering.workings import weigh_words
from tests.factories import make_document, make_searcher
from tests.models import WordReader

PLAN = make_document(
    "plan.txt",
    "# Winter beds\nWill beds close in winter?\nThe ward is old. It will lose 24 of its beds.\n"
    "# Money\nThe beds cost £3m.",
)
QUESTION = "How many beds will the ward lose?"

Found = tuple[Understood, list[RankedPassage], Weights]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    return find(tmp_path_factory.mktemp("plan"), QUESTION)


def find(data: Path, question: str) -> Found:
    searcher = make_searcher(data, PLAN)
    understood = understand(question)
    clues = find_clues(understood)
    candidates = searcher.find_candidates(Query(), clues, 100)
    ranked = rank_passages(understood, candidates, None, Patience())
    return understood, ranked, weigh_words(searcher, clues, "public")


def score(found: Found, reader: WordReader | None = None, most: int = 5) -> list[Sentence]:
    understood, passages, weights = found
    return score_sentences(understood, passages, weights, reader, Patience(), most)


def test_the_sentence_with_the_words_and_the_kind_asked_for_is_the_best(found: Found) -> None:
    best = score(found)[0]
    assert best.text == "It will lose 24 of its beds." and best.fits
    assert best.relevance is None and 0 < best.coverage <= 1


def test_headings_and_questions_are_no_candidates(found: Found) -> None:
    texts = {each.text for each in score(found)}
    assert not texts & {"Winter beds", "Will beds close in winter?"}


def test_names_and_headers_of_tables_are_no_candidates(tmp_path: Path) -> None:
    beds = make_document(
        "beds.txt", "# Beds\nHeather Trust\n\nWard\tBeds in 2020\nAlder\t12\nBeech\t9\n",
        organisation="Heather Trust",
    )  # fmt: skip
    searcher = make_searcher(tmp_path, beds)
    understood = understand("How many beds has the Alder ward of Heather Trust?")
    clues = find_clues(understood)
    candidates = searcher.find_candidates(Query(), clues, 9)
    ranked = rank_passages(understood, candidates, None, Patience())
    scored = score_sentences(
        understood, ranked, weigh_words(searcher, clues, "public"), None, Patience()
    )
    assert {each.text for each in scored} == {"Alder\t12", "Beech\t9"}


def test_a_list_of_as_many_items_as_are_asked_for_goes_before(tmp_path: Path) -> None:
    aims = make_document(
        "aims.txt",
        "# Our aims\n- Aims A\n- Aims B\n\n# Other aims\n- Aims C\n- Aims D\n- Aims E\n",
    )
    searcher = make_searcher(tmp_path, aims)
    understood = understand("What are the three aims?")
    clues = find_clues(understood)
    candidates = searcher.find_candidates(Query(), clues, 9)
    ranked = rank_passages(understood, candidates, None, Patience())
    weights = weigh_words(searcher, clues, "public")
    best = score_sentences(understood, ranked, weights, None, Patience())[0]
    assert best.hit.passage.trail == ("Other aims",)


def test_only_the_best_passages_are_taken_apart(found: Found) -> None:
    assert len({each.hit.id for each in score(found)}) == 2
    assert len({each.hit.id for each in score(found, most=1)}) == 1


def test_what_was_not_read_comes_last(found: Found) -> None:
    sentences = score(found, WordReader(most=2))
    read = [each.relevance is not None for each in sentences]
    assert read == [True] * 2 + [False] * (len(sentences) - 2) and len(read) > 2


def test_a_word_in_the_headings_counts_less_than_one_in_the_sentence(found: Found) -> None:
    hit = next(each.hit for each in found[1] if "Money" in each.hit.passage.trail)
    weights = {"money": 2.0, "bed": 1.0, "ward": 1.0}
    assert find_coverage("Beds and money.", hit, weights) == 0.75
    assert find_coverage("Beds.", hit, weights) == 0.5
    assert find_coverage("Beds.", hit, {}) == 0.0
