"""The description of the API is true: it has every route, argument and field, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Request
from jsonschema import Draft202012Validator
from werkzeug.datastructures import ImmutableMultiDict

from search_app.app import create_app
from search_app.interface.openapi import DESCRIBED_AT, describe_api, method_of, path_of
from search_app.interface.operations import OPERATIONS
from tests.rich_library import make_rich_library

SENTENCE = "“The trust has 35 beds.” “The trust has 41 beds and 2 wards.” “No such words.”"

ASKED = [
    "/search?q=beds", "/search?q=bedz", "/search?q=ICB&page=1", "/search?like=plan/2/3",
    "/search?q=nothing-at-all", "/search", "/search?q=ward", "/search?q=beds&year=2019",
    "/passages?q=beds&limit=2", "/passages?q=nothing-at-all", "/passages?q=trust&sort=date",
    "/suggest?q=be", "/suggest?q=ic",
    "/answer?q=How+many+beds+has+the+trust%3F", "/answer?q=How+many+beds+were+there+in+2019%3F",
    "/answer?q=What+is+the+trust+opening+in+the+spring%3F&explain=1",
    "/answer", "/answer?q=Who+is+the+king%3F", "/answer?q=I+have+chest+pain%2C+what+should+I+do%3F",
    "/across?q=How+many+beds+has+the+trust%3F", "/across?q=ward&by=document", "/across",
    "/concordance?q=beds", "/concordance?q=beds&order=left&width=2",
    "/trends?q=beds", "/silence?q=beds", "/silence?q=ICB&by=year", "/silence",
    "/commitments", "/commitments?q=beds&strength=promise", "/documents",
    "/documents/plan", "/documents/scan", "/documents/scan/pages/1?q=beds",
    "/documents/plan/pages/1", "/documents/plan/differences", "/documents/scan/differences",
    "/documents/plan/differences?from=plan/1&to=refresh/1", "/coverage", "/acronyms",
]  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    data = tmp_path_factory.mktemp("described")
    make_rich_library(data).close()
    app = create_app(data, requests_a_minute=0)
    yield app
    app.extensions["plansearch"].library.close()


@pytest.fixture(scope="module")
def described(app: Flask) -> dict[str, Any]:
    return describe_api(app)


def test_every_route_of_the_api_is_described(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]
    endpoints = {rule.endpoint for rule in rules if rule.rule != DESCRIBED_AT}
    assert endpoints == {operation.endpoint for operation in OPERATIONS}


def test_the_description_is_served(app: Flask, described: dict[str, Any]) -> None:
    with app.test_client().get(DESCRIBED_AT) as response:
        assert response.get_json() == described | {"servers": [{"url": "/"}]}
    below = {"SCRIPT_NAME": "/plans"}
    with app.test_client().get(DESCRIBED_AT, environ_overrides=below) as response:
        assert response.get_json()["servers"] == [{"url": "/plans/"}]


def schema_of(described: dict[str, Any], app: Flask, path: str, method: str) -> dict[str, Any]:
    adapter = app.url_map.bind("localhost")
    rule, _ = adapter.match(path.partition("?")[0], method.upper(), return_rule=True)
    assert method_of(rule) == method
    answers = described["paths"][path_of(rule)][method]["responses"]
    schema: dict[str, Any] = answers["200"]["content"]["application/json"]["schema"]
    return schema


def ask_all(app: Flask) -> Iterator[tuple[str, str, Any]]:
    client = app.test_client()
    for path in ASKED:
        with client.get(f"/api/v1{path}") as response:
            assert response.status_code == 200, path
            yield f"/api/v1{path}", "get", response.get_json()
    with client.post("/api/v1/check-quotes", data=SENTENCE) as response:
        yield "/api/v1/check-quotes", "post", response.get_json()


def test_every_answer_has_the_fields_that_are_described_and_each_of_them_comes(
    app: Flask, described: dict[str, Any]
) -> None:
    seen: set[tuple[str, str]] = set()
    for path, method, answer in ask_all(app):
        schema = schema_of(described, app, path, method) | {"components": described["components"]}
        errors = [each.message for each in Draft202012Validator(schema).iter_errors(answer)]
        assert not errors, f"{path}: {errors[:3]}"
        note_fields(described["components"]["schemas"], schema, answer, seen)
    known = described["components"]["schemas"].items()
    fields = {(name, each) for name, one in known for each in one["properties"]}
    assert {each for each in fields - seen if each[0] != "Problem"} == set()


def note_fields(known: Any, schema: Any, value: Any, seen: set[tuple[str, str]]) -> None:
    """Note which fields of which schemas an answer has."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        seen.update((name, field) for field in value)
        for field, each in value.items():
            note_fields(known, known[name]["properties"][field], each, seen)
    for each in schema.get("anyOf", ()):
        if (value is None) == (each.get("type") == "null"):
            note_fields(known, each, value, seen)
    if isinstance(value, list):
        for one in value:
            note_fields(known, schema.get("items") or {}, one, seen)
    if isinstance(value, dict) and isinstance(schema.get("additionalProperties"), dict):
        for one in value.values():
            note_fields(known, schema["additionalProperties"], one, seen)


READ_FOR_NOTHING = {
    "api.list_passages": {"page"},
    "api.suggest": set(),
    "api.answer": set(),
    "across.give_across": set(),
    "reports.give_concordance": {"sort"},
    "reports.give_trends": {"page", "sort", "measure"},
    "silence.give_silence": {"page", "sort"},
    "commitments.give_commitments": {"sort"},
    "api.give_page": {"page", "sort"},
}
"""What is read of an address because the pages have it, and changes nothing of the answer."""


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.endpoint)
def test_the_arguments_that_are_described_are_those_that_are_read(
    app: Flask, operation: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: set[str] = set()

    class Noting(ImmutableMultiDict[str, str]):
        def get(self, key: str, *more: Any, **others: Any) -> Any:
            read.add(key)
            return super().get(key, *more, **others)

        def getlist(self, key: str, *more: Any) -> Any:
            read.add(key)
            return super().getlist(key, *more)

    class NotingRequest(Request):
        parameter_storage_class = Noting

    monkeypatch.setattr(app, "request_class", NotingRequest)
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    rule = rules[operation.endpoint]
    path = path_of(rule).format(document_id="plan", number=1)
    app.test_client().open(path, method=method_of(rule), data="“Beds.”" if operation.text else None)
    named = {each.name for each in operation.parameters if each.where == "query"}
    assert read - READ_FOR_NOTHING.get(operation.endpoint, set()) == named


def test_errors_are_described_as_they_are_answered(app: Flask, described: dict[str, Any]) -> None:
    with app.test_client().get("/api/v1/documents/none") as response:
        problem = response.get_json(force=True)
    schema = described["components"]["schemas"]["Problem"]
    Draft202012Validator(schema).validate(problem)
    for methods in described["paths"].values():
        for each in methods.values():
            for code, answer in each["responses"].items():
                assert code == "200" or list(answer["content"]) == ["application/problem+json"]


def test_the_page_shows_every_route_field_and_problem(
    app: Flask, described: dict[str, Any]
) -> None:
    with app.test_client().get("/api") as response:
        page = response.get_data(as_text=True)
    assert response.status_code == 200 and "<script>" not in page
    for path, methods in described["paths"].items():
        for method, each in methods.items():
            assert f"{method.upper()} {path}" in page and each["summary"]
            if method == "get" and "{" not in path and each["parameters"]:
                assert f'<form action="{path}" method="get">' in page
    for name in described["components"]["schemas"]:
        assert f'id="shape-{name}"' in page
    for name in ("not-found", "no-index", "stale-cursor", "too-many-requests"):
        assert f'id="{name}"' in page


def test_the_page_is_there_before_anything_is_indexed(tmp_path: Path) -> None:
    app = create_app(tmp_path)
    with app.test_client().get("/api") as response:
        assert response.status_code == 200
    app.extensions["plansearch"].library.close()
