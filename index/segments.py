"""Segments: what one commit adds to the index, as arrays that are never changed once written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from index.arrays import (
    Ints,
    Mask,
    join_ints,
    open_arrays,
    pack_words,
    unpack_words,
    write_arrays,
)
from index.engines import Content
from index.fingerprints import Fingerprints, make_fingerprints, open_fingerprints
from index.packed import PackedReader, PackedWriter
from index.postings import Postings, make_postings, mean_length, open_postings
from index.schema import DOCUMENT_FIELDS, SEARCHED_FIELDS, searched_fields
from index.streams import Stream, make_stream, open_stream, places_of_units
from index.vectors import Vectors, open_vectors
from index.vocabulary import Vocabulary, pack_vocabulary
from index.word_reader import WordReader


ARRAYS, PASSAGES, VECTORS = SUFFIXES = (".arrays", ".passages", ".vectors")
"""The endings of a segment's files; it has the last where its passages were encoded."""


class Segment:
    """A segment on disk; its passages are numbered from 0, and so are its documents."""

    def __init__(self, folder: Path, name: str) -> None:
        self._arrays = open_arrays(folder / f"{name}{ARRAYS}")
        passages = folder / f"{name}{PASSAGES}"
        self.passages = PackedReader(passages, self._arrays["passage_starts"])
        self.vectors_path = folder / f"{name}{VECTORS}"
        self.vocabulary = Vocabulary(self._arrays)
        self.streams = {field: open_stream(self._arrays, field) for field in SEARCHED_FIELDS}
        self.documents: Ints = self._arrays["documents"]
        self.numbers: Ints = self._arrays["numbers"]
        self.document_ids = unpack_words(self._arrays["document_ids"])

    @cached_property
    def postings(self) -> Postings:
        """The postings of its terms."""
        return open_postings(self._arrays)

    @cached_property
    def fingerprints(self) -> Fingerprints:
        """The fingerprints of its passages."""
        return open_fingerprints(self._arrays)

    @cached_property
    def vectors(self) -> Vectors | None:
        """The vectors of its passages, where they were encoded."""
        return open_vectors(self.vectors_path)

    @cached_property
    def average(self) -> float:
        """The average length of all its passages, for which its greatest weights are made."""
        return mean_length(self.streams["text"].unit_lengths)

    @property
    def words(self) -> int:
        """The number of words of all fields."""
        return sum(len(stream.places) for stream in self.streams.values())

    def close(self) -> None:
        """Let go of the passages' file; arrays let go of theirs."""
        self.passages.close()

    def __len__(self) -> int:
        return len(self.documents)


@dataclass
class _Field:
    """What a field of a segment holds so far: words, and how many each unit has."""

    words: list[Ints]
    lengths: list[Ints]


class SegmentBuilder:
    """Gathers documents and older segments, and writes them as one segment."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._passages = PackedWriter(folder / f"{name}{PASSAGES}")
        self._reader = WordReader()
        self._fields = {field: _Field([], []) for field in SEARCHED_FIELDS}
        self._document_ids: list[str] = []
        self._documents: list[Ints] = []
        self._numbers: list[Ints] = []
        self.words = 0
        self.passages = 0

    def add(self, content: Content, packed: Sequence[bytes]) -> None:
        """Add a document that has passages, given them packed too."""
        for passage in packed:
            self._passages.add(passage)
        fields = [
            searched_fields(content.document, passage) | {"text": passage.text}
            for passage in content.passages
        ]
        for field in SEARCHED_FIELDS:
            units = fields[:1] if field in DOCUMENT_FIELDS else fields
            words, lengths = self._reader.read([unit[field] for unit in units])
            self._add_units(field, words, lengths)
        numbers = np.array([passage.number for passage in content.passages], np.int32)
        self._add_documents([content.document.id], np.zeros(len(numbers), np.int32), numbers)

    def add_segment(self, segment: Segment, live: Mask) -> None:
        """Add the passages of a segment that are ``live``."""
        for at in np.flatnonzero(live).tolist():
            self._passages.add(segment.passages[at])
        known = np.array([self._reader.number(w) for w in segment.vocabulary.words()], np.int32)
        kept = np.unique(segment.documents[live])
        for field, stream in segment.streams.items():
            units = kept if field in DOCUMENT_FIELDS else np.flatnonzero(live)
            lengths = stream.unit_lengths[units]
            words = stream.words[places_of_units(stream.unit_starts[units], lengths)]
            self._add_units(field, known[words], lengths)
        ids = [segment.document_ids[document] for document in kept.tolist()]
        documents = np.searchsorted(kept, segment.documents[live]).astype(np.int32)
        self._add_documents(ids, documents, segment.numbers[live])

    def cancel(self) -> None:
        """Leave off; what is written so far belongs to no segment."""
        self._passages.close()

    def write(self) -> None:
        """Write the segment, unless it has no passages."""
        passage_starts = self._passages.close()
        if not self.passages:
            return
        words, order = self._reader.sorted_words()
        arrays = pack_vocabulary(words)
        streams: dict[str, Stream] = {}
        for field, gathered in self._fields.items():
            own, lengths = order[join_ints(gathered.words)], join_ints(gathered.lengths)
            gathered.words.clear()
            streams[field] = make_stream(own, lengths, len(words))
            if field == "text":
                alike = make_fingerprints([form for form, _ in words], own, lengths)
        documents = join_ints(self._documents)
        postings = make_postings(
            streams["text"], streams["heading"], streams["title"], documents, arrays
        )
        for field, stream in streams.items():
            arrays |= {f"{field}.{name}": array for name, array in vars(stream).items()}
        arrays |= {f"postings.{name}": array for name, array in vars(postings).items()}
        arrays |= {f"alike.{name}": array for name, array in vars(alike).items()}
        write_arrays(self._folder / f"{self._name}{ARRAYS}", arrays | {
            "passage_starts": passage_starts,
            "documents": documents,
            "numbers": join_ints(self._numbers),
            "document_ids": pack_words(self._document_ids),
        })  # fmt: skip

    def _add_units(self, field: str, words: Ints, lengths: Ints) -> None:
        self._fields[field].words.append(words)
        self._fields[field].lengths.append(lengths)
        self.words += len(words)

    def _add_documents(self, ids: list[str], documents: Ints, numbers: Ints) -> None:
        self._documents.append(documents + np.int32(len(self._document_ids)))
        self._numbers.append(numbers)
        self._document_ids += ids
        self.passages += len(numbers)
