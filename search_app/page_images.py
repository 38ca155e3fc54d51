"""Page images: rendered by pdfium on demand, kept in a bounded cache in the data folder."""

from __future__ import annotations

import math
import os
import threading
from pathlib import Path

import pypdfium2

from index.errors import SearchError
from ingest.library import Library
from ingest.records import HeldDocument

MOST_CACHE_MIB = 512
MOST_PIXELS = 16_000_000
SCALES = (1, 2, 3)
"""Pixels a point (1/72 inch) that can be asked for."""

PDF = "application/pdf"

_MIB = 1024 * 1024
_pdfium = threading.Lock()
"""pdfium is not safe to use from two threads at once."""


class NoPageImage(SearchError):
    """A page has no image, because it is no PDF page or its original cannot be shown."""


def render_page(library: Library, held: HeldDocument, number: int, scale: int) -> Path:
    """Render a page, from 1, at one of SCALES, unless the cache has it; give the PNG's place.

    Raises:
        NoPageImage: the document has no page images, or no such page.
    """
    if held.media_type != PDF:
        raise NoPageImage(f"{held.file} has no page images, because it is not a PDF.")
    if not 1 <= number <= held.page_count:
        raise NoPageImage(f"{held.file} has no page {number}; it has {held.page_count}.")
    folder = library.data / "pages"
    image = folder / f"{held.sha256}-{number}-{scale}.png"
    folder.mkdir(exist_ok=True)
    with _pdfium:
        if not image.exists():
            _render(library.original(held), held, number, scale, image)
            _remove_oldest(folder, MOST_CACHE_MIB * _MIB)
    return image


def _render(original: Path, held: HeldDocument, number: int, scale: int, image: Path) -> None:
    """Render into a file aside and move it into place, so that no image is ever half."""
    aside = image.with_suffix(f".{os.getpid()}.part")
    try:
        with pypdfium2.PdfDocument(original) as document:
            page = document[number - 1]
            bitmap = page.render(scale=_bounded(scale, *page.get_size()))
            bitmap.to_pil().save(aside, "PNG")
            bitmap.close()
            page.close()
    except (pypdfium2.PdfiumError, OSError, IndexError) as error:
        aside.unlink(missing_ok=True)
        raise NoPageImage(f"Page {number} of {held.file} cannot be shown as an image.") from error
    os.replace(aside, image)


def _bounded(scale: float, width: float, height: float) -> float:
    """Lower a scale so that a page of a size in points has at most MOST_PIXELS."""
    return min(scale, math.sqrt(MOST_PIXELS / max(1.0, width * height)))


def _remove_oldest(folder: Path, most_bytes: int) -> None:
    """Remove the oldest images until the rest fit, but never the newest."""
    entries = sorted((path.stat().st_mtime_ns, path) for path in folder.glob("*.png"))
    total = sum(path.stat().st_size for _, path in entries)
    for _, path in entries[:-1]:
        if total <= most_bytes:
            return
        total -= path.stat().st_size
        path.unlink()
