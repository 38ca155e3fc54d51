"""Words that fit a pattern, and words that are a few changes of a letter away."""

from __future__ import annotations

from fnmatch import translate
from re import DOTALL, compile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.word_patterns import compile_wildcard, is_fuzzy_match, is_near_word

LETTERS = st.text("abc", max_size=7)


@given(st.text("ab*?.[", max_size=7), st.text("ab.[\n", max_size=7))
def test_wildcards_are_those_of_file_names_without_sets(pattern: str, word: str) -> None:
    plain = pattern.replace("[", "[[]")
    assert bool(compile_wildcard(pattern).fullmatch(word)) == bool(
        compile(translate(plain), DOTALL).match(word)
    )


def test_no_word_takes_long() -> None:
    assert not compile_wildcard("*a" * 12 + "b").fullmatch("a" * 2000)


@given(LETTERS, LETTERS, st.integers(1, 2))
def test_near_words_are_those_of_the_recursive_definition(one: str, other: str, most: int) -> None:
    assert is_near_word(one, other, most) == (distance(one, other) <= most)


def distance(one: str, other: str) -> int:
    if not one or not other:
        return len(one) + len(other)
    ways = [
        distance(one[1:], other) + 1,
        distance(one, other[1:]) + 1,
        distance(one[1:], other[1:]) + (one[0] != other[0]),
    ]
    if one[1:2] == other[:1] and other[1:2] == one[:1] and len(one) > 1 < len(other):
        ways.append(distance(one[2:], other[2:]) + 1)
    return min(ways)


@pytest.mark.parametrize(
    ("form", "text", "edits", "fits"),
    [("vacancy", "vacanyc", 1, True), ("vacancy", "vaancy", 1, True),
     ("bacancy", "vacancy", 1, False), ("vacancies", "vacancy", 2, False),
     ("vacant", "vacancy", 2, True), ("", "a", 1, False)],
)  # fmt: skip
def test_the_first_letter_of_a_fuzzy_word_stays(
    form: str, text: str, edits: int, fits: bool
) -> None:
    assert is_fuzzy_match(form, text, edits) is fits
