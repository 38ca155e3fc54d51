"""Learn how to decide whether a quotation answers: the weights of answering/decision.toml.

    python -m benchmarks.decision SET [SET …] [--with distractors] [--false-answers SHARE]

A SET is a folder with dev.jsonl and passages.jsonl.gz. Its questions are asked of its own passages,
and those of questions.jsonl, which are ours, of the sample corpus, held in --data; once with the
models and once without. The signs of each answer and whether it was right are kept in
var/decision/, so that learning again takes seconds: delete them when answers change. A logistic
regression with a small ridge is learnt of all sets, each counting the same and with a bias of its
own (Newton's method; le Cessie and van Houwelingen 1992): how much of what people ask is answered
differs from set to set. The bias that counts is the mean of those about plans: our questions, those
of --held and --plans. The threshold is the least with at most the stated share of false answers to
the unanswerable questions of these, but for ours, which were made to tempt. It prints what would
stand in search_app/answering/decision.toml; a person puts it there.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.retrieval import find_sets
from index.meaning import Encoding
from index.models import Models, open_models
from index.search import Searcher
from ingest.library import Library
from search_app.evaluating.evaluation import Corpus, evaluate, open_passages
from search_app.evaluating.figures import measure_auroc, measure_calibration_error
from search_app.evaluating.questions import Question, read_questions
from search_app.evaluating.passage_sets import read_passages

KEPT = Path("var/decision")
VECTORS = Path("var/evaluation/vectors.db")
OWN = Path(__file__).parent / "questions.jsonl"
RIDGE = 0.3
STEPS = 50
WAYS = {
    "with_models": (
        "in_passage", "meaning", "spread", "lead", "names", "time", "body", "place",
        "contrary", "foretold", "lacking",
    ),
    "by_words": (
        "coverage", "names", "wording", "spread", "lead", "time", "fits", "place",
        "contrary", "foretold",
    ),
}  # fmt: skip

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """What spoke for a quotation, whether it was right, and whether anything could have been."""

    signs: Mapping[str, float]
    right: bool
    answerable: bool


def collect(folder: Path, added: str, most: int, models: Models) -> list[Example]:
    """Ask questions of a set of its passages."""
    files = [folder / "passages.jsonl.gz", folder / f"{added}.jsonl.gz"]
    passages = [each for file in files if file.exists() for each in read_passages(file)]
    questions = read_questions(folder / "dev.jsonl")
    if len(questions) > most:
        questions = random.Random(1).sample(questions, most)
    encoding = models.encoder and Encoding(models.encoder, _say, VECTORS)
    with open_passages(passages, _say, models, encoding) as corpus:
        return ask(corpus, questions)


def collect_held(questions: Path, data: Path, models: Models) -> list[Example]:
    """Ask the questions of a file of the documents held in a data folder."""
    return ask(Corpus(Searcher(Library(data), models)), read_questions(questions))


def ask(corpus: Corpus, questions: Sequence[Question]) -> list[Example]:
    """Ask questions; those that find nothing at all teach nothing."""
    return [
        Example(each.answer.workings.signs, each.right, each.question.answerable)
        for each in evaluate(corpus, questions, _say)
        if each.right is not None and each.answer.workings.signs
    ]


def _say(done: int, total: int, what: str) -> None:
    if done == total or not done % 50:
        print(f"  {done} of {total} {what}", file=sys.stderr)


def learn(sets: Sequence[Sequence[Example]], signs: Sequence[str]) -> tuple[Reals, Reals]:
    """Learn the bias of each set and the weights of signs, each set counting as much as the others.
    """
    which = np.concatenate([np.full(len(each), number) for number, each in enumerate(sets)])
    examples = [example for each in sets for example in each]
    inputs = np.hstack([np.eye(len(sets))[which], _values(examples, signs)])
    right = np.array([each.right for each in examples], float)
    shares = len(examples) / len(sets) / np.bincount(which)[which]
    ridge = RIDGE * np.diag([0.0] * len(sets) + [1.0] * len(signs))
    weights = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        said = _say_probable(inputs @ weights)
        slope = inputs.T @ (shares * (right - said)) - ridge @ weights
        bend = (inputs * (shares * said * (1 - said))[:, None]).T @ inputs + ridge
        weights += np.linalg.solve(bend, slope)
    return weights[:len(sets)], weights[len(sets):]


def _values(examples: Sequence[Example], signs: Sequence[str]) -> Reals:
    return np.array([[each.signs[name] for name in signs] for each in examples])


def _say_probable(odds: Reals) -> Reals:
    said: Reals = 1 / (1 + np.exp(-odds))
    return said


def tell(examples: Sequence[Example], signs: Sequence[str], bias: float, weights: Reals) -> Reals:
    """Give how probable it is that each quotation answers."""
    return _say_probable(bias + _values(examples, signs) @ weights)


def find_threshold(said: Reals, answerable: NDArray[np.bool_], share: float) -> float:
    """Find the least threshold with at most this share of false answers."""
    false = np.sort(said[~answerable])
    return float(np.nextafter(false[len(false) - int(share * len(false)) - 1], 1.0))


def describe(name: str, examples: Sequence[Example], said: Reals, threshold: float) -> str:
    """Say how a decision does on a set."""
    right = np.array([each.right for each in examples])
    answerable = np.array([each.answerable for each in examples])
    shown = said >= threshold
    false = f"{100 * shown[~answerable].mean():.0f}" if not answerable.all() else "-"
    parted = measure_auroc(zip(said.tolist(), answerable.tolist()))
    told = [*zip(said.tolist(), right.tolist())]
    return (
        f"  {name:<15}{len(examples):5} asked, right {100 * right.mean():.0f} %; AUROC answerable"
        f" {_percent(parted)}, right {_percent(measure_auroc(told))}; calibration error"
        f" {measure_calibration_error(told):.3f}; at {threshold:.3f}: false {false} %,"
        f" right of answerable {100 * (right & shown)[answerable].mean():.0f} %"
    )


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}"


def report(
    way: str, sets: Mapping[str, Sequence[Example]], plans: Sequence[str], share: float
) -> None:
    """Print how each set does when learnt of the others, and what is learnt of all."""
    signs = WAYS[way]
    print(f"{way}, each set by what is learnt of the others:")
    for name, examples in sets.items():
        others = {other: each for other, each in sets.items() if other != name}
        bias, weights = learn_for_plans(others, signs, [plan for plan in plans if plan != name])
        print(describe(name, examples, tell(examples, signs, bias, weights), 0.5))
    bias, weights = learn_for_plans(sets, signs, plans)
    asked = [example for plan in plans[1:] or plans for example in sets[plan]]
    answerable = np.array([each.answerable for each in asked])
    threshold = find_threshold(tell(asked, signs, bias, weights), answerable, share)
    print(f"{way}, learnt of all:")
    for name, examples in sets.items():
        print(describe(name, examples, tell(examples, signs, bias, weights), threshold))
    pairs = ", ".join(f"{name} = {weight:.2f}" for name, weight in zip(signs, weights))
    print(f"[{way}]\nbias = {bias:.2f}\nthreshold = {threshold:.2f}\nweights = {{ {pairs} }}")


def learn_for_plans(
    sets: Mapping[str, Sequence[Example]], signs: Sequence[str], plans: Sequence[str]
) -> tuple[float, Reals]:
    """Learn the weights of all sets, and the bias of those about plans."""
    biases, weights = learn([*sets.values()], signs)
    of_plans = [bias for name, bias in zip(sets, biases) if name in plans]
    return float(np.mean(of_plans)), weights


def keep(name: str, collect: Callable[[], list[Example]]) -> list[Example]:
    """Give the examples kept under a name, collected where there are none."""
    kept = KEPT / f"{name}.json"
    if not kept.exists():
        kept.write_text(json.dumps([asdict(each) for each in collect()]))
    return [Example(**each) for each in json.loads(kept.read_text())]


def main() -> None:
    """Collect what is not kept yet, learn, and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--data", type=Path, default=Path("var"), help="holds the sample corpus")
    parser.add_argument(
        "--held", nargs=2, type=Path, action="append", default=[], metavar=("QUESTIONS", "DATA"),
        help="a file of questions, and the data folder that holds the documents",
    )
    parser.add_argument("--with", dest="added", default="", metavar="NAME")
    parser.add_argument("--most", type=int, default=150, help="questions of a set")
    parser.add_argument("--plans", nargs="*", default=["derbyshire"], metavar="NAME")
    parser.add_argument("--false-answers", type=float, default=0.1, metavar="SHARE")
    parser.add_argument("--models", type=Path, default=Path("var/models"))
    chosen = parser.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    ways = {"with_models": open_models(chosen.models), "by_words": Models()}
    for way, models in ways.items():
        sets = {}
        for questions, data in [(OWN, chosen.data), *chosen.held]:
            name = f"{data.name} held"
            sets[name] = keep(f"{name}-{way}", lambda: collect_held(questions, data, models))
        for folder in find_sets(chosen.sets):
            sets[folder.name] = keep(
                f"{folder.name}-{way}",
                lambda: collect(folder, chosen.added, chosen.most, models),
            )
        held = {name: each for name, each in sets.items() if each}
        plans = [name for name in held if name.endswith(" held") or name in chosen.plans]
        report(way, held, plans, chosen.false_answers)


if __name__ == "__main__":
    main()
