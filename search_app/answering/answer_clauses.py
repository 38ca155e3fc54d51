"""Where a sentence defines, gives reasons, says how or lists: the spans of short answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.alignment import find_long_form, split_plural

Stretch = tuple[int, int]
"""The (start, end) offsets of words in a text."""

_SHORT = r"[A-Za-z0-9][\w&/.-]{1,11}"
_BRACKETED = re.compile(rf"[(\[]\s*(?:the |or )?[\"“‘']?(?P<short>{_SHORT})[\"”’']?\s*[)\]]")
_EXPLAINED = re.compile(
    rf"(?<![\w&-])(?P<short>{_SHORT})\s?"
    r"(?:[(\[](?P<long>[A-Za-z][^()\[\]]{5,120})[)\]]"
    r"|(?:\s?[-–—:=]\s|(?:stands? for|means?|is short for)\s)[\"“]?(?P<after>[A-Za-z][^()]{5,150}))"
)
_COPULA = re.compile(
    r"\s(?:is defined as|are defined as|refers? to|stands? for|means?|is known as"
    r"|(?:is|are|was|were)(?=\s(?:an?|the|one of|where|when|any|part|groups?|people|those)\b))\s"
    r"|,\s(?=(?:an?|the)\s)|\s[–—]\s(?=(?:an?|the)\s)"
)
_CAUSE = re.compile(
    r"\b(?:because of|because|due (?:mainly |largely |partly )?to|owing to|as a (?:direct )?"
    r"(?:result|consequence) of|caused by|thanks to|given that|on account of|so that|since"
    r"|in response to|driven by|stems? from|attributed to|the reasons? (?:for this )?(?:is|are|was"
    r"|were)(?: that)?)\s(?!(?:19|20)\d\d)",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:(?:in order|so as|aims?|aimed|designed|intended|needed|set up) )?to\s"
    r"(?!(?:the|a|an|our|their|its|this|that|be|[A-Z\d])\b)(?=[a-z]+\s)"
)
_BY_DOING = re.compile(
    r"\b(?:by(?=\s[a-z]+ing\b)|through|via|using|with the (?:help|use) of|by means of"
    r"|on the basis of)\s(?=(?!(?:19|20)\d\d)[\w“])",
)
_STOP = re.compile(r"[.;?!](?=\s|$)|\s[–—]\s|[)\]]")
_STOP_AT_COMMA = re.compile(
    r"[.;?!](?=\s|$)|\s[–—]\s|[)\]]|,\s(?=(?:which|who|but|and|while|with|it|we|they|the)\b)"
)
_NAMELY = re.compile(r"\b(?:such as|including|namely|for example)\s")
_LEAD_IN = re.compile(
    r":\s|\b(?:including|includes?|included|such as|namely|are|were|is|comprises?|comprising"
    r"|consists? of|between|both|covers?|involves?|following|as follows|from|of|on|for|with|by|to"
    r"|at|in|the)\s",
)
_ITEM = r"[^,;:.()]{2,90}"
_ENUMERATION = re.compile(
    rf"(?P<first>{_ITEM})(?:[,;]\s{_ITEM})*?(?:[,;]\s(?:and|or)|\s(?:and|or|&))\s"
    rf"(?P<last>{_ITEM})"
)
_END_OF_ITEM = re.compile(
    r"\s(?:for|is|are|was|were|will|would|have|has|had|can|could|should|which|that|who|to|in|by"
    r"|from|through|as|so|within|across|during|while|where|when|under|at|remain|make|play)\s"
)
_FEWEST_LETTERS = 3


def find_definitions(text: str, asked: Sequence[str]) -> Iterator[Stretch]:
    """Find what a sentence says that one of some words is: what a short form stands for, else
    what comes after "is a", "means" or a comma.

    ``asked`` are the words asked about, as they were typed.
    """
    forms = {split_plural(word).lower() for word in asked}
    yield from _of_short_forms(text, forms)
    for match in _COPULA.finditer(text):
        before = text[:match.start()].lower()
        if any(_ends_soon(before, word.lower()) for word in asked):
            yield _clause(text, match.end(), _STOP)


def find_reasons(text: str) -> Iterator[Stretch]:
    """Find clauses that give a reason or an aim, without the "because" before them."""
    for match in _CAUSE.finditer(text):
        yield _clause(text, match.end(), _STOP_AT_COMMA)


def find_aims(text: str) -> Iterator[Stretch]:
    """Find clauses that say what something is for: to reduce waiting."""
    for match in _AIM.finditer(text):
        start = match.start() + match[0].rindex("to ")
        yield _clause(text, start, _STOP_AT_COMMA)


def find_ways(text: str) -> Iterator[Stretch]:
    """Find clauses that say by what means: by training more nurses, through the website."""
    for match in _BY_DOING.finditer(text):
        yield _clause(text, match.start(), _STOP_AT_COMMA)


def find_lists(text: str) -> Iterator[Stretch]:
    """Find enumerations: what follows a colon, and items with commas and "and" between them."""
    colon = re.search(r":\s+(?=\S.*(?:[,;•]|\band\b))", text, re.DOTALL)
    if colon and colon.end() < len(text):
        yield colon.end(), _trimmed(text, len(text))
    for match in _ENUMERATION.finditer(text):
        namely = _NAMELY.search(text, *match.span())
        start = namely.end() if namely else _first_item(text, *match.span("first"))
        ending = _END_OF_ITEM.search(match["last"])
        end = match.start("last") + ending.start() if ending else match.end("last")
        if end - match.start("last") >= _FEWEST_LETTERS and start < end:
            yield start, _trimmed(text, end)


def _of_short_forms(text: str, forms: set[str]) -> Iterator[Stretch]:
    for match in _BRACKETED.finditer(text):
        if split_plural(match["short"]).lower() in forms:
            if found := find_long_form(text[:match.start()], match["short"]):
                yield found
    for match in _EXPLAINED.finditer(text):
        short = split_plural(match["short"])
        if short.lower() not in forms:
            continue
        group = "long" if match["long"] else "after"
        start = match.start(group)
        ends = [cut.start() for cut in re.finditer(r"[.,;:]|\s[-–—(]|$", match[group])]
        for end in (each for each in ends if each):
            words = re.sub(r"^(?:the|an?)\s", "", match[group][:end], flags=re.IGNORECASE)
            if find_long_form(words, short) == (0, len(words)):
                yield start + end - len(words), start + end
                break


def _ends_soon(before: str, word: str) -> bool:
    """Whether a word stands among the last few before a place."""
    return word in re.findall(r"[\w&'’-]+", before)[-6:]


def _clause(text: str, start: int, stop: re.Pattern[str]) -> Stretch:
    match = stop.search(text, start)
    return start, _trimmed(text, match.start() if match else len(text))


def _first_item(text: str, start: int, end: int) -> int:
    """Where the first item begins: after the last words before it that lead to a list."""
    leads = [match.end() for match in _LEAD_IN.finditer(text, start, end)]
    return leads[-1] if leads else start + len(text[start:end]) - len(text[start:end].lstrip())


def _trimmed(text: str, end: int) -> int:
    return len(text[:end].rstrip(" .,;:?!"))
