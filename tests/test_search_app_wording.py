"""What is said of a status: what was stated as it was, and of a supposed one what is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from ingest.records import Description, Document, Fact
from ingest.sources import Source
from search_app.wording import name_status_basis, say_status
from tests.factories import make_document, make_library, open_client

TODAY = date(2026, 1, 1)
SUPPOSED = Fact("current", "inferred", "nothing says that it is a draft or superseded")
UNKNOWN = "not known to be superseded"

STATUSES = {
    "supposed": (SUPPOSED, "", (UNKNOWN,), UNKNOWN),
    "supposed, in its period": (
        SUPPOSED, "2024-2026", (UNKNOWN,), f"{UNKNOWN}; its period ends in 2026",
    ),
    "supposed, after its period": (
        SUPPOSED, "2017-2020", (UNKNOWN, "period ended 2020"),
        f"{UNKNOWN}; its period ends in 2020",
    ),
    "supposed, after its year": (
        SUPPOSED, "2025", (UNKNOWN, "period ended 2025"), f"{UNKNOWN}; its period ends in 2025",
    ),
    "catalogued": (Fact("current", "catalogued"), "2017-2020", ("current",), "catalogued"),
    "told by its words": (
        Fact("draft", "inferred", "DRAFT v2"), "2017-2020", ("draft",), "inferred: DRAFT v2",
    ),
    "not known": (Fact(), "2017-2020", (), ""),
}  # fmt: skip


@pytest.mark.parametrize("case", STATUSES)
def test_status_is_said_that_is(case: str) -> None:
    status, period, said, basis = STATUSES[case]
    described = Description(status=status, period=Fact(period, "inferred"))
    assert (say_status(described, TODAY), name_status_basis(described)) == (said, basis)


def suppose(made: tuple[Source, Document]) -> tuple[Source, Document]:
    source, document = made
    description = replace(document.description, status=SUPPOSED)
    return source, replace(document, description=description)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    old = make_document("old.txt", "# Beds\nThe trust will open 40 beds.", period="2017-2020")
    known = make_document("known.txt", "# Beds\nThe trust will open 50 beds.", period="2017-2020")
    make_library(tmp_path, suppose(old), known).close()
    for each in open_client(tmp_path):
        each.application.jinja_env.globals["today"] = lambda: TODAY
        yield each


@pytest.mark.parametrize(
    "address",
    ["/search?q=beds", "/ask?q=How+many+beds+will+the+trust+open%3F", "/documents/old",
     "/coverage", "/silence?q=beds&by=document", "/across?q=How+many+beds%3F&by=document",
     "/commitments?q=beds"],
)
def test_page_says_of_a_supposed_status_what_is_known(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    assert UNKNOWN in page and "period ended 2020" in page


def test_page_shows_a_catalogued_status_as_it_is(client: FlaskClient) -> None:
    page = client.get("/documents/known").text
    assert UNKNOWN not in page and "period ended" not in page


def test_rows_and_records_tell_what_a_status_rests_on(client: FlaskClient) -> None:
    basis = f"{UNKNOWN}; its period ends in 2020"
    for address in ("/export.csv?q=beds&document=old", "/commitments.csv?q=beds&document=old",
                    "/api/v1/silence?q=beds&by=document", "/api/v1/answer?q=How+many+beds%3F"):
        assert basis in client.get(address).text, address
