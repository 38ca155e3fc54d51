"""What the pages and the API stand on: one library, one searcher, and for whom they are."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from flask import current_app

from index.errors import NoIndex
from index.facets import is_for
from index.models import Models
from index.query import Audience, Query
from index.search import Searcher
from ingest.errors import NotHeld
from ingest.library import Library
from ingest.records import HeldDocument
from search_app.answering.answers import Answer, answer_question
from search_app.examples import find_examples
from search_app.reports.commitments_reading import CommitmentReader
from search_app.turns import Turns

_KEY = "plansearch"


@dataclass(frozen=True)
class Service:
    """A library, its searcher, the audience that is served, and turns at reading closely."""

    library: Library
    searcher: Searcher
    audience: Audience
    turns: Turns = field(default_factory=Turns)
    _examples: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def everything(self) -> Query:
        """The query for all that the reader may see."""
        return Query(audience=self.audience)

    @cached_property
    def commitments(self) -> CommitmentReader:
        """What finds commitments, and remembers them."""
        return CommitmentReader(self.searcher)

    def warm(self) -> None:
        """Make now what the first reader would wait for; nothing where nothing is indexed yet."""
        with suppress(NoIndex):
            self.examples()
            self.commitments.read(self.searcher.snapshot(self.audience), self.audience)

    def examples(self) -> tuple[str, ...]:
        """Give examples of searches, found once for each generation.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        generation = self.searcher.snapshot(self.audience).generation
        found = self._examples.get(generation)
        if found is None:
            found = find_examples(self.searcher, self.audience, self.documents())
            self._examples.clear()
            self._examples[generation] = found
        return found

    def answer(self, asked: Query) -> Answer:
        """Answer the question that a query has as its text, within its filters and dates.

        Where many ask at once, some are answered by words alone, and told so.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        with self.turns.take() as seconds:
            return answer_question(self.searcher, asked.typed, self.audience, asked, seconds)

    def is_for_reader(self, held: HeldDocument) -> bool:
        """Tell whether the reader may know of a document."""
        return is_for(held, self.audience)

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
        return held

    def documents(self) -> tuple[HeldDocument, ...]:
        """Give the documents that are searched, newest publication first, undated last."""
        searched = self.searcher.snapshot().documents.values()
        known = [held for held in searched if self.is_for_reader(held)]
        return tuple(sorted(known, key=_published, reverse=True))

    def known(self, ids: Iterable[str]) -> tuple[HeldDocument, ...]:
        """Give those of some documents that are searched and for the reader."""
        searched = self.searcher.snapshot().documents
        found = (searched[document_id] for document_id in ids if document_id in searched)
        return tuple(held for held in found if self.is_for_reader(held))


def open_service(data: Path, audience: Audience, models: Models = Models()) -> Service:
    """Open the library in a data folder."""
    library = Library(data)
    return Service(library, Searcher(library, models), audience)


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
