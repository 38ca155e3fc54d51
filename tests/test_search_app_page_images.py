"""Page images: the page as displayed, kept in a cache that does not grow without end."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from index.build import build_index
from ingest.library import Library
from ingest.records import Description, Document, Page, Reading
from ingest.register import register
from ingest.save import save_document
from ingest.sources import Source
from search_app import page_images
from search_app.page_images import NoPageImage, render_page
from tests.factories import make_document, make_library, silent

WIDTH, HEIGHT = 300, 200


def make_pdf(path: Path, *rotations: int) -> Path:
    """Write a PDF of empty pages, each turned by some degrees."""
    with pypdfium2.PdfDocument.new() as document:
        for rotation in rotations:
            page = document.new_page(WIDTH, HEIGHT)
            page.set_rotation(rotation)
            page.close()
        document.save(path)
    return path


def make_pdf_library(folder: Path, pdf: Path, pages: int) -> Library:
    """Make a library that holds one PDF, said to have some pages."""
    sha256 = hashlib.sha256(pdf.read_bytes()).hexdigest()
    source = Source(pdf, pdf.name, sha256)
    read = tuple(Page(number, "", "", WIDTH, HEIGHT) for number in range(1, pages + 1))
    library = Library(folder)
    register(library, pdf.parent, [source], retry=False)
    reading = Reading("application/pdf", read, (), paged=True)
    save_document(library, source, Document(reading, Description(), ()))
    build_index(library, silent)
    return library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = make_pdf_library(tmp_path / "data", make_pdf(tmp_path / "plan.pdf", 0, 90), 3)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("number", "scale", "size"), [(1, 1, (300, 200)), (1, 2, (600, 400)), (2, 1, (200, 300))]
)
def test_page_is_rendered_as_displayed(
    library: Library, number: int, scale: int, size: tuple[int, int]
) -> None:
    held = library.document("plan")
    path = render_page(library, held, number, scale)
    assert path == library.data / "pages" / f"{held.sha256}-{number}-{scale}.webp"
    with Image.open(path) as image:
        assert image.size == size


def test_page_is_rendered_once(library: Library) -> None:
    held = library.document("plan")
    first = render_page(library, held, 1, 1)
    made = first.stat().st_mtime_ns
    assert render_page(library, held, 1, 1).stat().st_mtime_ns == made
    assert [path.name for path in first.parent.iterdir()] == [first.name]


@pytest.mark.parametrize("number", [0, 3, 10**30])
def test_page_that_is_not_there_has_no_image(library: Library, number: int) -> None:
    with pytest.raises(NoPageImage):
        render_page(library, library.document("plan"), number, 1)


def test_missing_original_has_no_image(library: Library) -> None:
    held = library.document("plan")
    library.original(held).unlink()
    with pytest.raises(NoPageImage):
        render_page(library, held, 1, 1)


def test_document_that_is_no_pdf_has_no_image(tmp_path: Path) -> None:
    library = make_library(tmp_path, make_document("plan.txt", "Words."))
    with pytest.raises(NoPageImage):
        render_page(library, library.document("plan"), 1, 1)
    library.close()


def test_large_page_is_rendered_smaller(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_images, "MOST_PIXELS", 15_000)
    with Image.open(render_page(library, library.document("plan"), 1, 3)) as image:
        assert image.size == (150, 100)


def test_oldest_images_make_room(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    held = library.document("plan")
    folder = library.data / "pages"
    folder.mkdir()
    oldest, older = folder / "z.webp", folder / "a.webp"
    for seconds, path in enumerate((oldest, older), 1000):
        path.write_bytes(bytes(2**20))
        os.utime(path, (seconds, seconds))
    monkeypatch.setattr(page_images, "MOST_CACHE_MIB", 1.5)
    newest = render_page(library, held, 2, 1)
    assert newest.exists() and older.exists() and not oldest.exists()
