"""The pages: thin views that turn a URL into a query, and results into HTML."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from flask import Blueprint, Response, jsonify, render_template, request, send_file, url_for

from index.places import locate
from index.query import Node, Query
from index.results import Hit
from index.spelling import suggest_beginning, suggest_spelling
from ingest.errors import NotHeld
from ingest.ledger import Entry
from ingest.records import HeldDocument, Passage, Span
from search_app.answering.answers import Answer
from search_app.contents import make_contents
from search_app.examples import find_questions
from search_app.keeping import do_not_keep
from search_app.neighbours import find_neighbours
from search_app.answering.own_health import find_advice
from search_app.page_images import PDF, render_page
from search_app.page_view import match_spans, view_page
from search_app.answering.quotations import Quotation
from search_app.quoting.versions import Shelved
from search_app.request_query import (
    Place,
    is_question,
    place_from_request,
    query_args,
    query_from_request,
    question_from_request,
    scale_from_request,
)
from search_app.service import Service, current_service
from search_app.wording import FACT_LISTS, FACT_NAMES, ORIGINS, QUALITIES

ZOOMS = (100, 150, 200)
"""Per cent of the width that there is for a page's image."""

pages = Blueprint("pages", __name__)


def page_url(
    held: HeldDocument, number: int, passage: int = 0, query: Query | None = None,
    question: str = "",
) -> str:  # fmt: skip
    """Give the address of a page, at a passage of it where one is named.

    The query, or the question, goes along: its matches are marked, and there is a way back.
    """
    return url_for(
        "pages.show_page",
        document_id=held.id,
        number=number,
        passage=passage or None,
        question=question or None,
        _anchor=f"passage-{passage}" if passage else None,
        **(query_args(query) if query else {}),
    )


def quotation_url(quotation: Quotation, asked: Query) -> str:
    """Give the address of the page where a quotation is marked, and nothing else.

    The question and its filters go along, for the way back.
    """
    passage = quotation.hit.passage.number
    return url_for(
        "pages.show_page",
        document_id=quotation.document.id,
        number=quotation.page,
        question=asked.typed,
        passage=passage,
        quote=f"{quotation.start}-{quotation.end}",
        _anchor=f"passage-{passage}",
        **query_args(asked, q=""),
    )


@pages.get("/")
def show_home() -> str:
    """Show the search box, and what is held."""
    service = current_service()
    results = service.searcher.search(service.everything)
    documents = service.documents()
    return render_template(
        "home.html",
        results=results,
        documents=documents,
        examples=service.examples(),
        questions=find_questions(service.searcher.known(service.audience).ledger),
        run=service.library.last_run(),
    )


@pages.get("/search")
def show_results() -> str:
    """Show one page of results."""
    service = current_service()
    asked = query_from_request(request.args, service.audience)
    results = service.searcher.search(asked)
    answer = _answer_first(service, asked)
    shown = [hit for group in results.groups for hit in group.hits]
    return render_template(
        "results.html",
        results=results,
        query=results.query,
        answer=answer,
        advice=find_advice(asked.typed),
        labels=_labels_of(service, *shown, *_quoted(answer)),
        known=service.known,
        narrowed=service.known([asked.document]),
        correction=suggest_spelling(service.searcher, results.query),
        beginning=suggest_beginning(service.searcher, results.query),
    )


def _answer_first(service: Service, asked: Query) -> Answer | None:
    """Answer a question that was typed to be searched for, above its first page of results."""
    if asked.page > 1 or not is_question(asked.typed):
        return None
    do_not_keep()
    return service.answer(question_from_request(request.args, service.audience))


@pages.get("/ask")
def show_answer() -> str:
    """Answer a question, or show the box to ask one."""
    service = current_service()
    query = question_from_request(request.args, service.audience)
    if not query.typed:
        coverage = service.searcher.coverage(service.audience)
        return render_template("ask.html", said=coverage)
    do_not_keep()
    answer = service.answer(query)
    return render_template(
        "answer.html",
        answer=answer,
        query=query,
        advice=find_advice(query.typed),
        labels=_labels_of(service, *_quoted(answer), *answer.passages),
        known=service.known,
        narrowed=service.known([query.document]),
    )


def _quoted(answer: Answer | None) -> Iterator[Hit]:
    """Give the passages that an answer quotes, those of its further sources too."""
    for quotation in answer.nearest if answer else ():
        yield quotation.hit
        yield from (source.hit for source in quotation.sources)


@pages.get("/documents/<document_id>")
def show_document(document_id: str) -> str:
    """Show what is known about a document, and its contents."""
    service = current_service()
    held = service.document(document_id)
    passages = service.library.passages(held)
    shelved = Shelved(service.searcher, service.audience)
    return render_template(
        "document.html",
        held=held,
        labels=service.library.labels(held),
        contents=make_contents(service.library.blocks(held), passages),
        passages=len(passages),
        versions=shelved.versions(held.id),
        comparable=len(shelved.comparable(held.id)) > 1,
        known=service.known,
        fact_names=FACT_NAMES,
        fact_lists=FACT_LISTS,
        origins=ORIGINS,
    )


@pages.get("/documents/<document_id>/pages/<int:number>")
def show_page(document_id: str, number: int) -> str:
    """Show a page's text beside its image, with the matches of a query marked on both."""
    service = current_service()
    held = service.document(document_id)
    page = service.library.page(held, number)
    place = place_from_request(request.args)
    query = query_from_request(request.args, service.audience)
    passages = service.library.passages(held)
    neighbours = (
        find_neighbours(service.searcher, query, held.id, number, place.passage)
        if query.has_words
        else None
    )
    matched = _find_marks(held, passages, number, place, neighbours.tree if neighbours else None)
    blocks = service.library.blocks(held)
    return render_template(
        "page.html",
        held=held,
        view=view_page(page, blocks, passages, matched, place.passage),
        place=place,
        query=query,
        neighbours=neighbours,
        has_image=held.media_type == PDF,
        zooms=ZOOMS,
        zoom=_read_zoom(),
        zoom_url=_zoom_url,
        labels=service.library.labels(held),
        known=service.known,
        qualities=QUALITIES,
    )


@pages.get("/documents/<document_id>/pages/<int:number>/image")
def show_image(document_id: str, number: int) -> Response:
    """Send a page as an image; ?scale= is pixels a point."""
    service = current_service()
    held = service.document(document_id)
    number = service.library.page(held, number).number
    scale = scale_from_request(request.args)
    return send_file(render_page(service.library, held, number, scale).absolute(), "image/webp")


@pages.get("/documents/<document_id>/original")
def send_original(document_id: str) -> Response:
    """Send the file as it was received, to be kept and not shown: it may hold scripts."""
    service = current_service()
    held = service.document(document_id)
    original = service.library.original(held).absolute()
    if not original.exists():
        raise NotHeld(f"The original of {held.file} is missing from the data folder.")
    name = held.file.rsplit("/", 1)[-1]
    return send_file(original, held.media_type, as_attachment=True, download_name=name)


@pages.get("/documents")
@pages.get("/coverage")
def show_coverage() -> str:
    """Show what is held, and what of it could not be read."""
    service = current_service()
    run = service.library.last_run()
    coverage = service.searcher.coverage(service.audience)
    return render_template(
        "coverage.html",
        coverage=coverage,
        documents=service.documents(),
        run=run,
        report=run.report if run and _may_see_report(service) else None,
        known=service.known,
    )


@pages.get("/acronyms")
def show_acronyms() -> str:
    """Show what short forms stand for, as the documents define them."""
    service = current_service()
    entries = service.searcher.known(service.audience).ledger
    clashes = sum(entry.clashes for entry in entries)
    by_letter = groupby(sorted(entries, key=_initial), key=_initial)
    return render_template(
        "acronyms.html",
        entries=entries,
        letters=[(letter, tuple(own)) for letter, own in by_letter],
        clashes=clashes,
        known=service.known,
    )


def _initial(entry: Entry) -> str:
    """Give the letter under which a short form stands, # for those that begin with a figure."""
    first = entry.short[:1].upper()
    return first if first.isalpha() else "#"


@pages.get("/help")
def show_help() -> str:
    """Explain the query language."""
    return render_template("help.html")


@pages.get("/accessibility")
def show_accessibility() -> str:
    """Show the accessibility statement."""
    return render_template("accessibility.html")


@pages.get("/health")
def show_health() -> Response:
    """Say that the service can search; 503 where it cannot."""
    service = current_service()
    generation = service.searcher.snapshot().generation
    return jsonify(status="ok", generation=generation, documents=len(service.documents()))


def _labels_of(service: Service, *hits: Hit) -> dict[str, dict[int, str]]:
    """Give the printed page numbers of the documents of some hits, by document and page."""
    documents = {hit.document.id: hit.document for hit in hits}
    return {name: service.library.labels(held) for name, held in documents.items()}


def _find_marks(
    held: HeldDocument, passages: tuple[Passage, ...], page: int, place: Place, tree: Node | None
) -> tuple[Span, ...]:
    """Find what to mark on a page: the quotation that a link names, else a query's matches.

    A quotation may go on in the next passage.
    """
    named = next((p for p in passages if p.number == place.passage), None)
    if named and place.quote:
        spans = (span for each in passages if each.number >= named.number for span in each.spans)
        return locate(spans, *place.quote)
    return match_spans(held, passages, page, tree) if tree else ()


def _read_zoom() -> int:
    asked = request.args.get("zoom", ZOOMS[0], int)
    return asked if asked in ZOOMS else ZOOMS[0]


def _zoom_url(size: int) -> str:
    """Give the address of this page with its image at another size."""
    arguments = request.args.to_dict(flat=False) | {"zoom": [str(size)]}
    return url_for("pages.show_page", **(request.view_args or {}), **arguments)  # type: ignore


def _may_see_report(service: Service) -> bool:
    """Tell whether a run's report, which names files of all kinds, holds nothing to be kept back.

    A file that was left out has no audience of its own.
    """
    files = (*service.library.unread(), *service.library.outdated())
    return all(map(service.is_for_reader, service.library.documents())) and all(
        unread.audience in ("public", service.audience) for unread in files
    )
