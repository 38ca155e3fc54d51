"""Documents that a question names come first; no other is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.library_names import LibraryNames
from ingest.records import HeldDocument
from search_app.preferences import WORTH, prefer
from search_app.questions import understand
from tests.factories import make_content


def hold(**facts: str) -> HeldDocument:
    return make_content("plan", "text", **facts).document


@pytest.mark.parametrize(
    ("question", "facts", "worth"),
    [
        ("How many beds in 2019?", {"published": "2019-04"}, WORTH),
        ("How many beds in 2019?", {"published": "2018"}, 0.0),
        ("How many beds in 2019?", {"published": "2018", "period": "2018-2021"}, WORTH),
        ("How many beds in 2019?", {"published": "2019", "period": "2021-2024"}, 0.0),
        ("How many beds since 2018?", {"published": "2020"}, WORTH),
        ("How many beds since 2018?", {"published": "2017"}, 0.0),
        ("How many beds in 2019/20?", {"period": "2020/2021"}, WORTH),
        ("How many beds in 2019?", {}, 0.0),
        ("How many beds?", {"published": "2019"}, 0.0),
        ("How many beds?", {"status": "superseded"}, -WORTH),
        ("How many beds in 2016?", {"status": "superseded", "published": "2016"}, WORTH),
    ],
)
def test_what_a_document_counts_for(question: str, facts: dict[str, str], worth: float) -> None:
    assert prefer(hold(**facts), understand(question)) == worth


def test_withdrawn_documents_do_not_hold_now() -> None:
    assert prefer(replace(hold(), withdrawn="2020-01-01"), understand("How many beds?")) == -WORTH


def test_an_organisation_that_is_named_is_preferred() -> None:
    names = LibraryNames(organisations=("Heanor Trust",))
    understood = understand("How many beds has the Heanor Trust?", names)
    assert prefer(hold(organisation="Heanor Trust"), understood) == WORTH
    assert prefer(hold(organisation="Belper Trust"), understood) == 0.0
