"""Other names and corrections, as pages, API, exports and commands show them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from re import findall
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from search_app.cli import main
from tests.factories import make_library, open_client
from tests.test_index_settling import DOCUMENTS


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("named")
    make_library(folder, *DOCUMENTS).close()
    return folder


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[FlaskClient]:
    yield from open_client(data)


def page(client: FlaskClient, path: str) -> str:
    with client.get(path) as response:
        assert response.status_code == 200
        return unescape(response.get_data(as_text=True))


def read(client: FlaskClient, path: str) -> Any:
    with client.get(f"/api/v1{path}") as response:
        assert response.status_code == 200
        return response.get_json()


def link(shown: str, text: str) -> str:
    (address,) = findall(rf'<a href="([^"]*)">{text}</a>', shown)
    return str(address)


def test_each_other_name_is_shown_and_can_be_left_out_and_taken_back(client: FlaskClient) -> None:
    shown = page(client, "/search?q=GP")
    assert "“GP” was searched for as “family doctor” too (from the thesaurus): 1 more" in shown
    assert "2 passages in 1 document" in shown and "<mark>family doctor</mark>" in shown
    left = page(client, link(shown, "Leave out “family doctor”"))
    assert "“family doctor” was left out." in left and "1 passage in 1 document" in left
    assert link(left, "Search for “family doctor” too") == "/search?q=GP"


def test_all_other_names_can_be_switched_off_and_on(client: FlaskClient) -> None:
    shown = page(client, "/search?q=GP OR YBR")
    typed = page(client, link(shown, "Search only for the words as typed"))
    assert "Only the words as typed were searched for" in typed
    assert link(typed, "Search by other names too") == "/search?q=GP+OR+YBR"


def test_links_on_the_page_keep_what_was_switched_off(client: FlaskClient) -> None:
    shown = page(client, "/search?q=sees&as_typed=1&without=GP")
    assert "/search?q=sees&sort=date&as_typed=1&without=GP" in shown
    assert "/export?q=sees&as_typed=1&without=GP" in shown
    assert '<input type="hidden" name="as_typed" value="1">' in shown
    assert '<input type="hidden" name="without" value="GP">' in shown


def test_dates_in_words_are_no_filter_to_remove(client: FlaskClient) -> None:
    shown = page(client, "/search?q=road since 2018")
    assert "“since 2018” was taken for dates of publication" in shown
    assert "Remove filter" not in shown and 'name="since" value=""' in shown
    assert "&since=" not in shown


def test_the_api_gives_other_names_with_what_they_add(client: FlaskClient) -> None:
    found = read(client, "/search?q=GP")
    assert {e["added"]: e["passages"] for e in found["expansions"]} == {
        "general practitioner": 0, "family doctor": 1,
    }  # fmt: skip
    assert found["passages"] == 2 and len(found["notes"]) == 1
    typed = read(client, "/search?q=GP&as_typed=1")
    assert (typed["passages"], typed["expansions"], typed["as_typed"]) == (1, [], True)
    assert read(client, "/search?q=GP&without=family+doctor")["without"] == ["family doctor"]


def test_pages_mark_what_the_results_marked(client: FlaskClient) -> None:
    assert "<mark>family doctor</mark>" in page(client, "/documents/d/pages/1?q=GP")
    assert "<mark>family doctor" not in page(client, "/documents/d/pages/1?q=GP&as_typed=1")


@pytest.mark.parametrize("name", ["export.csv", "export.jsonl"])
def test_exports_say_it_in_their_notes(client: FlaskClient, name: str) -> None:
    with client.get(f"/{name}?q=GP") as response:
        assert "searched for as “family doctor” too" in response.get_data(as_text=True)
    with client.get(f"/{name}?q=GP&as_typed=1") as response:
        exported = response.get_data(as_text=True)
    assert "1 of 1" in exported and "Only the words as typed" in exported


def test_what_may_have_been_meant_is_a_link_with_its_passages(client: FlaskClient) -> None:
    shown = page(client, "/search?q=brickk")
    assert 'Did you mean <a href="/search?q=brick">brick</a>? (3 passages)' in shown
    assert read(client, "/search?q=brickk")["did_you_mean"] == {"typed": "brick", "passages": 3}
    assert read(client, "/search?q=brick")["did_you_mean"] is None


def test_what_is_being_typed_is_completed(client: FlaskClient) -> None:
    found = read(client, "/suggest?q=yb")
    assert found["query"] == "yb"
    assert {each["meaning"] for each in found["suggestions"] if each["kind"] == "acronym"} == {
        "Yellow Brick Road", "Young Bat Rescue",
    }  # fmt: skip
    assert read(client, "/suggest") == {"query": "", "suggestions": []}
    assert "Zany" not in str(read(client, "/suggest?q=zany"))


def test_commands_take_the_same_options(data: Path) -> None:
    def run(*options: str) -> Any:
        command = ["search", "GP", "--json", "--data", str(data), *options]
        return json.loads(CliRunner().invoke(main, command).stdout)

    assert run()["passages"] == 2
    assert run("--as-typed")["passages"] == 1
    assert run("--without", "family doctor")["passages"] == 1
    assert run("--since", "2018")["since"] == "2018"


def test_commands_show_what_may_have_been_meant(data: Path) -> None:
    run = CliRunner().invoke(main, ["search", "brickk", "--data", str(data)])
    assert "Did you mean: brick (3 passages)" in run.stdout


@pytest.mark.parametrize("date", ["2019-02-31", "2019-13", "0000", "spring"])
def test_a_date_that_is_none_is_refused(data: Path, date: str) -> None:
    run = CliRunner().invoke(main, ["search", "GP", "--since", date, "--data", str(data)])
    assert run.exit_code == 2
