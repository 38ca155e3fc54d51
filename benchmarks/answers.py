"""plansearch's answers beside those of the peer cairn-assistant, to the same questions.

    python -m benchmarks.answers SET [--with distractors] [--documents FOLDER] [--models DIR]
                                 [--vectors DB] [--peer-python PATH]

A SET is a folder with dev.jsonl and passages.jsonl.gz, whose passages both are given as they were
cut; with --documents both get the text files of a folder instead, and cut them up themselves.
--with adds the passages of NAME.jsonl.gz of the set. PATH is a Python into which the peer was
installed (cairn-assistant 0.3.0, in an environment of its own); without it plansearch is alone. The
peer quotes a whole passage, the best by the cosine of its words, or refuses; it has no short
answers and names no page. Figures are per cent with 95 % intervals.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.search import find_percentile
from index.build import build_index
from index.meaning import Encoding
from index.models import Models, open_models
from index.results import Hit
from index.search import Searcher
from ingest.library import Library
from ingest.records import HeldDocument, Passage, Span
from ingest.run import ingest_corpus
from ingest.workers import Limits
from search_app.evaluating.evaluation import Corpus, Outcome, evaluate, open_passages
from search_app.evaluating.figures import LABELS, Estimate, estimate_figures
from search_app.evaluating.questions import Question, read_questions
from search_app.evaluating.scores import list_quotations, score_answer
from search_app.evaluating.passage_sets import SetPassage, add_passages, read_passages
from search_app.answering.quotations import Quotation

PEER = Path(__file__).with_name("peer_cairn.py")
FALSE_ANSWERS = 0.1

Texts = Mapping[str, str]
"""The text of each file, by its name."""


@dataclass(frozen=True)
class PeerAnswer:
    """What the peer says to a question: passages, each its name and text, best first."""

    passages: list[tuple[str, str]]
    confidence: float
    abstained: bool
    clock_ms: float
    processor_ms: float


@contextmanager
def open_documents(
    folder: Path, texts: Texts, added: Sequence[SetPassage], models: Models,
    encoding: Encoding | None,
) -> Iterator[Corpus]:  # fmt: skip
    """Read text files, with the catalogue beside them, into a library that is gone afterwards."""
    with TemporaryDirectory(prefix="plansearch-") as data:
        read = Path(data) / "files"
        read.mkdir()
        for name in (*texts, "catalogue.csv"):
            if (folder / name).exists():
                shutil.copy(folder / name, read)
        library = Library(Path(data))
        for unread in ingest_corpus(read, library, Limits(), _say_nothing).failed:
            raise SystemExit(f"{unread.file}: {unread.reason}")
        add_passages(library, "added", added)
        build_index(library, _say_nothing, encoding=encoding)
        searcher = Searcher(library, models)
        try:
            yield Corpus(searcher)
        finally:
            searcher.snapshot().engine.close()
            library.close()


def _say_nothing(done: int, total: int, name: str) -> None:
    pass


def write_documents(
    library: Library, held: Sequence[HeldDocument], texts: Texts, folder: Path
) -> None:
    """Write the documents of a library as the peer takes them, named d0, d1 …

    Those whose text is not given are their passages, each a passage of the peer's too.
    """
    for number, each in enumerate(held):
        passages = (_close_up(passage.text) for passage in library.passages(each))
        body = texts.get(Path(each.file).name) or "\n\n".join(passages)
        title = _close_up(each.description.title.value) or "Untitled"
        head = f"---\nid: d{number}\ntitle: {title}\nlang: en\n---\n"
        (folder / f"d{number}.md").write_text(head + body, encoding="utf-8")


def _close_up(text: str) -> str:
    """Put a text on one line, which cannot be taken for a heading."""
    return " ".join(text.split()).lstrip("# ")


def ask_peer(
    python: Path, library: Library, held: Sequence[HeldDocument], texts: Texts,
    questions: Sequence[Question],
) -> list[PeerAnswer]:  # fmt: skip
    """Ask the peer, in a process of its own."""
    with TemporaryDirectory(prefix="peer-") as folder:
        write_documents(library, held, texts, Path(folder))
        done = subprocess.run(
            [str(python), "-P", str(PEER), folder], text=True, stdout=subprocess.PIPE, check=True,
            input=json.dumps([question.text for question in questions]),
        )  # fmt: skip
    return [PeerAnswer(**answer) for answer in json.loads(done.stdout)]


def judge(
    corpus: Corpus, held: Sequence[HeldDocument], ours: Outcome, said: PeerAnswer
) -> Outcome:
    """Score what the peer says to a question as what plansearch says is scored."""
    hits = tuple(_make_hit(held, name, text) for name, text in said.passages)
    quoted = tuple(Quotation(hit.passage.text, hit, 0, len(hit.passage.text)) for hit in hits[:1])
    answer = replace(
        ours.answer, short_answer="", passages=hits, nearest=quoted, disagreeing=False,
        quotations=() if said.abstained else quoted, abstained=said.abstained,
        confidence=said.confidence,
    )  # fmt: skip
    question = ours.question
    scores = {**corpus.score(question, hits), **score_answer(question, answer)}
    return Outcome(question, answer, scores, said.clock_ms, said.processor_ms, "")


def _make_hit(held: Sequence[HeldDocument], name: str, text: str) -> Hit:
    document, number = map(int, re.findall(r"\d+", name))
    spans = (Span(1, 0, len(text)),)
    return Hit(held[document], Passage(number, text, (), spans, ()), 0.0, ())


def find_given(outcomes: Sequence[Outcome]) -> float:
    """Find how many answerable questions get the whole answer at the best threshold that there is
    for these very questions: the least at which FALSE_ANSWERS of the others, or fewer, get any."""
    false = sorted(each.answer.confidence for each in outcomes if not each.question.answerable)
    allowed = int(FALSE_ANSWERS * len(false))
    threshold = false[-1 - allowed] if len(false) > allowed else -1.0
    rights = [each for each in outcomes if each.question.answerable and "quoted" in each.scores]
    given = sum(each.scores["quoted"] for each in rights if each.answer.confidence > threshold)
    return given / max(1, len(rights))


def print_table(compared: Mapping[str, Sequence[Outcome]]) -> None:
    """Print every figure of each, and what an answer costs."""
    figures = {name: estimate_figures(outcomes) for name, outcomes in compared.items()}
    _print_row("", list(compared))
    for name, label in LABELS.items():
        if any(name in each for each in figures.values()):
            _print_row(label, [_show(each.get(name)) for each in figures.values()])
    every = [*compared.values()]
    label = f"whole answer given, {100 * FALSE_ANSWERS:.0f} % false answers"
    _print_row(label, [f"{100 * find_given(each):.1f}" for each in every])
    _print_row("words quoted, median", [f"{median(map(_count_words, each)):.0f}" for each in every])
    for label, times in (
        ("milliseconds, clock", [[one.clock_ms for one in each] for each in every]),
        ("milliseconds, processor", [[one.processor_ms for one in each] for each in every]),
    ):
        shares = [[find_percentile(each, share) for share in (0.5, 0.95)] for each in times]
        _print_row(label, [f"{middle:.1f} ({most:.1f})" for middle, most in shares])


def _print_row(label: str, cells: Sequence[str]) -> None:
    print(f"{label:<42}" + "".join(f"{cell:>24}" for cell in cells), flush=True)


def _show(figure: Estimate | None) -> str:
    if figure is None:
        return "–"
    low, high = 100 * figure.low, 100 * figure.high
    return f"{100 * figure.value:.1f} [{low:.0f}-{high:.0f}]"


def _count_words(outcome: Outcome) -> int:
    return sum(len(each.text.split()) for each in list_quotations(outcome.answer))


def main() -> None:
    """Ask both, and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("set", type=Path)
    parser.add_argument("--with", dest="added", metavar="NAME")
    parser.add_argument("--documents", type=Path, metavar="FOLDER")
    parser.add_argument("--models", type=Path, default=Path("/nowhere"), metavar="DIR")
    parser.add_argument("--vectors", type=Path, metavar="DB")
    parser.add_argument("--peer-python", type=Path, metavar="PATH")
    chosen = parser.parse_args()
    questions = read_questions(chosen.set / "dev.jsonl")
    added = read_passages(chosen.set / f"{chosen.added}.jsonl.gz") if chosen.added else []
    models = open_models(chosen.models)
    encoder = models.encoder
    encoding = Encoding(encoder, _say_nothing, chosen.vectors) if encoder else None
    texts = read_texts(chosen.documents) if chosen.documents else {}
    opened = (
        open_documents(chosen.documents, texts, added, models, encoding)
        if texts
        else open_passages(read_passages(chosen.set / "passages.jsonl.gz") + added,
                           _say_nothing, models, encoding)
    )  # fmt: skip
    with opened as corpus:
        compared = {"plansearch": evaluate(corpus, questions, _say_nothing)}
        if chosen.peer_python:
            library = corpus.searcher.library
            held = library.documents()
            said = ask_peer(chosen.peer_python, library, held, texts, questions)
            pairs = zip(compared["plansearch"], said, strict=True)
            compared["cairn-assistant"] = [judge(corpus, held, *pair) for pair in pairs]
    print_table(compared)


def read_texts(folder: Path) -> Texts:
    """Read the text files of a folder."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    if not texts:
        raise SystemExit(f"There are no text files in {folder}; the peer reads no others.")
    return texts


if __name__ == "__main__":
    main()
