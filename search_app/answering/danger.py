"""Whether a text is of somebody in danger of his life, by the words of danger.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from search_app.answering.question_words import read_question_words

Danger = Literal["", "suicide", "emergency"]

_SENTENCE = re.compile(r"[^.?!;\n]+[.?!;]*")
_MINE = {"{self}": "myself", "{whose}": "my"}
_THEIRS = {
    "{self}": "(?:himself|herself|themselves|themself)",
    "{whose}": "(?:his|her|their)",
}
_ASKS = re.compile(r"(?:what|how|which|who|when|where|why|do|does|did|is there|are there)\b")
_BETWEEN = r"(?:\s\w+){0,4}\s"


@dataclass(frozen=True)
class _DangerWords:
    """The patterns of danger.toml, each for search in a plain sentence."""

    own_wish: re.Pattern[str]
    their_wish: re.Pattern[str]
    own_statement: re.Pattern[str]
    statement: re.Pattern[str]
    own_sign: re.Pattern[str]
    sign: re.Pattern[str]
    alone: re.Pattern[str]
    known: re.Pattern[str]
    others: re.Pattern[str]
    plans: re.Pattern[str]


def find_danger(text: str) -> Danger:
    """Tell whether somebody is in danger: of suicide or self-harm, else in an emergency.

    It need not be typed well; "" is said of plans and of what they plan about.
    """
    sentences = [*_split_plainly(text)]
    if any(_is_suicidal(plain, asks) for plain, asks in sentences):
        return "suicide"
    return "emergency" if any(_is_emergency(*each) for each in sentences) else ""


def _split_plainly(text: str) -> Iterator[tuple[str, bool]]:
    """Give each sentence in small letters without its signs, and whether it asks something."""
    opening = read_question_words().opening
    for sentence in _SENTENCE.findall(re.sub("['’‘ʼ`´]", "", text.lower())):
        begins = opening.match(sentence)
        plain = " ".join(re.findall(r"[\w&]+", sentence[begins.end() if begins else 0:]))
        yield plain, sentence.endswith("?") or bool(_ASKS.match(plain))


def _is_suicidal(plain: str, asks: bool) -> bool:
    words = _read_words()
    if words.own_wish.search(plain):
        return True
    if words.plans.search(plain):
        return False
    if words.own_statement.search(plain):
        return True
    said = words.their_wish.search(plain) or words.statement.search(plain)
    return bool(said) and _names_somebody(plain, asks)


def _is_emergency(plain: str, asks: bool) -> bool:
    words = _read_words()
    if words.plans.search(plain):
        return False
    if words.own_sign.search(plain) or (not asks and words.alone.search(plain)):
        return True
    return bool(words.sign.search(plain)) and _names_somebody(plain, asks)


def _names_somebody(plain: str, asks: bool) -> bool:
    """Tell whether a sentence is about somebody the writer knows, or sees."""
    words = _read_words()
    return bool(words.known.search(plain) or (not asks and words.others.search(plain)))


@lru_cache(maxsize=1)
def _read_words() -> _DangerWords:
    source = files("search_app.answering") / "danger.toml"
    held = tomllib.loads(source.read_text(encoding="utf-8"))
    persons, suicide = held["persons"], held["suicide"]
    first, wishes = _any_of(persons["first"]), _any_of(suicide["wishes"])
    stated = rf"(?:{_both(suicide['statements'])})(?!\s{_any_of(suicide['other_statements'])}\b)"
    signs = _both(held["emergency"]["signs"])
    after = rf"(?!\s{_any_of(suicide['other_wishes'])}\b)"
    wished = rf"{wishes}(?:\s\w+){{0,2}}\s"
    mine, theirs = (_any_of(suicide["wished"], whose) for whose in (_MINE, _THEIRS))
    acts, their_acts = (_any_of(suicide["acts"], whose) for whose in (_MINE, _THEIRS))
    relations = rf"{_any_of(persons['of_relations'])}\s{_any_of(persons['relations'])}"
    body = r"my\s(?:chest|heart|arm|hand|leg|head|face|throat|neck|nose|tongue|lips|speech)"
    return _DangerWords(
        own_wish=_search(rf"{acts}|{first}(?:\s\w+){{0,6}}\s{wished}{mine}{after}"),
        their_wish=_search(rf"{their_acts}|{wished}(?:{mine}|{theirs}){after}"),
        own_statement=_search(rf"{first}{_BETWEEN}{stated}"),
        statement=_search(stated),
        own_sign=_search(rf"(?:{first}|{body}){_BETWEEN}{signs}|{_any_of(_chest(held), _MINE)}"),
        sign=_search(signs),
        alone=_search(_any_of(held["emergency"]["alone"])),
        known=_search(relations),
        others=_search(_any_of(persons["others"])),
        plans=_search(_any_of(held["plans"]["words"])),
    )
