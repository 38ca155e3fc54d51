"""One engine's trial, in a process of its own so that memory and processor time are its own.

    python -m benchmarks.engine_trial build|ask ENGINE FOLDER

benchmarks.search runs it: it puts trial.json into the folder, and reads what is printed.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path

from benchmarks.engines_compared import OPERATIONS, Record, load_engine

INDEX = "index"
WARMING = 10

_TRIAL = "trial.json"

Rows = dict[str, list[float]]
"""By name of a row: milliseconds, or what it says; one value, or one a query."""


@dataclass(frozen=True)
class Trial:
    """What an engine is tried on: passages from sources, queries by operation, and a document
    to add."""

    sources: tuple[Path, ...]
    passages: int
    queries: dict[str, list[str]]
    added: tuple[Record, ...]


def write_trial(folder: Path, trial: Trial) -> None:
    """Write a trial into a folder, for the processes of the engines to read."""
    sources = [str(source.absolute()) for source in trial.sources]
    added = [astuple(record) for record in trial.added]
    packed = json.dumps([sources, trial.passages, trial.queries, added])
    (folder / _TRIAL).write_text(packed, encoding="utf-8")


def read_trial(folder: Path) -> Trial:
    """Read the trial of a folder."""
    packed = (folder / _TRIAL).read_text(encoding="utf-8")
    sources, passages, queries, added = json.loads(packed)
    records = tuple(Record(*fields) for fields in added)
    return Trial(tuple(map(Path, sources)), passages, queries, records)


def build_engine(name: str, folder: Path) -> Rows:
    """Build an engine's index, and tell the cost."""
    from benchmarks.search_queries import make_records, read_all_passages

    trial = read_trial(folder)
    records = make_records(read_all_passages(trial.sources), trial.passages)
    engine, index = load_engine(name), folder / INDEX
    index.mkdir()
    getattr(engine, "prepare", lambda index, records: None)(index, records)
    seconds = _time(partial(engine.build, index, records)) / 1000
    size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    return {"building, s": [seconds], "on disk, MiB": [size / 2**20]}


def ask_engine(name: str, folder: Path) -> Rows:
    """Ask an engine all queries, and tell the cost of each, and the memory after them."""
    trial = read_trial(folder)
    engine_class, opened = load_engine(name), []
    rows = {"opening": [_time(lambda: opened.append(engine_class(folder / INDEX)))]}
    engine = opened[0]
    for operation, label in OPERATIONS.items():
        ask = getattr(engine, operation, None)
        if ask is not None:
            queries = trial.queries[operation]
            for query in queries[:WARMING]:
                ask(query)
            rows[label] = [_time(partial(ask, query)) for query in queries]
    rows["memory, MiB"] = [find_resident_mib()]
    if hasattr(engine, "add"):
        rows["adding a document"] = [_time(partial(engine.add, [*trial.added]))]
    return rows


def _time(run: Callable[[], object]) -> float:
    """Give the milliseconds of processor time, of all threads, that it takes."""
    started = time.process_time()
    run()
    return 1000 * (time.process_time() - started)


def find_resident_mib() -> float:
    """Give the memory that the process holds now; its peak where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if "VmRSS" in line)
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    step = {"build": build_engine, "ask": ask_engine}[sys.argv[1]]
    json.dump(step(sys.argv[2], Path(sys.argv[3])), sys.stdout)
