"""The command that counts matches by year, organisation and theme: trends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from index.search import Searcher
from search_app.commands.options import (
    data_option,
    json_option,
    make_query,
    open_library,
    print_json,
    query_options,
    refuse_both,
)
from search_app.reports.counts import DENOMINATOR, SEVERAL_THEMES, Row, Trends, count_trends
from search_app.reports.counts_records import trends_csv, trends_json
from search_app.wording import FACET_NAMES, count


@click.command()
@click.argument("words", nargs=-1)
@data_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, a row for each count.")
@query_options
def trends(
    words: tuple[str, ...], data: Path, as_json: bool, as_csv: bool, **options: Any
) -> None:
    """Count the matches of WORDS by year, organisation and theme; exits with 1 where none is."""
    refuse_both(as_json, as_csv)
    library = open_library(data)
    counted = count_trends(Searcher(library), make_query(" ".join(words), **options))
    if as_json:
        print_json(trends_json(counted))
    elif as_csv:
        click.echo("".join(trends_csv(counted)), nl=False)
    else:
        _print_trends(counted)
    raise SystemExit(0 if counted.total.passages else 1)


def _print_trends(trends: Trends) -> None:
    for note in trends.query.all_notes:
        click.echo(f"Note: {note}")
    total = trends.total
    found = f"{count(total.passages, 'passage')} in {count(total.documents, 'document')}"
    click.echo(f"{count(total.occurrences, 'match', 'matches')} in {found}.")
    for facet in ("year", "organisation", "theme"):
        click.echo(f"\n{FACET_NAMES[facet]}")
        for row in trends.rows[facet,]:
            click.echo(f"  {row.name}: {_say(row)}")
    click.echo(f"\n{DENOMINATOR} {SEVERAL_THEMES}\n{trends.coverage.sentence}")


def _say(row: Row) -> str:
    tally = row.tally
    unread = f"; {count(row.unread, 'file')} not read" if row.unread else ""
    if row.outcome != "found":
        return row.outcome + unread
    rate = "" if tally.rate is None else f" ({tally.rate:,.1f} for each 10,000 words)"
    passages, held = count(tally.passages, "passage"), count(tally.held, "document")
    matches = count(tally.occurrences, "match", "matches")
    return f"{matches}{rate}, {passages} in {tally.documents:,} of {held}{unread}"
