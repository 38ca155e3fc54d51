"""The engine protocol: what any search engine must do for plansearch, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.query import Node
from ingest.records import HeldDocument, Passage


@dataclass(frozen=True)
class Ranked:
    """A passage that matches: its document's id, its number in it (from 1) and its score."""

    document_id: str
    number: int
    score: float


@dataclass(frozen=True)
class Content:
    """A document and its passages, to be indexed."""

    document: HeldDocument
    passages: tuple[Passage, ...]


class Engine(Protocol):
    """A reader of one complete generation of an index; safe to share between threads."""

    def match(self, tree: Node) -> Sequence[Ranked]:
        """Find all passages that match, in no particular order."""

    def fetch(self, document_id: str, number: int) -> Passage:
        """Give a passage as it was indexed."""

    def close(self) -> None:
        """Let go of the files."""


Writer = Callable[[Path, Iterable[Content], bool], None]
"""Adds documents to the index in a generation's folder, or to an empty one where told so."""

Opener = Callable[[Path], Engine]
"""Opens the index in a generation's folder."""
