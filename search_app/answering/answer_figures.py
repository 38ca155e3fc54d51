"""Where a sentence says figures, money, percentages and times: the spans of short answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.dates import find_dates, find_periods

Stretch = tuple[int, int]
"""The (start, end) offsets of words in a text."""

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SIZE = r"(?:\s?(?:m|mn|bn|k|million|billion|thousand|trillion)\b)"
_TO = r"(?:\s?[-–]\s?|\s+(?:to|and)\s+)"
_UNDER_TEN = "one|two|three|four|five|six|seven|eight|nine"
_SPELT = (
    rf"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{_UNDER_TEN}))?|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|dozens?|none"
    rf"|{_UNDER_TEN})"
)
_PER = r"(?:\s(?:a|an|per|each|every)\s(?:year|annum|month|week|day|hour|head|person|patient)\b)?"
_PERCENT_SIGN = r"\s?(?:%|per\s?cent\b)"
_ABOUT = re.compile(
    r"\b(?:about|around|approximately|roughly|over|under|more than|less than|fewer than|up to"
    r"|at least|at most|nearly|almost)\s$",
    re.IGNORECASE,
)
_LONGEST_ABOUT = len("approximately ")
_MONEY = re.compile(
    rf"[£$€]\s?{_DIGITS}{_SIZE}?"
    rf"(?:\s?(?:[-–]|to)\s?[£$€]?{_DIGITS}{_SIZE}?(?![\d%]))?{_PER}"
    rf"|\b{_DIGITS}{_SIZE}?\s(?:pounds|pence|euros?|dollars)\b{_PER}",
    re.IGNORECASE,
)
_PERCENTAGE = re.compile(
    rf"(?<![\w.,/]){_DIGITS}(?:(?:{_PERCENT_SIGN})?{_TO}{_DIGITS})?{_PERCENT_SIGN}"
    rf"|\b{_SPELT}\sper\s?cent\b"
    rf"|\b(?:{_SPELT}|\d{{1,2}})\s(?:in|out of)\s(?:every\s)?(?:{_SPELT}|\d{{1,5}})\b(?![,.]?\d)"
    rf"|\b(?:a|{_UNDER_TEN})[- ](?:half|third|quarter|fifth|sixth|seventh|eighth|ninth"
    r"|tenth)s?\b(?!\s(?:part(?:y|ies)|sector|time|year|phase|stage)\b)"
    r"|\bhalf(?=\s(?:of|the|all)\b)"
    rf"|(?<![\w.,/]){_DIGITS}(?:\s[a-z]+){{0,3}}\sper\s"
    r"(?:(?:1|10|100),?000\b|hundred\b|thousand\b|million\b)",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?<!\w)(?:\+44\s?|0)\d{2,4}[\s-]\d{3,4}(?:[\s-]\d{3,4})?(?!\w)"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"
    rf"|(?<![\w£$€.,/:-]){_DIGITS}\sof\s(?:(?:our|the|its|all)\s)?{_DIGITS}(?![\w%/:]|[.,-]\d|-\w)"
    rf"|(?<![\w£$€.,/:-])\+?{_DIGITS}{_SIZE}?(?:{_TO}{_DIGITS}{_SIZE}?)?\+?"
    r"(?![\w%/:]|[.,-]\d|-[\w\s])"
    rf"|\b{_SPELT}(?:\s(?:hundred|thousand|million|billion))?\b(?!-)"
    r"|\b(?:once|twice)\b|\b(?:hundreds|thousands|millions)\b(?=\sof\b)",
    re.IGNORECASE,
)
_NUMBERED_THING = re.compile(
    r"\b(?:page|figure|fig\.?|table|section|chapter|appendix|annex|note|band|phase|step|level)\s$",
    re.IGNORECASE,
)
_AGE = re.compile(r"\baged (?:between |from |over |under )?$", re.IGNORECASE)
_LONGEST_AGE = len("aged between ")
_BEFORE_PRONOUN = re.compile(r"\b(?:no|any|each|this|that|the|which|every|another)\s$", re.I)
_AFTER_PRONOUN = re.compile(r"\s(?:of|another|who|that|can|is|should)\b")
_LONGEST_BEFORE = 12
_BARE_YEAR = re.compile(r"(?:19|20)\d\d(?:s|\+)?")
_NUMBERED = re.compile(r"\s*\(?\d{1,2}[.)]\s")

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY_NAME = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Satur|Sat|Sun)(?:days?)?"
_UNIT_OF_TIME = r"(?:minutes?|hours?|(?:working |calendar )?days?|weeks?|months?|years?|decades?)"
_CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.)|\d{1,2}[:.]\d\d|noon|midday|midnight)"
_CLOCKS = rf"{_CLOCK}(?:\s?(?:[-–]|to|until|and)\s?{_CLOCK})?"
_HOURS = re.compile(
    rf"\b{_DAY_NAME}(?:\s?(?:[-–]|to|and)\s?{_DAY_NAME})?(?:,?\s(?:from |between |at )?{_CLOCKS})?"
    rf"(?!\w)|\b(?:from |between )?(?:\d{{1,2}}(?=\s?[-–]|\sto\s)\s?(?:[-–]|to)\s?)?{_CLOCKS}(?!\w)"
    r"|\b24/7\b|\b24 hours a day(?:, (?:seven|7) days a week)?",
)
_DURATION = re.compile(
    rf"\b(?:within|after|up to|at least|over|every|for|in|less than|more than)?\s?(?<!\w)"
    rf"(?:{_DIGITS}|{_SPELT}|a|an|half a)(?:(?:\s?[-–]\s?|\sto\s|\sor\s)(?:{_DIGITS}|{_SPELT}))?"
    rf"[-\s](?:(?:million|billion)\s)?{_UNIT_OF_TIME}\b(?:\sago\b)?"
    rf"|\b(?:once|twice|(?:{_SPELT}|\d+)\stimes)\s(?:a|per|every|each)\s(?:day|week|month|year)\b"
    r"|\b(?:every|each)\s(?:day|week|fortnight|month|quarter|year|(?:two|three|six)\smonths)\b"
    r"|\b(?:annually|quarterly|monthly|weekly|fortnightly|daily|biannually)\b",
    re.IGNORECASE,
)
_ERA = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?{_MONTH}(?:\s\d{{1,2}}(?:st|nd|rd|th)?\b)?(?!\s?\d)"
    r"|\b(?:(?:early|late|mid)[- ](?:to late[- ])?)?(?:the\s)?(?:\d{1,2}(?:st|nd|rd|th)|[a-z]+th)\s"
    r"(?:century|centuries)(?:\s(?:BCE?|AD|CE))?\b"
    r"|\b(?:the\s)?(?:(?:early|late|mid)[- ])?(?:1[0-9]|20)\d0s\b"
    r"|\b(?:AD\s)?(?:1[0-8])\d\d\b(?!,\d)|\b\d{1,4}\s(?:BCE?|AD|CE)\b"
    r"|\b(?:this|next|last)\s(?:spring|summer|autumn|winter|week|month|year)\b"
)
_TOWARDS = re.compile(
    r"(?:\b(?:by|before|until|since|within|after|(?:towards )?(?:the )?(?:end|start"
    r"|beginning|middle) of|early|late|mid|(?:by )?the end of|quarter (?:one|two|three|four|[1-4])"
    rf"(?: of)?|(?:Q[1-4])|{_DAY_NAME},?|{_MONTH})[\s-])+$",
    re.IGNORECASE,
)


def find_money(text: str) -> Iterator[Stretch]:
    """Find amounts of money, with the time that they are for: £12,000 a year."""
    return ((_begin(text, match.start()), match.end()) for match in _MONEY.finditer(text))


def find_percentages(text: str) -> Iterator[Stretch]:
    """Find percentages and fractions: 3.5%, 40 per cent, one in four, two-thirds."""
    return ((_begin(text, match.start()), match.end()) for match in _PERCENTAGE.finditer(text))


def find_figures(text: str) -> Iterator[Stretch]:
    """Find numbers that are neither money nor a percentage nor a date, nor number anything."""
    left = text
    if numbered := _NUMBERED.match(text):
        left = _blank(left, *numbered.span())
    for taken in (*find_money(text), *find_percentages(text), *_find_points(text)):
        left = _blank(left, *taken)
    for match in _FIGURE.finditer(left):
        start, end = _begin(text, match.start()), match.end()
        if not (_is_no_figure(left, match) or _BARE_YEAR.fullmatch(match[0])):
            yield start, end


def find_times(text: str) -> Iterator[Stretch]:
    """Find points in time and periods, with what places them: by March 2024, 2019/20."""
    left = text
    for start, end in sorted(_find_points(text)):
        towards = _TOWARDS.search(text[:start])
        yield (towards.start() if towards else start), end
        left = _blank(left, start, end)
    for match in _ERA.finditer(left):
        towards = _TOWARDS.search(left[:match.start()])
        yield (towards.start() if towards else match.start()), match.end()


def find_durations(text: str) -> Iterator[Stretch]:
    """Find how long, how often and at what hours: within 18 weeks, Monday to Friday 9am-5pm."""
    for match in (*_DURATION.finditer(text), *_HOURS.finditer(text)):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        yield start, match.end()


def find_hours(text: str) -> Iterator[Stretch]:
    """Find days of the week and times of the clock: Monday to Friday 9am-5pm."""
    return (match.span() for match in _HOURS.finditer(text))


def _is_no_figure(text: str, match: re.Match[str]) -> bool:
    """Whether a number numbers something (page 7), or is a word that only looks like one."""
    before = text[max(0, match.start() - _LONGEST_BEFORE):match.start()]
    aged = text[max(0, match.start() - _LONGEST_AGE):match.start()]
    if _NUMBERED_THING.search(before) or _AGE.search(aged):
        return True
    around = _BEFORE_PRONOUN.search(before) or _AFTER_PRONOUN.match(text, match.end())
    return match[0].lower() == "one" and around is not None


def _begin(text: str, start: int) -> int:
    """Where a figure begins with what says how exact it is: at least 120."""
    about = _ABOUT.search(text[max(0, start - _LONGEST_ABOUT):start])
    return start - len(about[0]) if about else start


def _find_points(text: str) -> Iterator[Stretch]:
    left = text
    for period in find_periods(text):
        yield period.start, period.end
        left = _blank(left, period.start, period.end)
    for found in find_dates(left):
        yield found.start, found.end


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "#" * (end - start) + text[end:]
