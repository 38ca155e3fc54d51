"""Dates and periods, as precise as the words say."""

from __future__ import annotations

import pytest

from ingest.dates import find_dates, find_periods, parse_date

DATES = {
    "published on 14 November 2019.": ["2019-11-14"],
    "the 1st of May 2020": ["2020-05-01"],
    "November 14, 2019": ["2019-11-14"],
    "14/11/2019 and 14.11.2019": ["2019-11-14", "2019-11-14"],
    "on 2019-11-14": ["2019-11-14"],
    "2026_05_14_YPNA.pdf": ["2026-05-14"],
    "consultation-Final-25.07.17.pdf": ["2017-07-25"],
    "Oct 2019": ["2019-10"],
    "JSNA-April-2019.pdf": ["2019-04"],
    "carers_data_sep_2009.pdf": ["2009-09"],
    "Autumn 2017": ["2017"],
    "board-update-2017-autumn.txt": ["2017"],
    "the plan of 2016": ["2016"],
    "2019/20": [],
    "Strategy 2019 - 2024": [],
    "31 February 2019": ["2019-02"],
    "version 1.2.19": [],
    "call 01246 201612": [],
    "May we 2019": ["2019"],
    "from 2 May 2017 to June 2018": ["2017-05-02", "2018-06"],
}


@pytest.mark.parametrize("text", DATES)
def test_dates_are_found_with_their_precision(text: str) -> None:
    assert [found.value for found in find_dates(text)] == DATES[text]


def test_date_is_found_where_it_stands() -> None:
    text = "Published 14 November 2019, again"
    (found,) = find_dates(text)
    assert text[found.start:found.end] == "14 November 2019"


PERIODS = {
    "2016-2021": "2016-2021",
    "operational plan 2019/20": "2019-2020",
    "dhcft-operational-plan-2019-20.txt": "2019-2020",
    "Plan for 2019-24.": "2019-2024",
    "2020 TO 2023": "2020-2023",
    "2019 – 2024": "2019-2024",
    "1999/00": "1999-2000",
    "on 2019-11-14": "",
    "2024_11_Child_Poverty": "",
    "2021-2016": "",
    "1950-2020": "",
    "01/2019-20": "",
}


@pytest.mark.parametrize("text", PERIODS)
def test_periods_are_found(text: str) -> None:
    assert "".join(found.value for found in find_periods(text)) == PERIODS[text]


CELLS = {
    "2019": "2019", "2019-11": "2019-11", "2019-11-14": "2019-11-14",
    " 14 November 2019 ": "2019-11-14", "2019-11-14T10:00:00Z": "2019-11-14",
    "D:20190501111738Z": "2019-05-01", "Autumn 2017": "2017",
    "Spring": "", "2019/20": "", "2019-13": "", "soon, 2019": "", "": "",
}


@pytest.mark.parametrize("cell", CELLS)
def test_only_a_text_that_is_nothing_but_a_date_is_parsed(cell: str) -> None:
    assert parse_date(cell) == CELLS[cell]
