"""Quotations are stretches that can be understood by themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.fusion import Candidate
from index.results import Hit
from search_app.quotations import LONGEST_WORDS, MARGIN, MOST_QUOTATIONS, pick_quotations, widen
from search_app.ranked_passages import RankedPassage
from search_app.sentences import Sentence, find_units
from tests.factories import make_content


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


@pytest.mark.parametrize(
    ("sentences", "number", "quoted"),
    [
        (("Beds close.", "Wards open."), 1, (1, 1)),
        (("Beds close.", "This is sad."), 1, (0, 1)),
        (("This is sad.", "Beds close."), 0, (0, 0)),
        (("We will:", "• close beds", "• open wards", "Trees grow."), 2, (0, 2)),
        (("We will:", "• close beds", "• open wards", "Trees grow."), 0, (0, 2)),
        (("We will:", "• close beds", "Trees grow."), 2, (2, 2)),
        (("We will:", "• close beds", "We also:", "• open wards"), 3, (2, 3)),
    ],
)
def test_a_sentence_is_quoted_with_what_it_leans_on(
    sentences: tuple[str, ...], number: int, quoted: tuple[int, int]
) -> None:
    assert widen(make_sentence(make_hit(*sentences, joined="\n"), number)) == quoted


def test_a_list_that_is_too_long_is_not_quoted_whole() -> None:
    items = [f"• item {number} of the list" for number in range(LONGEST_WORDS)]
    assert widen(make_sentence(make_hit("We will:", *items, joined="\n"), 5)) == (5, 5)


def test_what_touches_is_one_quotation_and_verbatim() -> None:
    hit = make_hit("Beds close.", "Wards open.", "Trees grow.")
    (quotation,) = pick_quotations([make_sentence(hit, 1), make_sentence(hit, 0)])
    assert quotation.text == "Beds close. Wards open."
    assert quotation.text == hit.passage.text[quotation.start:quotation.end]


def test_what_is_far_behind_the_best_is_not_quoted() -> None:
    best, other = make_hit("Beds close."), make_hit("Wards open.", number=2)
    behind = make_sentence(other, 0, score=-MARGIN - 0.1)
    near = make_sentence(other, 0, score=-MARGIN + 0.1)
    assert len(pick_quotations([make_sentence(best, 0), behind])) == 1
    assert [each.text for each in pick_quotations([make_sentence(best, 0), near])] == [
        "Beds close.", "Wards open."
    ]  # fmt: skip


def test_no_more_than_a_few_are_quoted() -> None:
    hits = [make_hit("Beds close.", number=number) for number in range(1, 9)]
    assert len(pick_quotations([make_sentence(hit, 0) for hit in hits])) == MOST_QUOTATIONS
    assert pick_quotations([]) == []


def test_units_end_at_line_breaks_too() -> None:
    hit = make_hit("One\nTwo", "Three.")
    texts = [hit.passage.text[start:end] for start, end in find_units(hit.passage)]
    assert texts == ["One", "Two", "Three."]
