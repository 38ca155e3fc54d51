"""The sides of a question: what of it is asked by itself, of which documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.library_names import LibraryNames
from index.parts import narrow_to
from index.query import Query
from search_app.answering.comparing import find_compared, understand_side
from search_app.answering.compound import ask_part, find_parts
from search_app.answering.questions import Understood, understand


@dataclass(frozen=True)
class Side:
    """A question understood, and the query whose filters it keeps to.

    ``unsaid`` tells the reader that nothing was found for it, and ``joined`` that nothing but what
    is quoted for another side was; empty where it is all that is asked.
    """

    understood: Understood
    query: Query
    unsaid: str = ""
    joined: str = ""


def find_sides(understood: Understood, query: Query, names: LibraryNames) -> Sequence[Side]:
    """Find what is to be asked by itself: each organisation that is compared, each question of
    several; the whole where it is one question."""
    bodies = find_compared(understood, query)
    if bodies:
        return [_ask_of(understood, query, body, bodies) for body in bodies]
    parts = find_parts(understood.question)
    return [
        _ask_part(parts, number, query, names) for number in range(len(parts))
    ] or [Side(understood, query)]


def _ask_of(understood: Understood, query: Query, body: str, bodies: Sequence[str]) -> Side:
    unsaid = f"Of {body} nothing was found that says it clearly enough."
    side = understand_side(understood, body, bodies)
    return Side(side, narrow_to(query, "organisation", body), unsaid)


def _ask_part(
    parts: tuple[str, ...], number: int, query: Query, names: LibraryNames
) -> Side:
    """Ask a part of a question; of the years that it and the others name, its own count."""
    question = ask_part(parts, number)
    understood = understand(question, names)
    begins = len(question) - len(parts[number]) - 1
    own = [each for each in understood.preferences if each.start >= begins]
    dated = any(each.facet == "year" for each in own)
    left = tuple(
        each for each in understood.preferences
        if each in own or not (dated and each.facet == "year")
    )
    part = f"“{parts[number]}?”"
    unsaid = f"Nothing was found that clearly answers {part}."
    joined = f"For {part} nothing was found but what is quoted for another part of the question."
    return Side(replace(understood, preferences=left), query, unsaid, joined)
