"""Judge whether words spell a short form: which letter stands for which word.

Schwartz and Hearst (2003) take the shortest words that hold the letters in order, wherever in
a word they stand. Here a letter must open a word, or follow in one whose first letter counts, and
few words may be passed over: "Sustainability and Transformation Partnership Board (STP)" is not
about the board, and no "ICS" is found inside "basics".
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Za-z0-9]+(?:[’'][a-z]+)?|&")
_BOUNDARY = re.compile(r"[.;:?!()\[\]\t\n“”\"]\s*|\s[–—-]\s|•")
_PASSED_FREELY = frozenset(
    "a an and & as at by for from in into of on or our s the their through to upon with nhs".split()
)
_NEVER_FIRST = frozenset("a an and & by for of or our s the their with".split())
_ENDINGS = re.compile(r"(?:NHS )?(?:Foundation )?Trust|(?:Limited|Ltd|CIC|plc)\b", re.I)
_YEARS = re.compile(r"\s(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?\s*$")
_OPENS_A_NAME = frozenset(["lower"])
_NUMBERS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
}  # fmt: skip
_NO_SHORT_FORM = frozenset("NB OK TV AM PM II III IV VI VII AD BC NO".split())
_LONGEST_SHORT_FORM = 10
_LONGEST_WORD_SHARE = 3
_FEWEST_TO_PASS_A_WORD = 4
_FEWEST_TO_STOP_EARLY = 3

Cost = tuple[int, int]
"""Words passed over that should not be, and letters that do not open a word; less is better."""


def is_short_form(text: str) -> bool:
    """Whether a word looks like an acronym: at least two capitals or digits, mostly capitals."""
    letters = re.sub(r"[^A-Za-z0-9]", "", split_plural(text))
    capitals = sum(letter.isupper() for letter in letters)
    digits = sum(letter.isdigit() for letter in letters)
    if not 2 <= len(letters) <= _LONGEST_SHORT_FORM or letters in _NO_SHORT_FORM:
        return False
    mostly = 2 * (capitals + digits) >= len(letters)
    return capitals > 0 and capitals + min(digits, 1) >= 2 and mostly


def split_plural(short: str) -> str:
    """Give a short form without the s of its plural or the full stops: CCGs is CCG."""
    short = short.strip(".,’'-/")
    short = re.sub(r"(?<=[A-Z0-9])[’']?s$", "", short)
    return short.replace(".", "") if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]\.?", short) else short


def long_form_key(long: str) -> str:
    """Give what two ways of writing one long form have in common."""
    words = [word.lower() for word in _WORD.findall(re.sub(r"[’']s?\b", "", long))]
    kept = (word for word in words if word not in _PASSED_FREELY or word == "nhs")
    return "".join(_singular(word) for word in kept)


def find_long_form(before: str, short: str) -> tuple[int, int] | None:
    """Find the words that end a text and spell a short form; give their (start, end) or None."""
    if not is_short_form(short):
        return None
    letters = tuple(re.sub(r"[^a-z0-9]", "", split_plural(short).lower()))
    before = before if any(letter.isdigit() for letter in letters) else _YEARS.sub("", before)
    opening = max((cut.end() for cut in _BOUNDARY.finditer(before)), default=0)
    words = [(m[0].lower(), m.start(), m.end()) for m in _WORD.finditer(before, opening)]
    words = words[-(len(letters) * 2 + 5):]
    found = [
        (cost, -last, first)
        for last in _last_words(before, [end for _, _, end in words])
        for first, cost in _shortest(letters, words[:last])
        if last == len(words) or cost == (0, 0) and len(letters) >= _FEWEST_TO_STOP_EARLY
    ]
    if not found:
        return None
    _, last, first = min(found)
    return _grown(before, words, _with_twin(words, first), -last)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def _with_twin(words: list[tuple[str, int, int]], first: int) -> int:
    """The first word, or a "lower" before it that has the same letter: lower layer super …"""
    start = words[first][1]
    adjoins = first > 0 and words[first - 1][2] + 1 == start
    twin = adjoins and words[first - 1][0] in _OPENS_A_NAME
    return first - 1 if twin and words[first - 1][0][0] == words[first][0][0] else first


def _last_words(before: str, ends: list[int]) -> list[int]:
    """How many words the long form may reach to: all, all but one, all before "NHS Trust"."""
    counts = [len(ends), len(ends) - 1]
    for ending in _ENDINGS.finditer(before):
        if not before[ending.end():].strip():
            counts.append(sum(end <= ending.start() for end in ends))
    return [count for count in counts if count > 0]


def _grown(
    before: str, words: list[tuple[str, int, int]], first: int, last: int
) -> tuple[int, int]:
    """The offsets of the words, with an ending such as "NHS Foundation Trust" that follows."""
    start, end = words[first][1], words[last - 1][2]
    ending = _ENDINGS.fullmatch(before[end:].strip())
    return start, len(before.rstrip()) if ending else end


def _shortest(
    letters: tuple[str, ...], words: list[tuple[str, int, int]]
) -> list[tuple[int, Cost]]:
    """The word from which the letters are spelt best, and the cost; the nearest where equal."""
    texts = tuple(word for word, _, _ in words)
    best: list[tuple[int, Cost]] = []
    for first in range(len(texts) - 1, -1, -1):
        if texts[first] not in _NEVER_FIRST and _initial(texts[first], letters[0]):
            cost = _align(letters, texts[first:])
            better = cost is not None and not (best and best[0][1] <= cost)
            if cost and better and _is_fair(cost, letters, texts[first:]):
                best = [(first, cost)]
    return best


def _is_fair(cost: Cost, letters: tuple[str, ...], words: tuple[str, ...]) -> bool:
    passed, inner = cost
    if len(words) == 1:
        return inner == len(letters) - 1 and len(words[0]) >= _LONGEST_WORD_SHARE * len(letters)
    if passed:
        return passed == 1 and inner == 0 and len(letters) >= _FEWEST_TO_PASS_A_WORD
    return 2 * inner <= len(letters)


def _initial(word: str, letter: str) -> bool:
    return word.startswith(letter) or _NUMBERS.get(word) == letter


@lru_cache(maxsize=4096)
def _align(letters: tuple[str, ...], words: tuple[str, ...]) -> Cost | None:
    """The least cost of spelling all letters with all words, the first of each for the first."""
    if not words:
        return (0, 0) if not letters else None
    costs = [_plus(_align(letters, words[1:]), (words[0] not in _PASSED_FREELY, 0))]
    if letters and _initial(words[0], letters[0]):
        for taken in range(1, len(letters) + 1):
            if not _holds(words[0], letters[:taken]):
                break
            free = words[0].startswith("".join(letters[:taken])) and words[0] in _PASSED_FREELY
            inner = 0 if free else taken - 1
            costs.append(_plus(_align(letters[taken:], words[1:]), (0, inner)))
    return min((cost for cost in costs if cost), default=None)


def _plus(cost: Cost | None, more: Cost) -> Cost | None:
    return (cost[0] + more[0], cost[1] + more[1]) if cost else None


def _holds(word: str, letters: tuple[str, ...]) -> bool:
    """Whether a word has the letters in this order, after its first, which is told before."""
    at = 0
    for letter in letters[1:]:
        at = word.find(letter, at + 1)
        if at < 0:
            return False
    return True
