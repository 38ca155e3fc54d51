"""The places that a document is about, told without a list of places by how it speaks of them.

A name is a place's where a council or a county is called by it ("Anytown City Council"), or where
it is never written small and follows a word such as "in" or "across".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from ingest.clues import Clue
from ingest.records import Fact

MOST_PLACES = 8
_FEWEST_MENTIONS = 3
_LEAST_OF_MOST = 0.1
"""A place is left out that is named less than this share of the times of the one named most."""

_PART = r"[A-Z][a-z]{2,}(?:['’]s\b)?(?:-(?:[a-z]{2,5}-)?[A-Z][a-z]+)*"
_NAME = rf"(?:{_PART}(?: {_PART}){{0,2}})"
_PAIR = rf"{_NAME}(?: (?:and|&|with|upon|on|le|under) {_NAME})?"
_RANKS = ("City", "County", "Borough", "District", "Metropolitan", "Unitary", "Town", "Parish")
_RANK = f"(?:{'|'.join(_RANKS)})"
_CALLED = re.compile(
    rf"(?<![\w&-])(?P<name>{_PAIR}) (?:(?:{_RANK} ){{1,3}}Council\b|Council\b"
    rf"|(?:CCG|ICB|ICS|PCT)\b|Clinical Commissioning|Integrated Care (?:Board|System)"
    rf"|Primary Care Trust|(?:{_RANK})\b(?! [A-Z])|(?:district|borough|county)\b)"
    rf"|\b(?:City|County|Borough|District|Town) of (?P<of>{_NAME})"
)
_PEOPLE = (
    r"(?:people|residents|populations?|citizens|communities|children|patients|areas?|parts|rest"
    r"|north|south|east|west)"
)
_WHERE = re.compile(
    r"\b(?:[Ii]n|[Aa]cross|[Tt]hroughout|[Aa]round|[Nn]ear|[Ww]ithin|[Oo]utside"
    rf"|{_PEOPLE} of) (?P<name>{_NAME})(?: and (?P<other>{_NAME}))?(?![\w-]| [A-Z])"
)
_WHOSE = re.compile(rf"(?<![\w-])(?P<name>{_NAME})['’]s? {_PEOPLE}\b")
_PARTING = str.maketrans(dict.fromkeys(",;:!?()[]“”\"‘", " "))
_NO_PLACE = frozenset(
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday spring summer autumn winter "
    "the this these that our your their his her each all both any some many most other such one "
    "england britain kingdom wales scotland ireland europe america australia "
    "figure table appendix chapter section annex page part year years quarter phase week day "
    "local county city borough district town parish council nhs national regional public health "
    "care hospital trust board royal university department government parliament covid "
    "english british welsh scottish irish european american french german asian african "
    "clinical commissioning integrated primary".split()
)
_SIDES = frozenset(
    "north south east west northern southern eastern western mid central coastal".split()
)


def pick_places(title: Clue, body: Sequence[Clue]) -> tuple[Fact, ...]:
    """Pick the places that a document is about, those that it names most first, with evidence.

    The document must speak of a place as one twice, or once if its title names it, and name it
    three times in all.
    """
    searched = [clue for clue in body if not clue.furniture]
    small = _written(searched)
    shown: dict[str, list[Fact]] = defaultdict(list)
    for clue in (title, *searched):
        for name, start, end in _find_names(clue.text, small):
            shown[name].append(clue.shows(name, start, end))
    titled = frozenset(_stretches(title.text))
    likely = [name for name, facts in shown.items() if name in titled or len(facts) > 1]
    counts = _count(likely, searched)
    fewest = max([_FEWEST_MENTIONS, *(_LEAST_OF_MOST * count for count in counts.values())])
    found = (n for n, count in counts.most_common() if n in titled or count >= fewest)
    return tuple(shown[name][0] for name in islice(found, MOST_PLACES))


def _written(body: Sequence[Clue]) -> frozenset[str]:
    """The words as they are written; those of addresses (www.anyshire.gov.uk) stay together."""
    text = "\n".join(clue.text for clue in body).translate(_PARTING)
    return frozenset(word.rstrip(".") for word in set(text.split()))


def _find_names(text: str, small: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    """Names that a text speaks of as places, with their offsets."""
    for pattern in (_CALLED, _WHERE, _WHOSE):
        for match in pattern.finditer(text):
            for group, written in match.groupdict().items():
                if written and (name := _clean(written)) and _is_name(name, small):
                    yield name, match.start(group), match.end(group)


def _stretches(title: str) -> Iterator[str]:
    """The names in a title and those within them, but for "Anyshire" in "North Anyshire"."""
    for match in re.finditer(_NAME, title):
        words = match[0].split()
        for first in range(len(words)):
            if not first or words[first - 1].lower() not in _SIDES:
                lasts = range(first + 1, len(words) + 1)
                yield from (" ".join(words[first:last]) for last in lasts)


def _clean(written: str) -> str:
    """The name without capitals at the start of a sentence, and without "City" at its end."""
    words = re.sub(r"['’]s\b", "", written).split()
    while words and words[0].lower() in _NO_PLACE | {"in", "across"}:
        words.pop(0)
    while words and words[-1] in _RANKS:
        words.pop()
    return " ".join(words)


def _is_name(name: str, small: frozenset[str]) -> bool:
    words = name.lower().split()
    plain = [word for word in words if word in small or word in _SIDES]
    return len(plain) < len(words) and not any(word in _NO_PLACE for word in words)


def _count(names: Sequence[str], body: Sequence[Clue]) -> Counter[str]:
    """How often each is named; of names within names the longest counts."""
    if not names:
        return Counter()
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")
    return Counter(found for clue in body for found in pattern.findall(clue.text))
