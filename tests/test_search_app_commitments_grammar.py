"""What promises and what only looks like it, by grammar; and by when, as printed and as a date."""

from __future__ import annotations

import pytest

from search_app.reports.commitments_deadlines import YEAR_NOT_STATED, find_deadline, find_due
from search_app.reports.commitments_grammar import Cue, find_cue
from search_app.reports.commitments_words import read_words

PROMISES = [
    ("We will open two clinics by March 2024.", "promise", "We"),
    ("The Trust shall publish its plan each year.", "promise", "The Trust"),
    ("We’ll recruit ten nurses.", "promise", "We"),
    ("From May 2021 the crisis team will open at weekends.", "promise", "the crisis team"),
    ("In 2022, 2024 and 2026 an outside panel will judge it.", "promise", "an outside panel"),
    ("Everyone who comes by bus and walks will be given a map.", "promise", "Everyone"),
    ("The hut, which stands by the pond, will be moved in May 2021.", "promise", "The hut"),
    ("The van runs to the coast and will be renewed.", "promise", "The van"),
    ("Roads, some named in this list, will be mended in 2021.", "promise", "Roads"),
    ("Many lead on roads, but the council will lead on parks.", "promise", "the council"),
    ("The aim is that each lane has a lamp.", "aim", ""),
    ("The Trust’s aim is to light each lane.", "aim", "The Trust’s"),
    ("At least sixty nurses will be trained.", "promise", "At least sixty nurses"),
    ("It is planned that this list will be renewed.", "plan", ""),
    ("To save time we will meet online.", "promise", "we"),
    ("“The Trust will mend it.", "promise", "The Trust"),
    ("The Board, the CCG and the Trust will work together to cut waits.", "promise",
     "The Board, the CCG and the Trust"),
    ("From April, the Council (the lead) will fund it.", "promise", "the Council (the lead)"),
    ("A new hub will be opened in May 2021.", "promise", "A new hub"),
    ("Patients will have access to a named GP.", "promise", "Patients"),
    ("Work will start in June 2021.", "promise", "Work"),
    ("There will be a new clinic in the town.", "promise", ""),
    ("The Trust has begun the work and will finish it in June.", "promise", "The Trust"),
    ("We are fully committed to improving care.", "promise", "We"),
    ("The partners have agreed to merge their teams.", "promise", "The partners"),
    ("Our ambition for 2025 is that every child has a dentist.", "aim", "Our"),
    ("The strategy aims to halve the waiting list.", "aim", "The strategy"),
    ("• Aim to reduce falls", "aim", ""),
    ("The Council and the Trust plan to move the ward.", "plan", "The Council and the Trust"),
    ("The ward is due to open in autumn 2019.", "plan", "The ward"),
    ("We will review whether the hub is needed.", "promise", "We"),
    ("The report will be published in May.", "promise", "The report"),
    ("The care home team (CHT) will visit each home.", "promise", "The care home team (CHT)"),
    ("It has a plan which will be renewed in the first part of 2021.", "promise", "a plan"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "strength", "who"), PROMISES)
def test_what_promises_is_told_with_who_says_it(text: str, strength: str, who: str) -> None:
    cue = find_cue(text)
    assert isinstance(cue, Cue), cue
    assert (cue.strength, text[slice(*cue.subject)]) == (strength, who)
    assert text[cue.start:cue.end] and not cue.negated


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The Trust will not close any beds.", True),
        ("We won’t charge for parking.", True),
        ("We will no longer use the old site.", True),
        ("From 2021 neither council will charge for it.", True),
        ("No more than ten beds will be moved.", False),
        ("We will not only open a hub but staff it.", False),
    ],
)
def test_a_promise_not_to_do_something_is_told_apart(text: str, negated: bool) -> None:
    cue = find_cue(text)
    assert isinstance(cue, Cue) and cue.negated is negated


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Demand for services will rise by 5%.", "forecast"),
        ("Some patients will have to travel.", "forecast"),
        ("There will be 1,200 more older people.", "forecast"),
        ("Beds will be affected.", "forecast"),
        ("Many fear that the trust will fail.", "forecast"),
        ("It is expected that they will be moved.", "forecast"),
        ("This will enable people to stay at home.", "effect"),
        ("Better training will help staff.", "effect"),
        ("A hub that will help people is open.", "effect"),
        ("This chapter will examine who is most at risk.", "paper"),
        ("The audit aims to describe the service.", "paper"),
        ("If funding is agreed, we will recruit ten nurses.", "condition"),
        ("Subject to approval, we will build it.", "condition"),
        ("Will you open it?", "question"),
        ("The plan says how we will do this.", "question"),
        ("The Act will apply directly to councils.", "rule"),
        ("You will need a form.", "somebody else"),
        ("“We will be fine,” said one respondent.", "somebody’s words"),
        ("A decade is longer than any of us will be here.", "forecast"),
        ("Some carers said that it was late, and are going to ask for more.", "somebody’s words"),
        ("It is recommended that clinics aim for ten visits.", "forecast"),
        ("It is for people whose course will not end yet and will therefore go on.", "forecast"),
        ("We anticipate this work will be taken up.", "forecast"),
        ("Clinics will benefit from the lamps.", "effect"),
        ("These lanes will not be included in any charts.", "paper"),
        ("The list says which huts will be sold.", "question"),
        ("I will never go back there.", "somebody’s words"),
        ("More deaths are due to heart disease.", "forecast"),
        ("The group has an action plan to follow.", "no one who acts"),
        ("We had planned to open a ward.", "no cue"),
        ("The team wrote the plan in 2016.", "no cue"),
        ("We might plan to open one.", "not said so"),
    ],
)
def test_what_only_looks_like_a_promise_is_none(text: str, said: str) -> None:
    assert find_cue(text) == said


@pytest.mark.parametrize(
    ("text", "words", "due"),
    [
        ("We will open by March 2024.", "by March 2024", "2024-03"),
        ("Done by 31st March 2021.", "by 31st March 2021", "2021-03-31"),
        ("Done by 31/03/2021.", "by 31/03/2021", "2021-03-31"),
        ("It opens by 2023/24.", "by 2023/24", "2024-03"),
        ("It opens by the start of 2019/20.", "by the start of 2019/20", "2019-04"),
        ("By the end of 2020 we will move.", "By the end of 2020", "2020"),
        ("It ends in Q3 2019/20.", "in Q3 2019/20", "2019-12"),
        ("Done by the last quarter of 2019/20.", "by the last quarter of 2019/20", "2020-03"),
        ("Ready by summer 2021.", "by summer 2021", "2021"),
        ("We will do so within two years.", "within two years", "2020-06"),
        ("Over the next 18 months we will.", "Over the next 18 months", "2019-12"),
        ("Next year we will move.", "Next year", "2019"),
        ("Open by April.", "by April", YEAR_NOT_STATED),
        ("In 2015 we agreed to open from 2021.", "from 2021", "2021"),
        ("In 2019 we will start, and end by 2022.", "by 2022", "2022"),
        ("From 2016-2021 it will be built.", "From 2016-2021", "2021"),
    ],
)
def test_by_when_is_given_as_printed_and_as_a_date(text: str, words: str, due: str) -> None:
    found = find_deadline(text, "2018-06")
    assert found and (text[found.start:found.end], found.due) == (words, due)


@pytest.mark.parametrize(
    "text",
    ["We will open it.", "It opened in May 2018.", "Seen within 18 weeks.",
     "In 2010 it was worse.", "by 2,020 people", "We may by chance.", "by 20%"],
)  # fmt: skip
def test_what_is_no_date_to_come_is_none(text: str) -> None:
    assert find_deadline(text, "2018-06") is None


def test_a_year_that_is_left_open_is_counted_from_publication_alone() -> None:
    text = "within two years"
    dues = [find_deadline(text, published) for published in ("2018", "2018-06-30", "")]
    assert [found and found.due for found in dues] == ["2020", "2020-06", YEAR_NOT_STATED]


def test_a_cell_that_is_a_date_is_one() -> None:
    found = find_due("Mar 2020", "2018")
    assert found and (found.start, found.end, found.due) == (0, 8, "2020-03")
    assert find_due("Ongoing") is None


def test_every_phrase_of_the_list_is_found() -> None:
    words = read_words()
    for phrase in words.strengths:
        if phrase.endswith((" to", " for", " of", " that", " towards")):
            match = words.cue.search(f"They {phrase} it")
            assert match and words.name_phrase(match["phrase"]) == phrase
