"""One question across the plans: every part replies once, with its own words or its own silence."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any, get_args

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from index.build import build_index
from index.meaning import Encoding
from index.models import Models, open_models
from index.parts import By
from index.query import Query
from index.search import Searcher
from ingest.library import Library
from ingest.records import Page
from ingest.register import register
from search_app.answering import across as across_module
from search_app.answering.across import answer_across
from search_app.answering.across_records import COLUMNS, across_csv, across_json
from search_app.answering.answers import answer_question
from search_app.answering import reasons
from search_app.answering.reasons import NO_WORDS, OWN_HEALTH, SURE
from search_app.answering.replies import Across, Reply
from tests.factories import fill_library, make_document, make_searcher, open_client, silent
from tests.models import MODELS, WordReader, needs_models

QUESTION = "How many beds will be closed?"
ALPHA_OLD = make_document(
    "alpha-2016.txt", "40 beds will be closed.", organisation="Alpha Trust", published="2016",
    status="superseded", title="Alpha plan",
)  # fmt: skip
ALPHA = make_document(
    "alpha-2019.txt", "# Beds\n24 beds will be closed in 2020.", organisation="Alpha Trust",
    published="2019-03", supersedes="alpha-2016.txt", title="Alpha refresh",
)  # fmt: skip
BETA = make_document(
    "beta.txt", "The library opens at nine.", organisation="Beta Council", published="2018"
)
SECRET = make_document(
    "secret.txt", "300 beds will be closed.", organisation="Hidden Board", published="2015",
    audience="staff", title="Hidden",
)  # fmt: skip
UNDATED = make_document("note.txt", "Seven beds will be closed.")
GAMMA = make_document("gamma.txt", "Our roads are long.", organisation="Gamma Board",
                      published="2018-06", title="Gamma plan")  # fmt: skip
LOST = make_document("lost.txt", "Lost.", organisation="Delta Trust", published="2019")[0]
LATE = make_document("beta.txt", "Later words.", organisation="Beta Council", published="2018")[0]


def fill(data: Path) -> Library:
    """Make a library with files and pages that could not be read."""
    library = Library(data)
    source, document = GAMMA
    pages = (*document.reading.pages, *(Page(n, "", quality="unread") for n in (2, 3, 4)))
    gamma = source, replace(document, reading=replace(document.reading, pages=pages, paged=True))
    made = (ALPHA_OLD, ALPHA, BETA, SECRET, UNDATED, gamma)
    fill_library(library, *made)
    register(library, Path("/corpus"), [LOST, *(each for each, _ in made)], retry=False)
    build_index(library, silent)
    return library


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return Searcher(fill(tmp_path_factory.mktemp("across")))


def outcomes(found: Across) -> dict[str, str]:
    assert len({reply.part.value for reply in found.replies}) == len(found.replies)
    return {reply.name: reply.outcome for reply in found.replies}


def reply_of(found: Across, name: str) -> Reply:
    (reply,) = [reply for reply in found.replies if reply.name == name]
    return reply


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("organisation", {
            "Alpha Trust": "answered", "Beta Council": "not said", "Delta Trust": "not read",
            "Gamma Board": "not read", "Not stated": "answered",
        }),
        ("year", {
            "2019": "not read", "2018": "not read", "2016": "answered", "Not stated": "answered",
        }),
        ("document", {
            "Alpha plan": "answered", "Alpha refresh": "answered", "beta": "not said",
            "Gamma plan": "not read", "lost.txt": "not read", "note": "answered",
        }),
    ],
)  # fmt: skip
def test_every_part_replies_once_in_order(
    searcher: Searcher, by: By, expected: dict[str, str]
) -> None:
    if by == "year":
        expected = expected | {"2019": "answered"}
    found = answer_across(searcher, QUESTION, by)
    assert list(outcomes(found).items()) == list(expected.items())
    assert not found.reason and found.coverage.searched == 5


def test_a_quotation_is_of_its_own_part_and_verbatim(searcher: Searcher) -> None:
    for by in get_args(By):
        for reply in answer_across(searcher, QUESTION, by).of("answered"):
            quoted = reply.quotation
            assert quoted and quoted.text == quoted.hit.passage.text[quoted.start:quoted.end]
            described = quoted.document.description
            stated = {"organisation": described.organisation.value, "document": quoted.document.id,
                      "year": described.published.value[:4]}  # fmt: skip
            assert (stated[by] or "Not stated") == reply.part.value and not reply.reason


def test_what_holds_now_is_quoted_before_what_it_superseded(searcher: Searcher) -> None:
    quotation = reply_of(answer_across(searcher, QUESTION, "organisation"), "Alpha Trust").quotation
    assert quotation and quotation.document.id == "alpha-2019"
    assert quotation.short_answer == "24 beds"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Beta Council", "1 document was read, and no passage in it has any word of the question."),
        ("Delta Trust", "Not read: lost.txt."),
        ("Gamma Board", "Nothing that answers was found in what was read."
                        " Not read: pages 2–4 of Gamma plan."),
    ],
)  # fmt: skip
def test_silence_says_of_what_kind_it_is(searcher: Searcher, name: str, reason: str) -> None:
    assert reply_of(answer_across(searcher, QUESTION, "organisation"), name).reason == reason


def test_a_document_whose_newest_version_was_not_read_says_so(tmp_path: Path) -> None:
    library = Library(tmp_path)
    fill_library(library, BETA)
    register(library, Path("/corpus"), [LATE], retry=False)
    build_index(library, silent)
    for by in get_args(By):
        (reply,) = answer_across(Searcher(library), QUESTION, by).replies
        assert reply.outcome == "not read"
        assert reply.reason.endswith("Not read: the newest version of beta.txt.")


@pytest.mark.parametrize(
    ("question", "by", "query", "unheld"),
    [
        (QUESTION, "year", Query(since="2015", until="2020"), ["2020", "2017", "2015"]),
        (QUESTION, "year", Query(since="2016"), ["2017"]),
        (QUESTION, "year", Query(filters=(("year", ("2016", "2003")),)), ["2003"]),
        (QUESTION, "year", Query(since="1900"), ["1900 to 2019, other years"]),
        (f"{QUESTION[:-1]} from 2016 to 2018?", "year", Query(), ["2017"]),
        (f"{QUESTION[:-1]} by 2030?", "year", Query(), []),
        (QUESTION, "organisation", Query(filters=(("organisation", ("Omega", "Beta Council")),)),
         ["Omega"]),
        ("Will Omega and Sons NHS Trust close beds?", "organisation", Query(),
         ["Omega and Sons NHS Trust"]),
        ("What does Omega Council or Alpha Trust say of beds?", "organisation", Query(),
         ["Omega Council"]),
        ("Does the Hidden Health Board close beds?", "organisation", Query(),
         ["Hidden Health Board"]),
        ("Which council closes beds?", "organisation", Query(), []),
        ("How many beds has the NHS Trust, and The County Council?", "organisation", Query(), []),
        (QUESTION, "document", Query(document="secret"), ["secret"]),
    ],
)  # fmt: skip
def test_what_was_asked_for_and_is_not_held_is_named(
    searcher: Searcher, question: str, by: By, query: Query, unheld: list[str]
) -> None:
    found = answer_across(searcher, question, by, within=query)
    assert [reply.name for reply in found.of("not held")] == unheld
    assert all(reply.reason == "The library holds no document of it."
               for reply in found.of("not held"))


def test_what_the_other_filters_leave_out_is_not_said_to_be_missing(searcher: Searcher) -> None:
    query = Query(filters=(("organisation", ("Alpha Trust", "Beta Council")), ("year", ("2018",))))
    found = answer_across(searcher, QUESTION, "organisation", within=query)
    reply = reply_of(found, "Alpha Trust")
    assert reply.outcome == "not held" and "that the filters leave" in reply.reason


@pytest.mark.parametrize("by", get_args(By))
def test_a_public_reader_never_learns_of_what_is_for_staff(searcher: Searcher, by: By) -> None:
    public = answer_across(searcher, QUESTION, by)
    staff = answer_across(searcher, QUESTION, by, "staff")
    packed = json.dumps(across_json(public, searcher.library))
    assert "idden" not in packed and "secret" not in packed and "2015" not in packed
    assert len(staff.replies) == len(public.replies) + 1
    chosen = Query(filters=(("organisation", ("Hidden Board",)),))
    never = Query(filters=(("organisation", ("Hidden Bored",)),))
    shown, same = (
        json.dumps(across_json(answer_across(searcher, QUESTION, by, within=query),
                               searcher.library)) for query in (chosen, never)
    )  # fmt: skip
    assert shown.replace("Board", "Bored") == same.replace("Board", "Bored")


def test_about_ones_own_health_only_what_is_sure_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "I have a headache: should I take paracetamol tablets?"
    text = "With headaches people take tablets, and we take notes of all the rest."
    searcher = make_searcher(tmp_path, make_document("a.txt", text, organisation="Alpha Trust"))
    found = answer_across(searcher, question, "organisation")
    (reply,) = found.replies
    assert found.advice and reply.nearest is None
    answer = answer_question(searcher, question)
    assert answer.workings.decision.threshold <= reply.confidence < SURE
    assert reply.outcome == "no clear answer" and answer.abstained
    assert reply.reason == answer.reason == OWN_HEALTH
    monkeypatch.setattr(reasons, "SURE", 0.0)
    assert answer_across(searcher, question, "organisation").of("answered")


WARDS = [
    make_document("one.txt", "# A\nBeds of wood are warm.\n# B\nClosed doors.\n# C\nRoads.",
                  organisation="One Trust"),
    make_document("two.txt", "Roads are long.", organisation="Two Trust"),
    make_document("three.txt", "The bed of the river is deep.", organisation="Three Trust"),
]  # fmt: skip


def test_what_has_the_words_and_no_clear_answer_is_not_called_silent(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, *WARDS)
    found = answer_across(searcher, "How many beds will be closed in July 2031?", "organisation")
    one, three, two = found.replies
    assert [reply.outcome for reply in (one, two, three)] == [
        "no clear answer", "not said", "no clear answer"
    ]  # fmt: skip
    assert [reply.passages for reply in (one, two, three)] == [2, 0, 1]
    assert one.reason == (
        "1 document was read; 2 passages in it have words of the question, and none says it clearly"
        " enough."
    )
    assert "no passage in it has any word of the question" in two.reason


@pytest.fixture(scope="module")
def wards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    data = tmp_path_factory.mktemp("wards")
    make_searcher(data, *WARDS).library.close()
    yield from open_client(data)


@pytest.mark.parametrize("by", get_args(By))
def test_the_passages_with_words_are_those_that_the_link_shows(
    wards: FlaskClient, by: By
) -> None:
    page = get(wards, "/across", q="How many beds will be closed?", by=by)
    links = re.findall(r'<a href="([^"]*)">(\d+) passages? (?:has|have) its words', page)
    assert links and "No clear answer:" in page
    for address, number in links:
        shown = wards.get(unescape(address)).get_data(as_text=True)
        assert f">{number} passage" in shown


def test_the_api_tells_no_clear_answer_from_silence(wards: FlaskClient) -> None:
    packed = json.loads(get(wards, "/api/v1/across", q="How many beds will be closed?"))
    assert packed["outcomes"] == {"no clear answer": 2, "not said": 1}
    assert [each["passages_with_words"] for each in packed["replies"]] == [2, 1, 0]


@pytest.mark.parametrize("question", ["", "What is it?"])
def test_a_question_without_words_is_asked_of_nobody(searcher: Searcher, question: str) -> None:
    found = answer_across(searcher, question, "year")
    assert (found.reason, found.replies) == (NO_WORDS, ())


def make_many(data: Path) -> Searcher:
    """Make a searcher over documents of which some say how many beds there are."""
    chance = random.Random(7)
    texts = ("There are {} beds in the ward.", "The ward is {} years old.", "{} roads are long.")
    return make_searcher(data, *(
        make_document(f"plan-{number:02}.txt", chance.choice(texts).format(number + 10),
                      organisation=f"Trust {number % 8}", published=str(2010 + number % 5))
        for number in range(30)
    ))  # fmt: skip


@pytest.mark.parametrize("by", get_args(By))
def test_a_part_answers_where_the_question_asked_of_it_alone_is_answered(
    tmp_path: Path, by: By
) -> None:
    searcher = make_many(tmp_path)
    question = "How many beds are there?"
    found = answer_across(searcher, question, by)
    for reply in found.replies:
        within = (Query(document=reply.part.value) if by == "document"
                  else Query(filters=((by, (reply.part.value,)),)))  # fmt: skip
        alone = answer_question(searcher, question, within=within)
        assert alone.abstained == (reply.outcome != "answered"), reply.name
        if reply.quotation:
            assert reply.quotation.text == alone.quotations[0].text
    assert 0 < len(found.of("answered")) and sum(r.part.documents for r in found.replies) == 30


def test_parts_that_are_too_many_are_named_and_the_nearest_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = make_many(tmp_path)
    whole = answer_across(searcher, "How many beds are there?", "document")
    answering = {reply.name for reply in whole.of("answered")}
    monkeypatch.setattr(across_module, "MOST_ASKED", len(answering))
    found = answer_across(searcher, "How many beds are there?", "document")
    assert {reply.name for reply in found.of("answered")} == answering
    assert len(found.replies) == 30 and len(found.of("not asked")) == 30 - len(answering)
    assert all(reply.reason for reply in found.of("not asked"))


def test_the_likeliest_are_read_first_and_a_note_says_what_was_not(searcher: Searcher) -> None:
    reader = WordReader()
    hurried = Searcher(searcher.library, Models(cross_encoder=reader))
    found = answer_across(hurried, QUESTION, "organisation", seconds=0)
    assert any("0 of " in note and "read closely" in note for note in found.notes)
    assert outcomes(found) == outcomes(answer_across(searcher, QUESTION, "organisation"))
    assert not any("read closely" in note
                   for note in answer_across(hurried, QUESTION, "organisation").notes)


@needs_models
def test_with_models_parts_answer_in_their_own_words(tmp_path: Path) -> None:
    library = fill(tmp_path)
    models = open_models(MODELS)
    assert models.encoder
    build_index(library, silent, encoding=Encoding(models.encoder, silent))
    found = answer_across(Searcher(library, models), QUESTION, "organisation")
    quotation = reply_of(found, "Alpha Trust").nearest
    assert quotation and quotation.text == "24 beds will be closed in 2020."
    assert outcomes(found)["Beta Council"] == "not said"
    assert not any("by their words alone" in note for note in found.notes)


def test_the_table_for_spreadsheets_has_a_row_for_each_part(searcher: Searcher) -> None:
    found = answer_across(searcher, QUESTION, "organisation")
    rows = list(csv.DictReader(io.StringIO("".join(across_csv(found, searcher.library)))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["row"] for row in rows] == [f"{n} of 5" for n in range(1, 6)]
    assert [(row["name"], row["outcome"]) for row in rows] == list(outcomes(found).items())
    alpha = rows[0]
    assert (alpha["quotation"], alpha["short_answer"]) == (
        "24 beds will be closed in 2020.", "24 beds"
    )  # fmt: skip
    assert (alpha["document_id"], alpha["published"]) == ("alpha-2019", "2019-03")
    assert alpha["sha256"] == ALPHA[0].sha256 and alpha["heading"] == "Beds"
    assert all(row["coverage"] == found.coverage.sentence for row in rows)


def test_formulas_are_defused_and_an_empty_table_says_why(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, make_document(
        "plan.txt", "There are 5 beds.", organisation='=HYPERLINK("x")', published="2019"
    ))
    found = answer_across(searcher, "beds", "organisation")
    (row,) = csv.DictReader(io.StringIO("".join(across_csv(found, searcher.library))))
    assert row["name"] == "'=HYPERLINK(\"x\")"
    empty = answer_across(searcher, "", "year")
    (row,) = csv.DictReader(io.StringIO("".join(across_csv(empty, searcher.library))))
    assert (row["row"], row["reason"]) == ("0 of 0", NO_WORDS)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    data = tmp_path_factory.mktemp("across-site")
    fill(data).close()
    yield from open_client(data)


def get(client: FlaskClient, address: str, **args: Any) -> str:
    with client.get(address, query_string=args) as response:
        assert response.status_code == 200
        return response.get_data(as_text=True)


def test_the_page_shows_answers_and_each_kind_of_silence(client: FlaskClient) -> None:
    page = get(client, "/across", q=QUESTION, by="year", since="2015")
    assert "2 of 5 years of publication answer" in page
    assert "<strong>24 beds</strong> will be closed in 2020.”" in page
    assert "Superseded by" in page and "Not held: 2 years of publication" in page
    assert "pages 2–4 of Gamma plan" in page and 'href="#not-read"' in page
    assert re.search(r'href="/across\.csv\?[^"]*by=year', page) and "300 beds" not in page
    everyone = get(client, "/across", q=QUESTION)
    assert "2 of 5 organisations answer" in everyone and "from 1 of 2 documents" in everyone


def test_the_page_keeps_filters_and_says_what_it_did_not_understand(client: FlaskClient) -> None:
    page = get(client, "/across", q=QUESTION, by="moon", kind="strategy")
    assert "cannot be asked by “moon”" in page
    assert 'type="hidden" name="kind" value="strategy"' in page
    assert "Your question" in get(client, "/across", by="document")
    advice = get(client, "/across", q="I have a headache, should I take my medicine?")
    assert "not medical advice" in advice


def test_the_api_and_the_file_have_the_same_replies(client: FlaskClient) -> None:
    packed = json.loads(get(client, "/api/v1/across", q=QUESTION, by="document"))
    rows = list(csv.DictReader(io.StringIO(get(client, "/across.csv", q=QUESTION, by="document"))))
    assert [(r["name"], r["outcome"]) for r in packed["replies"]] == [
        (row["name"], row["outcome"]) for row in rows
    ]
    assert packed["outcomes"] == {"answered": 3, "not said": 1, "not read": 2}
    assert packed["replies"][0]["quotation"]["text"] == "40 beds will be closed."


def test_the_page_says_that_plans_are_not_about_ones_own_health(client: FlaskClient) -> None:
    page = get(client, "/across", q="I have a headache: should I take tablets for the beds?")
    assert "not medical advice" in page and escape(OWN_HEALTH) in page
    assert "says it clearly enough" not in page
