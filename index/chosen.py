"""Chosen passages: the places of those that a reader named by their ids."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np

from index.arrays import Ints
from index.similar import read_id
from index.snapshot import Snapshot


def choose_places(snapshot: Snapshot, places: Ints, ids: Iterable[str]) -> Ints:
    """Give those of some places, which stand in order, whose passages have one of these ids.

    An id of a version that no longer stands chooses nothing.
    """
    documents, numbers = snapshot.engine.documents[places], snapshot.engine.numbers[places]
    chosen = np.zeros(len(places), np.bool_)
    for document_id, version, number in map(read_id, ids):
        held = snapshot.documents.get(document_id)
        if held is not None and held.version == version:
            at = bisect_left(snapshot.columns.document_ids, document_id)
            chosen |= (documents == at) & (numbers == number)
    return places[chosen]
