"""Find the organisations of health and care that a text names, by how such names are built."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.clues import Clue
from ingest.dates import Found
from ingest.records import Fact

_ENDINGS = (
    r"NHS Foundation Trust", r"NHS Trust", r"NHS FT", r"Ambulance Service", r"Primary Care Trust",
    r"Clinical Commissioning Groups?", r"CCGs?", r"PCT", r"Integrated Care Board", r"ICB",
    r"Integrated Care System", r"Integrated Care Partnership", r"University Health Board",
    r"Health Board", r"Health (?:and|&) Wellbeing Board", r"Combined Authority",
    r"Health (?:and|&) Care Partnership", r"Safeguarding (?:Children|Adults)(?:['’]s)? Board",
    r"Sustainability (?:and|&) Transformation Partnership", r"Partnership(?: Board)?",
    r"(?:(?:County|City|Borough|District|Metropolitan|Unitary|Parish|Town) ){0,3}Council",
)
_WORD = r"[A-Z][\w’'-]{0,30}"
_LINK = r"(?:(?:and|of|&|upon|on) |)"
_NAMES = re.compile(
    rf"(?<![\w-])(?:{_WORD} (?:{_LINK}{_WORD} ){{0,7}}?(?:{'|'.join(_ENDINGS)})"
    rf"|Joined [Uu]p Care {_WORD})(?![\w])"
)
_MADE_BY = re.compile(
    rf"(?:Produced|Published|Prepared|Compiled) by (?:the )?"
    rf"(?P<name>{_WORD}(?: (?:(?:of|for|and|&) )?{_WORD}){{1,7}})"
)
_MAKERS = re.compile(
    r"\b(?:Network|Institute|University|Observatory|Agency|Centre|Commission|Alliance|Association"
    r"|Service|Partnership|England|Wales|Scotland|Ltd|Limited)\b"
)
_ADDRESS = re.compile(r"(?<![\w-])(?:[\w-]+\.)*?(?P<label>[\w-]{4,})\.(?:gov|nhs)\.uk\b")
_ADDRESS_WEIGHT = 2
_UNIT = re.compile(
    rf"(?:(?:Produced|Published|Prepared|Report) by )?(?:[Tt]he )?(?P<name>{_WORD}"
    rf"(?: (?:(?:of|for|and|&) )?{_WORD}){{1,7}} (?:Unit|Institute|Network|Observatory))[.,]?"
)
_NO_PART = re.compile(
    r"(?:NHS and |(?:\S+\s){1,7}?(?:Unit|Directorate|Department|Team)\s|"
    r"(?:The|Our|Your|This|A|An|In|At|For|From|By|With|Of|And|To|On|As|Both|All|Each|Following|"
    r"Welcome|Between|Staff|Internally|While|When|Since|Report|Date|Page)\s"
    r"|(?:Chief|Executives?|Chair|Chairman|Director|Leader|Cabinet|Member|Manager|Consultant|"
    r"Officer|Head|Governors?|Board|Policy|Plan|Strategy)\s"
    r"(?:\S+\s){0,3}?(?:of|at|for|from|in)\s(?:the\s)?)+"
)
_GENERIC = ("nhs", "local", "county", "city", "borough", "district", "the", "parish", "town")
_FRONT_WEIGHT = 4
_FEWEST_MENTIONS = 3


def find_organisations(text: str) -> Iterator[Found]:
    """The names in a text, in its order."""
    for match in _NAMES.finditer(text):
        start = match.start()
        if opening := _NO_PART.match(match[0]):
            start += opening.end()
        if name := _whole(text[start:match.end()]):
            yield Found(name, start, match.end())


def pick_organisation(front: Sequence[Clue], body: Sequence[Clue]) -> Fact:
    """The organisation that a line of the first page says made it; else the one named most.

    A naming on the front counts several times, and so does an address that is like a name.
    Tables and captions do not count: what stands in a cell may not be the whole of a name.
    """
    for clue in body:
        if clue.page > body[0].page:
            break
        made = _MADE_BY.match(clue.text)
        if made and _MAKERS.search(made["name"]):
            return clue.shows(made["name"], *made.span("name"))
    counts: Counter[str] = Counter()
    shown: dict[str, Fact] = {}
    weights = [(clue, _FRONT_WEIGHT) for clue in front] + [(clue, 1) for clue in body]
    for clue, weight in weights:
        for found in () if clue.tabular else find_organisations(clue.text):
            key = found.value.casefold()
            counts[key] += weight
            shown.setdefault(key, clue.shows(found.value, found.start, found.end))
    for clues, weight in ((front, _FRONT_WEIGHT), (body, _ADDRESS_WEIGHT)):
        for label in _labels(clues):
            counts.update({key: weight for key in counts if _squeeze(key).startswith(label)})
    key, count = counts.most_common(1)[0] if counts else ("", 0)
    return shown[key] if count >= _FEWEST_MENTIONS else _pick_unit(front)


def _pick_unit(front: Sequence[Clue]) -> Fact:
    """The part of an organisation that a line of the front is, where it names no whole one."""
    for clue in front:
        if not clue.tabular and (match := _UNIT.fullmatch(clue.text)):
            return clue.shows(match["name"], *match.span("name"))
    return Fact()


def _labels(clues: Sequence[Clue]) -> set[str]:
    """The names in addresses: "anyshire" of www.anyshire.gov.uk."""
    found = (match["label"] for clue in clues for match in _ADDRESS.finditer(clue.text))
    return {_squeeze(label) for label in found}


def _squeeze(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _whole(name: str) -> str:
    """The name, or nothing where it is but the ending ("Council", "NHS Trust")."""
    words = [word for word in name.split() if word.lower() not in _GENERIC]
    proper = _NAMES.fullmatch(name) is not None and len(words) > 1
    return name if proper and not _is_ending(" ".join(words)) else ""


def _is_ending(name: str) -> bool:
    return re.fullmatch("|".join(_ENDINGS), name) is not None
