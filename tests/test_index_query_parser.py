"""What a reader types, what is understood of it, and what he is told of the rest."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.highlight import find_matches
from index.query import (
    Alternatives,
    And,
    Everything,
    Fuzzy,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Term,
    Wildcard,
)
from index.query_parser import MOST_CHARACTERS, MOST_DEPTH, parse_query, understand_query
from index.query_words import MOST_NEAR_TERMS, MOST_NEAR_WORDS, MOST_NUMBERS
from index.schema import SEARCHED_FIELDS as FIELDS
from index.search import Searcher
from tests.factories import make_document, make_searcher


def words(*texts: str, field: str = "text", exact: bool = False) -> tuple[Term, ...]:
    return tuple(Term(text, field, exact) for text in texts)


A, B, C, D = words("alpha", "beta", "gamma", "delta")
AB_PHRASE = Phrase(words("alpha", "beta", exact=True))

UNDERSTOOD: dict[str, tuple[str, Node]] = {
    "nothing": ("", Everything()),
    "space": (" \t\n", Everything()),
    "a word": ("alpha", A),
    "a word is stemmed": ("vacancies", Term("vacanc")),
    "words": ("alpha beta", And((A, B))),
    "capitals": ("ALPHA Beta", And((A, B))),
    "straight quotes": ('"alpha beta"', AB_PHRASE),
    "curly quotes": ("“alpha beta”", AB_PHRASE),
    "low quotes": ("„alpha beta“", AB_PHRASE),
    "an exact word": ('"vacancies"', Term("vacancies", exact=True)),
    "exact common words": ('"to be"', Phrase(words("to", "be", exact=True))),
    "a repeated word": ('"alpha alpha"', Phrase(words("alpha", "alpha", exact=True))),
    "phrase and word": ('"alpha beta" gamma', And((AB_PHRASE, C))),
    "AND": ("alpha AND beta", And((A, B))),
    "OR": ("alpha OR beta", Or((A, B))),
    "three with OR": ("alpha OR beta OR gamma", Or((A, B, C))),
    "NOT": ("alpha NOT beta", And((A, Not(B)))),
    "AND NOT": ("alpha AND NOT beta", And((A, Not(B)))),
    "only NOT": ("NOT alpha", Not(A)),
    "NOT NOT": ("NOT NOT alpha", Not(A)),
    "minus": ("alpha -beta", And((A, Not(B)))),
    "minus first": ("-alpha beta", And((Not(A), B))),
    "two minuses": ("--alpha", Not(A)),
    "minus phrase": ('gamma -"alpha beta"', And((C, Not(AB_PHRASE)))),
    "minus curly phrase": ("gamma -“alpha beta”", And((C, Not(AB_PHRASE)))),
    "minus brackets": ("alpha -(beta gamma)", And((A, Not(And((B, C)))))),
    "minus field": ("-title:alpha", Not(Term("alpha", "title"))),
    "minus prefix": ("-alp*", Not(Prefix("alp"))),
    "brackets": ("(alpha OR beta) gamma", And((Or((A, B)), C))),
    "brackets in brackets": ("((alpha) (beta OR (gamma)))", And((A, Or((B, C))))),
    "AND binds more than OR": ("alpha AND beta OR gamma", Or((And((A, B)), C))),
    "space binds more than OR": ("alpha OR beta gamma", Or((A, And((B, C))))),
    "NOT binds most": ("NOT alpha OR beta", Or((Not(A), B))),
    "small and, or": ("alpha or beta and gamma", And((A, B, C))),
    "common words": ("the alpha of beta", And((A, B))),
    "prefix": ("vacan*", Prefix("vacan")),
    "prefix is not stemmed": ("vacancies*", Prefix("vacancies")),
    "prefix of a figure": ("£4*", Prefix("£4")),
    "field": ("title:alpha", Term("alpha", "title")),
    "field in capitals": ("Title:alpha", Term("alpha", "title")),
    "field with phrase": (
        'heading:"alpha beta"', Phrase(words("alpha", "beta", field="heading", exact=True))
    ),
    "field with prefix": ("organisation:alp*", Prefix("alp", "organisation")),
    "year field": ("year:2019", Term("2019", "year")),
    "common word in a field": ("title:the", Term("the", "title")),
    "halves": ("alpha-beta", Alternatives((Phrase(words("alpha", "beta")), Term("alphabeta")))),
    "three parts": ("alpha-beta-gamma", Phrase(words("alpha", "beta", "gamma"))),
    "slash": ("alpha/beta", Phrase(words("alpha", "beta"))),
    "near": ('"alpha beta"~5', Near(words("alpha", "beta", exact=True), 5)),
    "next to": ('"alpha beta"~0', Near(words("alpha", "beta", exact=True), 0)),
    "near in order": ('"alpha beta"~>5', Near(words("alpha", "beta", exact=True), 5, True)),
    "near in curly quotes": ("“alpha beta”~5", Near(words("alpha", "beta", exact=True), 5)),
    "near in a field": (
        'title:"alpha beta"~3', Near(words("alpha", "beta", field="title", exact=True), 3)
    ),
    "not near": ('gamma -"alpha beta"~5', And((C, Not(Near(AB_PHRASE.terms, 5))))),
    "* in the middle": ("al*pha", Wildcard("al*pha")),
    "* at the start": ("*pha", Wildcard("*pha")),
    "? in the middle": ("wom?n", Wildcard("wom?n")),
    "wildcards in capitals": ("Organi?ATION*", Wildcard("organi?ation*")),
    "wildcard in a field": ("title:wom?n", Wildcard("wom?n", "title")),
    "wildcard and question": ("wom?n?", Wildcard("wom?n")),
    "fuzzy": ("alpha~", Fuzzy("alpha")),
    "fuzzy by one": ("Alpha~1", Fuzzy("alpha")),
    "fuzzy by two": ("alpha~2", Fuzzy("alpha", edits=2)),
    "fuzzy in a field": ("title:alpha~", Fuzzy("alpha", "title")),
    "page": ("page:12", Term("12", "page")),
    "pages": ("page:3-5", Or(words("3", "4", "5", field="page"))),
    "one page": ("page:3-3", Term("3", "page")),
    "years": ("year:2018-2019", Or(words("2018", "2019", field="year"))),
    "A & E": ("A & E", Term("a&e")),
    "a & e among words": ("alpha a & e?", And((A, Term("a&e")))),
    "A and E": ("A and E", Phrase(words("a", "and", "e"))),
    "a and e": ("a and e", Term("e")),
    "16 to 17": ("16 to 17", Phrase(words("16", "to", "17"))),
    "GPs": ("GPs", Term("gp")),
    "A&E": ("A&E", Term("a&e")),
    "0-19": ("0-19", Term("0-19")),
    "-0-19": ("-0-19", Not(Term("0-19"))),
    "2019/20": ("2019/20", Term("2019/20")),
    "24/7": ("24/7", Term("24/7")),
    "£4.9m": ("£4.9m", Term("£4.9m")),
    "3.0%": ("3.0%", Term("3.0%")),
    "1,234": ("1,234", Term("1234")),
    "a figure with a dash": ("16–17", Term("16-17")),
    "a time is no field": ("12:30", Term("12:30")),
    "apostrophes": ("Trust’s trust's", Term("trust")),
    "a word twice": ("alpha beta Alpha", And((A, B))),
    "a group twice": ("(alpha OR beta) (alpha OR beta)", Or((A, B))),
    "a field before brackets": (
        "title:(alpha beta) gamma", And((And(words("alpha", "beta", field="title")), C))
    ),
    "a field in brackets of a field": (
        'title:(alpha OR kind:beta OR "gamma")',
        Or((Term("alpha", "title"), Term("beta", "kind"), Term("gamma", "title", exact=True))),
    ),
    "a field before brackets in brackets": (
        "title:(heading:(alpha) beta)", And((Term("alpha", "heading"), Term("beta", "title")))
    ),
    "not a field before brackets": ("-title:(alpha)", Not(Term("alpha", "title"))),
    "years in brackets": (
        "year:(2018 OR 2020-2021)",
        Or((Term("2018", "year"), Or(words("2020", "2021", field="year")))),
    ),
    "theme": ("theme:alpha", Term("alpha", "theme")),
    "a page and a stop": ("page:12.", Term("12", "page")),
    "what is not seen": ("al\u200bpha\u00ad AN\u2060D be\ufeffta", And((A, B))),
    "a prefix that is not seen": ("vac\u00adan*", Prefix("vacan")),
    "a question": ("alpha?", A),
    "an address is no field": ("http://alpha", Phrase(words("http", "alpha"))),
}


@pytest.mark.parametrize("case", UNDERSTOOD)
def test_what_is_typed_is_understood(case: str) -> None:
    typed, tree = UNDERSTOOD[case]
    assert parse_query(typed)[0] == tree


BROKEN: dict[str, tuple[str, Node, str]] = {
    "unclosed quote": ('"alpha beta', AB_PHRASE, "quotation mark is missing"),
    "unclosed curly quote": ("“alpha beta", AB_PHRASE, "quotation mark is missing"),
    "unclosed bracket": ("(alpha OR beta", Or((A, B)), "closing bracket is missing"),
    "unopened bracket": ("alpha) beta", And((A, B)), "without an opening one"),
    "dangling AND": ("alpha AND", A, "AND needs a word on both sides"),
    "leading AND": ("AND alpha", A, "AND needs a word on both sides"),
    "two ANDs": ("alpha AND AND beta", And((A, B)), "AND needs a word on both sides"),
    "dangling OR": ("alpha OR", A, "OR needs a word on both sides"),
    "leading OR": ("OR alpha", A, "OR needs a word on both sides"),
    "AND OR": ("alpha AND OR beta", Or((A, B)), "AND needs a word on both sides"),
    "dangling NOT": ("alpha NOT", A, "NOT needs a word after it"),
    "two dangling NOTs": ("alpha NOT NOT", A, "NOT needs a word after it"),
    "NOT in brackets": ("alpha (NOT)", A, "NOT needs a word after it"),
    "only AND": ("AND", Nothing(), "AND needs a word on both sides"),
    "only OR": ("OR", Nothing(), "OR needs a word on both sides"),
    "unknown field": ("colour:red", Phrase(words("colour", "red")), "colour: is not a field"),
    "unknown field before brackets": ("colour:(alpha)", A, "colour: is not a field; it was ig"),
    "a page below the first": ("page:-1", Term("1", "page"), "page:-1 was taken for page:1"),
    "pages without end": ("page:1-", Term("1", "page"), "page:1- was taken for page:1"),
    "a financial year": ("year:2019/20", Term("2019/20", "year"), "nothing is year:2019/20"),
    "a field of nothing": ("title:", Nothing(), "title: needs a word right after it"),
    "a field before a space": ("title: alpha", A, "title: needs a word right after it"),
    "near one word": ('"alpha"~5', Term("alpha", exact=True), "~ after quotation marks needs two"),
    "near by nothing": ('"alpha beta"~', Near(AB_PHRASE.terms, 5), "needs a number; 5 was taken"),
    "too far": ('"alpha beta"~999', Near(AB_PHRASE.terms, MOST_NEAR_WORDS), "that was taken"),
    "fuzzy by many": ("alpha~7", Fuzzy("alpha", edits=2), "1 or 2 changed letters; 2 was taken"),
    "fuzzy by none": ("alpha~0", Fuzzy("alpha"), "1 was taken"),
    "a fuzzy figure": ("2019~", Term("2019"), "~ is understood after one word"),
    "a short fuzzy word": ("al~", Term("al"), "~ is understood after one word"),
    "~ in the middle": ("alpha~beta", Phrase(words("alpha", "beta")), "~ is understood after one"),
    "a page that is no number": ("page:x", Term("x", "page"), "page: is for numbers"),
    "pages backwards": ("page:5-3", Term("5-3", "page"), "the smaller number comes first"),
    "* in a phrase": ('"alpha beta*"', AB_PHRASE, "* is not understood inside quotation marks"),
    "* alone": ("*", Nothing(), "* was not searched for"),
    "* after one letter": ("a*", Nothing(), "a* was not searched for"),
    "* after two words": ("alpha-b*", Nothing(), "alpha-b* was not searched for"),
    "capitals are no common word": ("WHO the", Term("who"), "they are common words: the."),
    "a common word": ("the alpha", A, "they are common words: the."),
    "only punctuation": ("!!!", Nothing(), "“!!!” has no word"),
    "quoted punctuation": ('"!!!"', Nothing(), "has no word"),
    "empty quotes": ('""', Nothing(), "has no word"),
    "a lone minus": ("alpha - beta", And((A, B)), "“-” has no word"),
    "a lone ampersand": ("alpha & beta", And((A, B)), "“&” has no word"),
    "quotes are exact": ('"alpha beta"', AB_PHRASE, "as written, in no other form"),
    "faults with common words only": ("(the", Term("the"), "closing bracket is missing"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_not_understood_is_told(case: str) -> None:
    typed, tree, note = BROKEN[case]
    understood, notes = parse_query(typed)
    assert understood == tree
    assert len([told for told in notes if note in told]) == 1


def test_what_is_understood_needs_no_note() -> None:
    typed_texts = (
        "alpha", "alpha OR -beta (gamma)", "title:alpha vacan*", "A&E 0-19 £4.9m", "",
        "wom?n alpha~ page:3-5", "alpha-beta A & E",
    )  # fmt: skip
    for typed in typed_texts:
        assert parse_query(typed)[1] == ()


COMMON_WORDS: dict[str, Node] = {
    "the": Term("the"),
    "to be": And(words("to", "be")),
    "the OR a": Or(words("the", "a")),
    "-the": Not(Term("the")),
    "NOT the": Not(Term("the")),
    "(the": Term("the"),
}


@pytest.mark.parametrize("typed", COMMON_WORDS)
def test_only_common_words_are_searched_for_after_all(typed: str) -> None:
    tree, notes = parse_query(typed)
    assert tree == COMMON_WORDS[typed]
    assert not any("Not searched for" in note for note in notes)


def test_what_is_too_long_is_cut_and_told() -> None:
    tree, notes = parse_query("alpha " + " " * MOST_CHARACTERS + "beta")
    assert tree == A
    assert notes == (f"Only the first {MOST_CHARACTERS} characters were searched for.",)
    assert parse_query("a" * MOST_CHARACTERS)[1] == ()


def test_what_is_capped_is_told() -> None:
    many = " ".join(["alpha"] * 20)
    near, notes = parse_query(f'"{many}"~5')
    assert isinstance(near, Near) and len(near.terms) == MOST_NEAR_TERMS
    assert f"Only the first {MOST_NEAR_TERMS} words before ~ were searched for." in notes
    pages, notes = parse_query("page:1-9999")
    assert isinstance(pages, Or) and len(pages.parts) == MOST_NUMBERS
    assert notes == (f"Only {MOST_NUMBERS} numbers of page:1-9999 were searched for.",)


def test_a_quotation_mark_beyond_the_cut_is_not_missed() -> None:
    notes = parse_query("alpha " * 200 + '"')[1]
    assert not any("quotation mark" in note for note in notes)


def test_brackets_that_are_too_deep_are_told() -> None:
    for depth in (MOST_DEPTH + 1, MOST_DEPTH + 5):
        tree, notes = parse_query("(" * depth + "alpha" + ")" * depth)
        assert tree == A
        assert f"Brackets more than {MOST_DEPTH} deep were ignored." in notes
    assert parse_query("(" * MOST_DEPTH + "alpha" + ")" * MOST_DEPTH) == (A, ())


ENDLESS = {
    "minuses": "-" * 990 + "alpha",
    "NOTs": "NOT " * 240 + "alpha",
    "minus NOTs": "-NOT " * 190 + "alpha",
    "NOT minuses": "NOT -" * 190 + "alpha",
    "minus brackets": "-(" * 480 + "alpha",
    "fields": "title:" * 160 + "alpha",
    "ORs": "OR " * 330,
    "closing brackets": "alpha" + ")" * 900,
}


@pytest.mark.parametrize("case", ENDLESS)
def test_endless_syntax_does_not_exhaust_the_stack(case: str, searcher: Searcher) -> None:
    search(searcher, ENDLESS[case])


def test_notes_are_not_repeated() -> None:
    notes = parse_query('AND alpha AND AND beta AND "x y" "x z" ( (')[1]
    assert len(notes) == len(set(notes))


PIECES = (
    *'"“”‘’()*?~-–—:/\\&|+^%£$€.,!#@\x00\u00ad\u200b\t\n ⁄½²①٣ﬁé́🙂',
    "AND", "OR", "NOT", "since 2018", "2016 to 2019", "~>3", "page:3-", "wom?n", "title:",
    "text:", "year:", "nope:", "A&E", "0-19", "2019/20", "£4.9m",
    "alpha", "beta", "the", "alph*", "be~1", "\ud800", "-(", '-"', " ", " ", " ",
)  # fmt: skip


def awkward_texts(count: int) -> list[str]:
    chance = random.Random(20)
    return ["".join(chance.choices(PIECES, k=chance.randint(1, 25))) for _ in range(count)]


def test_random_texts_are_parsed_without_error() -> None:
    for typed in awkward_texts(2_000):
        check(typed)


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_is_understood_without_error(typed: str) -> None:
    check(typed)


def check(typed: str) -> None:
    query = understand_query(typed)
    assert query == understand_query(typed)
    assert all(note.rstrip().endswith(".") for note in query.notes)
    assert len(set(query.notes)) == len(query.notes)
    find_matches("Alpha beta, women and men at A & E in 2019/20", dict.fromkeys(FIELDS, "a"),
                 query.tree)  # fmt: skip


def test_random_texts_are_searched_without_error(searcher: Searcher) -> None:
    found = [search(searcher, typed) for typed in awkward_texts(2_000)[::20]]
    assert 0 < sum(found) < 3 * len(found)


def search(searcher: Searcher, typed: str) -> int:
    return searcher.search(understand_query(typed)).documents


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("parsed")
    return make_searcher(
        folder,
        make_document("one.txt", "Alpha beta at A&E for ages 0-19.", published="2019"),
        make_document("two.txt", "The beta saved £4.9m in 2019/20.", title="alpha"),
        make_document("three.txt", "Nothing of the kind, only office work."),
    )
