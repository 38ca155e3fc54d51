"""Permalinks: what was cited is still shown, and what has become of it since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.build import build_index
from ingest.errors import NotHeld
from ingest.library import Library
from ingest.versions import find_version
from search_app.quoting.cited import find_cited
from search_app.quoting.permalinks import digest_words, passage_path, quotation_path
from search_app.quoting.stretches import Texts
from tests.factories import (
    fill_library,
    make_document,
    make_pdf,
    make_words,
    open_client,
    print_lines,
    silent,
)

KEPT = "The trust will keep all nine beds of the community hospital open."
CHANGED = "Agency staff will cost at most five million pounds a year from now on."
GONE = "A new helicopter pad is built on the roof before the winter comes."
OLD = f"# Beds\n{KEPT}\n{CHANGED}\n{GONE}"
NEW = f"# Opening\nHello to all.\n# Beds\n{CHANGED.replace('five', 'seven')}\n{KEPT}"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a library with two versions of a plan, one that supersedes it, and one withdrawn."""
    library = Library(tmp_path_factory.mktemp("permalinks"))
    fill_library(
        library,
        make_document("plan.txt", OLD),
        make_document("gone.txt", f"# Beds\n{KEPT}"),
        make_document("staff.txt", f"# Beds\n{KEPT}", audience="staff"),
    )
    newest = make_document("newest.txt", f"# Beds\n{KEPT}", supersedes="plan.txt")
    staff = make_document("staff.txt", f"# All\n{KEPT}")
    fill_library(library, make_document("plan.txt", NEW), newest, staff)
    build_index(library, silent)
    library.close()
    return library.data


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[FlaskClient]:
    yield from open_client(data)


def quote(words: str, document: str = "plan", text: str = OLD) -> str:
    start = text.removeprefix("# ").index(words)
    return quotation_path(document, 1, 1, words, (start, start + len(words)))


def read(client: FlaskClient, path: str) -> str:
    shown = client.get(path)
    assert shown.status_code == 200
    return " ".join(shown.get_data(as_text=True).split())


FATES = {
    KEPT: "The same words still stand in it",
    CHANGED: "The words were changed",
    GONE: "The words are gone",
}


@pytest.mark.parametrize("words", FATES)
def test_an_older_version_is_shown_with_what_has_become_of_its_words(
    client: FlaskClient, words: str
) -> None:
    text = read(client, quote(words))
    assert f"“{words}”" in text and "Version 2 stands since" in text
    assert FATES[words] in text.split("In version 2")[1].split("<h3")[0]
    assert "/documents/plan/differences?from=1" in text
    assert "In newest" in text and "Superseded" in text


def test_the_words_of_the_version_that_stands_lead_to_their_page(client: FlaskClient) -> None:
    path = quotation_path("newest", 1, 1, KEPT, (5, 5 + len(KEPT)))
    text = read(client, path)
    assert "nothing has changed" in text and "/documents/newest/pages/1?" in text


def test_a_withdrawn_document_is_still_shown_and_told(client: FlaskClient) -> None:
    text = read(client, quote(KEPT, "gone"))
    assert f"“{KEPT}”" in text and "Withdrawn" in text


def test_a_version_for_staff_is_not_shown_though_its_document_is_public_now(
    client: FlaskClient,
) -> None:
    assert client.get("/q/staff/2").status_code == 200
    cite = "/documents/staff/cite?version=1"
    for path in ("/q/staff/1", "/q/staff/1/1", "/q/staff/1/page/1", cite):
        assert client.get(path).status_code == 404


def test_a_passage_a_page_and_a_version_have_addresses(client: FlaskClient, data: Path) -> None:
    library = Library(data)
    held = find_version(library, "plan", 1)
    whole = library.passages(held)[0].text
    library.close()
    assert GONE in read(client, passage_path("plan", 1, 1, whole))
    assert GONE in read(client, "/q/plan/1/page/1")
    assert GONE in read(client, "/q/plan/1/page/1?passage=1&quote=5-20")
    assert "Version 1" in read(client, "/q/plan/1")


NOT_HELD = ("/q/none/1", "/q/plan/3", "/q/plan/1/99", "/q/plan/1/page/2", "/q/plan/1/1?quote=9-999",
            "/q/plan/0", "/q/plan/1/page/1/image")  # fmt: skip


@pytest.mark.parametrize("path", NOT_HELD)
def test_what_is_not_held_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_words_are_found_again_where_a_version_was_read_anew(data: Path) -> None:
    """The address says another passage and place, as it would after a better reading."""
    library = Library(data)
    held, texts = find_version(library, "plan", 1), Texts(library)
    start = library.passages(held)[0].text.index(CHANGED)
    wrong = (start + 7, start + 7 + len(CHANGED))
    cited = find_cited(texts, held, 1, wrong, digest_words(CHANGED))
    assert cited and cited.moved and cited.text == CHANGED
    whole = library.passages(held)[0].text
    moved = find_cited(texts, held, 9, None, digest_words(whole))
    assert moved and moved.moved and moved.text == whole
    library.close()


def test_the_pages_of_an_older_version_are_shown_as_they_were(tmp_path: Path) -> None:
    library = Library(tmp_path)
    for words in ("nine old beds", "ten new beds"):
        source, document = make_document("plan.pdf", words)
        page = replace(document.reading.pages[0], width=595.0, height=842.0,
                       words=make_words(words))  # fmt: skip
        reading = replace(document.reading, media_type="application/pdf", paged=True, pages=(page,))
        fill_library(library, (source, replace(document, reading=reading)))
        (library.originals / source.sha256).write_bytes(make_pdf(print_lines(words)))
    build_index(library, silent)
    library.close()
    for client in open_client(tmp_path):
        images = []
        for version in (1, 2):
            with client.get(f"/q/plan/{version}/page/1/image") as sent:
                images.append(sent.data)
        assert images[0] != images[1] and images[0][8:12] == images[1][8:12] == b"WEBP"
        text = read(client, quotation_path("plan", 1, 1, "old beds", (5, 13)))
        assert "/q/plan/1/page/1/image" in text and 'class="match" x="50.0"' in text


def test_words_that_are_lost_are_told_and_no_others_shown(client: FlaskClient, data: Path) -> None:
    text = read(client, "/q/plan/1/1?quote=5-20&words=000000000000")
    assert "no longer to be found" in text and "<blockquote" not in text
    library = Library(data)
    with pytest.raises(NotHeld):
        find_cited(Texts(library), find_version(library, "plan", 1), 9, None, "")
    library.close()
