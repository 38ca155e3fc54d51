"""Following a search: its address, and a feed of the documents that match, newest read first."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from flask.testing import FlaskClient

from index.build import build_index
from search_app.app import create_app
from tests.factories import fill_library, make_document, make_library, silent

ATOM = "{http://www.w3.org/2005/Atom}"

FIRST = make_document("first.txt", "Forty beds & more <b>.", title="First & foremost")
SECOND = make_document("second.txt", "Sixty beds.\n# Staff\nNurses.", published="2020-01")
HIDDEN = make_document("hidden.txt", "Secret beds.", audience="staff")


def read_feed(client: FlaskClient, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.mimetype == "application/atom+xml"
    return ElementTree.fromstring(answer.data)


def titles(feed: ElementTree.Element) -> list[str]:
    return [str(entry.findtext(ATOM + "title")) for entry in feed.iter(ATOM + "entry")]


def test_feed_has_each_document_with_its_words_and_where_they_stand(tmp_path: Path) -> None:
    make_library(tmp_path, FIRST, SECOND, HIDDEN).close()
    client = create_app(tmp_path).test_client()
    feed = read_feed(client, "/feed.atom?q=beds")
    assert sorted(titles(feed)) == ["First & foremost: 1 passage", "second: 1 passage"]
    assert "2 passages in 2 documents" in str(feed.findtext(ATOM + "subtitle"))
    content = [str(entry.findtext(ATOM + "content")) for entry in feed.iter(ATOM + "entry")]
    assert any("Forty <mark>beds</mark> &amp; more &lt;b&gt;." in text for text in content)
    assert not any("Secret" in text for text in content)
    for entry in feed.iter(ATOM + "entry"):
        link = entry.find(ATOM + "link")
        assert link is not None and client.get(link.attrib["href"]).status_code == 200


def test_feed_has_what_was_read_last_first_and_a_new_version_is_a_new_entry(
    tmp_path: Path,
) -> None:
    library = make_library(tmp_path, FIRST, SECOND)
    client = create_app(tmp_path).test_client()
    before = {entry.findtext(ATOM + "id") for entry in read_feed(client, "/feed.atom?q=beds")}
    changed = make_document("first.txt", "Fifty beds.", title="First & foremost")
    fill_library(library, SECOND, changed)
    build_index(library, silent)
    feed = read_feed(client, "/feed.atom?q=beds")
    ids = [entry.findtext(ATOM + "id") for entry in feed.iter(ATOM + "entry")]
    assert titles(feed)[0].startswith("First") and ids[0] not in before and ids[1] in before


def test_feed_without_matches_is_a_feed(tmp_path: Path) -> None:
    make_library(tmp_path, FIRST).close()
    feed = read_feed(create_app(tmp_path).test_client(), "/feed.atom?q=zebra")
    assert not titles(feed) and feed.findtext(ATOM + "updated")


def test_page_gives_the_addresses_to_keep(tmp_path: Path) -> None:
    make_library(tmp_path, FIRST, SECOND).close()
    page = create_app(tmp_path).test_client().get("/follow?q=beds&year=2020").text
    assert "http://localhost/search?q=beds&amp;year=2020" in page
    assert "http://localhost/feed.atom?q=beds&amp;year=2020" in page
    assert "1 passage in 1 document" in page
