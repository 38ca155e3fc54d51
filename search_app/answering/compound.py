"""Questions that ask several things, one after the other: each is asked by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from search_app.answering.question_nouns import AUXILIARIES

MOST_PARTS = 3
"""A question is taken apart into no more than this; the last has what is left."""

LEAST_WORDS = 4
"""So many words a part has at least: "and why?" is no question without the one before."""

INVERTED_WITHIN = 5
"""An auxiliary among so many words tells a question ("how can you") from a clause ("how they")."""

_ASKS = r"(?:what|which|who|whom|whose|when|where|why|how)\b"
_NEXT = re.compile(
    rf"(?P<pause>[,;]?)\s+and\s+(?P<part>(?:(?:at|by|from|in|of|on|since|to|with)\s+)?{_ASKS})",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_OPENS = re.compile(rf"(?:\w+\s+){{0,2}}{_ASKS}", re.IGNORECASE)


def find_parts(question: str) -> tuple[str, ...]:
    """Find the questions that a question is made of, in its words; none where it is one alone.

    It is one sentence of them, joined by "and", each with a question word of its own.
    """
    asked = question.strip().rstrip("?").rstrip()
    if _SENTENCE_END.search(asked) or not _OPENS.match(asked):
        return ()
    starts = [0]
    for match in _NEXT.finditer(asked):
        before, after = asked[starts[-1]:match.start()], asked[match.start("part"):]
        if len(starts) < MOST_PARTS and _parts(before, after, bool(match["pause"])):
            starts.append(match.start("part"))
    parts = tuple(_cut(asked, starts))
    return parts if len(parts) > 1 else ()


def _parts(before: str, after: str, paused: bool) -> bool:
    words = [word.strip(",;") for word in after.lower().split()]
    asks = paused or not AUXILIARIES.isdisjoint(words[1:INVERTED_WITHIN])
    return asks and min(len(before.split()), len(words)) >= LEAST_WORDS


def _cut(asked: str, starts: list[int]) -> Iterator[str]:
    for start, end in pairwise([*starts, len(asked)]):
        part = asked[start:end].rstrip()
        yield re.sub(r"[,;]?\s+and$", "", part) if end < len(asked) else part


def ask_part(parts: tuple[str, ...], number: int) -> str:
    """Give the question of a part, from 0, after the others, which tell what it is about.

    "Which one lay behind the second?" cannot be answered without the question before it.
    """
    others = (part for other, part in enumerate(parts) if other < number)
    return " ".join((*(f"{other}." for other in others), f"{parts[number]}?"))
