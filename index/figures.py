"""Other ways to write a figure or an initialism: £4.9 million for £4.9m, 65 and over for 65+."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

_AMOUNT = re.compile(r"([£$€]?)(\d{1,12}(?:\.\d{1,6})?)(m|mn|bn|k)?", re.ASCII)
_SIZES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9}
_NAMES = {"thousand": "k", "million": "m", "billion": "bn"}
_SHORTEST_WHOLE = 10**6
_RANGE = re.compile(r"(\d{1,2})-(\d{1,2})")
_SHORT_YEAR = re.compile(r"(\d\d)/(\d\d)")
_INITIALS = re.compile(r"([a-z])&([a-z])")


def other_spellings(words: tuple[str, ...]) -> Iterator[str]:
    """Give other ways to write words that are a figure; ``words`` are index terms, in order."""
    match words:
        case (word,):
            yield from _of_one_word(word)
        case (number, size) if size in _NAMES:
            yield from _amounts(number + _NAMES[size], but=f"{number} {size}")
        case (number, "percent") | (number, "per", "cent") if number[-1:].isdigit():
            yield number + "%"
        case (number, "over") | (number, "and", "over") if number.isdigit():
            yield number + "+"
        case (first, "to", last) if first.isdigit() and last.isdigit():
            yield f"{first}-{last}"
        case (first, "and", last) if len(first) == len(last) == 1:
            yield f"{first.upper()}&{last.upper()}"


def _of_one_word(word: str) -> Iterator[str]:
    yield from _amounts(word, but=word)
    if match := re.fullmatch(r"(\d+(?:\.\d+)?)%", word):
        number = match.group(1)
        yield f"{number} per cent"
        yield f"{number} percent"
        whole = number.removesuffix(".0")
        yield f"{whole}%" if whole != number else f"{number}.0%"
    if match := re.fullmatch(r"(\d+)\+", word):
        yield f"{match.group(1)} and over"
        yield f"over {match.group(1)}"
    if match := _RANGE.fullmatch(word):
        yield f"{match.group(1)} to {match.group(2)}"
    if match := _SHORT_YEAR.fullmatch(word):
        if int(match.group(2)) == int(match.group(1)) + 1:
            yield f"20{match.group(1)}/{match.group(2)}"
    if match := _INITIALS.fullmatch(word):
        yield f"{match.group(1).upper()} and {match.group(2).upper()}"


def _amounts(word: str, but: str) -> Iterator[str]:
    """The ways to write an amount of money or a number that is told in thousands or more."""
    match = _AMOUNT.fullmatch(word)
    if match is None:
        return
    sign, number, size = match.groups()
    value = Decimal(number) * _SIZES.get(size, 1)
    if size is None and (value < _SHORTEST_WHOLE or value % (_SHORTEST_WHOLE // 100)):
        return
    ways = [f"{sign}{value:,.0f}"] if value == int(value) else []
    for name, unit in _NAMES.items():
        told = value / _SIZES[unit]
        if 1 <= told < 1000:
            ways += [f"{sign}{_plain(told)}{unit}", f"{sign}{_plain(told)} {name}"]
    yield from (way for way in ways if way.replace(",", "") != but)


def _plain(number: Decimal) -> str:
    """Write a number without zeros at its end or an exponent."""
    return f"{number.normalize():f}"
