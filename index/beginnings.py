"""Beginnings: what can be completed from its first letters, of what a reader may know of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.analysis import fold

Kind = Literal["acronym", "title", "heading", "word"]


@dataclass(frozen=True)
class Completion:
    """A text to search for; ``meaning`` is what a short form stands for.

    ``passages`` counts those that a search for the text finds; it is 0 until they are counted.
    """

    text: str
    kind: Kind
    meaning: str = ""
    passages: int = 0


@dataclass(frozen=True)
class Beginnings:
    """The short forms, titles and headings that a reader may know of, sorted by how they begin."""

    keys: tuple[str, ...]
    completions: tuple[Completion, ...]


def list_beginnings(
    acronyms: Sequence[tuple[str, str]], titles: Sequence[str], headings: Sequence[str]
) -> Beginnings:
    """List what can be completed; ``acronyms`` are pairs of short and long form."""
    found = [(fold(short), Completion(short, "acronym", long)) for short, long in acronyms]
    found += [(fold(long), Completion(long, "acronym", short)) for short, long in acronyms]
    found += [(fold(title), Completion(title, "title")) for title in titles]
    found += [(fold(heading), Completion(heading, "heading")) for heading in headings]
    found.sort(key=lambda pair: (pair[0], pair[1].kind, pair[1].text))
    return Beginnings(tuple(key for key, _ in found), tuple(each for _, each in found))
