"""Who is said to act: the subject of a clause as printed, and of what kind it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from search_app.reports.commitments_words import Words, take_words

Kind = Literal[
    "we", "actor", "carried", "people", "thing", "pronoun", "there", "relative", "amount", "paper",
    "rule", "somebody else", "nobody",
]
"""Of a subject: ourselves, one who can act, what is carried out, those for whom it is done, and
what promises nothing by itself."""

_KINDS: dict[str, Kind] = {
    "rules": "rule", "papers": "paper", "carried": "carried", "acts": "actor",
    "people": "people",
}  # fmt: skip
"""The kinds of the words of commitments.toml."""

_ALL = {"all", "both", "each", "one", "some", "most", "many"}
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_CAPITALISED = re.compile(r"(?<!^)\b[A-Z][\w’'-]+")
_IN_CAPITALS = re.compile(r"\b[A-Z][A-Z&]{1,7}s?\s*$")

_LISTED = re.compile(r"\s*(?:[^\w\s\"'“‘(£$€]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s?")
_BOUNDARY = re.compile(
    r"[;:()–—\t\n]|,\s|\s-\s|\b(?:that|which|who|where|when|while|whilst|because|so|but|how"
    r"|what|why|although|though|as|if|whether|until|once)\b",
    re.I,
)
_RELATIVE = re.compile(r"\b(?:which|who|that)(?:\s\w+ly|\salso)?\s*$", re.I)
_DESCRIBES = re.compile(r"\W*(?:and\s|or\s|but\s)?(?:whose|whom)\b", re.I)
_WE = re.compile(
    r"\b(?:[Ww]e|WE)\b(?:\s(?:\w+ly|also|all|both|now|then|therefore|together|each|do))*\s*$"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|could|should|must|will|would|may|might)\b",
    re.I,
)
_AND = re.compile(r"\b(?:and|but|or|then)\b\s*(?:\w+ly\b|also\b|then\b)?\s*", re.I)
_OF = re.compile(
    r"\b(?:of|for|in|across|to|with|on|from|at|within|by|between|who|that|which|including|such"
    r"|working|together|alongside|through|via|under|following|after|during)\b", re.I
)
_PRONOUN = re.compile(r"\b(?:it|they|this|these|those|that|such)\s*$", re.I)
_OPENS_PHRASE = re.compile(
    r"\s*(?:by|in|from|over|during|for|with|working|through|as|including|where|to|at|on|within"
    r"|under|across|following|throughout|alongside|after|together|using|via)\b", re.I,
)
_OPENS_CLAUSE = re.compile(r"(?:however|and|but|then|therefore|finally)\s", re.I)
_STARTS_NAME = re.compile(
    r"\b(?:the|our|this|these|each|every|all|a|an|their|its|it|they|we)\b"
    r"|\b(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Q[1-4])[a-z]*\b)[A-Z]"
)
_GOVERNS = re.compile(
    r"(?:^|\b(?:by|in|from|over|during|for|with|through|as|including|to|at|on|of|within|under"
    r"|across|following|after|before|until|and|via))\s*$", re.I,
)
_COUNTED = re.compile(r"\b(?:million|thousand|\d{1,3},\d{3}|\d{3,}|one in|in every)\s(?!CCG)", re.I)


def find_subject(text: str, end: int) -> tuple[int, int]:
    """Find who or what stands before a verb, back to where its clause begins."""
    end = len(text[:end].rstrip(" ,"))
    closing = _IN_BRACKETS.search(text[:end])
    limit = closing.start() if closing else end
    cuts = [match.end() for match in _BOUNDARY.finditer(text, 0, limit)]
    listed = _LISTED.match(text)
    starts = [listed.end() if listed else 0, *cuts]
    start = starts.pop()
    while starts and _goes_on(text, starts[-1], start, limit):
        start = starts.pop()
    while _OPENS_PHRASE.match(text, start) or not text[start:limit].strip():
        if (name := _find_name(text, start, limit)) is not None:
            start = name
            break
        if not starts:
            break
        start = starts.pop()
    opens = _OPENS_CLAUSE.match(text, start, end)
    start = opens.end() if opens else start
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return _leave_predicate(text, min(start, end), end)


def _goes_on(text: str, before: int, start: int, end: int) -> bool:
    """Tell whether a name goes on from before a comma: the Board, the Council and the Trust."""
    piece = text[before:start]
    names = piece.rstrip().endswith(",") and _STARTS_NAME.match(piece.lstrip())
    others = _FINITE.search(piece) or _OPENS_PHRASE.match(piece) or says_we(text[start:end])
    return bool(names) and not others and bool(_AND.search(text, start, end))


def _leave_predicate(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out an earlier predicate: "the Trust has begun it and", "it is hard and we"."""
    finite = _FINITE.search(text, start + 1, end)
    if not finite:
        return start, end
    *_, last = (None, *_AND.finditer(text, finite.end(), end))
    if last and not text[last.end():end].strip():
        return start, len(text[:finite.start()].rstrip())
    return (last.end() if last else max(start, text.rfind(" ", start, end) + 1)), end


def _find_name(text: str, start: int, end: int) -> int | None:
    """Find where the subject begins after a phrase such as "by 2020": the last name that no
    preposition governs."""
    found = None
    for name in _STARTS_NAME.finditer(text, start, end):
        governed = _GOVERNS.search(text, start, name.start())
        if not governed and not (name.group()[0].isupper() and found is not None):
            found = name.start()
    return found


def tell_subject(text: str, name: str, cue: int, words: Words) -> Kind:
    """Say of what kind a subject is; what promises begins at the offset ``cue``."""
    name = _IN_BRACKETS.sub("", name)
    said = take_words(name)
    if says_we(name):
        return "we"
    is_finite = said and _FINITE.fullmatch(said[0])
    if _RELATIVE.search(text[:cue].removesuffix(" ")) or _DESCRIBES.match(name) or is_finite:
        return "relative"
    if not said:
        return "nobody"
    if said[-1] in words.who["never"] or {"you", "your", "my"} & {*said}:
        return "somebody else"
    if "there" in (said[0], said[-1]):
        return "there"
    if _PRONOUN.search(name):
        return "pronoun"
    head = _OF.split(name.strip(), maxsplit=1)[0]
    if not {*take_words(head)} - _ALL:
        head = name
    return _tell_head(name, head, take_words(head), words)


def _tell_head(name: str, head: str, bare: Sequence[str], words: Words) -> Kind:
    """Say of what kind a name is, by the last word of its head, or one that has a capital."""
    named = [word.lower() for word in _CAPITALISED.findall(head)]
    known = next(
        (_KINDS[of] for word in (bare[-1], *named[::-1]) for of in _KINDS if word in words.who[of]),
        None,
    )
    counted = known == "people" and _COUNTED.search(name)
    if bare[-1] in words.who["amounts"] or words.some.match(name.strip()) or counted:
        return "amount"
    if bare[0].endswith("ing") and known != "people":
        return "thing"
    return known or ("actor" if _IN_CAPITALS.search(head) else "thing")


def says_we(name: str) -> bool:
    """Tell whether a subject ends with "we", and words such as "also"."""
    return bool(_WE.search(name))


def is_amount(name: str, words: Words) -> bool:
    """Tell whether a subject is an amount: the last word before "of" or "for", or the last."""
    said = take_words(_OF.split(name.strip(), maxsplit=1)[0])
    return bool(said) and said[-1] in words.who["amounts"]


def is_listed(before: str) -> bool:
    """Tell whether nothing but the mark of an item stands there."""
    return not _LISTED.sub("", before, count=1).strip()
