"""Whatever is asked of the API, it answers as its description says (schemathesis)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from search_app.app import create_app
from search_app.interface.openapi import DESCRIBED_AT, method_of, path_of
from search_app.interface.operations import OPERATIONS, Operation
from tests.rich_library import make_rich_library

EXAMPLES = 8
"""So many requests a route that fit the description, and as many that do not. Many more are made
by: st run http://127.0.0.1:8000/api/v1/openapi.json"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    data = tmp_path_factory.mktemp("api")
    make_rich_library(data).close()
    app = create_app(data, requests_a_minute=0)
    yield app
    app.extensions["plansearch"].library.close()


@pytest.mark.parametrize(
    ("operation", "mode"),
    [
        pytest.param(each, mode, id=f"{each.endpoint}-{mode.value}")
        for each in OPERATIONS
        for mode in GenerationMode
        if mode == GenerationMode.POSITIVE or any(p.where == "query" for p in each.parameters)
    ],
)  # there is no address of a document that could not be one
def test_no_request_is_answered_otherwise_than_described(
    app: Flask, operation: Operation, mode: GenerationMode
) -> None:
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    rule = rules[operation.endpoint]
    schema = schemathesis.openapi.from_wsgi(DESCRIBED_AT, app)
    cases = schema[path_of(rule)][method_of(rule)].as_strategy(generation_mode=mode)

    @given(case=cases)
    @settings(
        max_examples=EXAMPLES, derandomize=True, deadline=None, database=None,
        suppress_health_check=[*HealthCheck], phases=[Phase.generate],
    )  # fmt: skip
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(headers={"Accept-Encoding": "identity"})  # it unpacks none here

    ask()
