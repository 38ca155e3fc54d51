"""Which words fit a wildcard pattern, and which are a few changes of a letter away."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=256)
def compile_wildcard(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which * stands for any letters and ? for one, for use by fullmatch.

    What each * takes is never taken back but by the last, so that no word takes long.
    """
    first, *others = (
        "".join("." if letter == "?" else re.escape(letter) for letter in piece)
        for piece in re.sub(r"\*+", "*", pattern).split("*")
    )
    if not others:
        return re.compile(first, re.DOTALL)
    *middle, last = others
    inner = "".join(f"(?>.*?{piece})" for piece in middle)
    return re.compile(f"{first}{inner}.*{last}", re.DOTALL)


def is_fuzzy_match(form: str, text: str, edits: int) -> bool:
    """Tell whether a word as printed is at most ``edits`` changes from a text, its first letter
    the same."""
    return form[:1] == text[:1] and is_near_word(form, text, edits)


def is_near_word(word: str, other: str, most: int) -> bool:
    """Tell whether at most ``most`` letters added, left out, replaced or swapped with the next
    make one word the other.

    Optimal string alignment: row by row over the letters of ``word``, each row holding the
    least changes to each beginning of ``other`` (Damerau 1964; Wagner and Fischer 1974).
    """
    if abs(len(word) - len(other)) > most:
        return False
    before: list[int] = []
    row: list[int] = [*range(len(other) + 1)]
    for place, letter in enumerate(word, 1):
        earlier, before, row = before, row, [place]
        for at, wanted in enumerate(other, 1):
            least = min(before[at] + 1, row[-1] + 1, before[at - 1] + (letter != wanted))
            swapped = place > 1 < at and letter == other[at - 2] and word[place - 2] == wanted
            row.append(min(least, earlier[at - 2] + 1) if swapped else least)
        if min(row) > most:
            return False
    return row[-1] <= most
