"""Why a question is not answered, in sentences for the reader."""

from __future__ import annotations

from collections.abc import Sequence

from index.results import Coverage
from search_app.answering.decision import Decision
from search_app.answering.own_health import is_danger
from search_app.answering.preferences import is_of_the_body, is_of_the_place, is_of_the_time
from search_app.answering.questions import Understood
from search_app.answering.quotations import Quotation
from search_app.wording import count

NO_WORDS = "The question has no word to search for."
NOTHING_MATCHES = (
    "No passage that was searched has any word of the question, or is near it in meaning."
)
FOUND = "Passages were found"
TOO_WEAK = f"{FOUND}, but none says clearly enough what the question asks."
OTHER_TIME = f"{FOUND}, but they are about other years than the question."
OTHER_BODY = f"{FOUND}, but they are not about the organisation that the question names."
OTHER_PLACE = f"{FOUND}, but they are not about the place that the question names."
OWN_HEALTH = "Plans are not about one person's health; nothing in them surely answers this."
ONLY_SUPERSEDED = (
    "Only documents that newer ones have superseded say this; what holds now was not found."
)

SURE = 0.8
"""Questions about one's own health are answered only where this is the confidence, or more."""

NEVER = 2.0
"""A confidence that is never reached: to somebody in danger no plan is quoted."""


def find_reason(
    understood: Understood,
    quotations: Sequence[Quotation],
    confidence: float,
    decision: Decision,
    coverage: Coverage,
    missed: str = "",
) -> str:
    """Give the reason why there is no answer; empty where there is one.

    ``missed`` says in what the nearest sentence misses the question, if it was found.
    """
    if is_danger(understood.advice):
        return OWN_HEALTH
    if not understood.telling:
        return NO_WORDS
    if not quotations:
        return _with_coverage(NOTHING_MATCHES, coverage)
    if confidence < find_least_confidence(understood, decision):
        if understood.own_health:
            return OWN_HEALTH
        weak = f"{FOUND}, but {missed}." if missed else _say_weak(understood, quotations[0])
        return _with_coverage(weak, coverage)
    if _asks_of_now(understood) and all(is_superseded(each) for each in quotations):
        return _with_coverage(ONLY_SUPERSEDED, coverage)
    return ""


def find_least_confidence(understood: Understood, decision: Decision) -> float:
    """Give the confidence from which a quotation is given as an answer."""
    if is_danger(understood.advice):
        return NEVER
    return max(SURE, decision.threshold) if understood.own_health else decision.threshold


def _say_weak(understood: Understood, best: Quotation) -> str:
    if not is_of_the_time(best.hit, understood):
        return OTHER_TIME
    if not is_of_the_body(best.hit, understood):
        return OTHER_BODY
    return TOO_WEAK if is_of_the_place(best.hit, understood) else OTHER_PLACE


def is_superseded(quotation: Quotation) -> bool:
    """Tell whether all documents that say this are superseded or withdrawn."""
    documents = (quotation.document, *(source.document for source in quotation.sources))
    return all(
        held.withdrawn or held.description.status.value == "superseded" for held in documents
    )


def _asks_of_now(understood: Understood) -> bool:
    return all(preference.facet != "year" for preference in understood.preferences)


def _with_coverage(reason: str, coverage: Coverage) -> str:
    in_part = {held.id for held in coverage.partly} | {each.document for each in coverage.outdated}
    unread = len(coverage.unread) + len(in_part)
    if not unread:
        return reason
    documents = f"{count(unread, 'document')} could not be read, or not in full"
    return f"{reason} It may stand where nothing could be read: {documents}; see coverage."
