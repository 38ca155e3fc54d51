"""Places: told by how a document speaks of them, without a list of places."""

from __future__ import annotations

import pytest

from ingest.clues import Clue
from ingest.places import pick_places


def pick(*lines: str, title: str = "Our plan") -> list[str]:
    facts = pick_places(Clue(title), [Clue(line) for line in lines])
    assert all(fact.value in fact.evidence and fact.origin == "inferred" for fact in facts)
    return [fact.value for fact in facts]


CALLED = {
    "Anytown City Council": "Anytown", "Amber Hills District Council": "Amber Hills",
    "NHS Newtown CCG": "Newtown", "Oldham and Newtown Borough Council": "Oldham and Newtown",
    "the City of Anytown": "Anytown", "Stoke-on-Water Council": "Stoke-on-Water",
    "in Anyshire": "Anyshire", "across North Anyshire": "North Anyshire",
    "the people of Anyshire": "Anyshire", "Anyshire’s residents": "Anyshire",
}


@pytest.mark.parametrize("words", CALLED)
def test_name_is_a_place_by_what_stands_beside_it(words: str) -> None:
    place = CALLED[words]
    assert pick(f"We asked {words}.", f"They told {words}.", f"It is {place}.") == [place]


NO_PLACES = [
    "in January", "in England", "in Figure", "in North", "across Primary Care", "the Council",
    "in Year", "across Workforce",
]


@pytest.mark.parametrize("words", NO_PLACES)
def test_what_is_no_place_or_says_too_little_is_left(words: str) -> None:
    line = f"It was so {words} for the care and the workforce in primary care."
    assert pick(line, line, line) == []


def test_place_named_in_passing_is_left() -> None:
    assert pick("It was so in Anytown.") == []
    assert pick(*["It was so in Anyshire."] * 40, *["So it was in Anytown."] * 3) == ["Anyshire"]


def test_place_of_the_title_needs_to_be_spoken_of_as_one_once() -> None:
    assert pick("It was so across Anyshire.", title="Anyshire Five Year Plan") == ["Anyshire"]
    assert pick("It was so.", title="Anyshire Five Year Plan") == []


def test_longest_name_counts() -> None:
    line = "It was so in North Anyshire."
    assert pick(*[line] * 3, title="North Anyshire: a plan") == ["North Anyshire"]


def test_two_places_joined_are_two() -> None:
    assert pick(*["It was so in Anytown and Anyshire."] * 3) == ["Anytown", "Anyshire"]


def test_furniture_says_nothing() -> None:
    assert pick_places(Clue("Plan"), [Clue("in Anytown", furniture=True)] * 9) == ()
