"""Page images: rendered by pdfium on demand, kept in a bounded cache in the data folder."""

from __future__ import annotations

import math
import os
import threading
from pathlib import Path

import pypdfium2
from PIL import Image

from index.errors import SearchError
from ingest.library import Library
from ingest.records import HeldDocument

MOST_CACHE_MIB = 512
MOST_PIXELS = 16_000_000
MOST_SIDE = 16_000
"""In pixels; WebP holds 16,383."""

MOST_LOSSLESS_KIB = 256
QUALITY = 80
"""Of WebP that is not lossless, from 0 to 100."""

SCALES = (1, 2, 3)
"""Pixels a point (1/72 inch) that can be asked for."""

DEFAULT_SCALE = 2

PDF = "application/pdf"

_MIB = 1024 * 1024
_pdfium = threading.Lock()
"""pdfium is not safe to use from two threads at once."""


class NoPageImage(SearchError):
    """A page has no image, because it is no PDF page or its original cannot be shown."""


def render_page(library: Library, held: HeldDocument, number: int, scale: int) -> Path:
    """Render a page, from 1, at one of SCALES, unless the cache has it; give the WebP file's place.

    Raises:
        NoPageImage: the document has no page images, or no such page.
    """
    if held.media_type != PDF:
        raise NoPageImage(f"{held.file} has no page images, because it is not a PDF.")
    if not 1 <= number <= held.page_count:
        raise NoPageImage(f"{held.file} has no page {number}; it has {held.page_count}.")
    folder = library.data / "pages"
    image = folder / f"{held.sha256}-{number}-{scale}.webp"
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
            _save(bitmap.to_pil(), aside)
            bitmap.close()
            page.close()
    except (pypdfium2.PdfiumError, OSError, IndexError) as error:
        aside.unlink(missing_ok=True)
        raise NoPageImage(f"Page {number} of {held.file} cannot be shown as an image.") from error
    os.replace(aside, image)


def _save(image: Image.Image, aside: Path) -> None:
    """Save losslessly, which is sharpest and smallest for text; where photographs make that large,
    as good as the eye needs."""
    image.save(aside, "WEBP", lossless=True, method=1)
    if aside.stat().st_size > MOST_LOSSLESS_KIB * 1024:
        image.save(aside, "WEBP", quality=QUALITY, method=2)


def _bounded(scale: float, width: float, height: float) -> float:
    """Lower a scale so that a page of a size in points has at most MOST_PIXELS, and no side over
    MOST_SIDE."""
    by_area = math.sqrt(MOST_PIXELS / max(1.0, width * height))
    return min(scale, by_area, MOST_SIDE / max(1.0, width, height))


def _remove_oldest(folder: Path, most_bytes: int) -> None:
    """Remove the oldest images until the rest fit, but never the newest."""
    entries = sorted((path.stat().st_mtime_ns, path) for path in folder.glob("*.webp"))
    total = sum(path.stat().st_size for _, path in entries)
    for _, path in entries[:-1]:
        if total <= most_bytes:
            return
        total -= path.stat().st_size
        path.unlink()
