"""The kinds of document that plansearch knows, and the words by which each is recognised."""

from __future__ import annotations

import re

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
"""Kind to regular expressions, matched as whole words; the first kind that matches wins."""


WIDE = ("plan", "report", "policy", "audit", "survey")
"""Kinds named in many a document that is not one: they tell only where a title is."""


def find_kind(text: str, wide: bool = True) -> tuple[str, int, int]:
    """The first of KINDS that a text names, and where; else ("", 0, 0). ``wide`` lets in WIDE."""
    for kind, pattern in _PATTERNS.items():
        if (wide or kind not in WIDE) and (match := pattern.search(text)):
            return kind, match.start(), match.end()
    return "", 0, 0


_PATTERNS = {
    kind: re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W_])".replace(" ", r"[\s_-]+"), re.I)
    for kind, forms in KINDS.items()
}
