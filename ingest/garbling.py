"""How much of a text is garbled: letters that stand for nothing, or for others than are printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ingest.records import Doubt

FOLLOWERS = {
    "a": "bcdfgiklmnprstuvwxy", "b": "aeijlorstuy", "c": "acehiklortuy", "d": "adeilorsuvy",
    "e": "abcdefghilmnopqrstvwxy", "f": "aefilortuy", "g": "aeghilnorsu", "h": "aeiort",
    "i": "abcdefgklmnoprstvxz", "j": "eu", "k": "eins", "l": "adefilostuvy", "m": "abeimopsu",
    "n": "acdefgiklmnostuvy", "o": "abcdefgiklmnoprstuvw", "p": "aehiloprstuy", "q": "u",
    "r": "abcdefgiklmnoprstuvwy", "s": "acefhiklopstuy", "t": "acefhilorstuwy",
    "u": "abcdegilmnprst", "v": "aeio", "w": "aehinors", "x": "aceiptx", "y": "eimnoprstw",
    "z": "ae",
}  # fmt: skip
"""The letters that follow each letter in English: 292 pairs that make up 99% of those in 75,000
words of Python's manual and of software licences (at least 1 of 5,000, or of 3,300 of those in
different words). Other languages in Latin letters stay below MOST_RARE_PAIRS too."""

MOST_RARE_PAIRS = 0.3
"""Text of which more of the pairs of letters than this are rare is of no language: one in
seventy is in plans, one in five in Polish or Welsh, and half where letters are shifted."""

LEAST_PAIRS = 40
"""A shorter text is judged together with the other short ones of its page."""

LEAST_SHARE, LEAST_GARBLED = 0.02, 10
"""Fewer garbled letters on a page are a symbol here and there."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_ADDRESS = re.compile(r"(?<!\S)\S*(?:://|www\.|@)\S*")
_LOST = re.compile("[\ufffd\ue000-\uf8ff]|(?<=•)•|\\(cid:\\d+\\)|"
                   "[\u0180-\u019f\u01a2-\u01ae\u01b1-\u0217\u021c-\u02af]")
"""What stands for no character: private ones (of which the PDF reader makes bullets), and rare
letters, African ones and those of phonetics, which readers make of the numbers of glyphs."""


@dataclass(frozen=True)
class Garbling:
    """How many letters a page has, and how many of them are garbled."""

    letters: int
    garbled: int

    @property
    def share(self) -> float:
        """The share of the letters that are garbled, from 0 to 1."""
        return self.garbled / self.letters if self.letters else 0.0

    @property
    def sound(self) -> int:
        """The number of letters that are not garbled."""
        return self.letters - self.garbled

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """The doubt about the page, if there is one."""
        if self.garbled < LEAST_GARBLED or self.share < LEAST_SHARE:
            return ()
        share = max(1, round(100 * self.share))
        return (Doubt("garbled", f"{share}% of the letters here are garbled or unknown, "
                                 "so that words are missing or wrong."),)


def measure_garbling(texts: Iterable[str], unknown: int = 0) -> Garbling:
    """Measure the blocks or lines of a page, of which ``unknown`` characters were left out."""
    garbled, letters = unknown, unknown
    short: list[str] = []
    for text in texts:
        text = _ADDRESS.sub(" ", text)
        lost = _LOST.findall(text)
        letters += sum(map(str.isalnum, text)) + sum(not each.isalnum() for each in lost)
        garbled += len(lost)
        if sum(len(word) - 1 for word in _WORD.findall(text)) < LEAST_PAIRS:
            short.append(text)
        else:
            garbled += _count_strange(text)
    return Garbling(letters, garbled + _count_strange(" ".join(short)))


def _count_strange(text: str) -> int:
    """Count the letters of a text that is of no language, else those of its mixed words."""
    words = _WORD.findall(text)
    pairs = [one + other for word in words if word.isascii()
             for one, other in zip(word.lower(), word.lower()[1:])]
    rare = sum(pair[1] not in FOLLOWERS[pair[0]] for pair in pairs)
    if len(pairs) >= LEAST_PAIRS and rare > MOST_RARE_PAIRS * len(pairs):
        return sum(map(str.isalnum, text))
    return sum(len(word) for word in words if not word.isascii() and _is_mixed(word))


def _is_mixed(word: str) -> bool:
    """Say whether several letters of a word are of one script and several of another."""
    scripts = [_script_of(letter) for letter in word]
    latin = scripts.count("LATIN")
    return latin > 1 and len(word) - latin > 1


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0]
