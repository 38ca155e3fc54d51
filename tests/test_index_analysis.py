"""The words of health plans: what is one token, and which terms find it."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.analysis import STOP_WORDS, Token, _analyse, find_tokens

PRINTED = [
    ("A&E", ["A&E"]),
    ("R&D at A&E.", ["R&D", "at", "A&E"]),
    ("children aged 0-19", ["children", "aged", "0-19"]),
    ("in 2019/20, we", ["in", "2019/20", "we"]),
    ("open 24/7.", ["open", "24/7"]),
    ("saves £4.9m a year", ["saves", "£4.9m", "a", "year"]),
    ("£4.9 million", ["£4.9", "million"]),
    ("up 3.0%, or", ["up", "3.0%", "or"]),
    ("16–17 year olds", ["16–17", "year", "olds"]),
    ("the Trust’s plan", ["the", "Trust’s", "plan"]),
    ("children's", ["children's"]),
    ("the ‘red’ and 'green'", ["the", "red", "and", "green"]),
    ("follow-up", ["follow", "up"]),
    ("COVID-19", ["COVID", "19"]),
    ("an oﬃce", ["an", "oﬃce"]),
    ("1,234 beds", ["1,234", "beds"]),
    ("in 5, or 6.", ["in", "5", "or", "6"]),
    ("café, naïve", ["café", "naïve"]),
    ("2nd to 10am", ["2nd", "to", "10am"]),
    ("snake_case", ["snake", "case"]),
    ("\u2022 one\ttwo\nthree", ["one", "two", "three"]),
    ("well\u00adbeing an\u200bd\u2060 ca\ufeffre", ["well\u00adbeing", "an\u200bd", "ca\ufeffre"]),
    ("\u200b2019\u200b/20 £4\u00ad.9m\u200b", ["2019\u200b/20", "£4\u00ad.9m"]),
    ("A\u200b&E A\u200b & E", ["A\u200b&E", "A\u200b & E"]),
    ("Trust\u2060’s", ["Trust\u2060’s"]),
    ("\u200b\u00ad", []),
    ("", []),
    (" \n\t!?-–—…“”&*%£", []),
]


@pytest.mark.parametrize(("text", "words"), PRINTED, ids=[text for text, _ in PRINTED])
def test_offsets_slice_to_what_is_printed(text: str, words: list[str]) -> None:
    assert [text[token.start:token.end] for token in find_tokens(text)] == words


ALIKE = [
    ("A&E", "a&e"),
    ("16–17", "16-17"),
    ("Trust’s", "trust's"),
    ("Trust’s", "trusts"),
    ("children's", "Children"),
    ("1,234", "1234"),
    ("£1,234.50", "£1234.50"),
    ("oﬃce", "office"),
    ("ﬁnances", "finance"),
    ("vacancies", "vacancy"),
    ("planning", "plans"),
    ("CAFÉ", "café"),
    ("wor\u200bkforce", "workforce"),
    ("2019\u2060/20", "2019/20"),
    ("A\u00ad&\ufe0fE", "A&E"),
    ("£4.\u200b9m", "£4.9m"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_two_ways_of_writing_have_one_stem(one: str, other: str) -> None:
    assert token_of(one).stem == token_of(other).stem


FOUND_BY = [
    ("2019/20", {"2019/20", "2019"}),
    ("2016-2021", {"2016/21", "2016", "2021"}),
    ("65+", {"65+", "65"}),
    ("01/04/2019", {"01/04/2019", "2019"}),
    ("£4.9m", {"£4.9m", "4.9m"}),
    ("£4.9", {"£4.9", "4.9"}),
    ("3.0%", {"3.0%", "3.0"}),
    ("0-19s", {"0-19s", "0-19"}),
    ("2010s", {"2010s", "2010"}),
    ("0-19", {"0-19"}),
    ("24/7", {"24/7"}),
    ("120191", {"120191"}),
    ("H1N1", {"h1n1"}),
    ("A&E", {"a&e"}),
    ("1,234", {"1234"}),
    ("WHO", {"who", "WHO"}),
    ("W\u00adHO’s", {"who", "WHO"}),
    ("Who", {"who"}),
    ("GPs", {"gp", "gps"}),
    ("A", {"a"}),
]


@pytest.mark.parametrize(("printed", "terms"), FOUND_BY)
def test_a_word_is_found_by_its_terms(printed: str, terms: set[str]) -> None:
    assert set(token_of(printed).terms) == terms


def test_an_exact_search_tells_forms_apart_that_have_one_stem() -> None:
    plans, planning = token_of("plans"), token_of("planning")
    assert plans.stem == planning.stem
    assert (plans.form, planning.form) == ("plans", "planning")


def test_whose_it_is_matters_to_an_exact_search_alone() -> None:
    trusts, trust = token_of("Trust’s"), token_of("trust")
    assert trusts.stem == trust.stem
    assert (trusts.form, trust.form) == ("trust's", "trust")


def test_a_number_with_commas_is_as_printed_for_an_exact_search() -> None:
    assert token_of("1,234").form == "1,234"


@pytest.mark.parametrize("printed", ["2019/20", "2019-20", "2019–20", "2019/2020", "2019-2020"])
def test_a_financial_year_is_found_however_it_is_written(printed: str) -> None:
    assert token_of(printed).stem == "2019/20"


def test_accents_do_not_matter_but_to_an_exact_search() -> None:
    assert token_of("café").stem == token_of("cafe").stem
    assert token_of("café").form == "café"


def test_threads_get_the_stems_that_one_alone_gets() -> None:
    words = [f"{a}{b}ational{c}" for a in "abcdefgh" for b in "aeiou" for c in ("s", "ly", "ity")]
    text = " ".join(words * 3)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            together = [*pool.map(lambda _: [t.stem for t in find_tokens(text)], range(8))]
    finally:
        sys.setswitchinterval(before)
    _analyse.cache_clear()
    assert together == [[token.stem for token in find_tokens(text)]] * 8


def test_figures_that_stay_whole_do_not_match_their_ends() -> None:
    assert "19" not in token_of("0-19").terms
    assert "7" not in token_of("24/7").terms
    assert "20" not in token_of("2019/20").terms


def test_common_words_are_forms_that_the_tokens_have() -> None:
    assert all(token_of(word).form == word for word in STOP_WORDS)


def token_of(printed: str) -> Token:
    (token,) = find_tokens(printed)
    return token


def test_words_of_letters_alone_end_where_other_words_do():
    text = "care_plan ab&cd cd&e's carers’ self-\u00adcare pre\u0301cis co\u00adop ab_ éa ab1 1ab"
    assert [token.form for token in find_tokens(text)] == [
        "care", "plan", "ab&cd", "cd&e's", "carers", "self", "care", "précis", "coop", "ab", "éa",
        "ab1", "1ab",
    ]  # fmt: skip
