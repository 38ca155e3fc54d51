"""Examples for the home page, taken from the headings and the short forms of the corpus itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.ledger import Entry
from ingest.library import Library
from ingest.records import HeldDocument

MOST_EXAMPLES = 6
MOST_QUESTIONS = 2
DOCUMENTS_LOOKED_AT = 12

_TELLING = re.compile(r"[A-Z][^\W\d]+(?: [^\W\d]+){1,4}")
_EVERYWHERE = re.compile(
    r"\b(?:contents|introduction|appendix|foreword|summary|references|contact|background|next"
    r"|conclusions?|purpose|welcome|about|update|further|acknowledge\w*|executive|table|figure)\b",
    re.I,
)


def find_examples(library: Library, documents: Iterable[HeldDocument]) -> tuple[str, ...]:
    """Find headings of two to five words, one from each of several documents."""
    examples: dict[str, str] = {}
    for held in [*documents][:DOCUMENTS_LOOKED_AT]:
        for heading in _telling_headings(library, held):
            if heading.lower() not in examples:
                examples[heading.lower()] = heading
                break
        if len(examples) == MOST_EXAMPLES:
            break
    return tuple(examples.values())


def find_questions(ledger: Iterable[Entry]) -> tuple[str, ...]:
    """Ask what the short forms that most documents define stand for."""
    certain = [entry for entry in ledger if not entry.clashes]
    certain.sort(key=lambda entry: (-len(entry.meanings[0].documents), entry.short))
    return tuple(f"What does {entry.short} stand for?" for entry in certain[:MOST_QUESTIONS])


def _telling_headings(library: Library, held: HeldDocument) -> Iterator[str]:
    described = held.description
    named = f"{described.title.value} {described.organisation.value}".lower()
    for block in library.blocks(held):
        heading = block.text.strip()
        known = heading.lower() in named or _EVERYWHERE.search(heading)
        if block.kind == "heading" and _TELLING.fullmatch(heading) and not known:
            yield heading
