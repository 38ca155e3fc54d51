"""The command that asks many queries or questions, and writes one file: batch."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import BinaryIO, get_args

import click

from index.models import open_models
from index.query import Audience
from index.search import Searcher
from search_app.commands.options import (
    ProgressBar,
    audience_option,
    data_option,
    models_option,
    open_library,
)
from search_app.exports.batch_input import How, read_batch
from search_app.exports.batch_rows import MOST_HITS, BatchOrder, Form, write_batch
from search_app.wording import count


@click.command()
@click.argument("file", type=click.File("rb"))
@data_option
@models_option
@audience_option
@click.option(
    "--as", "how", type=click.Choice(get_args(How)),
    help="What the rows are; as the column is called unless this is given, or search.",
)
@click.option(
    "--most", type=click.IntRange(1, MOST_HITS), default=10, show_default=True,
    help="Passages of each query.",
)
@click.option("--format", "form", type=click.Choice(get_args(Form)), default="csv")
@click.option("--bom", is_flag=True, help="Mark CSV as UTF-8, for Excel.")
@click.option("--address", default="", help="Of the service, before each permalink.")
@click.option("--output", type=click.File("wb", lazy=False), default="-")
def batch(
    file: BinaryIO, data: Path, models: Path, audience: Audience, how: How | None, most: int,
    form: Form, bom: bool, address: str, output: BinaryIO,
) -> None:  # fmt: skip
    """Search for or ask every row of FILE: CSV with a column query or question, or lines.

    Each row has at least one row of output. Exits with 1 where a row failed or was empty.
    """
    searcher = Searcher(open_library(data), open_models(models))
    read = read_batch(file.read())
    for note in read.notes:
        click.echo(f"Note: {note}", err=True)
    order = BatchOrder(how or read.how or "search", audience, most, form, bom, address.rstrip("/"))
    bar, outcomes = ProgressBar("Asking", "rows"), Counter[str]()

    def report(done: int, outcome: str) -> None:
        outcomes[outcome] += 1
        bar(done, len(read.entries), "")

    for piece in write_batch(searcher, order, read.entries, report):
        output.write(piece)
    said = ", ".join(f"{rows:,} {outcome}" for outcome, rows in outcomes.most_common())
    click.echo(f"{count(len(read.entries), 'row')}: {said}.", err=True)
    raise SystemExit(1 if outcomes["failed"] or outcomes["not asked"] else 0)
