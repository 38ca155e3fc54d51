"""What a reader types, what is understood of it, and what he is told of the rest."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from index.query import And, Everything, Node, Not, Nothing, Or, Phrase, Prefix, Query, Term
from index.query_parser import MOST_CHARACTERS, MOST_DEPTH, parse_query
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
    "hyphens": ("alpha-beta", Phrase(words("alpha", "beta"))),
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
    "apostrophes": ("Trust’s trust's", And(words("trust", "trust"))),
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
    "field before brackets": ("title:(alpha)", A, "title: was ignored"),
    "* in the middle": ("al*pha", Phrase(words("al", "pha")), "at the end of a word only"),
    "? in the middle": ("al?pha", Phrase(words("al", "pha")), "? not at all"),
    "* in a phrase": ('"alpha beta*"', AB_PHRASE, "* is not understood inside quotation marks"),
    "* alone": ("*", Nothing(), "* was not searched for"),
    "* after one letter": ("a*", Nothing(), "a* was not searched for"),
    "* after two words": ("alpha-b*", Nothing(), "alpha-b* was not searched for"),
    "~1": ("alpha~1", A, "~ is not understood"),
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
    for typed in ("alpha", "alpha OR -beta (gamma)", "title:alpha vacan*", "A&E 0-19 £4.9m", ""):
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
    "AND", "OR", "NOT", "title:", "text:", "year:", "nope:", "A&E", "0-19", "2019/20", "£4.9m",
    "alpha", "beta", "the", "alph*", "be~1", "\ud800", "-(", '-"', " ", " ", " ",
)  # fmt: skip


def awkward_texts(count: int) -> list[str]:
    chance = random.Random(20)
    return ["".join(chance.choices(PIECES, k=chance.randint(1, 25))) for _ in range(count)]


def test_random_texts_are_parsed_without_error() -> None:
    for typed in awkward_texts(10_000):
        tree, notes = parse_query(typed)
        assert (tree, notes) == parse_query(typed)
        assert all(note.rstrip().endswith(".") for note in notes)


def test_random_texts_are_searched_without_error(searcher: Searcher) -> None:
    found = [search(searcher, typed) for typed in awkward_texts(10_000)[::25]]
    assert 0 < sum(found) < 3 * len(found)


def search(searcher: Searcher, typed: str) -> int:
    tree, notes = parse_query(typed)
    return searcher.search(Query(typed, tree, notes)).documents


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("parsed")
    return make_searcher(
        folder,
        make_document("one.txt", "Alpha beta at A&E for ages 0-19.", published="2019"),
        make_document("two.txt", "The beta saved £4.9m in 2019/20.", title="alpha"),
        make_document("three.txt", "Nothing of the kind, only office work."),
    )
