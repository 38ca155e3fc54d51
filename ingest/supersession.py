"""Which document supersedes which, as the catalogue says by file names; the status follows.

A document for the public is told nothing of one for staff, not even that there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.records import Fact, HeldDocument


def link_supersession(
    document: HeldDocument, older: Sequence[HeldDocument], newer: Sequence[HeldDocument]
) -> HeldDocument:
    """Tell a document what it supersedes and what supersedes it, given these as described."""
    return _link_newer(_link_older(document, older), newer)


def _link_older(document: HeldDocument, older: Sequence[HeldDocument]) -> HeldDocument:
    if all(_may_know(document, other) for other in older):
        return replace(document, older=tuple(other.id for other in older))
    return replace(document, description=replace(document.description, supersedes=Fact()))


def _link_newer(document: HeldDocument, newer: Sequence[HeldDocument]) -> HeldDocument:
    above = [other for other in newer if _may_know(document, other)]
    description = document.description
    if above and description.status.origin != "catalogued":
        evidence = f"{above[0].description.title.value} supersedes it"
        description = replace(description, status=Fact("superseded", "inferred", evidence))
    ids = tuple(sorted(other.id for other in above))
    return replace(document, description=description, newer=ids)


def _may_know(document: HeldDocument, other: HeldDocument) -> bool:
    staff = document.description.audience.value != "public"
    return staff or other.description.audience.value == "public"
