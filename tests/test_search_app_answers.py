"""Answers are verbatim, come with their page, or are honestly none."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import build_index
from index.meaning import Encoding
from index.models import Models, open_models
from index.query import Query
from index.search import Searcher
from search_app.answering.answers import Answer, answer_question
from search_app.answering.reasons import NO_WORDS, NOTHING_MATCHES, ONLY_SUPERSEDED, TOO_WEAK
from tests.factories import fill_library, make_document, make_library, make_searcher, silent
from tests.models import MODELS, WordEncoder, WordReader, needs_models

PLAN = make_document(
    "plan.txt",
    "# Money\nThe agency ceiling for 2019/20 is £3.1m. We spent less on it last year.\n"
    "# Places\nThe new health centre at Heanor opens in May 2020.\n"
    "The bus to it runs every hour.\n> Our plan 2019/20",
    organisation="Heanor Trust", published="2019",
)  # fmt: skip
STAFF = make_document("pay.txt", "The director's bonus is £9,000.", audience="staff")
OLD = make_document("old.txt", "The trust will close 40 beds at Heanor.", published="2016")
NEW = make_document(
    "new.txt", "The trust will close 24 beds at Heanor.", published="2019"
)
CEILING = "How much is the agency ceiling?"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return make_searcher(tmp_path_factory.mktemp("plan"), PLAN, STAFF)


def read_closely(searcher: Searcher, question: str, reader: WordReader, seconds: float) -> Answer:
    models = Models(cross_encoder=reader)
    return answer_question(Searcher(searcher.library, models), question, seconds=seconds)


@pytest.mark.parametrize(
    ("question", "quotation", "short"),
    [
        (CEILING, "The agency ceiling for 2019/20 is £3.1m.", "£3.1m"),
        ("agency ceiling", "The agency ceiling for 2019/20 is £3.1m.", "£3.1m"),
        ("When does the Heanor health centre open?",
         "The new health centre at Heanor opens in May 2020.", "May 2020"),
    ],
)  # fmt: skip
def test_answer_is_the_sentence_that_says_it(
    plan: Searcher, question: str, quotation: str, short: str
) -> None:
    answer = answer_question(plan, question)
    assert [each.text for each in answer.quotations] == [quotation]
    assert answer.short_answer == answer.quotations[0].short_answer == short
    assert not answer.abstained and not answer.reason


@pytest.mark.parametrize("question", [CEILING, "Where does the bus run?", "health centre"])
def test_every_quotation_equals_the_text_of_the_library_at_its_place(
    plan: Searcher, question: str
) -> None:
    held = plan.library.document("plan")
    for each in answer_question(plan, question).nearest:
        assert each.text == each.hit.passage.text[each.start:each.end]
        (span,) = each.spans
        assert plan.library.page(held, span.page).text[span.start:span.end] == each.text
        assert each.page == 1


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What is the capital of France?", NOTHING_MATCHES),
        ("Which agency painted the new bridge in Belper green?", TOO_WEAK),
        ("What is it?", NO_WORDS),
        ("", NO_WORDS),
    ],
)
def test_question_without_evidence_is_not_answered(
    plan: Searcher, question: str, reason: str
) -> None:
    answer = answer_question(plan, question)
    assert answer.abstained and answer.reason == reason
    assert not answer.quotations and not answer.short_answer


def test_nearest_passages_and_quotation_come_with_an_abstention(plan: Searcher) -> None:
    answer = answer_question(plan, "Which agency painted the new bridge in Belper green?")
    assert answer.abstained and answer.passages and answer.nearest
    assert answer.confidence < answer.workings.decision.threshold


def test_the_words_of_the_question_are_marked_in_the_passages_that_are_shown(
    plan: Searcher,
) -> None:
    shown = answer_question(plan, "agency ceiling at Heanor").passages
    marked = [[hit.passage.text[slice(*each)] for each in hit.matches] for hit in shown]
    assert sorted(marked) == [["Heanor"], ["agency", "ceiling"]]


def test_furniture_is_never_an_answer(plan: Searcher) -> None:
    answer = answer_question(plan, "our plan 2019/20")
    assert all("Our plan" not in each.text for each in answer.nearest)


def test_staff_documents_answer_staff_alone(plan: Searcher) -> None:
    question = "How much is the director's bonus?"
    public = answer_question(plan, question)
    assert public.abstained and not public.passages and public.coverage.held == 1
    (quotation,) = answer_question(plan, question, "staff").quotations
    assert quotation.text == STAFF[1].passages[0].text


def test_documents_that_differ_stand_side_by_side_without_a_short_answer(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, OLD, NEW)
    answer = answer_question(searcher, "How many beds will the trust close at Heanor?")
    assert answer.disagreeing and not answer.short_answer and not answer.abstained
    assert {each.short_answer for each in answer.quotations} == {"40 beds", "24 beds"}


def test_what_another_document_says_too_is_a_further_source(tmp_path: Path) -> None:
    text = "The trust will close 24 beds at Heanor."
    again = make_document("again.txt", f"# News\n{text}")
    answer = answer_question(make_searcher(tmp_path, NEW, again), "How many beds will close?")
    (quotation,) = answer.quotations
    assert quotation.text == text and not answer.disagreeing
    assert {quotation.document.id, *(each.document.id for each in quotation.sources)} == {
        "new", "again"
    }  # fmt: skip


def test_what_only_superseded_documents_say_does_not_hold_now(tmp_path: Path) -> None:
    newer = make_document("newer.txt", "Trees grow.", supersedes="old.txt")
    old = make_document("old.txt", OLD[1].reading.pages[0].text, status="superseded")
    searcher = make_searcher(tmp_path, old, newer)
    now = answer_question(searcher, "How many beds will the trust close at Heanor?")
    assert now.abstained and now.reason == ONLY_SUPERSEDED and now.nearest
    then = answer_question(searcher, "How many beds will the trust close at Heanor in 2016?")
    assert not then.abstained and then.short_answer == "40 beds"


def test_what_holds_now_is_preferred_to_what_is_superseded(tmp_path: Path) -> None:
    old = make_document("old.txt", OLD[1].reading.pages[0].text, status="superseded")
    new = make_document("new.txt", NEW[1].reading.pages[0].text, supersedes="old.txt")
    searcher = make_searcher(tmp_path, old, new)
    answer = answer_question(searcher, "How many beds will the trust close?")
    assert answer.short_answer == "24 beds" and not answer.disagreeing
    assert [each.document.id for each in answer.quotations] == ["new", "old"]


def test_a_question_about_own_symptoms_is_known_as_one(plan: Searcher) -> None:
    ill = answer_question(plan, "I have chest pain, what should I take?")
    assert ill.workings.understood.own_health
    assert not answer_question(plan, CEILING).workings.understood.own_health


def test_what_a_question_names_is_preferred_and_noted(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, OLD, NEW)
    answer = answer_question(searcher, "How many beds will the trust close in 2016?")
    assert answer.quotations[0].document.id == "old"
    assert any("2016" in note and "preferred" in note for note in answer.notes)


def test_filters_and_dates_are_kept_to(tmp_path: Path) -> None:
    searcher = make_searcher(tmp_path, OLD, NEW)
    question = "How many beds will the trust close at Heanor?"
    year = Query(filters=(("year", ("2019",)),))
    for within in (year, Query(document="new"), Query(since="2018")):
        answer = answer_question(searcher, question, within=within)
        assert [each.document.id for each in answer.quotations] == ["new"]
        assert {each.document.id for each in answer.passages} == {"new"}


def test_a_filter_that_nothing_has_is_told(plan: Searcher) -> None:
    within = Query(filters=(("organisation", ("Nowhere Trust",)),), notes=("A note.",))
    answer = answer_question(plan, CEILING, within=within)
    assert answer.abstained and answer.notes[0] == "A note."
    assert "Nowhere Trust" in answer.notes[1]


def test_without_time_for_the_cross_encoder_words_decide(plan: Searcher) -> None:
    reader = WordReader()
    answer = read_closely(plan, CEILING, reader, seconds=0.0)
    assert not reader.read and not answer.abstained
    assert answer.quotations == answer_question(plan, CEILING).quotations
    assert any("busy" in note for note in answer.notes)


def test_with_time_the_cross_encoder_reads_and_nothing_is_noted(plan: Searcher) -> None:
    reader = WordReader()
    answer = read_closely(plan, CEILING, reader, seconds=60.0)
    assert reader.read and answer.workings.sentences[0].relevance is not None
    assert answer.nearest[0].short_answer == "£3.1m"
    assert not any("busy" in note for note in answer.notes)


@needs_models
def test_the_real_models_answer_in_other_words(tmp_path: Path) -> None:
    models = open_models(MODELS)
    library = make_library(tmp_path)
    fill_library(library, PLAN, NEW)
    assert models.encoder
    build_index(library, silent, encoding=Encoding(models.encoder, silent))
    answer = answer_question(Searcher(library, models), "How many places on wards will it shut?")
    assert answer.nearest[0].text == "The trust will close 24 beds at Heanor."
    assert answer.notes == ()
    assert answer.workings.sentences[0].relevance is not None
    assert answer_question(Searcher(library, models), "Who won the cup?").abstained


def test_a_note_says_which_model_is_not_there(plan: Searcher) -> None:
    """Two notes would say the same twice where there is none."""
    for models, said in (
        (Models(), ["by their words alone"]),
        (Models(WordEncoder()), ["no vectors of this model", "no reranker is there"]),
        (Models(cross_encoder=WordReader()), ["by their words alone"]),
    ):
        notes = answer_question(Searcher(plan.library, models), CEILING).notes
        found = [note for note in notes if note.startswith("Passages are")]
        assert [part in note for part, note in zip(said, found, strict=True)] == [True] * len(said)


def test_the_reason_names_what_the_nearest_sentence_says_instead(tmp_path: Path) -> None:
    plan = make_document("plan.txt", "Nurses of band 5 are paid less on Sundays in this ward.")
    searcher = make_searcher(tmp_path, plan)
    answer = answer_question(searcher, "What are nurses of band 6 in Whaley paid extra?")
    assert answer.reason.startswith(
        "Passages were found, but the nearest speaks of “band 5”, and the question of “band 6”."
    )
