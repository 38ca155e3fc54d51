"""What finds the spans of each kind of answer, and which of these a question asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from search_app.answering.answer_clauses import (
    find_aims, find_definitions, find_lists, find_reasons, find_ways,
)  # fmt: skip
from search_app.answering.answer_contacts import find_contact
from search_app.answering.answer_figures import (
    find_durations, find_figures, find_hours, find_money, find_percentages, find_times,
)  # fmt: skip
from search_app.answering.answer_names import (
    find_bodies, find_initials, find_people, find_places, find_postcodes, find_roles,
    find_small_bodies,
)  # fmt: skip
from search_app.answering.question_words import AnswerKind
from search_app.answering.questions import Understood

Stretch = tuple[int, int]
"""The (start, end) offsets of words in a text."""

Finder = Callable[[str], Iterable[Stretch]]


def _find_amounts(text: str) -> list[Stretch]:
    """Find percentages and sums of money, in the order in which they stand."""
    return sorted([*find_percentages(text), *find_money(text)])


FINDERS: dict[AnswerKind, tuple[Finder, ...]] = {
    "figure": (find_figures, _find_amounts),
    "money": (find_money,),
    "percentage": (find_percentages,),
    "date": (find_times, find_durations),
    "person": (find_people, find_roles, find_bodies, find_small_bodies, find_initials),
    "organisation": (find_bodies, find_small_bodies, find_initials),
    "place": (find_places,),
    "list": (find_lists,),
    "reason": (find_reasons, find_aims),
    "way": (find_ways,),
}
"""What finds spans of a kind; later ones are asked where those before found nothing."""

_ROLE_WORDS = frozenset("role job title post position professional".split())
PERIOD_WORDS = frozenset(
    "long often soon frequently quickly hours hour time times wait waiting duration frequency"
    " weeks days months years period".split()
)
_CLOCK = re.compile(r"\bwhat times?\b|\bopening (?:hours|times?)\b", re.IGNORECASE)
_PERIODS = ("long", "often", "frequently")
_OF_ALL = re.compile(r"\bhow (?:much|many) of\b", re.IGNORECASE)


def choose_finders(understood: Understood) -> Sequence[Finder]:
    """Choose what finds the answers to a question, by its kind and its words."""
    if contact := find_contact(understood.asking):
        return (contact.finder,)
    if understood.kind == "definition":
        words = understood.telling_words
        return (lambda text: find_definitions(text, words),)
    if understood.kind == "place" and "postcode" in understood.head:
        return (find_postcodes,)
    if understood.kind == "figure" and _OF_ALL.search(understood.question):
        return (find_percentages, find_figures)
    if understood.kind == "person" and _ROLE_WORDS & {*understood.head}:
        return (find_roles, find_people)
    if understood.kind == "date" and _CLOCK.search(understood.question):
        return (find_hours,)
    if understood.kind == "date" and {*_PERIODS} & {*find_manner(understood)}:
        return (find_durations,)
    if understood.kind == "date" and PERIOD_WORDS & {*understood.head, *find_manner(understood)}:
        return (find_durations, find_times)
    return FINDERS.get(understood.kind, ())


def find_manner(understood: Understood) -> list[str]:
    """Give the words that follow "how" in a question: many, long."""
    return re.findall(r"\bhow (\w+)", understood.question.lower())
