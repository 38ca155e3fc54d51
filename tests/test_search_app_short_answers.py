"""The short answer is a span of the quotation, of the kind wanted, or there is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.answering.answer_finders import FINDERS
from search_app.answering.question_words import KINDS
from search_app.answering.questions import understand
from search_app.answering.short_answers import find_short_answer, kind_fits

ANSWERED = [
    # figures
    ("How many staff work for the trust?", "The trust has 3,500 staff and a budget of £90m.",
     "3,500 staff"),
    ("How many acute beds are there?", "In 2019/20 there were 42 acute beds on page 7.",
     "42 acute beds"),
    ("How many hubs will open?", "By March 2024 we will open six hubs and 12 clinics.", "six hubs"),
    ("How many hubs are open?", "All of the three hubs are open, in band 5.", "three hubs"),
    ("How many times does the panel meet?", "The panel meets twice before winter.", "twice"),
    ("What is the number of the helpline?", "Ring our helpline on 01234 567 890.",
     "01234 567 890"),
    ("How many nurses are new?", "Table 3 shows that at least 120 nurses are new.",
     "at least 120 nurses"),
    ("agency ceiling?", "Our agency ceiling was set at £4.9m.", "£4.9m"),
    ("agency ceiling?", "The agency ceiling is £4.9m, and 2% of pay is spent.", "£4.9m"),
    ("How far is the hospital?", "The hospital is 12 miles away.", "12 miles"),
    ("How many of the wards are full?", "Of 40 wards about 85% are full.", "about 85%"),
    # money
    ("What is the budget for dentistry?", "Of £1.2 billion the dentistry budget takes £45 million.",
     "£45 million"),
    ("How much does a carer cost?", "A carer costs £12,000 a year.", "£12,000 a year"),
    ("How much was saved?", "We saved £4-5m in 2018.", "£4-5m"),
    # percentages
    ("What percentage of staff left?", "Of 300 staff 3.5% left.", "3.5%"),
    ("What proportion of children are overweight?", "One in four children is overweight.",
     "One in four"),
    ("What share of visits is at home?", "About two-thirds of visits are at home.",
     "About two-thirds"),
    ("What is the uptake?", "Uptake was 40 to 45 per cent.", "40 to 45 per cent"),
    # dates and periods
    ("When will the hub open?", "The hub will open by March 2024.", "by March 2024"),
    ("When was the plan agreed?", "The board agreed the plan on 3 May 2017 in public.",
     "3 May 2017"),
    ("What year was the merger?", "The merger took place on 1 April 2019.", "2019"),
    ("Which year does the plan cover?", "This plan covers 2019/20.", "2019/20"),
    ("How long do patients wait?", "Since 2015 patients are seen within 18 weeks.",
     "within 18 weeks"),
    ("opening hours", "The desk is staffed Monday to Friday 9am-5pm.", "Monday to Friday 9am-5pm"),
    ("How often does the forum meet?", "The forum meets every month in Northmoor.", "every month"),
    ("When was the infirmary built?", "The infirmary was built in 1871.", "1871"),
    # people and roles
    ("Who chairs the board?", "The board is chaired by Dr Ann B. Other.", "Dr Ann B. Other"),
    ("Who leads urgent care?", "Chief Executive Sam Sample leads urgent care.", "Sam Sample"),
    ("What is Sam Sample's job title?", "Sam Sample, Director of Nursing and Quality, spoke.",
     "Director of Nursing and Quality"),
    ("Who signs off the budget?", "The budget is signed off by the finance director.",
     "finance director"),
    ("Who approves the plan?", "The plan is approved by the governing body.", "the governing body"),
    # organisations
    ("Which trust runs the clinics?",
     "Clinics in Anyshire are run by Northmoor Community NHS Trust.",
     "Northmoor Community NHS Trust"),
    ("Which council pays?", "Southmoor County Council pays half of it.",
     "Southmoor County Council"),
    ("Which organisation regulates care homes?", "Care homes are regulated by the CQC.", "CQC"),
    # places
    ("Where is the birth centre?", "The birth centre is in Southmoor.", "Southmoor"),
    ("Where can I get a jab?", "Jabs are given at Northmoor Library, West Street.",
     "Northmoor Library, West Street"),
    ("What is the postcode?", "Write to us at 1 West Street, Northmoor NM1 2AB.", "NM1 2AB"),
    ("Which area does the plan cover?", "The plan covers the whole of Anyshire.",
     "the whole of Anyshire"),
    # definitions
    ("What does ICS stand for?", "Our Integrated Care System (ICS) began in 2018.",
     "Integrated Care System"),
    ("MDT?", "Each case goes to the MDT (multidisciplinary team).", "multidisciplinary team"),
    ("What is the PCN?", "PCN stands for Primary Care Network.", "Primary Care Network"),
    ("What is a virtual ward?", "A virtual ward is a way to look after people at home.",
     "a way to look after people at home"),
    # reasons
    ("Why was the ward closed?", "The ward was closed because of a lack of midwives.",
     "a lack of midwives"),
    ("Why did costs rise?", "Costs rose due to higher prices, which nobody foresaw.",
     "higher prices"),
    ("Why was the hub built?", "The hub was built in order to shorten waits.", "to shorten waits"),
    # ways
    ("How will waits be cut?", "Waits will be cut by opening clinics on Saturdays.",
     "by opening clinics on Saturdays"),
    # lists
    ("What are the priorities?", "Our priorities are prevention, primary care and mental health.",
     "prevention, primary care and mental health"),
    ("Which illnesses are covered?", "It covers long-term illnesses such as asthma and diabetes.",
     "asthma and diabetes"),
    ("What are the aims?", "The aims are: fewer falls; shorter stays; and happier staff.",
     "fewer falls; shorter stays; and happier staff"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "quotation", "answer"), ANSWERED)
def test_the_short_answer_is_the_span_of_the_kind_wanted(
    question: str, quotation: str, answer: str
) -> None:
    understood = understand(question)
    span = find_short_answer(quotation, understood)
    assert span and quotation[slice(*span)] == answer
    assert kind_fits(quotation, understood)


NOT_ANSWERED = [
    ("How many staff work for the trust?", "The trust was founded in 2009 by many people."),
    ("How many beds were there in ward 7?", "Ward 7 had beds."),
    ("How many wards are full?", "This one is full, see table 2 and level 3."),
    ("How many objectives are there?", "3. The objectives are in section 4."),
    ("How much does it cost?", "It costs 12 weeks of work."),
    ("What percentage left?", "About 30 left for a third party."),
    ("When does it open?", "It opens with 20 beds."),
    ("When did the 2019 plan start?", "The 2019 plan has started."),
    ("Who is in charge?", "Nobody said so. Monday was quiet."),
    ("Which trust is it?", "Trust is good."),
    ("Where is the clinic?", "The clinic is in good shape in March."),
    ("What does ICS stand for?", "The ICS meets in May."),
    ("Why was it closed?", "It was closed."),
    ("How will waits be cut?", "Waits will be cut by 2024."),
    ("What are the aims?", "The aims come later."),
]


@pytest.mark.parametrize(("question", "quotation"), NOT_ANSWERED)
def test_where_nothing_is_of_the_kind_there_is_no_short_answer(
    question: str, quotation: str
) -> None:
    understood = understand(question)
    assert find_short_answer(quotation, understood) is None
    assert not kind_fits(quotation, understood)


@pytest.mark.parametrize(
    "question",
    ["Is the ward open?", "What is the policy on visiting?", "Compare the two plans"],
)
def test_a_statement_has_no_short_answer_and_may_be_in_any_words(question: str) -> None:
    understood = understand(question)
    assert find_short_answer("The ward has 12 beds.", understood) is None
    assert kind_fits("The ward has 12 beds.", understood)


MANY = [
    ("How many clinics did we lose?", "Then 12 clinics closed and 30 nurses left.", "12 clinics"),
    ("How many wards are open?", "Of 40 wards 25 are open.", "25"),
    ("How many surgeries have joined?", "61 of 115 surgeries have joined.", "61 of 115 surgeries"),
    ("How many volunteers are there?", "Volunteers, nine of them, are aged between 13 and 18.",
     "nine"),
    ("How many care homes had a visit?", "In June 96 people were ill.", None),
    ("How many patients were seen?", "In June 96 people were seen.", "96"),
    ("Which month did beds close and open?", "Beds closed in May, opened in July.", None),
    ("How many clinics are there, and how many were there?", "There are 12 clinics.", None),
    ("When will the hub open?", "The plan for 2019/20 says that the hub will open.", None),
    ("Which year does the plan cover?", "It is the plan for 2019/20.", "2019/20"),
    ("What time does the desk open?", "Callers to the desk are seen within two hours.", None),
    ("How long is the wait?", "The wait began in 2017.", None),
    ("Who can help?", "A law is before Parliament.", None),
    ("How will waits be cut?", "Waits will be cut by half.", None),
]  # fmt: skip


@pytest.mark.parametrize(("question", "quotation", "answer"), MANY)
def test_of_several_spans_the_right_one_is_given_or_none(
    question: str, quotation: str, answer: str | None
) -> None:
    span = find_short_answer(quotation, understand(question))
    assert (quotation[slice(*span)] if span else None) == answer


ROW = "Midwives, north\t31 WTE\t47 WTE\tHead of Midwifery\tTwo open days"
HEADER = "Staff group\tIn post, May 2020\tNeeded by May 2023\tOwner\tHow"


@pytest.mark.parametrize(
    ("question", "header", "answer"),
    [
        ("How many WTE midwives are needed by 2023?", HEADER, "47 WTE"),
        ("How many WTE midwives were in post in 2020?", HEADER, "31 WTE"),
        ("How many WTE midwives are there?", HEADER, None),
        ("How many WTE midwives are needed by 2023?", "", None),
        ("How many WTE midwives are needed by 2023?", "Needed\tIn post", None),
        ("Who owns the risk of too few midwives?", HEADER, "Head of Midwifery"),
    ],
)
def test_in_a_row_the_header_tells_the_cell(
    question: str, header: str, answer: str | None
) -> None:
    span = find_short_answer(ROW, understand(question), header=header)
    assert (ROW[slice(*span)] if span else None) == answer


def test_a_cell_of_names_is_the_answer_whole_where_its_header_says_of_what_they_are() -> None:
    row, header = "Heather House\tPeople First\t£4m", "Site\tOwner\tCost"
    span = find_short_answer(row, understand("Who owns Heather House?"), header=header)
    assert span and row[slice(*span)] == "People First"


def test_the_best_sentence_goes_before_the_rest_of_the_quotation() -> None:
    quotation = "The desk took 30 calls. It took 40 letters. Callers wait."
    asked = understand("How many did it take?")
    best = quotation.index("It"), quotation.index(" Callers")
    span = find_short_answer(quotation, asked, best)
    assert span and quotation[slice(*span)] == "40 letters"
    silent = quotation.index("Callers"), len(quotation)
    assert find_short_answer(quotation, asked, silent) is None
    assert find_short_answer("It took 40 letters. Callers wait.", asked, (20, 33)) == (8, 18)


def test_no_span_reaches_over_cells_or_lines() -> None:
    for text in ("Sickness\tfalls, stays\tand waits", "• falls, stays\n• and waits"):
        span = find_short_answer(text, understand("What are the aims?"))
        assert span is None or not {"\t", "\n"} & {*text[slice(*span)]}


def test_of_several_spans_the_one_nearest_to_the_telling_words_is_taken() -> None:
    quotation = "Midwifery got £3m, dentistry £4m and the ambulance service £5m."
    spans = [find_short_answer(quotation, understand(f"How much money did {service} get?"))
             for service in ("midwifery", "dentistry")]  # fmt: skip
    assert [span and quotation[slice(*span)] for span in spans] == ["£3m", "£4m"]


PIECES = st.sampled_from(
    "The the Trust (ICS) £4.9m 3,500 12% 2019/20 by because and , . : ; – is a of in Northmoor"
    " Director to March one weeks".split()
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=30), st.sampled_from(range(len(ANSWERED))))
@settings(max_examples=100, deadline=None)
def test_any_text_has_a_span_within_it_or_none(pieces: list[str], asked: int) -> None:
    text = " ".join(pieces)
    span = find_short_answer(text, understand(ANSWERED[asked][0]))
    assert span is None or 0 <= span[0] < span[1] <= len(text)
    assert span is None or text[slice(*span)].strip() == text[slice(*span)]


def test_every_kind_that_has_finders_is_one() -> None:
    assert {*FINDERS} <= {*KINDS}
