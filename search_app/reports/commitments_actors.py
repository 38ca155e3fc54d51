"""Who acts, as printed: the noun phrase or pronoun of what stands before a promise, or nobody."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.records import CELL
from search_app.reports.commitments_subjects import find_subject
from search_app.reports.commitments_words import read_words, take_words

Span = tuple[int, int]

_WE = re.compile(r"\bwe\b", re.I)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_YEAR = r"(?:19|20)\d\d(?:\s?[/–-]\s?\d\d(?:\d\d)?)?"
_DATE = rf"(?:(?:\d{{1,2}}\s)?{_MONTH}(?:\s(?:19|20)\d\d)?|{_YEAR})"
_DATED = re.compile(  # what says when, before who acts
    r"(?:(?:from|by|in|since|during|between|until|throughout|after|before|towards|over)\s)?"
    r"(?:(?:the\s)?(?:end|start|beginning|middle)\sof\s)?"
    rf"(?:{_DATE}(?:\s?(?:,|and|to|or)\s{_DATE})*"
    r"|(?:last|this|next|each|every)\s(?:year|month)),?\s+",
    re.I,
)
_PREDICATE = re.compile(
    r"\s[a-z]+(?:s|ed)\s(?=(?:the|a|an|our|its|their|from|to|at|on|into|with|that)\b)"
)
_ACTED = re.compile(r"\s[a-z]+ed\s(?:a|an|the|our|its|their)\s")
_LAST_AND = re.compile(r",?\s+(?:and|but|or)$", re.I)
_OTHER_CLAUSE = re.compile(r"^[^,]*,\s(?:and|but)\s(?=(?:the|our|its|their)\s[^,]*$)", re.I)
_WORDS_BEFORE = re.compile(r"(?:[\w’'()&-]+\s){1,9}$")
_OWNER = re.compile(r".*?\w(?:[’']s|s[’'])(?=\s)", re.S)


def name_actor(text: str, subject: Span, is_noun: bool = False) -> Span:
    """Give who acts, out of what stands before a cue; (n, n) where that is no noun phrase.

    What says when is left out, and so is a clause that only describes: who is before it.
    ``is_noun``: the cue is a noun, as "our aim is", so that only its owner is meant.
    """
    start, end = _trim(text, *subject)
    ours = [*_WE.finditer(text, start, end)]
    if is_noun:
        return _name_owner(text, start, end)
    if ours and text[ours[-1].end():end].strip().lower() in _lists()["after_we"]:
        return ours[-1].span()
    described = _find_described(text, start, end)
    if described is not None:
        return _check(text, *_narrow(text, *described))
    return _check(text, *_narrow(text, *_widen(text, start, end)))


def says_none(actor: str) -> bool:
    """Tell whether nobody of those who are named acts: "neither council", "no ward"."""
    said = take_words(actor, 0, 2)
    return said[:1] in (["no"], ["neither"], ["none"]) and said[1:] not in (["more"], ["fewer"])


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and not (text[start].isalnum() or text[start] in "£$€"):
        start += 1
    while start < end and text[end - 1] in " ,\n\t":
        end -= 1
    return start, end


def _name_owner(text: str, start: int, end: int) -> Span:
    first = take_words(text[start:end], 0, 1)
    if first and first[0] in _lists()["owners"]:
        return start, start + len(first[0])
    owner = _OWNER.match(text[start:end] + " ")
    return _check(text, start, start + owner.end()) if owner else (start, start)


def _find_described(text: str, start: int, end: int) -> Span | None:
    """Find what a clause describes: "everyone" of "everyone who is here", "a hub, run by us,"."""
    words = re.findall(r"[\w’'-]+", text[start:end].lower())
    before = re.search(r"\b(who|which)\s*$", text[:start], re.I)
    if before and len(words) > 1 and words[0] not in _lists()["determiners"]:
        return find_subject(text, before.start())
    last = re.search(r",?\s*\b(?:who|which|that)$", text[start:end], re.I)
    if last:
        return _widen(text, start + last.start(), start + last.start())
    part = words[1:] if words[:1] and words[0] in _lists()["determiners"] else words
    is_part = len(part) > 1 and part[0].endswith("ed") and part[1] in _lists()["prepositions"]
    if is_part and text[:start].rstrip().endswith(","):
        return find_subject(text, start)
    return None


def _widen(text: str, start: int, end: int) -> Span:
    """Take in the determiner before a name, and what is between."""
    lists = _lists()
    if {*take_words(text[start:end], 0, 1)} & lists["determiners"]:
        return start, end
    before = _WORDS_BEFORE.search(text[:start].rstrip() + " ")
    words = [*re.finditer(r"\S+", text[before.start():start])] if before else []
    for word in reversed(words):
        said = word.group()  # with its capital: "a Making Every Contact Count approach"
        said = said.lower() if word is words[0] else said
        if before and said in lists["widens"]:
            return _trim(text, before.start() + word.start(), end)
        if said != "of" and said in lists["stops"]:
            break
    return start, end


def _narrow(text: str, start: int, end: int) -> Span:
    """Leave out what says when, and the predicate that another is joined to."""
    start, end = _trim(text, start, end)
    while opening := _DATED.match(text, start, end) or _opener().match(text, start, end):
        start = opening.end()
    joined = _LAST_AND.search(text[start:end])
    if joined:
        predicate = _PREDICATE.search(text[start:end])
        end = start + predicate.start() if predicate else start
    other = _OTHER_CLAUSE.match(text[start:end])
    return _trim(text, start + (other.end() if other else 0), end)


def _check(text: str, start: int, end: int) -> Span:
    """Give what reads as a noun phrase or a pronoun alone; (n, n) for all else."""
    name, lists = text[start:end], _lists()
    said = [word.lower() for word in re.findall(r"[\w’'&-]+", name)]
    nobody = start, start
    if not said or name.count("(") != name.count(")") or CELL in name:
        return nobody
    if len(said) > 1 and said[0] in lists["pronouns"] - lists["determiners"]:
        return nobody
    if said[0] in lists["never_first"] and not lists["least"] & {*said[1:2]}:
        return nobody
    if {*said} & lists["finite"] or _ACTED.search(name):
        return nobody
    if len(said) > 1 and said[1] in lists["opens"] and said[0] not in lists["determiners"]:
        return nobody
    if len(said) > 2 and said[1].endswith("ed") and said[2] in lists["prepositions"]:
        return nobody
    return nobody if {*said} <= lists["determiners"] - lists["pronouns"] else (start, end)


@lru_cache(maxsize=1)
def _opener() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(read_words().names['openers']))}),?\s+", re.I)


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    lists = dict(read_words().names)
    lists["stops"] = lists["never_first"] | lists["finite"] | lists["prepositions"]
    lists["never_first"] = lists["never_first"] | lists["prepositions"]
    lists["widens"] = lists["determiners"] - {"that"}
    lists["opens"] = lists["determiners"] - lists["owners"]
    return lists
