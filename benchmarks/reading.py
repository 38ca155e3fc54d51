"""Speed, memory and quality of reading PDFs, beside other readers on the same files in one run.

    python -m benchmarks.reading FOLDER [EVALUATION] [MOST_FILES]

Each reader has a process of its own, one after the other, so that peak memory is its own; one that
is not installed is skipped by name (the extra ``bench`` has them). EVALUATION is a folder with
score_reading.py and reading/tagged.json.gz, by which what was read is scored ("-" for none).
The last rows read with worker processes, as an ingest does, up to one a processor.
"""

from __future__ import annotations

import json
import multiprocessing
import multiprocessing.connection
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.records import Reading
from ingest.sources import Source
from ingest.workers import Limits, read_documents

Block = dict[str, object]
Pages = list[list[Block]]
"""The blocks of each page, in the form that score_reading.py takes."""

FIGURES = ("words_f1", "bigrams", "order", "nid", "heading_f1", "levels", "residue", "lost")


def read_with_pdfminer(path: Path) -> Pages:
    """Read with pdfminer.six alone: its text boxes in its order."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextContainer

    return [[_block(part.get_text()) for part in page if isinstance(part, LTTextContainer)]
            for page in extract_pages(str(path))]


def read_with_plansearch(path: Path) -> Pages:
    """Read with plansearch: what `plansearch read --json` gives."""
    from ingest.readers import read_file

    return _pages_of(read_file(path))


def read_with_pypdfium2(path: Path) -> Pages:
    """Read with pdfium: a page in the order of its content stream."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return [[_block(page.get_textpage().get_text_range())] for page in document]


def read_with_pypdf(path: Path) -> Pages:
    """Read with pypdf."""
    from pypdf import PdfReader

    return [[_block(page.extract_text())] for page in PdfReader(path).pages]


def read_with_pdfplumber(path: Path) -> Pages:
    """Read with pdfplumber."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [[_block(page.extract_text())] for page in document.pages]


def _block(text: str) -> Block:
    return {"kind": "paragraph", "text": text}


def _pages_of(reading: Reading) -> Pages:
    pages: Pages = [[] for _ in reading.pages]
    blocks = (block for block in reading.blocks if block.kind != "picture")
    for block in blocks:
        for span in block.spans:
            text = reading.pages[span.page - 1].text[span.start:span.end]
            pages[span.page - 1].append({"kind": block.kind, "level": block.level, "text": text})
    return pages


READERS: dict[str, tuple[str, Callable[[Path], Pages]]] = {
    "pdfminer.six": ("pdfminer", read_with_pdfminer),
    "plansearch": ("ingest", read_with_plansearch),
    "pypdfium2": ("pypdfium2", read_with_pypdfium2),
    "pypdf": ("pypdf", read_with_pypdf),
    "pdfplumber": ("pdfplumber", read_with_pdfplumber),
}
"""The readers, each with the module that it needs. The others are compared to the first."""


@dataclass(frozen=True)
class Cost:
    """What reading cost: pages, files that failed, seconds, and the most memory of a process."""

    pages: int
    failed: int
    wall_seconds: float
    cpu_seconds: float
    peak_mib: float


def measure(name: str, paths: Iterable[Path], kept: Path) -> Cost:
    """Read files with one reader, keep what it read, and give what the reading cost."""
    pages = failed = 0
    wall = cpu = 0.0
    for path in paths:
        started, spent = time.monotonic(), _cpu_seconds()
        try:
            read = READERS[name][1](path)
        except Exception:  # a reader's faults are of every type, and are what is counted here
            read, failed = [], failed + 1
        wall, cpu = wall + time.monotonic() - started, cpu + _cpu_seconds() - spent
        pages += len(read)
        numbered = [{"number": number, "blocks": page} for number, page in enumerate(read, 1)]
        (kept / f"{path.name}.json").write_text(json.dumps({"pages": numbered}), encoding="utf-8")
    return Cost(pages, failed, wall, cpu, _peak_mib(resource.RUSAGE_SELF))


def measure_workers(workers: int, paths: Iterable[Path]) -> Cost:
    """Read files in worker processes, as an ingest does; starting them counts."""
    started, spent = time.monotonic(), _cpu_seconds()
    sources = [Source(path, path.name, "") for path in paths]
    outcomes = [outcome if isinstance(outcome, str) else len(outcome.reading.pages)
                for _, outcome in read_documents(sources, Limits(workers))]
    pages = [outcome for outcome in outcomes if isinstance(outcome, int)]
    return Cost(sum(pages), len(outcomes) - len(pages), time.monotonic() - started,
                _cpu_seconds() - spent, _peak_mib(resource.RUSAGE_CHILDREN))


def _cpu_seconds() -> float:
    """Give the processor time so far, with that of processes which have ended (Tesseract's)."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _peak_mib(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss / 1024


def score(evaluation: Path, kept: Path) -> dict[str, float]:
    """Score what was read against the structure that authors tagged."""
    truth = evaluation / "reading" / "tagged.json.gz"
    command = [sys.executable, str(evaluation / "score_reading.py"), str(truth), str(kept)]
    run = subprocess.run([*command, "--json"], check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(run.stdout)
    return figures


def _alone(task: Callable[..., Cost], *arguments: object) -> Cost:
    """Do a task in a process of its own; not a daemon, for it may start workers."""
    receive, send = multiprocessing.Pipe(duplex=False)
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_report, args=(send, task, arguments))
    process.start()
    send.close()
    try:
        return Cost(*receive.recv())
    finally:
        process.join()


def _report(send: multiprocessing.connection.Connection, task: Callable[..., Cost],
            arguments: tuple[object, ...]) -> None:
    send.send(astuple(task(*arguments)))


def _print_row(name: str, cost: Cost, first: Cost, figures: dict[str, float]) -> None:
    a_cpu, a_wall = cost.pages / cost.cpu_seconds, cost.pages / cost.wall_seconds
    ratios = (a_cpu / (first.pages / first.cpu_seconds),
              a_wall / (first.pages / first.wall_seconds))
    print(f"{name:24}{cost.pages:6}{cost.failed:7}{a_cpu:13.1f}{ratios[0]:7.2f}{a_wall:14.1f}"
          f"{ratios[1]:7.2f}{cost.peak_mib:10.0f}", end="")
    print(*(f"{figures.get(name) or 0:11.3f}" for name in FIGURES if figures), sep="", flush=True)


def main(folder: str, evaluation: str = "-", most: str = "1000000") -> None:
    """Print a row a reader, with ratios to the first."""
    paths = sorted(Path(folder).rglob("*.pdf"))[:int(most)]
    if not paths:
        sys.exit(f"There are no PDFs in {folder}; name a folder that holds some.")
    scored = evaluation != "-"
    print(f"{'reader':24}{'pages':>6}{'failed':>7}{'pages/CPU s':>13}{'ratio':>7}"
          f"{'pages/wall s':>14}{'ratio':>7}{'peak MiB':>10}", end="")
    print(*(f"{figure:>11}" for figure in FIGURES if scored), sep="")
    costs: list[Cost] = []
    for name, (module, _) in READERS.items():
        if find_spec(module) is None:
            print(f"{name} is skipped: it is not installed")
            continue
        with TemporaryDirectory() as kept:
            costs.append(_alone(measure, name, paths, Path(kept)))
            figures = score(Path(evaluation), Path(kept)) if scored else {}
        _print_row(name, costs[-1], costs[0], figures)
    for workers in range(1, (os.cpu_count() or 1) + 1):
        cost = _alone(measure_workers, workers, paths)
        _print_row(f"plansearch, {workers} worker{'s' * (workers > 1)}", cost, costs[0], {})


if __name__ == "__main__":
    main(*sys.argv[1:])
