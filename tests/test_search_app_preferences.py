"""Documents that a question names come first; no other is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.library_names import LibraryNames
from index.results import Hit
from ingest.records import Fact
from search_app.answering.preferences import (
    OTHER_BODY,
    WORTH,
    is_of_the_body,
    is_of_the_place,
    is_of_the_time,
    prefer,
)
from search_app.answering.questions import understand
from tests.factories import make_content


def find(text: str, **facts: str) -> Hit:
    content = make_content("plan", text, **facts)
    return Hit(content.document, content.passages[0], 1.0, ())


@pytest.mark.parametrize(
    ("question", "facts", "worth"),
    [
        ("How many beds in 2019?", {"published": "2019-04"}, WORTH),
        ("How many beds in 2019?", {"published": "2018"}, 0.0),
        ("How many beds in 2019?", {"published": "2018", "period": "2018-2021"}, WORTH),
        ("How many beds in 2019?", {"published": "2019", "period": "2021-2024"}, 0.0),
        ("How many beds since 2018?", {"published": "2020"}, WORTH),
        ("How many beds since 2018?", {"published": "2017"}, 0.0),
        ("How many beds in 2019/20?", {"period": "2019-2020"}, WORTH),
        ("How many beds in 2019/20?", {"period": "2020-2021"}, 0.0),
        ("How many beds in 2019/20?", {"period": "2018-2021"}, WORTH),
        ("How many beds in 2019?", {}, 0.0),
        ("How many beds?", {"published": "2019"}, 0.0),
        ("How many beds?", {"status": "superseded"}, -WORTH),
        ("How many beds in 2016?", {"status": "superseded", "published": "2016"}, WORTH),
    ],
)
def test_what_a_document_counts_for(question: str, facts: dict[str, str], worth: float) -> None:
    assert prefer(find("text", **facts), understand(question)) == worth


def test_withdrawn_documents_do_not_hold_now() -> None:
    hit = find("text")
    withdrawn = replace(hit, document=replace(hit.document, withdrawn="2020-01-01"))
    assert prefer(withdrawn, understand("How many beds?")) == -WORTH


def test_an_organisation_that_is_named_is_preferred() -> None:
    names = LibraryNames(organisations=("Heanor Trust",))
    understood = understand("How many beds has the Heanor Trust?", names)
    assert prefer(find("12 beds.", organisation="Heanor Trust"), understood) == WORTH
    assert prefer(find("Heanor Trust: 12.", organisation="Belper Trust"), understood) == 0.0
    assert prefer(find("12 beds.", organisation="Belper Trust"), understood) == -OTHER_BODY


@pytest.mark.parametrize(
    ("question", "hit", "fits"),
    [
        ("How many beds?", find("12 beds in 2012."), True),
        ("How many beds in 2019?", find("12 beds in 2012."), False),
        ("How many beds in 2019?", find("12 beds in 2019."), True),
        ("How many beds in 2019?", find("12 beds.", published="2019-04"), True),
        ("How many beds in 2019?", find("12 beds.", published="2012"), False),
        ("How many beds in 2019/20?", find("12 beds in 2018/19 and 14 in 2019/20."), True),
        ("How many beds in 2019/20?", find("12 beds in 2018/19."), False),
    ],
)
def test_a_passage_about_other_years_does_not_fit(question: str, hit: Hit, fits: bool) -> None:
    assert is_of_the_time(hit, understand(question)) == fits


def test_a_passage_that_neither_is_from_a_body_nor_names_it_does_not_fit() -> None:
    names = LibraryNames(["Derby Trust", "Leek Trust"])
    question = understand("How many beds has Derby Trust?", names)
    assert is_of_the_body(find("12 beds.", organisation="Derby Trust"), question)
    assert is_of_the_body(find("Derby Trust has 12 beds.", organisation="Leek Trust"), question)
    assert not is_of_the_body(find("12 beds.", organisation="Leek Trust"), question)
    assert is_of_the_body(find("12 beds."), understand("How many beds?", names))


@pytest.mark.parametrize(
    ("text", "title", "organisation", "places", "fits"),
    [
        ("12 beds.", "Plan", "", (), False),
        ("12 beds in Buxton.", "Plan", "", (), True),
        ("12 beds.", "Beds of Buxton", "", (), True),
        ("12 beds.", "Plan", "Buxton Council", (), True),
        ("12 beds.", "Plan", "", ("Buxton", "Leek"), True),
        ("12 beds.", "Plan", "", ("Leek", "Buxton"), False),
    ],
)
def test_a_passage_about_other_places_does_not_fit(
    text: str, title: str, organisation: str, places: tuple[str, ...], fits: bool
) -> None:
    hit = find(text, title=title, organisation=organisation)
    about = tuple(Fact(place, "inferred") for place in places)
    described = replace(hit.document.description, places=about)
    hit = replace(hit, document=replace(hit.document, description=described))
    names = LibraryNames(places=("Buxton", "Leek"))
    assert is_of_the_place(hit, understand("How many beds in Buxton?", names)) is fits
    assert is_of_the_place(hit, understand("How many beds?", names))
