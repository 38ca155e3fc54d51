"""A client of the API for other programs: it needs nothing but Python's own library.

    from search_app.client import Client, to_frame

    plans = Client("http://127.0.0.1:8000")
    frame = to_frame(plans.search("winter beds", year="2019"))
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from email.message import Message
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    import pandas

Json = dict[str, Any]
Choice = str | int | bool | Iterable[str]

A_REQUEST = 100
"""So many passages are asked for at once."""

MOST_WAITS = 5


class Refused(Exception):
    """What was asked for was not given; ``problem`` is what the service says (RFC 9457)."""

    def __init__(self, problem: Json) -> None:
        super().__init__(problem.get("detail", "The service gave no reason."))
        self.problem = problem
        self.status = int(problem.get("status", 0))


class Client:
    """Asks a service at an address. Choices are the arguments of /search, by their names: a text,
    or several texts of which any will do, such as ``kind=["strategy", "refresh"]``.

    Where too many requests are made it waits as long as it is told to. All methods raise Refused
    where something is not given, and URLError where the service is not reached.
    """

    def __init__(self, address: str, timeout_seconds: float = 60) -> None:
        self.address = address.rstrip("/") + "/"
        self.timeout_seconds = timeout_seconds

    def search(self, words: str, **choices: Choice) -> Iterator[Json]:
        """Give every passage that matches, in the order of an export.

        Raises:
            Refused: with the status 409 where the documents change before the last.
        """
        path: str | None = _path("api/v1/passages", q=words, **{"limit": A_REQUEST} | choices)
        while path:
            found = self._get(path)
            yield from found["hits"]
            path = found["next"]

    def results(self, words: str, **choices: Choice) -> Json:
        """Give a page of results (``page``, from 1), with totals, facets, notes and coverage."""
        return self._get(_path("api/v1/search", q=words, **choices))

    def answer(self, question: str, **choices: Choice) -> Json:
        """Answer a question with quotations, or tell why there is no answer."""
        return self._get(_path("api/v1/answer", q=question, **choices))

    def export(self, words: str, **choices: Choice) -> Iterator[Json]:
        """Give the rows of an export, one for each passage that matches; none where none does."""
        rows = self._read_lines(_path("export.jsonl", q=words, **choices))
        return (row for row in rows if row["row"] != "0 of 0")

    def concordance(self, words: str, **choices: Choice) -> Iterator[Json]:
        """Give every match between the words around it; also by ``order`` and ``width``."""
        rows = self._read_lines(_path("concordance.jsonl", q=words, **choices))
        return (row for row in rows if row["row"] != "0 of 0")

    def documents(self) -> list[Json]:
        """Give the documents that are searched, newest publication first."""
        documents: list[Json] = self._get("api/v1/documents")["documents"]
        return documents

    def coverage(self) -> Json:
        """Give what is searched, and what could not be read."""
        return self._get("api/v1/coverage")

    def check_quotes(self, text: str, sentences: bool = False) -> Json:
        """Tell of each quotation in a text whether the documents have it."""
        body = json.dumps({"text": text, "sentences": sentences}).encode()
        with self._open("api/v1/check-quotes", body) as answer:
            checked: Json = json.load(answer)
        return checked

    def _get(self, path: str) -> Json:
        with self._open(path) as answer:
            given: Json = json.load(answer)
        return given

    def _read_lines(self, path: str) -> Iterator[Json]:
        with self._open(path) as lines:
            for line in lines:
                yield json.loads(line)

    def _open(
        self, path: str, body: bytes | None = None, waits: int = MOST_WAITS
    ) -> HTTPResponse:
        request = Request(urljoin(self.address, path), body)
        if body:
            request.add_header("Content-Type", "application/json")
        try:
            answer: HTTPResponse = urlopen(request, timeout=self.timeout_seconds)
            return answer
        except HTTPError as error:
            with error:
                if error.code != 429 or not waits:
                    raise Refused(_read_problem(error)) from error
                seconds = _read_wait(error.headers)
        time.sleep(seconds)
        return self._open(path, body, waits - 1)


def to_frame(rows: Iterable[Json]) -> pandas.DataFrame:
    """Make a pandas data frame of passages, rows or lines, one a row; needs pandas."""
    import pandas

    return pandas.DataFrame(list(rows))


def _path(path: str, **choices: Choice) -> str:
    given = {name: _say(value) for name, value in choices.items() if value}
    return f"{path}?{urlencode(given, doseq=True)}"


def _say(value: Choice) -> str | list[str]:
    if isinstance(value, (str, int)):
        return "1" if value is True else str(value)
    return list(value)


def _read_problem(error: HTTPError) -> Json:
    try:
        problem: Json = json.load(error)
    except ValueError:
        return {"status": error.code, "title": error.reason, "detail": str(error)}
    return problem


def _read_wait(headers: Message) -> int:
    given = headers.get("Retry-After", "")
    return int(given) if given.isascii() and given.isdigit() else 1
