"""The evidence pack: quotations with their citations, coverage and method, as one HTML file."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from index.places import find_boxes
from index.results import Hit
from ingest.library import Library
from ingest.records import Box
from search_app.exports.references import cite_hit
from search_app.exports.rows import Export, find_labels
from search_app.exports.understood import say_tree
from search_app.marking import mark_text
from search_app.page_images import PDF, NoPageImage, render_page
from search_app.quoting.citations import cite_plain, name_page
from search_app.request_query import query_args
from search_app.wording import (
    FACET_NAMES,
    count,
    name_place,
    say_status,
    show_date,
    show_time,
)

MOST_IMAGES = 20
"""With more quotations than this, pages are not shown: each is some hundred kilobytes."""

_SCALE = 2
_PIECES = 20  # of the template at a time


@dataclass(frozen=True)
class Picture:
    """A page as an image, as a data address, with boxes in points from its top left."""

    address: str
    page: int
    width: float
    height: float
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Evidence:
    """A quotation in a pack: where it is from, and how it is cited."""

    hit: Hit
    words: Markup
    place: str
    cited_page: str
    citation: str
    permalink: str
    picture: Picture | None = None


def write_evidence(export: Export) -> Iterator[bytes]:
    """Give the pack piece by piece."""
    template = _make_environment().get_template("evidence.html")
    stream = template.stream(
        export=export,
        query=export.query,
        understood=say_tree(export.query.tree),
        filters=list(_say_filters(export)),
        pictured=_is_pictured(export),
        most_images=MOST_IMAGES,
        made=_find_day(export),
        found=_make_evidence(export),
    )
    stream.enable_buffering(_PIECES)
    return (piece.encode() for piece in stream)


def _make_environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("search_app"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(date=show_date, time=show_time)
    environment.globals.update(count=count, say_status=say_status)
    return environment


def _say_filters(export: Export) -> Iterator[tuple[str, str]]:
    names = FACET_NAMES | {"since": "Published from", "until": "Published up to"}
    for name, value in query_args(export.query, q="", page="").items():
        said = value if isinstance(value, str) else ", ".join(value)
        yield names.get(name, name.replace("_", " ").capitalize()), said


def _find_day(export: Export) -> date:
    return date.fromisoformat(export.order.time[:len("2019-06-30")])


def _is_pictured(export: Export) -> bool:
    return export.total <= MOST_IMAGES


def _make_evidence(export: Export) -> Iterator[Evidence]:
    labels_of = find_labels(export.library)
    accessed = _find_day(export)
    for hit in export.hits:
        printed = labels_of(hit.document).get(hit.page, "")
        citation = cite_hit(hit, export.permalink(hit), accessed, printed)
        yield Evidence(
            hit=hit,
            words=mark_text(hit.passage.text, hit.matches),
            place=name_place(hit.document, hit.page, printed),
            cited_page=name_page(citation),
            citation=cite_plain(citation),
            permalink=citation.address,
            picture=make_picture(export.library, hit) if _is_pictured(export) else None,
        )


def make_picture(library: Library, hit: Hit) -> Picture | None:
    """Show the page of a hit with its matches, or the whole passage, outlined; None where it has
    no image."""
    held = hit.document
    if held.media_type != PDF:
        return None
    try:
        image = render_page(library, held, hit.page, _SCALE).read_bytes()
    except NoPageImage:
        return None
    page = library.page(held, hit.page)
    spans = hit.match_spans or hit.passage.spans
    boxes = (box for span in spans if span.page == hit.page for box in find_boxes(page, span))
    address = "data:image/png;base64," + base64.b64encode(image).decode()
    return Picture(address, hit.page, page.width, page.height, tuple(boxes))
