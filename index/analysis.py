"""What counts as a word: the tokens of a text, alike for indexing, searching and highlighting.

A&E, R&D, 0-19, 2019/20, 24/7, £4.9m and 3.0% are one token each, and so is A & E. A token may stand
for several index terms at its position: the stem, for figures their parts (2019/20 is found by
2019, £4.9m by 4.9m), and for both halves of self-harm what it is when written as one, so that each
way of typing a word finds it. One in capitals alone has these too, so that WHO can be told from
who. An exact search is for the form as printed, but for capitals, typographic quotes and dashes,
and the spaces in A & E.

Characters that are not to be seen (soft hyphens, zero width spaces) are looked past: a text is
read as if it had none, and offsets are those of the text as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from index.word_forms import stem_word

_WORD = r"[^\W_](?:[^\W_]|[\u0300-\u036f])*"  # with accents of their own
_TOKEN = re.compile(
    rf"""
    [^\W\d_]{{2,}}(?![\w&'’\u0300-\u036f])            # letters alone, as most words: for speed
    | [£$€]?\d+(?:[.,/:–-]\d+)*(?:%|\+|[^\W\d_]+\b)?   # figures: £4.9m 3.0% 0-19 2019/20 65+ 2nd
    | [^\W\d_](?:\s?&\s?[^\W\d_])+\b(?:['’]s\b)?    # A & E
    | {_WORD}(?:&{_WORD})+(?:['’]s\b)?                 # A&E R&D R&D’s
    | {_WORD}(?:['’]{_WORD})*                          # words, don't, trust’s
    """,
    re.VERBOSE,
)
_FOLD = str.maketrans(
    {"’": "'", "‘": "'", "–": "-", "—": "-", "\u2010": "-", "\u2011": "-"}
)
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Default_Ignorable_Code_Point of the Unicode Character Database, DerivedCoreProperties.txt."""
_HYPHENS = frozenset("-\u2010\u2011")
_SPACED_AMPERSAND = re.compile(r"\s?&\s?")
_PLURAL_OF_ACRONYM = re.compile(r"[A-Z][A-Z&]+s")
_CAPITALS = re.compile(r"^[A-Z]{2,}(?=$|['’]s$)")
_FINANCIAL_YEAR = re.compile(r"((?:19|20)\d\d)[/-](?:19|20)?(\d\d)")

STOP_WORDS = frozenset(
    "a about an and any are as at be been but by can could did do does for from had has have how"
    " i in into is it its me my of on or our should so than that the their them there these they"
    " this to us was we were what when where which who whom whose why will with would you"
    " your".split()
)


class Token(NamedTuple):
    """A word of a text: its offsets in it, the form as printed (folded) and its stem.

    ``parts`` are further terms by which it is found.
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
    if _IGNORABLE.search(text) is None:
        return _find_in_seen(text)
    seen = [at for at, character in enumerate(text) if not _IGNORABLE.match(character)]
    return (
        token._replace(start=seen[token.start], end=seen[token.end - 1] + 1)
        for token in _find_in_seen(drop_ignorable(text))
    )


def drop_ignorable(text: str) -> str:
    """Leave out the characters of a text that are not to be seen, such as soft hyphens."""
    return _IGNORABLE.sub("", text)


def _find_in_seen(text: str) -> Iterator[Token]:
    before = None
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        token = Token(start, end, *_analyse(match.group()))
        if before:
            if start - before.end == 1 and text[before.end] in _HYPHENS:
                joined = _join_halves(text[before.start:before.end], match.group())
                before = before._replace(parts=(*before.parts, *joined))
                token = token._replace(parts=(*token.parts, *joined))
            yield before
        before = token
    if before:
        yield before


def fold(printed: str) -> str:
    """Fold capitals, typographic quotes and dashes and ligatures; drop what is not to be seen."""
    seen = drop_ignorable(unicodedata.normalize("NFKC", printed))
    return seen.translate(_FOLD).lower()


@lru_cache(maxsize=100_000)
def _analyse(printed: str) -> tuple[str, str, tuple[str, ...]]:
    form = fold(printed)
    if any(character.isdigit() for character in form):
        return form, _figure_stem(form), _figure_parts(form)
    form = _SPACED_AMPERSAND.sub("&", form)
    plain = without_accents(form.removesuffix("'s"))
    if _PLURAL_OF_ACRONYM.fullmatch(printed):
        return form, _stem(plain[:-1]), (_stem(plain),)
    return form, _stem(plain), tuple(_CAPITALS.findall(printed))


def _stem(plain: str) -> str:
    return plain if "&" in plain else stem_word(plain)


def _join_halves(one: str, other: str) -> tuple[str, ...]:
    """The stem of two words written as one; none where one of them is no plain word."""
    return (_analyse(one + other)[1],) if one.isalnum() and other.isalnum() else ()


def without_accents(form: str) -> str:
    """Give a form with its letters bare."""
    if form.isascii():
        return form
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
