"""Exports of all matches: first byte, seconds and memory of each format, and whether all is right.

    python -m benchmarks.exports SET [SET …] [--passages N] [--query WORDS] [--formats csv …]
                                 [--data DIR]

A SET is a folder with passages (*.jsonl.gz), as benchmarks.retrieval takes them; where N is more
than they hold they are repeated, unchanged, in other documents. DIR keeps the library, or has it.
Each format is written in a process of its own, of which the peak memory is told at the first byte
and at the end. The first byte is timed by the clock, all of it by the processor. "times force" is
how many times as long it takes as to match every passage of the library by brute force, with which
the rows are compared. The files are read back by pandas, openpyxl, rispy and bibtexparser, those
that are installed.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from benchmarks.answering_speed import build, find_files
from index.highlight import find_matches
from index.query import Query
from index.schema import searched_fields
from index.search import Searcher
from ingest.library import Library
from search_app.exports.formats import FORMATS
from search_app.exports.orders import Order
from search_app.exports.rows import COLUMNS, make_rows, open_export

TIME = "2020-01-02T03:04:05+00:00"

Made = TypeVar("Made")
Texts = dict[str, str]
"""Excerpts by the id of their passage."""


@dataclass(frozen=True)
class Cost:
    """What an export took: rows, bytes, seconds to the first byte by the clock, seconds of the
    processor in all, and peak memory."""

    rows: int
    size_bytes: int
    first_seconds: float
    seconds: float
    first_mib: float
    peak_mib: float


def write(data: Path, form: str, query: str, output: Path) -> Cost:
    """Write an export to a file, as a service that has answered a search before would."""
    searcher = Searcher(Library(data))
    searcher.search(Query())
    started, processor = time.perf_counter(), time.process_time()
    export = open_export(searcher, _order(form, query))
    pieces = FORMATS[form].write(export)
    with output.open("wb") as file:
        file.write(next(pieces))
        first_seconds, first_mib = time.perf_counter() - started, _peak_mib()
        for piece in pieces:
            file.write(piece)
    seconds = time.process_time() - processor
    size = output.stat().st_size
    return Cost(export.total, size, first_seconds, seconds, first_mib, _peak_mib())


def search_by_force(data: Path, query: str) -> tuple[Texts, float]:
    """Match every passage of the library; give those that do, and the seconds of processor."""
    searcher = Searcher(Library(data))
    tree = open_export(searcher, _order("csv", query)).query.tree
    started = time.process_time()
    found = {
        f"{held.id}/{held.version}/{passage.number}": passage.text
        for held in searcher.library.documents()
        for passage in searcher.library.passages(held)
        if find_matches(passage.text, searched_fields(held, passage), tree, held.id) is not None
    }
    return found, time.process_time() - started


def list_rows(data: Path, query: str) -> Texts:
    """Give the excerpts of all rows by the id of their passage, in their order."""
    rows = make_rows(open_export(Searcher(Library(data)), _order("csv", query)))
    return {row["passage"]: row["excerpt"] for row in rows}


def _order(form: str, query: str) -> Order:
    return Order((("q", query),), form=form, time=TIME)


def _peak_mib() -> float:
    """Give the peak of what the process held; not ru_maxrss, which is that of who began it too."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


def _run_apart(run: Callable[..., Made], *given: object) -> Made:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(run, *given).result()


def read_csv(path: Path) -> Iterator[str]:
    """Read the excerpts of CSV with pandas."""
    import pandas

    from search_app.exports.cells import restore

    frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
    assert tuple(frame.columns) == COLUMNS
    return map(restore, frame["excerpt"])


def read_json_lines(path: Path) -> Iterator[str]:
    """Read the excerpts of JSON Lines."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        yield from (json.loads(line)["excerpt"] for line in lines)


def read_xlsx(path: Path) -> Iterator[str]:
    """Read the excerpts of a workbook with openpyxl."""
    from openpyxl import load_workbook
    from openpyxl.utils.escape import unescape

    book = load_workbook(path, read_only=True)
    for sheet in book.worksheets[1:]:
        rows = sheet.iter_rows(min_row=2, values_only=True)
        yield from (unescape(row[COLUMNS.index("excerpt")]) for row in rows)


def read_ris(path: Path) -> Iterator[str]:
    """Read the excerpts of RIS with rispy."""
    import rispy

    with path.open(encoding="utf-8") as file:
        yield from (record["abstract"] for record in rispy.load(file))


def read_bibtex(path: Path) -> Iterator[str]:
    """Read as many excerpts as BibTeX has entries, with bibtexparser; its escapes stay."""
    import bibtexparser

    library = bibtexparser.parse_string(path.read_text(encoding="utf-8"))
    assert not library.failed_blocks
    yield from (entry["abstract"] for entry in library.entries)


def read_csl(path: Path) -> Iterator[str]:
    """Read the excerpts of CSL-JSON."""
    yield from (item["abstract"] for item in json.loads(path.read_text(encoding="utf-8")))


READERS: dict[str, tuple[str, Callable[[Path], Iterator[str]]]] = {
    "csv": ("pandas", read_csv),
    "jsonl": ("json", read_json_lines),
    "xlsx": ("openpyxl", read_xlsx),
    "ris": ("rispy", read_ris),
    "bib": ("bibtexparser", read_bibtex),
    "csl": ("json", read_csl),
}

_ON_A_LINE = ("ris", "csl", "bib")
"""Formats whose texts stand on one line: they are compared word by word."""


def check(form: str, path: Path, texts: Texts) -> str:
    """Say whether another program reads the rows as they are."""
    if form not in READERS or not find_spec(READERS[form][0]):
        return "not read back"
    name, read = READERS[form]
    known = [*read(path)]
    if form == "bib":
        return f"{name}: {'all' if len(known) == len(texts) else 'NOT ALL'} entries"
    same = sum(_same(form, one, other) for one, other in zip(known, texts.values()))
    whole = same == len(known) == len(texts)
    return f"{name}: {'all' if whole else 'NOT ALL'} rows the same"


def _same(form: str, one: str, other: str) -> bool:
    return one.split() == other.split() if form in _ON_A_LINE else one == other


def measure(data: Path, query: str, forms: list[str]) -> None:
    """Print a row for each format."""
    found, search_seconds = search_by_force(data, query)
    texts = list_rows(data, query)
    same = found == texts
    print(f"“{query}”: {len(found)} rows by brute force in {search_seconds:.0f} CPU s,"
          f" {'the same' if same else 'NOT THE SAME'} in the export")  # fmt: skip
    print(f"{'':<6}{'rows':>8}{'MiB':>7}{'first byte, s':>15}{'CPU, s':>9}{'times force':>14}"
          f"{'peak, MiB':>11}{'times that at first byte':>26}  read back")  # fmt: skip
    for form in forms:
        with TemporaryDirectory() as folder:
            output = Path(folder) / f"export.{FORMATS[form].suffix}"
            cost = _run_apart(write, data, form, query, output)
            print_cost(form, cost, search_seconds, check(form, output, texts))


def print_cost(form: str, cost: Cost, search_seconds: float, said: Any) -> None:
    """Print the row of a format."""
    print(
        f"{form:<6}{cost.rows:>8}{cost.size_bytes / 2**20:>7.0f}{cost.first_seconds:>15.3f}"
        f"{cost.seconds:>9.1f}{cost.seconds / max(search_seconds, 1e-9):>14.2f}"
        f"{cost.peak_mib:>11.0f}{cost.peak_mib / cost.first_mib:>26.2f}  {said}", flush=True,
    )  # fmt: skip


def main() -> None:
    """Build the library unless it is there, and print a table for each query."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--query", nargs="+", default=["", "care OR people OR time"])
    parser.add_argument("--formats", nargs="+", default=[*FORMATS], choices=[*FORMATS])
    parser.add_argument("--data", type=Path)
    chosen = parser.parse_args()
    with TemporaryDirectory(prefix="plansearch-") as folder:
        data = chosen.data or Path(folder)
        if not (data / "library.db").exists():
            _run_apart(build, data, find_files(chosen.sets), chosen.passages, Path("/no"), None)
        for query in chosen.query:
            measure(data, query, chosen.formats)


if __name__ == "__main__":
    main()
