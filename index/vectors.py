"""Vectors as small whole numbers, those of a segment in a file of arrays.

A vector is kept as whole numbers of steps of its own size, from -127 to 127. Products of such whole
numbers add up exactly in floats of 32 bits (127² · 1,024 dimensions is less than 2²⁴), so that a
likeness is the same in whatever order and chunks it is worked out.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import Floats, Ints, Reals, open_arrays, write_arrays

Steps = NDArray[np.int8]

_MOST_STEPS = 127
_ROWS_AT_ONCE = 256
"""How many vectors are made floats at once: so few that they stay in the cache, and that numpy's
library does not share the work out among threads, which would wait for one another."""


@dataclass(frozen=True)
class Vectors:
    """Vectors of passages: steps (passages, dimensions) times the size of each one's steps.

    One that is all zeros is no vector.
    """

    steps: Steps
    sizes: Reals
    encoder_id: str

    def compare(self, question: Reals, rows: Ints) -> Floats:
        """Give the cosines of the angles between a vector of length 1 and those of some rows."""
        steps, size = round_to_steps(question)
        asked = steps.astype(np.float32)
        products = np.zeros(len(rows), np.float32)
        for begin in range(0, len(rows), _ROWS_AT_ONCE):
            chunk = slice(begin, begin + _ROWS_AT_ONCE)
            products[chunk] = self._read(rows[chunk]) @ asked
        return products.astype(np.float64) * self.sizes[rows] * float(size)

    def _read(self, rows: Ints) -> Reals:
        """Read rows, which stand in order: those that follow one another without a copy."""
        first, last = int(rows[0]), int(rows[-1])
        whole = last - first + 1 == len(rows)
        return (self.steps[first:last + 1] if whole else self.steps[rows]).astype(np.float32)


def round_to_steps(vector: Reals) -> tuple[Steps, np.float32]:
    """Give a vector as whole numbers of steps, and the size of a step."""
    size = np.float32(max(float(np.abs(vector).max()), 1e-12) / _MOST_STEPS)
    return np.rint(vector / size).astype(np.int8), size


def pack_vector(vector: Reals) -> bytes:
    """Pack a vector: the size of a step, and the steps."""
    steps, size = round_to_steps(vector)
    return struct.pack("<f", size) + steps.tobytes()


def write_vectors(path: Path, packed: list[bytes | None], encoder_id: str) -> None:
    """Write the vectors of a segment's passages, in order; None for one that has none."""
    width = max((len(each) for each in packed if each), default=4)
    rows = np.frombuffer(b"".join(each or bytes(width) for each in packed), np.uint8)
    rows = rows.reshape(len(packed), width)
    path.unlink(missing_ok=True)  # it may be a link to another generation's
    write_arrays(path, {
        "sizes": np.ascontiguousarray(rows[:, :4]).reshape(-1).view("<f4"),
        "steps": np.ascontiguousarray(rows[:, 4:]).reshape(-1).view(np.int8),
        "encoder": np.frombuffer(encoder_id.encode(), np.uint8),
    })  # fmt: skip


def open_vectors(path: Path) -> Vectors | None:
    """Map the vectors of a segment into memory, where there are any."""
    if not path.exists():
        return None
    arrays = open_arrays(path)
    sizes = arrays["sizes"]
    steps = arrays["steps"].reshape(len(sizes), -1)
    return Vectors(steps, sizes, arrays["encoder"].tobytes().decode())
