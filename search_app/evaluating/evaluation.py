"""Asking the questions of a file as a reader would, and scoring what comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from index.build import Progress, build_index
from index.meaning import Encoding
from index.models import Models
from index.query import Audience
from index.results import Hit
from index.search import Searcher
from search_app.answering.answers import PASSAGES_FOUND, Answer, answer_question
from search_app.evaluating.questions import Question
from search_app.evaluating.scores import (
    PASSAGES_SCORED,
    Scores,
    find_gold_in_library,
    list_quotations,
    score_answer,
    score_grades,
    score_ranking,
    shorten,
)
from search_app.evaluating.passage_sets import SetPassage, make_library
from search_app.answering.quotations import Quotation

Ask = Callable[[str], Answer]


@dataclass(frozen=True)
class Corpus:
    """What is asked: a library, or a set's passages, then with the id of each by its document's id
    in the library and its number."""

    searcher: Searcher
    audience: Audience = "public"
    ids: Mapping[tuple[str, int], str] | None = None

    def ask(self, question: str) -> Answer:
        """Answer a question as the service does."""
        return answer_question(self.searcher, question, self.audience)

    def name(self, hit: Hit) -> str:
        """Give a passage's id in its set, or that in the library."""
        if self.ids is None:
            return hit.id
        return self.ids[hit.document.id, hit.passage.number]

    def find_gold(self, question: Question, hit: Hit) -> str:
        """Name what of the right answer a passage holds; empty where it holds nothing."""
        if self.ids is None:
            return find_gold_in_library(question, hit)
        return self.name(hit) if self.name(hit) in question.passages else ""

    def count_gold(self, question: Question) -> int:
        """Count what there is to find of the right answer."""
        if self.ids is not None:
            return len(question.passages)
        return len(question.quotes) or len(question.answers[:1])

    def score(self, question: Question, hits: Sequence[Hit]) -> Scores:
        """Score the passages that are shown with an answer."""
        wanted = self.count_gold(question)
        if not question.answerable or not wanted:
            return {}
        scores = score_ranking([self.find_gold(question, hit) for hit in hits], wanted)
        if self.ids is None or question.grades is None:
            return scores
        return {**scores, **score_grades([self.name(hit) for hit in hits], question.grades)}

    def is_verbatim(self, quotation: Quotation) -> bool:
        """Tell whether a quotation is the text of the library at the place that is given for it."""
        library, offset = self.searcher.library, 0
        for span in quotation.spans:
            part = library.page(quotation.document, span.page).text[span.start:span.end]
            if not quotation.text.startswith(part, offset):
                return False
            offset += len(part) + 1  # spans are parted by one character
        return offset == len(quotation.text) + 1

    def find_rank(self, question: Question, answer: Answer) -> int:
        """Find the rank, from 1, of the first right passage of all that were found; 0 for none."""
        found = answer.workings.passages
        ranks = (n for n, each in enumerate(found, 1) if self.find_gold(question, each.hit))
        return next(ranks, 0)


@dataclass(frozen=True)
class Outcome:
    """What came of a question: its answer, figures, and milliseconds by clock and processor."""

    question: Question
    answer: Answer
    scores: Scores
    clock_ms: float
    processor_ms: float
    failure: str

    @property
    def right(self) -> bool | None:
        """Tell whether the best quotation answers the question; None where that is not known."""
        if not self.question.answerable:
            return False
        return bool(self.scores["quoted"]) if "quoted" in self.scores else None


@contextmanager
def open_passages(
    passages: Sequence[SetPassage],
    progress: Progress,
    models: Models = Models(),
    encoding: Encoding | None = None,
) -> Iterator[Corpus]:
    """Index the passages of a set in a library of their own, which is gone afterwards."""
    with TemporaryDirectory(prefix="plansearch-") as folder:
        library, ids = make_library(Path(folder), passages)
        build_index(library, progress, encoding=encoding)
        searcher = Searcher(library, models)
        try:
            yield Corpus(searcher, ids=ids)
        finally:
            searcher.snapshot().engine.close()
            library.close()


def evaluate(
    corpus: Corpus, questions: Sequence[Question], progress: Progress
) -> list[Outcome]:
    """Ask every question; the first is asked once more before, so that opening is not timed.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    for question in questions[:1]:
        corpus.ask(question.text)
    outcomes = []
    for number, question in enumerate(questions, 1):
        outcomes.append(_ask(corpus, question))
        progress(number, len(questions), question.id)
    return outcomes


def _ask(corpus: Corpus, question: Question) -> Outcome:
    clock, processor = time.perf_counter(), time.process_time()
    answer = corpus.ask(question.text)
    clock_ms = 1000 * (time.perf_counter() - clock)
    processor_ms = 1000 * (time.process_time() - processor)
    scores = {**corpus.score(question, answer.passages), **score_answer(question, answer)}
    if answer.quotations:
        scores["verbatim"] = float(all(map(corpus.is_verbatim, answer.quotations)))
    failure = _explain(corpus, question, answer, scores)
    return Outcome(question, answer, scores, clock_ms, processor_ms, failure)


def _explain(corpus: Corpus, question: Question, answer: Answer, scores: Scores) -> str:
    """Say which stage failed a question; empty where none did."""
    if not question.answerable:
        return "" if answer.abstained else "answered the unanswerable"
    if scores.get("given", scores.get("recall@10", 1.0)):
        return ""
    if scores.get("quoted"):
        return "right but abstained"
    if not corpus.count_gold(question):
        return "another sentence quoted" if answer.nearest else "nothing quoted"
    rank = corpus.find_rank(question, answer)
    if 0 < rank <= PASSAGES_SCORED:
        return f"passage right at rank {rank}, sentence wrong"
    if not rank:
        return f"not retrieved in {PASSAGES_FOUND}"
    return f"retrieved at rank {rank}, not shown in the first {PASSAGES_SCORED}"


def answer_line(corpus: Corpus, outcome: Outcome) -> dict[str, Any]:
    """Give an outcome as a line for a scorer of answers.

    What is quoted stands in it even where the answer abstains; passages that are quoted without
    being among those shown stand after them.
    """
    answer, quotations = outcome.answer, list_quotations(outcome.answer)
    hits = {hit.id: hit for hit in (*answer.passages, *(each.hit for each in quotations))}
    name = partial(_passage_json, corpus)
    return {
        "id": outcome.question.id,
        "answer": shorten(answer),
        "quote": [quotation.text for quotation in quotations],
        "passages": [name(hit) for hit in hits.values()],
        "abstained": answer.abstained,
        "score": answer.confidence,
    }


def _passage_json(corpus: Corpus, hit: Hit) -> Any:
    if corpus.ids is not None:
        return corpus.name(hit)
    held, passage = hit.document, hit.passage
    page = hit.page if held.paged else None
    return {"file": Path(held.file).name, "doc": held.id, "text": passage.text, "page": page}
