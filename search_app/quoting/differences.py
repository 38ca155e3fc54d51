"""Differences between two wordings, word by word, and which of them matter most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rapidfuzz.distance import Levenshtein

from search_app.quoting.normalising import Mark, Marks, find_marks, key_marks

Change = Literal["same", "added", "left out", "changed"]
Weight = Literal["figure", "negation", "words", "capitals", "punctuation"]
"""What a difference is of, the gravest first."""

_NEGATIONS = frozenset(
    "cannot hardly neither never no nobody none nor not nothing nowhere without".split()
)
_NUMBERS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
    " hundred thousand million billion half third quarter double treble twice once".split()
)


@dataclass(frozen=True)
class Piece:
    """A run of words that two wordings share or in which they differ.

    ``quoted`` are those of the one that is compared, ``printed`` those of the document; of what
    is the same both are given. ``spaced`` tells that there is a space before it.
    """

    change: Change
    quoted: str
    printed: str
    weight: Weight = "words"
    spaced: bool = True


def compare_marks(
    quoted_text: str, quoted: Marks, printed_text: str, printed: Marks, whole: bool = False
) -> tuple[Piece, ...]:
    """Compare two wordings, given the marks of each that count.

    A capital of the first letter makes no difference, unless whole sentences are compared.
    """
    if whole:
        ours, theirs = ([mark.printed for mark in marks] for marks in (quoted, printed))
    else:
        ours, theirs = key_marks(quoted), key_marks(printed)
    opcodes = Levenshtein.opcodes(ours, theirs)
    pieces = []
    for same, group in groupby(opcodes, key=lambda code: code.tag == "equal"):
        runs = tuple(group)
        own = quoted[runs[0].src_start:runs[-1].src_end]
        other = printed[runs[0].dest_start:runs[-1].dest_end]
        pieces.append(_make_piece(same, quoted_text, own, printed_text, other))
    return tuple(pieces)


def compare_texts(before: str, after: str) -> tuple[Piece, ...]:
    """Compare two sentences: ``printed`` are the words of the first, ``quoted`` of the second."""
    return compare_marks(after, find_marks(after), before, find_marks(before), whole=True)


def _make_piece(
    same: bool, quoted_text: str, quoted: Marks, printed_text: str, printed: Marks
) -> Piece:
    text, marks = (printed_text, printed) if printed else (quoted_text, quoted)
    start = marks[0].start
    spaced = bool(start and text[start - 1].isspace())
    ours, theirs = _slice(quoted_text, quoted), _slice(printed_text, printed)
    if same:
        return Piece("same", ours, theirs, spaced=spaced)
    change: Change = "changed" if quoted and printed else "added" if quoted else "left out"
    return Piece(change, ours, theirs, _weigh(quoted, printed), spaced)


def _slice(text: str, marks: Marks) -> str:
    return text[marks[0].start:marks[-1].end] if marks else ""


def _weigh(quoted: Marks, printed: Marks) -> Weight:
    """Tell what a difference is of: of its words, those that both have do not count."""
    if _figures(quoted) != _figures(printed):
        return "figure"
    if _negations(quoted) != _negations(printed):
        return "negation"
    ours, theirs = (_words(marks) for marks in (quoted, printed))
    if [mark.plain for mark in ours] != [mark.plain for mark in theirs]:
        return "words"
    return "capitals" if ours and _prints(ours) != _prints(theirs) else "punctuation"


def _words(marks: Marks) -> list[Mark]:
    return [mark for mark in marks if mark.is_word]


def _prints(marks: Iterable[Mark]) -> list[str]:
    return [mark.printed for mark in marks]


def _figures(marks: Marks) -> list[str]:
    return [
        mark.plain for mark in marks
        if mark.plain in _NUMBERS or any(character.isdigit() for character in mark.plain)
    ]  # fmt: skip


def _negations(marks: Marks) -> list[str]:
    return [m.plain for m in marks if m.plain in _NEGATIONS or re.search(r"n't$", m.plain)]


def sort_by_weight(pieces: Iterable[Piece]) -> list[Piece]:
    """Give the pieces that differ, those first that matter most."""
    order: Sequence[Weight] = ("figure", "negation", "words", "capitals", "punctuation")
    differing = [piece for piece in pieces if piece.change != "same"]
    return sorted(differing, key=lambda piece: order.index(piece.weight))


def describe_pieces(pieces: Iterable[Piece]) -> Iterator[str]:
    """Say each difference as a sentence, those first that matter most."""
    for piece in sort_by_weight(pieces):
        yield _LEADS.get(piece.weight, "") + _SAID[piece.change].format(piece)


_LEADS: dict[Weight, str] = {
    "figure": "A figure differs: ",
    "negation": "A word like “not” differs: ",
    "capitals": "Only capitals differ: ",
    "punctuation": "Only punctuation differs: ",
}
_SAID: dict[Change, str] = {
    "added": "“{0.quoted}” is not in the document",
    "left out": "“{0.printed}” was left out",
    "changed": "“{0.quoted}” stands where the document has “{0.printed}”",
}
