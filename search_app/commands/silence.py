"""The command that tells who does not mention a topic: silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click

from index.parts import By
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
from search_app.reports.silence import MENTIONS, Silence, Voice, describe_sayings, report_silence
from search_app.reports.silence_records import silence_csv, silence_json
from search_app.wording import count


@click.command()
@click.argument("words", nargs=-1)
@click.option("--by", type=click.Choice(get_args(By)), default="organisation", show_default=True)
@data_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, a row for each.")
@query_options
def silence(
    words: tuple[str, ...], by: By, data: Path, as_json: bool, as_csv: bool, **options: Any
) -> None:
    """Tell which organisations, documents or years do not mention WORDS, and in what way.

    Exits with 1 where all mention them.
    """
    refuse_both(as_json, as_csv)
    library = open_library(data)
    found = report_silence(Searcher(library), make_query(" ".join(words), **options), by)
    if as_json:
        print_json(silence_json(found, library))
    elif as_csv:
        click.echo("".join(silence_csv(found, library)), nl=False)
    else:
        _print_silence(found)
    raise SystemExit(0 if len(found.of("said")) < len(found.voices) else 1)


def _print_silence(found: Silence) -> None:
    for note in filter(None, (found.reason, *found.notes)):
        click.echo(f"Note: {note}")
    said, asked = len(found.of("said")), count(len(found.voices), found.by)
    click.echo(f"{said} of {asked} {'mentions' if said == 1 else 'mention'} it.")
    for mention in (*MENTIONS[2:], *MENTIONS[:2]):
        for voice in found.of(mention):
            click.echo(f"\n{voice.name}\n  {mention}: {voice.reason or describe_sayings(voice)}")
            if voice.sayings:
                click.echo(_quote(voice))
    for sentence in found.missing:
        click.echo(f"\nnot held: {sentence}")
    click.echo(f"\n{found.coverage.sentence}")


def _quote(voice: Voice) -> str:
    saying = voice.sayings[0]
    held = saying.document
    place = f"page {saying.quotation.page}" if held.paged else "no pages"
    title = held.description.title.value or held.file
    return f"  “{saying.quotation.text}”\n  {title}, {place}"
