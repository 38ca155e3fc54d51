"""Quotations in a text, words as they are compared, and what differs between two wordings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.quoting.alignment import find_nearest, find_verbatim, read_wording
from search_app.quoting.differences import (
    compare_marks,
    compare_texts,
    describe_pieces,
    sort_by_weight,
)
from search_app.quoting.normalising import find_marks, join_lines
from search_app.quoting.quoted_texts import find_quoted

TEXTS = {
    "curly": ("It says “we keep all the beds” now.", ["we keep all the beds"]),
    "straight": ('It says "we keep all the beds" now.', ["we keep all the beds"]),
    "single": ("It says ‘we keep the ward’s beds’ now.", ["we keep the ward’s beds"]),
    "plural": ("‘the patients’ care is first’ it says", ["the patients’ care is first"]),
    "typewriter": ("It says 'we keep the ward's beds' now.", ["we keep the ward's beds"]),
    "nested": ("“we keep ‘the old ward’ open”", ["we keep ‘the old ward’ open"]),
    "French": ("«nous gardons tous les lits»", ["nous gardons tous les lits"]),
    "German": ("„wir behalten alle Betten“", ["wir behalten alle Betten"]),
    "TeX": ("It says ``we keep all the beds''.", ["we keep all the beds"]),
    "block": ("It says:\n\n> we keep\n> all the beds\n\nSo.", ["we keep\nall the beds"]),
    "name set apart": ("The “new ward” and “we keep all the beds”", ["we keep all the beds"]),
    "none": ("We keep the beds. We open wards.", ["We keep the beds.", "We open wards."]),
    "too short alone": ("Yes. We keep the beds.", ["Yes. We keep the beds."]),
    "list": ("We keep beds\n- all nine beds\n- both old wards",
             ["We keep beds", "- all nine beds", "- both old wards"]),
    "empty": (" \n ", []),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_quotations_are_found_in_a_text(name: str) -> None:
    text, quoted = TEXTS[name]
    assert [each.text for each in find_quoted(text)] == quoted


def test_sentences_are_given_where_they_are_wanted() -> None:
    text = "It says “we keep all the beds” now. And we open more."
    assert [each.text for each in find_quoted(text, sentences=True)] == [
        "It says “we keep all the beds” now.", "And we open more.",
    ]  # fmt: skip


@given(st.text(alphabet="ab .!\n>\t“”\"'’‘«»`s"))
def test_every_quotation_is_a_part_of_its_text(text: str) -> None:
    for each in find_quoted(text):
        assert each.text.splitlines()[0].lstrip("> \t") in text[each.start:] or ">" in text


@pytest.mark.parametrize("piece", ["'a ", "‘s’ s", "``a ", "“ ", "s’ ", "\n", "a\n ", " ", ". "])
def test_no_text_takes_longer_than_its_length_asks(piece: str) -> None:
    """Of 50,000 characters, each takes a fraction of a second; where a pattern goes back and forth
    it would be minutes."""
    find_quoted(piece * (50_000 // len(piece)))


SAME = {
    "quotation marks": ("the ‘old’ ward’s “bed”", "the 'old' ward's 'bed'"),
    "dashes": ("well-led 2019–20 -5", "well‐led 2019-20 −5"),
    "ligatures": ("ﬁnancial eﬃciency", "financial efficiency"),
    "soft hyphens": ("work\u00adforce", "workforce"),
    "space": ("a\u00a0bed,\n\tnine", "a bed, nine"),
    "bullets": ("• a bed\n– a ward", "a bed a ward"),
    "spaced dashes": ("beds – nine", "beds nine"),
    "ellipses": ("beds ... wards", "beds … wards"),
    "ampersand": ("A & E", "A&E"),
}
OTHER = {
    "capitals": ("the NHS", "the nhs"),
    "commas": ("beds, wards", "beds wards"),
    "minus": ("of -5", "of 5"),
    "figures": ("10 - 15", "10 15"),
    "words joined": ("well-being", "wellbeing"),
}


def printed(text: str) -> list[str]:
    return [mark.printed for mark in find_marks(text)]


@pytest.mark.parametrize("name", SAME)
def test_what_a_typesetter_changes_makes_no_difference(name: str) -> None:
    one, other = SAME[name]
    assert printed(one) == printed(other)


@pytest.mark.parametrize("name", OTHER)
def test_what_a_writer_changes_does(name: str) -> None:
    one, other = OTHER[name]
    assert printed(one) != printed(other)


def test_words_cut_at_the_end_of_a_line_are_joined_if_they_are_known() -> None:
    known = ["led", "well", "workforce"]
    assert join_lines("our work-\nforce is well-\n led", known) == "our workforce is well-led"


@given(st.text())
def test_marks_are_in_order_and_within_the_text(text: str) -> None:
    ends = [0]
    for mark in find_marks(text):
        assert ends[-1] <= mark.start < mark.end <= len(text)
        ends.append(mark.end)


PRINTED = "We will open nine beds in the old ward, and close none of the others by 2020."
VERBATIM = (
    "We will open nine beds",
    "we will open nine beds",
    "Open nine beds in the old ward.",
    "We will open nine beds … and close none of the others",
    "[…] open nine beds [...] by 2020.",
    "“We will open nine beds in [a] ward, and close none",
    "[W]e will open nine beds",
)


@pytest.mark.parametrize("quoted", VERBATIM)
def test_words_are_verbatim_but_for_how_they_are_quoted(quoted: str) -> None:
    assert find_verbatim(read_wording(quoted), find_marks(PRINTED))


@pytest.mark.parametrize(
    "quoted",
    ["We will open ten beds", "We will Open nine beds", "We open nine beds",
     "close none of the others … We will open", "nine beds in the ward"],
)  # fmt: skip
def test_words_are_not_verbatim_where_any_differs(quoted: str) -> None:
    assert not find_verbatim(read_wording(quoted), find_marks(PRINTED))


NEAR = {
    "We will open ten beds in the old ward": ("changed", "ten", "nine", "figure"),
    "We will not open nine beds in the old ward": ("added", "not", "", "negation"),
    "We will open nine beds in the ward": ("left out", "", "old", "words"),
    "We will open nine beds in the new ward": ("changed", "new", "old", "words"),
    "We will open nine Beds in the old ward": ("changed", "Beds", "beds", "capitals"),
    "in the old ward and close none of": ("left out", "", ",", "punctuation"),
}


@pytest.mark.parametrize("quoted", NEAR)
def test_differences_are_those_that_there_are(quoted: str) -> None:
    wording, marks = read_wording(quoted), find_marks(PRINTED)
    ((part, (first, last)),) = find_nearest(wording, marks).parts
    pieces = compare_marks(part.text, part.marks, PRINTED, marks[first:last])
    differing = [(p.change, p.quoted, p.printed, p.weight) for p in pieces if p.change != "same"]
    assert differing == [NEAR[quoted]]


def test_a_changed_figure_is_said_first() -> None:
    pieces = compare_texts("We open nine beds, in the old ward.", "We keep ten beds in the ward.")
    assert [piece.weight for piece in sort_by_weight(pieces)][0] == "figure"
    assert next(iter(describe_pieces(pieces))).startswith("A figure differs: ")


@given(st.lists(st.sampled_from("a b c the 9 , .".split())), st.data())
def test_pieces_put_together_are_both_wordings(words: list[str], data: st.DataObject) -> None:
    others = data.draw(st.lists(st.sampled_from("a b x the 8 , .".split())))
    before, after = " ".join(words), " ".join(others)
    pieces = compare_texts(before, after)
    assert "".join(p.printed for p in pieces).replace(" ", "") == before.replace(" ", "")
    assert "".join(p.quoted for p in pieces).replace(" ", "") == after.replace(" ", "")
