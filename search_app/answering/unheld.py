"""What a question asks about, or a reader has chosen, of which the library holds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.analysis import STOP_WORDS
from index.parts import By, Part
from index.query import Query
from index.schema import NOT_STATED
from search_app.answering.questions import Understood
from search_app.answering.replies import Reply

MOST_YEARS = 100
"""Of a longer range the years without documents are not named one by one."""

_KINDS = (
    r"NHS (?:Foundation )?Trust|NHS FT|Foundation Trust|Trust|CCG|ICB|ICS|STP"
    r"|Clinical Commissioning Group|Integrated Care (?:Board|System|Partnership)"
    r"|(?:University |Local )?Health Board|Health and Social Care Partnership"
    r"|(?:(?:County|City|District|Borough) )?Council"
)
_ORGANISATION = re.compile(
    rf"(?:[A-Z][\w’'-]*(?: (?:and|of|the|for|&))* ){{1,8}}(?:{_KINDS})\b"
)
_ASKING = STOP_WORDS | {"what", "which", "when", "where", "why", "how", "who", "does", "did"}
_OF_NONE = _ASKING.union(re.findall(r"\w+", _KINDS.lower()))
"""Words that say what an organisation is, and not which."""


def find_unheld(
    understood: Understood, query: Query, by: By, parts: Sequence[Part]
) -> Iterator[Reply]:
    """Give a reply for each part that was chosen or is named, and of which nothing is held.

    Of years, those of a range are meant too. What was chosen goes before what is named.
    """
    held = {part.value for part in parts}
    for value in dict.fromkeys(_find_wanted(understood, query, by, sorted(held - {NOT_STATED}))):
        if value not in held:
            yield Reply(value, Part(value), "not held", _say(query, by))


def _find_wanted(
    understood: Understood, query: Query, by: By, held: Sequence[str]
) -> Iterator[str]:
    if by == "document":
        yield from (each for each in [query.document] if each)
    elif query.chosen(by):
        yield from query.chosen(by)
    elif by == "organisation":
        yield from _find_organisations(understood)
    else:
        yield from _find_years(understood, query, held)


def _find_organisations(understood: Understood) -> Iterator[str]:
    """The organisations that a question names; known ones by the names that the library has."""
    known = [each for each in understood.preferences if each.facet == "organisation"]
    yield from (each.value for each in known)
    for match in _ORGANISATION.finditer(understood.question):
        if not any(match.start() < each.end and each.start < match.end() for each in known):
            words = match.group().split()
            while words[0].lower() in _ASKING:
                words.pop(0)
            if {*map(str.lower, words)} - _OF_NONE:
                yield " ".join(words)


def _find_years(understood: Understood, query: Query, held: Sequence[str]) -> Iterator[str]:
    ranges = [(query.since, query.until)] if query.since or query.until else [
        _read_range(each.value) for each in understood.preferences
        if each.facet == "year" and "/" in each.value
    ]
    for since, until in ranges:
        first = int((since or min(held, default=until))[:4])
        last = int((until or max(held, default=since))[:4])
        if last - first < MOST_YEARS:
            yield from (f"{year:04}" for year in range(first, last + 1))
        else:
            yield f"{first:04} to {last:04}, other years"


def _read_range(value: str) -> tuple[str, str]:
    since, _, until = value.partition("/")
    return since.removeprefix(".."), until.removeprefix("..")


def _say(query: Query, by: By) -> str:
    others = [facet for facet, _ in query.filters if facet != by]
    dated = by != "year" and (query.since or query.until)
    if others or dated or query.document and by != "document":
        return "The library holds no document of it that the filters leave."
    return "The library holds no document of it."
