"""A URL becomes a query; what is wrong with it becomes a note and never an error."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.datastructures import MultiDict

from index.query import Query, Term
from search_app.app import create_app
from search_app.request_query import (
    Place,
    is_question,
    place_from_request,
    query_from_request,
    url_with,
    url_without,
)


def make_query(*pairs: tuple[str, str]) -> Query:
    return query_from_request(MultiDict(pairs))


def test_everything_asked_for_is_in_the_query() -> None:
    query = make_query(
        ("q", "ward"), ("organisation", "A"), ("organisation", "B"), ("kind", "strategy"),
        ("document", "plan"), ("since", "2019"), ("until", "2019-06-30"), ("sort", "date"),
        ("page", "2"),
    )  # fmt: skip
    assert query == Query(
        "ward", Term("ward"), (), (("organisation", ("A", "B")), ("kind", ("strategy",))),
        "plan", "2019", "2019-06-30", "date", 2,
    )  # fmt: skip


def test_no_arguments_are_the_query_for_everything() -> None:
    assert make_query() == Query()


@pytest.mark.parametrize(
    ("name", "value", "note"),
    [
        ("page", "abc", "not a number"),
        ("page", "1.5", "not a number"),
        ("page", "0", "count from 1"),
        ("page", "-3", "count from 1"),
        ("sort", "size", "not known"),
        ("since", "last week", "not understood"),
        ("since", "2019-13", "not understood"),
        ("until", "2019-02-30", "not understood"),
        ("until", "0000", "not understood"),
        ("organisation", "x" * 301, "ignored"),
        ("document", "x" * 301, "ignored"),
        ("q", "word " * 300, "first 1000 characters"),
    ],
)
def test_what_is_wrong_becomes_a_note_and_is_not_used(name: str, value: str, note: str) -> None:
    query = make_query((name, value))
    assert note in query.notes[0]
    assert replace(query, notes=(), typed="", tree=Query().tree) == Query()


def test_page_far_past_the_end_stays() -> None:
    assert make_query(("page", "9" * 5000)).page == 999_999_999


def test_nuls_and_white_space_are_dropped() -> None:
    query = make_query(("q", " ward\x00\n plan "), ("kind", "\x00"), ("document", "a\x00b"))
    assert (query.typed, query.filters, query.document) == ("ward plan", (), "a b")


def test_too_many_choices_are_cut_with_a_note() -> None:
    query = make_query(*(("kind", str(number)) for number in range(60)))
    assert len(query.chosen("kind")) == 50
    assert "first 50" in query.notes[0]


def test_dates_the_wrong_way_round_are_told() -> None:
    assert make_query(("since", "2020"), ("until", "2019-06")).notes


@pytest.mark.parametrize("dates", [("2019", "2019"), ("2019-06", "2019-06-30"), ("2019", "")])
def test_dates_the_right_way_round_are_not(dates: tuple[str, str]) -> None:
    assert not make_query(("since", dates[0]), ("until", dates[1])).notes


@pytest.mark.parametrize(
    ("pairs", "place"),
    [
        ({}, Place()),
        ({"passage": "7"}, Place(7)),
        ({"passage": "-7"}, Place()),
        ({"passage": "x", "quote": "1-2"}, Place()),
        ({"passage": "7", "quote": "1-2", "question": "Why?"}, Place(7, (1, 2), "Why?")),
        ({"passage": "7", "quote": "2"}, Place(7)),
    ],
)
def test_place_that_a_link_names(pairs: dict[str, str], place: Place) -> None:
    assert place_from_request(MultiDict(pairs)) == place


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("How many beds are there", True),
        ("beds?", True),
        ("when does it open", True),
        ("mental health", False),
        ("what matters", False),
        ("?", False),
        ("", False),
    ],
)
def test_question_is_told_from_words(typed: str, asked: bool) -> None:
    assert is_question(typed) is asked


def test_address_of_a_query_asks_for_the_same_query(tmp_path: Path) -> None:
    query = make_query(
        ("q", 'ward & "A&E"'), ("kind", "strategy"), ("year", "2019"), ("year", "2020"),
        ("since", "2019"), ("sort", "date"), ("page", "3"),
    )  # fmt: skip
    with create_app(tmp_path).test_request_context():
        assert make_query(*pairs_of(url_with(query))) == query


def test_change_goes_back_to_the_first_page(tmp_path: Path) -> None:
    query = make_query(("q", "ward"), ("page", "3"))
    with create_app(tmp_path).test_request_context():
        assert url_with(query, sort="date") == "/search?q=ward&sort=date"
        assert url_with(query, page=4) == "/search?q=ward&page=4"
        assert url_with(query, "exports.send_csv", page="") == "/export.csv?q=ward"


def test_one_choice_can_be_taken_away(tmp_path: Path) -> None:
    query = make_query(("q", "ward"), ("year", "2019"), ("year", "2020"))
    with create_app(tmp_path).test_request_context():
        assert url_without(query, "year", "2019") == "/search?q=ward&year=2020"


def pairs_of(url: str) -> list[tuple[str, str]]:
    found = parse_qs(urlsplit(url).query)
    return [(name, value) for name, values in found.items() for value in values]
