"""The engines that benchmarks.search compares: one small class each, and what they are asked.

Every engine stems English its own way and ranks by BM25 or what it has for it. It holds the text,
the document and three facets of each passage, and gives the texts of the best ten, so that all
do the same work. What an engine cannot do it lacks the method for.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol

BEST = 10
FACETS = ("organisation", "kind", "year")


@dataclass(frozen=True)
class Record:
    """A passage to be indexed; the facets are those of its document."""

    id: str
    document: str
    text: str
    organisation: str
    kind: str
    year: str

    @property
    def facets(self) -> tuple[str, str, str]:
        """The values of FACETS."""
        return self.organisation, self.kind, self.year


class Engine(Protocol):
    """What every engine can do; ``words`` are as they would be typed."""

    def __init__(self, folder: Path) -> None:
        """Open an index that was built in a folder."""

    @staticmethod
    def build(folder: Path, records: list[Record]) -> None:
        """Index records in a folder that is empty."""

    def any_words(self, words: str) -> list[str]:
        """Give the texts of the best passages with any of the words."""


OPERATIONS = {
    "any_words": "OR of 6 words",
    "any_words_common": "OR, stop words too",
    "all_words": "AND of 3 words",
    "phrase": "phrase of 2 words",
    "prefix": "prefix of 3 letters",
    "filtered": "OR, filtered",
    "total": "exact total of OR",
    "facets": "facets over all of OR",
    "facets_of_documents": "facets, documents too",
    "highlighted": "OR, ten highlighted",
    "results_page": "a results page",
    "answer": "an answer",
}
"""Methods that are timed, with what they are called in the table."""


def load_engine(name: str) -> type[Engine]:
    """Give the class of an engine.

    Raises:
        ModuleNotFoundError: it is not installed.
    """
    module, kind = ENGINES[name]
    loaded: type[Engine] = getattr(import_module(module), kind)
    return loaded


def find_missing() -> dict[str, str]:
    """Name the engines that are not installed, with the module that is missing."""
    missing = {}
    for name in ENGINES:
        try:
            load_engine(name)
        except ModuleNotFoundError as error:
            missing[name] = str(error.name)
    return missing


ENGINES = {
    "plansearch": ("benchmarks.engine_plansearch", "Plansearch"),
    "tantivy": ("benchmarks.engine_tantivy", "Tantivy"),
    "bm25s": ("benchmarks.engine_bm25s", "Bm25s"),
    "Xapian": ("benchmarks.engine_xapian", "Xapian"),
    "FTS5": ("benchmarks.engine_fts5", "Fts5"),
    "Whoosh": ("benchmarks.engine_whoosh", "StockWhoosh"),
}
"""By name: the module and class. The first is what the others are compared with."""
