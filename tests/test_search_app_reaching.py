"""Lists that go on in the next passage are quoted whole, and in their place."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from index.search import Searcher
from ingest.passages import ENOUGH_WORDS, MOST_WORDS, split_passages
from ingest.records import Block, Document, Page, Span
from search_app.answering.answers import answer_question
from search_app.answering.quotations import Quotation
from search_app.evaluating.evaluation import Corpus
from tests.factories import make_document, make_searcher, open_client

STORY = "Trees grow. " * (ENOUGH_WORDS // 2)
LEAD = "The winter plan has these aims:"
ITEMS = [f"- aim {name} of the winter plan, which is dear to all of us" for name in "ABCD"]
QUESTION = "What are the aims of the winter plan?"


def quote(searcher: Searcher, question: str) -> Quotation:
    quotation = answer_question(searcher, question).nearest[0]
    assert Corpus(searcher).is_verbatim(quotation)
    return quotation


def test_a_list_that_begins_in_the_next_passage_is_quoted_with_what_leads_into_it(
    tmp_path: Path,
) -> None:
    text = "\n".join(["# Aims", STORY + LEAD, *ITEMS, "The end is near. " * 20])
    made = make_document("plan.txt", text)
    first, second, *_ = made[1].passages
    assert first.text.endswith(LEAD) and second.text.startswith(ITEMS[0])
    quotation = quote(make_searcher(tmp_path, made), QUESTION)
    assert quotation.text == "\n".join([LEAD, *ITEMS])
    assert quotation.hit.passage.number == first.number


@pytest.mark.parametrize("parted", [1, 2, 3])
def test_a_list_that_goes_on_in_the_next_passage_is_quoted_whole(
    tmp_path: Path, parted: int
) -> None:
    before = "Trees grow. " * ((MOST_WORDS - 25 - 13 * parted) // 2)
    text = "\n".join(["# Aims", before + LEAD, *ITEMS, "The end is near. " * 20])
    made = make_document("plan.txt", text)
    assert len(made[1].passages) > 1 and not made[1].passages[0].text.endswith(ITEMS[-1])
    quotation = quote(make_searcher(tmp_path, made), QUESTION)
    assert quotation.text == "\n".join([LEAD, *ITEMS])


def test_the_page_marks_a_quotation_that_goes_on_in_the_next_passage(tmp_path: Path) -> None:
    text = "\n".join(["# Aims", STORY + LEAD, *ITEMS, "The end is near. " * 20])
    quotation = quote(make_searcher(tmp_path, make_document("plan.txt", text)), QUESTION)
    start, end = quotation.start, quotation.end
    (client,) = open_client(tmp_path)
    with client.get(f"/documents/plan/pages/1?passage=1&quote={start}-{end}") as response:
        page = response.get_data(as_text=True)
    marked = "".join(re.findall("<mark[^>]*>([^<]*)</mark>", page))
    assert LEAD in marked and all(item.removeprefix("- ") in marked for item in ITEMS)


def test_passages_of_other_sections_are_not_joined(tmp_path: Path) -> None:
    text = "\n".join(["# Aims", LEAD, "# Other things of the winter plan", *ITEMS])
    quotation = quote(make_searcher(tmp_path, make_document("plan.txt", text)), QUESTION)
    assert "\n".join([LEAD, *ITEMS]) not in quotation.text
    assert len(quotation.spans) == 1 or LEAD not in quotation.text


def test_a_sentence_over_a_page_break_is_quoted_whole(tmp_path: Path) -> None:
    halves = "Trees grow. The trust will close", "24 beds at Heanor. Roads are long."
    spans = tuple(Span(n, 0, len(half)) for n, half in enumerate(halves, 1))
    blocks = (Block("paragraph", " ".join(halves), spans),)
    source, document = make_document("plan.txt", "Any.")
    pages = tuple(Page(n, half) for n, half in enumerate(halves, 1))
    reading = replace(document.reading, pages=pages, blocks=blocks, paged=True)
    made = source, Document(reading, document.description, split_passages(blocks))
    quotation = quote(make_searcher(tmp_path, made), "How many beds will the trust close?")
    assert quotation.text == "The trust will close 24 beds at Heanor."
    assert quotation.spans == (Span(1, 12, 32), Span(2, 0, 18))
    assert quotation.short_answer == "24 beds"
