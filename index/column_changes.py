"""The columns of a generation, made of those of the one before and of what is new."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Arrays, Ints, pack_words, unpack_words
from index.schema import FACETS

_FACET_PARTS = ("values", "documents", "codes")


def change_columns(old: Arrays, new: Arrays, ids: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Give the arrays of make_columns for the documents with these ids, which are sorted.

    Each is as the new arrays have it, or as the old ones do where the new do not have it.
    """
    numbers = {each: number for number, each in enumerate(ids)}
    came = unpack_words(new["ids"])
    places = {each: numbers.get(each, -1) for each in unpack_words(old["ids"])}
    places |= dict.fromkeys(set(came) & places.keys(), -1)
    moved = (
        np.fromiter(places.values(), np.int32, len(places)),
        np.array([numbers[each] for each in came], np.int32),
    )
    of_facets = {f"{facet}.{part}" for facet in FACETS for part in _FACET_PARTS}
    changed: dict[str, NDArray[Any]] = {"ids": pack_words([*ids])}
    for name in new.keys() - of_facets - {"ids"}:
        changed[name] = _place((old[name], new[name]), moved, len(ids))
    for facet in FACETS:
        names = [f"{facet}.{part}" for part in _FACET_PARTS]
        parts = [old[name] for name in names], [new[name] for name in names]
        changed |= zip(names, _join_facet(*parts, moved), strict=True)
    return changed


_Moved = tuple[Ints, Ints]
"""Where each old document stands now, and each new one; -1 where it no longer does."""


def _place(columns: tuple[NDArray[Any], NDArray[Any]], moved: _Moved, count: int) -> NDArray[Any]:
    placed = np.empty(count, np.result_type(*columns))
    for column, places in zip(columns, moved, strict=True):
        placed[places[places >= 0]] = column[places >= 0]
    return placed


def _join_facet(
    old: list[NDArray[Any]], new: list[NDArray[Any]], moved: _Moved
) -> tuple[NDArray[np.uint8], Ints, Ints]:
    """Give the values of a facet that are left, and pairs of a document and a value."""
    named = [json.loads(values.tobytes()) for values, _, _ in (old, new)]
    values = sorted({*named[0], *named[1]})
    number = {value: code for code, value in enumerate(values)}
    documents = np.concatenate([places[held] for places, (_, held, _) in zip(moved, (old, new))])
    codes = np.concatenate([
        np.array([number[value] for value in own], np.int32)[held]
        for own, (_, _, held) in zip(named, (old, new))
    ])
    order = np.argsort(documents, kind="stable")[np.count_nonzero(documents < 0):]
    left, codes = np.unique(codes[order], return_inverse=True)
    packed = json.dumps([values[code] for code in left.tolist()]).encode()
    return np.frombuffer(packed, np.uint8), documents[order], codes.astype(np.int32)
