"""The words by which commitments are told, read from commitments.toml into patterns and sets."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

Strength = Literal["promise", "aim", "plan"]
STRENGTHS: tuple[Strength, ...] = get_args(Strength)

_MAIN_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W_][\w’'-]*")


@dataclass(frozen=True)
class Words:
    """The words of commitments.toml.

    ``cue`` finds what may promise, in small letters; ``strengths`` are those of its phrases and
    nouns, ``set`` the phrases that need no one who acts, ``planned`` the verbs after these;
    ``reported`` finds what people say, and ``compared`` what stands last and is only compared with;
    the rest is named as there.
    """

    cue: re.Pattern[str]
    strengths: Mapping[str, Strength]
    set: frozenset[str]
    who: Mapping[str, frozenset[str]]
    what: Mapping[str, frozenset[str]]
    some: re.Pattern[str]
    acts: re.Pattern[str]
    planned: frozenset[str]
    headings: frozenset[str]
    columns: frozenset[str]
    deadlines: frozenset[str]
    reported: re.Pattern[str]
    compared: re.Pattern[str]
    names: Mapping[str, frozenset[str]]
    little: frozenset[str]

    def name_phrase(self, said: str) -> str:
        """Give the phrase that is said, without the adverb that stands in it."""
        spoken = said.split()
        fitting = [each for each in self.strengths if _fits(each.split(), spoken)]
        return max(fitting, key=len)


@lru_cache(maxsize=1)
def read_words() -> Words:
    """Read the words, once."""
    read = tomllib.loads(Path(__file__).with_name("commitments.toml").read_text("utf-8"))
    phrases, nouns = read["phrases"], read["nouns"]
    strengths: dict[str, Strength] = {}
    for strength in STRENGTHS:
        strengths |= dict.fromkeys([*phrases[strength], *nouns[strength]], strength)
    strengths |= dict.fromkeys(phrases["set"], "plan")
    said = [phrase for each in phrases.values() for phrase in each]
    named = "|".join(noun for strength in STRENGTHS for noun in nouns[strength])
    who = {name: frozenset(_plurals(words)) for name, words in read["who"].items()}
    return Words(
        re.compile(
            r"\b(?P<will>will|shall|won[’']t|shan[’']t)\b|(?<=\w)[’'](?P<ll>ll)\b"
            rf"|\b(?P<phrase>{'|'.join(map(_phrase, sorted(said, key=len, reverse=True)))})\b"
            rf"|\b(?P<noun>{named})\b(?:[^.;:,\n\t]{{0,60}}?)"
            r"\s(?:is|are|will\sbe)\s(?P<to>to|that|for)\b"
        ),
        strengths,
        frozenset(phrases["set"]),
        who,
        {name: frozenset(words) for name, words in read["what"].items()},
        re.compile(rf"(?:{'|'.join(read['who']['some'])})\b|(?:about |over )?\d[\d,.]*\s?%", re.I),
        re.compile(rf"(?:{'|'.join(read['lists']['acts'])})\b", re.I),
        frozenset(["be", *read["lists"]["acts"], *read["what"]["begins"]])
        - frozenset(read["what"]["moves"]),
        frozenset(read["lists"]["headings"]),
        frozenset(read["lists"]["columns"]),
        frozenset(read["lists"]["deadlines"]),
        re.compile(rf"\b(?:{'|'.join(read['who']['reports'])})\b", re.I),
        re.compile(
            rf"\bthan\s(?:{'|'.join(read['who']['compared'])})\b(?:\s[\w’'-]+){{0,4}}\s*$",
            re.I,
        ),
        {name: frozenset(words) for name, words in read["names"].items()},
        frozenset(read["same"]["little"]),
    )


def _fits(words: list[str], spoken: list[str]) -> bool:
    """Tell whether words are said in their order, from the first to the last."""
    left = iter(spoken)
    return words[0] == spoken[0] and words[-1] == spoken[-1] and all(each in left for each in words)


def _plurals(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        yield from (word, f"{word}s", f"{word[:-1]}ies" if word.endswith("y") else f"{word}es")


def _phrase(words: str) -> str:
    """Make a pattern of a phrase; an adverb, or what is between commas, may stand in it."""
    adverb = r"(?:\s(?:\w+ly|also|all|both|now|therefore|together|still|currently|jointly)\b)?"
    first, *others = map(re.escape, words.split())
    return first + "".join(rf"{adverb}\s{word}" for word in others)


def take_words(text: str, at: int = 0, most: int | None = None) -> list[str]:
    """Take the words of a text from an offset on, at most so many, in small letters."""
    stretch = text[at:] if most is None else text[at:at + _LONGEST * most]
    return [word.lower() for word in _WORD.findall(stretch)[:most]]


def to_small(text: str) -> str:
    """Give a text in small letters, each where it stands: several times as quick to search as
    without regard to case."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(
        each if len(each.lower()) > 1 else each.lower() for each in text
    )  # fmt: skip


def take_main_words(text: str) -> list[str]:
    """Take the words and figures of a text but the little ones, in small letters."""
    little = read_words().little
    return [word for word in _MAIN_WORD.findall(text.casefold()) if word not in little]


_LONGEST = 15
"""No more characters are looked at for each word that is wanted."""
