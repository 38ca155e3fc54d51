"""Choose the title of a document among its headings, its properties and its file name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from ingest.clues import Clue, Clues
from ingest.dates import find_dates, find_periods, parse_date
from ingest.kinds import find_kind
from ingest.organisations import find_organisations
from ingest.records import Fact

_JUNK_PROPERTY = re.compile(
    r"Microsoft (?:Word|PowerPoint|Excel|Publisher)\b.*|untitled.*|(?:PowerPoint )?presentation"
    r"|document\d*|slide \d+|.*\.(?:docx?|xls[xm]?|pptx?|pdf|indd|pub|qxd)|\W*",
    re.I,
)
_NO_TITLE = re.compile(
    r"(?:\S+\.)+(?:uk|org|com|net)\b.*|contents?|table of contents|foreword|introduction|summary"
    r"|executive summary|background|key information|overview|appendix\W*\w*|welcome|draft|final"
    r"|(?:date|version|author)s?\b.*|.*@.*|page \d+.*|[\W\d]*",
    re.I,
)
_WELCOME = re.compile(
    r"Welcome to (?:the |our |this )?(?:latest |first |new |\w+ )??(?:(?:edition|issue) of (?:the )?)?"
    r"(?P<title>[A-Z][^.!,:]{5,80})[.!,:]"
)
_NEARBY_HEADINGS = 6
_TOP_BLOCKS = 4
_LONGEST_TITLE = 160
_NOISE_IN_NAMES = re.compile(r"(?<![^\W_])(?:final|v\d+(?:\.\d+)*|copy|web|accessible|print)(?![^\W_])", re.I)


def pick_title(clues: Clues) -> Fact:
    """The candidate that most looks like a title; the earlier wins where two do equally."""
    candidates = list(_candidates(clues))
    return max(candidates, key=lambda each: _score(each, candidates), default=Fact())


def readable_name(file_name: str) -> str:
    """Make a file name readable: "dhcft-plan-2019-20.txt" is "DHCFT plan 2019-20"."""
    stem = re.sub(r"(?<=\d)[-_](?=\d)", "\0", PurePath(file_name).stem)
    words = _NOISE_IN_NAMES.sub(" ", re.sub(r"[-_+]|%20", " ", stem)).replace("\0", "-").split()
    text = " ".join(word if re.search("[aeiouyA-Z0-9]", word) else word.upper() for word in words)
    return text[:1].upper() + text[1:]


def _candidates(clues: Clues) -> Iterator[Fact]:
    yield from _from_headings(clues.front)
    for clue in clues.front[:1]:
        if welcome := _WELCOME.match(clue.text):
            yield clue.shows(welcome["title"], *welcome.span())
    own = clues.properties.get("title")
    if own and not _JUNK_PROPERTY.fullmatch(own.text) and not parse_date(own.text):
        yield own.shows(own.text)
    yield clues.file_name.shows(readable_name(clues.file_name.text))


def _from_headings(front: tuple[Clue, ...]) -> Iterator[Fact]:
    headings = [
        clue for position, clue in enumerate(front)
        if clue.heading and (position < _TOP_BLOCKS or clue.heading == 1) and _is_title(clue.text)
    ]
    if headings:
        top = min(clue.heading for clue in headings)
        first = next(clue for clue in headings if clue.heading == top)
        yield first.shows(first.text)


def _is_title(text: str) -> bool:
    if _NO_TITLE.fullmatch(text) or parse_date(text) or len(text) > _LONGEST_TITLE:
        return False
    covered = sum(found.end - found.start for found in find_organisations(text))
    return len(text) > 4 and covered < 0.9 * len(text)


def _score(candidate: Fact, candidates: list[Fact]) -> float:
    """Points for what titles have: a kind of document, a year, and the words of the others."""
    text = candidate.value
    points = 2.0 * bool(find_kind(text)[0]) + bool(find_dates(text) or find_periods(text))
    points += 0 if candidate.evidence.startswith("file name: ") else 2
    words = _words(text)
    others = [_words(each.value) for each in candidates if each is not candidate]
    return points + 2 * any(2 * len(words & other) >= len(words) for other in others if words)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]{3,}", text.lower())) - {"the", "and", "for"}
