"""A hundred searches with the awkward words of health plans: each finds what a person expects."""

from __future__ import annotations

import pytest

from index.expansion import expand
from index.highlight import find_matches
from index.names import Names, read_thesaurus
from index.query_parser import understand_query
from index.schema import SEARCHED_FIELDS
from index.search import Searcher
from tests.factories import make_document, make_searcher

EXPECTED: dict[str, tuple[list[str], list[str]]] = {
    # what is typed: sentences that it finds, sentences that it does not
    "A&E": (
        ["Waits at A&E grew.", "Waits at A & E grew.", "Two A&Es closed.", "The A&E’s beds.",
         "The emergency department is full.", "Go to accident and emergency.",
         "Accident & Emergency was busy.", "An A and E department."],
        ["A plan and a budget.", "E is a letter.", "AE is short."],
    ),
    "a&e": (["Waits at A&E grew."], ["A plan."]),
    "A & E": (["Waits at A&E grew.", "Waits at A & E grew."], ["A plan."]),
    "A and E": (["Waits at A&E grew.", "An A and E department."], ["Site E opens."]),
    '"A&E"': (["Waits at A&E grew.", "A & E is open."], ["The emergency department is full."]),
    "accident and emergency": (["Waits at A&E grew.", "Accident & emergency."], ["An accident."]),
    "emergency department": (["Waits at A&E grew."], ["The department met in May."]),
    "casualty department": (
        ["She went to the casualty department.", "Waits at A&E grew."], ["A casualty of war."]
    ),
    "R&D": (["The R&D office.", "The R & D office.", "Research and development pays."],
            ["R is a language."]),
    "R & D": (["The R&D office.", "R and D is funded."], ["A and E is busy."]),
    "research and development": (["The R&D office."], ["Research is done."]),
    "Q&A": (["A Q&A follows.", "A Q & A follows."], ["Question time."]),
    "0-19": (["The 0-19 service.", "The 0–19 service.", "Ages 0 to 19."],
             ["Room 19 is free.", "19 beds."]),
    "0–19": (["The 0-19 service.", "The 0–19s are seen."], ["0 beds in 19 rooms."]),
    "19": (["Room 19 is free."], ["The 0-19 service.", "In 2019 it opened."]),
    "16-17": (["Those aged 16-17.", "Those aged 16–17.", "Those aged 16 to 17."],
              ["16 beds and 17 chairs.", "In 2016/17 it closed."]),
    "16 to 17": (["Those aged 16-17.", "16 to 17 year olds."], ["From 16 wards to 17."]),
    "65+": (["People aged 65+.", "People aged 65 and over.", "The over 65s."], ["65 beds."]),
    "65 and over": (["People aged 65+.", "People aged 65 and over."], ["66 beds."]),
    "2019/20": (["The 2019/20 plan.", "The 2019-20 plan.", "The 2019–20 plan.",
                 "The 2019/2020 plan."], ["20 plans.", "The 2020/21 plan."]),
    "2019-20": (["The 2019/20 plan."], ["The 2019/21 plan."]),
    "2019-2020": (["The 2019/20 plan."], ["2018 was cold."]),
    "2019": (["The 2019/20 plan.", "In 2019 it opened.", "By 31/03/2019."], ["Bed 20190."]),
    "2020": (["In 2020 it opened.", "A plan for 2016-2020."], ["The 2019/20 plan."]),
    "19/20": (["The 2019/20 plan.", "The 19/20 plan."], ["19 or 20 plans."]),
    "2016-2021": (["The plan for 2016-2021.", "The plan for 2016–21."], ["The plan for 2016."]),
    "2010s": (["In the 2010s.", "In 2010s plans."], ["In 2011."]),
    "24/7": (["Open 24/7.", "Open seven days a week.", "Staffed round the clock."],
             ["24 beds, 7 wards."]),
    "£4.9m": (["It saves £4.9m.", "It saves £4.9 million.", "It saves £4,900,000."],
              ["It saves £4.8m.", "Item 4.9 of the agenda.", "£9m."]),
    "£4.9 million": (["It saves £4.9m.", "It saves £4.9 million."], ["A million, or £4.8m."]),
    "4.9m": (["It saves £4.9m.", "4.9 million people."], ["9m people."]),
    "£4.9": (["It saves £4.9 million."], ["It saves £4.8 million."]),
    "£1,200,000": (["A cost of £1.2m.", "A cost of £1,200,000.", "A cost of £1200000."],
                   ["£1,200 each.", "£2m."]),
    "£1.2m": (["A cost of £1,200,000.", "A cost of £1.2 million."], ["A cost of £1,200."]),
    "£2bn": (["A gap of £2 billion.", "A gap of £2bn."], ["A gap of £2m."]),
    "£250k": (["A grant of £250,000.", "A grant of £250k."], ["A grant of £250."]),
    "£3": (["It costs £3."], ["It costs £30.", "It costs £3.50."]),
    "3.0%": (["Sickness is 3.0%.", "Sickness is 3%.", "Sickness is 3.0 per cent."],
             ["3 wards, 0 beds.", "Sickness is 30%."]),
    "3%": (["Sickness is 3%.", "Sickness is 3 per cent.", "Sickness is 3 percent."],
           ["Sickness is 4%."]),
    "3 per cent": (["Sickness is 3%."], ["Sickness is 4 per cent."]),
    "1,234": (["1,234 beds.", "1234 beds."], ["1 or 234 beds."]),
    "1234": (["1,234 beds."], ["12,345 beds."]),
    "1st": (["On the 1st of May."], ["1 bed."]),
    "Q3": (["In Q3 it fell.", "In quarter 3 it fell.", "In the third quarter."], ["3 beds."]),
    "quarter 3": (["In Q3 it fell."], ["In Q4 it fell."]),
    "Band 8a": (["A band 8a nurse.", "Band 8A posts."], ["A band 8b nurse.", "Band 8 posts."]),
    "NHS111": (["Call NHS 111.", "Call NHS111."], ["The NHS has 112 trusts."]),
    "NHS 111": (["Call NHS111.", "Call NHS 111.", "The 111 service."], ["The NHS is old."]),
    "COVID-19": (["COVID-19 came.", "Covid 19 came.", "Covid19 came.", "Coronavirus came."],
                 ["19 came."]),
    "covid": (["COVID-19 came."], ["Flu came."]),
    "covid19": (["COVID-19 came."], ["19 came."]),
    "H1N1": (["H1N1 flu."], ["H1 and N1."]),
    "type-2 diabetes": (["Type 2 diabetes.", "Type-2 diabetes."], ["Type 1 diabetes."]),
    "STP": (["The STP board.", "STPs met.", "The Sustainability and Transformation Partnership."],
            ["Transformation is slow."]),
    "stps": (["The STP board.", "STPs met."], ["Steps were taken."]),
    "sustainability and transformation partnership": (["The STP board."], ["A partnership."]),
    "ICS": (["The ICS board.", "Our integrated care system.", "ICSs differ."],
            ["Care in a system.", "The ICB met."]),
    "integrated care system": (["The ICS board.", "Integrated care systems."], ["The ICB met."]),
    "ICB": (["The ICB met.", "The Integrated Care Board met."], ["The ICS met."]),
    "icbs": (["The ICB met.", "ICBs met."], ["The ICS met."]),
    "STP/ICS": (["The STP/ICS board."], ["The ICS board alone."]),
    "GP": (["A GP.", "GPs.", "The GP’s list.", "General practitioners.", "Her family doctor."],
           ["A practice.", "A doctor."]),
    "GPs": (["A GP.", "GPs."], ["Groups."]),
    "gps": (["A GP.", "GPs."], ["Groups."]),
    "general practitioner": (["GPs."], ["A general."]),
    "care home": (["Care homes.", "Residential care.", "A nursing home."], ["Home."]),
    "nursing homes": (["Care homes."], ["Nursing."]),
    "PCN": (["The PCN.", "Primary care networks."], ["Care networks."]),
    "SEND": (["The SEND review.", "Special educational needs and disabilities."], ["A review."]),
    "send letters": (["We send letters."], ["Special educational needs letters."]),
    "WHO guidance": (["WHO guidance."], ["Guidance on whom to ask."]),
    "Derby and Derbyshire": (["Derby and Derbyshire.", "Derbyshire with Derby."], ["Derby."]),
    "Derby": (["Derby City."], ["Derbyshire."]),
    "trust's": (["The Trust’s plan.", "The trust's plan.", "The trust plans."], ["Truth."]),
    "Trust’s": (["The trusts’ plans.", "The trust's plan."], ["A thrust."]),
    '"trust\'s plan"': (["The Trust’s plan."], ["The trust plan."]),
    "children's": (["Children’s care.", "A child.", "Children."], ["Childhood asthma."]),
    "child": (["Children play."], ["Chilled food."]),
    "women": (["A woman.", "Women’s health."], ["Men."]),
    "office": (["An o\ufb03ce.", "Offices."], ["Officers."]),
    "finance": (["The \ufb01nances."], ["Final."]),
    "flow": (["Patient \ufb02ow."], ["Low."]),
    "wellbeing": (
        ["Well\u00adbeing.", "Well-being.", "Wellbeing.", "Well being."],
        ["Well.", "They may well be."],
    ),
    "well-being": (["Wellbeing.", "Well being."], ["Being well."]),
    "integrated": (["An inte\u00adgrated team."], ["An intern."]),
    "café": (["A cafe.", "A cafe\u0301."], ["A cave."]),
    "naïve": (["A nai\u0308ve view.", "Naive."], ["Native."]),
    "beds": (["\uf0b7 Beds", "• beds", "beds/wards", "(beds)", "‘beds’", "bed-based"], ["Bad."]),
    "organisation": (["Organizations.", "Organisations."], ["Organs."]),
    "organization": (["The organisation."], ["An organ."]),
    "centre": (["A health center.", "Centres."], ["A cent."]),
    "center": (["A health centre."], ["The century."]),
    "programme": (["Programs.", "Programmes."], ["Progress."]),
    "behavior": (["Behaviour.", "Behavioural."], ["Behave."]),
    "pediatrics": (["Paediatrics."], ["Geriatrics."]),
    "ageing": (["Aging well."], ["An agency."]),
    "enrolment": (["Enrollment."], ["Roles."]),
    "specialised": (["Specialized care."], ["Species."]),
    "judgement": (["A judgment."], ["A jug."]),
    "vacancies": (["A vacancy."], ["Vacated."]),
    "commissioning": (["We commission.", "Commissioned."], ["Commas."]),
    "plans": (["Planned.", "Planning."], ["Plants."]),
    "spent": (["We spend.", "Spending."], ["Spam."]),
    "severe": (["Severe pain."], ["Several pains."]),
    "authority": (["Authorities."], ["The author."]),
    "minority": (["Minorities."], ["Minor injuries."]),
    "emergency": (["Emergencies."], ["Emerging themes."]),
    "universe": (["The universe."], ["The university."]),
    "policy": (["Policies."], ["The police."]),
    "organ": (["Organ donors."], ["An organisation."]),
    "self-harm": (["Self-harm.", "Self harm.", "Selfharm.", "Self\u2011harm."], ["Harm."]),
    "self harm": (["Self-harm."], ["Harmless."]),
    "selfharm": (["Self-harm."], ["Harm."]),
    "co-production": (["Coproduction.", "Co-production.", "Co production."], ["Production."]),
    "coproduction": (["Co-production."], ["Products."]),
    "e-mail": (["Email us.", "E-mail us."], ["Mail."]),
    "email": (["E-mail us."], ["Mail."]),
    "follow-up": (["A follow up.", "A followup.", "Follow-ups."], ["Up."]),
    "long-term": (["Long term plans.", "Long-term."], ["Terms."]),
    "multi-disciplinary": (["Multidisciplinary teams."], ["Disciplinary action."]),
    "in-patient": (["Inpatients."], ["Outpatients."]),
}  # fmt: skip


def test_there_are_a_hundred() -> None:
    assert len(EXPECTED) >= 100


@pytest.mark.parametrize("typed", EXPECTED)
def test_the_highlighter_finds_what_a_person_expects(typed: str) -> None:
    tree = expand(understand_query(typed).tree, typed, Names(read_thesaurus(), (), ())).tree
    for found, sentences in zip((True, False), EXPECTED[typed]):
        for sentence in sentences:
            marked = find_matches(sentence, dict.fromkeys(SEARCHED_FIELDS, ""), tree)
            assert bool(marked) is found, sentence


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    sentences = {each for lists in EXPECTED.values() for each in (*lists[0], *lists[1])}
    text = "".join(f"# §\n{sentence}\n" for sentence in sorted(sentences))
    return make_searcher(tmp_path_factory.mktemp("awkward"), make_document("all.txt", text))


@pytest.mark.parametrize("typed", EXPECTED)
def test_the_engine_finds_what_a_person_expects(typed: str, searcher: Searcher) -> None:
    hits = searcher.all_hits(understand_query(typed)).hits
    found = {hit.passage.text.removeprefix("§\n"): hit.matches for hit in hits}
    expected, unexpected = EXPECTED[typed]
    assert set(expected) <= set(found) and not set(unexpected) & set(found)
    assert all(found.values())
