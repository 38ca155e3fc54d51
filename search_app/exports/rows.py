"""Rows: every match of an order, one a passage, with all by which it can be cited and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from index.query import Query
from index.results import Coverage, Hit
from index.search import Searcher
from ingest.library import Library
from ingest.records import HeldDocument, Passage
from search_app.exports.orders import Order
from search_app.exports.understood import say_tree
from search_app.quoting.permalinks import passage_path
from search_app.request_query import query_args
from search_app.wording import name_status_basis

COLUMNS = (
    "row", "rank", "score", "passage", "document_id", "version", "title", "organisation", "kind",
    "published", "status", "status_basis", "file", "sha256", "page", "pages", "printed_page",
    "heading",
    "words_before", "excerpt", "words_after", "matches", "permalink", "query", "understood",
    "filters", "generation", "time", "notes", "coverage",
)  # fmt: skip

NOTHING = "0 of 0"
"""The row of an export of a query that nothing matches."""

_DOCUMENTS_KEPT = 64
"""Of how many documents labels are kept; those of one document stand together in an export."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Export:
    """All matches of an order, one generation's; ``hits`` can be taken once.

    ``query`` is as understood; ``total`` is the number of hits, of ``matching`` passages: fewer
    where some were chosen.
    """

    order: Order
    query: Query
    library: Library
    total: int
    matching: int
    hits: Iterator[Hit]
    coverage: Coverage
    generation: str

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes on the query, and on what was chosen of it."""
        if not self.order.chosen:
            return self.query.all_notes
        chosen = f"{self.total:,} of the {len(self.order.chosen):,} chosen passages are here"
        return (*self.query.all_notes, f"{chosen}; {self.matching:,} match.")

    def permalink(self, hit: Hit) -> str:
        """Give the address that stays with a passage of a version."""
        held, passage = hit.document, hit.passage
        path = passage_path(held.id, held.version, passage.number, passage.text)
        return self.order.address + path


def open_export(searcher: Searcher, order: Order) -> Export:
    """Find all that an order asks for.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    found = searcher.all_hits(order.query, order.chosen)
    return Export(
        order, found.query, searcher.library, found.total, found.matching, found.hits,
        found.coverage, found.generation,
    )  # fmt: skip


def make_rows(export: Export) -> Iterator[Row]:
    """Give a row for each hit, and one that says so where there is none."""
    shared = _share(export)
    labels_of = find_labels(export.library)
    words_beside = _find_words_beside(export)
    if not export.total:
        yield dict.fromkeys(COLUMNS, "") | shared | {"row": NOTHING}
    for number, hit in enumerate(export.hits, 1):
        before, after = words_beside(hit)
        row = {
            "row": f"{number} of {export.total}",
            "rank": number,
            **describe_hit(hit, labels_of(hit.document)),
            "words_before": before,
            "words_after": after,
            "permalink": export.permalink(hit),
        } | shared
        yield {column: row[column] for column in COLUMNS}


def find_labels(library: Library) -> Callable[[HeldDocument], dict[int, str]]:
    """Give what gives the printed page numbers of a document by page; it remembers the last few."""
    known = lru_cache(_DOCUMENTS_KEPT)(library.labels)
    return lambda held: known(held) if held.paged else {}


def _share(export: Export) -> Row:
    """Give what all rows have in common."""
    asked = query_args(export.query, q="", page="")
    return {
        "query": export.query.typed,
        "understood": say_tree(export.query.tree),
        "filters": asked,
        "generation": export.generation,
        "time": export.order.time,
        "notes": " ".join(export.notes),
        "coverage": export.coverage.sentence,
    }


def describe_hit(hit: Hit, labels: dict[int, str]) -> Row:
    """Give what is said of a passage in any file: its place, its words and its document."""
    document, passage = hit.document, hit.passage
    described = ("title", "organisation", "kind", "published", "status")
    return {name: getattr(document.description, name).value for name in described} | {
        "status_basis": name_status_basis(document.description),
        "score": hit.score,
        "passage": hit.id,
        "document_id": document.id,
        "version": document.version,
        "file": document.file,
        "sha256": document.sha256,
        "page": hit.page if document.paged else "",
        "pages": sorted({span.page for span in passage.spans}) if document.paged else [],
        "printed_page": labels.get(hit.page, ""),
        "heading": " > ".join(passage.trail),
        "excerpt": passage.text,
        "matches": hit.matches,
    }


class _WordsBeside:
    """Gives the words of a document that stand before and after a passage of it."""

    def __init__(self, library: Library, most: int) -> None:
        self._passages_of = lru_cache(1)(library.passages)
        self._most = most

    def __call__(self, hit: Hit) -> tuple[str, str]:
        if not self._most:
            return "", ""
        passages, number = self._passages_of(hit.document), hit.passage.number
        before = _take_last(passages[:number - 1], self._most)
        return before, _take_first(passages[number:], self._most)


def _find_words_beside(export: Export) -> _WordsBeside:
    return _WordsBeside(export.library, export.order.context_words)


def _take_first(passages: Iterable[Passage], most: int) -> str:
    """Take the first words of passages, each a line, with the space between words as it is."""
    taken: list[str] = []
    for passage in passages:
        words = find_words(passage.text)
        if words:
            taken.append(passage.text[words[0][0]:words[:most][-1][1]])
            most -= len(words)
        if most <= 0:
            break
    return "\n".join(taken)


def _take_last(passages: tuple[Passage, ...], most: int) -> str:
    taken: list[str] = []
    for passage in reversed(passages):
        words = find_words(passage.text)
        if words:
            taken.append(passage.text[words[-most:][0][0]:words[-1][1]])
            most -= len(words)
        if most <= 0:
            break
    return "\n".join(reversed(taken))


def find_words(text: str) -> list[tuple[int, int]]:
    """Find the (start, end) offsets of what space parts."""
    return [match.span() for match in re.finditer(r"\S+", text)]
