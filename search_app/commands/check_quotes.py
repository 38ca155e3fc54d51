"""The command that checks quotations: check-quotes."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from index.query import Audience
from index.search import Searcher
from index.wordings import Wordings
from search_app.commands.options import (
    audience_option,
    data_option,
    json_option,
    open_library,
    print_json,
    refuse_both,
)
from search_app.quoting.check_records import report_csv, report_json
from search_app.quoting.checker import Place, Report, check_text
from search_app.quoting.differences import describe_pieces
from search_app.wording import name_place


@click.command()
@click.argument("file", type=click.File(encoding="utf-8-sig", errors="replace"))
@data_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, a row for each place.")
@click.option("--sentences", is_flag=True, help="Check every sentence, not only quotations.")
@audience_option
def check_quotes(
    file: TextIO, data: Path, as_json: bool, as_csv: bool, sentences: bool, audience: Audience
) -> None:
    """Check each quotation in the text FILE (- for standard input); exits with 1 where one is not
    found.

    Each is verbatim, near (with the differences) or not found; where a text has no quotations, its
    sentences are checked.
    """
    refuse_both(as_json, as_csv)
    wordings = Wordings(Searcher(open_library(data)))
    report = check_text(wordings, file.read(), audience, sentences, limited=False)
    if as_json:
        print_json(report_json(report))
    elif as_csv:
        click.echo("".join(report_csv(report)), nl=False)
    else:
        _print_report(report)
    raise SystemExit(1 if report.count("not found") else 0)


def _print_report(report: Report) -> None:
    for note in report.notes:
        click.echo(f"Note: {note}")
    click.echo(report.sentence)
    for number, checked in enumerate(report.checked, 1):
        click.echo(f"\n{number}. {checked.outcome}: “{checked.quoted.text}”")
        for note in checked.notes:
            click.echo(f"   Note: {note}")
        for place in checked.places:
            click.echo(f"   {_say_place(place)}")
            for said in describe_pieces(place.pieces):
                click.echo(f"     {said}")
    click.echo(f"\n{report.coverage.sentence}")


def _say_place(place: Place) -> str:
    held = place.held
    title = held.description.title.value or held.file
    where = name_place(held, place.page, place.printed)
    state = "" if place.state == "searched" else f" ({place.state})"
    return f"{title}, version {held.version}, {where}{state}"
