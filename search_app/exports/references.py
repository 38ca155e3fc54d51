"""Exports for reference managers: RIS, BibTeX and CSL-JSON, a reference for each passage."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from index.results import Hit
from search_app.exports.rows import NOTHING, Export, find_labels
from search_app.quoting.citations import Citation, citation_of, cite_bibtex, cite_csl, cite_ris


def write_ris(export: Export) -> Iterator[bytes]:
    """Give RIS, which has no place to say that there is no reference."""
    for citation in make_citations(export):
        yield (cite_ris(citation) + "\r\n").encode()


def write_bibtex(export: Export) -> Iterator[bytes]:
    """Give BibTeX in UTF-8; what stands outside entries is a comment."""
    yield f"Exported by plansearch: {export.total or NOTHING} references\n\n".encode()
    for citation in make_citations(export):
        yield (cite_bibtex(citation) + "\n").encode()


def write_csl(export: Export) -> Iterator[bytes]:
    """Give a CSL-JSON array, an item a line."""
    between = "[\n"
    for citation in make_citations(export):
        yield (between + json.dumps(cite_csl(citation), ensure_ascii=False)).encode()
        between = ",\n"
    yield b"\n]\n" if export.total else b"[]\n"


def make_citations(export: Export) -> Iterator[Citation]:
    """Cite every passage; each is noted with its number, so that the last says how many."""
    labels_of = find_labels(export.library)
    accessed = date.fromisoformat(export.order.time[:len("2019-06-30")])
    about = f"that match “{export.query.typed}”. {export.coverage.sentence}"
    for number, hit in enumerate(export.hits, 1):
        printed = labels_of(hit.document).get(hit.page, "")
        citation = cite_hit(hit, export.permalink(hit), accessed, printed)
        annotation = f"Passage {number} of {export.total} {about}"
        yield replace(citation, annotation=annotation)


def cite_hit(hit: Hit, address: str, accessed: date, printed: str) -> Citation:
    """Cite a passage; its key is unlike that of any other."""
    heading = hit.passage.trail[-1] if hit.passage.trail else ""
    held, text = hit.document, hit.passage.text
    citation = citation_of(held, address, accessed, hit.page, printed, heading, text)
    return replace(citation, key=f"{held.id}-v{held.version}-{hit.passage.number}")
