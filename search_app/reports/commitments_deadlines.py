"""By when something is promised: the words as printed, and the date that they come to."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

YEAR_NOT_STATED = "Year not stated"
"""What is known of "by April" or "within two years" where nothing says of which year."""

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NUMBERS = {
    name: number for number, name in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
} | {"a": 1, "an": 1, "eighteen": 18, "twenty": 20, "twenty-four": 24, "thirty": 30}  # fmt: skip
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_MONTH = (  # with a capital: "may" is a verb
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR = r"(?<![\d,.£])(?:19|20)\d\d(?!\d|[,.]\d|%)"
_SPAN = rf"{_YEAR}\s?[/–-]\s?(?:(?:19|20)?\d\d)(?!\d)"
_POINT = rf"""(?:the\s+)?
    (?P<part>(?:very\s+)?(?:end|start|beginning|middle|close|turn)\s+of\s+|mid[-\s]|early\s+
      |late\s+)?
    (?:the\s+)?(?:(?:financial|calendar|academic|school)\s+year\s+(?:ending\s+|of\s+)?)?
    (?:
      (?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH}),?\s*(?P<year>{_YEAR})?
    | (?:(?:Q|[Qq]uarter\s)(?P<quarter>[1-4]|one|two|three|four)
        |(?P<ordinal>first|second|third|fourth|final|last)\s+quarter)
        (?:\s+(?:of\s+|in\s+)?(?:the\s+)?(?P<of>{_SPAN}|{_YEAR}))?
    | (?P<slashed>[0-3]?\d[/.][01]?\d[/.](?:20)?\d\d)
    | (?P<span>{_SPAN})
    | (?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|[Cc]hristmas|[Ee]aster)(?:\s+(?:of\s+)?
        (?P<seasons>{_YEAR}))?
    | (?P<years>{_YEAR})
    | (?P<which>this|next|following|current|coming)\s+(?:financial\s+|calendar\s+|academic\s+)?
        (?:year|month|quarter|spring|summer|autumn|winter)\b(?!\s+olds?\b)
    )"""
_SAID = re.compile(
    rf"""(?<![\w-])(?:by|before|until|till|no\s+later\s+than|not\s+later\s+than|up\s+to)\s+
    {_POINT}""",
    re.VERBOSE,
)
_PLACED = re.compile(
    rf"""(?<![\w-])(?:
      (?:in|from|during|throughout|over|for|on|at|starting|through)\s+
    | (?=(?:this|next)\s+(?:financial\s+)?year\b)
    ){_POINT}""",
    re.VERBOSE,
)
_WITHIN = re.compile(
    rf"""(?<![\w-])(?:
      within\s+(?:the\s+)?(?:next\s+|coming\s+|first\s+)?(?P<n1>{_NUMBER})[-\s]+(?P<u1>UNIT)
    | (?:in|over|during|for|throughout)\s+the\s+(?:next|coming|following)\s+
        (?:(?P<n2>{_NUMBER})[-\s]+(?:to\s+{_NUMBER}[-\s]+)?)?(?P<u2>UNIT)
    | in\s+(?P<n3>{_NUMBER})[-\s]+(?P<u3>UNIT)[’'s]*\s+time
    )(?!\w)""".replace("UNIT", r"(?:(?:calendar|financial)\s+)?(?:months?|years?)"),
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE_CAPITAL = re.compile(
    r"(?:By|Before|In|From|During|Within|Over|Throughout|Until|For|On|Next|This)\b"
)


@dataclass(frozen=True)
class Deadline:
    """Words that say by when, ``start`` and ``end`` their offsets in the text.

    ``due`` is the end of what they say: YYYY, YYYY-MM or YYYY-MM-DD, as precise as it is said, or
    YEAR_NOT_STATED.
    """

    start: int
    end: int
    due: str


def find_deadline(text: str, published: str = "") -> Deadline | None:
    """Find by when a text says that something is to be; None where it says no date.

    What says "by" or "within" goes before what says "in" or "from", of which dates before the
    document was ``published`` (YYYY, YYYY-MM or YYYY-MM-DD) are none. A year that a text leaves
    open ("next year", "within two years") is counted from that date. Days and weeks are none: they
    say how soon each time ("seen within 18 weeks").
    """
    small = _BEFORE_CAPITAL.sub(lambda match: match.group().lower(), text)
    said = [*_read(_SAID, small, published), *_read_within(small, published)]
    placed = (each for each in _read(_PLACED, small, published) if not _is_past(each, published))
    return next(iter(said), None) or next(placed, None)


def find_due(text: str, published: str = "") -> Deadline | None:
    """Find the date of a text that is nothing but a date, as a cell of a table is, or says one."""
    found = find_deadline(f"by {text}", published)
    if found is None:
        return None
    return Deadline(max(0, found.start - len("by ")), found.end - len("by "), found.due)


def _read(pattern: re.Pattern[str], text: str, published: str) -> Iterator[Deadline]:
    for match in pattern.finditer(text):
        end = match.start() + len(match.group().rstrip(" ,."))
        yield Deadline(match.start(), end, _come_to(match, published))


def _come_to(match: re.Match[str], published: str) -> str:
    part = (match["part"] or "").split(" ")[0].strip("-")
    if match["month"]:
        return _month(match["month"], match["day"], match["year"])
    if match["slashed"]:
        day, month, year = re.split(r"[/.]", match["slashed"])
        return _day(int(year) % 100 + 2000, int(month), int(day))
    if match["quarter"] or match["ordinal"]:
        return _quarter(match["quarter"], match["ordinal"], match["of"])
    if match["span"]:
        return _end_of_span(match["span"], part in ("start", "beginning", "early"))
    if match["which"]:
        return _relative(match["which"], match.group(), published)
    return match["seasons"] or match["years"] or YEAR_NOT_STATED


def _month(month: str, day: str | None, year: str | None) -> str:
    if not year:
        return YEAR_NOT_STATED
    number = _MONTHS.index(month[:3].lower()) + 1
    return _day(int(year), number, int(day)) if day else f"{year}-{number:02}"


def _day(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return f"{year:04}"
    return f"{year:04}-{month:02}-{day:02}"


def _end_of_span(span: str, begins: bool) -> str:
    """Give the last month of a financial year, 2019/20, or the last year of a longer span."""
    first, last = (int(each) for each in re.findall(r"\d+", span))
    last = last if last > 99 else first - first % 100 + last + 100 * (last < first % 100)
    if last - first != 1:
        return f"{last:04}" if last > first else f"{first:04}"
    return f"{first:04}-04" if begins else f"{last:04}-03"


def _quarter(named: str | None, ordinal: str | None, of: str | None) -> str:
    """Give the last month of a quarter, which of a financial year begin with April."""
    if not of:
        return YEAR_NOT_STATED
    number = _ORDINALS[ordinal] if ordinal else _NUMBERS.get(named or "") or int(named or 0)
    first = int(of[:4])
    if len(of) == 4:
        return f"{first:04}-{3 * number:02}"
    return f"{first + 1:04}-03" if number == 4 else f"{first:04}-{3 * number + 3:02}"


def _relative(which: str, said: str, published: str) -> str:
    if not published or "year" not in said or which in ("following", "coming"):
        return YEAR_NOT_STATED
    return f"{int(published[:4]) + (which == 'next'):04}"


def _read_within(text: str, published: str) -> Iterator[Deadline]:
    for match in _WITHIN.finditer(text):
        number, unit = (match[1] or match[3] or match[5]), (match[2] or match[4] or match[6])
        many = unit.lower().endswith("s")
        if number or not many:
            yield Deadline(*match.span(), _add(number or "one", unit.lower(), published))
        else:
            yield Deadline(*match.span(), YEAR_NOT_STATED)


def _add(number: str, unit: str, published: str) -> str:
    """Give when so much time after publication is over: a month, or a year where no more is known.
    """
    count = _NUMBERS.get(number.lower()) or int(number)
    if not published:
        return YEAR_NOT_STATED
    if "year" in unit and len(published) == 4:
        return f"{int(published) + count:04}"
    months = count * (12 if "year" in unit else 1)
    if len(published) == 4:
        return YEAR_NOT_STATED
    year, month = divmod(int(published[:4]) * 12 + int(published[5:7]) - 1 + months, 12)
    return f"{year:04}-{month + 1:02}"


def _is_past(deadline: Deadline, published: str) -> bool:
    known = min(len(deadline.due), len(published))
    return deadline.due != YEAR_NOT_STATED and deadline.due[:known] < published[:known]
