"""Dates in words narrow the search to dates of publication, and a note says so."""

from __future__ import annotations

import pytest

from index.query import Everything, Term
from index.query_parser import understand_query
from index.typed_dates import find_dates, first_day, narrow_dates

SAID = [
    ("beds since 2018", "2018", ""),
    ("Since March 2018 beds", "2018-03", ""),
    ("beds since 1 April 2018", "2018-04-01", ""),
    ("beds since 2nd Apr. 2018?", "2018-04-02", ""),
    ("beds since 2018-06", "2018-06", ""),
    ("2016 to 2019 beds", "2016", "2019"),
    ("beds from 2016 to 2019", "2016", "2019"),
    ("beds 2016 until 2019", "2016", "2019"),
    ("beds between June 2016 and 2019", "2016-06", "2019"),
    ("beds before 2020", "", "2019"),
    ("beds before March 2020", "", "2020-02"),
    ("beds before 1 January 2020", "", "2019-12-31"),
    ("beds after 2018", "2019", ""),
    ("beds after December 2018", "2019-01", ""),
    ("beds after 28 February 2020", "2020-02-29", ""),
    ("beds in 2019", "2019", "2019"),
    ("beds during May 2019.", "2019-05", "2019-05"),
    ("beds until 2019", "", "2019"),
    ("beds up to 2019", "", "2019"),
    ("beds 2018 onwards", "2018", ""),
    ("beds since 2016 before 2020", "2016", "2019"),
]


@pytest.mark.parametrize(("typed", "since", "until"), SAID)
def test_dates_in_words_are_dates_of_publication(typed: str, since: str, until: str) -> None:
    query = understand_query(typed)
    assert (query.since, query.until) == query.typed_dates == (since, until)
    assert query.tree == Term("bed") and query.typed == typed
    assert all("dates of publication" in note for note in query.notes) and query.notes


NOT_SAID = [
    "beds 2019", "beds 2019/20", "in 2019/20", "since 2018/19", "beds in 24 hours", "16 to 17",
    '"since 2018"', 'beds "in 2019"', '"beds since 2018', "beds OR since 2018",
    "since 2018 OR beds", "NOT since 2018", "beds AND in 2019", "-in 2019", "(beds since 2018)",
    "beds since 31 June 2018",
    "since 1066", "winter 2019", "in 20190", "mains 2018", "since 2018-13", "between 2016",
]  # fmt: skip


@pytest.mark.parametrize("typed", NOT_SAID)
def test_other_figures_stay_words(typed: str) -> None:
    query = understand_query(typed)
    assert (query.since, query.until, query.typed_dates) == ("", "", ("", ""))
    assert query.tree != Everything()


def test_dates_alone_find_all_that_is_of_them() -> None:
    assert understand_query("since 2018").tree == Everything()


def test_what_is_said_twice_stays_a_word() -> None:
    found = find_dates("beds in 2019 since 2018")
    assert (found.since, found.until) == ("2019", "2019")
    assert found.text.split() == ["beds", "since", "2018"]


def test_the_words_that_are_taken_are_those_that_were_meant() -> None:
    found = find_dates("beds OR in 2019 wards in 2019")
    assert found.text.split() == "beds OR in 2019 wards".split()


def test_what_was_chosen_goes_before_what_was_typed_and_is_told() -> None:
    query = narrow_dates(understand_query("beds since 2018"), "2016", "")
    assert (query.since, query.chosen_dates) == ("2016", ("2016", ""))
    assert "2016 was used" in query.notes[-1]


def test_what_was_chosen_as_typed_needs_no_word() -> None:
    query = narrow_dates(understand_query("beds since 2018"), "2018", "")
    assert (query.since, query.chosen_dates, len(query.notes)) == ("2018", ("", ""), 1)


def test_dates_the_wrong_way_round_are_told() -> None:
    assert "No date" in narrow_dates(understand_query("beds 2019 to 2016"), "", "").notes[-1]


@pytest.mark.parametrize(
    ("value", "day"),
    [("2019", "2019-01-01"), ("2019-06", "2019-06-01"), ("2019-06-30", "2019-06-30"), ("", ""),
     ("2019-02-31", ""), ("2019-13", ""), ("0000", ""), ("19", ""), ("٢٠١٩", "")],
)  # fmt: skip
def test_first_day_of_what_is_a_date(value: str, day: str) -> None:
    assert first_day(value) == day
