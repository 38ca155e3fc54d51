"""The commitments of a document: its sentences, items and rows that promise, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from ingest.records import CELL, Passage
from search_app.answering.answer_figures import (
    find_figures, find_money, find_percentages, find_times,
)  # fmt: skip
from search_app.answering.units import find_units, is_header
from search_app.reports.commitments_deadlines import Deadline, find_deadline, find_due
from search_app.reports.commitments_grammar import EFFECT, NO_ACTOR, NO_CUE, Cue, find_cue
from search_app.reports.commitments_words import Strength, read_words, take_main_words

_MARK = re.compile(r"(?:[^\w\s\"'“‘(£$€]|o(?=\s)|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s?(?=\S)")
_LIKELY = (
    "will", "shall", "won’t", "won't", "’ll", "'ll", "commit", "pledg", "promis", "undertak",
    "agree", "aim", "aspir", "hop", "want", "seek", "strive", "endeavour", "working towards",
    "work towards", "works towards", "determined", "ambition", "goal", "objective", "target",
    "vision", "priorit", "focus", "plan", "inten", "propos", "going to", "look", "prepar",
    "expect", "on track", "due to", "scheduled", "set to", "signed", "next step", "key action",
)
"""One of these is in every cue; looking for them is many times as quick."""

_TO_BE_DONE = re.compile(r"\bto\sbe\s(?:\w+ly\s)?(\w+)\b", re.I)
_NO_TASK = re.compile(
    r"\b(?:needs?|has|have|had|wants?|likely|able|rights?|required|seems?|expected|not|how"
    r"|opportunity|is|are|was|were|be|can|should|must|would|could|may|might|ought)\b", re.I,
)
_LEADS = (":", ":-", " will", " to")
_SHORT_WORDS = 5
_LONGEST_HEADING_WORDS = 8
_FIGURES = find_money, find_percentages, find_figures


@dataclass(frozen=True, slots=True)
class Commitment:
    """A statement that promises something, by its place in a document.

    It is text[start:end] of the passage ``number``. ``lead`` is what leads into it (the line above
    a list, a heading, the header of a table), ``cue`` the words that promise, ``subject`` who is
    said to act: all as printed, empty where there is none. ``figures`` are as printed. ``deadline``
    are the words that say by when, and ``due`` the date that they come to (see Deadline); empty
    where no date is stated. ``negated``: that something is not done. ``alike`` are the words by
    which it is the same as others: all but the little ones, with what leads into it where it is
    short.
    """

    number: int
    start: int
    end: int
    strength: Strength
    lead: str
    cue: str
    subject: str
    figures: tuple[str, ...]
    deadline: str
    due: str
    negated: bool
    alike: str

    @property
    def has_lead_in(self) -> bool:
        """Tell whether the lead is words that it goes on from, and no heading or header."""
        return self.lead.rstrip().endswith(_LEADS)


@dataclass(frozen=True)
class _Lead:
    """What leads into items: its words and, if these promise, what makes them do so."""

    text: str
    cue: Cue | None


Line = list[tuple[int, int]]
"""The sentences of a line of a passage, as (start, end) offsets."""


def find_commitments(passages: Iterable[Passage], published: str = "") -> Iterator[Commitment]:
    """Find the commitments of a document in reading order.

    ``published`` is when the document was: years that it leaves open are counted from there.
    """
    lead: _Lead | None = None
    trail: tuple[str, ...] | None = None
    for passage in passages:
        if passage.trail != trail:
            lead, trail = None, passage.trail
        named = _lead_of_heading(passage)
        if not (lead or named or CELL in passage.text or _is_likely(passage.text)):
            continue
        for is_table, lines in groupby(_find_lines(passage), lambda line: _is_row(passage, line)):
            if is_table:
                yield from _read_table(passage, [line[0] for line in lines], published)
                continue
            for line in lines:
                first = passage.text[slice(*line[0])]
                own = _lead_of(passage, line)
                if own is not None:
                    lead = own
                    continue
                lead = lead if _is_item(first) else None
                heading = named if named and named.text != first else None
                yield from _read_line(passage, line, lead or heading, published)


def _is_likely(text: str) -> bool:
    small = text.lower()
    for each in _LIKELY:  # as any() would, in half of the time
        if each in small:
            return True
    return False


def _is_row(passage: Passage, line: Line) -> bool:
    return CELL in passage.text[slice(*line[0])]


def _find_lines(passage: Passage) -> Iterator[Line]:
    units: list[tuple[int, int]] = []
    for start, end in find_units(passage):
        if units and "\n" in passage.text[units[-1][1]:start]:
            yield units
            units = []
        units.append((start, end))
    if units:
        yield units


def _lead_of(passage: Passage, line: Line) -> _Lead | None:
    """Give a line as what leads into the items below it; None where it does not."""
    start, end = line[-1]
    text = passage.text[start:end]
    if not text.rstrip().endswith(_LEADS):
        return None
    cue = find_cue(text) if _is_likely(text) else NO_CUE
    if isinstance(cue, Cue):
        return _Lead(text, cue)
    return _Lead(text, None) if _names_actions(text) else None


def _is_item(text: str) -> bool:
    """Tell whether a line reads as an item: marked, in small letters, or of something to do."""
    return bool(_MARK.match(text) or text[0].islower() or read_words().acts.match(text))


def _lead_of_heading(passage: Passage) -> _Lead | None:
    """Give the heading that names actions, for what begins with one below it."""
    heading = passage.trail[-1] if passage.trail else ""
    return _Lead(heading, None) if _names_actions(heading) else None


@lru_cache(maxsize=4096)
def _names_actions(text: str) -> bool:
    said = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text).casefold()
    words = read_words()
    if len(said.split()) > _LONGEST_HEADING_WORDS:
        return False
    if re.search(r"\bwe (?:will|plan to|intend to|are going to|aim to)\b", said):
        return True
    return said in words.headings or re.sub(r"\s(?:for|in|to|and)\s.*", "", said) in words.headings


def _read_line(
    passage: Passage, line: Line, lead: _Lead | None, published: str
) -> Iterator[Commitment]:
    quoted = False
    for at, (start, end) in enumerate(line):
        text = passage.text[start:end]
        cue = find_cue(text, quoted) if _is_likely(text) else NO_CUE
        quoted = (quoted or "“" in text) and text.count("”") <= text.count("“") - (not quoted)
        quoted = quoted and "”" not in text[text.rfind("“") + 1:]
        found = _Statement(passage, start, end, published)
        if isinstance(cue, Cue):
            yield found.make(cue, lead.text if lead and not at else "")
        elif lead and not at and cue in (NO_CUE, NO_ACTOR, EFFECT):
            yield from found.make_item(lead)


def _read_table(
    passage: Passage, rows: Sequence[tuple[int, int]], published: str
) -> Iterator[Commitment]:
    """Read the rows of a table: cells that promise, or stand in a column of actions."""
    header = passage.text[slice(*rows[0])]
    names = [_bare(name) for name in header.split(CELL)]
    if not any(_is_column(name, "columns") for name in names):
        if not is_header(passage, find_units(passage).index(rows[0])):
            header, names = "", []
    for start, end in rows[1:] if header else rows:
        found = _Statement(passage, start, end, published)
        yield from _read_row(found, header, names)


def _read_row(found: _Statement, header: str, names: Sequence[str]) -> Iterator[Commitment]:
    cells = found.text.split(CELL)
    names = names if len(names) == len(cells) else [""] * len(cells)
    offset = 0
    for name, cell in zip(names, cells):
        cue = find_cue(cell) if _is_likely(cell) else NO_CUE
        if not isinstance(cue, Cue) and name and _is_column(name, "columns") and _says_action(cell):
            cue = Cue("plan", 0, 0, (0, 0))
        if isinstance(cue, Cue):
            moved = replace(
                cue, start=cue.start + offset, end=cue.end + offset,
                subject=(cue.subject[0] + offset, cue.subject[1] + offset),
            )  # fmt: skip
            yield found.make(moved, header, _due_of_row(found, names, cells))
            return
        offset += len(cell) + len(CELL)


def _is_column(name: str, which: str) -> bool:
    words = getattr(read_words(), which)
    return bool(name) and (name in words or name.split(" (")[0] in words)


def _bare(name: str) -> str:
    return re.sub(r"^[\W\d_]+|[\W_]+$", "", name).casefold()


def _says_action(text: str) -> bool:
    """Tell whether a cell or item begins with something to do, or says that it is to be done."""
    bare = _MARK.sub("", text, count=1)
    return bool(read_words().acts.match(bare)) or _is_to_be_done(text)


def _is_to_be_done(text: str) -> bool:
    found = _TO_BE_DONE.search(text)
    if found and _NO_TASK.search(text[:found.start()]):
        return False
    done = found.group(1).lower() if found else ""
    return done.endswith("ed") or done in read_words().what["done"]


def _due_of_row(
    found: _Statement, names: Sequence[str], cells: Sequence[str]
) -> tuple[str, str] | None:
    """Give the words and date of the column of dates, where the table has one."""
    for name, cell in zip(names, cells):
        if _is_column(name, "deadlines"):
            due = find_due(cell, found.published)
            return (cell[due.start:due.end], due.due) if due else None
    return None


@dataclass(frozen=True)
class _Statement:
    """A stretch of a passage that may promise."""

    passage: Passage
    start: int
    end: int
    published: str

    @property
    def text(self) -> str:
        return self.passage.text[self.start:self.end]

    def make(self, cue: Cue, lead: str, due: tuple[str, str] | None = None) -> Commitment:
        """Make it a commitment by a cue of its own."""
        text = self.text
        return self._make(
            cue, lead, text[cue.start:cue.end], text[slice(*cue.subject)], due
        )

    def make_item(self, lead: _Lead) -> Iterator[Commitment]:
        """Make it a commitment by what leads into it."""
        cue = lead.cue
        if cue:
            said = lead.text[cue.start:cue.end], lead.text[slice(*cue.subject)]
            yield self._make(cue, lead.text, *said)
        elif _says_action(self.text):
            yield self._make(Cue("plan", 0, 0, (0, 0)), lead.text, "", "")

    def _make(
        self, cue: Cue, lead: str, said: str, subject: str, due: tuple[str, str] | None = None
    ) -> Commitment:
        text = self.text
        deadline = find_deadline(text, self.published)
        words, date = _say(text, deadline) if due is None else due
        if not words and lead and CELL not in lead:
            words, date = _say(lead, find_deadline(lead, self.published))
        return Commitment(
            self.passage.number, self.start, self.end, cue.strength, lead, said, subject,
            tuple(_find_figures(text)), words, date, cue.negated, _take_alike(text, lead),
        )  # fmt: skip


def _take_alike(text: str, lead: str) -> str:
    words = take_main_words(text)
    return " ".join(words if len(words) > _SHORT_WORDS else [*take_main_words(lead), "|", *words])


def _say(text: str, deadline: Deadline | None) -> tuple[str, str]:
    return (text[deadline.start:deadline.end], deadline.due) if deadline else ("", "")


def _find_figures(text: str) -> Iterator[str]:
    """Give the money, shares and numbers of a text in its order, those within dates left out."""
    listed = _MARK.match(text)
    taken = [(0, listed.end())] if listed else []
    taken += find_times(text)
    figures: list[tuple[int, int]] = []
    for find in _FIGURES:
        for start, end in find(text):
            if not any(start < last and first < end for first, last in [*taken, *figures]):
                if re.search(r"\d|million|thousand|half|third|quarter", text[start:end]):
                    figures.append((start, end))
    return (text[start:end] for start, end in sorted(figures))
