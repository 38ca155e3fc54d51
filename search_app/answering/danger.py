"""Whether a text is of somebody in danger of his life, by the words of danger.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from search_app.answering.question_words import read_question_words

Danger = Literal["", "suicide", "emergency"]

_SENTENCE = re.compile(r"[^.?!;\n]+[.?!;]*")
_ASKS = re.compile(r"(?:what|how|which|who|when|where|why|do|does|did|is there|are there)\b")
_MINE = {"{self}": "(?:myself|my self)", "{whose}": "my"}
_THEIRS = {"{self}": "(?:himself|herself|themselves|themself)", "{whose}": "(?:his|her|their)"}


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
    persons, suicide, emergency = held["persons"], held["suicide"], held["emergency"]
    first = _any_of(persons["first"])
    near = rf"(?:\s(?!{_any_of(suicide['looking_up'])}\b)\w+){{0,4}}\s"
    filling = rf"(?:\s{_any_of(suicide['filling'])}){{0,2}}\s"
    wish = rf"{_any_of(suicide['wishes'])}{filling}"
    no_wish = rf"(?!\s{_any_of(suicide['other_wishes'])}\b)"
    stated = rf"{_any_of(suicide['statements'])}(?!\s{_any_of(suicide['other_statements'])}\b)"
    much = rf"(?:{_any_of(emergency['many'])}|\d{{2,}})\s(?:\w+\s)?"
    overdose = rf"{_any_of(emergency['taken'])}\s{much}{_any_of(emergency['pills'])}"
    signs = rf"(?:{_any_of(emergency['signs'], _MINE, _THEIRS)}|{overdose})"
    of_body = [each for each in emergency["signs"] if "{whose}" in each]
    body = rf"(?:my|his|her)\s(?:{_any_of(persons['body'])}{near})?"
    own_body = rf"{body}{signs}|{_any_of(of_body, _MINE)}"
    relations = rf"{_any_of(persons['of_relations'])}\s(?:\w+\s){{0,2}}"
    return _DangerWords(
        own_wish=_search(
            rf"{_any_of(suicide['acts'], _MINE)}"
            rf"|(?:^|{first}{near}){wish}{_any_of(suicide['wished'], _MINE)}{no_wish}"
            rf"|^{_any_of(suicide['topics'])}$"
        ),
        their_wish=_search(
            rf"{_any_of(suicide['acts'], _THEIRS)}"
            rf"|{wish}{_any_of(suicide['wished'], _THEIRS)}{no_wish}"
        ),
        own_statement=_search(rf"{first}{near}{stated}"),
        statement=_search(stated),
        own_sign=_search(rf"{first}{near}{signs}|{own_body}"),
        sign=_search(signs),
        alone=_search(_any_of(emergency["alone"])),
        known=_search(rf"{relations}{_any_of(persons['relations'])}"),
        others=_search(_any_of(persons["others"])),
        plans=_search(_any_of(held["plans"]["words"])),
    )


def _search(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")


def _any_of(phrases: Iterable[str], *of_whom: Mapping[str, str]) -> str:
    """The phrases as alternatives in a group, of all the persons that are given."""
    made = [_fill(phrase, whom) for whom in of_whom or ({},) for phrase in phrases]
    return f"(?:{'|'.join(dict.fromkeys(made))})"


def _fill(phrase: str, whom: Mapping[str, str]) -> str:
    for slot, words in whom.items():
        phrase = phrase.replace(slot, words)
    return phrase
