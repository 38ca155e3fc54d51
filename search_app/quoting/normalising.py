"""Words and marks of punctuation as they are compared: what a typesetter changes makes none differ.

That is the shape of quotation marks and dashes, ligatures, soft hyphens, the space between words,
the bullets before items, and dashes with space around them. Capitals differ, and so does
punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.analysis import drop_ignorable, find_tokens

_QUOTES = "'\"`´‘’‚‛“”„‟«»‹›′″"
_DASHES = "-‐‑‒–—―−"
_HYPHENS = "-‐‑"
_BULLETS = "•‣⁃·∙*"
_MARK = re.compile(rf"\.(?:\s*\.)+|…|[{_DASHES}]+|[{_QUOTES}]+|\S")
_SPACED_AMPERSAND = re.compile(r"\s?&\s?")
_ALIKE = str.maketrans(dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_DASHES, "-"))
_AT_THE_ENDS = frozenset(".,;:!?'-…()[]")
"""Marks with which a sentence may open or end otherwise when it is quoted."""

_LINE_END_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐\u00ad][ \t]*\r?\n\s*(?=[^\W\d_])")


class Mark(NamedTuple):
    """A word or mark of punctuation: its offsets in a text, and as it is compared.

    ``plain`` is without capitals.
    """

    start: int
    end: int
    printed: str
    plain: str
    is_word: bool


Marks = Sequence[Mark]


def find_marks(text: str) -> tuple[Mark, ...]:
    """Find the words and marks of punctuation of a text, in order."""
    return tuple(_find_marks(text))


def _find_marks(text: str) -> Iterator[Mark]:
    end = 0
    for token in find_tokens(text):
        yield from _find_between(text, end, token.start)
        yield Mark(token.start, token.end, *_fold_word(text[token.start:token.end]), True)
        end = token.end
    yield from _find_between(text, end, len(text))


def _find_between(text: str, start: int, end: int) -> Iterator[Mark]:
    """Find the punctuation between two words."""
    for match in _MARK.finditer(text, start, end):
        mark = _fold_mark(match.group())
        if mark and (mark != "-" or _is_said(text, *match.span())):
            yield Mark(*match.span(), mark, mark, False)


def _is_said(text: str, start: int, end: int) -> bool:
    """Tell whether a dash is a hyphen, a minus or one between figures; else it parts what it stands
    between as a line break does, or a bullet."""
    left, right = text[start - 1:start], text[end:end + 1]
    if left.isalnum():
        return right.isalnum() or text[start] in _HYPHENS and not right.isdigit()
    between = _before(text, start).isdigit() and text[end:end + 9].lstrip()[:1].isdigit()
    return right.isdigit() or between


def _before(text: str, at: int) -> str:
    return text[max(0, at - 9):at].rstrip()[-1:]


@lru_cache(maxsize=50_000)
def _fold_word(word: str) -> tuple[str, str]:
    folded = unicodedata.normalize("NFKC", drop_ignorable(word)).translate(_ALIKE)
    printed = _SPACED_AMPERSAND.sub("&", folded)
    return printed, printed.lower()


@lru_cache(maxsize=1_000)
def _fold_mark(mark: str) -> str:
    if "…" in mark or len(mark) > 1 and mark[0] == ".":
        return "…"
    category = unicodedata.category(mark[0])
    if mark in _BULLETS or category == "So" or category[0] in "CZ":
        return ""
    return mark[0].translate(_ALIKE) if mark[0] in _QUOTES + _DASHES else mark


def trim(marks: Marks) -> Marks:
    """Leave out the punctuation at both ends, which quoting may change."""
    first, last = 0, len(marks)
    while first < last and marks[first].printed in _AT_THE_ENDS:
        first += 1
    while last > first and marks[last - 1].printed in _AT_THE_ENDS:
        last -= 1
    return marks[first:last]


def key_marks(marks: Marks) -> list[str]:
    """Give marks as they are compared where the first may have another capital."""
    first = [mark.printed[:1].lower() + mark.printed[1:] for mark in marks[:1]]
    return first + [mark.printed for mark in marks[1:]]


def join_lines(text: str, words: Sequence[str]) -> str:
    """Join words that were hyphenated at the end of a line; ``words`` are those known, sorted.

    The hyphen stays where the word is not known without it.
    """
    def join(match: re.Match[str]) -> str:
        before = re.search(r"[^\W\d_]*$", text[:match.start()])
        after = re.match(r"[^\W\d_]*", text[match.end():])
        whole = ((before.group() if before else "") + (after.group() if after else "")).lower()
        at = bisect_left(words, whole)
        return "" if at < len(words) and words[at] == whole else "-"

    return _LINE_END_HYPHEN.sub(join, text)
