"""Examples for the home page, taken from the headings and the short forms of the corpus itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from index.query import Audience
from index.query_parser import understand_query
from index.search import Searcher
from ingest.ledger import Entry
from ingest.library import Library
from ingest.records import HeldDocument

MOST_EXAMPLES = 6
MOST_QUESTIONS = 2
DOCUMENTS_LOOKED_AT = 12
HEADINGS_A_DOCUMENT = 6

_TELLING = re.compile(r"[A-Z][^\W\d]+(?: [^\W\d]+){1,4}")
_EVERYWHERE = re.compile(
    r"\b(?:contents|introduction|appendix|foreword|summary|references|contact|background|next"
    r"|conclusions?|purpose|welcome|about|update|further|acknowledge\w*|executive|table|figure)\b",
    re.I,
)
_NO_NAME = re.compile(
    r"^(?:the|a|an|our|your|why|how|what|where|who|when|number|focus|produced|in|on|of|by|for|to"
    r"|and|more|other|this|these|all|is|are|we)\b|\b(?:the|a|an|of|by|for|to|and|in|on|is|are)$",
    re.I,
)
"""What a heading begins or ends with that is a sentence, or a part of one, and names no subject."""


def find_examples(
    searcher: Searcher, audience: Audience, documents: Iterable[HeldDocument]
) -> tuple[str, ...]:
    """Find headings of two to five words that several documents have something on, those that the
    most have first."""
    found: dict[str, int] = {}
    for held in islice(documents, DOCUMENTS_LOOKED_AT):
        for heading in islice(_telling_headings(searcher.library, held), HEADINGS_A_DOCUMENT):
            if heading.lower() not in map(str.lower, found):
                query = replace(understand_query(f'"{heading}"'), audience=audience)
                found[heading] = searcher.search(query).documents
    likeliest = sorted(found, key=lambda heading: (-found[heading], heading))
    return tuple(each for each in likeliest if found[each] > 1)[:MOST_EXAMPLES]


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
        known = heading.lower() in named or _EVERYWHERE.search(heading) or _NO_NAME.search(heading)
        if block.kind == "heading" and _TELLING.fullmatch(heading) and not known:
            yield heading
