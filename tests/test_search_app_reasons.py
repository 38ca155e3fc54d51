"""Each silence has its own reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.results import Coverage, Hit
from ingest.records import Unread
from search_app.answering.decision import Decision
from search_app.answering.questions import understand
from search_app.answering.quotations import Quotation
from search_app.answering.reasons import (
    NO_WORDS, NOTHING_MATCHES, ONLY_SUPERSEDED, OTHER_TIME, OWN_HEALTH, TOO_WEAK, find_reason,
    is_superseded,
)  # fmt: skip
from tests.factories import make_content

DECISION = Decision(0.0, {}, 0.6)
ALL_READ = Coverage(2, (), (), (), ())


def make_quotation(**facts: str) -> Quotation:
    content = make_content("plan", "Beds close.", **facts)
    return Quotation("Beds close.", Hit(content.document, content.passages[0], 1.0, ()), 0, 11)


NOW, THEN = make_quotation(), make_quotation(status="superseded")


@pytest.mark.parametrize(
    ("question", "quotations", "confidence", "reason"),
    [
        ("What is it?", (), 0.0, NO_WORDS),
        ("Which beds close?", (), 0.0, NOTHING_MATCHES),
        ("Which beds close?", (NOW,), 0.59, TOO_WEAK),
        ("Which beds close?", (THEN,), 0.59, TOO_WEAK),
        ("I have a sore throat, what should I do?", (NOW,), 0.79, OWN_HEALTH),
        ("I have a sore throat, what should I do?", (NOW,), 0.8, ""),
        ("I have chest pain, what should I do?", (NOW,), 1.0, OWN_HEALTH),
        ("I want to die", (), 0.0, OWN_HEALTH),
        ("Which beds closed in 2010?", (NOW,), 0.59, OTHER_TIME),
        ("Which beds close?", (THEN,), 0.6, ONLY_SUPERSEDED),
        ("Which beds closed in 2016?", (THEN,), 0.6, ""),
        ("Which beds close?", (THEN, NOW), 0.6, ""),
        ("Which beds close?", (NOW,), 0.6, ""),
    ],
)
def test_the_reason(
    question: str, quotations: tuple[Quotation, ...], confidence: float, reason: str
) -> None:
    understood = understand(question)
    assert find_reason(understood, quotations, confidence, DECISION, ALL_READ) == reason


def test_a_reason_says_that_it_may_stand_in_what_was_not_read() -> None:
    unread = Unread(file="scan.pdf", reason="no text", audience="public", document="plan")
    for coverage in (
        Coverage(1, (unread,), (), (), ()),
        Coverage(1, (), (unread,), (), ()),
        Coverage(1, (), (unread,), (NOW.document,), ()),
    ):
        reason = find_reason(understand("Which beds close?"), (), 0.0, DECISION, coverage)
        assert reason.startswith(NOTHING_MATCHES) and "1 document could not be read" in reason


def test_a_source_that_holds_now_makes_a_quotation_hold_now() -> None:
    assert is_superseded(THEN) and not is_superseded(replace(THEN, sources=(NOW,)))
    withdrawn = replace(NOW.hit, document=replace(NOW.document, withdrawn="2020-01-01"))
    assert is_superseded(replace(NOW, hit=withdrawn))


def test_in_what_the_nearest_misses_is_the_reason() -> None:
    understood = understand("Which beds closed in 2010?")
    asked = (understood, (NOW,), 0.59, DECISION, ALL_READ)
    assert find_reason(*asked, missed="it is of wards").endswith("found, but it is of wards.")
    assert not find_reason(understood, (NOW,), 0.6, DECISION, ALL_READ, missed="it is of wards")
