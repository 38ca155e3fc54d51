"""What a question names: documents that it would rather be answered from, and whether what is
quoted is about it. No document is ever left out for it."""

from __future__ import annotations

from collections.abc import Iterator

from index.analysis import find_tokens
from index.results import Hit
from ingest.dates import find_dates, find_periods
from ingest.records import Description
from search_app.answering.questions import Preference, Understood

WORTH = 1.0
"""What being preferred counts for a passage, and being out of date against it, in log odds."""

OTHER_BODY = 5.0
"""What counts against a passage that is not about the organisation that a question names: half of
what decision.toml makes of it, in the cross-encoder's log odds."""

Years = tuple[int, int]
"""The first and the last of some years."""

NO_END = 9999


def prefer(hit: Hit, understood: Understood) -> float:
    """Say what a passage counts for, or against, as a source of the answer to a question.

    Documents of the organisations, places and years that the question names are preferred, and
    what holds now where it names no year. What is of another organisation comes far behind.
    """
    held, described = hit.document, hit.document.description
    named = [each for each in understood.preferences if _fits(described, each)]
    dated = any(each.facet == "year" for each in understood.preferences)
    outdated = held.withdrawn or described.status.value == "superseded"
    other = not is_of_the_body(hit, understood)
    worth = WORTH * len({each.facet for each in named}) - WORTH * (outdated and not dated)
    return worth - OTHER_BODY * other


def _fits(described: Description, preference: Preference) -> bool:
    if preference.facet == "organisation":
        return described.organisation.value == preference.value
    if preference.facet == "place":
        return any(place.value == preference.value for place in described.places)
    asked = read_years(preference.value)
    return any(meet(asked, years) for years in _years_of(described))


def is_of_the_time(hit: Hit, understood: Understood) -> bool:
    """Tell whether a passage is about a year that the question names, if it names any.

    It is where the passage, its headings or the title name that year, or its document is about it.
    """
    asked = [read_years(each.value) for each in understood.preferences if each.facet == "year"]
    texts = (hit.passage.text, say_around(hit))
    said = [years for text in texts for years, _ in find_years(text)]
    said += _years_of(hit.document.description)
    return not asked or any(meet(one, other) for one in asked for other in said)


def is_of_the_body(hit: Hit, understood: Understood) -> bool:
    """Tell whether a passage is from or names an organisation that the question names, if it does.
    """
    named = [each for each in understood.preferences if each.facet == "organisation"]
    if not named:
        return True
    texts = (hit.passage.text, say_around(hit))
    held = {token.stem for text in texts for token in find_tokens(text)}
    return any(
        _fits(hit.document.description, each)
        or held >= {token.stem for token in find_tokens(understood.question[each.start:each.end])}
        for each in named
    )


def is_of_the_place(hit: Hit, understood: Understood) -> bool:
    """Tell whether a passage is about a place that the question names, if it names any.

    It is where the passage, its headings, the title or the organisation name that place, or its
    document is about none other as much.
    """
    named = [each for each in understood.preferences if each.facet == "place"]
    described = hit.document.description
    texts = (hit.passage.text, say_around(hit), described.organisation.value)
    held = {token.stem for text in texts for token in find_tokens(text)}
    return not named or any(
        each.value in [place.value for place in described.places[:1]]
        or held >= {token.stem for token in find_tokens(understood.question[each.start:each.end])}
        for each in named
    )


def say_around(hit: Hit, header: str = "") -> str:
    """Give the title and headings above a passage, and what heads a table in it, a line each."""
    return "\n".join((hit.document.description.title.value, *hit.passage.trail, header))


def find_years(text: str) -> Iterator[tuple[Years, str]]:
    """Find the years that a text names, each with the words that do."""
    for period in find_periods(text):
        first, last = period.value.split("-")
        yield (int(first), int(last)), text[period.start:period.end]
    for found in find_dates(text):
        yield (int(found.value[:4]), int(found.value[:4])), text[found.start:found.end]


def _years_of(described: Description) -> Iterator[Years]:
    """Give the years that a document is about, or else was published in."""
    about = described.period.value.replace("-", "/") or described.published.value[:4]
    if about:
        yield read_years(about)


def read_years(value: str) -> Years:
    """Give the first and last year of a value such as 2019-03, 2019/2021 or ../2019."""
    first, _, last = value.partition("/")
    since = 0 if first == ".." else int(first[:4])
    until = NO_END if last == ".." else int((last or first)[:4])
    return since, until


def meet(one: Years, other: Years) -> bool:
    """Tell whether years overlap; financial years, such as 2019/20, only if they are the same."""
    if all(last - first == 1 for first, last in (one, other)):
        return one == other
    return one[0] <= other[1] and other[0] <= one[1]
