"""Milliseconds a query, over the library in a data folder.

    python -m benchmarks.search DATA [ROUNDS]

Queries are made of the words of the library's own headings, so that any corpus will do; each kind
is printed as a ratio to the cheapest too, since milliseconds depend on the machine.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from index.analysis import find_tokens
from index.query import Query
from index.query_parser import parse_query
from index.search import Searcher
from ingest.library import Library
from search_app.answers import answer_question

QUERIES_A_KIND = 40


def make_queries(library: Library) -> dict[str, list[str]]:
    """Make queries of each kind from headings of at least three words, alike at each run."""
    chance = random.Random(1)
    headings = [words for words in _headings(library) if len(words) >= 3]
    chosen = chance.sample(headings, min(QUERIES_A_KIND, len(headings)))
    return {
        "words": [" ".join(words[:3]) for words in chosen],
        "any word": [" OR ".join(words[:6]) for words in chosen],
        "phrase": [f'"{" ".join(words[:2])}"' for words in chosen],
        "prefix": [f"{words[0][:3]}*" for words in chosen],
        "everything": [""] * 10,
    }


def _headings(library: Library) -> Iterator[list[str]]:
    for held in library.documents():
        for block in library.blocks(held):
            if block.kind == "heading":
                yield [token.form for token in find_tokens(block.text) if token.form.isalpha()]


def measure(ask: Callable[[str], object], typed: list[str], rounds: int) -> tuple[float, float]:
    """Give the median and the 95th percentile of milliseconds of processor time."""
    times = []
    for text in typed * rounds:
        started = time.process_time()
        ask(text)
        times.append(1000 * (time.process_time() - started))
    times.sort()
    return statistics.median(times), times[int(0.95 * len(times))]


def main(data: str, rounds: str = "3") -> None:
    """Print a row a kind of query."""
    searcher = Searcher(Library(Path(data)))

    def search(text: str) -> object:
        tree, notes = parse_query(text)
        return searcher.search(Query(text, tree, notes))

    print(f"{searcher.count(Query())} passages")
    queries = make_queries(searcher.library)
    rows = {kind: measure(search, typed, int(rounds)) for kind, typed in queries.items()}
    rows["question"] = measure(
        lambda text: answer_question(searcher, text), queries["words"], int(rounds)
    )
    least = min(median for median, _ in rows.values())
    print(f"{'kind':12}{'median ms':>11}{'95th ms':>9}{'ratio':>7}")
    for kind, (median, worst) in rows.items():
        print(f"{kind:12}{median:11.1f}{worst:9.1f}{median / least:7.1f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
