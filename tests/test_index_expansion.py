"""Other names of what a query says: which are searched for, where, and what switches them off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import find_tokens
from index.expansion import MOST_EXPANSIONS, Expanded, any_part, expand
from index.highlight import find_matches
from index.names import Names, Thesaurus, is_like_a_word, is_short, key_of, read_thesaurus
from index.query import And, Node, Within
from index.query_parser import parse_query
from index.schema import SEARCHED_FIELDS
from ingest.ledger import Entry, Meaning
from tests.test_index_query_parser import PIECES

THESAURUS = Thesaurus(
    (("MILL", "grinding house"), ("GP", "general practitioner", "family doctor"),
     ("oak and ash", "hard wood", "timber")),
    frozenset(["MILL"]),
)  # fmt: skip
LEDGER = (
    Entry("ABC", (Meaning("Apple Berry Cake", ("a", "b")), Meaning("Any Brick Cart", ("c",)))),
    Entry("XYZ", (Meaning("Yellow Zinc", ("a",)),)),
    Entry("TUNER", (Meaning("Ten Useful Nails", ("a",)),)),
    Entry("WHO", (Meaning("Wee Herb Office", ("a",)),)),
    Entry("TIE", (Meaning("Thick Iron", ("a",)), Meaning("Thin Ice", ("b",)))),
)
NAMES = Names(THESAURUS, LEDGER, "abcd")


def expand_typed(typed: str, *without: str) -> Expanded:
    return expand(parse_query(typed)[0], typed, NAMES, without)


def added(typed: str, *without: str) -> list[str]:
    return [each.added for each in expand_typed(typed, *without).expansions]


ADDED: dict[str, list[str]] = {
    "xyz": ["Yellow Zinc"],
    "XYZs": ["Yellow Zinc"],
    "xyzs": ["Yellow Zinc"],
    "gps": ["GP", "general practitioner", "family doctor"],
    "yellow zinc": ["XYZ"],
    "Yellow zinc plan": ["XYZ"],
    "zinc yellow": [],
    "yellow": [],
    "ABC": ["Apple Berry Cake", "Any Brick Cart"],
    "family doctors": ["GP", "general practitioner"],
    "GP": ["general practitioner", "family doctor"],
    "the GP OR xyz": ["general practitioner", "family doctor", "Yellow Zinc"],
    "oak & ash": ["hard wood", "timber"],
    "oak ash": ["hard wood", "timber"],
    "(oak and ash) plan": ["hard wood", "timber"],
    "title:gp": ["general practitioner", "family doctor"],
    "MILL": ["grinding house"],
    "mill": [],
    "MILL STONE": [],
    "grinding house": ["MILL"],
    "kind:gp": [],
    '"gp"': [],
    '"family doctor"': [],
    "-gp": [],
    "NOT (gp)": [],
    "gp*": [],
    "gpz~": [],
    "plan": [],
    "£4.9m": ["£4,900,000", "£4.9 million"],
}  # fmt: skip


@pytest.mark.parametrize("typed", ADDED)
def test_a_query_is_searched_for_by_other_names(typed: str) -> None:
    assert added(typed) == ADDED[typed]


def test_what_is_typed_is_named_as_it_was_typed() -> None:
    (one, *_) = expand_typed("new Oak & Ash plan").expansions
    assert one.typed == "Oak & Ash" and one.reason == "from the thesaurus"


def test_a_name_can_be_left_out() -> None:
    assert added("GP", "family doctor") == ["general practitioner"]
    assert added("GP", "Family Doctor", "general practitioner") == []
    assert expand_typed("GP", "family doctor", "general practitioner").tree == parse_query("GP")[0]


def test_the_longest_name_is_taken() -> None:
    names = Names(Thesaurus((("oak", "tree"), ("oak table", "desk")), frozenset()), (), ())
    tree = parse_query("oak table (oak OR elm)")[0]
    expanded = expand(tree, "oak table (oak OR elm)", names)
    assert [each.added for each in expanded.expansions] == ["desk", "tree"]


def test_no_more_names_than_can_be_shown_are_taken_and_it_is_told() -> None:
    group = tuple(f"oak{chr(97 + number)}" for number in range(MOST_EXPANSIONS + 3))
    names = Names(Thesaurus((group,), frozenset()), (), ())
    expanded = expand(parse_query("oaka")[0], "oaka", names)
    assert len(expanded.expansions) == MOST_EXPANSIONS and expanded.notes


def matches(text: str, typed: str, document: str = "d") -> list[str] | None:
    fields = dict.fromkeys(SEARCHED_FIELDS, "")
    found = find_matches(text, fields, expand_typed(typed).tree, document)
    return None if found is None else [text[start:end] for start, end in found]


CLASHES = [
    ("apple berry cake", "a", True),
    ("apple berry cake", "d", True),
    ("apple berry cake", "c", False),
    ("any brick cart", "c", True),
    ("any brick cart", "a", False),
    ("any brick cart", "d", False),
    ("thick iron", "a", True),
    ("thick iron", "b", False),
    ("thick iron", "d", False),
    ("yellow zinc", "d", True),
    ("ten useful nails", "a", True),
    ("ten useful nails", "d", False),
]


@pytest.mark.parametrize(("typed", "document", "found"), CLASHES)
def test_a_short_form_stands_for_what_its_document_says(
    typed: str, document: str, found: bool
) -> None:
    assert (matches("The ABC, the TIE, XYZs and a tuner.", typed, document) is not None) is found


IN_CAPITALS = [
    ("The MILL is old.", "MILL", ["MILL"]),
    ("The mill is old.", "MILL", None),
    ("The MILL’s wheel.", "the MILL", ["MILL’s"]),
    ("A grinding house.", "MILL", ["grinding house"]),
    ("The MILL and a mill.", "grinding house", ["MILL"]),
    ("The MILL and a mill.", "mill", ["MILL", "mill"]),
    ("A mill of STONE.", "MILL STONE", ["mill", "STONE"]),
    ("The mill is old.", '"MILL"', ["mill"]),
    ("The mill is old.", "mill MILL", ["mill"]),
    ("WHO says? Those who do.", "WHO says", ["WHO", "says"]),
    ("Those who do say.", "WHO says", None),
    ("The WHO met.", "wee herb office", ["WHO"]),
    ("Those who met.", "wee herb office", None),
    ("All of us, US bound.", "bound -WHO", ["bound"]),
    ("A bound mill.", "bound -MILL", ["bound"]),
    ("A bound MILL.", "bound -MILL", None),
    ("All of us, US bound.", "US bound", ["us", "US", "bound"]),
]


@pytest.mark.parametrize(("text", "typed", "marked"), IN_CAPITALS)
def test_a_short_form_that_is_a_word_too_is_told_by_its_capitals(
    text: str, typed: str, marked: list[str] | None
) -> None:
    assert matches(text, typed) == marked


def test_it_is_said_that_capitals_count() -> None:
    (note,) = expand_typed("the MILL wheel").notes
    assert note.startswith("“MILL” in capitals was searched for as a short form")
    assert not expand_typed("the mill wheel").notes and not expand_typed("MILL WHEEL").notes


LIKE_WORDS = {
    "AUDIT": True, "SAFE": True, "SPINE": True, "TRACK": True, "LWAB": False, "PTSD": False,
    "JSNA": False, "ICS": False, "DCHS": False, "A&E": False, "HASU": True, "QOF": False,
}  # fmt: skip


@pytest.mark.parametrize("short", LIKE_WORDS)
def test_a_short_form_that_can_be_said_is_like_a_word(short: str) -> None:
    assert is_like_a_word(short) is LIKE_WORDS[short]


def test_a_long_form_means_the_same_in_every_document() -> None:
    for document in "abcd":
        assert matches("An apple berry cake.", "ABC", document) == ["apple berry cake"]


def test_a_document_that_defines_both_has_both() -> None:
    ledger = (Entry("ABC", (Meaning("Apple Berry Cake", ("a", "b")), Meaning("Big Cart", ("a",)))),)
    tree = expand(parse_query("big cart")[0], "big cart", Names(THESAURUS, ledger, "abcd")).tree
    assert [node.documents for node in within(tree)] == [("a",)]


def within(node: Node) -> list[Within]:
    if isinstance(node, Within):
        return [node]
    return [each for part in getattr(node, "parts", ()) for each in within(part)]


def test_the_thesaurus_gives_way_to_what_a_document_defines() -> None:
    ledger = (Entry("GP", (Meaning("Grain Price", ("c",)),)),)
    names = Names(THESAURUS, ledger, "abcd")
    tree = expand(parse_query("family doctor")[0], "family doctor", names).tree
    assert [node.documents for node in within(tree)] == [("a", "b", "d")]


def test_other_names_are_marked_and_only_where_they_stand_whole() -> None:
    text = "Family doctors, a doctor of the family, general practitioners and GPs."
    assert matches(text, "GP") == ["Family doctors", "general practitioners", "GPs"]
    assert matches(text, "family doctor") == [
        "Family", "doctors", "doctor", "family", "general practitioners", "GPs"
    ]  # fmt: skip
    assert matches("oak & ash; hard wood; oak", "timber") == ["oak & ash", "hard wood"]


def test_loosened_the_words_of_a_name_stand_for_themselves() -> None:
    tree = expand_typed("family doctor plan").tree
    assert isinstance(tree, And)
    loose = any_part(tree.parts)
    assert len(loose.parts) == 5 and not any(isinstance(part, And) for part in loose.parts)


@given(
    st.text("0123456789.,%£+/-–&kmn AEZ")
    | st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
)
def test_any_text_is_expanded_without_error(typed: str) -> None:
    tree = parse_query(typed)[0]
    assert expand(tree, typed, NAMES) == expand(tree, typed, NAMES)


def test_the_thesaurus_can_be_used() -> None:
    thesaurus = read_thesaurus()
    assert 60 <= len(thesaurus.groups)
    for group in thesaurus.groups:
        assert len(group) > 1, group
        keys = [name if is_short(name) else key_of(name) for name in group]
        assert len(set(keys)) == len(keys), f"{group} has a name twice"
    for name in thesaurus.words_too:
        assert name.isupper() and len([*find_tokens(name)]) == 1, name
