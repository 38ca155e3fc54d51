"""How well passages that answer a question are found, beside plain BM25 on the same passages.

    python -m benchmarks.retrieval SET [SET …] [--with distractors]

A SET is a folder with dev.jsonl and passages.jsonl.gz; a folder of such folders stands for all in
it. --with adds the passages of NAME.jsonl.gz to the sets that have that file. Passages are taken
from the answer that a reader gets, so that whatever ranks them in the service is what is measured.
Figures are per cent of the questions that the set answers, with 95 % intervals (bootstrap).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.passage_sets import (
    Question,
    SetPassage,
    index_library,
    make_library,
    read_passages,
    read_questions,
)
from benchmarks.plain_bm25 import PlainBM25
from index.search import Searcher
from search_app.answers import answer_question

MOST = 10
DRAWS = 1000
FIGURES = ("recall@1", "recall@5", "recall@10", "hit@5", "MRR@10")

Ranking = Callable[[str], Sequence[str]]
"""Gives the ids of the best passages for a question, best first."""


@dataclass(frozen=True)
class Measured:
    """A row of figures (see FIGURES) for each question, and milliseconds of CPU a question."""

    rows: list[tuple[float, ...]]
    milliseconds: list[float]


def score(ranked: Sequence[str], gold: frozenset[str]) -> tuple[float, ...]:
    """Score one ranking: recall at 1, 5 and 10, any hit in 5, and one over the first hit's rank."""
    found = [passage in gold for passage in ranked[:MOST]]
    first = found.index(True) + 1 if any(found) else 0
    recalls = (sum(found[:depth]) / len(gold) for depth in (1, 5, 10))
    return (*recalls, float(any(found[:5])), 1 / first if first else 0.0)


def measure(questions: Sequence[Question], rank: Ranking) -> Measured:
    """Rank the passages for each question."""
    measured = Measured([], [])
    for question in questions:
        started = time.process_time()
        ranked = rank(question.text)
        measured.milliseconds.append(1000 * (time.process_time() - started))
        measured.rows.append(score(ranked, question.gold))
    return measured


@contextmanager
def rank_as_served(passages: Sequence[SetPassage]) -> Iterator[Ranking]:
    """Index passages in a folder of their own, and rank them the way that questions are answered.
    """
    with TemporaryDirectory() as data:
        library, ids = make_library(Path(data), passages)
        index_library(library)
        searcher = Searcher(library)

        def rank(question: str) -> list[str]:
            hits = answer_question(searcher, question).passages
            return [ids[hit.document.id, hit.passage.number] for hit in hits]

        yield rank
        searcher.snapshot().engine.close()
        library.close()


def rank_plainly(passages: Sequence[SetPassage]) -> Ranking:
    """Rank passages by plain BM25 over their titles and texts."""
    plain = PlainBM25([f"{passage.title} {passage.text}" for passage in passages])
    return lambda question: [passages[number].id for number in plain.rank(question, MOST)]


def find_interval(values: Sequence[float]) -> tuple[float, float]:
    """Find the 95 % interval of a mean: percentiles of the means of DRAWS draws (Efron 1979)."""
    chance = random.Random(1)
    means = sorted(
        sum(chance.choices(values, k=len(values))) / len(values) for _ in range(DRAWS)
    )
    return means[int(0.025 * DRAWS)], means[int(0.975 * DRAWS) - 1]


def find_sets(folders: Sequence[Path]) -> Iterator[Path]:
    """Find the sets: the folders themselves, or those in them."""
    for folder in folders:
        inside = sorted(path.parent for path in folder.glob("*/dev.jsonl"))
        yield from [folder] if (folder / "dev.jsonl").exists() else inside


def read_set(folder: Path, added: str) -> tuple[list[SetPassage], list[Question]]:
    """Read the passages and questions of a set, with those of a further file where it has it."""
    passages = read_passages(folder / "passages.jsonl.gz")
    further = folder / f"{added}.jsonl.gz"
    if added and further.exists():
        passages += read_passages(further)
    return passages, read_questions(folder / "dev.jsonl")


def main() -> None:
    """Print two rows a set, and the means over the sets."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--with", dest="added", default="", metavar="NAME")
    chosen = parser.parse_args()
    print(f"{'set':<15}{'':<12}" + "".join(f"{figure:>18}" for figure in FIGURES) + f"{'ms':>8}")
    totals: dict[str, list[list[float]]] = {"plain BM25": [], "plansearch": []}
    for folder in find_sets(chosen.sets):
        passages, questions = read_set(folder, chosen.added)
        print(f"{folder.name:<15}{len(questions)} questions, {len(passages)} passages")
        with rank_as_served(passages) as rank:
            for name, ranking in (("plain BM25", rank_plainly(passages)), ("plansearch", rank)):
                totals[name].append(_print_row(name, measure(questions, ranking)))
    for name, rows in totals.items():
        means = (sum(column) / len(column) for column in zip(*rows, strict=True))
        print(f"{'all sets':<15}{name:<12}" + "".join(f"{100 * mean:18.1f}" for mean in means))


def _print_row(name: str, measured: Measured) -> list[float]:
    columns = list(zip(*measured.rows, strict=True))
    means = [sum(column) / len(column) for column in columns]
    print(f"{'':<15}{name:<12}", end="")
    for mean, column in zip(means, columns, strict=True):
        low, high = find_interval(column)
        print(f"{100 * mean:7.1f} [{100 * low:3.0f}-{100 * high:3.0f}]".rjust(18), end="")
    median = sorted(measured.milliseconds)[len(measured.milliseconds) // 2]
    print(f"{median:8.1f}", flush=True)
    return means


if __name__ == "__main__":
    main()
