"""One query gives the same hits in the same order with the same counts, wherever it is asked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from mcp import Client

from search_app.app import create_app
from search_app.cli import main
from tests.asking import ask_server, call
from tests.factories import make_document, make_library

QUERIES: list[dict[str, str]] = [
    {"q": "beds"},
    {"q": "beds", "sort": "date"},
    {"q": "beds OR wards", "year": "2018"},
    {"q": '"more beds"', "organisation": "Trust 1"},
    {"q": "beds", "since": "2017", "until": "2018"},
    {"q": "nothing-at-all"},
]
WORDS = "We count beds, and more beds where wards are full; number"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a library of two pages of results, in which nothing is folded or left out of a page."""
    folder = tmp_path_factory.mktemp("one")
    made = [
        make_document(
            f"plan-{n}.txt", f"# One\n{WORDS} {n}.\n# Two\nBeds{' and beds' * (n % 4)} in {n}.",
            organisation=f"Trust {n % 3}", published=str(2015 + n % 5),
        )  # fmt: skip
        for n in range(13)
    ]
    hidden = make_document("staff.txt", "Secret beds.", audience="staff")
    make_library(folder, *made, hidden).close()
    return folder


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[FlaskClient]:
    app = create_app(data)
    yield app.test_client()
    app.extensions["plansearch"].library.close()


def get(client: FlaskClient, path: str, args: dict[str, str]) -> Any:
    with client.get(path, query_string=args or None) as response:
        assert response.status_code == 200
        return response.get_data(as_text=True)


def ask_pages(client: FlaskClient, args: dict[str, str]) -> tuple[list[str], int]:
    pages = [get(client, "/search", args)]
    while following := re.search(r'rel="next" href="([^"]*)"', pages[-1]):
        pages.append(get(client, following.group(1).replace("&amp;", "&"), {}))
    count = re.search(r"Export (?:all )?(?:the )?([0-9,]+) passages?", pages[0])
    hits = [hit for page in pages for hit in re.findall(r'id="hit-([^"]+)"', page)]
    return hits, int(count.group(1)) if count else 0


def ask_api(client: FlaskClient, args: dict[str, str]) -> tuple[list[str], int]:
    hits: list[str] = []
    found: Any = {"next": None}
    path: str | None = "/api/v1/search"
    while path:
        found = json.loads(get(client, path, {} if hits else args))
        hits += [hit["id"] for group in found["groups"] for hit in group["hits"]]
        path = found["next"]
    return hits, found["passages"]


def ask_by_cursor(client: FlaskClient, args: dict[str, str]) -> tuple[list[str], int]:
    hits: list[str] = []
    path: str | None = "/api/v1/passages"
    while path:
        found = json.loads(get(client, path, {} if hits else args | {"limit": "7"}))
        assert [hit["rank"] for hit in found["hits"]] == list(
            range(len(hits) + 1, len(hits) + 1 + len(found["hits"]))
        )
        hits += [hit["id"] for hit in found["hits"]]
        path = found["next"]
    return hits, found["passages"]


def ask_export(client: FlaskClient, args: dict[str, str]) -> tuple[list[str], int]:
    rows = [json.loads(line) for line in get(client, "/export.jsonl", args).splitlines()]
    total = int(rows[0]["row"].rpartition(" ")[2])
    return [row["passage"] for row in rows if row["passage"]], total


def run(data: Path, command: str, args: dict[str, str], *options: str) -> Any:
    given = [each for name, value in args.items() if name != "q" for each in (f"--{name}", value)]
    done = CliRunner().invoke(
        main, [command, args["q"], "--data", str(data), *given, *options], catch_exceptions=False
    )
    assert done.exit_code in (0, 1)
    return done.output


def ask_command(data: Path, args: dict[str, str]) -> tuple[list[str], int]:
    hits: list[str] = []
    page, pages, total = 1, 1, 0
    while page <= pages:
        found = json.loads(run(data, "search", args, "--json", "--page", str(page)))
        hits += [hit["id"] for group in found["groups"] for hit in group["hits"]]
        page, pages, total = page + 1, found["pages"], found["passages"]
    return hits, total


def ask_export_command(data: Path, args: dict[str, str]) -> tuple[list[str], int]:
    lines = run(data, "export", args, "--format", "jsonl").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row["passage"] for row in rows if row["passage"]], int(rows[0]["row"].split(" of ")[1])


def ask_mcp(data: Path) -> list[tuple[list[str], int]]:
    answers: list[tuple[list[str], int]] = []

    async def ask(client: Client) -> None:
        for args in QUERIES:
            given: dict[str, Any] = {
                name: [value] if name in ("year", "organisation") else value
                for name, value in args.items() if name != "q"
            }  # fmt: skip
            hits: list[str] = []
            cursor = ""
            while cursor or not hits:
                found = await call(
                    client, "search", query=args["q"], limit=10, cursor=cursor, **given
                )
                hits += [hit["id"] for hit in found["hits"]]
                cursor = found["cursor"] or ""
                if not cursor:
                    break
            answers.append((hits, found["passages"]))

    ask_server(data, ask)
    return answers


def test_a_query_gives_the_same_wherever_it_is_asked(data: Path, client: FlaskClient) -> None:
    by_mcp = ask_mcp(data)
    for args, last in zip(QUERIES, by_mcp, strict=True):
        said = {
            "page": ask_pages(client, args),
            "API": ask_api(client, args),
            "cursor": ask_by_cursor(client, args),
            "export": ask_export(client, args),
            "search command": ask_command(data, args),
            "export command": ask_export_command(data, args),
            "MCP": last,
        }
        assert len({*map(repr, said.values())}) == 1, f"{args}: {said}"
        hits, total = said["page"]
        assert len(hits) == len({*hits}) == total
    assert [total for _, total in by_mcp][0] == 26 and by_mcp[-1] == ([], 0)
