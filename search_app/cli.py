"""The command line: thin over the same core as the pages.

Exit codes: 0 done; 1 done, but something could not be read or nothing was found; 2 not done.
"""

from __future__ import annotations

import click

from search_app.commands.options import PlainGroup
from search_app.commands.across import across
from search_app.commands.batch import batch
from search_app.commands.check_quotes import check_quotes
from search_app.commands.commitments import commitments
from search_app.commands.concordance import concordance
from search_app.commands.digest import digest
from search_app.commands.evaluate import evaluate
from search_app.commands.export import export
from search_app.commands.holdings import coverage, documents
from search_app.commands.library import (
    fetch_assets,
    fetch_models,
    index,
    ingest,
    read,
    serve,
    status,
)
from search_app.commands.mcp import mcp
from search_app.commands.search import ask, search
from search_app.commands.silence import silence
from search_app.commands.trends import trends


@click.group(cls=PlainGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="plansearch")
def main() -> None:
    """Search health and care plans, and answer questions in their own words."""


for command in (
    fetch_models, fetch_assets, ingest, index, search, ask, across, silence, commitments,
    concordance, trends, check_quotes, export, batch, digest, evaluate, read,
    serve, mcp, documents, coverage, status,
):  # fmt: skip
    main.add_command(command)
