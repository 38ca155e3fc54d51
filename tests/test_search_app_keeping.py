"""What browsers may keep: pages are made again only when something has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import build_index
from search_app.app import create_app
from tests.factories import fill_library, make_document, make_library, silent

OLD = make_document("a.txt", "Forty beds.")
NEW = make_document("b.txt", "Sixty beds.")

KEPT = ["/", "/search?q=beds", "/documents/a", "/documents/a/pages/1?q=beds", "/coverage",
        "/api/v1/search?q=beds", "/feed.atom?q=beds"]  # fmt: skip


@pytest.mark.parametrize("path", KEPT)
def test_page_is_unchanged_until_something_is_read(tmp_path: Path, path: str) -> None:
    library = make_library(tmp_path, OLD)
    client = create_app(tmp_path).test_client()
    sent = client.get(path)
    tag = {"If-None-Match": sent.headers["ETag"]}
    assert sent.headers["Cache-Control"] == "private, no-cache"
    unchanged = client.get(path, headers=tag)
    assert unchanged.status_code == 304 and not unchanged.data
    assert client.get(path + ("&" if "?" in path else "?") + "x=1", headers=tag).status_code == 200
    fill_library(library, OLD, NEW)
    build_index(library, silent)
    assert client.get(path, headers=tag).status_code == 200


def test_readers_of_different_audiences_share_no_page(tmp_path: Path) -> None:
    make_library(tmp_path, OLD).close()
    tag = create_app(tmp_path).test_client().get("/search?q=beds").headers["ETag"]
    staff = create_app(tmp_path, "staff").test_client()
    assert staff.get("/search?q=beds", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", [
    "/ask?q=How+many+beds%3F", "/search?q=How+many+beds%3F", "/api/v1/answer?q=beds",
    "/across?q=beds", "/documents/none",
])  # fmt: skip
def test_answers_that_may_be_hurried_and_errors_have_no_tag(tmp_path: Path, path: str) -> None:
    make_library(tmp_path, OLD).close()
    assert "ETag" not in create_app(tmp_path).test_client().get(path).headers


def test_pages_are_compressed_for_those_who_can_read_it(tmp_path: Path) -> None:
    make_library(tmp_path, OLD).close()
    client = create_app(tmp_path).test_client()
    plain = client.get("/search?q=beds")
    packed = client.get("/search?q=beds", headers={"Accept-Encoding": "br"})
    assert packed.headers["Content-Encoding"] == "br" and len(packed.data) < len(plain.data) / 2
    assert "Content-Encoding" not in plain.headers
