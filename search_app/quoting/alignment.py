"""Where the words of a quotation stand in a run of words: as they are, or nearly so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, Levenshtein

from search_app.quoting.normalising import Marks, find_marks, key_marks, trim

MOST_OMITTED = 400
"""How many words at most an ellipsis stands for."""

MOST_REPLACED = 30
"""How many words at most an insertion in square brackets takes the place of."""

MOST_PARTS = 12
"""What is cut into more parts is taken as one text, in which marks of omission stand."""

MOST_SLACK = 60
"""By so many words at most the ends of a run are moved to fit a quotation."""

NEAR = 0.6
"""The share of words and marks that are the same from which on a wording is near another."""

NEAR_IF_SHORT = 0.75
"""The same for wordings of fewer than FEW_WORDS, of which any text has some of the words."""

FEW_WORDS = 8

_LETTER = re.compile(r"\[(\w)\](?=\w)")
_CUT = re.compile(
    r"\[\s*(?:…|\.(?:\s?\.)+)\s*\]|\(\s*(?:…|\.(?:\s?\.)+)\s*\)|…|\.(?:\s?\.){2,}"
    r"|(?P<inserted>\[[^\[\]]{1,200}\])"
)

Cut = Literal["", "ellipsis", "insertion"]

Run = tuple[int, int]
"""The first mark of a run, and the one after its last."""


@dataclass(frozen=True)
class Part:
    """A part of a quotation, and what parts it from the one before: an ellipsis, an insertion."""

    text: str
    marks: Marks
    after: Cut = ""


@dataclass(frozen=True)
class Wording:
    """The words of a quotation: whole, and in the parts between which something was left out.

    ``inserted`` are the insertions in square brackets, which are not the document's.
    """

    text: str
    marks: Marks
    parts: tuple[Part, ...]
    inserted: tuple[str, ...] = ()

    @property
    def omits(self) -> bool:
        """Whether it says with an ellipsis that words were left out."""
        return any(part.after == "ellipsis" for part in self.parts)

    @property
    def longest(self) -> Part:
        """The part with the most words."""
        return max(self.parts, key=lambda part: len(part.marks))


def read_wording(text: str) -> Wording:
    """Read the words of a quotation, and how it was cut."""
    text = _LETTER.sub(r"\1", text)
    marks, parts = trim(find_marks(text)), tuple(_find_parts(text))
    return Wording(
        text, marks, parts if len(parts) <= MOST_PARTS else (Part(text, marks),),
        tuple(match.group() for match in _CUT.finditer(text) if match["inserted"]),
    )  # fmt: skip


def _find_parts(text: str) -> Iterator[Part]:
    start = 0
    after: Cut = ""
    for match in (*_CUT.finditer(text), None):
        own = text[start:match.start() if match else len(text)]
        marks = trim(find_marks(own))
        if marks:
            yield Part(own, marks, after)
            after = ""
        if match:
            start = match.end()
            inserted = match["inserted"] and after != "ellipsis"
            after = "insertion" if inserted else "ellipsis"


def find_verbatim(wording: Wording, marks: Marks) -> list[tuple[Run, ...]]:
    """Find all runs that have the words as they are: one run a part, in the order of the parts."""
    plains = [mark.plain for mark in marks]
    whole: list[tuple[Run, ...]] = [(run,) for run in find_runs(wording.marks, marks, plains)]
    if whole or len(wording.parts) < 2:
        return whole
    return [*_find_parted(wording.parts, marks, plains)]


def find_runs(own: Marks, marks: Marks, plains: Sequence[str]) -> Iterator[Run]:
    """Find the runs of marks that are these, but for a capital of the first letter."""
    if not own:
        return
    first, rest = own[0], [mark.printed for mark in own[1:]]
    at = -1
    while True:
        try:
            at = plains.index(first.plain, at + 1)
        except ValueError:
            return
        following = marks[at + 1:at + len(own)]
        same_word = marks[at].printed[1:] == first.printed[1:]
        if same_word and rest == [mark.printed for mark in following]:
            yield at, at + len(own)


def _find_parted(
    parts: Sequence[Part], marks: Marks, plains: Sequence[str]
) -> Iterator[tuple[Run, ...]]:
    found = [[*find_runs(part.marks, marks, plains)] for part in parts]
    for run in found[0]:
        runs = [run]
        for part, places in zip(parts[1:], found[1:]):
            most = MOST_REPLACED if part.after == "insertion" else MOST_OMITTED
            end = runs[-1][1]
            following = [each for each in places if end <= each[0] <= end + most]
            if not following:
                break
            runs.append(following[0])
        if len(runs) == len(parts):
            yield tuple(runs)


@dataclass(frozen=True)
class Nearest:
    """The runs that are most like the parts of a quotation, and how much: the share of marks that
    are the same, from 0 to 1."""

    parts: tuple[tuple[Part, Run], ...]
    likeness: float


def find_nearest(wording: Wording, marks: Marks) -> Nearest:
    """Find the runs that are most like a quotation, whatever their capitals: of its longest part
    first, and then of the others before and after it."""
    longest = wording.parts.index(wording.longest)
    anchor, likeness = _find_like(wording.longest.marks, marks, 0, len(marks))
    found = {longest: (anchor, likeness)}
    end = anchor[1]
    for at in range(longest + 1, len(wording.parts)):
        own = wording.parts[at].marks
        found[at] = _find_like(own, marks, end, end + MOST_OMITTED + len(own))
        end = max(end, found[at][0][1])
    start = anchor[0]
    for at in range(longest - 1, -1, -1):
        own = wording.parts[at].marks
        found[at] = _find_like(own, marks, start - MOST_OMITTED - len(own), start)
        start = min(start, found[at][0][0])
    sizes = [len(part.marks) for part in wording.parts]
    alike = sum(found[at][1] * size for at, size in enumerate(sizes)) / sum(sizes)
    return Nearest(tuple((part, found[at][0]) for at, part in enumerate(wording.parts)), alike)


def is_near(wording: Wording, likeness: float) -> bool:
    """Tell whether words as alike as this are nearly those of a quotation."""
    words = sum(mark.is_word for part in wording.parts for mark in part.marks)
    return likeness >= (NEAR_IF_SHORT if words < FEW_WORDS else NEAR)


def _find_like(own: Marks, marks: Marks, first: int, last: int) -> tuple[Run, float]:
    """Find the run between two marks that is most like some words; an empty one where none is
    like them."""
    first, last = max(0, first), min(last, len(marks))
    (start, end), likeness = _find_most_like(own, marks[first:last])
    if likeness < NEAR / 2:
        return (first, first), 0.0
    return (first + start, first + end), likeness


def _find_most_like(own: Marks, marks: Marks) -> tuple[Run, float]:
    ours, theirs = ([mark.plain for mark in each] for each in (own, marks))
    if len(ours) >= len(theirs):
        start, end = 0, len(theirs)
    else:
        found = fuzz.partial_ratio_alignment(ours, theirs)
        start, end = (found.dest_start, found.dest_end) if found else (0, 0)
    if _liken(ours, theirs[start:end]) >= NEAR / 2:  # else it is no use to look closely
        start, end = _fit(ours, theirs, start, end)
    worst = max(len(ours), end - start, 1)
    differing = Levenshtein.distance(key_marks(own), key_marks(marks[start:end]))
    return (start, end), 1 - differing / worst


def _liken(ours: Sequence[str], theirs: Sequence[str]) -> float:
    return 1 - Levenshtein.distance(ours, theirs) / max(len(ours), len(theirs), 1)


def _fit(ours: Sequence[str], theirs: Sequence[str], start: int, end: int) -> Run:
    """Move the ends of a run to where the fewest words differ; of equal ones to where
    the most are the same, and then to as many as there are."""
    slack = min(max(6, len(ours) // 2), MOST_SLACK)

    def differing(first: int, last: int) -> tuple[int, int, int]:
        window = theirs[first:last]
        differing, same = Levenshtein.distance(ours, window), LCSseq.similarity(ours, window)
        return differing, -same, abs(len(window) - len(ours))

    for _ in range(2):
        lasts = range(max(start + 1, end - slack), min(len(theirs), end + slack) + 1)
        end = min(lasts, key=lambda last: differing(start, last), default=end)
        firsts = range(max(0, start - slack), min(end, start + slack))
        start = min(firsts, key=lambda first: differing(first, end), default=start)
    return start, end
