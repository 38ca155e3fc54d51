"""The pages and API of quoting: the quote checker, permalinks, and differences of versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from index.wordings import Wordings
from ingest.records import HeldDocument
from search_app.page_images import PDF, render_page
from search_app.page_view import PageView, view_page
from search_app.quoting.check_records import link_to, report_json
from search_app.quoting.checker import MOST_CHARACTERS, Place, Report, check_text, name_state
from search_app.quoting.cited import Cited, find_cited, trace_words
from search_app.quoting.differences import sort_by_weight
from search_app.quoting.difference_records import differences_json
from search_app.quoting.permalinks import page_path, quotation_path
from search_app.quoting.stretches import Texts
from search_app.quoting.version_differences import CHANGES, Line, compare_versions
from search_app.quoting.versions import Shelved
from search_app.request_query import place_from_request, scale_from_request
from search_app.service import Service, current_service

MOST_PLACES = 5
"""So many places of a quotation are shown; the others are folded away."""

_WORDINGS = "plansearch.wordings"

_TEXTS = ("", "text/plain", "application/x-www-form-urlencoded")
"""What a text may be sent as; the last is what curl says of anything."""

quotes = Blueprint("quotes", __name__)


@quotes.route("/check-quotes", methods=["GET", "POST"])
def show_check() -> str:
    """Show what of the quotations in a text stands in the documents, or the box to give one."""
    sent = request.form if request.method == "POST" else request.args
    text, sentences = sent.get("text", ""), sent.get("sentences") == "1"
    return render_template(
        "check-quotes.html",
        text=text,
        sentences=sentences,
        report=_check(text, sentences) if text.strip() else None,
        empty=request.method == "POST" and not text.strip(),
        said=_coverage(),
        most_characters=MOST_CHARACTERS,
        most_places=MOST_PLACES,
        place_url=place_url,
        permalink=link_to,
        sort_by_weight=sort_by_weight,
    )


@quotes.post("/api/v1/check-quotes")
def give_check() -> Response:
    """Check the quotations in a text: the body, or "text" of one that is JSON."""
    text, sentences = _read_sent()
    asked = request.args.get("sentences") == "1"
    return jsonify(report_json(_check(text, sentences or asked)))


@quotes.get("/q/<document_id>/<int:version>")
def show_version(document_id: str, version: int) -> str:
    """Show which version of a document was cited, and what has become of it."""
    service = current_service()
    return _show_kept(service, _shelved(service).version(document_id, version))


@quotes.get("/q/<document_id>/<int:version>/<int:passage>")
def show_quotation(document_id: str, version: int, passage: int) -> str:
    """Show words as they were cited, and what has become of them since."""
    service = current_service()
    shelved = _shelved(service)
    held = shelved.version(document_id, version)
    texts = Texts(service.library)
    at = _read_quote()
    cited = find_cited(texts, held, passage, at, request.args.get("words", ""))
    pages = _view_pages(service, cited) if cited else ()
    return _show_kept(
        service,
        held,
        cited=cited,
        lost=cited is None,
        views=pages,
        printed=texts.label(held, pages[0].page.number) if pages else "",
        since=trace_words(shelved, texts, cited) if cited else (),
        address=_address(cited) if cited else "",
    )


@quotes.get("/q/<document_id>/<int:version>/page/<int:number>")
def show_kept_page(document_id: str, version: int, number: int) -> str:
    """Show a page of a version, with the words of ?passage= and ?quote= boxed."""
    service = current_service()
    held = _shelved(service).version(document_id, version)
    page = service.library.page(held, number)
    place, texts = place_from_request(request.args), Texts(service.library)
    cited = find_cited(texts, held, place.passage, place.quote, "") if place.quote else None
    passages = texts.passages(held)
    blocks, spans = service.library.blocks(held), cited.spans if cited else ()
    view = view_page(page, blocks, passages, spans, 0)
    return _show_kept(
        service, held, views=(view,), printed=page.label, with_text=True,
        address=page_path(held.id, held.version, number),
    )  # fmt: skip


@quotes.get("/q/<document_id>/<int:version>/page/<int:number>/image")
def send_kept_image(document_id: str, version: int, number: int) -> Response:
    """Send a page of a version as an image; ?scale= is pixels a point."""
    service = current_service()
    held = _shelved(service).version(document_id, version)
    image = render_page(service.library, held, number, scale_from_request(request.args))
    return send_file(image.absolute(), "image/webp")


@quotes.get("/documents/<document_id>/differences")
def show_differences(document_id: str) -> str:
    """Show what differs between two versions, ?from= and ?to=."""
    service = current_service()
    shelved = _shelved(service)
    held = shelved.standing(document_id)
    two = shelved.choose_two(document_id, *_read_two())
    return render_template(
        "differences.html",
        held=held,
        found=compare_versions(Texts(service.library), *two) if two else None,
        choices=shelved.comparable(document_id),
        changes=CHANGES,
        urls=tuple(map(make_words_url, two or ())),
        name_version=name_version,
        folded=_fold_lines,
    )


@quotes.get("/api/v1/documents/<document_id>/differences")
def give_differences(document_id: str) -> Response:
    """Give what differs between two versions, ?from= and ?to=."""
    service = current_service()
    two = _shelved(service).choose_two(document_id, *_read_two())
    if two is None:
        return jsonify(document=document_id, differences=None)
    found = compare_versions(Texts(service.library), *two)
    return jsonify(document=document_id, differences=differences_json(found))


def place_url(place: Place) -> str:
    """Give the address of the page where words stand, with the words boxed."""
    return make_words_url(place.held)(place.page, place.number, (place.start, place.end))


def make_words_url(held: HeldDocument) -> Callable[[int, int, tuple[int, int]], str]:
    """Give what makes, of a page, a passage and offsets in its text, the address of the page of
    this version with the words boxed."""
    standing = _shelved(current_service()).standing(held.id)

    def make(number: int, passage: int, at: tuple[int, int]) -> str:
        arguments: dict[str, Any] = {
            "document_id": held.id, "number": number, "passage": passage,
            "quote": f"{at[0]}-{at[1]}",
        }  # fmt: skip
        if held.version != standing.version:
            return url_for("quotes.show_kept_page", version=held.version, **arguments)
        return url_for("pages.show_page", _anchor=f"passage-{passage}", **arguments)

    return make


def name_version(held: HeldDocument, document_id: str) -> str:
    """Give how ?from= and ?to= of a document's differences name a version."""
    return str(held.version) if held.id == document_id else f"{held.id}/{held.version}"


def _fold_lines(lines: Sequence[Line]) -> list[tuple[bool, tuple[Line, ...]]]:
    """Part lines into runs of those that are unchanged and of the others."""
    runs = groupby(lines, key=lambda line: line.change == "same")
    return [(same, tuple(run)) for same, run in runs]


def _show_kept(service: Service, held: HeldDocument, **more: Any) -> str:
    shelved = _shelved(service)
    standing = shelved.standing(held.id)
    state = name_state(held, shelved.searched(held.id))
    newer = shelved.newer(held)
    shown: dict[str, Any] = {
        "cited": None, "lost": False, "views": (), "since": (), "with_text": False,
        "address": url_for("quotes.show_version", document_id=held.id, version=held.version),
    }  # fmt: skip
    return render_template(
        "quotation.html",
        held=held,
        standing=standing,
        state=state,
        newer=newer,
        has_image=held.media_type == PDF,
        place_url=place_url,
        words_url=make_words_url(held),
        name_version=name_version,
        **(shown | more),
    )


def _view_pages(service: Service, cited: Cited) -> tuple[PageView, ...]:
    """Make the pages that cited words stand on, with the words boxed."""
    library, held = service.library, cited.held
    blocks = library.blocks(held)
    numbers = sorted({span.page for span in cited.spans})
    pages = (library.page(held, number) for number in numbers)
    return tuple(view_page(page, blocks, (), cited.spans, 0) for page in pages)


def _address(cited: Cited) -> str:
    at = cited.start, cited.end
    held = cited.held
    return quotation_path(held.id, held.version, cited.passage.number, cited.text, at)


def _read_sent() -> tuple[str, bool]:
    """Read the text that was sent to be checked, and whether each sentence of it is to be."""
    if not request.is_json:
        if request.mimetype not in _TEXTS:
            raise UnsupportedMediaType("Send plain text or JSON.")
        if not request.get_data():
            raise BadRequest("Nothing was sent; send the text that is to be checked.")
        return request.get_data(as_text=True), False
    sent = request.get_json(silent=True)
    given = sent if isinstance(sent, dict) else {}
    match given:
        case {"text": str(text), "sentences": bool(sentences)}:
            return text, sentences
        case {"text": str(text)} if "sentences" not in given:
            return text, False
    raise BadRequest('Send JSON such as {"text": "…", "sentences": false}, or plain text.')


def _check(text: str, sentences: bool) -> Report:
    service = current_service()
    kept = current_app.extensions.setdefault(_WORDINGS, Wordings(service.searcher))
    return check_text(kept, text.replace("\x00", " "), service.audience, sentences)


def _coverage() -> Any:
    service = current_service()
    return service.searcher.coverage(service.audience)


def _shelved(service: Service) -> Shelved:
    return Shelved(service.searcher, service.audience)


def _read_quote() -> tuple[int, int] | None:
    asked = MultiDict({"passage": "1", "quote": request.args.get("quote", "")})
    return place_from_request(asked).quote


def _read_two() -> tuple[str, str]:
    return request.args.get("from", "").strip(), request.args.get("to", "").strip()
