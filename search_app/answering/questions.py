"""Understanding a question: the kind of answer wanted, what is named in it, and what tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.analysis import STOP_WORDS, find_tokens
from index.typed_dates import find_dates as find_typed_dates
from ingest.dates import find_dates, find_periods
from index.library_names import LibraryNames
from search_app.answering.definitions import ShortForm, find_short_form
from search_app.answering.own_health import find_advice
from search_app.answering.question_kinds import KindFound, find_kind
from search_app.answering.question_nouns import Word, split_words
from search_app.answering.question_words import AnswerKind, read_question_words

NO_NAMES = LibraryNames()

STORY_WORDS = 25
"""A question is read with the story before it where both have no more words than this."""

SENTENCE_BREAK = re.compile(r"(?<=[.?!])\s+")

_ASKING = (
    r"(?:[Ww]ho|[Ww]hat|[Ww]hich|[Ww]hen|[Ww]here|[Ww]hy|[Hh]ow|[Dd]o|[Dd]oes|[Dd]id|[Ii]s|[Aa]re"
    r"|[Ww]as|[Ww]ere|[Cc]an|[Cc]ould|[Ss]hould|[Ww]ill|[Ww]ould|[Hh]as|[Hh]ave|[Aa]m|[Mm]ust)"
)
_SENTENCE_END = re.compile(rf"(?<=[.?!])\s+|(?<=\w)\s+(?=(?=[A-Z]){_ASKING}\s[a-z])")
_OPENS = re.compile(rf"{_ASKING}\b")
_ASKING_END = re.compile(r"(?<=[.?!])\s+(?![a-z])")
_NO_STORY = re.compile(
    rf"{_ASKING}\b|\w+ (?:wh\w+|how)\b|compared|in comparison", re.IGNORECASE
)
_AFTER_STORY = re.compile(rf",\s+(?:and |so |but |then )?(?={_ASKING}\s)")

_FIRST_MARK = re.compile(r"([%£])(?!\s?\d)")
_LAST_MARK = re.compile(r"(?:\D|\b(?:19|20)\d\d)\s([%£])$")

_MARKED: dict[str, AnswerKind] = {"%": "percentage", "£": "money"}

Stretch = tuple[int, int]
"""The (start, end) offsets of words in a text."""


@dataclass(frozen=True)
class Preference:
    """What a question names, which documents are preferred for and never left out for the lack of.

    The value of a year is YYYY, YYYY-MM or YYYY-MM-DD, or two of them, the first and the last,
    as in 2019/2020, 2018/.. and ../2019 (ISO 8601-2). ``note`` is for the reader; ``start`` and
    ``end`` are offsets in the question.
    """

    facet: Literal["year", "organisation", "place"]
    value: str
    start: int
    end: int
    note: str


@dataclass(frozen=True)
class Understood:
    """A question and what was understood of it.

    ``asked`` are the sentences that ask, as typed, without a long story before them.
    ``head`` holds the words of the noun asked for ("beds" of "how many beds"), in small letters.
    ``telling`` are the offsets of the words worth searching for. ``defined`` is the short form
    whose meaning is asked for, where the documents define it. ``advice`` is what to tell a reader
    who asks about his own health, or that of one he cares for; empty where he does not.
    """

    question: str
    asked: str
    kind: AnswerKind
    head: tuple[str, ...]
    telling: tuple[Stretch, ...]
    preferences: tuple[Preference, ...]
    defined: ShortForm | None
    advice: str

    @property
    def own_health(self) -> bool:
        """Whether it is about the reader's own health, or that of one he cares for."""
        return bool(self.advice)

    @property
    def asking(self) -> str:
        """The last of the sentences that ask."""
        asks = [each for each in SENTENCE_BREAK.split(self.asked) if each.endswith("?")]
        return (asks or [self.asked])[-1].strip()

    @property
    def telling_words(self) -> tuple[str, ...]:
        """The words worth searching for, as they were typed."""
        return tuple(self.question[start:end] for start, end in self.telling)


def understand(question: str, names: LibraryNames = NO_NAMES) -> Understood:
    """Understand a question, or a fragment of one, by its wording.

    Where only some of its sentences end in a question mark, the last of those is what is asked.
    """
    words = read_question_words()
    start, end = _asked(question)
    opening = words.opening.match(question, start, end)
    begins = opening.end() if opening and opening.end() < end else start
    closing = words.closing.search(question, begins, end)
    stops = closing.start() if closing else end
    whether = words.whether.match(question, begins, stops) if begins > start else None
    asked = split_words(question, begins, stops)
    found = KindFound("yes_no", asked[:1]) if whether else find_kind(asked, words)
    if mark := _find_mark(question[begins:stops]):
        found = found._replace(kind=_MARKED[mark])
    telling = _telling(question, found, ((start, begins), (stops, end)))
    asks_meaning = found.kind == "definition"
    return Understood(
        question=question,
        asked=_find_asking(question),
        kind=found.kind,
        head=tuple(word.form for word in found.head),
        telling=telling,
        preferences=(*_years(question), *_named(question, names)),
        defined=find_short_form(question, telling, names) if asks_meaning else None,
        advice=find_advice(question),
    )


def _find_mark(fragment: str) -> str:
    """Find the mark that stands for what is asked, at the beginning or end of a fragment: "% with a
    GP"; empty where there is none."""
    text = fragment.strip(" \t\n?!.,;:")
    mark = _FIRST_MARK.match(text)
    if not mark and not _OPENS.match(text):
        mark = _LAST_MARK.search(text, max(0, len(text) - 7))
    return mark[1] if mark else ""


def _find_asking(question: str) -> str:
    """Give the sentences from the first that ends in a question mark, the whole where none does,
    after what of the story before them is short enough."""
    sentences = _ASKING_END.split(question.strip())
    asks = [number for number, each in enumerate(sentences) if each.endswith("?")]
    first = asks[0] if asks else 0
    while first and len(" ".join(sentences[first - 1:]).split()) <= STORY_WORDS:
        first -= 1
    return " ".join(sentences[first:])


def _asked(question: str) -> Stretch:
    """The sentence that asks, or the part of it that does ("…, can I have a carer?"); the whole
    of a question that has no question mark."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(question))]
    ends = [*(match.start() for match in _SENTENCE_END.finditer(question)), len(question)]
    sentences = list(zip(starts, ends))
    asked = [each for each in sentences if question[slice(*each)].rstrip().endswith("?")]
    asked = asked or [each for each in sentences if _OPENS.match(question, *each)]
    start, end = asked[-1] if asked else (0, len(question))
    if not _NO_STORY.match(question, start, end):
        story = _AFTER_STORY.search(question, start, end)
        start = story.end() if story else start
    return start, end


def _telling(question: str, found: KindFound, manners: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Words but for common ones, manners, the frame of the question and nouns that only ask;
    these too where nothing else is left."""
    asking = [word for word in found.head if word.form in read_question_words().asking_nouns]
    left_out = (*manners, *_offsets(found.frame), *_offsets(asking))
    content = [
        (token.start, token.end) for token in find_tokens(question)
        if token.form not in STOP_WORDS
    ]
    telling = tuple(each for each in content if not _is_within(each, left_out))
    return telling or tuple(each for each in content if not _is_within(each, manners))


def _offsets(words: Sequence[Word]) -> Iterator[Stretch]:
    return ((word.start, word.end) for word in words)


def _is_within(stretch: Stretch, others: tuple[Stretch, ...]) -> bool:
    return any(start <= stretch[0] and stretch[1] <= end for start, end in others)


def _named(question: str, names: LibraryNames) -> Iterator[Preference]:
    for named in names.find(question):
        said = question[named.start:named.end]
        article = "an" if named.facet == "organisation" else "a"
        meant = f"the {named.facet} {named.value}" if said != named.value else (
            f"{article} {named.facet}"
        )
        note = f"“{said}” is taken as {meant}, whose documents are preferred."
        yield Preference(named.facet, named.value, named.start, named.end, note)


def _years(question: str) -> Iterator[Preference]:
    """The dates and periods that a question names: in words ("since 2018"), else as figures."""
    typed = find_typed_dates(question)
    if typed.since or typed.until:
        start, end = _blanked(question, typed.text)
        same = typed.since == typed.until
        value = typed.since if same else f"{typed.since or '..'}/{typed.until or '..'}"
        yield _year(question, value, start, end)
    left = typed.text
    for period in find_periods(left):
        left = left[:period.start] + "#" * (period.end - period.start) + left[period.end:]
        yield _year(question, period.value.replace("-", "/"), period.start, period.end)
    for found in find_dates(left):
        yield _year(question, found.value, found.start, found.end)


def _blanked(text: str, left: str) -> Stretch:
    """Where a text was blanked, without the spaces and stops at the end of it."""
    changed = [at for at, (one, other) in enumerate(zip(text, left)) if one != other]
    said = text[changed[0]:changed[-1] + 1].rstrip("?.,;:! ")
    return changed[0], changed[0] + len(said)


def _year(question: str, value: str, start: int, end: int) -> Preference:
    said = question[start:end]
    note = f"“{said}” is taken as the time asked about; documents about it are preferred."
    return Preference("year", value, start, end, note)
