"""What a reader may know of, made once for a generation: other names, and what can be completed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from index.beginnings import Beginnings, list_beginnings
from index.names import Names, read_thesaurus
from ingest.ledger import Entry
from ingest.library import Library
from ingest.records import HeldDocument


class Known:
    """What some documents, those that a reader may know of, say of words."""

    def __init__(self, library: Library, documents: Sequence[HeldDocument]) -> None:
        self._library = library
        self._documents = documents

    @cached_property
    def ledger(self) -> tuple[Entry, ...]:
        """What short forms stand for."""
        return self._library.ledger(self._documents)

    @cached_property
    def names(self) -> Names:
        """What words are called otherwise."""
        return Names(read_thesaurus(), self.ledger, (held.id for held in self._documents))

    @cached_property
    def beginnings(self) -> Beginnings:
        """What can be completed from its beginning."""
        acronyms = [(each.short, m.long) for each in self.ledger for m in each.meanings]
        titles = [held.description.title.value for held in self._documents]
        headings = self._library.headings(self._documents)
        return list_beginnings(acronyms, titles, headings)
