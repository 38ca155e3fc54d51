"""Words near each other are found where a choice of places says that they are."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest

from index.arrays import sort_distinct
from index.positions import find_near
from index.streams import make_stream

VOCABULARY = 5
TERMS = [
    [[0], [1]],
    [[0], [1], [2]],
    [[0, 1], [1, 2]],
    [[0, 1], [1, 2], [0, 2]],
    [[3], [3]],
    [[3], [3], [3, 4], [0]],
    [[0], []],
]


@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("terms", TERMS)
def test_words_are_near_where_some_choice_of_places_is(
    terms: list[list[int]], ordered: bool
) -> None:
    chance = random.Random(7)
    units = [chance.choices(range(VOCABULARY), k=chance.randrange(12)) for _ in range(60)]
    words = np.array(sum(units, []), np.int32)
    stream = make_stream(words, np.array([*map(len, units)], np.int32), VOCABULARY)
    for between in range(4):
        found = find_near(stream, [np.array(own, np.int32) for own in terms], between, ordered)
        near = [at for at, unit in enumerate(units) if is_near(unit, terms, between, ordered)]
        assert found.tolist() == near


def is_near(unit: list[int], terms: list[list[int]], between: int, ordered: bool) -> bool:
    choices = product(*([at for at, word in enumerate(unit) if word in own] for own in terms))
    return any(
        len({*places}) == len(terms)
        and max(places) - min(places) < len(terms) + between
        and (not ordered or list(places) == sorted(places))
        for places in choices
    )


def test_runs_of_numbers_are_joined_in_order_each_once() -> None:
    joined = np.array([2, 5, 9, 1, 5, 5, 7], np.intp)
    assert sort_distinct(joined).tolist() == [1, 2, 5, 7, 9]
    assert sort_distinct(joined[:0]).tolist() == []
