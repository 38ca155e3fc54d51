"""What narrows a statement: the ages, the numbered things and the groups that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from index.analysis import find_tokens
from search_app.answering.question_words import read_question_words

OLDEST = 150
"""An age that nobody exceeds."""

WORKING_AGE = (16, 64)

_SPELT = "one two three four five six seven eight nine ten".split()
_ORDINAL = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_ROMAN = "i ii iii iv v".split()
_OLD = r"(?:[\s-]?years?(?:\s(?:old|of\sage))?)"
_WHO = (
    r"(?:aged?|people|persons|those|anyone|adults|children|men|women|patients|residents|pupils"
    r"|prisoners|population)"
)
_AGES = re.compile(
    r"\b(?:under|below)[\s-](?P<under>\d{1,2})s\b|\b(?:over|above)[\s-](?P<over>\d{1,2})s\b"
    rf"|\b{_WHO}\s(?:who\sare\s)?(?:under|below|younger\sthan)\s(?:the\sage\sof\s)?"
    r"(?P<less>\d{1,2})\b(?!\s?%|[.,]\d)"
    rf"|\b{_WHO}\s(?:who\sare\s)?(?:over|above|older\sthan)\s(?:the\sage\sof\s)?"
    r"(?P<more>\d{1,3})\b(?!\s?%|[.,]\d)"
    rf"|\b{_WHO}\s(?:of\s)?(?P<least>\d{{1,2}})(?:\s?\+|{_OLD}?\s(?:and|or)\s"
    r"(?:over|above|older)\b)"
    rf"|\b(?:aged?|ages)\s(?:between\s)?(?P<first>\d{{1,2}})(?:\s?[-–]\s?|\sto\s|\sand\s)"
    r"(?P<last>\d{1,3})\b"
    r"|\b(?P<from>\d{1,2})(?:\s?[-–]\s?|\sto\s)(?P<to>\d{1,3})[\s-]years?[\s-]olds?\b"
    r"|\b(?:aged?\s(?P<at>\d{1,2})|(?P<old>\d{1,2})[\s-]years?[\s-]olds?)\b"
    r"(?!\s?[-–+]|\s(?:to|and|or)\b)"
    r"|\b(?P<working>working[\s-]age)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?<![\d.,£])(\d{1,2})\s?(?:[-–]\s?(\d{1,3})|\+)(?![\d%])")
"""What may be ages too where ages are spoken of: "aged 70-74 nine, 75-79 ten"."""

_NAMED = re.compile(r"[A-Z][a-z]+\s[A-Z]")
_DENIED = re.compile(r"\bnon[\s-]$", re.IGNORECASE)

Ages = tuple[int, int]
"""The least and the greatest age, in years."""


class Named(NamedTuple):
    """What a text narrows itself to: of which kind, which of these, and as it is written."""

    kind: str
    which: str
    written: str


def find_ages(text: str) -> Iterator[tuple[Ages, str]]:
    """Find the ages that a text speaks of, each with its words: under 18, aged 16-24, 75+."""
    for match in _AGES.finditer(text):
        held = {name: int(age) for name, age in match.groupdict().items()
                if age and name != "working"}  # fmt: skip
        yield _read_ages(held), match[0].strip()


def _read_ages(held: dict[str, int]) -> Ages:
    match held:
        case {"under": age} | {"less": age}:
            return 0, age - 1
        case {"over": age} | {"more": age}:
            return age + 1, OLDEST
        case {"least": age}:
            return age, OLDEST
        case {"first": first, "last": last} | {"from": first, "to": last}:
            return first, last
        case {"at": age} | {"old": age}:
            return age, age
        case _:
            return WORKING_AGE


def find_ranges(text: str) -> Iterator[Ages]:
    """Find all ranges of small numbers, which may be ages."""
    for first, last in _RANGE.findall(text):
        yield int(first), int(last or OLDEST)


def find_numbered(text: str) -> Iterator[Named]:
    """Find the things that a text tells from others by a number, each by itself: tier 3, tiers 2
    and 3, bands 5-7, phase two, second phase, type II."""
    for match in _numbered_pattern().finditer(text):
        word = (match["word"] or match["placed"]).lower()
        for which in _list_numbers(match["numbers"] or match["place"]):
            yield Named(word, which, match[0])


def _list_numbers(written: str) -> Iterator[str]:
    parts = re.findall(r"\w+|[-–]", written)
    for at, part in enumerate(parts):
        if part in "-–" and 0 < at < len(parts) - 1:
            ends = _number(parts[at - 1]), _number(parts[at + 1])
            if all(end.isdigit() for end in ends):
                yield from map(str, range(int(ends[0]), int(ends[1])))
        elif part.lower() not in ("and", "or", "to"):
            yield _number(part)


def _number(written: str) -> str:
    small = written.lower()
    places = [names.index(small) + 1 for names in (_SPELT, _ORDINAL, _ROMAN) if small in names]
    return str(places[0]) if places else small


@lru_cache(maxsize=1)
def _numbered_pattern() -> re.Pattern[str]:
    words = read_question_words().numbered
    number = rf"(?:\d{{1,2}}[a-e]?|{'|'.join((*_SPELT, 'iii', 'ii', 'iv'))})"
    more = rf"(?:(?:\s?[-–/,&]\s?|\s(?:and|or|to)\s){number})*"
    return re.compile(
        rf"\b(?P<word>{words})s?\s(?P<numbers>{number}{more})"
        r"\b(?![%.,]\d|\s(?:times|people|days|weeks|months|years)\b)"
        rf"|\b(?P<place>{'|'.join(_ORDINAL)})\s(?P<placed>{words})\b",
        re.IGNORECASE,
    )


def find_members(text: str) -> Iterator[Named]:
    """Find which of the groups that exclude each other a text names: the kind tells of which groups
    it is one, the number which of them.

    What is part of a name (East Grinstead) or denied (non-elective) is none.
    """
    opposed = read_question_words().opposed
    for token in find_tokens(text):
        named = _NAMED.match(text, token.start) or token.start and text[token.start].isupper()
        denied = _DENIED.search(text, max(0, token.start - 4), token.start)
        if token.stem in opposed and not (named or denied):
            yield Named(*opposed[token.stem], text[token.start:token.end])
