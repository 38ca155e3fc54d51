"""Folding: which hits of a page are shown, and which only named, because a twin above them is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays import Ints
from index.engines import Engine, TwinPlaces
from index.found import Scored

RANKED_A_HIT = 2
"""How many passages of a document are looked at for each that is to be shown."""


@dataclass(frozen=True)
class Folded:
    """What is shown of a document, and places that are not, each with the one shown instead."""

    shown: tuple[Scored, ...]
    folded: tuple[tuple[int, int], ...]


class TwinsAmong(dict[int, TwinPlaces]):
    """The twins of each place among some, found when they are asked for: not for what is folded,
    so that what stands in every document is compared once and not for each of them."""

    def __init__(self, engine: Engine, among: Ints) -> None:
        self._engine, self._among = engine, among

    def __missing__(self, place: int) -> TwinPlaces:
        (found,) = self._engine.twins(np.array([place], np.int32), self._among)
        self[place] = found
        return found


def fold(
    ranked: Sequence[Sequence[Scored]], twins: Mapping[int, TwinPlaces], most: int
) -> Iterator[Folded]:
    """Fold the best passages of documents, at most ``most`` to be shown of each.

    What is folded is a twin of what stands in its place: no chain of them leads from one to the
    other.
    """
    above: dict[int, int] = {}
    for best in ranked:
        shown: list[Scored] = []
        folded: list[tuple[int, int]] = []
        for place, score in best:
            if place in above:
                folded.append((place, above[place]))
                continue
            if len(shown) == most:
                break
            shown.append((place, score))
            above |= dict.fromkeys(twins[place][0].tolist(), place) | above
        yield Folded(tuple(shown), tuple(folded))
