"""What counts as a word: the tokens of a text, alike for indexing, searching and highlighting.

A&E, R&D, 0-19, 2019/20, 24/7, £4.9m and 3.0% are one token each. A token may stand for several
index terms at its position: the stem, and for figures their parts (2019/20 is found by 2019,
£4.9m by 4.9m), so that each way of typing a figure finds it. An exact search is for the form as
printed, but for capitals, typographic quotes and dashes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

_TOKEN = re.compile(
    r"""
    [£$€]?\d+(?:[.,/:–-]\d+)*(?:%|\+|[^\W\d_]+\b)?   # figures: £4.9m 3.0% 0-19 2019/20 65+ 2nd
    | [^\W_]+(?:&[^\W_]+)+(?:['’]s\b)?                 # A&E R&D R&D’s
    | [^\W_]+(?:['’][^\W_]+)*                          # words, don't, trust’s
    """,
    re.VERBOSE,
)
_FOLD = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "\u2010": "-", "\u2011": "-"})
_FINANCIAL_YEAR = re.compile(r"((?:19|20)\d\d)[/-](?:19|20)?(\d\d)")
_STEMMER = snowballstemmer.stemmer("english")
_STEMMING = Lock()
"""A stemmer keeps its state in itself, and pages are served by several threads."""

STOP_WORDS = frozenset(
    "a about an and any are as at be been but by can could did do does for from had has have how"
    " i in into is it its me my of on or our should so than that the their them there these they"
    " this to us was we were what when where which who whom whose why will with would you"
    " your".split()
)


@dataclass(frozen=True)
class Token:
    """A word of a text: its offsets in it, the form as printed (folded) and its stem.

    ``parts`` are further terms by which a figure is found.
    """

    start: int
    end: int
    form: str
    stem: str
    parts: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """The index terms of a search by stem."""
        return (self.stem, *self.parts)


def find_tokens(text: str) -> Iterator[Token]:
    """Find the tokens of a text, in order; the position of a token is its place in this order."""
    for match in _TOKEN.finditer(text):
        form, stem, parts = _analyse(match.group())
        yield Token(match.start(), match.end(), form, stem, parts)


@lru_cache(maxsize=100_000)
def _analyse(printed: str) -> tuple[str, str, tuple[str, ...]]:
    form = unicodedata.normalize("NFKC", printed).translate(_FOLD).lower()
    if any(character.isdigit() for character in form):
        return form, _figure_stem(form), _figure_parts(form)
    plain = _without_accents(form.removesuffix("'s"))
    if "&" in plain:
        return form, plain, ()
    with _STEMMING:
        return form, _STEMMER.stemWord(plain), ()


def _without_accents(form: str) -> str:
    apart = unicodedata.normalize("NFKD", form)
    return "".join(character for character in apart if not unicodedata.combining(character))


def _figure_stem(form: str) -> str:
    """Make 2019/20, 2019-20 and 2019-2020 one, and 1,234 and 1234."""
    return _FINANCIAL_YEAR.sub(r"\1/\2", form.replace(",", ""))


def _figure_parts(form: str) -> tuple[str, ...]:
    plain = form.replace(",", "")
    bare = plain.lstrip("£$€").rstrip("%+")
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", form)
    single = re.sub(r"(?<=\d)s$", "", bare)
    return tuple(sorted({bare, single, *years} - {plain, _figure_stem(form), ""}))
