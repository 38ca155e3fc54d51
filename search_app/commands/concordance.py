"""The command that shows every match between the words around it: concordance."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click

from index.search import Searcher
from ingest.library import Library
from search_app.commands.options import (
    data_option,
    json_option,
    make_query,
    open_library,
    print_json,
    query_options,
    refuse_both,
)
from search_app.reports.concordance import (
    MOST_WIDTH,
    PRINTED_ONCE,
    WIDTH,
    Concordance,
    Line,
    Order,
    make_concordance,
)
from search_app.reports.concordance_records import concordance_csv, concordance_json
from search_app.wording import count, name_place, show_date


@click.command()
@click.argument("words", nargs=-1)
@data_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV of all lines.")
@query_options
@click.option(
    "--order", type=click.Choice(get_args(Order)), default="document", show_default=True,
    help="By place, words before, words after, newest first or organisation.",
)  # fmt: skip
@click.option(
    "--width", type=click.IntRange(1, MOST_WIDTH), default=WIDTH, show_default=True,
    help="Words on each side.",
)  # fmt: skip
@click.option("--page", type=click.IntRange(1), default=1, help="Page of 100 lines, from 1.")
def concordance(
    words: tuple[str, ...], data: Path, as_json: bool, as_csv: bool, order: Order, width: int,
    page: int, **options: Any,
) -> None:  # fmt: skip
    """Show each match of WORDS with the words around it; exits with 1 where there is none."""
    refuse_both(as_json, as_csv)
    library = open_library(data)
    query = make_query(" ".join(words), **options)
    found = make_concordance(Searcher(library), query, order, width)
    if as_json:
        print_json(concordance_json(found, library, page))
    elif as_csv:
        for line in concordance_csv(found, library):
            click.echo(line, nl=False)
    else:
        _print_page(found, library, page)
    raise SystemExit(0 if found.found.total else 1)


def _print_page(concordance: Concordance, library: Library, page: int) -> None:
    lines, found = concordance.page(page), concordance.found
    for note in concordance.query.all_notes:
        click.echo(f"Note: {note}")
    within = f"{count(len(found.passages), 'passage')} in {count(found.documents, 'document')}"
    click.echo(f"{count(found.total, 'line')} in {within}; page {page} of {concordance.pages}.\n")
    if found.repeating:
        click.echo(f"{PRINTED_ONCE}\n")
    labels = {line.document.id: line.document for line in lines}
    printed = {name: library.labels(held) for name, held in labels.items()}
    room = max((len(_flatten(line.left)) for line in lines), default=0)
    for line in lines:
        click.echo(f"{_flatten(line.left):>{room}} [{_flatten(line.match)}] {_flatten(line.right)}")
        click.echo(f"{'':>{room}}   {_place(line, printed[line.document.id])}")
    click.echo(f"\n{concordance.coverage.sentence}")


def _place(line: Line, labels: dict[int, str]) -> str:
    held, described = line.document, line.document.description
    place = name_place(held, line.page, labels.get(line.page, ""))
    title = described.title.value or held.file
    return f"{title} ({show_date(described.published.value)}, version {held.version}), {place}"


def _flatten(text: str) -> str:
    return " ".join(text.split())
