"""The command that exports all matches of a query, and makes an export again: export."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

import click
from click.core import ParameterSource
from werkzeug.datastructures import MultiDict

from index.schema import FACETS
from index.search import Searcher
from search_app.commands.options import data_option, open_library, query_options
from search_app.exports.formats import FORMATS
from search_app.exports.manifests import (
    Tally,
    digest_searched,
    make_manifest,
    read_manifest,
    write_export,
)
from search_app.exports.orders import MOST_CONTEXT_WORDS, MOST_CHOSEN, Order, keep_query_args
from search_app.exports.repeating import order_again, say_outcome
from search_app.exports.rows import Export, open_export

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_ALONE = ("data", "output", "manifest", "write_manifest")
"""What can be given with --manifest, which says all else itself."""


@click.command()
@click.argument("words", nargs=-1)
@data_option
@query_options
@click.option("--format", "form", type=click.Choice([*FORMATS]), default="csv", show_default=True)
@click.option("--sort", type=click.Choice(["relevance", "date"]), default="relevance")
@click.option(
    "--context", type=click.IntRange(0, MOST_CONTEXT_WORDS), default=0,
    help="So many words of the document before and after each passage.",
)
@click.option("--bom", is_flag=True, help="Mark CSV as UTF-8, for Excel.")
@click.option("--chosen", multiple=True, help="Only the passage with this id; repeatable.")
@click.option("--address", default="", help="Of the service, before each permalink.")
@click.option("--output", type=click.File("wb", lazy=False), default="-")
@click.option(
    "--write-manifest", type=click.File("w", encoding="utf-8", lazy=False),
    help="Write here what is needed to make the file again.",
)
@click.option(
    "--manifest", type=_FILE, help="Make the file of this manifest again; takes nothing else."
)
def export(
    words: tuple[str, ...], data: Path, output: BinaryIO,
    write_manifest: Any, manifest: Path | None, **options: Any,
) -> None:  # fmt: skip
    """Export all passages that match WORDS, one row each, or make an export again.

    With --manifest it exits with 1 where the file is not byte for byte what it was, and says what
    was added, changed and withdrawn.
    """
    searcher = Searcher(open_library(data))
    if manifest is None:
        _write(searcher, open_export(searcher, _make_order(words, **options)), output,
               write_manifest)  # fmt: skip
        return
    _refuse_others(click.get_current_context())
    known = read_manifest(manifest)
    again = order_again(searcher, known)
    tally = _write(searcher, again, output, write_manifest)
    outcome = say_outcome(searcher, known, again, tally)
    for line in outcome.lines:
        click.echo(line, err=True)
    raise SystemExit(0 if outcome.same else 1)


def _write(searcher: Searcher, export: Export, output: BinaryIO, write_manifest: Any) -> Tally:
    tally = Tally()
    for piece in write_export(export, tally):
        output.write(piece)
    if write_manifest:
        searched = digest_searched(searcher, export.order.audience)
        write_manifest.write(make_manifest(export, searched, tally))
    return tally


def _make_order(
    words: tuple[str, ...], form: str, context: int, bom: bool, chosen: tuple[str, ...],
    address: str, **options: Any,
) -> Order:  # fmt: skip
    """Make the order of a command's options, as that of an address with the same arguments."""
    if words and options["like"]:
        raise click.UsageError("Give either WORDS or --like ID, not both.")
    if len(chosen) > MOST_CHOSEN:
        raise click.UsageError(f"At most {MOST_CHOSEN} passages can be chosen.")
    args: MultiDict[str, str] = MultiDict()
    args["q"] = " ".join(words)
    for name in ("like", "document", "since", "until", "sort"):
        args[name] = options[name]
    args["as_typed"] = "1" if options["as_typed"] else ""
    for name in (*FACETS, "without"):
        args.setlist(name, options[name])
    return Order(
        keep_query_args(args), options["audience"], form, context, bom, chosen,
        address.rstrip("/"),
    )  # fmt: skip


def _refuse_others(context: click.Context) -> None:
    """Refuse what a manifest says itself, rather than not heed it."""
    given = [
        option.opts[0] if isinstance(option, click.Option) else "WORDS"
        for option in context.command.params
        if option.name and option.name not in _ALONE and context.params.get(option.name)
        and context.get_parameter_source(option.name) == ParameterSource.COMMANDLINE
    ]
    if given:
        raise click.UsageError(f"The manifest says all; leave out {', '.join(given)}.")
