"""Postings: for each term the passages that it ranks, with what its weight in each is made of.

The text of a passage makes it match; its heading trail and title lift it. A term's ``matching``
postings are the passages whose own text has it; its ``lifted`` ones those that have it in their
headings or title alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.arrays import Arrays, Floats, Ints
from index.schema import BOOSTS
from index.streams import Stream, sort_stably
from index.vocabulary import starts_of

K1 = 1.5
B = 0.6
"""Parameters of BM25, chosen coarsely by seven sets of questions together (CONTRIBUTING); between
1.2 and 2, and 0.6 and 0.75, they hardly matter."""

MOST_LIFTING = 15
"""How often at most a word counts in the headings, and in the title, of a passage."""

LIFTS: Floats = np.add.outer(
    BOOSTS["title"] * np.arange(MOST_LIFTING + 1), BOOSTS["heading"] * np.arange(MOST_LIFTING + 1)
).ravel()
"""What is added to a term's weight, by code: 16 times its frequency in the title, plus that in
the headings."""

Codes = NDArray[np.uint8]


class TermPostings(NamedTuple):  # made for each term of a query: a dataclass takes longer
    """The postings of one term; ``most`` is the greatest of its weights, or more."""

    passages: Ints
    frequencies: NDArray[np.uint16]
    codes: Codes
    lifted_passages: Ints
    lifted_codes: Codes
    most: float


class KeptTerms:
    """Postings of terms as they were joined for a collection, at most ``most`` in all; when more
    come those from before are let go. Safe to share between threads."""

    def __init__(self, most: int) -> None:
        self._most = self._room = most
        self._kept: dict[str, TermPostings] = {}

    def get(self, text: str) -> TermPostings | None:
        """Give the postings of a term that are kept."""
        return self._kept.get(text)

    def keep(self, text: str, own: TermPostings) -> None:
        """Keep the postings of a term."""
        size = len(own.passages) + len(own.lifted_passages)
        if size > self._room:
            self._kept, self._room = {}, self._most
        self._kept[text] = own
        self._room -= size


@dataclass(frozen=True)
class Postings:
    """The postings of all terms of a segment, those of each from its start to the next."""

    starts: Ints
    passages: Ints
    frequencies: NDArray[np.uint16]
    codes: Codes
    lifted_starts: Ints
    lifted_passages: Ints
    lifted_codes: Codes
    most: NDArray[np.float32]

    def of_term(self, term: int) -> TermPostings:
        """Give the postings of a term by its number."""
        first, end = self.starts[term:term + 2].tolist()
        lifted, last = self.lifted_starts[term:term + 2].tolist()
        return TermPostings(
            self.passages[first:end], self.frequencies[first:end], self.codes[first:end],
            self.lifted_passages[lifted:last], self.lifted_codes[lifted:last],
            float(self.most[term]),
        )  # fmt: skip


def open_postings(arrays: Arrays) -> Postings:
    """Give the postings out of a segment's arrays."""
    return Postings(*(arrays[f"postings.{name}"] for name in Postings.__dataclass_fields__))


def normalise(lengths: Ints, average: float) -> Floats:
    """Give what a frequency is multiplied by for the length of its passage, in words.

    1 / (1 - b + b * length / average) of BM25 (Robertson and Zaragoza 2009, equation 3.13).
    """
    norms: Floats = 1.0 / (1.0 - B + B * lengths.astype(np.float64) / max(average, 1e-9))
    return norms


def make_postings(
    text: Stream, heading: Stream, title: Stream, documents: Ints, arrays: Arrays
) -> Postings:
    """Make the postings of a segment from its streams, its vocabulary's arrays and the document
    of each passage."""
    count = len(arrays["term_word_starts"]) - 1
    size = len(documents)
    terms, passages, frequencies = _count_terms(text, arrays)
    keys = terms.astype(np.int64) * size + passages
    lifting = [(*_count_terms(heading, arrays), 1)]
    title_terms, of_documents, often = _count_terms(title, arrays)
    owned = np.bincount(documents, minlength=len(title.unit_lengths)).astype(np.int32)
    starts = starts_of(owned)
    many = owned[of_documents]
    within = np.arange(many.sum(), dtype=np.int32) - np.repeat(starts_of(many)[:-1], many)
    spread = np.repeat(starts[of_documents], many) + within
    lifting.append((np.repeat(title_terms, many), spread, np.repeat(often, many), 16))
    codes, lifted_keys, lifted_codes = _join(keys, lifting, size)
    lifted_terms = (lifted_keys // size).astype(np.int32)
    lifted_passages = (lifted_keys % size).astype(np.int32)
    norms = normalise(text.unit_lengths, mean_length(text.unit_lengths))
    weights = frequencies * norms[passages] + LIFTS[codes]
    most = np.zeros(count)
    np.maximum.at(most, lifted_terms, LIFTS[lifted_codes])
    starting = starts_of(np.bincount(terms, minlength=count))
    having = np.flatnonzero(starting[1:] > starting[:-1])
    if len(having):
        most[having] = np.maximum(most[having], np.maximum.reduceat(weights, starting[having]))
    return Postings(
        starting, passages, frequencies, codes,
        starts_of(np.bincount(lifted_terms, minlength=count)), lifted_passages, lifted_codes,
        np.nextafter(most.astype(np.float32), np.float32(np.inf)),
    )  # fmt: skip


def mean_length(lengths: Ints) -> float:
    """Give the average length of passages."""
    return float(lengths.mean()) if len(lengths) else 0.0


def _count_terms(stream: Stream, arrays: Arrays) -> tuple[Ints, Ints, NDArray[np.uint16]]:
    """Give each term of each unit with its frequency there, by term and unit."""
    standing = np.flatnonzero(stream.words >= 0).astype(np.int32)
    words, units = stream.words[standing], stream.units_of(standing)
    starts = arrays["word_term_starts"]
    many = starts[words + 1] - starts[words]
    first = np.repeat(starts[words] - starts_of(many)[:-1], many)
    terms = arrays["word_terms"][np.arange(len(first), dtype=np.int32) + first]
    order = sort_stably(terms, len(arrays["term_word_starts"]))
    terms, units = terms[order], np.repeat(units, many)[order]
    begins = np.ones(len(terms), np.bool_)
    begins[1:] = (terms[1:] != terms[:-1]) | (units[1:] != units[:-1])
    at = np.flatnonzero(begins)
    frequencies = np.diff(at, append=len(terms)).clip(max=0xFFFF).astype(np.uint16)
    return terms[at], units[at], frequencies


def _join(
    keys: NDArray[np.int64], lifting: list[tuple[Ints, Ints, NDArray[np.uint16], int]], size: int
) -> tuple[Codes, NDArray[np.int64], Codes]:
    """Add up the codes of lifting terms: those of the keys, and other keys with theirs."""
    lifting_keys = np.concatenate([
        terms.astype(np.int64) * size + units for terms, units, _, _ in lifting
    ])
    added = np.concatenate([
        often.clip(max=MOST_LIFTING) * factor for _, _, often, factor in lifting
    ]).astype(np.uint8)
    at = np.searchsorted(keys, lifting_keys)
    known = np.zeros(len(at), np.bool_)
    inside = at < len(keys)
    known[inside] = keys[at[inside]] == lifting_keys[inside]
    codes = np.zeros(len(keys), np.uint8)
    np.add.at(codes, at[known], added[known])
    others, back = np.unique(lifting_keys[~known], return_inverse=True)
    other_codes = np.zeros(len(others), np.uint8)
    np.add.at(other_codes, back, added[~known])
    return codes, others, other_codes
