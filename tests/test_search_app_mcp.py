"""The MCP server, started as it is and asked by the official client."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from mcp import Client

from search_app.cli import main

from tests.asking import ADDRESS, ask_server, call
from tests.rich_library import make_rich_library


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mcp")
    make_rich_library(folder).close()
    return folder


def test_tools_give_words_with_their_place_and_what_was_searched(data: Path) -> None:
    async def ask(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert all(tool.annotations.read_only_hint for tool in tools)
        assert {tool.name for tool in tools} == {"search", "read_page", "answer", "quote_check"}
        found = await call(client, "search", query="beds", limit=2)
        first = found["hits"][0]
        place = f"{ADDRESS}/q/{first['document']}/{first['version']}/"
        assert first["permalink"].startswith(place)
        rest = await call(client, "search", query="beds", limit=2, cursor=found["cursor"])
        assert rest["hits"][0]["rank"] == 3 and rest["passages"] == found["passages"]
        page = await call(client, "read_page", document="scan", page=1)
        assert (page["page"], page["version"], page["printed_page"]) == (1, 1, "i")
        assert page["text"] == "Beds on paper." and "Letters are garbled." in page["notes"]
        answer = await call(client, "answer", question="How many wards has the trust?")
        quotation = answer["nearest"][0]
        assert "2 wards" in quotation["text"] and quotation["version"] in (1, 2)
        assert quotation["permalink"].startswith(f"{ADDRESS}/q/{quotation['document']}/")
        checked = await call(client, "quote_check", text="“The trust has 35 beds.”")
        assert checked["verbatim"] == 1
        assert checked["quotations"][0]["places"][0]["permalink"].startswith(f"{ADDRESS}/q/refresh")
        for given in (found, page, answer, checked):
            assert "lost.txt" in given["coverage"]["sentence"]

    ask_server(data, ask)


@pytest.mark.parametrize(("options", "told"), [((), False), (("--audience", "staff"), True)])
def test_the_reader_never_learns_of_what_is_not_for_him(
    data: Path, options: tuple[str, ...], told: bool
) -> None:
    async def ask(client: Client) -> None:
        found = await call(client, "search", query="secret beds")
        assert ("Hidden" in json.dumps(found)) == told
        page = await client.call_tool("read_page", {"document": "staff", "page": 1})
        none = await client.call_tool("read_page", {"document": "no-such", "page": 1})
        assert page.is_error == (not told) and none.is_error
        if not told:
            said, other = page.content[0].text, none.content[0].text
            assert said.replace("staff", "no-such") == other and "no document" in said

    ask_server(data, ask, *options)


def test_without_the_package_it_says_what_to_do(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [each for each in sys.modules if each.partition(".")[0] == "mcp"]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "search_app.mcp_server", raising=False)
    done = CliRunner().invoke(main, ["mcp", "--data", str(data)])
    assert done.exit_code == 2 and "pip install 'plansearch[mcp]'" in done.output


def test_errors_are_sentences(data: Path) -> None:
    async def ask(client: Client) -> None:
        stale = await client.call_tool("search", {"query": "beds", "cursor": "1"})
        assert stale.is_error and "search again" in stale.content[0].text

    ask_server(data, ask)
