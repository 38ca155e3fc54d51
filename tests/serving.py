"""The served site and a real browser, for tests that look at it as a reader does."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from search_app.design.fetching import are_assets

ASSETS = Path(__file__).parents[1] / "var" / "assets"
CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(
    not CHROMIUM, reason="chromium is not installed (Debian: apt-get install chromium)"
)
needs_assets = pytest.mark.skipif(
    not are_assets(ASSETS), reason="the design system is not fetched (plansearch fetch-assets)"
)
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def serving(data: Path, *options: str) -> Iterator[str]:
    """Serve a data folder with the real command on a free port; give the address."""
    command = [sys.executable, "-c", "from search_app.cli import main; main()"]
    looks = ("--assets", str(ASSETS))
    arguments = ["serve", "--data", str(data), "--port", "0", *looks, *options]
    with subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            said = server.stdout.readline()
            found = re.search(r"http://\S+", said)
            assert found, f"the server said {said!r}"
            yield found.group()
        finally:
            server.terminate()


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*_FLAGS])
        try:
            yield browser
        finally:
            browser.close()
