"""The command that asks a question across the plans: across."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, get_args

import click

from index.models import open_models
from index.parts import By
from index.query import Query
from index.search import Searcher
from search_app.answering.across import answer_across
from search_app.answering.across_records import across_csv, across_json
from search_app.commands.options import (
    data_option,
    filter_options,
    json_option,
    models_option,
    narrow_query,
    open_library,
    print_json,
    refuse_both,
)
from search_app.answering.replies import Across, Reply
from search_app.wording import count, say_status, show_date


@click.command()
@click.argument("question")
@click.option("--by", type=click.Choice(get_args(By)), default="organisation", show_default=True)
@data_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, a row for each.")
@filter_options
@models_option
def across(
    question: str, by: By, data: Path, as_json: bool, as_csv: bool, models: Path, **options: Any
) -> None:
    """Ask each organisation, document or year a QUESTION; exits with 1 where none answers."""
    refuse_both(as_json, as_csv)
    library = open_library(data)
    query = narrow_query(Query(typed=question), **options)
    searcher = Searcher(library, open_models(models))
    found = answer_across(searcher, question, by, query.audience, query)
    if as_json:
        print_json(across_json(found, library))
    elif as_csv:
        click.echo("".join(across_csv(found, library)), nl=False)
    else:
        _print_across(found)
    raise SystemExit(0 if found.of("answered") else 1)


def _print_across(found: Across) -> None:
    for note in filter(None, (found.advice, found.reason, *found.notes)):
        click.echo(f"Note: {note}")
    answered, asked = len(found.of("answered")), count(len(found.replies), found.by)
    click.echo(f"{answered} of {asked} {'answers' if answered == 1 else 'answer'}.")
    for reply in found.of("answered"):
        click.echo(f"\n{reply.name}\n{_quote(reply)}")
    for reply in found.replies:
        if reply.reason:
            click.echo(f"\n{reply.name}\n  {reply.outcome}: {reply.reason}")
    click.echo(f"\n{found.coverage.sentence}")


def _quote(reply: Reply) -> str:
    assert reply.quotation is not None, "it answers"
    held = reply.quotation.document
    described = held.description
    place = f"page {reply.quotation.page}" if held.paged else "no pages"
    status = say_status(described, date.today())
    dated = ", ".join([show_date(described.published.value), *status])
    return f"  “{reply.quotation.text}”\n  {described.title.value or held.file}, {place} ({dated})"
