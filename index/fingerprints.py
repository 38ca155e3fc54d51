"""Fingerprints: by which passages in nearly the same words are found without comparing them all.

A passage is the set of its shingles, the runs of three words as printed; two are alike by the share
of shingles that they have in common (Jaccard). MinHash (Broder 1997) makes of a set numbers that
agree as often as the sets are alike; numbers are put together to keys, so that passages of which
nine tenths are common agree in at least one key with a probability of 0.986.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from index.arrays import Arrays, Ints

SHINGLE_WORDS = 3
LEAST_WORDS = 12
"""Shorter passages have no fingerprint: headings and rows of tables are alike without being
copies."""

KEYS, NUMBERS_A_KEY = 4, 4
NO_KEY = 0

Hashes = NDArray[np.uint64]
Keys = NDArray[np.uint32]

_PASSAGES_AT_ONCE = 1024
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Fingerprints:
    """The fingerprints of a segment.

    ``hashes`` are those of its words; ``keys`` stand passage by passage, KEYS for each; ``sorted``
    are the same in order, and ``holders`` the passage of each of those.
    """

    hashes: Hashes
    keys: Keys
    sorted: Keys
    holders: Ints


def open_fingerprints(arrays: Arrays) -> Fingerprints:
    """Give the fingerprints out of a segment's arrays."""
    return Fingerprints(*(arrays[f"alike.{name}"] for name in Fingerprints.__dataclass_fields__))


def make_fingerprints(forms: Sequence[str], words: Ints, lengths: Ints) -> Fingerprints:
    """Make the fingerprints of passages of these lengths, given their words one after another as
    numbers of forms."""
    hashes = hash_forms(forms)
    keys = np.full((len(lengths), KEYS), NO_KEY, np.uint32)
    starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    for first in range(0, len(lengths), _PASSAGES_AT_ONCE):
        some = lengths[first:first + _PASSAGES_AT_ONCE]
        own = words[starts[first]:starts[first + len(some)]]
        keys[first:first + len(some)] = _make_keys(hashes[own], some)
    flat = keys.ravel()
    order = flat.argsort(kind="stable")
    return Fingerprints(hashes, flat, flat[order], (order // KEYS).astype(np.int32))


def hash_forms(forms: Sequence[str]) -> Hashes:
    """Hash forms, alike in all segments: to odd numbers those with a digit, to even ones others."""
    digests = b"".join(blake2b(form.encode(), digest_size=8).digest() for form in forms)
    figures = np.array([_DIGIT.search(form) is not None for form in forms], np.uint64)
    hashes: Hashes = np.frombuffer(digests, "<u8").astype(np.uint64)
    return hashes & ~np.uint64(1) | figures


def make_shingles(hashes: Hashes, lengths: Ints) -> tuple[Hashes, Ints]:
    """Make the shingles of passages of these lengths, given the hashes of their words one after
    another; give for each its passage, from 0, too."""
    owners = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    if len(hashes) < SHINGLE_WORDS:
        return hashes[:0], owners[:0]
    first, second, third = hashes[:-2], hashes[1:-1], hashes[2:]
    shingles = _mix(first + second * _FACTORS[0] + third * _FACTORS[1])
    whole = owners[:-2] == owners[2:]
    return shingles[whole], owners[:-2][whole]


def _make_keys(hashes: Hashes, lengths: Ints) -> NDArray[np.uint32]:
    """Make the keys of passages, of shape (passages, KEYS)."""
    long = lengths >= LEAST_WORDS
    keys = np.full((len(lengths), KEYS), NO_KEY, np.uint32)
    if not long.any():
        return keys
    lengths, hashes = lengths[long], hashes[np.repeat(long, lengths)]
    shingles, _ = make_shingles(hashes, lengths)
    counts = lengths - SHINGLE_WORDS + 1
    starts = np.cumsum(counts) - counts
    mixed = np.zeros((len(lengths), KEYS), np.uint64)
    for number, factor in enumerate(_FACTORS):
        least = np.minimum.reduceat(((shingles * factor) >> _HALF).astype(np.uint32), starts)
        mixed[:, number % KEYS] = _mix(mixed[:, number % KEYS] + least + np.uint64(number))
    keys[long] = np.maximum((mixed >> _HALF).astype(np.uint32), NO_KEY + 1)
    return keys


def _mix(numbers: Hashes) -> Hashes:
    """Spread what tells numbers apart over all their bits (Steele, Lea and Flood 2014)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


_HALF = np.uint64(32)
_FACTORS = _mix(np.arange(1, KEYS * NUMBERS_A_KEY + 1, dtype=np.uint64)) | np.uint64(1)
