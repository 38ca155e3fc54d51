"""Turns: how many questions are read closely at once, so that each of many is answered soon."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from index.transformer import CORES

AT_ONCE = max(1, CORES // 2)
"""One question alone keeps two processors busy; beside others each would read half as much."""

WAIT_SECONDS = 1.5
READ_SECONDS = 3.0
"""How long a reader waits for a turn, and then for the cross-encoder, before words alone decide."""


class Turns:
    """Gives each question its seconds of close reading; safe to share between threads."""

    def __init__(self, at_once: int = AT_ONCE, wait_seconds: float = WAIT_SECONDS) -> None:
        self._free = threading.BoundedSemaphore(at_once)
        self._wait_seconds = wait_seconds

    @contextmanager
    def take(self) -> Iterator[float]:
        """Wait for a turn and give the seconds that the cross-encoder has: 0 where none came."""
        if not self._free.acquire(timeout=self._wait_seconds):
            yield 0.0
            return
        try:
            yield READ_SECONDS
        finally:
            self._free.release()
