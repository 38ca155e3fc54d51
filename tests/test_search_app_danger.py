"""Texts of somebody in danger are told from questions of plans, and answered with whom to call."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from index.build import build_index
from index.query import Audience
from index.search import Searcher
from ingest.library import Library
from search_app.answering.answers import answer_question
from search_app.answering.danger import find_danger
from search_app.answering.own_health import (
    ADVICE, EMERGENCY_ADVICE, SUICIDE_ADVICE, find_advice,
)  # fmt: skip
from search_app.answering.questions import understand
from search_app.answering.reasons import OWN_HEALTH
from search_app.app import create_app
from tests.factories import fill_library, make_document, make_searcher, silent

SUICIDE = [
    "I want to kill myself",
    "i feel like ending it all",
    "I want to die",
    "i just want to die",
    "im going to end my life",
    "I keep hurting myself and can't stop",
    "i have been cutting myself again",
    "how do i kill myself",
    "I've been thinking about suicide",
    "I am feeling really suicidal",
    "everyone would be better off if i was dead, i'd be better off dead",
    "I don't want to live any more",
    "i dont want to be here anymore",
    "I wish I was dead",
    "I have a plan to end my life tonight",
    "my son says he wants to kill himself",
    "my daughter is self-harming what can i do",
    "My husband is threatening to take his own life",
    "my friend wants to die",
    "my mum doesn't want to live any more",
    "my best friend is suicidal, where do we go?",
    "she said she is going to kill herself",
    "I was refused my benefits and I want to die",
    "i self harm",
    "where can I get help with suicidal thoughts for my brother",
    "I can’t go on like this any more",
    "nobody listens to me. i cant go on",
    "what is the point, I would rather be dead",
    "thinking of ending my life",
    "he tried to hang himself last night",
]
EMERGENCY = [
    "my baby isnt breathing",
    "my baby isn’t breathing",
    "she cant breathe",
    "I can't breathe",
    "cant breathe help",
    "my mum has taken an overdose",
    "i took an overdose",
    "my dad has chest pain",
    "Ive got chest pains and my arm is numb",
    "pain in my chest and going down my arm",
    "my husband is unconscious",
    "my wife has passed out and wont wake up",
    "my gran collapsed and isnt responding",
    "someone has collapsed outside and is not breathing",
    "my hand is bleeding heavily",
    "the bleeding wont stop i cut my arm",
    "my toddler is choking on a grape",
    "my grandad's face has dropped and his speech is slurred",
    "i think my mum is having a stroke",
    "my son is having a seizure",
    "my child is having a fit",
    "I think I am having a heart attack",
    "My neighbour has been stabbed",
    "my sister swallowed a bottle of pills",
    "the baby is blue",
    "What do I do if my daughter has stopped breathing?",
]
OF_PLANS = [
    "How many people died by suicide in Derbyshire?",
    "What will be done about self-harm?",
    "What is the strategy for chest pain clinics?",
    "How many people with chest pain were seen in a day?",
    "I want to know what is done for people who have chest pain",
    "self harm",
    "suicide prevention strategy",
    "suicidal thoughts in young people",
    "chest pain",
    "overdose deaths",
    "What does our strategy say about suicide?",
    "Where can I die at home?",
    "My mother wants to die at home. What support is there?",
    "I want to live near my family, what housing is planned?",
    "I don't want to live in a care home",
    "What share of residents hurt themselves in falls?",
    "How many children killed themselves in 2016?",
    "What training is there for teachers on self-harm?",
    "Who treats seizures in the county?",
    "Which hospital treats people who have had a stroke?",
    "My father had a stroke last year, what rehabilitation is there?",
    "What can I do to prevent choking in care homes?",
    "Why do men take their own lives?",
    "How do I end my tenancy?",
    "I want to end my contract with the agency",
    "How many people say that they want to die?",
    "Can I hang my coat at the clinic?",
    "What is the ambulance response time for unconscious patients?",
    "My brother died by suicide, what bereavement support is there?",
    "he cut the budget of the crisis service himself",
    "What should staff do when patients overdose?",
    "How is the county cutting waiting times?",
    "What are the plans to cut deaths from overdose?",
    "",
]


@pytest.mark.parametrize("text", SUICIDE)
def test_thoughts_of_suicide_or_self_harm_are_told(text: str) -> None:
    for typed in (text, text.lower(), text.lower().replace("'", ""), text.replace("'", "’")):
        assert find_danger(typed) == "suicide"
        assert find_advice(typed) == SUICIDE_ADVICE


@pytest.mark.parametrize("text", EMERGENCY)
def test_emergencies_are_told(text: str) -> None:
    for typed in (text, text.lower(), text.lower().replace("'", ""), text.upper()):
        assert find_danger(typed) == "emergency"
        assert find_advice(typed) == EMERGENCY_ADVICE


@pytest.mark.parametrize("text", OF_PLANS)
def test_questions_of_plans_are_of_no_danger(text: str) -> None:
    assert find_danger(text) == ""
    assert find_advice(text) == ""


def test_each_advice_says_whom_to_call() -> None:
    assert "999" in EMERGENCY_ADVICE and "A&E" in EMERGENCY_ADVICE
    for part in ("999", "A&E", "111", "option 2", "Samaritans", "116 123", "SHOUT", "85258"):
        assert part in SUICIDE_ADVICE
    assert EMERGENCY_ADVICE.index("999") < 60


TEXT = (
    "# Crisis\nI want to kill myself, said 12% of those asked.\n# Chest\nChest pain: 0% 50% 100%."
    "\n# Rash\nA rash is itchy."
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return make_searcher(tmp_path_factory.mktemp("danger"), make_document("plan.txt", TEXT))


@pytest.mark.parametrize("audience", ["public", "staff"])
@pytest.mark.parametrize("text", [SUICIDE[0], "I have chest pain", "my baby isnt breathing"])
def test_to_somebody_in_danger_nothing_is_quoted(
    searcher: Searcher, text: str, audience: Audience
) -> None:
    answer = answer_question(searcher, text, audience)
    assert answer.abstained and answer.reason == OWN_HEALTH
    assert (answer.quotations, answer.nearest, answer.passages) == ((), (), ())


def test_about_own_health_nothing_is_near_where_nothing_answers(searcher: Searcher) -> None:
    answer = answer_question(searcher, "my son has an itchy rash, which cream?")
    assert understand(answer.question).advice == ADVICE
    assert answer.abstained and not answer.nearest and not answer.passages


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    data: Path = tmp_path_factory.mktemp("danger-site")
    library = Library(data)
    fill_library(library, make_document("plan.txt", TEXT, organisation="Alpha Trust"))
    build_index(library, silent)
    library.close()
    app = create_app(data)
    with app.test_client() as client:
        yield client
    app.extensions["plansearch"].library.close()


@pytest.mark.parametrize("address", ["/ask", "/search", "/across"])
@pytest.mark.parametrize("text", ["I want to kill myself", "how do i kill myself?"])
def test_every_page_gives_the_advice_once_before_all_else(
    client: FlaskClient, address: str, text: str
) -> None:
    with client.get(address, query_string={"q": text}) as response:
        page = response.get_data(as_text=True)
    advice = str(escape(SUICIDE_ADVICE))
    assert page.count(advice) == 1
    main = page[page.index("<main"):]
    assert main.index(advice) < main.index("<form")
    assert ("12%" in page) == (address == "/search")


def test_further_pages_of_a_search_have_the_advice_too(client: FlaskClient) -> None:
    with client.get("/search?q=chest+pain+i+have+chest+pain&page=1&kind=plan") as response:
        assert escape(EMERGENCY_ADVICE) in response.get_data(as_text=True)
    with client.get("/search?q=chest+pain") as response:
        assert "999" not in response.get_data(as_text=True).split("<main")[1].split("</main")[0]


def test_the_api_gives_the_advice_and_nothing_near(client: FlaskClient) -> None:
    found = client.get("/api/v1/answer", query_string={"q": "I want to die"}).get_json()
    assert (found["own_health"], found["advice"]) == (True, SUICIDE_ADVICE)
    assert (found["quotations"], found["nearest"], found["passages"]) == ([], [], [])
    across = client.get("/api/v1/across", query_string={"q": "I want to die"}).get_json()
    assert across["advice"] == SUICIDE_ADVICE
    assert all(not each["quotation"] and not each["nearest"] for each in across["replies"])
