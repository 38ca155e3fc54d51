"""The command that measures answers: evaluate."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from index.build import VECTOR_STORE
from index.meaning import Encoding
from index.models import Models, open_models
from index.query import Audience, Query
from index.search import Searcher
from search_app.commands.options import (
    NotDone,
    ProgressBar,
    audience_option,
    data_option,
    json_option,
    models_option,
    open_encoding,
    open_library,
    print_json,
)
from search_app.wording import count

if TYPE_CHECKING:
    from search_app.evaluating.evaluation import Corpus

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class _ManyPassages(click.Command):
    """Takes several files after one --passages, up to the next option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat the option before each of its files."""
        repeated: list[str] = []
        many = False
        for arg in args:
            if arg.startswith("-"):
                many = arg == "--passages"
            elif many and repeated[-1] != "--passages":
                repeated.append("--passages")
            repeated.append(arg)
        return super().parse_args(ctx, repeated)


@click.command(cls=_ManyPassages)
@click.argument("questions", type=FILE)
@data_option
@click.option(
    "--passages", type=FILE, multiple=True, metavar="FILE...",
    help="Search the passages in these files, not the library; give QUESTIONS first.",
)  # fmt: skip
@click.option(
    "--answers", type=click.File("w", encoding="utf-8", lazy=False), metavar="FILE",
    help="Write a JSON line for each answer.",
)  # fmt: skip
@json_option
@audience_option
@models_option
def evaluate(
    questions: Path, data: Path, passages: tuple[Path, ...], answers: TextIO | None,
    as_json: bool, audience: Audience, models: Path,
) -> None:  # fmt: skip
    """Measure the answers to the QUESTIONS of a file, and say which stage failed.

    Each question is answered as the service does, over the library, or over the passages of files
    in an index of their own. The library is not changed.
    """
    from search_app.evaluating import evaluation
    from search_app.evaluating.questions import read_questions
    from search_app.evaluating.report import make_report, print_report, report_json

    asked = read_questions(questions)
    if not asked:
        raise NotDone(f"There is no question in {questions}.")
    with _open_corpus(data, passages, audience, models) as (corpus, name):
        outcomes = evaluation.evaluate(corpus, asked, ProgressBar("Asking", "questions"))
        if answers:
            for outcome in outcomes:
                line = evaluation.answer_line(corpus, outcome)
                answers.write(json.dumps(line, ensure_ascii=False) + "\n")
        report = make_report(outcomes, name, _name_models(corpus))
    if as_json:
        print_json(report_json(report))
    else:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        print_report(report, width, click.echo)


@contextmanager
def _open_corpus(
    data: Path, files: tuple[Path, ...], audience: Audience, folder: Path
) -> Iterator[tuple[Corpus, str]]:
    """Open what is to be asked, with what it is called."""
    from search_app.evaluating.evaluation import Corpus, open_passages
    from search_app.evaluating.passage_sets import read_passages

    models = open_models(folder)
    if files:
        passages = [passage for path in files for passage in read_passages(path)]
        if not passages:
            raise NotDone(f"There is no passage in {', '.join(map(str, files))}.")
        encoding = _keep_vectors(open_encoding(folder), data / "evaluation")
        with open_passages(passages, ProgressBar("Indexing"), models, encoding) as corpus:
            yield corpus, count(len(passages), "passage")
    else:
        searcher = Searcher(open_library(data), models)
        held = searcher.count(Query(audience=audience))
        yield Corpus(searcher, audience), f"the library's {count(held, 'passage')}"


def _keep_vectors(encoding: Encoding | None, folder: Path) -> Encoding | None:
    """Keep the vectors of passages that are gone afterwards, for the next time."""
    if encoding is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    return replace(encoding, store=folder / VECTOR_STORE)


def _name_models(corpus: Corpus) -> str:
    """Say which models there are, and whether passages are found by meaning."""
    models: Models = corpus.searcher.models
    there = {"encoder": models.encoder, "cross-encoder": models.cross_encoder}
    names = [name for name, model in there.items() if model]
    note = corpus.searcher.meaning_note(corpus.audience)
    return f"Models: {', '.join(names) or 'none'}.{f' {note}.' if note else ''}"
