"""The commands that say what is searched: documents, coverage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from index.results import Coverage
from index.search import Searcher
from ingest.quality import find_wanting_pages
from ingest.records import HeldDocument
from search_app.commands.options import (
    audience_option,
    data_option,
    json_option,
    open_library,
    print_json,
)
from search_app.exports.cells import csv_line
from search_app.json_records import coverage_json, document_json
from search_app.service import Service
from search_app.wording import count, list_pages, name_status_basis, say_status, show_date

_FACTS = ("title", "organisation", "kind", "published", "period", "status")
DOCUMENT_COLUMNS = (
    "row", "document_id", "version", *_FACTS, "status_basis", "file", "sha256", "page_count",
    "read_at",
)  # fmt: skip
COVERAGE_COLUMNS = ("state", "file", "document_id", "pages", "reason")

csv_option = click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")


@click.command()
@data_option
@json_option
@csv_option
@audience_option
def documents(data: Path, as_json: bool, as_csv: bool, audience: Any) -> None:
    """List the documents that are searched, newest publication first; exits with 1 without any."""
    library = open_library(data)
    held = Service(library, Searcher(library), audience).documents()
    if as_json:
        print_json({"documents": [document_json(each) for each in held]})
    elif as_csv:
        click.echo("".join(_document_lines(held)), nl=False)
    else:
        for each in held:
            described = each.description
            status = say_status(described, date.today())
            known = (described.organisation.value, described.kind.value, *status)
            published = show_date(described.published.value)
            about = ", ".join(filter(None, (*known, published)))
            click.echo(f"{each.id}  {described.title.value or each.file} ({about})")
        click.echo(f"{count(len(held), 'document')}.")
    raise SystemExit(0 if held else 1)


@click.command()
@data_option
@json_option
@csv_option
@audience_option
def coverage(data: Path, as_json: bool, as_csv: bool, audience: Any) -> None:
    """Say what is searched and what could not be; exits with 1 where something could not be read.
    """
    said = Searcher(open_library(data)).coverage(audience)
    rows = [*_gaps(said)]
    if as_json:
        print_json(coverage_json(said))
    elif as_csv:
        click.echo("".join(map(csv_line, [COVERAGE_COLUMNS, *rows])), nl=False)
    else:
        click.echo(said.sentence)
        for state, file, _, pages, reason in rows:
            where = f", page {pages}" if pages else ""
            click.echo(f"{state.capitalize()}: {file}{where}{f': {reason}' if reason else ''}")
    raise SystemExit(1 if said.unread or said.outdated or said.partly else 0)


def _document_lines(held: tuple[HeldDocument, ...]) -> Iterator[str]:
    yield csv_line(DOCUMENT_COLUMNS)
    for number, each in enumerate(held, 1):
        facts = [getattr(each.description, name).value for name in _FACTS]
        yield csv_line([
            f"{number} of {len(held)}", each.id, each.version, *facts,
            name_status_basis(each.description), each.file, each.sha256,
            each.page_count if each.paged else "", each.read_at,
        ])  # fmt: skip


def _gaps(said: Coverage) -> Iterator[tuple[str, str, str, str, str]]:
    """Give the rows of all that is not searched, or not surely."""
    for state, files in (("not read", said.unread), ("older version searched", said.outdated)):
        for unread in files:
            yield state, unread.file, unread.document, "", unread.reason
    for held in said.partly:
        yield "not read in full", held.file, held.id, list_pages(held.unread_pages), ""
    for held in said.wanting:
        numbers = list_pages(find_wanting_pages(held))
        yield "words may be missing or wrong", held.file, held.id, numbers, ""
    for held in said.withdrawn:
        yield "withdrawn", held.file, held.id, "", f"Its file is gone since {held.withdrawn}."
