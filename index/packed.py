"""Packed records in one file, read one by one: what is read leaves memory again."""

from __future__ import annotations

import json
import os
import weakref
from array import array
from itertools import starmap
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.records import Passage, Span


_decode_json = json.JSONDecoder().raw_decode


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
    spans = [(span.page, span.start, span.end) for span in passage.spans]
    packed = passage.number, passage.trail, spans, passage.sentences
    head = json.dumps(packed, separators=(",", ":"))
    return f"{head}\n{passage.text}".encode("utf-8", "surrogatepass")


def unpack_passage(packed: bytes) -> Passage:
    """Unpack a passage."""
    whole = packed.decode("utf-8", "surrogatepass")
    (number, trail, spans, sentences), end = _decode_json(whole)
    return Passage(
        number, whole[end + 1:], tuple(trail), tuple(starmap(Span, spans)),
        tuple(map(tuple, sentences)),
    )  # fmt: skip
