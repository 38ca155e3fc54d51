"""Milliseconds a question, and memory, among so many passages, with models and by words alone.

    python -m benchmarks.answering_speed SET [SET …] [--passages N …] [--questions N]
                                         [--models DIR] [--vectors DB]

A SET is a folder with dev.jsonl and passages (*.jsonl.gz), as benchmarks.retrieval takes them.
Where N is more than they hold, the passages are repeated, unchanged, in other documents, and a line
says so; vectors are kept in DB by text, so that a repeated one costs nothing. Each index is built
in one process and asked in another, of which the memory is told after its last question: all that
it holds, files that are mapped among it. No question is hurried, as one is by the service.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, count, islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks.engine_trial import find_resident_mib
from benchmarks.search import find_percentile
from benchmarks.search_queries import read_all_passages
from index.build import build_index
from index.meaning import Encoding
from index.models import Models, open_models
from index.search import Searcher
from ingest.library import Library
from search_app.answering.answers import answer_question
from search_app.evaluating.questions import read_questions
from search_app.evaluating.passage_sets import SetPassage, make_library

Made = TypeVar("Made")


@dataclass(frozen=True)
class Speed:
    """Milliseconds of each question by clock and processor, and MiB of memory after the last."""

    clock_ms: list[float]
    processor_ms: list[float]
    memory_mib: float


def find_files(sets: Sequence[Path]) -> list[Path]:
    """Find the files of passages of some sets, those that the questions are about first."""
    files = [path for folder in sets for path in sorted(folder.glob("*.jsonl.gz"))]
    return sorted(files, key=lambda path: path.name != "passages.jsonl.gz")


def repeat(passages: Sequence[SetPassage], most: int) -> list[SetPassage]:
    """Give ``most`` passages; a repeated one is of another document."""
    copies = ((copy, each) for copy in count() for each in passages)
    return [
        SetPassage(f"{each.id}~{copy}", f"{each.document}~{copy}", each.title, each.text)
        for copy, each in islice(copies, most)
    ]


def build(
    data: Path, files: Sequence[Path], most: int, models: Path, vectors: Path | None
) -> float:
    """Index ``most`` passages of some files in an empty folder, and give the seconds it took."""
    started = time.perf_counter()
    encoder = open_models(models).encoder
    encoding = Encoding(encoder, _say_nothing, vectors) if encoder else None
    library, _ = make_library(data, repeat(read_all_passages(files), most))
    build_index(library, _say_nothing, encoding=encoding)
    library.close()
    return time.perf_counter() - started


def _say_nothing(done: int, total: int, name: str) -> None:
    pass


def ask(data: Path, questions: Sequence[str], models: Models) -> Speed:
    """Ask questions; the first is asked once more before, so that opening is not timed."""
    searcher = Searcher(Library(data), models)
    speed = Speed([], [], 0.0)
    answer_question(searcher, questions[0])
    for question in questions:
        clock, processor = time.perf_counter(), time.process_time()
        answer_question(searcher, question)
        speed.processor_ms.append(1000 * (time.process_time() - processor))
        speed.clock_ms.append(1000 * (time.perf_counter() - clock))
    return Speed(speed.clock_ms, speed.processor_ms, find_resident_mib())


def ask_with(data: Path, questions: Sequence[str], models: Path | None) -> Speed:
    """Ask with the models of a folder, or without."""
    return ask(data, questions, open_models(models) if models else Models())


def _run_apart(run: Callable[..., Made], *given: object) -> Made:
    """Run something in a process of its own, which has nothing of this one's memory."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(run, *given).result()


def print_speed(passages: int, way: str, speed: Speed) -> None:
    """Print a row: median and 95th percentile by clock and by processor, and memory."""
    cells = [
        f"{find_percentile(times, 0.5):.0f} ({find_percentile(times, 0.95):.0f})"
        for times in (speed.clock_ms, speed.processor_ms)
    ]
    print(
        f"{passages:>8}  {way:<14}" + "".join(f"{cell:>18}" for cell in cells)
        + f"{speed.memory_mib:>12.0f}", flush=True,
    )  # fmt: skip


def main() -> None:
    """Print two rows for each number of passages."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--passages", nargs="+", type=int, default=[500])
    parser.add_argument("--questions", type=int, default=50)
    parser.add_argument("--models", type=Path, default=Path("/nowhere"), metavar="DIR")
    parser.add_argument("--vectors", type=Path, metavar="DB")
    chosen = parser.parse_args()
    asked = chain.from_iterable(read_questions(each / "dev.jsonl") for each in chosen.sets)
    questions = [each.text for each in islice(asked, chosen.questions)]
    files = find_files(chosen.sets)
    different = len(read_all_passages(files))
    ways: dict[str, Path | None] = {"by words": None}
    if open_models(chosen.models).encoder:
        ways["with models"] = chosen.models
    print(f"{len(questions)} questions; milliseconds: median (95th percentile)")
    print(f"{'passages':>8}  {'':<14}{'clock':>18}{'processor':>18}{'memory, MiB':>12}")
    for most in chosen.passages:
        times = f", each {most / different:.1f} times" if most > different else ""
        with TemporaryDirectory(prefix="plansearch-") as folder:
            data = Path(folder)
            given = (files, most, chosen.models, chosen.vectors)
            seconds = _run_apart(build, data, *given)
            print(f"{most:>8}  {min(most, different)} different{times}; built in {seconds:.0f} s")
            for way, models in ways.items():
                print_speed(most, way, _run_apart(ask_with, data, questions, models))


if __name__ == "__main__":
    main()
