"""The client, against a server that is really there."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import build_index
from ingest.library import Library
from search_app import client as client_module
from search_app.app import create_app
from search_app.client import Client, Refused, to_frame
from tests.asking import answering
from tests.factories import fill_library, make_document, silent
from tests.rich_library import make_rich_library


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    data = tmp_path_factory.mktemp("client")
    make_rich_library(data).close()
    with answering(create_app(data, requests_a_minute=0)) as address:
        yield Client(address)


def test_it_needs_nothing_but_pythons_own_library() -> None:
    tree = ast.parse(Path(client_module.__file__).read_text())
    modules = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom)
            else [each.name for each in node.names] if isinstance(node, ast.Import) else []
        )
    }  # fmt: skip
    assert modules - {"pandas"} <= sys.stdlib_module_names


def test_search_gives_every_passage_in_the_order_of_an_export(plans: Client) -> None:
    for choices in ({}, {"sort": "date"}, {"organisation": ["Alpha Trust", "Beta Council"]}):
        passages = [each["id"] for each in plans.search("beds", limit=2, **choices)]
        assert passages == [row["passage"] for row in plans.export("beds", **choices)]
        assert len(passages) == plans.results("beds", **choices)["passages"] > 2


def test_answers_lines_documents_and_checks_are_given(plans: Client) -> None:
    answer = plans.answer("How many wards has the trust?", explain=True)
    assert "2 wards" in answer["nearest"][0]["text"] and answer["workings"]
    lines = list(plans.concordance("beds", order="right", width=2))
    assert {line["match"].lower() for line in lines} == {"beds"}
    assert [each["id"] for each in plans.documents()][0] == "refresh"
    assert plans.coverage()["held"] == 5
    assert plans.check_quotes("“The trust has 35 beds.”")["verbatim"] == 1


def test_what_nothing_matches_gives_nothing(plans: Client) -> None:
    for rows in (plans.search, plans.export, plans.concordance):
        assert list(rows("unheard")) == []


def test_problems_are_raised_with_what_the_service_says(plans: Client) -> None:
    with pytest.raises(Refused, match="There is no page 9") as refused:
        plans.results("beds", page=9)
    assert refused.value.status == 404 and refused.value.problem["type"] == "/api#no-such-page"


def test_rows_become_a_data_frame(plans: Client) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    frame = to_frame(plans.search("beds"))
    assert len(frame) == plans.results("beds")["passages"]
    assert {"document", "page", "text", "permalink"} <= {*frame.columns}


def test_it_waits_where_it_asks_too_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_rich_library(tmp_path).close()
    waited: list[int] = []
    monkeypatch.setattr(client_module.time, "sleep", waited.append)
    with answering(create_app(tmp_path, requests_a_minute=1)) as address:
        plans = Client(address)
        plans.coverage()
        with pytest.raises(Refused, match="more than 1 times a minute"):
            plans.coverage()
    assert len(waited) == client_module.MOST_WAITS and 50 < waited[0] <= 60


def test_a_search_that_outlives_its_index_is_told(tmp_path: Path) -> None:
    documents = [make_document(f"{n}.txt", f"Beds {n}.") for n in range(3)]
    library = Library(tmp_path)
    fill_library(library, *documents)
    build_index(library, silent)
    with answering(create_app(tmp_path)) as address:
        passages = Client(address).search("beds", limit=1)
        next(passages)
        fill_library(library, *documents[1:])
        build_index(library, silent)
        with pytest.raises(Refused, match="documents have changed") as refused:
            list(passages)
    assert refused.value.status == 409
    library.close()
