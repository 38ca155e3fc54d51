"""The pages, asked for as a browser does, on a small library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.build import build_index
from ingest.library import Library
from ingest.records import Document, Doubt, Page
from ingest.run import ingest_corpus
from ingest.sources import Source
from ingest.workers import Limits
from search_app.app import create_app
from search_app.service import Service
from tests.factories import fill_library, make_document, make_library, silent

PLAN = make_document(
    "plan.txt",
    "# Beds\nThe trust has 40 beds & 2 wards.\n> Our plan 2016\n# Staff\nNurses & beds.",
    title="The five-year plan", organisation="Derby Trust", kind="five-year plan",
    published="2016-10", status="current",
)  # fmt: skip
REFRESH = make_document(
    "refresh.txt", "# Beds\nThe trust has 35 beds.", title="The refresh",
    organisation="Derby Trust", kind="refresh", published="2019", supersedes="plan.txt",
)  # fmt: skip
ATTACK = make_document(
    "attack.txt", "# <b>Bold</b>\nbeds <script>alert('text')</script>",
    title="<script>alert('title')</script>", organisation="<img src=x>",
)  # fmt: skip
STAFF = make_document("staff.txt", "# Pay\nSecret beds.", title="Hidden", audience="staff")

DOCUMENTS = (PLAN, REFRESH, ATTACK, STAFF)

PATHS = [
    "/", "/search", "/search?q=beds", "/search?q=zebra", "/search?q=beds&kind=refresh&since=2019",
    "/search?q=beds&document=plan", "/ask", "/ask?q=How+many+beds+has+the+trust%3F",
    "/ask?q=Who+won%3F", "/documents/plan", "/documents/plan/pages/1",
    "/documents/plan/pages/1?q=beds&passage=1", "/coverage", "/help", "/across",
    "/across?q=How+many+beds+has+the+trust%3F", "/across?q=beds&by=document&kind=none",
]  # fmt: skip


def close(app: Flask) -> None:
    service = app.extensions["plansearch"]
    assert isinstance(service, Service)
    service.library.close()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    make_library(tmp_path, *DOCUMENTS).close()
    app = create_app(tmp_path)
    app.testing = True
    yield app.test_client()
    close(app)


def get(client: FlaskClient, path: str, code: int = 200) -> str:
    with client.get(path) as response:
        assert response.status_code == code, path
        return response.get_data(as_text=True)


def words(page: str) -> str:
    """Give the words of a page as a reader sees them."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.mark.parametrize("path", PATHS)
def test_page_is_whole_and_says_where_one_is(client: FlaskClient, path: str) -> None:
    page = get(client, path)
    assert re.search(r"<title>.+ – plansearch</title>", page)
    assert '<html lang="en-GB">' in page and ' id="main"' in page
    assert len(re.findall("<h1", page)) == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


@pytest.mark.parametrize("path", PATHS)
def test_every_field_has_a_label_and_every_id_is_one(client: FlaskClient, path: str) -> None:
    page = get(client, path)
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    for field in re.findall(r"<input[^>]*>", page):
        if 'type="hidden"' not in field:
            (name,) = re.findall(r'\sid="([^"]*)"', field)
            assert re.search(rf'<label [^>]*for="{name}"', page)
    for target in re.findall(r'aria-(?:labelledby|describedby)="([^"]*)"', page):
        assert {*target.split()} <= {*ids}


@pytest.mark.parametrize("path", [*PATHS, "/search?q=%3Cscript%3Ealert(1)%3C/script%3E", "/none"])
def test_nothing_foreign_becomes_markup(client: FlaskClient, path: str) -> None:
    page = get(client, path, 404 if path == "/none" else 200)
    assert "<script" not in page and "<img src=x" not in page and "<b>" not in page
    assert " style=" not in page and "onclick" not in page


def test_document_that_holds_markup_is_shown_as_it_is(client: FlaskClient) -> None:
    assert "beds <script>alert('text')</script>" in words_marked(get(client, "/search?q=beds"))
    page = get(client, "/documents/attack/pages/1?q=beds")
    assert "<mark>beds</mark> &lt;script&gt;" in page


def words_marked(page: str) -> str:
    return unescape(re.sub(r"</?mark>", "", page))


@pytest.mark.parametrize("path", [*PATHS, "/none", "/static/plansearch.css", "/health"])
def test_every_answer_has_the_headers_that_keep_it_safe(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"


def test_results_say_how_many_and_what_was_searched(client: FlaskClient) -> None:
    page = words(get(client, "/search?q=beds"))
    assert "4 passages in 3 documents" in page
    assert "Searched 3 of 3 documents" in page
    assert "Export all 4 passages" in page
    assert "No pages: Beds of The refresh" in page


def test_superseded_document_leads_to_the_newer(client: FlaskClient) -> None:
    page = get(client, "/search?q=wards")
    assert 'Superseded by\n  <a href="/documents/refresh">The refresh</a>' in page
    assert "Superseded by The refresh (2019)" in words(get(client, "/documents/plan"))
    assert "It supersedes The five-year plan (October 2016)" in words(
        get(client, "/documents/refresh")
    )


def test_facets_can_be_chosen_and_taken_away(client: FlaskClient) -> None:
    page = get(client, "/search?q=beds&kind=refresh")
    assert 'value="refresh" checked' in page
    assert "1 passage in 1 document" in words(page)
    assert re.search(r'<a href="/search\?q=beds"><span [^>]*>Remove filter', page)
    assert "five-year plan 1 (2)" in words(page)


@pytest.mark.parametrize("query", ["page=abc", "page=-1", "sort=size", "since=soon", "q=%00"])
def test_bad_arguments_are_no_errors(client: FlaskClient, query: str) -> None:
    assert "passages in" in words(get(client, f"/search?{query}"))


def test_page_past_the_end_is_not_found_and_leads_back(client: FlaskClient) -> None:
    page = get(client, "/search?q=beds&kind=refresh&page=9", 404)
    assert "There is no page 9 of these results" in page
    assert 'href="/search?q=beds&amp;kind=refresh"' in page


def test_no_results_say_so_and_what_may_help(client: FlaskClient) -> None:
    page = words(get(client, '/search?q="zebra"&year=2019'))
    assert "No passages found" in page and "Searched 3 of 3 documents" in page
    assert "Search without filters" in page and "without quotation marks" in page


def test_notes_on_the_query_are_shown(client: FlaskClient) -> None:
    assert "Not searched for" in words(get(client, "/search?q=the+beds"))


def test_question_among_searches_is_answered_above_the_passages(client: FlaskClient) -> None:
    page = get(client, "/search?q=How+many+wards+has+the+trust%3F")
    quoted = "“The trust has 40 beds &amp; <strong>2 wards</strong>.”</blockquote>"
    assert page.index(quoted) < page.index('id="found"')
    assert 'href="/ask?q=How+many+wards+has+the+trust?"' in page
    assert 'id="answer"' not in get(client, "/search?q=beds")


def test_question_without_an_answer_says_so_above_the_passages(client: FlaskClient) -> None:
    page = words(get(client, "/search?q=Who+won+the+beds+cup%3F"))
    assert page.index("No answer found") < page.index("passages in")


def test_answer_is_a_quotation_that_leads_to_its_page(client: FlaskClient) -> None:
    page = get(client, "/ask?q=How+many+wards+has+the+trust%3F")
    assert ">“The trust has 40 beds &amp; <strong>2 wards</strong>.”</blockquote>" in page
    (link,) = re.findall(r'<a class="go" href="([^"]*)">', page)
    shown = get(client, unescape(link))
    assert "<mark>The trust has 40 beds &amp; 2 wards.</mark>" in shown
    assert shown.count("<mark>") == 1
    assert "Back to the answer" in shown


def test_question_without_an_answer_gets_the_nearest_passages(client: FlaskClient) -> None:
    page = words(get(client, "/ask?q=Which+zebra+sleeps+in+beds%3F"))
    assert "No answer found" in page and "Nearest passages (not an answer)" in page


def test_document_says_how_each_fact_is_known(client: FlaskClient) -> None:
    page = words(get(client, "/documents/plan"))
    assert "Organisation Derby Trust catalogued" in page
    assert "Published October 2016 catalogued" in page
    assert "Period covered not stated not known" in page


def test_page_shows_its_matches_and_the_way_to_others(client: FlaskClient) -> None:
    page = get(client, "/documents/plan/pages/1?q=beds&kind=refresh&passage=1")
    assert page.count("<mark>") == 3
    assert "match 1 of 2" in words(page) and "Next match" in page
    assert 'id="passage-1" class="section named"' in page
    assert '<p class="furniture">Our plan 2016</p>' in page
    assert 'href="/search?q=beds&amp;kind=refresh">Back to the results' in page


def test_page_marks_what_the_results_marked(client: FlaskClient) -> None:
    """No passage has both words, so any of them counts, here as in the results."""
    page = get(client, "/documents/plan/pages/1?q=zebra+wards")
    assert page.count("<mark>") == 1 and "<mark>wards</mark>" in page


@pytest.mark.parametrize(
    "path",
    ["/documents/none", "/documents/plan/pages/2", "/documents/plan/pages/0",
     "/documents/plan/pages/99999999999999999999", "/documents/plan/pages/1/image",
     "/documents/none/original", "/search?page=2", "/none"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert ">Not found</h1>" in get(client, path, 404)


def test_original_is_sent_as_a_file(client: FlaskClient) -> None:
    with client.get("/documents/attack/original") as response:
        assert response.headers["Content-Disposition"] == "attachment; filename=attack.txt"
        assert b"<script>" in response.data


@pytest.mark.parametrize(("name", "rows"), [("export.csv", 5), ("export.jsonl", 4)])
def test_export_has_all_passages(client: FlaskClient, name: str, rows: int) -> None:
    with client.get(f"/{name}?q=beds&page=7") as response:
        assert response.status_code == 200
        sent = response.headers["Content-Disposition"]
        assert sent == f'attachment; filename="plansearch{Path(name).suffix}"'
        assert len(response.get_data(as_text=True).strip().splitlines()) >= rows


@pytest.mark.parametrize(
    "path", [*PATHS, "/search?q=secret", "/export.csv", "/health", "/documents/staff",
             "/documents/staff/original", "/documents/staff/pages/1"],
)  # fmt: skip
def test_reader_never_learns_of_what_is_not_for_him(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        shown = response.get_data(as_text=True)
    assert "Hidden" not in shown and "Secret" not in shown and "staff.txt" not in shown
    if path.startswith("/documents/staff"):
        assert response.status_code == 404


def test_staff_find_what_is_for_them(tmp_path: Path) -> None:
    make_library(tmp_path, *DOCUMENTS).close()
    app = create_app(tmp_path, "staff")
    assert "5 passages in 4 documents" in words(get(app.test_client(), "/search?q=beds"))
    close(app)


def test_document_superseded_by_a_hidden_one_does_not_say_by_which(tmp_path: Path) -> None:
    newer = make_document(
        "new.txt", "New.", title="Hidden", audience="staff", supersedes="old.txt"
    )
    older = make_document("old.txt", "Old beds.", status="", supersedes="")
    assert "Hidden" not in ask_once(tmp_path, (newer, older), "/documents/old")


def test_document_that_supersedes_a_hidden_one_does_not_name_it(tmp_path: Path) -> None:
    older = make_document("hidden.txt", "Old.", audience="staff")
    newer = make_document("new.txt", "New beds.", supersedes="hidden.txt")
    page = ask_once(tmp_path, (newer, older), "/documents/new")
    assert "hidden.txt" not in page and "/documents/hidden" not in page


def ask_once(data: Path, documents: tuple[tuple[Source, Document], ...], path: str) -> str:
    make_library(data, *documents).close()
    app = create_app(data)
    page = get(app.test_client(), path)
    close(app)
    return page


def test_withdrawn_document_says_so_and_is_not_searched(tmp_path: Path) -> None:
    library = make_library(tmp_path, PLAN, REFRESH)
    fill_library(library, REFRESH)
    build_index(library, silent)
    library.close()
    app = create_app(tmp_path)
    client = app.test_client()
    assert "Withdrawn: its file is no longer" in words(get(client, "/documents/plan"))
    assert "This document was withdrawn" in words(get(client, "/documents/plan/pages/1?q=beds"))
    assert "1 passage in 1 document" in words(get(client, "/search?q=beds"))
    assert "The five-year plan , since" in words(get(client, "/coverage"))
    close(app)


def ingest_folder(tmp_path: Path, catalogue: str) -> Path:
    """Ingest a folder of one good file, a damaged one and one that is no document."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "plan.txt").write_text("The trust has 40 beds.")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing more")
    (folder / "figures.xlsx").write_bytes(b"x")
    (folder / "catalogue.csv").write_text(f"file,audience\n{catalogue}\nlost.pdf,public\n")
    library = Library(tmp_path / "data")
    ingest_corpus(folder, library, Limits(1), silent)
    build_index(library, silent)
    library.close()
    return library.data


def test_coverage_names_what_was_not_read_and_why(tmp_path: Path) -> None:
    app = create_app(ingest_folder(tmp_path, "plan.txt,public"))
    page = words(get(app.test_client(), "/coverage"))
    assert "2 documents held, 1 of them searched" in page
    assert "broken.pdf : The PDF" in page
    assert "figures.xlsx" in page and "names lost.pdf, which is not there" in page
    results = words(get(app.test_client(), "/search?q=beds"))
    assert "Searched 1 of 2 documents; 1 could not be read (broken.pdf)" in results
    close(app)


def test_report_of_a_run_is_kept_back_where_it_may_name_what_is_not_for_all(
    tmp_path: Path,
) -> None:
    data = ingest_folder(tmp_path, "broken.pdf,staff")
    for audience, shown in (("public", False), ("staff", True)):
        app = create_app(data, audience)  # type: ignore[arg-type]
        page = get(app.test_client(), "/coverage")
        assert ("figures.xlsx" in page) is shown and ("broken.pdf" in page) is shown
        close(app)


@pytest.mark.parametrize("path", ["/", "/search?q=a", "/ask?q=b", "/coverage", "/documents/plan",
                                  "/export.csv", "/across?q=b", "/across.csv?q=b",
                                  "/documents/plan/pages/1"])  # fmt: skip
def test_without_an_index_every_page_says_what_to_do(tmp_path: Path, path: str) -> None:
    app = create_app(tmp_path)
    page = words(get(app.test_client(), path, 503))
    assert "Nothing can be searched yet" in page and "plansearch ingest" in page
    close(app)


def test_health_tells_whether_it_can_search(client: FlaskClient, tmp_path: Path) -> None:
    with client.get("/health") as response:
        assert response.json == {"status": "ok", "generation": "000001", "documents": 3}
    app = create_app(tmp_path / "empty")
    with app.test_client().get("/health") as response:
        assert response.status_code == 503
    close(app)


@pytest.fixture
def doubtful(tmp_path: Path) -> Iterator[FlaskClient]:
    """Serve a document of which one page is garbled and one was not read."""
    source, document = make_document("scan.txt", "A page of beds.", title="The scan")
    (page,) = document.reading.pages
    doubts = (Doubt("garbled", "Half of the letters are wrong."),)
    pages = (replace(page, doubts=doubts), Page(2, "", quality="unread", note="It is a picture."))
    reading = replace(document.reading, pages=pages, paged=True)
    make_library(tmp_path, (source, replace(document, reading=reading)), PLAN).close()
    app = create_app(tmp_path)
    app.testing = True
    yield app.test_client()
    close(app)


def test_reading_quality_is_shown_wherever_it_matters(doubtful: FlaskClient) -> None:
    document = words(get(doubtful, "/documents/scan"))
    assert "Reading quality Some pages not read" in document
    assert "Not read, and not searched page 2" in document
    assert "Letters garbled or unknown: words are missing or wrong page 1" in document
    assert "Half of the letters are wrong." in get(doubtful, "/documents/scan/pages/1")
    assert "It is a picture." in get(doubtful, "/documents/scan/pages/2")
    assert "words may be missing or wrong on pages of 1 document" in words(
        get(doubtful, "/search?q=beds"))
    coverage = words(get(doubtful, "/coverage"))
    assert "Words may be missing or wrong" in coverage and "The scan : page 1 of 2" in coverage
    assert "Reading quality Read from the text" in words(get(doubtful, "/documents/plan"))


def test_api_gives_the_reading_quality(doubtful: FlaskClient) -> None:
    with doubtful.get("/api/v1/coverage") as response:
        said = response.get_json()
    assert said["wanting"] == [{"document": "scan", "file": "scan.txt", "pages": [1]}]
    assert "Words may be missing or wrong on pages of 1." in said["sentence"]
    with doubtful.get("/api/v1/documents/scan") as response:
        held = response.get_json()
    assert held["doubts"] == [{"kind": "garbled", "pages": [1]}]
    assert (held["unread_pages"], held["recognised_pages"]) == ([2], [])


COPIED = "The trust opens a new ward in the spring, with nurses who are trained in frailty care."


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[FlaskClient]:
    documents = [
        make_document("one.txt", COPIED, title="One"),
        make_document("two.txt", f"{COPIED} Soon.", title="Two"),
        make_document("hidden.txt", COPIED, title="Hidden", audience="staff"),
    ]
    make_library(tmp_path, *documents).close()
    app = create_app(tmp_path)
    yield app.test_client()
    close(app)


def test_a_copy_is_named_beside_the_passage_and_not_shown_again(copies: FlaskClient) -> None:
    page = get(copies, "/search?q=ward")
    said = words(page)
    assert page.count("<blockquote") == 1
    assert "Also in 1 other document: Two, passage 1 (nearly the same words)" in said
    assert "Passage 1 of Two : nearly the same words as One , above" in said
    assert 'id="hit-one/1/1"' in page and 'href="#hit-one/1/1"' in page
    assert "1 near-identical passage is folded on this page" in said
    assert "2 passages in 2 documents" in said and "Hidden" not in said


def test_more_like_a_passage_can_be_asked_for_filtered_and_exported(copies: FlaskClient) -> None:
    assert 'href="/search?like=one/1/1"' in get(copies, "/search?q=ward")
    page = get(copies, "/search?like=one/1/1&q=other")
    assert "Passages like one" in page and "1 passage in 1 document" in words(page)
    assert "The words typed were not searched for" in page
    assert '<input type="hidden" name="like" value="one/1/1">' in page
    assert "/export?like=one/1/1" in page
    place = get(copies, "/documents/two/pages/1?like=one/1/1&passage=1")
    assert "<mark>" in place and "match 1 of 1" in words(place) and "passages like one" in place
    assert "There is no passage “hidden/1/1”" in get(copies, "/search?like=hidden/1/1")


@pytest.fixture
def capitals(tmp_path: Path) -> Iterator[FlaskClient]:
    text = "".join(f"# Part {n}\nThe SEND review {n} is due.\n" for n in range(4))
    make_library(tmp_path, make_document("one.txt", f"{text}# Last\nSend letters.")).close()
    app = create_app(tmp_path)
    yield app.test_client()
    close(app)


def test_a_short_form_in_capitals_is_told_and_can_be_the_word(capitals: FlaskClient) -> None:
    page = get(capitals, "/search?q=SEND")
    assert "“SEND” in capitals was searched for as a short form" in page
    assert "4 passages in 1 document" in words(page)
    assert 'href="/search?q=SEND&amp;as_typed=1"' in page
    assert "5 passages in 1 document" in words(get(capitals, "/search?q=SEND&as_typed=1"))


def test_further_passages_of_a_document_can_be_opened(capitals: FlaskClient) -> None:
    page = get(capitals, "/search?q=send")
    assert page.count("<blockquote") == 3 and "Show 2 more passages" in words(page)
    assert "All 5 passages in this document" in words(page)
    narrowed = get(capitals, "/search?q=send&document=one")
    assert narrowed.count("<blockquote") == 5 and 'class="rest"' not in narrowed


@pytest.mark.parametrize(
    ("choice", "note"),
    [
        ("kind=xyz", "No document that is searched is of the kind “xyz”."),
        ("year=1900&year=1901", "is of the year “1900” or “1901”."),
        ("theme=%3Cb%3E", "has the theme “&lt;b&gt;”."),
        ("document=nothing", "No document that is searched has the id “nothing”."),
    ],
)
def test_a_choice_that_no_document_has_is_told(
    capitals: FlaskClient, choice: str, note: str
) -> None:
    assert note in get(capitals, f"/search?q=send&{choice}")
    assert "No document that is searched" not in get(capitals, "/search?q=send&document=one")
