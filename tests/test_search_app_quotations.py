"""Quotations are stretches that can be understood by themselves."""

from __future__ import annotations

from dataclasses import replace

from index.fusion import Candidate
from index.results import Hit
from search_app.answering.questions import understand
from search_app.answering.quotations import MARGIN, MOST_QUOTATIONS, pick_quotations
from search_app.answering.ranked_passages import RankedPassage
from search_app.answering.sentences import Sentence
from tests.factories import make_content

STATEMENT = understand("What is the policy on beds?")


def make_hit(*sentences: str, number: int = 1, joined: str = " ") -> Hit:
    """Make a hit of a passage with these sentences, joined by a space or a line break."""
    content = make_content("plan", joined.join(sentences))
    starts = [sum(len(each) + 1 for each in sentences[:at]) for at in range(len(sentences))]
    offsets = tuple((start, start + len(each)) for start, each in zip(starts, sentences))
    passage = replace(content.passages[0], number=number, sentences=offsets)
    return Hit(content.document, passage, 1.0, ())


def make_sentence(hit: Hit, number: int, score: float = 0.0) -> Sentence:
    ranked = RankedPassage(Candidate(hit, None, None), 0.0, 0.0, 0.0, 0.0)
    return Sentence(ranked, number, 0.0, True, score, score)


def test_what_touches_is_one_quotation_and_verbatim() -> None:
    hit = make_hit("Beds close.", "Wards open.", "Trees grow.")
    (quotation,) = pick_quotations([make_sentence(hit, 1), make_sentence(hit, 0)], STATEMENT)
    assert quotation.text == "Beds close. Wards open."
    assert quotation.text == hit.passage.text[quotation.start:quotation.end]


def test_what_is_far_behind_the_best_is_not_quoted() -> None:
    best, other = make_hit("Beds close."), make_hit("Wards open.", number=2)
    behind = make_sentence(other, 0, score=-MARGIN - 0.1)
    near = make_sentence(other, 0, score=-MARGIN + 0.1)
    assert len(pick_quotations([make_sentence(best, 0), behind], STATEMENT)) == 1
    assert [each.text for each in pick_quotations([make_sentence(best, 0), near], STATEMENT)] == [
        "Beds close.", "Wards open."
    ]  # fmt: skip


def test_what_does_not_answer_is_not_quoted_beside_what_does() -> None:
    hit = make_hit("Beds close.", "Trees grow.")
    best, other = make_sentence(hit, 0, score=1.0), make_sentence(hit, 1, score=-1.0)
    assert [each.text for each in pick_quotations([best, other], STATEMENT)] == ["Beds close."]


def test_the_short_answer_is_from_the_best_sentence_of_a_quotation() -> None:
    hit = make_hit("We shut 30 beds.", "They are 12 beds fewer.", "It rains.")
    asked = understand("How many beds?")
    (quotation,) = pick_quotations([make_sentence(hit, 1), make_sentence(hit, 0)], asked)
    assert quotation.text == "We shut 30 beds. They are 12 beds fewer."
    assert quotation.short_answer == "12 beds"


def test_a_list_of_lines_is_quoted_whole_and_has_no_short_answer() -> None:
    hit = make_hit("We have two aims.", "• Beds, wards and hubs.", "• Care.", joined="\n")
    asked = understand("What are the two aims?")
    (quotation,) = pick_quotations([make_sentence(hit, 1)], asked)
    assert quotation.text == hit.passage.text and not quotation.short


def test_no_more_than_a_few_are_quoted() -> None:
    hits = [make_hit("Beds close.", number=number) for number in range(1, 9)]
    sentences = [make_sentence(hit, 0) for hit in hits]
    assert len(pick_quotations(sentences, STATEMENT)) == MOST_QUOTATIONS
    assert pick_quotations([], STATEMENT) == []
