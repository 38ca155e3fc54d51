"""The tools that plansearch gives to programs that speak MCP: what the API gives one reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from typing import Any, Literal

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from werkzeug.datastructures import MultiDict

from index.errors import SearchError
from index.wordings import Wordings
from ingest.errors import IngestError
from search_app.exports.rows import find_labels
from search_app.interface.paging import give_passages, limit_from_request, read_cursor
from search_app.json_records import answer_json, coverage_json
from search_app.quoting.check_records import report_json
from search_app.quoting.checker import check_text
from search_app.quoting.permalinks import page_path
from search_app.request_query import Args, query_from_request, question_from_request
from search_app.service import Service

Json = dict[str, Any]
Several = list[str] | None

INSTRUCTIONS = """\
Search and question answering over health and care plans. Everything that the tools give is the
documents' own words: quote them as they are, with document, version, page and permalink. Say what
the coverage says: what was not found may not be said, not be read or not be held. Pages count
from 1. `notes` are for the reader."""

_READING = ToolAnnotations(read_only_hint=True, open_world_hint=False)


def make_server(service: Service, address: str) -> MCPServer:
    """Make a server for the service's reader; ``address`` stands before the paths of permalinks."""
    server = MCPServer("plansearch", instructions=INSTRUCTIONS, version=version("plansearch"))
    tools = _Tools(service, address.rstrip("/"))
    for tool in (tools.search, tools.read_page, tools.answer, tools.quote_check):
        server.add_tool(tool, annotations=_READING)
    return server


class _Tools:
    def __init__(self, service: Service, address: str) -> None:
        self._service = service
        self._address = address
        self._wordings = Wordings(service.searcher)

    def search(
        self, query: str = "", organisation: Several = None, kind: Several = None,
        year: Several = None, status: Several = None, theme: Several = None,
        place: Several = None, document: str = "", since: str = "", until: str = "",
        sort: Literal["relevance", "date"] = "relevance", limit: int = 10, cursor: str = "",
    ) -> Json:  # fmt: skip
        """Search for words and give the passages that match, verbatim, the best document first.

        The query may have "phrases", OR, NOT and brackets. Dates are YYYY, YYYY-MM or YYYY-MM-DD.
        `passages` counts all that match; give the `cursor` of an answer for those that follow.
        """
        args = _make_args(
            {"q": query, "document": document, "since": since, "until": until, "sort": sort,
             "limit": str(limit), "cursor": cursor},
            organisation=organisation, kind=kind, year=year, status=status, theme=theme,
            place=place,
        )  # fmt: skip
        searcher = self._service.searcher
        asked = query_from_request(args, self._service.audience)
        most, notes = limit_from_request(args)
        with _telling():
            begins = read_cursor(args, searcher, asked)
            asked = replace(asked, notes=(*asked.notes, *notes))
            return self._link(give_passages(searcher, asked, most, begins))

    def read_page(self, document: str, page: int) -> Json:
        """Give the text of a page of a document, by the document's id; pages count from 1."""
        service = self._service
        with _telling():
            held = service.document(document)
            read = service.library.page(held, page)
            return self._link({
                "document": held.id,
                "version": held.version,
                "title": held.description.title.value,
                "page": read.number if held.paged else None,
                "pages": held.page_count if held.paged else None,
                "printed_page": find_labels(service.library)(held).get(read.number, ""),
                "text": read.text,
                "quality": read.quality,
                "notes": [*filter(None, [read.note]), *(each.reason for each in read.doubts)],
                "permalink": page_path(held.id, held.version, read.number),
                "coverage": coverage_json(service.searcher.coverage(service.audience)),
            })  # fmt: skip

    def answer(
        self, question: str, organisation: Several = None, kind: Several = None,
        year: Several = None, document: str = "", since: str = "", until: str = "",
    ) -> Json:  # fmt: skip
        """Answer a question with quotations, or abstain and say why.

        Where `abstained` the quotations in `nearest` are no answer. Show `advice` with any answer.
        """
        args = _make_args(
            {"q": question, "document": document, "since": since, "until": until},
            organisation=organisation, kind=kind, year=year,
        )  # fmt: skip
        with _telling():
            found = self._service.answer(question_from_request(args, self._service.audience))
            return self._link(answer_json(found, self._service.library))

    def quote_check(self, text: str, sentences: bool = False) -> Json:
        """Tell of each quotation in a text whether the documents have it verbatim, nearly or not.

        With `sentences` each sentence is checked, not only what stands in quotation marks.
        """
        with _telling():
            audience = self._service.audience
            return self._link(report_json(check_text(self._wordings, text, audience, sentences)))

    def _link(self, packed: Json) -> Json:
        """Put the address of the service before each permalink."""
        linked = {name: self._link_within(value) for name, value in packed.items()}
        if "permalink" in linked:
            linked["permalink"] = self._address + linked["permalink"]
        return linked

    def _link_within(self, value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return [self._link_within(each) for each in value]
        return self._link(value) if isinstance(value, dict) else value


@contextmanager
def _telling() -> Iterator[None]:
    """Tell our own errors to whoever called a tool."""
    try:
        yield
    except (SearchError, IngestError) as error:
        raise ToolError(str(error)) from error


def _make_args(given: dict[str, str], **several: Several) -> Args:
    args: Args = MultiDict(given)
    for name, values in several.items():
        args.setlist(name, values or [])
    return args
