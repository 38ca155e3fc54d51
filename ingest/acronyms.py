"""Learn from a document what its acronyms stand for: where it defines them, in its own words.

A definition is a long form beside a short one: "Integrated Care System (ICS)", the reverse "ICS
(Integrated Care System)", or a line or row of a glossary. The candidates are those of Schwartz
and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in biomedical
text", Pacific Symposium on Biocomputing 8, 451-462; how one is judged is in alignment.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.alignment import find_long_form, is_short_form, long_form_key, split_plural
from ingest.passages import NOT_SEARCHED
from ingest.records import CELL, Acronym, Block, Span
from ingest.sentences import find_sentences

_SHORT = r"[A-Za-z0-9][\w&/.’'-]{1,11}"
_BRACKETED = re.compile(
    r"[(\[]\s*(?:the |hereafter |known as |abbreviated (?:to|as) |or |i\.e\. )?[\"“‘']?"
    rf"(?P<short>{_SHORT})[\"”’']?\s*(?:[;,:–-]\s[^()\[\]]{{1,80}})?[)\]]"
)
_LONG = r"(?P<long>[A-Za-z][^()\[\]]{5,120})"
_EXPLAINED = re.compile(rf"(?<![\w&-])(?P<short>{_SHORT}) ?[(\[]{_LONG}[)\]]")
_WITHIN = re.compile(rf"\((?P<short>{_SHORT}) ?[:=–—] ?{_LONG}\)")
_DASHED = re.compile(
    rf"[^\w(]{{0,3}}\s*(?P<short>{_SHORT})\s*(?:\s[-–—=]|:)\s*(?P<long>[A-Za-z].{{5,150}})"
)
_DASHED_AFTER = re.compile(rf"(?P<long>[A-Z].{{5,100}}?)\s[-–—=]\s(?P<short>{_SHORT})")
_GLOSSARY = re.compile(r"glossary|abbreviations|acronyms|initialisms", re.I)
_WORD = re.compile(_SHORT)
_LONGEST_REACH = 200
_INITIALS = 2


@dataclass(frozen=True)
class _Found:
    """A definition in a block: the forms, and the (start, end) offsets of both together."""

    short: str
    long: str
    start: int
    end: int


def find_acronyms(blocks: Sequence[Block]) -> tuple[Acronym, ...]:
    """Find the acronyms that a document defines, each meaning once, where it is first given."""
    first: dict[tuple[str, str], tuple[Block, _Found]] = {}
    for block, in_glossary in _in_sections(blocks):
        for found in _definitions(block, in_glossary):
            first.setdefault((found.short, long_form_key(found.long)), (block, found))
    names = {found for _, found in first.values() if _may_be_person(found)}
    names -= set(_in_small_letters(names, blocks))
    return tuple(_make_acronym(*each) for each in first.values() if each[1] not in names)


def _may_be_person(found: _Found) -> bool:
    """Whether two initials stand for two words with capitals, as they do for a name."""
    words = found.long.split()
    both = len(found.short) == len(words) == _INITIALS
    return both and all(word[0].isupper() for word in words)


def _in_small_letters(found: Iterable[_Found], blocks: Sequence[Block]) -> Iterator[_Found]:
    """Those of which a word is written small somewhere, as names of people are not."""
    for each in found:
        words = "|".join(re.escape(word.lower()) for word in each.long.split())
        pattern = re.compile(rf"(?<![\w’'@.-])(?:{words})(?![\w@])")
        if any(pattern.search(block.text) for block in blocks):
            yield each


def _in_sections(blocks: Iterable[Block]) -> Iterator[tuple[Block, bool]]:
    """The blocks that are searched, each with whether it stands in a glossary."""
    in_glossary = False
    for block in blocks:
        if block.kind == "heading":
            in_glossary = _GLOSSARY.search(block.text) is not None
        if block.kind not in NOT_SEARCHED:
            yield block, in_glossary


def _definitions(block: Block, in_glossary: bool) -> Iterator[_Found]:
    text = block.text
    if "(" in text or "[" in text:
        yield from _before_brackets(text)
        yield from _inside_brackets(text)
    if block.kind == "row":
        yield from _in_cells(text)
    elif len(text) <= _LONGEST_REACH:
        yield from _beside_dash(text)
    if in_glossary:
        yield from _in_glossary(text)


def _before_brackets(text: str) -> Iterator[_Found]:
    for match in _BRACKETED.finditer(text):
        reach = max(0, match.start() - _LONGEST_REACH)
        before = text[reach:match.start()]
        if found := find_long_form(before, match["short"]):
            start = reach + found[0]
            short = split_plural(match["short"])
            yield _Found(short, text[start:reach + found[1]], start, match.end())


def _inside_brackets(text: str) -> Iterator[_Found]:
    for pattern in (_EXPLAINED, _WITHIN):
        for match in pattern.finditer(text):
            yield from _whole(text, match, match.end())


def _beside_dash(text: str) -> Iterator[_Found]:
    if match := _DASHED.fullmatch(text):
        yield from _whole(text, match, match.end())
    elif match := _DASHED_AFTER.fullmatch(text):
        yield from _whole(text, match, match.end())


def _in_cells(text: str) -> Iterator[_Found]:
    """A row of a glossary: a short form in one cell, what it stands for in the next."""
    offset = 0
    cells = text.split(CELL)
    for cell, following in zip(cells, cells[1:]):
        for short, long in ((cell, following), (following, cell)):
            if short and _WORD.fullmatch(short) and (form := _opening(short, long)):
                end = offset + len(cell) + 1 + len(following)
                yield _Found(split_plural(short), form, offset, end)
        offset += len(cell) + 1


def _in_glossary(text: str) -> Iterator[_Found]:
    """Lines that run on: each short form with the words up to the next, which must be exact."""
    marks = [mark for mark in _WORD.finditer(text) if is_short_form(mark[0])]
    for mark, following in zip(marks, [*marks[1:], None]):
        end = following.start() if following else len(text)
        if long := _opening(mark[0], text[mark.end():end].strip(" :–—-=\t"), exact=True):
            start = text.index(long, mark.end())
            yield _Found(split_plural(mark[0]), long, mark.start(), start + len(long))


def _whole(text: str, match: re.Match[str], end: int) -> Iterator[_Found]:
    if long := _opening(match["short"], match["long"]):
        yield _Found(split_plural(match["short"]), long, match.start("short"), end)


def _opening(short: str, text: str, exact: bool = False) -> str:
    """The words that open a text and are the long form of a short one, or nothing."""
    ends = [len(text), *(cut.start() for cut in re.finditer(r"[.:;–(,]| - ", text))]
    for end in ends:
        opening = re.sub(r"^(?:the|an?)\s", "", text[:end].strip(" .,;:"), flags=re.I)
        found = find_long_form(opening, short)
        if found and found == (0, len(opening)):
            return opening
    return ""


def _make_acronym(block: Block, found: _Found) -> Acronym:
    start, end = found.start, found.end
    if block.kind not in ("heading", "row"):
        for first, last in find_sentences(block.text):
            if first <= found.start < last:
                start, end = first, max(last, found.end)
    return Acronym(found.short, found.long, block.text[start:end], spans_under(block, start, end))


def spans_under(block: Block, start: int, end: int) -> tuple[Span, ...]:
    """Give the spans of block.text[start:end] in the texts of its pages."""
    spans, offset = [], 0
    for span in block.spans:
        left, right = max(start, offset), min(end, offset + span.end - span.start)
        if left < right:
            shift = span.start - offset
            spans.append(Span(span.page, left + shift, right + shift))
        offset += span.end - span.start + 1
    return tuple(spans)
