"""Cited words: what a permalink leads to, and what has become of the words since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.errors import NotHeld
from ingest.records import HeldDocument, Passage, Span
from search_app.quoting.alignment import (
    Part,
    Wording,
    find_nearest,
    find_verbatim,
    is_near,
)
from search_app.quoting.checker import Place, compare_nearest, make_place, name_state
from search_app.quoting.differences import Piece
from search_app.quoting.normalising import find_marks, trim
from search_app.quoting.permalinks import digest_words
from search_app.quoting.stretches import Stretch, Texts
from search_app.quoting.versions import Shelved

Fate = Literal["same", "changed", "gone"]


@dataclass(frozen=True)
class Cited:
    """Words of a version: from ``start`` to ``end`` of the text of a passage and those after it.

    ``moved`` tells that they do not stand where the address says, because the version was read
    anew since.
    """

    held: HeldDocument
    passage: Passage
    start: int
    end: int
    text: str
    spans: tuple[Span, ...]
    moved: bool = False


@dataclass(frozen=True)
class Since:
    """What has become of cited words in a later version: where they stand now, nearly or as they
    were, and the differences."""

    held: HeldDocument
    fate: Fate
    place: Place | None = None
    pieces: tuple[Piece, ...] = ()


def find_cited(
    texts: Texts, held: HeldDocument, number: int, at: tuple[int, int] | None, digest: str
) -> Cited | None:
    """Find the words that a permalink names: those of a whole passage where it has no offsets.

    None where they are no longer to be found, because the version was read anew since.

    Raises:
        NotHeld: the version has no such passage, or no words there, and the address has no digest.
    """
    passages = texts.passages(held)
    if 1 <= number <= len(passages):
        whole = len(passages[number - 1].text)
        found = _cut(texts, held, number, at or (0, whole))
        if found and (not digest or digest_words(found.text) == digest):
            return found
    if not digest:
        raise NotHeld(f"{held.file}, version {held.version}, has no such words.")
    return _find_moved(texts, held, at, digest)


def _cut(
    texts: Texts, held: HeldDocument, number: int, at: tuple[int, int], moved: bool = False
) -> Cited | None:
    start, end = at
    passages = texts.passages(held)
    last, reached = number, len(passages[number - 1].text)
    while reached < end and last < len(passages):
        reached += 1 + len(passages[last].text)
        last += 1
    if not start < end <= reached or start >= len(passages[number - 1].text):
        return None
    stretch = texts.stretch(held, number, last)
    words, spans = stretch.text[start:end], stretch.locate(start, end)
    return Cited(held, stretch.passages[0], start, end, words, spans, moved)


def _find_moved(
    texts: Texts, held: HeldDocument, at: tuple[int, int] | None, digest: str
) -> Cited | None:
    """Find words by their digest: as long as they were, from any word of the version."""
    stretch = texts.stretch(held)
    if at is None:
        for passage in stretch.passages:
            if digest_words(passage.text) == digest:
                return _cut(texts, held, passage.number, (0, len(passage.text)), True)
        return None
    for mark in stretch.marks:
        end = mark.start + at[1] - at[0]
        if digest_words(stretch.text[mark.start:end]) == digest:
            passage, offset = stretch.passage_at(mark.start)
            return _cut(texts, held, passage.number, (mark.start - offset, end - offset), True)
    return None


def trace_words(shelved: Shelved, texts: Texts, cited: Cited) -> tuple[Since, ...]:
    """Say what has become of cited words: in the version that stands, where that is another, and in
    the documents that supersede it."""
    standing = shelved.standing(cited.held.id)
    later = [standing] if standing.version != cited.held.version else []
    wording = _word(cited.text)
    return tuple(
        _trace(shelved, texts, wording, held) for held in (*later, *shelved.newer(cited.held))
    )


def _word(text: str) -> Wording:
    """Take words as they are printed: their brackets and ellipses are the document's own."""
    marks = trim(find_marks(text))
    return Wording(text, marks, (Part(text, marks),))


def _trace(shelved: Shelved, texts: Texts, wording: Wording, held: HeldDocument) -> Since:
    stretch = texts.stretch(held)
    for runs in find_verbatim(wording, stretch.marks):
        return Since(held, "same", _make_place(shelved, stretch, runs, texts))
    nearest = find_nearest(wording, stretch.marks)
    if not is_near(wording, nearest.likeness):
        return Since(held, "gone")
    runs = tuple(run for _, run in nearest.parts)
    place = _make_place(shelved, stretch, runs, texts)
    return Since(held, "changed", place, compare_nearest(stretch, nearest))


def _make_place(
    shelved: Shelved, stretch: Stretch, runs: tuple[tuple[int, int], ...], texts: Texts
) -> Place:
    held = stretch.held
    return make_place(stretch, runs, name_state(held, shelved.searched(held.id)), texts)
