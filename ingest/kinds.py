"""The kinds of document that plansearch knows, and the words by which each is recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator

KINDS: dict[str, tuple[str, ...]] = {
    "minutes": (r"minutes of", r"(?:meeting|board|committee|draft) minutes", r"minutes"),
    "board paper": (
        r"board papers?", r"(?:governing body|committee|cabinet) (?:paper|report)s?",
        r"agenda item", r"paper for the board", r"report to (?:the )?(?:\w+ )?board",
    ),
    "board update": (
        r"board update", r"update from the (?:\w+ )?board", r"partnership update",
        r"follow(?:s|ing)? (?:each|the) [\w\s&()]*board",
    ),
    "newsletter": (r"newsletter", r"bulletin", r"e-news"),
    "consultation report": (
        r"consultation (?:\w+ )?report", r"stakeholder engagement", r"engagement report",
        r"consultation response", r"consultation",
    ),
    "impact assessment": (
        r"(?:equalit(?:y|ies)|privacy) (?:impact )?(?:assessment|analysis|report)",
        r"impact assessment",
    ),
    "refresh": (r"refresh of", r"(?:plan|strategy) refresh", r"refreshed plan", r"re-?fresh"),
    "five-year plan": (
        r"(?:five|5)[-\s]year (?:\w+ ){0,2}plan", r"joint forward plan", r"forward plan",
        r"sustainability (?:and|&) transformation plan", r"STP plan",
    ),
    "operational plan": (r"operational plan", r"operating plan", r"annual plan", r"business plan"),
    "briefing": (r"briefing(?: paper| note)?",),
    "needs assessment": (
        r"needs? (?:assessment|analysis)", r"assessment of (?:the )?(?:\w+ )?needs?", r"JSNA",
        r"PNA", r"HNA",
    ),
    "strategy": (r"strateg(?:y|ies)", r"strategic plan"),
    "annual report": (r"annual (?:\w+ ){0,2}report", r"report and accounts"),
    "audit": (r"audit",),
    "action plan": (r"action plan", r"delivery plan", r"implementation plan"),
    "plan": (r"plan",),
    "profile": (r"profiles?",),
    "survey": (r"survey",),
    "report": (r"report", r"review", r"evaluation"),
    "policy": (r"policy",),
}
"""Kind to regular expressions, matched as whole words; of two that end alike the first wins."""


WIDE = ("plan", "report", "policy", "audit", "survey")
"""Kinds named in many a document that is not one: they tell only where a title is."""


FIRST = ("minutes", "board paper", "board update", "newsletter")
"""Kinds that a text is of, whatever other kind it speaks of."""

_HEAD = re.compile(r".*?(?=\s(?:of|for|on|to|in|from|with)\s|$)", re.I | re.S)


def find_kind(text: str, wide: bool = True) -> tuple[str, int, int]:
    """Find the kind that a text names, and where; else ("", 0, 0). ``wide`` lets in WIDE.

    What stands last before "of", "for" and the like is the kind ("needs assessment briefing",
    "review for a strategy"); where nothing does, the first of KINDS.
    """
    found = list(_find_kinds(text, wide))
    head = _HEAD.match(text)
    within = [each for each in found if head and each[2] <= head.end()]
    if found and found[0][0] not in FIRST and within:
        return max(within, key=lambda each: each[2])
    return found[0] if found else ("", 0, 0)


def _find_kinds(text: str, wide: bool) -> Iterator[tuple[str, int, int]]:
    """Where each kind is named first, in the order of KINDS."""
    for kind, pattern in _PATTERNS.items():
        if (wide or kind not in WIDE) and (match := pattern.search(text)):
            yield kind, match.start(), match.end()


_PATTERNS = {
    kind: re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W_])".replace(" ", r"[\s_-]+"), re.I)
    for kind, forms in KINDS.items()
}
