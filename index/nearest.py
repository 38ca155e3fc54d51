"""The passages whose vectors are nearest to that of a question: every one is looked at."""

from __future__ import annotations

import numpy as np

from index.arrays import Floats, Ints, Mask, Reals
from index.collection import Collection
from index.ranking import DECIMALS


def measure_likeness(collection: Collection, question: Reals, places: Ints) -> Floats:
    """Give the cosines of the angles between a vector of length 1 and those of places, which stand
    in order; 0 where there is none."""
    likeness = np.zeros(len(places))
    for segment, base in zip(collection.segments, collection.bases):
        mine = (places >= base) & (places < base + len(segment))
        if segment.vectors is not None and mine.any():
            likeness[mine] = segment.vectors.compare(question, places[mine] - np.int32(base))
    return likeness.round(DECIMALS)


def find_nearest(
    collection: Collection, question: Reals, most: int, allowed: Mask | None
) -> tuple[Ints, Floats]:
    """Give the live places, of those allowed, nearest to a vector of length 1, in order of place,
    with their likeness; all of those at the last one's likeness are among them."""
    open_to = collection.live if allowed is None else collection.live & allowed
    places = np.flatnonzero(open_to).astype(np.int32)
    scores = measure_likeness(collection, question, places)
    if len(places) > most:
        kept = scores >= np.partition(scores, -most)[-most]
        places, scores = places[kept], scores[kept]
    return places, scores
