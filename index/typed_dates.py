"""Dates that a reader types in words, such as "since 2018" or "2016 to 2019".

They are taken for dates of publication wherever they stand outside quotation marks and brackets,
and neither NOT, AND nor OR joins them to other words. A figure alone (2019, 2019/20) is a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.query import Query

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:19|20)\d\d"
_DATE = rf"(?:(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}\s+)?{_YEAR}|{_YEAR}-\d\d(?:-\d\d)?)"
_SAID = re.compile(
    rf"""
    (?<![^\s(])(?:
      between\s+(?P<from>{_DATE})\s+and\s+(?P<to>{_DATE})
    | (?:from\s+)?(?P<first>{_DATE})\s+(?:to|until|till|up\s+to)\s+(?P<last>{_DATE})
    | (?P<how>since|before|after|in|during|until|up\s+to)\s+(?P<date>{_DATE})
    | (?:from\s+)?(?P<open>{_DATE})\s+onwards?
    )[?.,;:!]*(?![^\s()])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OPERATOR_BEFORE = re.compile(r"\b(?:AND|OR|NOT)\s*$")
_OPERATOR_AFTER = re.compile(r"\s*OR\b")

Range = tuple[str, str]
"""The first and the last date, either of them empty."""


@dataclass(frozen=True)
class TypedDates:
    """The dates that a text says, as in Query, and the text without the words that say them."""

    text: str
    since: str = ""
    until: str = ""
    notes: tuple[str, ...] = ()


def find_dates(typed: str) -> TypedDates:
    """Find the dates of publication that a text asks for in words.

    Each end of the range is taken from where it is said first; what says it again stays a word.
    """
    found = TypedDates(typed)
    pieces = typed.split('"')
    for place in range(0, len(pieces), 2):
        before = '"'.join(pieces[:place])
        for match in [*_SAID.finditer(pieces[place])]:
            if _stands_alone(before + pieces[place], len(before) + match.start(), match):
                found = _take(found, pieces, place, match)
    return found


def narrow_dates(query: Query, since: str, until: str) -> Query:
    """Narrow a query to dates that were chosen beside its text; they go before those in it."""
    notes = [
        f"The date {chosen} was used, which was chosen, and not {typed}, which was typed."
        for chosen, typed in zip((since, until), query.typed_dates)
        if chosen and typed and chosen != typed
    ]
    since, until = since or query.since, until or query.until
    if since and until and first_day(since) > first_day(until):
        notes.append(f"No date is from {since} and up to {until}.")
    return replace(query, since=since, until=until, notes=(*query.notes, *notes))


def _stands_alone(text: str, start: int, match: re.Match[str]) -> bool:
    before = text[:start]
    return not (
        before.count("(") > before.count(")")
        or _OPERATOR_BEFORE.search(before)
        or _OPERATOR_AFTER.match(match.string, match.end())
    )


def _take(found: TypedDates, pieces: list[str], place: int, match: re.Match[str]) -> TypedDates:
    since, until = _range_of(match)
    if not since + until or (since and found.since) or (until and found.until):
        return found
    said = " ".join(match.group().split()).rstrip("?.,;:!")
    blank = " " * len(match.group())
    pieces[place] = pieces[place][:match.start()] + blank + pieces[place][match.end():]
    note = (
        f"“{said}” was taken for dates of publication, which leaves out documents without one."
        " Put it in quotation marks to search for the words."
    )
    notes = (*found.notes, note)
    return TypedDates('"'.join(pieces), since or found.since, until or found.until, notes)


def _range_of(match: re.Match[str]) -> Range:
    if match["date"]:
        return _HOW[" ".join(match["how"].lower().split())](_read(match["date"]))
    if match["open"]:
        return _read(match["open"]), ""
    first, last = _read(match["from"] or match["first"]), _read(match["to"] or match["last"])
    return (first, last) if first and last else ("", "")


def _read(said: str) -> str:
    """Give a date that is said as YYYY, YYYY-MM or YYYY-MM-DD; nothing where there is none."""
    words = said.replace(".", " ").split()
    if len(words) == 1:
        day = said
    else:
        month = _MONTHS.index(words[-2][:3].lower()) + 1
        days = [f"-{int(re.sub('[a-z]', '', word.lower())):02}" for word in words[:-2]]
        day = f"{words[-1]}-{month:02}{''.join(days)}"
    return day if first_day(day) else ""


def first_day(value: str) -> str:
    """Give the first day of YYYY, YYYY-MM or YYYY-MM-DD; nothing where there is no such day."""
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value, re.ASCII):
        return ""
    try:
        return date.fromisoformat(value + "-01-01"[len(value) - len("2019"):]).isoformat()
    except ValueError:
        return ""


def _step(value: str, back: bool) -> str:
    """The day, month or year before or after one, as precise as it is."""
    if not value:
        return ""
    first = date.fromisoformat(first_day(value))
    if back:
        return (first - timedelta(days=1)).isoformat()[:len(value)]
    far = {4: 366, 7: 31, 10: 1}[len(value)]
    return (first + timedelta(days=far)).isoformat()[:len(value)]


_HOW: dict[str, Callable[[str], Range]] = {
    "since": lambda said: (said, ""),
    "before": lambda said: ("", _step(said, back=True)),
    "after": lambda said: (_step(said, back=False), ""),
    "in": lambda said: (said, said),
    "during": lambda said: (said, said),
    "until": lambda said: ("", said),
    "up to": lambda said: ("", said),
}
