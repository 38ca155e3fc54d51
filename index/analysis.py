"""What counts as a word: the tokens of a text, alike for indexing, searching and highlighting.

A&E, R&D, 0-19, 2019/20, 24/7, £4.9m and 3.0% are one token each. A token may stand for several
index terms at its position: the stem, and for numbers their parts (2019/20 is found by 2019,
£4.9m by 4.9m), so that each way of typing a figure finds it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

_TOKEN = re.compile(
    r"""
    [£$€]?\d+(?:[.,/:–-]\d+)*(?:%|[^\W\d_]+\b)?      # figures: £4.9m 3.0% 0-19 2019/20 24/7 2nd
    | [^\W_]+(?:&[^\W_]+)+(?:['’]s\b)?                 # A&E R&D R&D’s
    | [^\W_]+(?:['’][^\W_]+)*                          # words, don't, trust’s
    """,
    re.VERBOSE,
)
_FOLD = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "\u2010": "-", "\u2011": "-"})
_STEMMER = snowballstemmer.stemmer("english")

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
    def exact_terms(self) -> tuple[str, ...]:
        """The index terms of an exact search."""
        return (self.form, *self.parts)

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
        return form, form.replace(",", ""), _figure_parts(form)
    if form.endswith("'s"):
        form = form[:-2]
    stem = form if "&" in form else _STEMMER.stemWord(form)
    return form, stem, ()


def _figure_parts(form: str) -> tuple[str, ...]:
    plain = form.replace(",", "")
    bare = plain.lstrip("£$€").rstrip("%")
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", form)
    single = re.sub(r"(?<=\d)s$", "", bare)
    return tuple(sorted({bare, single, *years} - {form, plain, ""}))
