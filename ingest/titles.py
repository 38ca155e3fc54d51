"""Choose the title of a document among its headings, its properties and its file name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import dropwhile
from pathlib import PurePath

from ingest.clues import Clue, Clues
from ingest.dates import find_dates, find_periods, parse_date
from ingest.kinds import find_kind
from ingest.organisations import find_organisations
from ingest.records import CELL, Fact

_JUNK_PROPERTY = re.compile(
    r"Microsoft (?:Word|PowerPoint|Excel|Publisher)\b.*|untitled.*|(?:PowerPoint )?presentation"
    r"|document\d*|slide \d+|.*\.(?:docx?|xls[xm]?|pptx?|pdf|indd|pub|qxd)|\W*",
    re.I,
)
_NO_TITLE = re.compile(
    r"(?:\S+\.)+(?:uk|org|com|net)\b.*|contents?|table of contents|foreword|introduction|summary"
    r"|executive summary|background|key information|overview|appendi(?:x|ces)\W*\w*|welcome"
    r"|draft|final|(?:next|last) (?:release|update|review)\b.*"
    r"|(?:date|version|author|source|purpose|aim|published|issued|updated)s?\b.*"
    r"|(?:drafted|developed|produced|prepared|written|(?:a )?report (?:by|for|to))\b.*"
    r"|.*@.*|page \d+.*|[\W\d]*|.*\b(?:visit (?:the|our)|click here)\b.*",
    re.I,
)
_SUBTITLE = re.compile(
    r"(?:(?:executive|short(?: read)?|plain text|easy[- ]read) )?(?:summary|version)"
    r"|(?:appendix|annex|volume|part|chapter) \w{1,4}|\(.{3,60}\)",
    re.I,
)
"""What is no title by itself, but part of one that stands above it."""

_WELCOME = re.compile(
    r"Welcome to (?:the |our |this )?(?:latest |first |new )?(?:(?:edition|issue) of (?:the )?)?"
    r"(?P<title>[A-Z][^.!,:]{5,80})[.!,:]"
)
_TEAM = re.compile(
    r"\b(?:institute|university|faculty|department|directorate|unit|team|centre|forum|office)\b",
    re.I,
)
_MADE_FOR = re.compile(
    r"\b(?:prepared|produced|written|commissioned|developed|compiled) (?:for|by|in)\b"
    r"|\b(?:Dr|Mrs?|Ms|Prof|Professor|Cllr)\b",
    re.I,
)
_IMPRINT = re.compile(r"\W+(?:Published|Issued|Updated|Last updated|Date(?=:))\b.*")
_NO_TITLE_ENDS = (".", ",", ";", ":")
_TOP_BLOCKS = 4
_TOP_LINES = 12
_LONGEST_TITLE = 160
_COVER_CHARACTERS = 400
_COVER_LINES = 6
_LINE_WORDS = 20
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s*(?:[-–—/]|to)\s*(?:\d\d){1,2})?", re.I)
_NOISE_IN_NAMES = re.compile(
    r"(?<![^\W_])(?:final|v\d+(?:\.\d+)*|copy|web|accessible|print)(?![^\W_])", re.I
)


def pick_title(clues: Clues) -> Fact:
    """The candidate that most looks like a title; the earlier wins where two do equally."""
    candidates = list(_candidates(clues))
    facts = [fact for fact, _ in candidates]
    best, _ = max(candidates, key=lambda each: _score(each[0], each[1], facts))
    return _as_printed(best, facts)


def _as_printed(best: Fact, candidates: list[Fact]) -> Fact:
    """What the front says in full, where the best is from elsewhere and is part of it."""
    if not _place(best):
        return best
    words = _words(best.value)
    printed = (each for each in candidates if not _place(each) and words <= _words(each.value))
    return min(printed, key=lambda each: len(each.value), default=best)


def readable_name(file_name: str) -> str:
    """Make a file name readable: "dhcft-plan-2019-20.txt" is "DHCFT plan 2019-20"."""
    stem = re.sub(r"(?<=\d)[-_](?=\d)", "\0", PurePath(file_name).stem)
    words = _NOISE_IN_NAMES.sub(" ", re.sub(r"[-_+]|%20", " ", stem)).replace("\0", "-").split()
    text = " ".join(word if re.search("[aeiouyA-Z0-9]", word) else word.upper() for word in words)
    return text[:1].upper() + text[1:]


def _candidates(clues: Clues) -> Iterator[tuple[Fact, int]]:
    """Candidates, each with points for where it stands."""
    first_page = [
        clue for clue in clues.front if clue.page == clues.front[0].page and not clue.furniture
    ]
    if cover := _is_cover(first_page):
        first_page = [cell for clue in first_page for cell in _cells(clue)]
    for heading in (*_from_cover(first_page), *_from_headings(first_page)):
        yield heading, 2
    for clue in first_page[:_TOP_LINES]:
        if (cover or clue.short) and _may_be_title(clue):
            yield clue.shows(_without_imprint(clue.text).rstrip(":")), 1
    for clue in clues.front[:1]:
        if welcome := _WELCOME.match(clue.text):
            yield clue.shows(welcome["title"], *welcome.span()), 3
    own = clues.properties.get("title")
    if own and not _JUNK_PROPERTY.fullmatch(own.text) and not parse_date(own.text):
        yield own.shows(own.text), 2
    yield clues.file_name.shows(readable_name(clues.file_name.text)), 0


def _is_cover(first_page: list[Clue]) -> bool:
    return sum(len(clue.text) for clue in first_page) <= _COVER_CHARACTERS


def _cells(clue: Clue) -> Iterator[Clue]:
    """The cells of a row on a cover, where a table only places things."""
    for cell in filter(None, clue.text.split(CELL)):
        yield replace(clue, text=cell, tabular=clue.tabular and CELL not in clue.text)


def _may_be_title(clue: Clue) -> bool:
    """Whether a line of the front may be a title; one that ends in a colon names a kind."""
    ends = clue.text.endswith(_NO_TITLE_ENDS)
    if ends and not (clue.text.endswith(":") and _names_kind(clue)):
        return False
    return _is_line(clue) and not clue.tabular and _is_title(clue.text)


def _is_line(clue: Clue) -> bool:
    return len(clue.text.split()) <= _LINE_WORDS


def _from_cover(first_page: list[Clue]) -> Iterator[Fact]:
    """On a page of few words the first lines in a row are a title and its subtitle."""
    if not _is_cover(first_page):
        return
    for may_open in (_may_head, _may_stand_on_cover):
        lines = list(dropwhile(lambda clue: not may_open(clue), first_page))
        texts = list(_title_lines(lines))
        title = " ".join(map(_without_imprint, texts))
        if len(texts) > 1 and len(title) <= _LONGEST_TITLE:
            yield Clue("\n".join(texts)).shows(title)


def _title_lines(lines: list[Clue]) -> Iterator[str]:
    """The lines of a title from the first on, without those that say who made it, and when."""
    named = False
    before: Clue | None = None
    years = False
    for clue in lines:
        if before and (_SUBTITLE.fullmatch(clue.text) or _YEARS.fullmatch(clue.text)):
            years = years or _YEARS.fullmatch(clue.text) is not None
            yield clue.text
            continue
        if years:
            return
        if before is None and _is_team(clue.text) and any(map(_names_kind, lines[:_COVER_LINES])):
            continue
        if not _may_stand_on_cover(clue) or (before and not _goes_on(before, clue, named)):
            return
        named = named or find_kind(clue.text)[0] != ""
        before = clue
        yield clue.text


def _goes_on(before: Clue, clue: Clue, named: bool) -> bool:
    """Whether a line of a cover goes on the title before it, which has ``named`` a kind or not."""
    text = clue.text
    dates = find_dates(text)
    dated = bool(dates) and len(dates[-1].value) > 4 and not text[dates[-1].end:].strip(" .)")
    if _MADE_FOR.search(text) or _is_team(text) or (dated and not _names_kind(clue)):
        return False
    if named:
        kind = find_kind(text)[0]
        again = kind != "" and kind == find_kind(before.text)[0]
        return not again and (_names_kind(clue) or 0 < clue.heading <= max(1, before.heading))
    return clue.heading > 0 or before.heading == 0


def _names_kind(clue: Clue) -> bool:
    return find_kind(clue.text, wide=False)[0] != ""


def _is_team(text: str) -> bool:
    return _TEAM.search(text) is not None and not find_kind(text, wide=False)[0]


def _may_stand_on_cover(clue: Clue) -> bool:
    return _is_line(clue) and not clue.tabular and _is_title(clue.text)


def _without_imprint(text: str) -> str:
    """A heading without the "Published 31 May 2018 …" that it took along."""
    cut = _IMPRINT.search(text)
    return text[:cut.start()] if cut and _is_title(text[:cut.start()]) else text


def _may_head(clue: Clue) -> bool:
    return clue.heading > 0 and _is_title(clue.text)


def _from_headings(first_page: list[Clue]) -> Iterator[Fact]:
    headings = [
        clue for position, clue in enumerate(first_page)
        if _may_head(clue) and (position < _TOP_BLOCKS or clue.heading == 1)
    ]
    if headings:
        top = min(clue.heading for clue in headings)
        first = next(clue for clue in headings if clue.heading == top)
        yield first.shows(_without_imprint(first.text))


def _is_title(text: str) -> bool:
    if _NO_TITLE.fullmatch(text) or parse_date(text) or len(text) > _LONGEST_TITLE:
        return False
    covered = sum(found.end - found.start for found in find_organisations(text))
    return len(text) > 4 and not text[0].islower() and covered < 0.9 * len(text)


def _score(candidate: Fact, place: int, candidates: list[Fact]) -> int:
    """Points for what titles have: a good place, a kind of document, a year, words said again."""
    text = candidate.value
    points = place + bool(find_dates(text) or find_periods(text))
    points += 2 if find_kind(text)[0] else 0
    elsewhere = [each.value for each in candidates if _place(each) != _place(candidate)]
    return points + (2 if place and any(_alike(text, other) for other in elsewhere) else 0)


def _place(candidate: Fact) -> str:
    labels = ("file name: ", "document properties: ")
    return next((label for label in labels if candidate.evidence.startswith(label)), "")


def _alike(first: str, second: str) -> bool:
    """Whether half of the words of the shorter are in the longer."""
    shorter, longer = sorted((_words(first), _words(second)), key=len)
    return bool(shorter) and 2 * len(shorter & longer) >= len(shorter)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]{3,}", text.lower())) - {"the", "and", "for"}
