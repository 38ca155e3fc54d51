"""The commands that ask the index: search, ask."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from index.models import open_models
from index.query import Query
from index.results import Hit
from index.search import Searcher
from index.spelling import suggest_beginning, suggest_spelling
from ingest.library import Library
from ingest.records import HeldDocument
from search_app.answering.answers import Answer, answer_question
from search_app.commands.options import (
    data_option,
    filter_options,
    json_option,
    make_query,
    models_option,
    narrow_query,
    open_library,
    print_json,
    query_options,
)
from search_app.answering.explaining import workings_json
from search_app.answering.own_health import find_advice
from search_app.explanation_lines import explain as explain_in_lines
from search_app.json_records import answer_json, results_json
from search_app.answering.quotations import Quotation
from search_app.wording import count, name_confidence, name_place, say_status


@click.command()
@click.argument("words", nargs=-1)
@data_option
@json_option
@query_options
@click.option("--sort", type=click.Choice(["relevance", "date"]), default="relevance")
@click.option("--page", type=click.IntRange(1), default=1, help="Page of results, from 1.")
def search(words: tuple[str, ...], data: Path, as_json: bool, **options: Any) -> None:
    """Search for WORDS; exits with 1 where nothing matches."""
    library = open_library(data)
    searcher = Searcher(library)
    results = searcher.search(make_query(" ".join(words), **options))
    typed = results.query
    correction = suggest_spelling(searcher, typed) or suggest_beginning(searcher, typed)
    if as_json:
        print_json(results_json(results, library, correction))
    else:
        if advice := find_advice(results.query.typed):
            click.echo(f"{advice}\n")
        for note in results.notes:
            click.echo(f"Note: {note}")
        if correction:
            found = count(correction.passages, "passage")
            click.echo(f"Did you mean: {correction.typed} ({found})")
        documents = count(results.documents, "document")
        click.echo(f"{count(results.passages, 'passage')} in {documents}.")
        for group in results.groups:
            found = count(group.passages, "passage")
            click.echo(f"\n{_document_line(group.document)}: {found}")
            for hit in group.hits:
                click.echo(f"  {_place(hit)}\n    {_marked(hit)}")
                if hit.twins.passages:
                    click.echo(f"    Near-identical: {hit.twins.passages} more")
            for fold in group.folded:
                click.echo(f"  page {fold.twin.page}: near-identical to {fold.shown.id}")
        click.echo(f"\n{results.coverage.sentence}")
    raise SystemExit(0 if results.passages else 1)


@click.command()
@click.argument("question")
@data_option
@json_option
@models_option
@click.option("--explain", is_flag=True, help="Show what each stage found, and why.")
@filter_options
def ask(
    question: str, data: Path, as_json: bool, models: Path, explain: bool, **options: Any
) -> None:
    """Answer a QUESTION with a quotation; exits with 1 where none answers it."""
    library = open_library(data)
    within = narrow_query(Query(), **options)
    searcher = Searcher(library, open_models(models))
    answer = answer_question(searcher, question, within.audience, within)
    if as_json:
        workings = {"workings": workings_json(answer)} if explain else {}
        print_json(answer_json(answer, library) | workings)
    else:
        _print_answer(answer, library)
        for line in explain_in_lines(answer) if explain else ():
            click.echo(line)
    raise SystemExit(1 if answer.abstained else 0)


def _print_answer(answer: Answer, library: Library) -> None:
    if advice := answer.workings.understood.advice:
        click.echo(f"{advice}\n")
    for note in answer.notes:
        click.echo(f"Note: {note}")
    if answer.disagreeing:
        click.echo("The documents do not agree:\n")
    for quotation in answer.quotations:
        _print_quotation(quotation, library)
    judged = f"The service judges it {name_confidence(answer.confidence)} that this answers."
    if not answer.abstained:
        click.echo(judged)
    else:
        click.echo(f"Not found. {answer.reason}")
        if answer.passages:
            click.echo("\nNearest passages (not an answer):")
        for quotation in answer.nearest[:1]:
            _print_quotation(quotation, library)
            click.echo(judged)
        for hit in answer.passages[:3]:
            click.echo(f"  {_document_line(hit.document)}, {_place(hit)}\n    {_marked(hit)}")
    click.echo(f"\n{answer.coverage.sentence}\n")


def _print_quotation(quotation: Quotation, library: Library) -> None:
    short = f"  Short answer: {quotation.short_answer}\n" if quotation.short else ""
    click.echo(f"“{quotation.text}”\n{short}  {_source_line(quotation, library)}")
    for source in quotation.sources:
        click.echo(f"  Also said in: {_source_line(source, library)}")
    click.echo()


def _source_line(quotation: Quotation, library: Library) -> str:
    held = quotation.document
    label = library.labels(held).get(quotation.page, "")
    place = " > ".join([name_place(held, quotation.page, label), *quotation.hit.passage.trail])
    status = ("withdrawn",) if held.withdrawn else say_status(held.description, date.today())
    return f"{_document_line(held)}, {', '.join([*status, place])}"


def _document_line(held: HeldDocument) -> str:
    described = held.description
    known = (described.organisation.value, described.kind.value, described.published.value)
    return f"{described.title.value} ({', '.join(filter(None, known))})"


def _place(hit: Hit) -> str:
    place = f"page {hit.page}" if hit.document.paged else "no pages"
    return " > ".join([place, *hit.passage.trail])


def _marked(hit: Hit) -> str:
    """Show a passage with its matches in [brackets]."""
    shown, end = "", 0
    for start, stop in hit.matches:
        shown += f"{hit.passage.text[end:start]}[{hit.passage.text[start:stop]}]"
        end = stop
    return (shown + hit.passage.text[end:]).replace("\n", "\n    ")
