"""What the pages and the API stand on: one library, one searcher, and for whom they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from flask import current_app

from index.facets import is_visible
from index.query import Audience, Query
from index.results import Results
from index.search import Searcher
from ingest.errors import NotHeld
from ingest.library import Library
from ingest.records import Fact, HeldDocument, Page

_KEY = "plansearch"


@dataclass(frozen=True)
class Service:
    """A library, its searcher, and the audience that is served."""

    library: Library
    searcher: Searcher
    audience: Audience

    @property
    def everything(self) -> Query:
        """The query for all that the reader may see."""
        return Query(audience=self.audience)

    def is_for_reader(self, held: HeldDocument) -> bool:
        """Tell whether the reader may know of a document."""
        return is_visible(held, self.everything)

    def document(self, document_id: str) -> HeldDocument:
        """Give a document as it is searched, or as it is held where it no longer is.

        Raises:
            NoIndex: nothing has been indexed yet.
            NotHeld: there is none with this id, or none for the reader.
        """
        searched = self.searcher.snapshot().documents.get(document_id)
        held = searched or self.library.document(document_id)
        if not self.is_for_reader(held):
            raise NotHeld(f"There is no document {document_id}.")
        return self._without_hidden(held)

    def page(self, held: HeldDocument, number: int) -> Page:
        """Give a page of a document, from 1.

        Raises:
            NotHeld: the document has no such page, however large the number is.
        """
        return self.library.page(held, min(number, held.page_count + 1))

    def search(self, query: Query) -> Results:
        """Give one page of results, in which no document tells of others not for the reader.

        Raises:
            NoIndex: nothing has been indexed yet.
            NoSuchPage: the page is past the end.
        """
        results = self.searcher.search(query)
        groups = (
            replace(group, document=self._without_hidden(group.document))
            for group in results.groups
        )
        return replace(results, groups=tuple(groups))

    def documents(self) -> tuple[HeldDocument, ...]:
        """Give the documents that are searched, newest publication first, undated last."""
        searched = self.searcher.snapshot().documents.values()
        known = [self._without_hidden(held) for held in searched if self.is_for_reader(held)]
        return tuple(sorted(known, key=_published, reverse=True))

    def known(self, ids: Iterable[str]) -> tuple[HeldDocument, ...]:
        """Give those of some documents that are searched and for the reader."""
        searched = self.searcher.snapshot().documents
        found = (searched[document_id] for document_id in ids if document_id in searched)
        return tuple(held for held in found if self.is_for_reader(held))

    def _without_hidden(self, held: HeldDocument) -> HeldDocument:
        """Keep back what a document tells of others that are not for the reader."""
        older = tuple(other.id for other in self.known(held.older))
        newer = tuple(other.id for other in self.known(held.newer))
        description = held.description
        if newer != held.newer:
            status = replace(description.status, evidence="")
            description = replace(description, status=status)
        if older != held.older:
            description = replace(description, supersedes=Fact())
        return replace(held, older=older, newer=newer, description=description)


def open_service(data: Path, audience: Audience) -> Service:
    """Open the library in a data folder."""
    library = Library(data)
    return Service(library, Searcher(library), audience)


def keep_service(extensions: dict[str, object], service: Service) -> None:
    """Keep the service with an app's extensions."""
    extensions[_KEY] = service


def current_service() -> Service:
    """Give the service of the app that answers this request."""
    service = current_app.extensions[_KEY]
    assert isinstance(service, Service)
    return service


def _published(held: HeldDocument) -> tuple[str, str]:
    return held.description.published.value, held.id
