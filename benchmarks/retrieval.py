"""How well passages that answer a question are found, beside plain BM25 on the same passages.

    python -m benchmarks.retrieval SET [SET …] [--with distractors] [--models DIR] [--vectors DB]

A SET is a folder with dev.jsonl and passages.jsonl.gz; a folder of such folders stands for all in
it. --with adds the passages of NAME.jsonl.gz to the sets that have that file. Passages are taken
from the answer that a reader gets, so that whatever ranks them in the service is what is measured;
with the models of --models, whose vectors are kept in --vectors, too. Figures are per cent of the
questions that the set answers, with 95 % intervals (bootstrap).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.plain_bm25 import PlainBM25
from index.meaning import Encoding
from index.models import open_models
from search_app.evaluation import open_passages
from search_app.evaluation_figures import draw_samples, find_interval
from search_app.evaluation_questions import Question, read_questions
from search_app.evaluation_scores import Scores, score_ranking
from search_app.passage_sets import SetPassage, read_passages

MOST = 10
FIGURES = ("recall@1", "recall@5", "recall@10", "hit@5", "mrr@10")

Ranking = Callable[[str], Sequence[str]]
"""Gives the ids of the best passages for a question, best first."""


@dataclass(frozen=True)
class Measured:
    """The figures of each question, and milliseconds of CPU a question."""

    scores: list[Scores]
    milliseconds: list[float]


def measure(questions: Sequence[Question], rank: Ranking) -> Measured:
    """Rank the passages for each question."""
    measured = Measured([], [])
    for question in questions:
        started = time.process_time()
        ranked = rank(question.text)
        measured.milliseconds.append(1000 * (time.process_time() - started))
        found = [id if id in question.passages else "" for id in ranked]
        measured.scores.append(score_ranking(found, len(question.passages)))
    return measured


def rank_plainly(passages: Sequence[SetPassage]) -> Ranking:
    """Rank passages by plain BM25 over their titles and texts."""
    plain = PlainBM25([f"{passage.title} {passage.text}" for passage in passages])
    return lambda question: [passages[number].id for number in plain.rank(question, MOST)]


def find_sets(folders: Sequence[Path]) -> Iterator[Path]:
    """Find the sets: the folders themselves, or those in them."""
    for folder in folders:
        inside = sorted(path.parent for path in folder.glob("*/dev.jsonl"))
        yield from [folder] if (folder / "dev.jsonl").exists() else inside


def read_set(folder: Path, added: str) -> tuple[list[SetPassage], list[Question]]:
    """Read the passages of a set, with those of a further file where it has it, and the questions
    that they answer."""
    passages = read_passages(folder / "passages.jsonl.gz")
    further = folder / f"{added}.jsonl.gz"
    if added and further.exists():
        passages += read_passages(further)
    questions = read_questions(folder / "dev.jsonl")
    return passages, [each for each in questions if each.answerable and each.passages]


def main() -> None:
    """Print two rows a set, and the means over the sets."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--with", dest="added", default="", metavar="NAME")
    parser.add_argument("--models", type=Path, default=Path("/nowhere"), metavar="DIR")
    parser.add_argument("--vectors", type=Path, metavar="DB")
    chosen = parser.parse_args()
    models = open_models(chosen.models)
    encoder = models.encoder
    encoding = Encoding(encoder, _say_nothing, chosen.vectors) if encoder else None
    print(f"{'set':<15}{'':<12}" + "".join(f"{figure:>18}" for figure in FIGURES) + f"{'ms':>8}")
    totals: dict[str, list[list[float]]] = {"plain BM25": [], "plansearch": []}
    for folder in find_sets(chosen.sets):
        passages, questions = read_set(folder, chosen.added)
        print(f"{folder.name:<15}{len(questions)} questions, {len(passages)} passages")
        plain = measure(questions, rank_plainly(passages))
        totals["plain BM25"].append(_print_row("plain BM25", plain))
        with open_passages(passages, _say_nothing, models, encoding) as corpus:
            served = measure(questions, corpus.rank)
        totals["plansearch"].append(_print_row("plansearch", served))
    for name, rows in totals.items():
        means = (sum(column) / len(column) for column in zip(*rows, strict=True))
        print(f"{'all sets':<15}{name:<12}" + "".join(f"{100 * mean:18.1f}" for mean in means))


def _say_nothing(done: int, total: int, name: str) -> None:
    pass


def _print_row(name: str, measured: Measured) -> list[float]:
    columns = [[scores[figure] for scores in measured.scores] for figure in FIGURES]
    means = list(map(_mean, columns))
    print(f"{'':<15}{name:<12}", end="")
    for mean, column in zip(means, columns, strict=True):
        low, high = find_interval(list(map(_mean, draw_samples(column))))
        print(f"{100 * mean:7.1f} [{100 * low:3.0f}-{100 * high:3.0f}]".rjust(18), end="")
    median = sorted(measured.milliseconds)[len(measured.milliseconds) // 2]
    print(f"{median:8.1f}", flush=True)
    return means


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


if __name__ == "__main__":
    main()
