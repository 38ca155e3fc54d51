"""The embedded engine, and the only module that knows Whoosh.

Whoosh is finished software, so its known traps are avoided rather than waited out: no
OrGroup.factory, no filter= and no time limit (filters are ours), no Whoosh highlighter, no Whoosh
query parser, no Whoosh paging, and one writer at a time (the builder holds a lock of its own).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from whoosh import query as wq
from whoosh.analysis import Token as WhooshToken
from whoosh.analysis import Tokenizer
from whoosh.fields import ID, NUMERIC, STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage

from index.analysis import find_tokens
from index.engines import Content, Ranked
from index.query import And, Everything, Node, Not, Nothing, Or, Phrase, Prefix, Term
from index.schema import BOOSTS, SEARCHED_FIELDS, searched_fields
from ingest.records import Passage, Span

WRITER_MEMORY_MIB = 256
_EXACT = "_exact"


class WhooshEngine:
    """Reads one generation of a Whoosh index; one thread at a time, since searchers are not safe.
    """

    def __init__(self, folder: Path) -> None:
        index = FileStorage(str(folder), readonly=True).open_index(schema=_make_schema())
        self._searcher = index.searcher()
        self._lock = threading.Lock()
        self._keys = dict(_read_keys(self._searcher.reader()))
        self._places = {key: place for place, key in self._keys.items()}

    def match(self, tree: Node) -> Sequence[Ranked]:
        """Find all passages that match, in no particular order."""
        with self._lock:
            found = self._searcher.search(translate(tree), limit=None).items()
        return [Ranked(*self._keys[place], score) for place, score in found]

    def fetch(self, document_id: str, number: int) -> Passage:
        """Give a passage as it was indexed."""
        place = self._places[document_id, number]
        with self._lock:
            stored = self._searcher.stored_fields(place)
        return _unpack(number, stored["passage"])

    def close(self) -> None:
        """Let go of the files."""
        self._searcher.close()


def write_generation(folder: Path, added: Iterable[Content], fresh: bool) -> None:
    """Add documents in one commit, into an empty index if ``fresh``.

    Segments are left as they are written: where Whoosh merges them, it sums up field lengths that
    it has rounded, and scores would depend on the way to a library and not on the library.
    """
    storage = FileStorage(str(folder))
    index = storage.create_index(_make_schema()) if fresh else storage.open_index()
    with index.writer(limitmb=WRITER_MEMORY_MIB) as writer:
        writer.merge = False
        for content in added:
            for passage in content.passages:
                writer.add_document(**_fields_of(content, passage))
    index.close()


def count_segments(folder: Path) -> int:
    """Count the segments of an index; each slows a search down a little."""
    return len(list(folder.glob("*.seg")))


def translate(tree: Node) -> wq.Query:
    """Translate a query tree; the words of a query lift passages under headings with them."""
    query = _translate(tree)
    lifting = [
        wq.Term(field, term.text, boost=boost)
        for term in _plain_terms(tree)
        for field, boost in BOOSTS.items()
    ]
    return wq.AndMaybe(query, wq.Or(lifting)) if lifting else query


def _translate(node: Node) -> wq.Query:
    match node:
        case Everything():
            return wq.Every()
        case Nothing():
            return wq.NullQuery
        case Term():
            return wq.Term(_field(node), node.text)
        case Phrase(terms):
            return wq.Phrase(_field(terms[0]), [term.text for term in terms])
        case Prefix(text, field):
            return wq.Prefix(field + _EXACT, text)
        case Not(part):
            return wq.And([wq.Every(), wq.Not(_translate(part))])
        case And(parts):
            return wq.And([_translate(part) for part in parts])
        case Or(parts):
            return wq.Or([_translate(part) for part in parts])


def _field(term: Term) -> str:
    return term.field + _EXACT if term.exact else term.field


def _plain_terms(node: Node) -> Iterator[Term]:
    match node:
        case Term(_, "text", False):
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from _plain_terms(part)


class _OurTokenizer(Tokenizer):  # type: ignore[misc]
    """Gives Whoosh our tokens; all terms of a token stand at one position."""

    def __init__(self, exact: bool) -> None:
        self.exact = exact

    def __call__(self, value: str, start_pos: int = 0, **_: Any) -> Iterator[WhooshToken]:
        shared = WhooshToken(positions=True, removestops=True, mode="index")
        for position, token in enumerate(find_tokens(value), start_pos):
            for term in (token.form,) if self.exact else token.terms:
                shared.text, shared.pos, shared.boost, shared.stopped = term, position, 1.0, False
                yield shared


def _make_schema() -> Schema:
    """Make the schema: each searched field twice, by stem and as printed."""
    schema = Schema(
        document=ID(sortable=True),
        number=NUMERIC(int, sortable=True),
        passage=STORED,
    )
    for field in SEARCHED_FIELDS:
        schema.add(field, TEXT(analyzer=_OurTokenizer(exact=False), phrase=True))
        schema.add(field + _EXACT, TEXT(analyzer=_OurTokenizer(exact=True), phrase=True))
    return schema


def _fields_of(content: Content, passage: Passage) -> dict[str, Any]:
    texts = searched_fields(content.document, passage.trail) | {"text": passage.text}
    twice = {field + suffix: text for field, text in texts.items() for suffix in ("", _EXACT)}
    return twice | {
        "document": content.document.id,
        "number": passage.number,
        "passage": json.dumps(asdict(passage), separators=(",", ":")),
    }


def _unpack(number: int, packed: str) -> Passage:
    fields = json.loads(packed)
    return Passage(
        number,
        fields["text"],
        tuple(fields["trail"]),
        tuple(Span(**span) for span in fields["spans"]),
        tuple((start, end) for start, end in fields["sentences"]),
    )


def _read_keys(reader: Any) -> Iterator[tuple[int, tuple[str, int]]]:
    """Read the places in the index, each with its document's id and passage number."""
    if not reader.doc_count():
        return
    documents = reader.column_reader("document")
    numbers = reader.column_reader("number")
    for place in reader.all_doc_ids():
        yield place, (documents[place], int(numbers[place]))
