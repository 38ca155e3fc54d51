"""Fusion: two ranked lists become one."""

from __future__ import annotations

import pytest

from index.found import Scored
from index.fusion import K, Ranked, fuse

CASES: dict[str, tuple[list[int], list[int], list[int]]] = {
    "what is in both lists comes first": ([1, 2, 3], [4, 3, 5], [3, 1, 4, 2, 5]),
    "equal ones stand in the order of the lists": ([1, 2], [3, 4], [1, 3, 2, 4]),
    "nothing found by words": ([], [3, 4], [3, 4]),
    "nothing found by meaning": ([2, 1], [], [2, 1]),
    "nothing found": ([], [], []),
}


def score(places: list[int]) -> list[Scored]:
    return [(place, 9.0 - at) for at, place in enumerate(places)]


@pytest.mark.parametrize("case", CASES)
def test_lists_are_joined_by_ranks(case: str) -> None:
    lexical, dense, expected = CASES[case]
    assert [each.place for each in fuse(score(lexical), score(dense))] == expected


def test_what_is_joined_tells_where_it_was_in_each_list() -> None:
    first, second, third = fuse([(1, 7.5), (2, 3.0)], [(2, 0.9), (3, 0.5)])
    assert (first.place, first.lexical, first.dense) == (2, Ranked(2, 3.0), Ranked(1, 0.9))
    assert first.score == pytest.approx(1 / (K + 2) + 1 / (K + 1), abs=1e-6)
    assert (second.place, second.lexical, second.dense) == (1, Ranked(1, 7.5), None)
    assert (third.place, third.lexical, third.dense) == (3, None, Ranked(2, 0.5))


def test_scores_stay_where_nothing_was_found_by_meaning() -> None:
    assert [each.score for each in fuse([(1, 7.5), (2, 3.0)], [])] == [7.5, 3.0]
