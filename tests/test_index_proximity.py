"""Places near each other are those that brute force chooses, and no others."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from index.proximity import find_near

PLACES = st.lists(st.sets(st.integers(0, 14), max_size=6).map(sorted), min_size=2, max_size=4)


@given(PLACES, st.integers(0, 4), st.booleans())
def test_near_places_are_those_of_brute_force(
    places: list[list[int]], words: int, ordered: bool
) -> None:
    found = {
        place
        for chosen in product(*places)
        if len(set(chosen)) == len(chosen)
        and max(chosen) - min(chosen) + 1 - len(chosen) <= words
        and (not ordered or list(chosen) == sorted(chosen))
        for place in chosen
    }
    assert find_near(places, words, ordered) == sorted(found)


def test_long_texts_take_no_long_time() -> None:
    everywhere = list(range(3000))
    assert find_near([everywhere] * 10, 50, ordered=False) == everywhere
    assert find_near([everywhere] * 10, 50, ordered=True) == everywhere
