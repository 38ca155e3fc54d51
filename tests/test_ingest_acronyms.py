"""Acronyms: how they are defined, what is none, and what the ledger makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.acronyms import find_acronyms
from ingest.alignment import find_long_form, is_short_form, long_form_key, split_plural
from ingest.ledger import make_ledger
from ingest.library import Library
from ingest.records import Acronym, Block, Span
from ingest.sources import Source
from ingest.workers import read_document
from tests.factories import make_blocks


def find(text: str) -> list[tuple[str, str]]:
    """Find what a text defines; each must be shown by the words of the page."""
    page, blocks = make_blocks(text)
    found = find_acronyms(blocks)
    for acronym in found:
        assert acronym.evidence == " ".join(page.text[s.start:s.end] for s in acronym.spans)
        assert acronym.long in acronym.evidence
        assert acronym.short in acronym.evidence.replace(".", "")
    return [(acronym.short, acronym.long) for acronym in found]


DEFINED = {
    "We plan an Integrated Care System (ICS) by May.": ("ICS", "Integrated Care System"),
    "We are an ICS (integrated care system) now.": ("ICS", "integrated care system"),
    "The Anyshire Beds and Wards Partnership (the BWP) met.": ("BWP", "Beds and Wards Partnership"),
    "Each Beds and Wards Partnership Board (BWP) met.": ("BWP", "Beds and Wards Partnership"),
    "the Care Quality Commission (“CQC”) came": ("CQC", "Care Quality Commission"),
    "the Care Quality Commission [CQC] came": ("CQC", "Care Quality Commission"),
    "the Care Quality Commission (CQC; see page 3) came": ("CQC", "Care Quality Commission"),
    "four clinical commissioning groups (CCGs) met": ("CCG", "clinical commissioning groups"),
    "in Accident and Emergency (A&E) today": ("A&E", "Accident and Emergency"),
    "for research & development (R&D) there": ("R&D", "research & development"),
    "the Five Year Forward View (5YFV) says": ("5YFV", "Five Year Forward View"),
    "a multi-disciplinary team (MDT) meets": ("MDT", "multi-disciplinary team"),
    "cases of tuberculosis (TB) rose": ("TB", "tuberculosis"),
    "Commissioning for Quality and Innovation (CQUIN)":
        ("CQUIN", "Commissioning for Quality and Innovation"),
    "Hospitals of Anytown and Burg NHS Foundation Trust (HAB) met":
        ("HAB", "Hospitals of Anytown and Burg NHS Foundation Trust"),
    "our Health and Wellbeing Strategy 2019-2024 (HWS) says":
        ("HWS", "Health and Wellbeing Strategy"),
    "each lower layer super output area (LSOA)": ("LSOA", "lower layer super output area"),
    "QIPP (Quality, Innovation, Productivity and Prevention) saves":
        ("QIPP", "Quality, Innovation, Productivity and Prevention"),
    "ICS – integrated care system": ("ICS", "integrated care system"),
    "ICS: integrated care system, which joins up care": ("ICS", "integrated care system"),
    "Integrated Care Board – ICB": ("ICB", "Integrated Care Board"),
    "N.H.S. (National Health Service)": ("NHS", "National Health Service"),
    "Staff (WTE: whole-time equivalents)": ("WTE", "whole-time equivalents"),
}


@pytest.mark.parametrize("text", DEFINED)
def test_definition_is_found(text: str) -> None:
    assert find(text) == [DEFINED[text]]


NOT_DEFINED = [
    "the basics (ICS) of it", "Gavin Boyle (GB) said", "ages nought to nineteen (0-19)",
    "as was said (NHS England, 2019)", "the second part (II)", "see the plan (Table 2)",
    "beds in the north (of it)", "The board met. Integrated care (ICS) came.",
    "Self-harm in over 8s: management (CG16)", "and Emergency (A&E)",
]


@pytest.mark.parametrize("text", NOT_DEFINED)
def test_what_is_no_definition_is_not_found(text: str) -> None:
    assert find(text) == []


def test_two_initials_of_plain_words_are_no_name_of_a_person() -> None:
    assert find("Primary Care (PC) is primary.\nHow care is given") == [("PC", "Primary Care")]


def test_lines_of_a_glossary_that_ran_together_are_parted() -> None:
    lines = (
        "A&E Accident and Emergency CCG Clinical Commissioning Group HEE Health Education England"
    )
    expected = [("A&E", "Accident and Emergency"), ("CCG", "Clinical Commissioning Group")]
    assert find(f"# Glossary\n{lines}") == [*expected, ("HEE", "Health Education England")]
    assert find(f"# Beds\n{lines}") == []


def test_rows_of_a_glossary_are_read_cell_by_cell() -> None:
    text = "GP\tGeneral practitioner: a doctor\tMDT\tMulti-disciplinary team"
    row = Block("row", text, (Span(3, 10, 10 + len(text)),))
    first, second = find_acronyms([row])
    assert first == Acronym("GP", "General practitioner", text[:33], (Span(3, 10, 43),))
    assert (second.short, second.long) == ("MDT", "Multi-disciplinary team")


def test_each_meaning_is_given_once_where_it_is_first_defined() -> None:
    text = "Beds and Wards (BAW).\nbeds & wards (BAW) again\nBoats at Work (BAW)"
    assert find(text) == [("BAW", "Beds and Wards"), ("BAW", "Boats at Work")]


def test_furniture_defines_nothing() -> None:
    assert find("> Integrated Care System (ICS)") == []


def test_evidence_is_the_sentence_over_a_page_break() -> None:
    text = "It was so. An Integrated Care System (ICS) is planned. It is good."
    block = Block("paragraph", text, (Span(1, 5, 29), Span(2, 0, len(text) - 25)))
    (found,) = find_acronyms([block])
    assert found.evidence == "An Integrated Care System (ICS) is planned."
    assert found.spans == (Span(1, 16, 29), Span(2, 0, 29))


def test_short_forms_are_told_by_their_capitals() -> None:
    assert all(map(is_short_form, ["ICS", "A&E", "CCGs", "eFI", "LeDeR", "5YFV", "ID2019"]))
    assert not any(map(is_short_form, ["Table", "2019", "I", "0-19", "II", "the", "Beds"]))
    assert [split_plural(s) for s in ("CCGs", "GP’s", "CAMHS", "N.H.S.")] == [
        "CCG", "GP", "CAMHS", "NHS",
    ]  # fmt: skip


def test_long_form_is_found_by_its_offsets() -> None:
    assert find_long_form("of the Care Quality Commission ", "CQC") == (7, 30)
    assert find_long_form("of the commission", "CQC") is None


def test_ways_of_writing_one_long_form_have_one_key() -> None:
    keys = {long_form_key(form) for form in (
        "Multi-disciplinary Teams", "multidisciplinary team", "the multi disciplinary team’s",
    )}  # fmt: skip
    assert len(keys) == 1
    assert long_form_key("Beds and Wards Plan") != long_form_key("Beds and Wards Partnership")


def define(short: str, long: str) -> Acronym:
    return Acronym(short, long, f"{long} ({short})", ())


def test_ledger_gathers_meanings_and_flags_clashes() -> None:
    pairs = [
        ("b", define("STP", "Sustainability & Transformation Plan")),
        ("a", define("STP", "Sustainability and Transformation Partnership")),
        ("c", define("STP", "sustainability and transformation partnerships")),
        ("d", define("STP", "Sustainability and Transformation Partnership")),
        ("a", define("CQC", "Care Quality Commission")),
        ("b", define("CQC", "Care Quality Commission NHS Trust")),
    ]
    cqc, stp = make_ledger((held, each.short, each.long) for held, each in pairs)
    assert (cqc.short, cqc.clashes, len(cqc.meanings)) == ("CQC", False, 1)
    assert cqc.meanings[0].documents == ("a", "b")
    assert stp.clashes and [(meaning.long, meaning.documents) for meaning in stp.meanings] == [
        ("Sustainability and Transformation Partnership", ("a", "c", "d")),
        ("Sustainability & Transformation Plan", ("b",)),
    ]


def test_acronyms_are_learnt_where_a_document_is_read(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("We are an Integrated Care System (ICS).")
    document = read_document(Source(tmp_path / "plan.txt", "plan.txt", ""))
    assert [(each.short, each.long) for each in document.acronyms] == [
        ("ICS", "Integrated Care System")
    ]


def test_empty_library_has_an_empty_ledger(tmp_path: Path) -> None:
    library = Library(tmp_path)
    assert library.ledger() == ()
    library.close()
