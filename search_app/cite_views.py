"""The pages that cite a document, and that make a report of wrong text; nothing is stored."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urljoin

from flask import Blueprint, Response, json, render_template, request, url_for

from ingest.errors import NotHeld
from ingest.records import HeldDocument
from search_app.attachments import send_attachment
from search_app.keeping import do_not_keep
from search_app.quoting.citations import (
    Citation,
    citation_of,
    cite_bibtex,
    cite_csl,
    cite_plain,
    cite_ris,
)
from search_app.quoting.cited import Cited, find_cited
from search_app.quoting.permalinks import page_path, quotation_path, version_path
from search_app.quoting.stretches import Texts
from search_app.quoting.versions import Shelved
from search_app.quoting.wrong_text import MOST_WORDS_SHOWN, WrongText, write_report
from search_app.request_query import place_from_request
from search_app.service import current_service

citing = Blueprint("citing", __name__)


@citing.get("/documents/<document_id>/cite")
def show_cite(document_id: str) -> str:
    """Show how a document is cited; ?version=, and ?page= or ?passage= and ?quote= name what of it.
    """
    held, citation = _read_citation(document_id)
    names = ("version", "page", "passage", "quote")
    asked = {name: request.args[name] for name in names if request.args.get(name)}
    return render_template(
        "cite.html", held=held, citation=citation, plain=cite_plain(citation), asked=asked,
        bibtex=cite_bibtex(citation),
    )  # fmt: skip


@citing.get("/documents/<document_id>/cite.ris")
def send_ris(document_id: str) -> Response:
    """Send a citation as RIS."""
    _, citation = _read_citation(document_id)
    return _send(citation, cite_ris(citation), "application/x-research-info-systems", "ris")


@citing.get("/documents/<document_id>/cite.bib")
def send_bib(document_id: str) -> Response:
    """Send a citation as BibTeX."""
    _, citation = _read_citation(document_id)
    return _send(citation, cite_bibtex(citation), "application/x-bibtex", "bib")


@citing.get("/documents/<document_id>/cite.csl.json")
def send_csl(document_id: str) -> Response:
    """Send a citation as CSL-JSON."""
    _, citation = _read_citation(document_id)
    packed = json.dumps([cite_csl(citation)], ensure_ascii=False, indent=2)
    return _send(citation, packed, "application/vnd.citationstyles.csl+json", "csl.json")


@citing.get("/documents/<document_id>/pages/<int:number>/report")
def show_report(document_id: str, number: int) -> str:
    """Show a report of wrong text on a page, to be sent by the reader."""
    service = current_service()
    held = service.document(document_id)
    page = service.library.page(held, number)
    wrong = WrongText(
        held=held,
        page=page,
        address=_absolute(page_path(held.id, held.version, number)),
        words=_read_words(held),
        should=request.args.get("should", "").strip()[:MOST_WORDS_SHOWN],
    )
    report = write_report(wrong)
    subject, body = quote(report.subject), quote(report.text.replace("\n", "\r\n"))
    return render_template(
        "report.html", held=held, page=page, wrong=wrong, report=report,
        mail=f"subject={subject}&body={body}",
    )  # fmt: skip


def _read_words(held: HeldDocument) -> str:
    """Read the words that are wrong: as given, or where a link points them out."""
    given = request.args.get("words", "").strip()
    cited = None if given else _find_words(held)
    return (cited.text if cited else given)[:MOST_WORDS_SHOWN]


def _read_citation(document_id: str) -> tuple[HeldDocument, Citation]:
    """Read what is to be cited; it is read today, so that tomorrow it is cited otherwise."""
    do_not_keep()
    service = current_service()
    shelved = Shelved(service.searcher, service.audience)
    number = request.args.get("version", 0, int)
    held = shelved.version(document_id, number) if number else shelved.standing(document_id)
    cited, page = _find_words(held), request.args.get("page", 0, int)
    found: dict[str, Any] = {"page": page}
    path = version_path(held.id, held.version)
    if cited:
        found |= {"page": cited.spans[0].page, "quote": cited.text}
        found["heading"] = cited.passage.trail[-1] if cited.passage.trail else ""
        at = cited.start, cited.end
        path = quotation_path(held.id, held.version, cited.passage.number, cited.text, at)
    elif page:
        path = page_path(held.id, held.version, service.library.page(held, page).number)
    printed = service.library.labels(held).get(found["page"], "")
    today = datetime.now(UTC).date()
    return held, citation_of(held, _absolute(path), today, printed=printed, **found)


def _find_words(held: HeldDocument) -> Cited | None:
    place = place_from_request(request.args)
    if not place.passage:
        return None
    try:
        texts = Texts(current_service().library)
        return find_cited(texts, held, place.passage, place.quote, "")
    except NotHeld:
        return None


def _absolute(path: str) -> str:
    return urljoin(url_for("pages.show_home", _external=True), path)


def _send(citation: Citation, text: str, media_type: str, suffix: str) -> Response:
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", citation.key)
    return send_attachment(text, f"{media_type}; charset=utf-8", f"{name}.{suffix}")
