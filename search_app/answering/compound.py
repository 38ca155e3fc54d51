"""Questions that ask several things, one after the other: each is asked by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from search_app.answering.question_nouns import AUXILIARIES, PREPOSITIONS, QUESTION_WORDS
from search_app.answering.questions import SENTENCE_BREAK

MOST_PARTS = 3
"""A question is taken apart into no more than this; the last has what is left."""

LEAST_WORDS = 4
"""So many words a part has at least: "and why?" is no question without the one before."""

INVERTED_WITHIN = 5
"""How far behind "how" or "what" an auxiliary tells a question ("how many beds are there")."""

MOST_CHARACTERS = 500
"""Of what is longer nothing is taken apart: it is a story, and no question of several."""

_ASKS = rf"(?:{'|'.join(sorted(QUESTION_WORDS))})\b"
_NEXT = re.compile(
    rf"(?P<pause>[,;]?) and (?P<part>(?:(?:at|by|from|in|of|on|since|to|with) )?{_ASKS})",
    re.IGNORECASE,
)
_OPENS = re.compile(rf"(?:\w+ ){{0,2}}{_ASKS}", re.IGNORECASE)
_CLAUSE = re.compile(rf"\b(?:between|those|whether)\b|(?<!, )\b{_ASKS}", re.IGNORECASE)
"""What begins a clause in a question, behind the word that opens it."""

_PRONOUNS = frozenset("it they he she we you i".split())
_SUBJECTS = _PRONOUNS | frozenset("this these that those people the a an".split())
_WITH_NOUN = frozenset("what which whose how".split())


def find_parts(question: str) -> tuple[str, ...]:
    """Find the questions that a question is made of, in its words; none where it is one alone.

    It is one sentence of them, joined by "and", each with a question word of its own.
    """
    asked = " ".join(question.split()).rstrip("? ")
    if len(asked) > MOST_CHARACTERS or SENTENCE_BREAK.search(asked) or not _OPENS.match(asked):
        return ()
    starts = [0]
    for match in _NEXT.finditer(asked):
        before, after = asked[starts[-1]:match.start()], asked[match.start("part"):]
        if len(starts) < MOST_PARTS and _are_questions(before, after, bool(match["pause"])):
            starts.append(match.start("part"))
    parts = tuple(_cut(asked, starts))
    return parts if len(parts) > 1 else ()


def _are_questions(before: str, after: str, paused: bool) -> bool:
    """Tell a second question from a clause of the first: "people who smoke and who are pregnant",
    "between what was planned and what was done", "and how they wait"."""
    words = [word.strip(",;") for word in after.lower().split()]
    if words[0] in PREPOSITIONS:
        words = words[1:]
    if min(len(before.split()), len(words)) < LEAST_WORDS or words[1] in _SUBJECTS:
        return False
    opening = _OPENS.match(before)
    rest = before[opening.end():] if opening else before
    if _CLAUSE.search(rest):
        return False
    first = words[1:INVERTED_WITHIN if words[0] in _WITH_NOUN else 2]
    told = [word for word in first if word in AUXILIARIES | _PRONOUNS]
    return told[0] in AUXILIARIES if told else paused


def _cut(asked: str, starts: list[int]) -> Iterator[str]:
    for start, end in pairwise([*starts, len(asked)]):
        part = asked[start:end].rstrip()
        yield re.sub(r"[,;]?\s+and$", "", part) if end < len(asked) else part


def ask_part(parts: tuple[str, ...], number: int) -> str:
    """Give the question of a part, from 0, after the others, which tell what it is about.

    "Who pays for them?" cannot be answered without the question before it.
    """
    others = (part for other, part in enumerate(parts) if other < number)
    return " ".join((*(f"{other}." for other in others), f"{parts[number]}?"))
