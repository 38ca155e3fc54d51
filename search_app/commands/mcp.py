"""The command that gives plansearch to programs as tools: mcp."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from index.models import open_models
from index.search import Searcher
from search_app.commands.options import (
    NotDone,
    audience_option,
    data_option,
    models_option,
    open_library,
)


@click.command()
@data_option
@models_option
@audience_option
@click.option("--address", default="", help="Of the service, before each permalink.")
def mcp(data: Path, models: Path, audience: Any, address: str) -> None:
    """Serve search, read_page, answer and quote_check as MCP tools on standard input and output.
    """
    try:
        from search_app.mcp_server import make_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise NotDone("The package mcp is missing; run: pip install 'plansearch[mcp]'") from error
    from search_app.service import Service

    library = open_library(data)
    service = Service(library, Searcher(library, open_models(models)), audience)
    make_server(service, address).run("stdio")
