"""The embedded engine, and the only module that knows Whoosh.

Whoosh keeps the record: which passages there are, in which segments, which of them are deleted, and
each as it is to be shown. What is searched are arrays beside each segment of it, made of the same
passages in the same order at the same commit; Whoosh's own postings and scorer are not used.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.columns import CompressedBytesColumn
from whoosh.fields import COLUMN, ID, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

from index.arrays import Floats, Ints, Mask, Reals
from index.collection import Collection
from index.engines import Changes, Content, MarkCounts, TwinPlaces
from index.marks import count_marks, sort_marks
from index.matching import TreeMatches
from index.nearest import find_nearest, measure_likeness
from index.packed import pack_passage
from index.query import Clues, Node
from index.rescoring import rescore
from index.segments import SUFFIXES, Segment, SegmentBuilder
from index.twins import find_twins
from ingest.records import Passage

MOST_WORDS = 16_000_000
"""Words that are gathered for a segment before it is written, which bounds the memory needed."""

MOST_DELETED = 0.2
"""The share of a segment that may be deleted before it is written anew without it."""

MERGED_RATIO = 4
"""A segment is merged with what comes after it once that is a quarter of its size; so there are
never more than a few, and each passage is written again only a few times."""

_SCHEMA = Schema(document=ID, passage=COLUMN(CompressedBytesColumn()))


class WhooshEngine:
    """Reads one generation, or of it ``only`` the documents with some ids, as if there were no
    others."""

    def __init__(self, folder: Path, only: Container[str] | None = None) -> None:
        self._collection = open_collection(folder, only)
        self._words: dict[str, Sequence[str]] = {}

    @property
    def document_ids(self) -> Sequence[str]:
        """The ids of the documents with passages, sorted."""
        return self._collection.document_ids

    @property
    def documents(self) -> Ints:
        """The document of each place, as an index into document_ids."""
        return self._collection.documents

    @property
    def numbers(self) -> Ints:
        """The number of the passage at each place, from 1."""
        return self._collection.numbers

    @property
    def own_lengths(self) -> Ints:
        """The number of words at each place that no earlier passage of the document has."""
        return self._collection.own_lengths

    def match(self, tree: Node) -> TreeMatches:
        """Find the passages that match."""
        return TreeMatches(self._collection, tree)

    def count_marks(self, tree: Node, places: Ints) -> MarkCounts:
        """Count the matches that are marked in the text of the passages at some places."""
        return count_marks(self._collection, tree, places)

    def sort_marks(
        self, tree: Node, places: Ints, before: bool, words: int
    ) -> tuple[Ints, Ints]:
        """Sort the matches that are marked at some places by words before or after them."""
        return sort_marks(self._collection, tree, places, before, words)

    def rescore(self, clues: Clues, places: Ints) -> Floats:
        """Score passages, whose places stand in order, by all that bears on a question."""
        return rescore(self._collection, clues, places)

    def nearest(
        self, question: Reals, most: int, allowed: Mask | None = None
    ) -> tuple[Ints, Floats]:
        """Find the places, of those allowed, whose vectors are nearest, with their likeness."""
        return find_nearest(self._collection, question, most, allowed)

    def likeness(self, question: Reals, places: Ints) -> Floats:
        """Compare a vector of length 1 with those of places, which stand in order."""
        return measure_likeness(self._collection, question, places)

    def twins(self, places: Ints, among: Ints) -> list[TwinPlaces]:
        """Find the twins of each of some places, among others; both stand in order."""
        return find_twins(self._collection, places, among)

    def fetch(self, place: int) -> Passage:
        """Give a passage as it was indexed."""
        return self._collection.passage(place)

    def words(self, field: str) -> Sequence[str]:
        """Give all distinct words of a field as printed, sorted."""
        if field not in self._words:
            self._words[field] = self._collection.words(field)
        return self._words[field]

    def close(self) -> None:
        """Let go of the files."""
        self._collection.close()


def open_collection(folder: Path, only: Container[str] | None = None) -> Collection:
    """Open the segments of a generation with what is live of them, or only some documents of it."""
    held = FileStorage(str(folder), readonly=True).open_index(schema=_SCHEMA)._segments()
    segments = [Segment(folder, segment.segid) for segment in held]
    live = [_live(segment) for segment in held]
    if only is not None:
        live = [own & _are_of(segment, only) for segment, own in zip(segments, live)]
    return Collection(segments, live)


def write_generation(folder: Path, changes: Changes) -> None:
    """Apply changes, in one commit or, where many documents come, in several."""
    index = FileStorage(str(folder))
    if changes.fresh:
        index.create_index(_SCHEMA).close()
    added = iter(changes.added)
    with _Commit(folder) as commit:
        commit.delete(changes.removed)
        more = commit.fill(added)
    while more:
        with _Commit(folder) as commit:
            more = commit.fill(added)


class _Commit:
    """One commit of Whoosh, and the arrays of the segment that it adds; undone where it fails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = FileStorage(str(folder)).open_index()
        self._writer = self._index.writer()
        self.builder = SegmentBuilder(folder, self._writer.newsegment.segid)

    def __enter__(self) -> _Commit:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._writer.commit(mergetype=self._merge)
            self._remove_others()
        else:
            self.builder.cancel()
            self._writer.cancel()
        self._index.close()

    def fill(self, added: Iterator[Content]) -> bool:
        """Add documents while there is room; tell whether it ran out before they did."""
        for content in added:
            self._add(content)
            if self.builder.words >= MOST_WORDS:
                return True
        return False

    def delete(self, document_ids: Container[str]) -> None:
        """Mark the passages of documents as deleted."""
        base = 0
        for held in self._writer.segments:
            segment = Segment(self._folder, held.segid)
            doomed = [at for at, id in enumerate(segment.document_ids) if id in document_ids]
            for place in np.flatnonzero(np.isin(segment.documents, doomed)).tolist():
                if not held.is_deleted(place):
                    self._writer.delete_document(base + place)
            base += len(segment)
            segment.close()

    def _add(self, content: Content) -> None:
        packed = [pack_passage(passage) for passage in content.passages]
        if packed:
            self.builder.add(content, packed)
        for passage in packed:
            self._writer.add_document(document=content.document.id, passage=passage)

    def _remove_others(self) -> None:
        standing = {segment.segid for segment in self._index._segments()}
        for path in self._folder.iterdir():
            if path.suffix in SUFFIXES and path.stem not in standing:
                path.unlink()

    def _merge(self, writer: Any, held: list[Any]) -> list[Any]:
        """Take segments into the one that is being written, newest first; give the others."""
        kept = []
        for segment in reversed(held):
            own = Segment(self._folder, segment.segid)
            worn = segment.deleted_count() > MOST_DELETED * len(own)
            small = segment.doc_count() <= MERGED_RATIO * self.builder.passages
            if worn or small and own.words + self.builder.words <= MOST_WORDS:
                self._take(writer, segment, own)
            else:
                kept.append(segment)
            own.close()
        self.builder.write()
        return kept[::-1]

    def _take(self, writer: Any, held: Any, own: Segment) -> None:
        if held.doc_count():
            self.builder.add_segment(own, _live(held))
            reader = SegmentReader(writer.storage, _SCHEMA, held)
            writer.add_reader(reader)
            reader.close()


def _are_of(segment: Segment, only: Container[str]) -> Mask:
    """Tell which passages of a segment are of some documents."""
    own = np.array([document_id in only for document_id in segment.document_ids], np.bool_)
    return own[segment.documents]


def _live(segment: Any) -> Mask:
    live = np.ones(segment.doc_count_all(), np.bool_)
    live[[*(segment.deleted_docs())]] = False
    return live
