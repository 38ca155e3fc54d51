"""How often one client may ask the API: a bucket of tokens for each address, told in headers.

The headers are those of draft-ietf-httpapi-ratelimit-headers-10.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, g, request
from werkzeug.exceptions import TooManyRequests

API_PREFIX = "/api/"
REQUESTS_A_MINUTE = 600
MOST_CLIENTS = 10_000
"""Of so many addresses something is known; those heard of least lately are forgotten."""

_A_MINUTE = 60


@dataclass(frozen=True)
class Taken:
    """What is left after a request: ``wait_seconds`` until the next is answered, 0 where this one
    is, and ``full_seconds`` until nothing is remembered."""

    left: int
    wait_seconds: int
    full_seconds: int


class Buckets:
    """A bucket of tokens for each client, filled steadily; safe to share between threads."""

    def __init__(
        self, a_minute: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.a_minute = a_minute
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: str) -> Taken:
        """Take a token of a client, if there is one."""
        rate, now = self.a_minute / _A_MINUTE, self._clock()
        with self._lock:
            tokens, since = self._known.pop(client, (float(self.a_minute), now))
            tokens = min(self.a_minute, tokens + rate * (now - since))
            wait = 0 if tokens >= 1 else math.ceil((1 - tokens) / rate)
            tokens -= 0 if wait else 1
            self._known[client] = tokens, now
            if len(self._known) > MOST_CLIENTS:
                self._known.popitem(last=False)
        return Taken(int(tokens), wait, math.ceil((self.a_minute - tokens) / rate))


def register_rate_limits(app: Flask, a_minute: int) -> None:
    """Answer so many requests a minute of one address under the API; 0 sets no limit."""
    if not a_minute:
        return
    buckets = Buckets(a_minute)

    def take() -> None:
        if not request.path.startswith(API_PREFIX):
            return
        g.taken = taken = buckets.take(request.remote_addr or "")
        if taken.wait_seconds:
            said = f"This address has asked more than {a_minute} times a minute."
            wait = taken.wait_seconds
            raise TooManyRequests(f"{said} Ask again in {wait} s.", retry_after=wait)

    def tell(response: Response) -> Response:
        taken: Taken | None = g.get("taken")
        if taken:
            response.headers["RateLimit-Policy"] = f'"minute";q={a_minute};w={_A_MINUTE}'
            response.headers["RateLimit"] = f'"minute";r={taken.left};t={taken.full_seconds}'
        return response

    app.before_request(take)
    app.after_request(tell)
