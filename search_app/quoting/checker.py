"""The quote checker: which quotations of a text stand in the documents as they are, or nearly so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.analysis import find_tokens
from index.query import Audience
from index.results import Coverage
from index.wordings import OpenWordings, Standing, Wordings
from ingest.records import HeldDocument, Span
from search_app.quoting.alignment import (
    MOST_OMITTED,
    Nearest,
    Run,
    Wording,
    find_nearest,
    find_verbatim,
    is_near,
    read_wording,
)
from search_app.quoting.differences import Piece, compare_marks
from search_app.quoting.normalising import join_lines
from search_app.quoting.quoted_texts import (
    MOST_WORDS,
    Quoted,
    count_words,
    find_quoted,
    has_quotation_marks,
)
from search_app.quoting.stretches import Stretch, Texts
from search_app.wording import count

MOST_CHARACTERS = 100_000
MOST_QUOTATIONS = 200
"""On a page, and by the API; each takes some hundredths of a second."""

MOST_NEAR = 5
"""So many places at most are given where the words stand nearly, the nearest ones."""

LEAST_NEAR_WORDS = 4
"""Fewer words are found as they are or not at all: nearly the same, they say nothing."""

Outcome = Literal["verbatim", "near", "not found"]
State = Literal["searched", "superseded", "older version", "withdrawn"]
_STATES: tuple[State, ...] = ("searched", "superseded", "older version", "withdrawn")


@dataclass(frozen=True)
class Place:
    """Where words stand in a version of a document.

    ``start`` and ``end`` are offsets from where the text of passage ``number`` begins; they may
    run on into the passages after it, each after one line break. ``ranges`` are those of the
    parts that an ellipsis parts. ``pieces`` are the differences, none where the words stand as
    they are.
    """

    held: HeldDocument
    state: State
    number: int
    trail: tuple[str, ...]
    start: int
    end: int
    text: str
    ranges: tuple[tuple[int, int], ...]
    spans: tuple[Span, ...]
    printed: str
    pieces: tuple[Piece, ...] = ()
    likeness: float = 1.0

    @property
    def page(self) -> int:
        """The page on which the words begin, counted from 1."""
        return self.spans[0].page


@dataclass(frozen=True)
class Checked:
    """A quotation, and what was found of it; of equal places those of current documents first."""

    quoted: Quoted
    outcome: Outcome
    places: tuple[Place, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What was found of all quotations of a text."""

    checked: tuple[Checked, ...]
    notes: tuple[str, ...]
    coverage: Coverage
    generation: str

    def count(self, outcome: Outcome) -> int:
        """Count the quotations of which this was found."""
        return sum(each.outcome == outcome for each in self.checked)

    @property
    def sentence(self) -> str:
        """Say how many of them were found."""
        outcomes: tuple[Outcome, ...] = ("verbatim", "near", "not found")
        found = ", ".join(f"{self.count(outcome):,} {outcome}" for outcome in outcomes)
        return f"{count(len(self.checked), 'quotation')}: {found}."


def check_text(
    wordings: Wordings, text: str, audience: Audience = "public", sentences: bool = False,
    limited: bool = True,
) -> Report:  # fmt: skip
    """Check each quotation in a text, or each sentence, where that is wanted or there is none.

    Where it is ``limited``, no more than MOST_CHARACTERS are read and MOST_QUOTATIONS checked.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    searcher = wordings.searcher
    checker = _Checker(wordings.open(audience), Texts(searcher.library), audience, wordings)
    most = MOST_QUOTATIONS if limited else None
    shown = text[:MOST_CHARACTERS] if limited else text
    quoted = find_quoted(shown, sentences)
    notes = [*_note_limits(text, quoted)] if limited else []
    notes += _note(shown, quoted, sentences, len(checker.open.aside))
    return Report(
        tuple(map(checker.check, quoted[:most])), tuple(notes),
        searcher.coverage(audience), checker.open.snapshot.generation,
    )  # fmt: skip


def _note_limits(text: str, quoted: Sequence[Quoted]) -> Iterator[str]:
    if len(text) > MOST_CHARACTERS:
        yield f"Only the first {MOST_CHARACTERS:,} characters were read."
    if len(quoted) > MOST_QUOTATIONS:
        yield f"Only the first {MOST_QUOTATIONS} of {len(quoted):,} quotations were checked."


def _note(text: str, quoted: Sequence[Quoted], sentences: bool, aside: int) -> Iterator[str]:
    if quoted and not sentences:
        if has_quotation_marks(text):
            yield "Only what stands between quotation marks, or is set off as a block, was checked."
        else:
            yield "It has no quotation marks around three words or more: each sentence was checked."
    if any(count_words(each.text) >= MOST_WORDS for each in quoted):
        yield f"What has more than {MOST_WORDS} words was checked in parts."
    if aside:
        yield f"{count(aside, 'older or withdrawn version')} of documents were searched too."


class _Checker:
    """Checks the quotations of one text for one reader."""

    def __init__(
        self, opened: OpenWordings, texts: Texts, audience: Audience, wordings: Wordings
    ) -> None:
        self.open = opened
        self.texts = texts
        self._words = wordings.searcher.words(audience)

    def check(self, quoted: Quoted) -> Checked:
        """Check a quotation."""
        wording = read_wording(join_lines(quoted.text, self._words))
        if not wording.parts:
            return Checked(quoted, "not found", (), ("It has no words.",))
        verbatim = self._find_verbatim(wording)
        if verbatim:
            return Checked(quoted, "verbatim", verbatim, tuple(_note_cuts(wording)))
        near = self._find_near(wording)
        notes = tuple(_note_cuts(wording)) if near else ()
        return Checked(quoted, "near" if near else "not found", near, notes)

    def _find_verbatim(self, wording: Wording) -> tuple[Place, ...]:
        found = []
        for forms in dict.fromkeys((_forms(wording.text), _forms(wording.longest.text))):
            for stretch in self._stretches(self.open.find_same(forms), wording):
                for runs in find_verbatim(wording, stretch.marks):
                    found.append(self._make_place(stretch, runs))
            if found:
                break
        return sort_places(found)

    def _find_near(self, wording: Wording) -> tuple[Place, ...]:
        forms = _forms(wording.longest.text)
        if len(forms) < LEAST_NEAR_WORDS:
            return ()
        found = []
        for stretch in self._stretches(self.open.find_like(forms), wording):
            nearest = find_nearest(wording, stretch.marks)
            if is_near(wording, nearest.likeness):
                found.append(self._make_near_place(stretch, nearest))
        return sort_places(found)[:MOST_NEAR]

    def _make_place(self, stretch: Stretch, runs: Sequence[Run]) -> Place:
        held = stretch.held
        state = name_state(held, self.open.snapshot.documents.get(held.id))
        return make_place(stretch, runs, state, self.texts)

    def _make_near_place(self, stretch: Stretch, nearest: Nearest) -> Place:
        place = self._make_place(stretch, [run for _, run in nearest.parts])
        return replace(place, pieces=compare_nearest(stretch, nearest), likeness=nearest.likeness)

    def _stretches(
        self, standings: Iterable[Standing], wording: Wording
    ) -> Iterator[Stretch]:
        """Give the passages where words may stand, with enough of those around them."""
        words = len(wording.marks) + MOST_OMITTED * (len(wording.parts) > 1)
        numbers: dict[tuple[str, int], set[int]] = defaultdict(set)
        versions = {}
        for standing in standings:
            key = standing.held.id, standing.held.version
            versions[key] = standing.held
            numbers[key].add(standing.number)
        for key in sorted(numbers):
            yield from self.texts.around(versions[key], numbers[key], words)


def _forms(text: str) -> tuple[str, ...]:
    """Give the words as the index has them."""
    return tuple(token.form for token in find_tokens(text))


def _note_cuts(wording: Wording) -> Iterator[str]:
    if len(wording.parts) > 1 and wording.omits:
        yield "An ellipsis stands for words that were left out."
    for inserted in wording.inserted:
        yield f"{inserted} is not the document’s: it was put in by whoever quotes."


def make_place(stretch: Stretch, runs: Sequence[Run], state: State, texts: Texts) -> Place:
    """Make the place of runs of marks of a stretch, of which at least one is not empty."""
    ranges = [
        (stretch.marks[first].start, stretch.marks[last - 1].end)
        for first, last in runs if first < last
    ]  # fmt: skip
    start, end = ranges[0][0], ranges[-1][1]
    passage, offset = stretch.passage_at(start)
    spans = tuple(span for each in ranges for span in stretch.locate(*each))
    held = stretch.held
    return Place(
        held=held,
        state=state,
        number=passage.number,
        trail=passage.trail,
        start=start - offset,
        end=end - offset,
        text=stretch.text[start:end],
        ranges=tuple((left - offset, right - offset) for left, right in ranges),
        spans=spans,
        printed=texts.label(held, spans[0].page),
    )


def compare_nearest(stretch: Stretch, nearest: Nearest) -> tuple[Piece, ...]:
    """Compare each part of a quotation with the run that is nearest to it."""
    return tuple(
        piece
        for part, (first, last) in nearest.parts
        for piece in compare_marks(part.text, part.marks, stretch.text, stretch.marks[first:last])
    )


def name_state(held: HeldDocument, searched: HeldDocument | None) -> State:
    """Say what has become of a version, given the one of its document that is searched."""
    if held.withdrawn or searched is None:
        return "withdrawn"
    if held.version != searched.version:
        return "older version"
    superseded = held.newer or held.description.status.value == "superseded"
    return "superseded" if superseded else "searched"


def sort_places(places: Iterable[Place]) -> tuple[Place, ...]:
    """Sort places, each once: the most alike first, of those that stand, and the newest."""
    once = {(each.held.id, each.held.version, each.spans): each for each in places}
    by_id = sorted(once.values(), key=lambda each: (each.held.id, -each.held.version, each.number))
    newest = sorted(by_id, key=lambda each: each.held.description.published.value, reverse=True)
    return tuple(sorted(newest, key=lambda each: (-each.likeness, _STATES.index(each.state))))
