"""Packed records in one file, read one by one: what is read leaves memory again."""

from __future__ import annotations

import marshal
import os
import weakref
from array import array
from itertools import starmap
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.records import Passage, Span


PackedSpan = tuple[int, int, int]
"""A span: its page, and its start and end there."""

_MARSHALLED = 2
"""The version of marshal's format: plain, and read by every Python since 2.5. It gives tuples and
is read in a third of the time of JSON, of which ten passages took a fifth of a search."""


class PackedWriter:
    """Writes packed records to a new file, one after another."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._starts = array("q", [0])

    def add(self, packed: bytes) -> None:
        """Add a packed record."""
        self._file.write(packed)
        self._starts.append(self._starts[-1] + len(packed))

    def close(self) -> NDArray[np.int64]:
        """Finish the file; give where each record starts, and where the last ends."""
        self._file.close()
        return np.array(self._starts, np.int64)


class PackedReader:
    """Reads packed records by their numbers, from 0; safe to share between threads."""

    def __init__(self, path: Path, starts: NDArray[np.int64]) -> None:
        self._starts = starts
        self._file = os.open(path, os.O_RDONLY)
        self.close = weakref.finalize(self, os.close, self._file)

    def __getitem__(self, number: int) -> bytes:
        start, end = self._starts[number:number + 2].tolist()
        return os.pread(self._file, end - start, start)


def pack_passage(passage: Passage) -> bytes:
    """Pack a passage."""
    spans = tuple((span.page, span.start, span.end) for span in passage.spans)
    return marshal.dumps(
        (passage.number, passage.text, passage.trail, spans, passage.sentences), _MARSHALLED
    )


def unpack_spans(packed: bytes) -> tuple[PackedSpan, ...]:
    """Unpack the spans of a passage alone."""
    spans: tuple[PackedSpan, ...] = marshal.loads(packed)[3]
    return spans


def unpack_passage(packed: bytes) -> Passage:
    """Unpack a passage."""
    number, text, trail, spans, sentences = marshal.loads(packed)
    return Passage(number, text, trail, tuple(starmap(Span, spans)), sentences)
