"""How well passages that answer a question are found, beside plain BM25 on the same passages.

    python -m benchmarks.retrieval SET [SET …] [--with distractors] [--models DIR] [--vectors DB]
                                   [--most N]

A SET is a folder with dev.jsonl and passages.jsonl.gz; a folder of such folders stands for all in
it. --with adds the passages of NAME.jsonl.gz to the sets that have that file. Passages are taken
from the answer that a reader gets, so that whatever ranks them in the service is what is measured;
with the models of --models, whose vectors are kept in --vectors, too; a row each then tells what
the stages are worth: found by words, by meaning, the two joined, and all of it. Figures are per
cent of the questions that the set answers, of N drawn at random where it has more, with 95 %
intervals (bootstrap).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.plain_bm25 import PlainBM25
from index.meaning import Encoding
from index.models import open_models
from search_app.evaluating.evaluation import Corpus, open_passages
from search_app.evaluating.figures import draw_samples, find_interval
from search_app.evaluating.questions import Question, read_questions
from search_app.evaluating.scores import Scores, score_ranking
from search_app.evaluating.passage_sets import SetPassage, read_passages
from search_app.answering.ranked_passages import RankedPassage

MOST = 10
FIGURES = ("recall@1", "recall@5", "recall@10", "hit@5", "mrr@10")

Ranking = Callable[[str], Sequence[str]]
"""Gives the ids of the best passages for a question, best first."""

LAST = 10**9
STAGES: Mapping[str, Callable[[RankedPassage], float]] = {
    "by words": lambda each: each.candidate.lexical.rank if each.candidate.lexical else LAST,
    "by meaning": lambda each: each.candidate.dense.rank if each.candidate.dense else LAST,
    "joined": lambda each: -each.hit.score,
    "plansearch": lambda each: 0,
}
"""By what each stage orders the passages of an answer, which stand in the order of the last."""


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


def measure_stages(
    corpus: Corpus, questions: Sequence[Question], stages: Sequence[str]
) -> dict[str, Measured]:
    """Ask each question once, and rank its passages as each stage did; all of them are timed
    together, as the last."""
    measured = {stage: Measured([], []) for stage in stages}
    for question in questions:
        started = time.process_time()
        passages = corpus.ask(question.text).workings.passages
        milliseconds = 1000 * (time.process_time() - started)
        for stage in stages:
            best = sorted(passages, key=STAGES[stage])[:MOST]
            found = [corpus.find_gold(question, each.hit) for each in best]
            measured[stage].scores.append(score_ranking(found, len(question.passages)))
        measured[stages[-1]].milliseconds.append(milliseconds)
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


def read_set(
    folder: Path, added: str, most: int | None = None
) -> tuple[list[SetPassage], list[Question]]:
    """Read the passages of a set, with those of a further file where it has it, and the questions
    that they answer, or ``most`` of them drawn at random."""
    passages = read_passages(folder / "passages.jsonl.gz")
    further = folder / f"{added}.jsonl.gz"
    if added and further.exists():
        passages += read_passages(further)
    questions = read_questions(folder / "dev.jsonl")
    asked = [each for each in questions if each.answerable and each.passages]
    return passages, random.Random(1).sample(asked, min(most or len(asked), len(asked)))


def main() -> None:
    """Print some rows a set, and the means over the sets."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--with", dest="added", default="", metavar="NAME")
    parser.add_argument("--models", type=Path, default=Path("/nowhere"), metavar="DIR")
    parser.add_argument("--vectors", type=Path, metavar="DB")
    parser.add_argument("--most", type=int, metavar="N")
    chosen = parser.parse_args()
    models = open_models(chosen.models)
    encoder = models.encoder
    encoding = Encoding(encoder, _say_nothing, chosen.vectors) if encoder else None
    print(f"{'set':<15}{'':<12}" + "".join(f"{figure:>18}" for figure in FIGURES) + f"{'ms':>8}")
    stages = [*STAGES][0 if encoder else -1:]
    totals: dict[str, list[list[float]]] = {name: [] for name in ("plain BM25", *stages)}
    for folder in find_sets(chosen.sets):
        passages, questions = read_set(folder, chosen.added, chosen.most)
        print(f"{folder.name:<15}{len(questions)} questions, {len(passages)} passages")
        plain = measure(questions, rank_plainly(passages))
        totals["plain BM25"].append(_print_row("plain BM25", plain))
        with open_passages(passages, _say_nothing, models, encoding) as corpus:
            served = measure_stages(corpus, questions, stages)
        for name, measured in served.items():
            totals[name].append(_print_row(name, measured))
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
    times = sorted(measured.milliseconds)
    print(f"{times[len(times) // 2]:8.1f}" if times else "", flush=True)
    return means


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


if __name__ == "__main__":
    main()
