"""Which documents a question would rather be answered from; none is ever left out for it."""

from __future__ import annotations

from ingest.records import Description, HeldDocument
from search_app.questions import Preference, Understood

WORTH = 1.0
"""What being preferred counts for a passage, and being out of date against it, in log odds."""


def prefer(held: HeldDocument, understood: Understood) -> float:
    """Say what a document counts for, or against, as a source of the answer to a question.

    Organisations, places and years that the question names are preferred, and what holds now
    where it names no year.
    """
    described = held.description
    named = [preference for preference in understood.preferences if _fits(described, preference)]
    dated = any(preference.facet == "year" for preference in understood.preferences)
    outdated = held.withdrawn or described.status.value == "superseded"
    return WORTH * len({each.facet for each in named}) - WORTH * (outdated and not dated)


def _fits(described: Description, preference: Preference) -> bool:
    if preference.facet == "organisation":
        return described.organisation.value == preference.value
    if preference.facet == "place":
        return any(place.value == preference.value for place in described.places)
    return _overlaps(described, preference.value)


def _overlaps(described: Description, asked: str) -> bool:
    """Tell whether the years that a document is about, or else was published in, are asked for."""
    about = described.period.value.replace("-", "/") or described.published.value[:4]
    if not about:
        return False
    first, last = _years(about)
    since, until = _years(asked)
    return first <= until and since <= last


def _years(value: str) -> tuple[str, str]:
    """Give the first and last year of a value such as 2019-03, 2019/2021 or ../2019."""
    first, _, last = value.partition("/")
    since = "" if first == ".." else first[:4]
    until = "9999" if last == ".." else (last or first)[:4]
    return since, until
