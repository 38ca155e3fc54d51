"""How often one address may ask: the bucket, and what the API says of it."""

from __future__ import annotations

from pathlib import Path

from search_app.app import create_app
from search_app.interface import rate_limits
from search_app.interface.rate_limits import Buckets, Taken


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_a_bucket_is_emptied_at_once_and_filled_steadily() -> None:
    clock = Clock()
    buckets = Buckets(2, clock)
    assert buckets.take("a") == Taken(1, 0, 30)
    assert buckets.take("a") == Taken(0, 0, 60)
    assert buckets.take("a") == Taken(0, 30, 60)
    assert buckets.take("b").left == 1
    clock.seconds += 29
    assert buckets.take("a").wait_seconds == 1
    clock.seconds += 1
    assert buckets.take("a").wait_seconds == 0
    clock.seconds += 3600
    assert buckets.take("a").left == 1


def test_of_too_many_addresses_those_heard_of_least_lately_are_forgotten() -> None:
    buckets = Buckets(1, Clock())
    for number in range(rate_limits.MOST_CLIENTS + 1):
        buckets.take(str(number))
    assert buckets.take("0").wait_seconds == 0
    assert buckets.take(str(rate_limits.MOST_CLIENTS)).wait_seconds > 0


def test_the_api_says_how_many_are_left_and_then_when_to_come_back(tmp_path: Path) -> None:
    app = create_app(tmp_path, requests_a_minute=2)
    client = app.test_client()
    with client.get("/api/v1/openapi.json") as response:
        assert response.headers["RateLimit-Policy"] == '"minute";q=2;w=60'
        assert response.headers["RateLimit"] == '"minute";r=1;t=30'
    client.get("/api/v1/none").close()
    with client.get("/api/v1/openapi.json") as response:
        assert response.status_code == 429 and response.headers["Retry-After"] == "30"
        assert response.headers["RateLimit"].startswith('"minute";r=0;')
        assert response.content_type == "application/problem+json"
        problem = response.get_json(force=True)
    assert problem["type"] == "/api#too-many-requests" and "30 s" in problem["detail"]
    other = {"REMOTE_ADDR": "192.0.2.1"}
    with client.get("/api/v1/openapi.json", environ_base=other) as response:
        assert response.status_code == 200
    with client.get("/api") as response:
        assert response.status_code == 200 and "RateLimit" not in response.headers
    app.extensions["plansearch"].library.close()


def test_no_limit_is_no_limit(tmp_path: Path) -> None:
    app = create_app(tmp_path, requests_a_minute=0)
    with app.test_client().get("/api/v1/openapi.json") as response:
        assert response.status_code == 200 and "RateLimit" not in response.headers
    app.extensions["plansearch"].library.close()
