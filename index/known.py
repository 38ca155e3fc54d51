"""What a reader may know of, made once for a generation: other names, and what can be completed."""

from __future__ import annotations

from functools import cached_property

from index.beginnings import Beginnings, list_beginnings
from index.library_names import LibraryNames
from index.manifest import Documents
from index.names import Names, read_thesaurus
from index.query import Audience
from ingest.ledger import Entry
from ingest.library import Library


class Known:
    """What the documents of a generation that a reader may know of say of words."""

    def __init__(self, library: Library, documents: Documents, audience: Audience) -> None:
        self._library = library
        self._documents = documents
        self._versions = documents.versions(audience)

    @cached_property
    def ledger(self) -> tuple[Entry, ...]:
        """What short forms stand for."""
        return self._library.ledger(self._versions)

    @cached_property
    def names(self) -> Names:
        """What words are called otherwise."""
        return Names(read_thesaurus(), self.ledger, self._versions)

    @cached_property
    def library_names(self) -> LibraryNames:
        """What its organisations and places are called."""
        described = [self._documents[each].description for each in self._versions]
        return LibraryNames(
            {each.organisation.value for each in described if each.organisation.value},
            {place.value for each in described for place in each.places},
            ((each.short, meaning.long) for each in self.ledger for meaning in each.meanings),
        )

    @cached_property
    def beginnings(self) -> Beginnings:
        """What can be completed from its beginning."""
        acronyms = [(each.short, m.long) for each in self.ledger for m in each.meanings]
        titles = [self._documents[each].description.title.value for each in self._versions]
        headings = self._library.headings(self._versions)
        return list_beginnings(acronyms, titles, headings)
