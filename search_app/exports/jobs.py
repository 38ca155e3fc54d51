"""Batches in the background: one at a time, kept in a folder, found by those with the link alone.

The link has 256 random bits, and the folder is named after a digest of them, so that who can list
the folders learns no link. What was not finished when the service ended is begun again by the next
one as soon as any job is looked at or added.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

from index.errors import SearchError
from index.search import Searcher
from ingest.errors import NotHeld
from search_app.exports.batch_input import read_batch
from search_app.exports.batch_rows import BatchOrder, write_batch

MOST_JOBS = 50
MOST_UNFINISHED = 10
MOST_DAYS = 7
MOST_ATTEMPTS = 3

State = Literal["waiting", "running", "done", "failed"]

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_JOB, _INPUT, _OUTPUT = "job.json", "input", "output"
_DAY_SECONDS = 24 * 60 * 60


class TooManyJobs(SearchError):
    """So many jobs wait that no more are taken."""


@dataclass(frozen=True)
class Job:
    """A batch: how it is asked, how many of its rows are done, and how often it was begun."""

    order: BatchOrder
    total: int
    notes: tuple[str, ...] = ()
    done: int = 0
    state: State = "waiting"
    attempts: int = 0

    @property
    def is_unfinished(self) -> bool:
        """Tell whether there is something to be done yet."""
        return self.state in ("waiting", "running")


class Jobs:
    """The jobs of one audience, in a folder; safe to share between threads and processes."""

    def __init__(self, folder: Path, searcher: Searcher) -> None:
        self._folder = folder
        self._searcher = searcher
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None

    def add(self, order: BatchOrder, content: bytes) -> str:
        """Take a batch, and give the secret name by which it is found again.

        Raises:
            BadBatch: the file is no list of queries or questions.
            TooManyJobs: too many wait.
        """
        batch = read_batch(content)
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._remove_old()
            if sum(job.is_unfinished for _, job in self._all()) >= MOST_UNFINISHED:
                raise TooManyJobs("Too many files wait already; try again when some are done.")
            place = self._place(token)
            place.mkdir(parents=True, mode=0o700)
            (place / _INPUT).write_bytes(content)
            _write_job(place, Job(order, len(batch.entries), batch.notes))
        self._work()
        return token

    def find(self, token: str) -> Job:
        """Give a job by its secret name.

        Raises:
            NotHeld: there is none, or no more.
        """
        with self._lock:
            self._remove_old()
        job = _read_job(self._place(token)) if _TOKEN.fullmatch(token) else None
        if job is None:
            raise NotHeld(f"There is no such file. Files are kept for {MOST_DAYS} days.")
        if job.is_unfinished and self._work():
            return replace(job, state="waiting", done=0)  # it is begun, or begun again, only now
        return job

    def output(self, token: str) -> Path:
        """Give the place of the output of a job that is done.

        Raises:
            NotHeld: there is none, or not yet.
        """
        if self.find(token).state != "done":
            raise NotHeld("This file is not ready.")
        return self._place(token) / _OUTPUT

    def wait(self) -> None:
        """Wait until nothing is under way in this process."""
        worker = self._worker
        if worker:
            worker.join()

    def _place(self, token: str) -> Path:
        return self._folder / hashlib.sha256(token.encode()).hexdigest()[:32]

    def _all(self) -> Iterator[tuple[Path, Job]]:
        """Give all jobs, the oldest first."""
        found = self._folder.iterdir() if self._folder.exists() else ()
        for place in sorted(found, key=_made):
            job = _read_job(place)
            if job:
                yield place, job

    def _remove_old(self) -> None:
        """Remove what is too old, and of what is finished the oldest where there is too much."""
        jobs = [*self._all()]
        finished = [place for place, job in jobs if not job.is_unfinished]
        many = finished[:max(0, len(jobs) + 1 - MOST_JOBS)]
        oldest = time.time() - MOST_DAYS * _DAY_SECONDS
        aged = [place for place in finished if _made(place) < oldest]
        for place in {*many, *aged}:
            shutil.rmtree(place, ignore_errors=True)

    def _work(self) -> bool:
        """See to it that somebody works on what is not finished; tell whether nobody did."""
        with self._lock:
            if self._worker and self._worker.is_alive():
                return False
            self._worker = threading.Thread(target=self._run_all, daemon=True)
            self._worker.start()
            return True

    def _run_all(self) -> None:
        tried: set[Path] = set()
        while True:
            unfinished = (place for place, job in self._all() if job.is_unfinished)
            waiting = [place for place in unfinished if place not in tried]
            if not waiting:
                return
            tried.add(waiting[0])
            try:
                with FileLock(waiting[0] / "lock", timeout=0):
                    self._run(waiting[0])
            except Timeout:
                continue  # another process is at it

    def _run(self, place: Path) -> None:
        job = _read_job(place)
        if job is None or not job.is_unfinished:
            return
        job = replace(job, state="running", attempts=job.attempts + 1, done=0)
        if job.attempts > MOST_ATTEMPTS:
            _write_job(place, replace(job, state="failed"))
            return
        _write_job(place, job)
        entries = read_batch((place / _INPUT).read_bytes()).entries
        aside = place / f"{_OUTPUT}.part"

        def progress(done: int, outcome: str) -> None:
            _write_job(place, replace(job, done=done))

        with aside.open("wb") as file:
            for piece in write_batch(self._searcher, job.order, entries, progress):
                file.write(piece)
        os.replace(aside, place / _OUTPUT)
        _write_job(place, replace(job, state="done", done=job.total))


def _made(place: Path) -> float:
    """Tell when a job was added."""
    try:
        return (place / _INPUT).stat().st_mtime
    except OSError:
        return 0.0


def _write_job(place: Path, job: Job) -> None:
    aside = place / f"{_JOB}.part"
    aside.write_text(json.dumps(asdict(job)), encoding="utf-8")
    os.replace(aside, place / _JOB)


def _read_job(place: Path) -> Job | None:
    try:
        said: dict[str, Any] = json.loads((place / _JOB).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    order = BatchOrder(**said.pop("order"))
    return Job(order, notes=tuple(said.pop("notes")), **said)
