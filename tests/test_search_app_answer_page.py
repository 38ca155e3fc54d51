"""The page of an answer: the answer first, each quotation with its place, or an honest "none"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from index.models import Models
from search_app.app import create_app
from search_app.answering.own_health import ADVICE, EMERGENCY_ADVICE
from search_app.wording import name_confidence
from tests.factories import make_document, make_library, open_client
from tests.models import WordReader

CEILING = "The agency ceiling is £3.1m."
DOCUMENTS = (
    make_document(
        "plan.txt", f"# Money\n{CEILING}\n# Beds\nHeanor closes 24 beds.", title="Plan <A>",
        organisation="Derby Trust", published="2019-04",
    ),
    make_document("board.txt", f"# News\n{CEILING}", title="Board news", published="2020"),
    make_document("draft.txt", "Heanor closes 40 beds.", title="Draft", status="draft"),
    make_document(
        "past.txt", "Belper opens 3 clinics.", title="Past", status="superseded", published="2016"
    ),
    make_document("now.txt", "Trees grow.", title="Present", supersedes="past.txt"),
)  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("answers")
    make_library(folder, *DOCUMENTS).close()
    return folder


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[FlaskClient]:
    yield from open_client(data)


def ask(client: FlaskClient, question: str, more: str = "") -> str:
    with client.get(f"/ask?q={quote_plus(question)}{more}") as response:
        assert response.status_code == 200
        return response.get_data(as_text=True)


def ask_api(client: FlaskClient, question: str, more: str = "") -> Any:
    with client.get(f"/api/v1/answer?q={quote_plus(question)}{more}") as response:
        return response.get_json()


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_short_answer_is_marked_in_its_quotation(client: FlaskClient) -> None:
    page = ask(client, "How much is the agency ceiling?")
    assert "“The agency ceiling is <strong>£3.1m</strong>.”</blockquote>" in page
    assert "<title>Answer: How much is the agency ceiling?" in page


def test_a_quotation_comes_with_all_that_places_it(client: FlaskClient) -> None:
    figure = ask(client, "How much is the agency ceiling?", "&document=plan")
    figure = figure[figure.index("<figure"):figure.index("</figure>")]
    said = words(figure)
    for part in ("Plan <A>", "Derby Trust", "April 2019", "current", "Section: Money", "See it in"):
        assert part in said
    assert re.search(r'<a class="go" href="/documents/plan/pages/1\?[^"]*quote=', figure)


def test_further_sources_are_linked(client: FlaskClient) -> None:
    page = ask(client, "How much is the agency ceiling?")
    assert page.count("<figure") == 1
    sources = page[page.index("Also said in:"):page.index("</figure>")]
    assert "quote=" in sources and words(sources).count("current") == 1


def test_documents_that_differ_stand_side_by_side(client: FlaskClient) -> None:
    page = ask(client, "How many beds does Heanor close?")
    assert ">The documents do not agree</h2>" in page and 'class="side-by-side"' in page
    assert "<title>The documents do not agree:" in page
    said = words(page)
    assert "24 beds" in said and "40 beds" in said and "draft" in said
    assert ask_api(client, "How many beds does Heanor close?")["answer"] == ""


def test_a_superseded_source_leads_to_the_newer_document(client: FlaskClient) -> None:
    page = ask(client, "How many clinics opened in Belper in 2016?")
    assert "3 clinics" in page
    assert 'Superseded by\n  <a href="/documents/now">Present</a>' in page


def test_without_an_answer_the_nearest_are_not_called_one(client: FlaskClient) -> None:
    page = ask(client, "Which king painted the Heanor bridge in Spain?")
    assert ">No answer found</h1>" in page and "<title>No answer found:" in page
    nearest = page[page.index("Nearest passages (not an answer)"):]
    assert '<figure class="quotation near">' in nearest and "<strong>" not in nearest
    assert page.count("<figure") == 1
    assert "unlikely" in nearest or "not likely" in nearest


@pytest.mark.parametrize(("question", "advice"), [
    ("I have a sore throat, how much ibuprofen should I take?", ADVICE),
    ("I have a sore throat. How much is the agency ceiling?", ADVICE),
    ("I have chest pain. How much is the agency ceiling?", EMERGENCY_ADVICE),
])  # fmt: skip
def test_questions_of_own_symptoms_get_the_notice_always(
    client: FlaskClient, question: str, advice: str
) -> None:
    assert f'role="note">{escape(advice)}</p>' in ask(client, question)
    found = ask_api(client, question)
    assert found["own_health"] and found["advice"] == advice
    for part in ("not medical advice", "NHS 111", "GP", "999"):
        assert part in ADVICE


def test_other_questions_get_no_medical_notice(client: FlaskClient) -> None:
    assert ADVICE not in ask(client, "How many beds does Heanor close?")
    assert ask_api(client, "How many beds does Heanor close?")["advice"] == ""


def test_filters_narrow_and_can_be_taken_away(client: FlaskClient) -> None:
    page = ask(client, "How many beds does Heanor close?", "&status=draft&since=x")
    assert "40 beds" in page and "24 beds" not in page
    assert "The date “x” was not understood" in page
    (link,) = re.findall(r'<a href="([^"]*)"><span class="nhsuk-u-visually-hidden">Remove', page)
    assert unescape(link) == "/ask?q=How+many+beds+does+Heanor+close?"
    empty = ask(client, "How many beds does Heanor close?", "&organisation=Nobody")
    assert "Nobody" in empty and ">Ask without filters</a>" in empty


def test_a_date_in_the_question_is_preferred_and_leaves_nothing_out(client: FlaskClient) -> None:
    found = ask_api(client, "How many beds does Heanor close since 2020?")
    assert found["preferences"][0]["value"] == "2020/.."
    assert {each["document"] for each in found["nearest"]} == {"plan", "draft"}


def test_a_question_that_is_too_long_is_cut_and_told_so(client: FlaskClient) -> None:
    assert "Only the first 1000 characters" in ask(client, "beds " * 300)


def test_the_api_places_quotation_and_short_answer(client: FlaskClient) -> None:
    found = ask_api(client, "How much is the agency ceiling?", "&document=plan")
    (quotation,) = found["quotations"]
    assert quotation["text"][slice(*quotation["short_answer_at"])] == "£3.1m" == found["answer"]
    (span,) = quotation["spans"]
    page = client.get("/api/v1/documents/plan/pages/1").get_json()["text"]
    assert page[span["start"]:span["end"]] == quotation["text"]
    assert found["kind"] == "figure" and "workings" not in found


def test_the_readme_has_every_field_of_an_answer(client: FlaskClient) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text()
    found = ask_api(client, "How much is the agency ceiling?")
    for field in (*found, *found["nearest"][0]):
        assert field == "question" or f"`{field}`" in readme, field


def test_the_api_explains_when_asked(client: FlaskClient) -> None:
    workings = ask_api(client, "How much is the agency ceiling?", "&explain=1")["workings"]
    assert workings["passages"] and workings["sentences"] and workings["decision"]["signs"]


def test_the_way_back_from_a_page_keeps_the_filters(client: FlaskClient) -> None:
    page = ask(client, "How many beds does Heanor close?", "&status=draft")
    (link,) = re.findall(r'<a class="go" href="([^"]*)">', page)[:1]
    shown = client.get(unescape(link)).get_data(as_text=True)
    back = re.findall(r'<a href="([^"]*)">Back to the answer', shown)
    assert unescape(back[0]) == "/ask?q=How+many+beds+does+Heanor+close?&status=draft"


def test_a_busy_service_says_so(data: Path) -> None:
    app = create_app(data, models=Models(cross_encoder=WordReader(most=0)))
    assert "The service is busy" in ask(app.test_client(), "How much is the agency ceiling?")
    app.extensions["plansearch"].library.close()


@pytest.mark.parametrize(
    ("confidence", "said"),
    [(1.0, "very likely (99 in 100)"), (0.82, "likely (82 in 100)"),
     (0.695, "likely (70 in 100)"),
     (0.5, "more likely than not (50 in 100)"), (0.3, "not likely (30 in 100)"),
     (0.0, "unlikely (1 in 100)")],
)  # fmt: skip
def test_confidence_in_words(confidence: float, said: str) -> None:
    assert name_confidence(confidence) == said
