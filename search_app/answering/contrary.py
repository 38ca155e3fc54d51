"""What a quotation says instead of what is asked: of others, or of what is only to be.

A question about children is not answered by a sentence about adults, one about tier 3 not by one
about tier 1, and one about what came of something not by what was planned. Their words are nearly
the same, so that nothing else tells them apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from index.analysis import find_tokens
from search_app.answering.answer_contacts import find_contact
from search_app.answering.answer_figures import find_figures
from search_app.answering.narrowing import (
    Named, find_ages, find_members, find_numbered, find_ranges,
)  # fmt: skip
from search_app.answering.preferences import find_years, meet, read_years
from search_app.answering.question_words import AnswerKind
from search_app.answering.questions import Understood
from search_app.answering.short_answers import kind_fits

FIGURES: tuple[AnswerKind, ...] = ("figure", "money", "percentage")
TYPED: Mapping[AnswerKind, str] = {
    "figure": "figure", "money": "sum of money", "percentage": "percentage", "date": "date or time",
}  # fmt: skip
"""What a quotation of these kinds must hold, as the reader is told."""

FORETOLD = "the nearest says what was to be, and not what came of it"

_IN_OTHER_WORDS: Mapping[AnswerKind, re.Pattern[str]] = {
    "figure": re.compile(r"\b(?:quarter|month|week|fortnight|dai|year|annual)ly\b", re.IGNORECASE),
    "money": re.compile(r"\bfree\b|\b\d[\d.,]*\s?(?:m|bn|million|billion)\b", re.IGNORECASE),
    "date": re.compile(r"\b(?:19|20)\d\d\b"),
}
"""What does for one, though it makes no short answer."""

_PAST = re.compile(
    r"(?:\w+(?:['’]\w+)?\s){0,4}?(?:did|(?:has|have|had)\s(?:\S+\s){0,8}?(?:\w+ed|been|done"
    r"|made|given|taken|found|seen|met|become|begun|spent|built|set|brought|kept|held|left|led"
    r"|lost|said))\b",
    re.IGNORECASE,
)
"""How a question begins that asks what came of something."""

_TO_BE = re.compile(
    r"\b(?:will|shall)\b|\b(?:is|are)\sto\s|\b(?:plan|intend|aim)s?\sto\b"
    r"|\b(?:is|are)\s(?:due|required|needed|planned|expected|proposed|recommended)\b",
    re.IGNORECASE,
)
_HAS_BEEN = re.compile(
    r"\b(?:was|were|has|have|had|did|found|met|took|gave|said|rose|fell|saw|became|began|showed"
    r"|concluded)\b",
    re.IGNORECASE,
)
_OF_A_PLAN = re.compile(
    r"\b(?:plan|agree|promise|propos|set\b|commit|decid|decision|aim|target|objective|pledge"
    r"|goal|inten[dt]|expect|want|require|need|approv|announce)",
    re.IGNORECASE,
)
"""By which a question is told that what was to be may well answer."""

_EVERYONE = re.compile(r"\b(?:all|both|everyone|everybody|anyone|any|regardless)\b", re.IGNORECASE)
_BEGINNING = re.compile(r"\b(?:since|from)\s(?:[a-z]+\s)?(?:19|20)\d\d", re.IGNORECASE)
_NAME_OF = re.compile(
    r"\bnames?\sof\s(?:the|our|your|their|its|an?|this|that|each|all)\b", re.IGNORECASE
)
_CAPITAL = re.compile(r"(?<!^)(?<![.?!] )[A-Z]")
_OF_A_DATE = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b"
)

Pair = tuple[str, str]
"""What a question names and what a quotation names instead, both as written."""


def find_contrary(understood: Understood, text: str, around: str) -> str:
    """Say in what a quotation misses the question, for the reader; empty where it does not.

    ``around`` are the headings and title above it, and what heads its table.
    """
    asked = understood.asking
    pair = (
        _find_other_number(asked, text, around)
        or _find_other_ages(asked, text, around)
        or _find_opposed(asked, text, around)
        or _find_other_year(understood, text, around)
    )
    if pair:
        return f"the nearest speaks of “{pair[1]}”, and the question of “{pair[0]}”"
    contact = find_contact(asked)
    if contact and not any(contact.finder(text)):
        return f"the nearest gives no {contact.name}"
    if _NAME_OF.search(asked) and not _has_name(text, asked):
        return "the nearest gives no name"
    return ""


def _has_name(text: str, asked: str) -> bool:
    """Tell whether a text has a name that a question does not say; days and months are none."""
    known = {token.stem for token in find_tokens(asked)}
    return any(
        token.stem not in known and _CAPITAL.match(text, token.start)
        and not _OF_A_DATE.match(text, token.start)
        for token in find_tokens(text)
    )  # fmt: skip


def find_lacking(understood: Understood, text: str) -> str:
    """Say what a quotation does not give at all, figures and times alone; empty where it does."""
    if understood.kind not in TYPED:
        return ""
    others = _IN_OTHER_WORDS.get(understood.kind)
    counted = understood.kind == "percentage" and len([*find_figures(text)]) > 1
    given = kind_fits(text, understood) or counted or others and others.search(text)
    return "" if given else f"the nearest gives no {TYPED[understood.kind]}"


def is_foretold(understood: Understood, sentence: str) -> bool:
    """Tell whether a question asks what came of something, and a sentence says what was to be."""
    asks = _PAST.match(understood.asking) and not _OF_A_PLAN.search(understood.asking)
    return bool(asks and _TO_BE.search(sentence) and not _HAS_BEEN.search(sentence))


def _find_other_number(asked: str, text: str, around: str) -> Pair | None:
    return _find_other([*find_numbered(asked)], [*find_numbered(text)], [*find_numbered(around)])


def _find_opposed(asked: str, text: str, around: str) -> Pair | None:
    """Find which group the question names, and no other, and which the quotation does instead."""
    if _EVERYONE.search(text):
        return None
    named = [*find_members(asked)]
    sides = Counter(kind for kind, _ in {(each.kind, each.which) for each in named})
    alone = sorted((each for each in named if sides[each.kind] == 1), key=lambda each: each.kind)
    return _find_other(alone, [*find_members(text)], [*find_members(around)]) if alone else None


def _find_other(
    asked: Sequence[Named], said: Sequence[Named], above: Sequence[Named]
) -> Pair | None:
    """Find what is asked of which neither the quotation nor what is above it names, where the
    quotation names another of its kind."""
    held = {(each.kind, each.which) for each in (*said, *above)}
    for one in asked:
        others = [each for each in said if each.kind == one.kind]
        if others and (one.kind, one.which) not in held:
            return one.written, others[0].written
    return None


def _find_other_ages(asked: str, text: str, around: str) -> Pair | None:
    named, said = [*find_ages(asked)], [*find_ages(text)]
    if not (named and said):
        return None
    held = [*(ages for ages, _ in (*said, *find_ages(around))), *find_ranges(text)]
    if any(one[0] <= other[1] and other[0] <= one[1] for one, _ in named for other in held):
        return None
    return named[0][1], said[0][1]


def _find_other_year(understood: Understood, text: str, around: str) -> Pair | None:
    """Find the year of which a question asks a figure and that of which a quotation gives one."""
    asked = [each for each in understood.preferences if each.facet == "year"]
    said = [*find_years(text)]
    if understood.kind not in FIGURES or not (asked and said) or _BEGINNING.search(text):
        return None
    held = [years for years, _ in (*said, *find_years(around))]
    if any(meet(read_years(one.value), years) for one in asked for years in held):
        return None
    return understood.question[asked[0].start:asked[0].end], said[0][1]
