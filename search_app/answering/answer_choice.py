"""Which of several spans of the kind wanted is the answer, if one clearly is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.analysis import Token, find_tokens
from search_app.answering.answer_cells import find_stems
from search_app.answering.answer_finders import PERIOD_WORDS
from search_app.answering.answer_units import keep_counted
from search_app.answering.questions import Understood

Stretch = tuple[int, int]
"""The (start, end) offsets of words in a text."""

CLAUSE = 2
"""The steps that a comma or another mark between two words adds to their distance."""

AFTER = 0.5
"""What is added to the distance of a word that follows a span: an answer mostly stands behind."""

CLEARLY = 1.5
"""How many times as close as any other a span is that is taken among several."""

_PARTING = re.compile(r"[,;]\s")
_ANNOUNCED = re.compile(r"(?::|\b(?:such as|including|namely|for example|both|are|were))\s$")
_WHOLE = re.compile(r"(?:^|[,;:(]\s?)(?:out )?of (?:the |all |these |our )?$", re.IGNORECASE)
"""What stands before a figure of which the others are parts."""

_MARK = re.compile(r"[,;:()–—]|[.?!]\s")

_OF_A_PLAN = re.compile(
    r"\b(?:plans?|strategy|strategies|reports?|budgets?|programmes?|priorities)\s"
    r"(?:for |of |in )?(?:the )?(?:year )?$",
    re.IGNORECASE,
)
"""What stands before a period that only names something: our plan for 2019/20."""


def choose_span(
    text: str, spans: Sequence[Stretch], understood: Understood
) -> Stretch | None:
    """Choose of spans of a text the only one that may answer, or that clearly nearest to the
    telling words of the question."""
    left = _keep_lists(_keep_parts([*spans], text), text, understood)
    counted = keep_counted(_keep_times(left, text, understood), text, understood)
    telling = find_stems(" ".join(understood.telling_words))
    return _find_nearest(text, counted, telling) if counted else None


def _keep_parts(spans: list[Stretch], text: str) -> list[Stretch]:
    """Without what the others are parts of: "of 300 staff 3.5% left"."""
    return [span for span in spans if not _WHOLE.search(text, 0, span[0])] or spans


def _keep_lists(
    spans: list[Stretch], text: str, understood: Understood
) -> list[Stretch]:
    """Of enumerations, those of three items, or of two that are announced: other words with "and"
    between them are mostly none."""
    return [
        span for span in spans
        if understood.kind != "list"
        or _PARTING.search(text, *span) or _ANNOUNCED.search(text, 0, span[0])
    ]  # fmt: skip


def _keep_times(
    spans: list[Stretch], text: str, understood: Understood
) -> list[Stretch]:
    """Of times, those that do not only name a plan; all where a year or period is asked for."""
    if understood.kind != "date" or PERIOD_WORDS & {*understood.head} or "year" in understood.head:
        return spans
    return [span for span in spans if not _OF_A_PLAN.search(text, 0, span[0])]


def _find_nearest(
    text: str, found: Sequence[Stretch], telling: frozenset[str]
) -> Stretch | None:
    """The span with the telling words nearest to it, if it is CLEARLY so: each word adds
    1 / (1 + distance)."""
    tokens = list(find_tokens(text))
    steps = _steps(text, tokens)
    told = [step for token, step in zip(tokens, steps) if token.stem in telling]

    def closeness(span: Stretch) -> float:
        inside = [step for token, step in zip(tokens, steps) if overlaps(token, span)]
        first, last = inside[0], inside[-1]
        before = sum(1 / (1 + first - step) for step in told if step < first)
        return before + sum(1 / (1 + AFTER + step - last) for step in told if step > last)

    ranked = sorted(found, key=lambda span: (-closeness(span), span[0]))
    best = ranked[0]
    others = (each for each in ranked[1:] if text[slice(*each)] != text[slice(*best)])
    rival = next(others, None)
    return best if rival is None or closeness(best) >= CLEARLY * closeness(rival) else None


def _steps(text: str, tokens: list[Token]) -> list[int]:
    """How far each word stands from the first: a word is a step, a mark between two CLAUSE more."""
    steps, step, end = [], 0, 0
    for token in tokens:
        step += 1 + CLAUSE * (_MARK.search(text, end, token.start) is not None)
        steps.append(step)
        end = token.end
    return steps


def overlaps(token: Token, span: Stretch) -> bool:
    """Tell whether a word is in a span, at least in part."""
    return span[0] < token.end and token.start < span[1]
