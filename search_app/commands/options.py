"""What the commands share: options, the query that they make, errors and progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, Never

import click
from tqdm import tqdm

from index.errors import NoIndex, SearchError
from index.meaning import Encoding
from index.models import open_models
from index.query import Query
from index.query_parser import understand_query
from index.schema import FACETS
from index.typed_dates import first_day, narrow_dates
from ingest.errors import IngestError
from ingest.library import Library

Command = Callable[..., Any]


def _folder_option(name: str, default: str, said: str) -> Callable[[Command], Command]:
    """Make an option that names a folder, as an environment variable can."""
    return click.option(
        f"--{name}",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path(default),
        envvar=f"PLANSEARCH_{name.upper()}",
        show_default=True,
        show_envvar=True,
        help=said,
    )


data_option = _folder_option("data", "var", "The folder of the library and the index.")
models_option = _folder_option(
    "models",
    "var/models",
    "The folder of the models; without them passages are found by their words alone.",
)
assets_option = _folder_option(
    "assets",
    "var/assets",
    "The folder of the design system's files; without them the pages are plain.",
)
no_data_option = click.option(
    "--data", envvar="PLANSEARCH_DATA", expose_value=False, hidden=True, help="Not needed here."
)
theme_option = click.option(
    "--theme",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="PLANSEARCH_THEME",
    show_envvar=True,
    help="A TOML file with the service's name, organisation, colour, logo, contact and feedback.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
audience_option = click.option(
    "--audience",
    type=click.Choice(["public", "staff"]),
    default="public",
    show_default=True,
    help="For whom; documents for staff are found for staff only.",
)


class NotDone(click.ClickException):
    """An error that a person can mend; the command exits with 2."""

    exit_code = 2


class PlainGroup(click.Group):
    """Shows our errors as one line, and exits with 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except (IngestError, SearchError) as error:
            raise NotDone(str(error)) from error
        except BrokenPipeError:
            raise  # whoever took the output has enough of it: click ends without a word
        except OSError as error:
            raise NotDone(f"{error.filename} cannot be used: {error.strerror}.") from error


def open_library(data: Path) -> Library:
    """Open a library that is there; asking for one never makes it.

    Raises:
        NoIndex: nothing has been ingested into this folder.
    """
    if not (data / "library.db").exists():
        raise NoIndex(f"There is no library in {data} yet; run: plansearch ingest FOLDER")
    return Library(data)


def filter_options(command: Command) -> Command:
    """Give a command the options that narrow what is searched."""
    for facet in reversed(FACETS):
        add = click.option(f"--{facet}", multiple=True, help=f"Only this {facet}; repeatable.")
        command = add(command)
    for name, example in (("until", "2020"), ("since", "2018-04")):
        text = f"Published {name} this date, such as {example}."
        command = click.option(f"--{name}", default="", callback=_check_date, help=text)(command)
    document = click.option("--document", default="", help="Only the document with this id.")
    return audience_option(document(command))


def query_options(command: Command) -> Command:
    """Give a command the options that narrow a query, and those of how its words are taken."""
    for add in (
        filter_options,
        click.option("--like", default="", help="Passages like the one with this id; no WORDS."),
        click.option("--as-typed", is_flag=True, help="By no other name or short form."),
        click.option("--without", multiple=True, help="Not by this other name; repeatable."),
    ):
        command = add(command)
    return command


def make_query(
    typed: str, sort: Literal["relevance", "date"] = "relevance", page: int = 1, **options: Any
) -> Query:
    """Make the query of a command's options."""
    if typed and options["like"]:
        raise click.UsageError("Give either WORDS or --like ID, not both.")
    query = narrow_query(understand_query(typed), **options)
    return replace(query, sort=sort, page=page)


def narrow_query(query: Query, since: str, until: str, **options: Any) -> Query:
    """Narrow a query by the options of a command."""
    query = narrow_dates(query, since, until)
    filters = tuple((facet, options.pop(facet)) for facet in FACETS)
    chosen = tuple((facet, values) for facet, values in filters if values)
    return replace(query, filters=chosen, **options)


def refuse_both(as_json: bool, as_csv: bool) -> None:
    """Refuse two forms at once."""
    if as_json and as_csv:
        raise click.UsageError("Give either --json or --csv, not both.")


def print_json(value: Any) -> None:
    """Print a value as JSON that a person can read too."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def open_encoding(models: Path) -> Encoding | None:
    """Give what encodes passages, with a bar that shows its progress; None without a model."""
    encoder = open_models(models).encoder
    return Encoding(encoder, ProgressBar("Encoding", "passages")) if encoder else None


class ProgressBar:
    """A bar on standard error that is drawn with the first report of progress."""

    def __init__(self, label: str, unit: str = "documents") -> None:
        pause_seconds = 0.1 if sys.stderr.isatty() else 10
        self._bar: tqdm[Never] = tqdm(
            desc=label, unit=f" {unit}", delay=0.1, leave=False, mininterval=pause_seconds
        )

    def __call__(self, done: int, total: int, name: str) -> None:
        """Show that ``done`` of ``total`` are done, ``name`` the last of them."""
        self._bar.total = total
        self._bar.set_postfix_str(name[-40:], refresh=False)
        self._bar.update(done - self._bar.n)
        if done == total:
            self._bar.close()


def _check_date(context: click.Context, option: click.Parameter, value: str) -> str:
    if value and not first_day(value):
        raise click.BadParameter("give a year, 2018, a month, 2018-04, or a day, 2018-04-01.")
    return value
