"""What narrows a statement: the ages, the numbered things and the groups that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.analysis import find_tokens
from search_app.answering.question_words import read_question_words

OLDEST = 150
"""An age that nobody exceeds."""

WORKING_AGE = (16, 64)

_SPELT = "one two three four five six seven eight nine ten".split()
_ORDINAL = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_AGES = re.compile(
    r"\b(?:under|below|younger than)[\s-](?:the age of |age )?(?P<under>\d{1,3})s?\b"
    r"|\b(?:over|above|older than)[\s-](?:the age of |age )?(?P<over>\d{1,3})s?\b"
    r"|\b(?P<least>\d{1,3})(?:\s?\+|(?: years)? (?:and|or) (?:over|above|older)\b)"
    r"|\b(?:aged? |ages |between )(?P<first>\d{1,3})(?:\s?[-–]\s?| to | and )(?P<last>\d{1,3})\b"
    r"|\b(?P<from>\d{1,2})[-–](?P<to>\d{1,2})[\s-](?:years?[\s-]olds?|year age)\b"
    r"|\b(?:aged? (?P<at>\d{1,3})|(?P<old>\d{1,3})[\s-]years?[\s-]olds?)\b"
    r"(?!\s?[-–+]|\s(?:to|and|or)\b)"
    r"|\b(?P<working>working[\s-]age)\b",
    re.IGNORECASE,
)

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
        case {"under": age}:
            return 0, age - 1
        case {"over": age}:
            return age + 1, OLDEST
        case {"least": age}:
            return age, OLDEST
        case {"first": first, "last": last} | {"from": first, "to": last}:
            return first, last
        case {"at": age} | {"old": age}:
            return age, age
        case _:
            return WORKING_AGE


def find_numbered(text: str) -> Iterator[Named]:
    """Find the things that a text tells from others by a number: tier 3, phase two, second phase.
    """
    for match in _numbered_pattern().finditer(text):
        word = match["word"] or match["placed"]
        written = (match["number"] or match["place"]).lower()
        places = [names.index(written) + 1 for names in (_SPELT, _ORDINAL) if written in names]
        yield Named(word.lower(), str(places[0]) if places else written, match[0])


@lru_cache(maxsize=1)
def _numbered_pattern() -> re.Pattern[str]:
    words = read_question_words().numbered
    return re.compile(
        rf"\b(?P<word>{words})\s(?P<number>\d{{1,2}}[a-e]?|{'|'.join(_SPELT)})\b(?![%.,]\d)"
        rf"|\b(?P<place>{'|'.join(_ORDINAL)})\s(?P<placed>{words})\b",
        re.IGNORECASE,
    )


def find_members(text: str, sides: Sequence[frozenset[str]]) -> Iterator[Named]:
    """Find which of some groups that exclude each other a text names; their number tells which."""
    for token in find_tokens(text):
        for number, side in enumerate(sides):
            if token.stem in side:
                yield Named("", str(number), text[token.start:token.end])
