"""Find dates and periods in words: a day, a month or a year, as precise as they are said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_SEASON = r"(?:spring|summer|autumn|winter)"
_FORMS = (
    rf"{_YEAR}[-_./](?P<month>[01]\d)[-_./](?P<day>[0-3]\d)",
    r"(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)",
    rf"{_DAY}(?: of)?[-_ ,]*{_MONTH}[-_ ,.]*{_YEAR}",
    rf"{_MONTH}[-_ ]{_DAY}[-_ ,]+{_YEAR}",
    rf"(?P<day>[0-3]?\d)(?P<sep>[./-])(?P<month>[01]?\d)(?P=sep){_YEAR}",
    r"(?P<day>[0-3]\d)(?P<sep>[./-])(?P<month>[01]?\d)(?P=sep)(?P<year>\d\d)",
    rf"{_MONTH}[-_ ,.]*{_YEAR}",
    rf"{_YEAR}[-_](?P<month>0[1-9]|1[0-2])",
    rf"{_SEASON}[-_ ,]+{_YEAR}",
    rf"{_YEAR}[-_ ]{_SEASON}",
    _YEAR,
)
_PATTERNS = tuple(re.compile(rf"(?<![^\W_])(?:{form})(?![^\W_])", re.I) for form in _FORMS)
_PERIOD = re.compile(
    r"(?<!\d)(?<!\d[-/.])(?P<first>(?:19|20)\d\d)(?:\s*[-–—‑/_]\s*|\s+to\s+)"
    r"(?P<last>(?:19|20)?\d\d)(?!\d|[-_./]\d)",
    re.I,
)
_LONGEST_PERIOD_YEARS = 30
_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_YEARS_OF_PLAN = re.compile(
    rf"(?<![^\W_])(?P<number>\d\d?|{'|'.join(_NUMBERS[1:])})[-\s_]year[-\s_](?:\w+[-\s_]){{0,2}}?"
    r"(?:plan|strategy)(?![^\W_])",
    re.I,
)


@dataclass(frozen=True)
class Found:
    """What a stretch of text says: ``value`` is YYYY, YYYY-MM, YYYY-MM-DD or YYYY-YYYY."""

    value: str
    start: int
    end: int


def find_dates(text: str) -> tuple[Found, ...]:
    """Find the dates in the order of the text; the years of a period are no date."""
    left = text
    for period in find_periods(text):
        left = _blank(left, period.start, period.end)
    found: list[Found] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(left):
            if value := _iso(match.groupdict()):
                found.append(Found(value, *match.span()))
                left = _blank(left, *match.span())
    return tuple(sorted(found, key=lambda each: each.start))


def find_periods(text: str) -> tuple[Found, ...]:
    """Find periods such as 2016-2021, 2019/20 and 2020 to 2023, written as 2019-2020."""
    return tuple(_periods(text))


def find_years_of_plan(text: str) -> int:
    """Find for how many years a "five-year plan" or "10 year strategy" is; 0 where none is said."""
    match = _YEARS_OF_PLAN.search(text)
    if not match:
        return 0
    number = match["number"].lower()
    return int(number) if number.isdecimal() else _NUMBERS.index(number)


def parse_date(text: str) -> str:
    """Read a text that is nothing but a date; empty where it is not, as "Spring" is not."""
    text = re.sub(r"^D:(\d{8}).*", r"\1", text.strip())
    text = re.sub(r"^(\d{4}-\d\d-\d\d)[T ].*", r"\1", text)
    found = find_dates(text)
    return found[0].value if found and found[0].end - found[0].start == len(text) else ""


def _periods(text: str) -> Iterator[Found]:
    for match in _PERIOD.finditer(text):
        first, last = int(match["first"]), int(match["last"])
        if last < 100:
            last += first - first % 100
            last += 100 if first % 100 == 99 and last % 100 == 0 else 0
        if 0 < last - first <= _LONGEST_PERIOD_YEARS:
            yield Found(f"{first}-{last}", *match.span())


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "#" * (end - start) + text[end:]


def _iso(parts: dict[str, str | None]) -> str:
    year, month, day = parts["year"] or "", parts.get("month"), parts.get("day")
    whole_year = int(year) if len(year) == 4 else 2000 + int(year)
    if not month:
        return str(whole_year)
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
    try:
        found = date(whole_year, number, int(day or 1))
    except ValueError:
        return ""
    return found.isoformat() if day else found.isoformat()[:7]
