"""A server in a thread and one on standard input, for tests that ask as programs do."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
from flask import Flask
from mcp import Client, StdioServerParameters, stdio_client
from werkzeug.serving import make_server

ADDRESS = "https://plans.example.org"
Ask = Callable[[Client], Coroutine[Any, Any, None]]


@contextmanager
def answering(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["plansearch"].library.close()


def ask_server(data: Path, ask: Ask, *options: str) -> None:
    """Start the server as a program that speaks MCP does, and ask it."""
    arguments = ["-c", "from search_app.cli import main; main()", "mcp", "--data", str(data)]
    server = StdioServerParameters(
        command=sys.executable,
        args=[*arguments, "--models", str(data / "none"), "--address", ADDRESS, *options],
    )

    async def run() -> None:
        async with Client(stdio_client(server)) as client:
            await ask(client)

    anyio.run(run)


async def call(client: Client, tool: str, **arguments: Any) -> Any:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return result.structured_content
