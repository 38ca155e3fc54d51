"""Which versions of documents a reader may look at, and which two of them are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.facets import is_for
from index.query import Audience
from index.search import Searcher
from ingest.errors import NotHeld
from ingest.records import HeldDocument
from ingest.versions import find_version, list_versions


@dataclass(frozen=True)
class Shelved:
    """What a reader may look at in a library: versions that are searched, and those kept."""

    searcher: Searcher
    audience: Audience

    def standing(self, document_id: str) -> HeldDocument:
        """Give a document as it is searched, or as it is held where it no longer is.

        Raises:
            NotHeld: there is none with this id, or none for the reader.
        """
        searched = self.searched(document_id)
        held = searched or self.searcher.library.document(document_id)
        if not is_for(held, self.audience):
            raise NotHeld(f"There is no document {document_id}.")
        return held

    def searched(self, document_id: str) -> HeldDocument | None:
        """Give a document as it is searched; None where it is not, or not for the reader."""
        held = self.searcher.snapshot(self.audience).documents.get(document_id)
        return held if held and is_for(held, self.audience) else None

    def version(self, document_id: str, number: int) -> HeldDocument:
        """Give a version of a document; ``number`` counts from 1.

        Raises:
            NotHeld: there is none, or none for the reader.
        """
        standing = self.standing(document_id)
        if standing.version == number:
            return standing
        held = find_version(self.searcher.library, document_id, number)
        if not is_for(held, self.audience):
            raise NotHeld(f"There is no version {number} of a document {document_id}.")
        return held

    def versions(self, document_id: str) -> tuple[HeldDocument, ...]:
        """Give the versions of a document, the oldest first.

        Raises:
            NotHeld: there is no document with this id, or none for the reader.
        """
        standing = self.standing(document_id)
        kept = list_versions(self.searcher.library, document_id)
        return tuple(
            standing if held.version == standing.version else held
            for held in kept if is_for(held, self.audience)
        )  # fmt: skip

    def newer(self, held: HeldDocument) -> tuple[HeldDocument, ...]:
        """Give the documents that supersede a document, of whatever version."""
        return self._known(self.standing(held.id).newer)

    def comparable(self, document_id: str) -> tuple[HeldDocument, ...]:
        """Give the versions with which a document is compared: its own, and those that stand of
        the documents that it supersedes or that supersede it."""
        standing = self.standing(document_id)
        linked = self._known((*standing.older, *standing.newer))
        return (*self.versions(document_id), *linked)

    def choose_two(
        self, document_id: str, earlier: str = "", later: str = ""
    ) -> tuple[HeldDocument, HeldDocument] | None:
        """Choose the two versions to compare: as named, or the one that stands and what it
        follows on; None where it follows on nothing.

        Each is named by a version's number, by a document's id, or by both: ``plan-2016/2``.

        Raises:
            NotHeld: one of them is not held.
        """
        standing = self.standing(document_id)
        after = self._find(document_id, later) if later else standing
        if earlier:
            return self._find(document_id, earlier), after
        own = [held for held in self.versions(document_id) if held.version < after.version]
        before = own[-1:] or [*self._known(after.older)][:1] if after.id == document_id else []
        return (before[0], after) if before else None

    def _find(self, document_id: str, name: str) -> HeldDocument:
        if re.fullmatch(r"[0-9]{1,9}", name):
            return self.version(document_id, int(name))
        other, _, number = name.partition("/")
        if re.fullmatch(r"[0-9]{1,9}", number):
            return self.version(other, int(number))
        return self.standing(other)

    def _known(self, ids: tuple[str, ...]) -> tuple[HeldDocument, ...]:
        return tuple(held for each in ids if (held := self.searched(each)) is not None)
