"""Citations, as text and as read back by the programs that people use; reports of wrong text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search_app.app import create_app
from search_app.design.theme import Theme
from search_app.quoting.citations import (
    Citation,
    cite_bibtex,
    cite_csl,
    cite_plain,
    cite_ris,
)
from tests.factories import make_document, make_library, open_client

PLAN = Citation(
    key="plan-2019-v2-p12", title="Plan refresh", organisation="Joined Up Care", kind="refresh",
    published="2019-11", version=2, address="https://plans.example/q/plan/2/page/12",
    accessed=date(2026, 11, 22), page=12, printed="10",
)  # fmt: skip
TAIL = "Available at: https://plans.example/q/plan/2/page/12 (Accessed: 22 November 2026)."
PLAIN = {
    "Joined Up Care (2019) Plan refresh. Published November 2019. Version 2, p. 10 (PDF page 12).":
        PLAN,
    "Joined Up Care (2019) Plan refresh. Version 2, PDF page 12.":
        replace(PLAN, published="2019", printed=""),
    "Joined Up Care (no date) Plan refresh. Version 2, p. 12.":
        replace(PLAN, published="", printed="12"),
    "Plan refresh (2019). Version 2.": replace(PLAN, organisation="", published="2019", page=0),
    "Joined Up Care (2019) Plan refresh. Version 2, under “Beds”.":
        replace(PLAN, published="2019", page=0, heading="Beds", quote="nine beds"),
    "Joined Up Care (2019) What next? Published 5 November 2019. Version 2.":
        replace(PLAN, title="What\nnext?", published="2019-11-05", page=0),
}  # fmt: skip


@pytest.mark.parametrize("said", PLAIN)
def test_a_reference_is_in_harvard_style(said: str) -> None:
    assert cite_plain(PLAIN[said]) == f"{said} {TAIL}"


AWKWARD = "50% & more: {beds} #1_a ~ ^2 \\ $5 “quoted” é"


def test_bibtex_is_read_back_without_loss() -> None:
    cited = replace(PLAN, title=AWKWARD, organisation="A & E {Trust}", quote="100% of } it")
    library = bibtexparser.parse_string(
        cite_bibtex(cited), append_middleware=[LatexDecodingMiddleware()]
    )
    (entry,) = library.entries
    assert not library.failed_blocks and entry.key == cited.key
    read = {name: field.value for name, field in entry.fields_dict.items()}
    assert _bare(read["title"]) == _bare(AWKWARD)
    assert _bare(read["author"]) == "A&E{Trust}"
    assert (read["date"], read["pages"], read["url"]) == ("2019-11", "10", PLAN.address)


@given(st.text(), st.text())
def test_bibtex_stays_one_entry_whatever_a_title_says(title: str, quote: str) -> None:
    library = bibtexparser.parse_string(cite_bibtex(replace(PLAN, title=title, quote=quote)))
    assert len(library.entries) == 1 and not library.failed_blocks


def _bare(text: str) -> str:
    """A text without space; TeX's sign for a caret is another character."""
    return "".join(text.split()).replace("ˆ", "^")


def test_ris_is_read_back_without_loss() -> None:
    (read,) = rispy.loads(cite_ris(replace(PLAN, title=AWKWARD, quote="One.\nTwo  - three")))
    assert read["type_of_reference"] == "RPRT" and read["authors"] == ["Joined Up Care"]
    assert read["title"] == AWKWARD and read["abstract"] == "One. Two - three"
    assert (read["year"], read["start_page"], read["urls"]) == ("2019", "10", [PLAN.address])


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_ris_stays_one_record_whatever_a_title_says(title: str) -> None:
    written = cite_ris(replace(PLAN, title=f"A {title}"))
    assert written.splitlines()[-1] == "ER  - " and len(rispy.loads(written)) == 1


def test_csl_has_the_date_as_precisely_as_it_is_known() -> None:
    assert cite_csl(PLAN)["issued"] == {"date-parts": [[2019, 11]]}
    assert cite_csl(PLAN)["author"] == [{"literal": "Joined Up Care"}]
    unknown = cite_csl(replace(PLAN, published="", organisation=""))
    assert not {"issued", "author"} & set(unknown)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("citations")
    document = make_document(
        "plan.txt", "# Beds\nThere are nine beds.", title="Our plan", organisation="The Trust"
    )
    make_library(made, document).close()
    return made


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[FlaskClient]:
    yield from open_client(data)


@pytest.mark.parametrize(
    ("asked", "words", "address"),
    [("", "", "http://localhost/q/plan/1"),
     ("?page=1", "", "http://localhost/q/plan/1/page/1"),
     ("?passage=1&quote=5-25", "There are nine beds.", "http://localhost/q/plan/1/1?quote=5-25"),
     ("?passage=9", "", "http://localhost/q/plan/1")],
)  # fmt: skip
def test_addresses_give_each_kind_of_citation(
    client: FlaskClient, asked: str, words: str, address: str
) -> None:
    assert "The Trust (no date) Our plan" in client.get(f"/documents/plan/cite{asked}").text
    (csl,) = json.loads(client.get(f"/documents/plan/cite.csl.json{asked}").text)
    (ris,) = rispy.loads(client.get(f"/documents/plan/cite.ris{asked}").text)
    assert "@techreport{plan-v1" in client.get(f"/documents/plan/cite.bib{asked}").text
    assert csl.get("abstract", "") == words and csl["URL"].startswith(address)
    assert ris["urls"] == [csl["URL"]] and client.get(csl["URL"]).status_code == 200


def test_a_page_that_is_not_held_is_not_cited(client: FlaskClient) -> None:
    assert client.get("/documents/plan/cite?page=7").status_code == 404
    assert client.get("/documents/none/cite").status_code == 404


def test_a_report_has_document_version_page_and_words(client: FlaskClient) -> None:
    text = client.get("/documents/plan/pages/1/report?passage=1&quote=5-25&should=ten").text
    for said in ("Wrong text: Our plan", "plan, version 1", "There are nine beds.", "ten",
                 "http://localhost/q/plan/1/page/1"):  # fmt: skip
        assert said in text
    assert "mailto:" not in text


def test_a_report_is_sent_by_the_reader_to_the_address_of_the_theme(data: Path) -> None:
    app = create_app(data, theme=Theme(feedback="help@trust.example"))
    text = app.test_client().get("/documents/plan/pages/1/report?words=a%26b").text
    link = text.split('href="mailto:')[1].split('"')[0].replace("&amp;", "&")
    sent = parse_qs(urlsplit(f"mailto:{link}").query)
    assert "a&b" in sent["body"][0] and sent["subject"][0].startswith("Wrong text: Our plan")
    app.extensions["plansearch"].library.close()
