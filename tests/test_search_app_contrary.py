"""A sentence about others than the question, or about what is only to be, is no answer to it."""

from __future__ import annotations

import pytest

from search_app.answering.answer_contacts import find_contact
from search_app.answering.contrary import find_contrary, find_lacking, is_foretold
from search_app.answering.questions import understand
from search_app.answering.short_answers import find_short_answer

SPEAKS = "the nearest speaks of “{}”, and the question of “{}”"


@pytest.mark.parametrize(
    ("question", "text", "around", "contrary"),
    [
        ("How long do children wait for a hearing test?", "Adults wait nine weeks.", "",
         SPEAKS.format("Adults", "children")),
        ("How long do children wait?", "Adults wait nine weeks, children six.", "", ""),
        ("How long do children wait?", "Adults wait nine weeks.", "Services for children", ""),
        ("How long do children and adults wait?", "Adults wait nine weeks.", "", ""),
        ("Can a child come? How long is the wait?", "Adults wait nine weeks.", "", ""),
        ("What do nurses in band 6 earn?", "Nurses in band 5 earn less.", "",
         SPEAKS.format("band 5", "band 6")),
        ("What do nurses in band 6 earn?", "Nurses in bands 5 earn less.", "Band 6", ""),
        ("What do nurses in band 6 earn?", "In band 5, and in band 6, they earn more.", "", ""),
        ("Who came on 3 of 12 days?", "Four came on 3 of 14 days.", "", ""),
        ("How many waited in May 2020?", "In May 1,870 waited.", "", ""),
        ("What is the phone number of the ward?", "The ward has a phone.", "",
         "the nearest gives no telephone number"),
        ("What is the phone number of the ward?", "Ring 01332 000 000.", "", ""),
        ("What is the email address of the team?", "Write to team@example.nhs.uk.", "", ""),
        ("Where is the south ward?", "It is in the north wing.", "",
         SPEAKS.format("north", "south")),
        ("Who cares in West Sussex?", "Carers Support is in East Grinstead.", "", ""),
        ("How many emergency admissions?", "Non-elective admissions: 34,000", "", ""),
        ("Is it open to men?", "It is open to all; women may ask for a nurse.", "", ""),
        ("How many children aged 0-15 are poor?", "3,500+ are poor.", "", ""),
        ("How many people over 65 fall?", "Over 200 people fall each year.", "", ""),
        ("How many people over 75 fell?", "Those aged 70-74 nine, 75-79 ten.", "", ""),
        ("How many have dementia aged 65 and over?", "Between 10 and 12 in a hundred.", "", ""),
        ("What does a band 7 nurse earn?", "Nurses in bands 5-8 earn more.", "", ""),
        ("Who runs tier 4?", "Tier 3/4 is run by the trust, tier 2 by the council.", "", ""),
        ("Who runs tier 3?", "Tiers 2 and 3 are run by the trust.", "", ""),
        ("Who has type 2?", "Those with type II diabetes.", "", ""),
        ("How many smoked in 2015?", "Since 2010 the number has fallen to 14.", "", ""),
        ("How many smoked in 2015?", "In 2010 it was 20.", "Smoking, 2010 to 2015", ""),
        ("I rang the phone number. Who leads the clinic?", "Ann Example leads it.", "", ""),
        ("How many have a phone number on record?", "45 of them.", "", ""),
        ("What is phase two for?", "The first phase is for wards.", "",
         SPEAKS.format("first phase", "phase two")),
        ("What is phase two for?", "It is for wards.", "", ""),
        ("Who has stage 3b disease?", "Ten have stage 3a disease.", "",
         SPEAKS.format("stage 3a", "stage 3b")),
        ("How many of those over 75 fell?", "Nine people aged 16-24 fell.", "",
         SPEAKS.format("aged 16-24", "those over 75")),
        ("How many of those over 75 fell?", "Nine people of 65+ fell.", "", ""),
        ("How many of working age fell?", "Nine people aged 80 and over fell.", "",
         SPEAKS.format("aged 80 and over", "working age")),
        ("How many of 14-year-olds fell?", "Nine of those under 18 fell.", "", ""),
        ("How many fell in 2019/20?", "In 2017/18 nine fell.", "",
         SPEAKS.format("2017/18", "2019/20")),
        ("How many fell in 2019/20?", "In 2017/18 nine fell, in 2019/20 ten.", "", ""),
        ("What was decided in 2019?", "By 2025 wards will close.", "", ""),
        ("What is the name of the ward sister?", "The ward sister came in May.", "",
         "the nearest gives no name"),
        ("What is the name of the ward sister?", "The ward sister is Ann Example.", "", ""),
    ],
)  # fmt: skip
def test_what_a_quotation_says_of_others_is_told(
    question: str, text: str, around: str, contrary: str
) -> None:
    assert find_contrary(understand(question), text, around) == contrary


@pytest.mark.parametrize(
    ("question", "sentence", "foretold"),
    [
        ("What did the survey find?", "The survey will report in June.", True),
        ("What did the survey find?", "The survey was to report in June.", False),
        ("What did the survey find?", "The survey found that wards will be full.", False),
        ("Has the clinic been opened?", "The clinic is to open in June.", True),
        ("How many people has the clinic treated?", "It will treat 90 people.", True),
        ("How many beds has the clinic?", "It will have 90 beds.", False),
        ("What will the survey find?", "The survey will report in June.", False),
        ("What was the target?", "We will have 90 beds.", False),
        ("I did wait. When do they open?", "They will open at nine.", False),
        ("What did the board decide?", "Wards will close.", False),
        ("What did the review recommend?", "The review will report in June.", True),
        ("What has been agreed about wards?", "Wards will close.", False),
    ],
)
def test_what_is_to_be_is_told_from_what_came_of_it(
    question: str, sentence: str, foretold: bool
) -> None:
    assert is_foretold(understand(question), sentence) is foretold


@pytest.mark.parametrize(
    ("question", "text", "short"),
    [
        ("What is the telephone number of the ward?", "Ward 12 can be rung on 01332 123 456.",
         "01332 123 456"),
        ("Which number do I call at night?", "At night call 111, and 999 if life is in danger.",
         "111"),
        ("ward 12 phone no?", "Ring 01332 000000 for ward 12.", "01332 000000"),
        ("What number should I ring?", "Ring +44 1332 123456 between 9 and 5.", "+44 1332 123456"),
        ("What is their email address?", "Write to a.team@example.org by 3 May.",
         "a.team@example.org"),
        ("Which website has the form?", "The form is at www.example.org/forms.",
         "www.example.org/forms"),
        ("What is the web address?", "See example.nhs.uk/join, not team@example.org.",
         "example.nhs.uk/join"),
        ("How many phones has the ward?", "The ward has 12 phones.", "12 phones"),
    ],
)  # fmt: skip
def test_a_contact_detail_is_a_short_answer(question: str, text: str, short: str | None) -> None:
    found = find_short_answer(text, understand(question))
    assert (text[slice(*found)] if found else None) == short


@pytest.mark.parametrize(
    "question", ["How many people did the ward ring?", "What number of people call the helpline?"]
)
def test_a_count_of_calls_is_no_contact_detail(question: str) -> None:
    assert find_contact(question) is None


@pytest.mark.parametrize(
    ("question", "text", "lacking"),
    [
        ("How many beds has ward 12?", "Ward 12 is full.", "the nearest gives no figure"),
        ("How many beds has ward 12?", "Ward 12 has 30 beds.", ""),
        ("How many beds has ward 12?", "Half of them are full.", ""),
        ("How much did the wards cost?", "It was 30 beds.", "the nearest gives no sum of money"),
        ("% of beds in use", "They are all in use.", "the nearest gives no percentage"),
        ("When do they open?", "They open for all.", "the nearest gives no date or time"),
        ("When do they open?", "They open in May 2020.", ""),
        ("Who leads it?", "They open for all.", ""),
        ("What is the rate of falls?", "There were 12.5 falls per 1,000 beds last year.", ""),
        ("What percentage of posts are vacant?", "There are 45 vacancies in 800 posts.", ""),
        ("How much does it cost?", "It is free.", ""),
        ("How often and how many?", "They meet quarterly.", ""),
    ],
)
def test_a_figure_or_time_that_is_not_given_is_told(
    question: str, text: str, lacking: str
) -> None:
    assert find_lacking(understand(question), text) == lacking
