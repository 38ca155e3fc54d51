"""Find the organisations of health and care that a text names, by how such names are built."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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
_WAS_MADE_BY = re.compile(
    r"(?:(?<=^)|(?<=[.!?] ))(?:This|The) (?:\w+ ){1,3}(?:was|were|(?:has|have) been) "
    r"(?:produced|prepared|compiled|collated|drafted|written) by (?:the )?"
    rf"(?P<name>{_WORD}(?: (?:(?:of|for|and|&) )?{_WORD}){{1,7}})"
)
_MAKERS = re.compile(
    r"\b(?:Network|Institute|University|Observatory|Agency|Centre|Commission|Alliance|Association"
    r"|Service|Partnership|England|Wales|Scotland|Ltd|Limited|Unit|Team|Directorate|Council"
    r"|Trust)\b"
)
_ADDRESS = re.compile(
    r"(?<![\w-])(?:[\w-]+\.)*?(?P<label>[\w-]{4,})\.(?P<whose>gov|nhs)\.uk\b"
)
_ADDRESS_WEIGHT = 2
_UNIT = re.compile(
    rf"(?:^|(?<= ))(?P<name>{_WORD}"
    rf"(?: (?:(?:of|for|and|&) )?{_WORD}){{1,7}} (?:Unit|Institute|Network|Observatory))[.,]?$"
)
_OPENING = re.compile(r"(?:(?:^|(?<=[.!?|•–—] )|(?<=- ))|^[^A-Za-z]+)(?:[Tt]he |[Oo]ur )?$")
"""What stands before a name that begins a line or a sentence."""

_CITED = re.compile(r"[\s(,]+(?:19|20)\d\d[a-z]?\b")
_NO_PART = re.compile(
    r"(?:NHS and |(?:\S+\s){1,7}?(?:Unit|Directorate|Department|Team)\s|"
    r"(?:The|Our|Your|This|A|An|In|At|For|From|By|With|Of|And|To|On|As|Both|All|Each|Following|"
    r"Welcome|Between|Staff|Internally|While|When|Since|Report|Date|Page)\s"
    r"|(?:Chief|Executives?|Chair|Chairman|Director|Leader|Cabinet|Member|Manager|Consultant|"
    r"Officer|Head|Governors?|Board|Policy|Plan|Strategy)\s"
    r"(?:\S+\s){0,3}?(?:of|at|for|from|in)\s(?:the\s)?)+"
)
_LOCAL = ("council", "authority")
"""How the names of those end whose addresses end in gov.uk."""

_GENERIC = ("nhs", "local", "county", "city", "borough", "district", "the", "parish", "town")
_FRONT_WEIGHT = 4
_FEWEST_MENTIONS = 3
_FEWEST_WORDS = 2
"""Of the name of a part of an organisation, before its last."""


def find_organisations(text: str) -> Iterator[Found]:
    """The names in a text, in its order."""
    for match in _NAMES.finditer(text):
        start = match.start()
        if opening := _NO_PART.match(match[0]):
            start += opening.end()
        if name := _whole(text[start:match.end()]):
            yield Found(name, start, match.end())


def pick_organisation(front: Sequence[Clue], body: Sequence[Clue]) -> Fact:
    """The organisation that the first page says made it; else the one that it presents.

    What a line of the front presents comes first, a whole organisation before a part of one; then
    one whose name is like an address on the front; then what the document presents most. A name is
    presented where it begins a line or a sentence, or ends a short line: in the midst of a sentence
    anybody is named. Tables and captions do not count: a cell may not hold the whole of a name.
    """
    named = [_Naming(clue, found) for clue in (*front, *body) for found in _find_names(clue)]
    presented = [each for each in named if each.presents]
    weights = _weigh(presented, front, body)
    lines = [clue for clue in front if clue.short and not clue.text.endswith(".")]
    on_lines = [each for each in presented if each.clue in lines]
    enough = [each for each in presented if weights[each.key] >= _FEWEST_MENTIONS]
    return (
        _pick_maker(body)
        or _whole_over_lines(_heaviest(on_lines, weights), presented, front)
        or _pick_unit(front, body)
        or _pick_addressed(front, named, weights)
        or _show(_heaviest(enough, weights))
        or Fact()
    )


@dataclass(frozen=True)
class _Naming:
    """An organisation that a clue names."""

    clue: Clue
    found: Found

    @property
    def key(self) -> str:
        return self.found.value.casefold()

    @property
    def presents(self) -> bool:
        """Whether the name begins or ends what is said, and is no source that is cited."""
        before, after = self.clue.text[:self.found.start], self.clue.text[self.found.end:]
        ends = self.clue.short and not after.strip()
        return (ends or _OPENING.search(before) is not None) and not _CITED.match(after)

    def shows(self) -> Fact:
        return self.clue.shows(self.found.value, self.found.start, self.found.end)


def _find_names(clue: Clue) -> Iterator[Found]:
    return iter(()) if clue.tabular else find_organisations(clue.text)


def _weigh(
    presented: Iterable[_Naming], front: Sequence[Clue], body: Sequence[Clue]
) -> Counter[str]:
    """How often each name is presented, what is on the front and addresses like it more."""
    weights: Counter[str] = Counter()
    for each in presented:
        weights[each.key] += _FRONT_WEIGHT if each.clue in front else 1
    for clues, weight in ((front, _FRONT_WEIGHT), (body, _ADDRESS_WEIGHT)):
        for label in _labels(clues):
            weights.update({key: weight for key in weights if _squeeze(key).startswith(label)})
    return weights


def _heaviest(named: Iterable[_Naming], weights: Counter[str]) -> _Naming | None:
    """The first naming of the organisation presented most, the earlier of two alike."""
    return max(named, key=lambda each: weights[each.key], default=None)


def _show(naming: _Naming | None) -> Fact | None:
    return naming.shows() if naming else None


def _whole_over_lines(
    naming: _Naming | None, presented: Iterable[_Naming], front: Sequence[Clue]
) -> Fact | None:
    """The name that a line ends and the line before it begins, where it is presented elsewhere."""
    if not naming:
        return None
    cover = " ".join(clue.text for clue in front).casefold()
    longer = (each for each in presented if each.key.endswith(f" {naming.key}"))
    return next((each for each in longer if each.key in cover), naming).shows()


def _pick_maker(body: Sequence[Clue]) -> Fact | None:
    for clue in body:
        if clue.page > body[0].page:
            break
        made = _MADE_BY.match(clue.text) or _WAS_MADE_BY.search(clue.text)
        if made and _MAKERS.search(made["name"]):
            return clue.shows(made["name"], *made.span("name"))
    return None


def _pick_unit(front: Sequence[Clue], body: Sequence[Clue]) -> Fact | None:
    """The part of an organisation that a line of the front is or ends with."""
    endings = [match["name"] for clue in body if (match := _find_unit(clue))]
    for clue in front:
        if match := _find_unit(clue):
            name = _shared_ending(match["name"], endings)
            return clue.shows(name, match.end("name") - len(name), match.end("name"))
    return None


def _find_unit(clue: Clue) -> re.Match[str] | None:
    """A unit that a line is, or ends with where it is no sentence."""
    match = None if clue.tabular else _UNIT.search(clue.text)
    return match if match and (match.start() == 0 or not clue.text.endswith(".")) else None


def _shared_ending(name: str, others: Sequence[str]) -> str:
    """A name without what stands before it in one place alone, as a title that runs into it."""
    words = name.split()
    for first in range(len(words) - _FEWEST_WORDS):
        ending = " ".join(words[first:])
        if any(other != name and other.endswith(ending) for other in others):
            return ending
    return name


def _pick_addressed(
    front: Sequence[Clue], named: Iterable[_Naming], weights: Counter[str]
) -> Fact | None:
    """An organisation named anywhere, whose name is like an address on the front."""
    times = Counter(each.key for each in named)
    names = sorted({each.key: each.found.value for each in named}.items())
    for clue in front:
        for match in _ADDRESS.finditer(clue.text):
            label = _squeeze(match["label"])
            like = [(k, name) for k, name in names if _squeeze(k).startswith(label)]
            if like:
                local = match["whose"] == "gov"
                _, name = max(
                    like, key=lambda each: (
                        each[0].endswith(_LOCAL) == local, weights[each[0]], times[each[0]]
                    )
                )
                return clue.shows(name, *match.span())
    return None


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
