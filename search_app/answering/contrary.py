"""What a quotation says instead of what is asked: of others, or of what is only to be.

A question about children is not answered by a sentence about adults, one about category 3 not by
one about category 1, and one about what came of something not by what was planned. Their words are
nearly the same, so that nothing else tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.analysis import STOP_WORDS, find_tokens
from search_app.answering.answer_contacts import find_contact
from search_app.answering.question_words import read_question_words
from search_app.answering.questions import Understood

FORETOLD = "the nearest says what was to be, and not what came of it"

_NUMBERED = re.compile(r"(?<![\w-])([^\W\d]{3,})\s(\d{1,2})(?![\w%/-]|[.,]\d)")
"""A word and the number that tells it from others: category 3, band 5."""

_PAST = re.compile(
    r"(?:\w+['’]?\w*\s){0,4}?(?:did|(?:has|have|had)\s(?:\S+\s){0,8}?(?:\w+ed|been|done|made|given"
    r"|taken|found|seen|met|become|begun|spent|built|set|brought|kept|held|left|led|lost|said))\b",
    re.IGNORECASE,
)
"""How a question begins that asks what came of something."""

_TO_BE = re.compile(r"\b(?:will|shall)\b|\b(?:is|are)\sto\s|\b(?:plan|intend|aim)s?\sto\b", re.I)
_HAS_BEEN = re.compile(r"\b(?:was|were|has|have|had|did)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.?!]*[.?!]?")


class Other(NamedTuple):
    """What a question names, and what a quotation names instead."""

    asked: str
    said: str


def find_contrary(understood: Understood, text: str, around: str) -> str:
    """Say in what a quotation misses the question, for the reader; empty where it does not.

    ``around`` are the headings and title above it, and what heads its table.
    """
    asked = _asking_sentence(understood)
    other = _find_other_number(asked, text, around) or _find_opposed(asked, text, around)
    if other:
        return f"the nearest speaks of “{other.said}”, and the question of “{other.asked}”"
    contact = find_contact(understood.question)
    if contact and not any(contact.finder(text)):
        return f"the nearest gives no {contact.name}"
    return ""


def is_foretold(understood: Understood, sentence: str) -> bool:
    """Tell whether a question asks what came of something, and a sentence says what was to be."""
    asks = _PAST.match(_asking_sentence(understood))
    return bool(asks and _TO_BE.search(sentence) and not _HAS_BEEN.search(sentence))


def _asking_sentence(understood: Understood) -> str:
    sentences: list[str] = _SENTENCE.findall(understood.asked)
    asking = [each for each in sentences if each.endswith("?")]
    return (asking or [understood.asked])[-1].strip()


def _find_other_number(asked: str, text: str, around: str) -> Other | None:
    """Find what the question numbers otherwise than the quotation: category 3, category 1."""
    for word, number, written in _find_numbered(asked):
        said = {each: as_written for other, each, as_written in _find_numbered(text)
                if other == word}  # fmt: skip
        above = {each for other, each, _ in _find_numbered(around) if other == word}
        if said and number not in said and number not in above:
            return Other(written, next(iter(said.values())))
    return None


def _find_numbered(text: str) -> Iterator[tuple[str, int, str]]:
    for match in _NUMBERED.finditer(text):
        words = [token for token in find_tokens(match[1]) if token.form not in STOP_WORDS]
        if words:
            yield words[0].stem, int(match[2]), match[0]


def _find_opposed(asked: str, text: str, around: str) -> Other | None:
    """Find which group the question names and which other one the quotation does instead."""
    for sides in read_question_words().opposed:
        named, said, above = (_find_members(each, sides) for each in (asked, text, around))
        for at, member in named.items():
            others = [word for side, word in said.items() if side != at]
            if len(named) == 1 and others and at not in said and at not in above:
                return Other(member, others[0])
    return None


def _find_members(text: str, sides: Sequence[frozenset[str]]) -> dict[int, str]:
    """Give the sides that a text names, each with the first word that does."""
    found: dict[int, str] = {}
    for token in find_tokens(text):
        for number, side in enumerate(sides):
            if token.stem in side:
                found.setdefault(number, text[token.start:token.end])
    return found
