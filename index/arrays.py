"""Named arrays in one file, read by memory mapping: opening costs nothing, whatever their size."""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Numbers = NDArray[np.intp]
"""What numpy indexes by: given other integers it makes these of them, each time and slowly."""

Floats = NDArray[np.float64]
Reals = NDArray[np.float32]
Mask = NDArray[np.bool_]
Arrays = Mapping[str, NDArray[Any]]

_ALIGNED = 64
_HEAD = 8
"""Bytes that hold the length of the table of contents, which follows them."""


def write_arrays(path: Path, arrays: Arrays) -> None:
    """Write arrays of one dimension to a file."""
    contents, offset = {}, 0
    for name, array in arrays.items():
        contents[name] = (array.dtype.str, len(array), offset)
        offset += _padded(array.nbytes)
    table = json.dumps(contents).encode()
    with path.open("wb") as file:
        file.write(len(table).to_bytes(_HEAD, "little"))
        file.write(table.ljust(_padded(_HEAD + len(table)) - _HEAD))
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).view(np.uint8).data)
            file.write(b"\0" * (_padded(array.nbytes) - array.nbytes))


def open_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Map the arrays of a file into memory, read-only; only what is looked at is read."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    length = int.from_bytes(mapped[:_HEAD], "little")
    begin = _padded(_HEAD + length)
    return {
        name: np.frombuffer(mapped, dtype, count, begin + offset)
        for name, (dtype, count, offset) in json.loads(mapped[_HEAD:_HEAD + length]).items()
    }


def join_ints(arrays: Sequence[Ints]) -> Ints:
    """Put arrays one after another; a single one is given as it is, not copied."""
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate([np.zeros(0, np.int32), *arrays])


def sort_distinct(numbers: Numbers) -> Numbers:
    """Sort numbers, each once: those of runs in order, which a stable sort merges.

    np.unique hashes them, which took 60 times as long for 9,000.
    """
    ordered = np.sort(numbers, kind="stable")
    others = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=others[1:])
    return ordered[others]


def pack_words(words: list[str]) -> NDArray[np.uint8]:
    """Pack words, none of which has a line break, into an array."""
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def unpack_words(packed: NDArray[np.uint8]) -> list[str]:
    """Give the words of an array, of which at least one is not empty."""
    return packed.tobytes().decode().split("\n") if len(packed) else []


def _padded(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
