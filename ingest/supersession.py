"""Which document supersedes which, as the catalogue says by file names; the status follows.

A document for the public is told nothing of one for staff, not even that there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.records import Fact, HeldDocument


def link_supersession(held: Sequence[HeldDocument]) -> tuple[HeldDocument, ...]:
    """Tell each document what it supersedes and what supersedes it."""
    standing = [document for document in held if not document.withdrawn]
    by_file = {document.file: document for document in standing}
    pairs = [
        (document, by_file[document.description.supersedes.value])
        for document in standing
        if document.description.supersedes.value in by_file
        if document.description.supersedes.value != document.file
    ]
    return tuple(_link_newer(_link_older(document, pairs), pairs) for document in held)


_Pairs = Sequence[tuple[HeldDocument, HeldDocument]]
"""Pairs of the newer and the older document."""


def _link_older(document: HeldDocument, pairs: _Pairs) -> HeldDocument:
    below = [older for newer, older in pairs if newer.id == document.id]
    if all(_may_know(document, older) for older in below):
        return replace(document, older=tuple(older.id for older in below))
    return replace(document, description=replace(document.description, supersedes=Fact()))


def _link_newer(document: HeldDocument, pairs: _Pairs) -> HeldDocument:
    above = [
        newer for newer, older in pairs if older.id == document.id and _may_know(document, newer)
    ]
    description = document.description
    if above and description.status.origin != "catalogued":
        evidence = f"{above[0].description.title.value} supersedes it"
        description = replace(description, status=Fact("superseded", "inferred", evidence))
    newer = tuple(sorted(other.id for other in above))
    return replace(document, description=description, newer=newer)


def _may_know(document: HeldDocument, other: HeldDocument) -> bool:
    staff = document.description.audience.value != "public"
    return staff or other.description.audience.value == "public"
