"""Generations of the index on disk: each complete in a folder, and a pointer to the live one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from index.errors import NoIndex
from index.manifest import MANIFEST

_POINTER = "live"


def index_folder(data: Path) -> Path:
    """Give the folder of all generations."""
    return data / "index"


def live_generation(data: Path) -> str:
    """Name the live generation.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    pointer = index_folder(data) / _POINTER
    live = pointer.read_text().strip() if pointer.exists() else ""
    if not live:
        raise NoIndex(_no_index(data))
    return live


def _no_index(data: Path) -> str:
    return f"There is no index in {data} yet; run: plansearch ingest FOLDER"


def pointer_stamp(data: Path) -> tuple[int, int]:
    """Give what changes whenever the pointer to the live generation is moved, quickly read.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    try:
        known = os.stat(index_folder(data) / _POINTER)
    except FileNotFoundError as error:
        raise NoIndex(_no_index(data)) from error
    return known.st_ino, known.st_mtime_ns


def next_generation(data: Path, live: str) -> Path:
    """Make the folder of the generation after the live one, empty."""
    folder = index_folder(data) / f"{int(live or 0) + 1:06}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def link_files(old: Path, new: Path) -> None:
    """Put the files of a generation into the next by hard links; none is ever changed."""
    for path in old.iterdir():
        if path.name not in MANIFEST:
            os.link(path, new / path.name)


def make_live(data: Path, folder: Path) -> None:
    """Move the pointer to a complete generation; keep the one before it and remove the rest."""
    pointer = index_folder(data) / _POINTER
    before = pointer.read_text().strip() if pointer.exists() else ""
    aside = pointer.with_suffix(".part")
    aside.write_text(folder.name)
    os.replace(aside, pointer)
    for other in index_folder(data).iterdir():
        if other.is_dir() and other.name not in (folder.name, before):
            shutil.rmtree(other)
