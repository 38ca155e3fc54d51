"""The same statement elsewhere is a further source; another one is a disagreement."""

from __future__ import annotations

import pytest

from index.fusion import Candidate
from index.results import Hit
from search_app.answering.agreement import MOST_SOURCES, add_sources, disagree
from search_app.answering.quotations import Quotation, quote
from search_app.answering.ranked_passages import RankedPassage
from search_app.answering.short_answers import find_short_answer
from search_app.answering.questions import understand
from search_app.answering.statements import says_the_same
from tests.factories import make_content

BEDS = "The trust will close 24 beds at Heanor."


def make_quotation(document: str, text: str, status: str = "current") -> Quotation:
    content = make_content(document, text, status=status)
    hit = Hit(content.document, content.passages[0], 1.0, ())
    short = find_short_answer(text, understand("How many beds?"))
    return Quotation(text, hit, 0, len(text), short)


def rank(*quotations: Quotation) -> list[RankedPassage]:
    return [
        RankedPassage(Candidate(each.hit, None, None), 0.0, 0.0, None, 0.0) for each in quotations
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (BEDS, BEDS, True),
        (BEDS, "The trust closes 24 beds at Heanor.", True),
        (BEDS, "The trust will close 40 beds at Heanor.", False),
        (BEDS, "Trees grow.", False),
        (BEDS, f"{BEDS} So will three other trusts in the Midlands next year.", False),
    ],
)
def test_what_says_the_same(one: str, other: str, same: bool) -> None:
    assert says_the_same(one, other) == same


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (BEDS, "The trust will close 40 beds at Heanor.", True),
        (BEDS, "The trust will close 24 beds at Heanor soon.", False),
        (BEDS, "The council in Belper bought 40 lorries last year.", False),
        (BEDS, "The trust will close beds at Heanor.", False),
    ],
)
def test_what_differs(one: str, other: str, differ: bool) -> None:
    first, second = make_quotation("a", one), make_quotation("b", other)
    assert disagree([first, second]) == differ
    assert not disagree([first, make_quotation("a", other)]), "one document"


def test_what_is_superseded_is_no_objection_to_what_holds_now() -> None:
    now = make_quotation("a", BEDS)
    then = make_quotation("b", BEDS.replace("24", "40"), status="superseded")
    assert not disagree([now, then]) and disagree([then, now])


def test_one_quotation_or_none_cannot_differ() -> None:
    assert not disagree([]) and not disagree([make_quotation("a", BEDS)])


def test_other_documents_that_say_it_are_its_sources_each_once() -> None:
    first = make_quotation("a", BEDS)
    others = [make_quotation(f"b{number}", BEDS) for number in range(MOST_SOURCES + 2)]
    (given,) = add_sources([first], rank(first, others[0], *others))
    assert [each.document.id for each in given.sources] == [
        each.document.id for each in others[:MOST_SOURCES]
    ]
    assert all(each == quote(each.hit, (0, 0)) for each in given.sources)


def test_a_quotation_that_says_it_again_is_not_given_again() -> None:
    first, again = make_quotation("a", BEDS), make_quotation("b", BEDS)
    other = make_quotation("c", "Trees grow.")
    given = list(add_sources([first, again, other], rank(first, again, other)))
    assert [each.document.id for each in given] == ["a", "c"]
    assert [each.document.id for each in given[0].sources] == ["b"]
