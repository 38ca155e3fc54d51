"""What differs between two versions, section by section and sentence by sentence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz

from index.places import locate
from ingest.records import HeldDocument
from search_app.quoting.differences import Piece, compare_texts
from search_app.quoting.normalising import find_marks
from search_app.quoting.stretches import Texts

Change = Literal["same", "changed", "added", "gone", "moved"]
CHANGES: tuple[Change, ...] = ("changed", "added", "gone", "moved", "same")

ALIKE = 60
"""From how many of 100 on two sentences are one that was changed, by the share of their words and
marks that are common (rapidfuzz.fuzz.ratio over them)."""

SECTIONS_ALIKE = 0.6
"""The share of its sentences, or of the letters of its heading, from which on a section is one that
was given another heading."""

MOST_AHEAD = 60
"""Among so many sentences at most is looked for the one that another was changed to."""


@dataclass(frozen=True)
class Statement:
    """A sentence, row or heading of a version, and where it stands."""

    text: str
    number: int
    start: int
    end: int
    page: int
    printed: str

    @cached_property
    def key(self) -> tuple[str, ...]:
        """Its words and marks as they are compared."""
        return tuple(mark.printed for mark in find_marks(self.text))


@dataclass(frozen=True)
class Line:
    """A sentence as it stands before and after; one of them is None where it is gone or added.

    ``pieces`` compare the words of one that was changed. Of one that was moved, ``section`` is
    that of the other version.
    """

    change: Change
    before: Statement | None = None
    after: Statement | None = None
    pieces: tuple[Piece, ...] = ()
    section: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A section as both versions have it, or only one; ``trail`` are the headings above and of it.

    ``former`` is the trail before, where it was another.
    """

    trail: tuple[str, ...]
    only: Literal["", "before", "after"]
    lines: tuple[Line, ...]
    former: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing in it differs."""
        return not self.former and all(line.change == "same" for line in self.lines)


@dataclass(frozen=True)
class Differences:
    """All that differs between two versions."""

    before: HeldDocument
    after: HeldDocument
    sections: tuple[Section, ...]

    @property
    def counts(self) -> dict[Change, int]:
        """How many sentences there are of each change, each counted once; moved ones where they
        stand after."""
        found = Counter(
            line.change for section in self.sections for line in section.lines
            if line.change != "moved" or line.after
        )  # fmt: skip
        return {change: found[change] for change in CHANGES}


_Group = tuple[tuple[str, ...], tuple[Statement, ...]]


def compare_versions(texts: Texts, before: HeldDocument, after: HeldDocument) -> Differences:
    """Compare two versions, in the order of the later; what is gone stands where it was."""
    old, new = _read_sections(texts, before), _read_sections(texts, after)
    pairs = _pair_sections(old, new)
    sections = [_compare_sections(old, new, *pair) for pair in _order(pairs, len(old), len(new))]
    return Differences(before, after, tuple(_find_moved(sections)))


def _read_sections(texts: Texts, held: HeldDocument) -> list[_Group]:
    """Give the sentences of a version by section; rows that head several parts of a table once."""
    groups: list[tuple[tuple[str, ...], list[Statement]]] = []
    seen = set()
    for passage in texts.passages(held):
        if not groups or groups[-1][0] != passage.trail:
            groups.append((passage.trail, []))
        for start, end in passage.sentences:
            spans = locate(passage.spans, start, end)
            if spans and spans not in seen:
                seen.add(spans)
                page = spans[0].page
                statement = Statement(
                    passage.text[start:end], passage.number, start, end, page,
                    texts.label(held, page),
                )  # fmt: skip
                groups[-1][1].append(statement)
    return [(trail, tuple(statements)) for trail, statements in groups if statements]


def _pair_sections(old: Sequence[_Group], new: Sequence[_Group]) -> dict[int, int]:
    """Pair sections, by their numbers from 0: by headings, then of the others by what they say."""
    ours, theirs = ([_outline(group) for group in groups] for groups in (old, new))
    trails = [each.trail for each in ours], [each.trail for each in theirs]
    matcher = SequenceMatcher(None, trails[0], trails[1], autojunk=False)
    pairs = {
        block.a + at: block.b + at
        for block in matcher.get_matching_blocks() for at in range(block.size)
    }  # fmt: skip
    taken = {*pairs.values()}
    ranked = sorted(
        (-_liken(ours[a], theirs[b]), a, b)
        for a in range(len(old)) if a not in pairs
        for b in range(len(new)) if b not in taken
    )  # fmt: skip
    for likeness, a, b in ranked:
        if -likeness >= SECTIONS_ALIKE and a not in pairs and b not in taken:
            pairs[a] = b
            taken.add(b)
    return pairs


@dataclass(frozen=True)
class _Outline:
    """What sections are paired by: the words of their headings, and their sentences."""

    trail: tuple[str, ...]
    keys: frozenset[tuple[str, ...]]


def _outline(group: _Group) -> _Outline:
    return _Outline(_fold(group[0]), frozenset(statement.key for statement in group[1]))


def _fold(trail: Iterable[str]) -> tuple[str, ...]:
    words = ((mark.plain for mark in find_marks(each) if mark.is_word) for each in trail)
    return tuple(" ".join(each) for each in words)


def _liken(one: _Outline, other: _Outline) -> float:
    """Say how alike two sections are, from 0 to 1: by the sentences that both have, or by their
    headings."""
    common = len(one.keys & other.keys) / max(1, min(len(one.keys), len(other.keys)))
    headed = fuzz.ratio(" ".join(one.trail[-1:]), " ".join(other.trail[-1:])) / 100
    return max(common, headed if one.trail else 0.0)


def _order(
    pairs: dict[int, int], old: int, new: int
) -> Iterator[tuple[int | None, int | None]]:
    """Order sections as the later version has them; one that is gone after the one before it."""
    follows: dict[int, list[int]] = defaultdict(list)
    last = -1
    for at in range(old):
        if at in pairs:
            last = pairs[at]
        else:
            follows[last].append(at)
    before = {b: a for a, b in pairs.items()}
    for b in range(-1, new):
        if b >= 0:
            yield before.get(b), b
        yield from ((a, None) for a in follows[b])


def _compare_sections(
    old: Sequence[_Group], new: Sequence[_Group], a: int | None, b: int | None
) -> Section:
    if a is None or b is None:
        trail, statements = new[b] if b is not None else old[a or 0]
        lines = (Line("added", None, s) if a is None else Line("gone", s) for s in statements)
        return Section(trail, "after" if a is None else "before", tuple(lines))
    (former, ours), (trail, theirs) = old[a], new[b]
    renamed = former if _fold(former) != _fold(trail) else ()
    return Section(trail, "", tuple(_compare_statements(ours, theirs)), renamed)


def _compare_statements(
    before: Sequence[Statement], after: Sequence[Statement]
) -> Iterator[Line]:
    old, new = [each.key for each in before], [each.key for each in after]
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Line("same", x, y) for x, y in zip(before[a:b], after[c:d]))
        else:
            yield from _pair_statements(before[a:b], after[c:d])


def _pair_statements(before: Sequence[Statement], after: Sequence[Statement]) -> Iterator[Line]:
    """Pair sentences that are alike, in their order; the others are gone or added."""
    start = 0
    for statement in before:
        following = after[start:start + MOST_AHEAD]
        scores = [fuzz.ratio(statement.key, each.key, score_cutoff=ALIKE) for each in following]
        best = max(scores, default=0.0)
        if best < ALIKE:
            yield Line("gone", statement)
            continue
        at = start + scores.index(best)
        yield from (Line("added", None, each) for each in after[start:at])
        yield _change(statement, after[at])
        start = at + 1
    yield from (Line("added", None, each) for each in after[start:])


def _change(before: Statement, after: Statement) -> Line:
    return Line("changed", before, after, compare_texts(before.text, after.text))


def _find_moved(sections: Sequence[Section]) -> Iterator[Section]:
    """Tell the sentences that are gone in one place and stand in another from those that are not.
    """
    gone: dict[tuple[str, ...], list[tuple[Section, Line]]] = defaultdict(list)
    for section, line in _lines_of(sections, "gone"):
        if line.before:
            gone[line.before.key].append((section, line))
    moves: dict[int, Line] = {}
    for section, line in _lines_of(sections, "added"):
        if line.after and gone[line.after.key]:
            home, other = gone[line.after.key].pop(0)
            moves[id(line)] = replace(line, change="moved", section=home.trail)
            moves[id(other)] = replace(other, change="moved", section=section.trail)
    for section in sections:
        yield replace(section, lines=tuple(moves.get(id(each), each) for each in section.lines))


def _lines_of(sections: Iterable[Section], change: Change) -> Iterator[tuple[Section, Line]]:
    for section in sections:
        yield from ((section, line) for line in section.lines if line.change == change)
