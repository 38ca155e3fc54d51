"""Which cell of a table's row answers a question: told by the header and by the question."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from index.analysis import STOP_WORDS, find_tokens
from ingest.records import CELL
from search_app.answering.question_nouns import kind_of_noun, split_words
from search_app.answering.question_words import AnswerKind, read_question_words
from search_app.answering.questions import Understood

Stretch = tuple[int, int]
"""The (start, end) offsets of words in a text."""

NAMED: tuple[AnswerKind, ...] = ("person", "organisation", "place")
"""Of these kinds a whole cell is the answer where its column's header says that it is of them."""


def find_cells(text: str, row: Stretch) -> list[Stretch]:
    """Give the (start, end) offsets of the cells of a row, without the white around them."""
    cells, start = [], row[0]
    for cell in text[slice(*row)].split(CELL):
        first = start + len(cell) - len(cell.lstrip())
        cells.append((first, first + len(cell.strip())))
        start += len(cell) + 1
    return cells


def choose_cell(
    row: Sequence[str], header: Sequence[str], fitting: AbstractSet[int], understood: Understood
) -> int | None:
    """Choose the cell of a row that answers, counting from 0; None where none does so clearly.

    ``fitting`` are those that hold something of the kind wanted. The best has most of the
    question's words in its header and in itself, those apart that all headers have; a header that
    names the kind counts as a word. The first cell names the row: it answers only alone.
    """
    is_headed = len(row) == len(header)
    kinds = [find_column_kind(each) if is_headed else "" for each in header]
    named = {
        at for at, kind in enumerate(kinds)
        if is_headed and kind == understood.kind in NAMED and row[at]
    }
    able = (fitting | named) - {0} or fitting
    asked, heads = find_stems(understood.question), [find_stems(each) for each in header]
    points = {
        at: len(asked & (find_stems(row[at]) | (heads[at] if is_headed else frozenset())))
        + (is_headed and kinds[at] == understood.kind)
        for at in able
    }
    best = [at for at in able if points[at] == max(points.values())]
    return best[0] if len(best) == 1 else None


def find_column_kind(header: str) -> str:
    """Tell what kind of answer a column holds, by the noun that ends its header; else nothing."""
    return kind_of_noun(split_words(header, 0, len(header)), read_question_words().nouns) or ""


def find_stems(text: str) -> frozenset[str]:
    """Give the stems of a text's words, common words apart."""
    return frozenset(
        term for token in find_tokens(text) if token.form not in STOP_WORDS
        for term in token.terms
    )
