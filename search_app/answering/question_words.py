"""The words by which questions are understood: questions.toml, which a person can edit."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, get_args

from index.analysis import find_tokens

AnswerKind = Literal[
    "figure", "money", "percentage", "date", "person", "organisation", "place", "list",
    "definition", "reason", "way", "yes_no", "policy", "comparison",
]  # fmt: skip
"""What a question asks for; "policy" is a statement of any other kind."""

KINDS: tuple[AnswerKind, ...] = get_args(AnswerKind)

Nouns = Mapping[str, AnswerKind]


@dataclass(frozen=True)
class OwnHealthWords:
    """By which a question about somebody's own symptoms is told; each pattern is for search."""

    oneself: re.Pattern[str]
    symptom: re.Pattern[str]
    taking: re.Pattern[str]
    medicine: re.Pattern[str]
    seeking_care: re.Pattern[str]
    other_matters: re.Pattern[str]


@dataclass(frozen=True)
class QuestionWords:
    """What questions.toml says, by phrase in small letters; each pattern is for search.

    ``opposed`` tells of the stems of groups that exclude one another which groups these are
    and which of them each is of, ``numbered`` the words of what is told from others by a number, as
    alternatives.
    """

    nouns: Nouns
    light: Nouns
    how: Nouns
    amounts: Nouns
    said: Sequence[tuple[AnswerKind, re.Pattern[str]]]
    who: re.Pattern[str]
    opening: re.Pattern[str]
    closing: re.Pattern[str]
    whether: re.Pattern[str]
    asking_nouns: frozenset[str]
    names: frozenset[str]
    own_health: OwnHealthWords
    opposed: Mapping[str, tuple[str, str]]
    numbered: str


@lru_cache(maxsize=1)
def read_question_words() -> QuestionWords:
    """Read questions.toml."""
    source = files("search_app.answering") / "questions.toml"
    held = tomllib.loads(source.read_text(encoding="utf-8"))
    frame = held["frame"]
    others = _any_of(held["who"]["not_before"])
    requests = _any_of(frame["requests"])
    openings = rf"{_any_of(frame['openings'])}|(?:can|could|would)\s+you(?=\s+(?:{requests})\b)"
    return QuestionWords(
        nouns=_by_phrase(held["nouns"]),
        light=_by_phrase(held["light"]),
        how=_by_phrase(held["how"]),
        amounts=_by_phrase(held["amounts"]),
        said=tuple((kind, _search(held["said"][kind])) for kind in KINDS if kind in held["said"]),
        who=re.compile(rf"(?:{_any_of(held['who']['policy'])})\s(?!(?:{others})\b)"),
        opening=re.compile(rf"\W*(?:(?:{openings})(?![\w'’-])[\s,:]*)+", re.IGNORECASE),
        closing=re.compile(rf"(?<![\s,])[\s,]+(?:{_any_of(frame['closings'])})\W*$", re.IGNORECASE),
        whether=re.compile(rf"(?:{_any_of(frame['whether'])})\b", re.IGNORECASE),
        asking_nouns=frozenset(frame["asking_nouns"]),
        names=frozenset(frame["names"]),
        own_health=_own_health(held["own_health"]),
        opposed=_opposed(held["opposed"]["groups"]),
        numbered=_any_of(held["opposed"]["numbered"]),
    )


def _own_health(held: Mapping[str, Sequence[str]]) -> OwnHealthWords:
    """A symptom is one that is had: at most five words stand between the two. Apostrophes, which
    many do not type, are left out."""
    held = {name: [phrase.replace("'", "") for phrase in held[name]] for name in held}
    has, symptoms = _any_of(held["has"]), _any_of(held["symptoms"])
    symptom = rf"(?<!\w)(?:{has})\s(?:[\w'’-]+\s){{0,5}}?(?:{symptoms})(?!\w)"
    hurts = r"(?<!\w)my\s(?:[\w'’-]+\s){1,3}(?:hurts?|aches?|itches|bleeds|burns|is sore)(?!\w)"
    return OwnHealthWords(
        oneself=_search(held["oneself"]),
        symptom=re.compile(f"{symptom}|{hurts}"),
        taking=_search(held["taking"]),
        medicine=_search(held["medicines"]),
        seeking_care=_search(held["seeking_care"]),
        other_matters=_search(held["other_matters"]),
    )


def _opposed(groups: Sequence[Sequence[Sequence[str]]]) -> dict[str, tuple[str, str]]:
    return {
        token.stem: (f"{number:03}", str(side))
        for number, sides in enumerate(groups)
        for side, words in enumerate(sides)
        for word in words for token in find_tokens(word)
    }  # fmt: skip


def _by_phrase(by_kind: Mapping[str, Any]) -> dict[str, AnswerKind]:
    return {phrase: kind for kind in KINDS for phrase in by_kind.get(kind, ())}


def _search(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_any_of(phrases)})(?![\w-])", re.IGNORECASE)


def _any_of(phrases: Sequence[str]) -> str:
    """The phrases as alternatives, longer ones first; an apostrophe is typed either way."""
    ranked = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(each).replace("'", "['’]").replace(r"\ ", r"\s+") for each in ranked)
