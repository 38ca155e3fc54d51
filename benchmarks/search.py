"""Milliseconds a query, memory and building, beside other search engines on the same passages.

    python -m benchmarks.search SOURCE [SOURCE …] [--passages N …] [--without ENGINE …]

A SOURCE is a folder with passages (*.jsonl.gz) and questions (dev.jsonl), such as the sets that
benchmarks.retrieval takes, or the data folder of a library. Where N is more than they hold, the
passages are repeated, and a line says so. Each engine is built in one process and asked in
another; times are of the processor, all threads together. Engines that are not installed are
named and left out; `pip install -e .[bench]` brings all of them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.engine_trial import Rows, Trial, write_trial
from benchmarks.engines_compared import ENGINES, FACETS, find_missing
from benchmarks.search_queries import (
    make_queries,
    make_records,
    read_all_passages,
    read_question_texts,
)
from search_app.evaluating.passage_sets import SetPassage

OURS = "plansearch"
ADDED_PASSAGES = 20


def measure(name: str, trial: Trial) -> Rows:
    """Build an engine in one process and ask it in another, both in an empty folder."""
    rows: Rows = {}
    with TemporaryDirectory() as folder:
        write_trial(Path(folder), trial)
        for step in ("build", "ask"):
            command = [sys.executable, "-m", "benchmarks.engine_trial", step, name, folder]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
            rows |= json.loads(done.stdout)
    return rows


def make_trial(sources: Sequence[Path], passages: Sequence[SetPassage], queries: int) -> Trial:
    """Make a trial on all the passages of the sources, of at most so many queries of a kind."""
    records = make_records(passages, ADDED_PASSAGES)
    facets = dict(zip(FACETS, records[0].facets, strict=True))
    added = (replace(record, id=f"{record.id}+", document="+", **facets) for record in records)
    asked = make_queries(passages, read_question_texts(sources), queries)
    return Trial(tuple(sources), len(passages), asked, tuple(added))


def find_percentile(values: Sequence[float], share: float) -> float:
    """Give the value that a share of the values do not exceed (nearest rank)."""
    return sorted(values)[max(0, -int(-share * len(values) // 1) - 1)]


def print_table(measured: dict[str, Rows]) -> None:
    """Print medians and 95th percentiles, and how often ours they are."""
    labels = dict.fromkeys(label for rows in measured.values() for label in rows)
    names = list(measured)
    print("milliseconds where nothing else is said: median (95th percentile; most for ours)")
    _print_row("", names)
    for label in labels:
        _print_row(label, [_show(name, measured[name].get(label)) for name in names])
    if OURS in measured:
        print(f"\ntimes {OURS}: median (95th percentile)")
        _print_row("", names)
        for label in labels:
            ours = measured[OURS].get(label)
            _print_row(label, [_compare(measured[name].get(label), ours) for name in names])


def _print_row(label: str, cells: Sequence[str]) -> None:
    print(f"{label:<22}" + "".join(f"{cell:>22}" for cell in cells), flush=True)


def _show(name: str, values: Sequence[float] | None) -> str:
    if not values:
        return "-"
    middle = f"{find_percentile(values, 0.5):.2f}"
    if len(values) == 1:
        return middle
    most = f"; {max(values):.1f}" if name == OURS else ""
    return f"{middle} ({find_percentile(values, 0.95):.2f}{most})"


def _compare(values: Sequence[float] | None, ours: Sequence[float] | None) -> str:
    if not values or not ours:
        return "-"
    shares = [
        find_percentile(values, share) / max(1e-6, find_percentile(ours, share))
        for share in (0.5, 0.95)
    ]
    return f"{shares[0]:.2f} ({shares[1]:.2f})" if len(values) > 1 else f"{shares[0]:.2f}"


def main() -> None:
    """Print a table for each number of passages."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--passages", nargs="+", type=int, default=[20_000])
    parser.add_argument("--queries", type=int, default=200, help="of each kind")
    parser.add_argument("--without", nargs="+", default=[], choices=[*ENGINES])
    chosen = parser.parse_args()
    left_out = {name: f"no module {module}" for name, module in find_missing().items()}
    left_out |= dict.fromkeys(chosen.without, "as asked")
    for name, reason in left_out.items():
        print(f"left out: {name}, {reason}")
    passages = read_all_passages(chosen.sources)
    trial = make_trial(chosen.sources, passages, chosen.queries)
    for most in chosen.passages:
        times = most / len(passages)
        repeated = f", each {times:.1f} times, unchanged" if times > 1 else ""
        print(f"\n{most} passages: {min(most, len(passages))} different ones{repeated}")
        sized = replace(trial, passages=most)
        print_table({name: measure(name, sized) for name in ENGINES if name not in left_out})


if __name__ == "__main__":
    main()
