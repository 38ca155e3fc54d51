"""The command that lists what documents promise: commitments."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click

from index.search import Searcher
from search_app.commands.options import (
    data_option,
    json_option,
    make_query,
    open_library,
    print_json,
    query_options,
)
from search_app.reports.commitments import (
    Choices, Commitments, Dated, Order, Statement, list_commitments,
)  # fmt: skip
from search_app.reports.commitments_reading import CommitmentReader
from search_app.reports.commitments_records import NO_DATE, commitments_csv, commitments_json
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
@click.option("--order", type=click.Choice(get_args(Order)), default="document", show_default=True)
@click.option("--page", type=click.IntRange(1), default=1, help="Page of results, from 1.")
def commitments(
    words: tuple[str, ...], data: Path, as_json: bool, as_csv: bool, strength: tuple[Strength, ...],
    due: tuple[str, ...], dated: tuple[Dated, ...], order: Order, **options: Any,
) -> None:  # fmt: skip
    """List what is promised, aimed at or planned, where WORDS are said; exits with 1 if nothing."""
    if as_json and as_csv:
        raise click.UsageError("Give either --json or --csv, not both.")
    library = open_library(data)
    query = make_query(" ".join(words), **options)
    reader = CommitmentReader(Searcher(library))
    found = list_commitments(reader, query, Choices(strength, due, dated, order), whole=as_csv)
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
    said = count(found.total, "commitment")
    click.echo(f"{said} in {count(found.documents, 'document')}; page {found.query.page} of"
               f" {found.pages}.")  # fmt: skip
    for each in found.statements:
        click.echo(f"\n{_say(each)}")
    click.echo(f"\n{found.coverage.sentence}")


def _say(statement: Statement) -> str:
    said, held = statement.commitment, statement.document
    lead = f"{said.lead}\n  " if said.lead else ""
    place = f"page {statement.quotation.page}" if held.paged else "no pages"
    facts = (said.strength, said.subject, *said.figures, said.deadline or NO_DATE)
    return (
        f"  {lead}“{statement.quotation.text}”\n  {', '.join(filter(None, facts))}"
        f"\n  {held.description.title.value or held.file}, {place}"
    )
