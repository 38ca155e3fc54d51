"""Whatever is asked of the API, it answers as its description says (schemathesis)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings

from search_app.app import create_app
from search_app.interface.openapi import DESCRIBED_AT
from tests.rich_library import make_rich_library

EXAMPLES = 5
"""So many random requests a route, beside those that each argument's limits give. Many more are
made by: st run http://127.0.0.1:8000/api/v1/openapi.json"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    data = tmp_path_factory.mktemp("api")
    make_rich_library(data).close()
    app = create_app(data, requests_a_minute=0)
    yield app
    app.extensions["plansearch"].library.close()


@pytest.fixture(scope="module")
def described(app: Flask) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_wsgi(DESCRIBED_AT, app)


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None,
    suppress_health_check=[*HealthCheck],
)
def test_no_request_is_answered_otherwise_than_described(case: schemathesis.Case) -> None:
    case.call_and_validate()
