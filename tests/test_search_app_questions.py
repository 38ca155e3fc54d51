"""What is understood of a question: its kind, what it names, and which of its words tell."""

from __future__ import annotations

import configparser
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.library_names import LibraryNames
from search_app.answering.question_words import KINDS, AnswerKind, read_question_words
from search_app.answering.questions import Preference, understand

QUESTIONS: dict[AnswerKind, tuple[str, ...]] = {
    "figure": (
        "How many beds does Anyshire General have? ",
        "how many nurses were recruited last winter",
        "How many people over 75 live in Anyshire?",
        "What is the population of Anyshire?",
        "What was the total number of falls on the wards?",
        "Across how many sites will the new service run?",
        "How old must a child be to use the clinic?",
        "How far do patients travel for dialysis?",
        "Can you tell me how many complaints there were?",
        "What is the target for smoking quitters?",
        "bed capacity",
        "agency ceiling?",
        "number of dentists in Anyshire",
        "The plan names how many care homes?",
    ),
    "money": (
        "How much money was spent on agency staff?",
        "How much does the new urgent care centre cost?",
        "What is the budget for public health?",
        "How much will Anyshire save on medicines?",
        "What was the deficit of the acute trust?",
        "How much funding did hospices receive?",
        "What savings are planned for estates?",
        "How much was invested in community nursing?",
        "What is the capital allocation for Northmoor hospital?",
        "winter funding 2022/23",
        "agency spend",
        "What is the fee for a late prescription?",
    ),
    "percentage": (
        "What percentage of staff had a flu vaccination?",
        "What proportion of residents smoke?",
        "What share of appointments is online?",
        "What is the vacancy rate among midwives?",
        "what was the uptake of bowel screening",
        "What per cent of ambulances arrived in time?",
        "What is the prevalence of diabetes in Anyshire?",
        "sickness absence rate",
        "flu vaccine uptake",
        "What fraction of carers get a break?",
        "In what proportion of cases was the form complete?",
    ),
    "date": (
        "When does the new hospital open?",
        "By when must the plan be published?",
        "What is the deadline for comments?",
        "In which month does the board meet?",
        "What year did the merger happen?",
        "How long do children wait for an autism assessment?",
        "How often does the committee meet?",
        "Until when is the contract extended?",
        "opening hours",
        "CAMHS waiting time target",
        "consultation deadline",
        "What are the opening hours of the walk-in centre?",
        "How soon after a referral is a patient seen?",
        "How many weeks is the programme?",
        "start date of the vaccination programme",
    ),
    "person": (
        "Who chairs the integrated care board?",
        "Who is responsible for safeguarding?",
        "Who can I ring about a lost hearing aid?",
        "Which role leads on infection control?",
        "Which officer signs the annual report?",
        "What is the name of the chief executive?",
        "By whom was the review written?",
        "Whose job is it to check the fridges?",
        "What is Ann Other's job title?",
        "medical director",
        "senior responsible officer for digital",
        "Do you know who the lead governor is?",
    ),
    "organisation": (
        "Which organisations signed the Anyshire concordat?",
        "Which councils pay into the pooled fund?",
        "Which trust runs the community hospitals?",
        "What body regulates care homes?",
        "Which committee oversees quality?",
        "Which charity provides the bereavement service?",
        "What company supplies the record system?",
        "Which team visits people after discharge?",
        "lead commissioner",
        "What are the partner organisations of the alliance?",
        "To which board does the group report?",
    ),
    "place": (
        "Where is the birth centre?",
        "Where can I get a flu jab?",
        "In which town will the hub open?",
        "Which hospital treats strokes?",
        "What is the address of the trust's headquarters?",
        "Which areas have the most deprivation?",
        "What is the location of the minor injuries unit?",
        "Which wards will close?",
        "headquarters address",
        "Please tell me where the clinics are held",
        "From where are patients transferred?",
    ),
    "list": (
        "What are the priorities of the Anyshire plan?",
        "What are the main risks to delivery?",
        "Which services will move out of hospital?",
        "List the objectives of the carers strategy",
        "What are the eligibility criteria for patient transport?",
        "What steps are taken after a serious incident?",
        "Which conditions are screened for at birth?",
        "Name the four workstreams",
        "priorities for 2024",
        "members of the steering group",
        "What were the three aims of the pilot?",
        "Which are the five hubs?",
        "What are the two targets that were missed?",
        "Which three wards will close?",
        "Can you list the outcomes?",
    ),
    "definition": (
        "What does ICB stand for?",
        "What does step-down care mean?",
        "What is a virtual ward?",
        "What is meant by parity of esteem?",
        "What is social prescribing?",
        "What are community connectors?",
        "Define frailty",
        "definition of carer",
        "MDT?",
        "What is the SRO?",
        "What is an urgent treatment centre?",
        "meaning of delayed transfer",
    ),
    "reason": (
        "Why was the ward closed?",
        "Why do so many nurses leave?",
        "What is the reason for the delay?",
        "What caused the overspend?",
        "For what reason did the trust merge?",
        "How come the target was missed?",
        "What was the rationale for moving the clinic?",
        "What is the purpose of the health inequalities fund?",
        "reasons for the increase in referrals",
        "Can you explain why waiting lists grew?",
        "Tell me why the scheme was stopped",
    ),
    "way": (
        "How does the trust plan to recruit midwives?",
        "How will waiting lists be reduced?",
        "How do I register with a dentist?",
        "How can carers ask for an assessment?",
        "How are complaints handled?",
        "How is the quality of food checked?",
        "What is the process for hospital discharge?",
        "What is the procedure for reporting an incident?",
        "how to become a governor",
        "Could you tell me how patients are triaged?",
        "referral process",
    ),
    "yes_no": (
        "Is there a walk-in centre in Southmoor?",
        "Are visitors allowed at night?",
        "Does the plan mention dental care?",
        "Will the maternity unit stay open?",
        "Can carers use the shuttle bus?",
        "Did the board approve the merger?",
        "Has Anyshire met the cancer standard?",
        "Do you know whether parking is free?",
        "Were any beds closed last winter?",
        "Must volunteers have a check?",
        "Tell me if the clinic is open on Sundays",
        "Is the agency ceiling lower than last year?",
    ),
    "policy": (
        "What is the policy on visiting?",
        "What is the position on new pharmacies?",
        "What does the trust say about flexible working?",
        "What is the approach to prevention?",
        "What happens after a patient falls?",
        "What will the alliance do for young carers?",
        "What is the trust's commitment on carbon?",
        "visiting policy",
        "dementia friendly wards",
        "Lone working arrangements",
        "What is the plan for the Northmoor site?",
        "Who can use the shuttle bus?",
        "Who is eligible for a wheelchair?",
        "What effect did the winter have on surgery?",
    ),
    "comparison": (
        "How does spending compare with last year?",
        "What is the difference between a hub and a spoke?",
        "How does Northmoor differ from Southmoor?",
        "Compare waiting times in the two districts",
        "inpatient versus day case costs",
        "What are the differences between the two plans?",
        "Compared to 2018, are there more beds?",
        "How are the two strategies different from each other?",
        "home birth vs hospital birth",
        "In comparison with England, how many smoke?",
        "difference between respite and short breaks",
    ),
}  # fmt: skip
TABLE = [(question, kind) for kind, asked in QUESTIONS.items() for question in asked]


@pytest.mark.parametrize(("question", "kind"), TABLE)
def test_a_question_asks_for_a_kind_of_answer(question: str, kind: AnswerKind) -> None:
    assert understand(question).kind == kind


def test_every_kind_is_asked_for_in_the_table() -> None:
    counts = Counter(kind for _, kind in TABLE)
    assert set(counts) == set(KINDS) and min(counts.values()) >= 11 and len(TABLE) >= 150


@pytest.mark.parametrize(
    ("question", "telling"),
    [
        ("How many beds are there in Anyshire?", "beds Anyshire"),
        ("Can you tell me what the number of falls is, please?", "falls"),
        ("What does ICB stand for?", "ICB"),
        ("What percentage of midwives smoke?", "midwives smoke"),
        ("Please list the aims of the pilot", "aims pilot"),
        ("agency ceiling?", "agency ceiling"),
        ("How much is spent per stay?", "spent per stay"),
        ("Hello, I would like to know who chairs the board", "chairs board"),
        ("What is the reason?", "reason"),
        ("What kind of clinics are there?", "clinics"),
        ("My mother fell. Can she have a carer?", "mother fell she carer"),
        ("?", ""),
        ("", ""),
    ],
)
def test_manners_and_the_frame_of_a_question_do_not_tell(question: str, telling: str) -> None:
    assert " ".join(understand(question).telling_words) == telling


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("My mother fell at home. Where can she get a walking frame?", "place"),
        ("We moved here in May Can we see a dentist", "yes_no"),
        ("As the clinic is closed, who should I ring?", "person"),
        ("What is it? How long does it take?", "date"),
    ],
)
def test_what_is_asked_stands_after_the_story(question: str, kind: AnswerKind) -> None:
    assert understand(question).kind == kind


def test_what_is_asked_is_the_whole_sentence_without_a_long_story_before_it() -> None:
    story = "My mother fell in the U.K. last week, and again today, while she was in the garden."
    asked = "As she is 80 and lives in a flat, where can she get a frame?"
    assert understand(f"{story} {asked}").asked == asked
    assert understand(f"My mother fell. {asked}").asked == f"My mother fell. {asked}"
    assert understand(" agency ceiling? ").asked == "agency ceiling?"


NAMES = LibraryNames(
    ["Anyshire Healthcare NHS Foundation Trust", "Northmoor City Council", "Care Together"],
    ["Anyshire", "Northmoor"],
    [("AHFT", "Anyshire Healthcare NHS Foundation Trust"), ("XYZ", "Unknown")],
)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Does Anyshire Healthcare run clinics?", ["Anyshire Healthcare NHS Foundation Trust"]),
        ("ahft agency ceiling", ["Anyshire Healthcare NHS Foundation Trust"]),
        ("beds in Anyshire’s hospitals", ["Anyshire"]),
        ("beds in anyshire", ["Anyshire"]),
        ("Beds in anyshire", []),
        ("What will Northmoor City Council and Care Together do?",
         ["Northmoor City Council", "Care Together"]),
        ("Northmoor and Anyshire", ["Northmoor", "Anyshire"]),
        ("What does XYZ mean?", []),
    ],
)  # fmt: skip
def test_organisations_and_places_of_the_library_are_preferred(
    question: str, named: list[str]
) -> None:
    found = understand(question, NAMES).preferences
    assert [each.value for each in found] == named
    assert all(question[each.start:each.end] in each.note for each in found)


@pytest.mark.parametrize(
    ("question", "value", "said"),
    [
        ("How many beds were there in 2019/20?", "2019/2020", "2019/20"),
        ("What was spent in 2018?", "2018", "in 2018"),
        ("What changed since March 2018?", "2018-03/..", "since March 2018"),
        ("What was cut before 2020?", "../2019", "before 2020"),
        ("falls between 2016 and 2018", "2016/2018", "between 2016 and 2018"),
        ("winter plan 2021", "2021", "2021"),
        ("What happened on 3 May 2017?", "2017-05-03", "3 May 2017"),
    ],
)
def test_years_are_preferred_as_they_were_said(question: str, value: str, said: str) -> None:
    (found,) = understand(question).preferences
    assert (found.facet, found.value) == ("year", value)
    assert question[found.start:found.end] == said and f"“{said}”" in found.note


def test_a_note_says_how_a_name_was_understood() -> None:
    assert understand("Is Anyshire Healthcare full?", NAMES).preferences == (
        Preference(
            "organisation", "Anyshire Healthcare NHS Foundation Trust", 3, 22,
            "“Anyshire Healthcare” is taken as the organisation"
            " Anyshire Healthcare NHS Foundation Trust, whose documents are preferred.",
        ),
    )  # fmt: skip


WORDS = "what which how many is the of in does ICB mean who, please? . if when 2019/20 £ a Can"


@given(st.lists(st.sampled_from(WORDS.split()) | st.text(max_size=4), max_size=15).map(" ".join))
@settings(max_examples=100, deadline=None)
def test_anything_typed_is_understood_somehow(typed: str) -> None:
    understood = understand(typed, NAMES)
    assert understood.kind in KINDS and set(understood.asked.split()) <= set(typed.split())
    assert all(0 <= start < end <= len(typed) for start, end in understood.telling)


OWN_HEALTH = [
    "I have chest pain, what should I do?",
    "My child has a rash. Is that dangerous?",
    "My husband has had a bad cough for three weeks",
    "Should I take ibuprofen with my blood pressure tablets?",
    "Can I give my daughter paracetamol?",
    "should i see a doctor",
    "I’m feeling dizzy and my back hurts",
    "My baby keeps vomiting, where is the nearest hospital?",
    "I took too many painkillers, I took eight",
    "Do I need to go to A&E?",
    "My father slipped and can’t get up",
    "the baby is blue, I think she has stopped breathing",
    "is it normal to feel tired on statins",
]
NOT_OWN_HEALTH = [
    "What does the plan say about chest pain clinics?",
    "How many people have a rash?",
    "My mother has pain: can she claim a benefit?",
    "How do I complain about my GP?",
    "I have a question about the pain service strategy",
    "What is our policy on antibiotics?",
    "Where can I get a flu jab?",
    "Should I take the bus to the clinic?",
    "My employer asks for a sick note because I have a cough",
    "Which wards have had an infection outbreak?",
    "I am a nurse, how do I book a course?",
    "Is my GP practice open on Sundays?",
    "pain management",
    "Is it normal to feel lost after a diagnosis?",
]


@pytest.mark.parametrize("question", OWN_HEALTH)
def test_questions_of_own_symptoms_or_medicine_are_told(question: str) -> None:
    assert understand(question).own_health


@pytest.mark.parametrize("question", NOT_OWN_HEALTH)
def test_questions_of_services_and_plans_are_not_of_own_health(question: str) -> None:
    assert not understand(question).own_health


def test_the_words_are_installed_and_say_no_kind_that_is_none() -> None:
    setup = configparser.ConfigParser()
    setup.read(Path(__file__).parents[1] / "setup.cfg")
    assert "answering/*.toml" in setup["options.package_data"]["search_app"].split()
    assert {*read_question_words().nouns.values()} <= {*KINDS}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("% of pupils with a dentist", "percentage"),
        ("pupils with a dentist 2014 %", "percentage"),
        ("ward 12 - annual £?", "money"),
        ("no. of pupils with a dentist", "figure"),
        ("dentist vacancies WTE", "figure"),
        ("5% of pupils", "policy"),
        ("Who pays the £?", "person"),
        ("£5m for wards", "policy"),
    ],
)
def test_marks_and_short_words_of_a_fragment_tell_its_kind(question: str, kind: str) -> None:
    assert understand(question).kind == kind
