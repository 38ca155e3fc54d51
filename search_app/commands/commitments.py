"""The command that lists what documents promise: commitments."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import click

from index.search import Searcher
from index.typed_dates import first_day
from search_app.commands.options import (
    data_option,
    json_option,
    make_query,
    open_library,
    print_json,
    query_options,
    refuse_both,
)
from search_app.reports.commitments import Commitments, Statement, list_commitments
from search_app.reports.commitments_choices import Choices, Dated, Order
from search_app.reports.commitments_reading import CommitmentReader
from search_app.reports.commitments_records import (
    NO_DATE, commitments_csv, commitments_json, say_number,
)  # fmt: skip
from search_app.reports.commitments_words import Strength
from search_app.wording import count


@click.command()
@click.argument("words", nargs=-1)
@data_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV of all, a row for each.")
@query_options
@click.option("--strength", type=click.Choice(get_args(Strength)), multiple=True)
@click.option("--due", multiple=True, metavar="YEAR", help="Due in this year; repeatable.")
@click.option("--dated", type=click.Choice(get_args(Dated)), multiple=True, help="Date stated.")
@click.option("--due-from", metavar="DATE", default="", help="Due from 2024 or 2024-06 on.")
@click.option("--due-until", metavar="DATE", default="", help="Due up to 2025 or 2025-06-30.")
@click.option("--passed", type=click.Choice(get_args(Dated)), multiple=True, help="Date passed.")
@click.option("--order", type=click.Choice(get_args(Order)), default="document", show_default=True)
@click.option("--page", type=click.IntRange(1), default=1, help="Page of results, from 1.")
def commitments(
    words: tuple[str, ...], data: Path, as_json: bool, as_csv: bool, strength: tuple[Strength, ...],
    due: tuple[str, ...], dated: tuple[Dated, ...], passed: tuple[Dated, ...], due_from: str,
    due_until: str, order: Order, **options: Any,
) -> None:  # fmt: skip
    """List what is promised, aimed at or planned, where WORDS are said; exits with 1 if nothing."""
    refuse_both(as_json, as_csv)
    for given in filter(None, (due_from, due_until)):
        if not first_day(given):
            raise click.UsageError(f"“{given}” is no date; write 2019, 2019-06 or 2019-06-30.")
    library = open_library(data)
    query = make_query(" ".join(words), **options)
    reader = CommitmentReader(Searcher(library))
    choices = Choices(strength, due, dated, passed, due_from, due_until, order)
    today = datetime.now(UTC).date()
    found = list_commitments(reader, query, choices, whole=as_csv, today=today)
    if as_json:
        print_json(commitments_json(found, library))
    elif as_csv:
        click.echo("".join(commitments_csv(found, library)), nl=False)
    else:
        _print_commitments(found)
    raise SystemExit(0 if found.total else 1)


def _print_commitments(found: Commitments) -> None:
    for note in found.notes:
        click.echo(f"Note: {note}")
    click.echo(f"{say_number(found)} in {count(found.documents, 'document')}; page"
               f" {found.query.page} of {found.pages}.")  # fmt: skip
    for each in found.statements:
        click.echo(f"\n{_say(each)}")
    click.echo(f"\n{found.coverage.sentence}")


def _say(statement: Statement) -> str:
    said = statement.commitment
    lead = f"“{said.lead}” … " if said.has_lead_in else f"{said.lead}\n  " if said.lead else ""
    deadline = said.deadline or NO_DATE
    deadline += " (date passed)" if statement.passed else ""
    organisation = statement.document.description.organisation.value
    who = f"“{said.subject}” ({organisation or 'not stated'})" if said.subject else organisation
    facts = (said.strength, who, *said.figures, deadline)
    also = "".join(f"\n  Also in {_place(each)}" for each in statement.also)
    return (
        f"  {lead}“{statement.quotation.text}”\n  {', '.join(filter(None, facts))}"
        f"\n  {_place(statement)}{also}"
    )


def _place(statement: Statement) -> str:
    held = statement.document
    page = f"page {statement.quotation.page}" if held.paged else "no pages"
    return f"{held.description.title.value or held.file}, {page}"
