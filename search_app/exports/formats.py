"""The formats of an export: each with the ending of its files, its media type and its writer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from search_app.exports.evidence import write_evidence
from search_app.exports.references import write_bibtex, write_csl, write_ris
from search_app.exports.rows import Export
from search_app.exports.tables import write_csv, write_json_lines
from search_app.exports.workbooks import write_xlsx

Write = Callable[[Export], Iterator[bytes]]


@dataclass(frozen=True)
class Format:
    """A format: what it is for, its media type, the ending of its files and what writes it."""

    name: str
    purpose: str
    media_type: str
    suffix: str
    write: Write


FORMATS: dict[str, Format] = {
    "csv": Format(
        "CSV", "a row a passage, for spreadsheets and statistics", "text/csv; charset=utf-8",
        "csv", write_csv,
    ),
    "xlsx": Format(
        "Excel workbook", "a row a passage, with a sheet on how it was made",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", write_xlsx,
    ),
    "jsonl": Format(
        "JSON Lines", "an object a passage, for programs", "application/x-ndjson", "jsonl",
        write_json_lines,
    ),
    "ris": Format(
        "RIS", "references for Zotero, EndNote and Mendeley",
        "application/x-research-info-systems; charset=utf-8", "ris", write_ris,
    ),
    "bib": Format(
        "BibTeX", "references for LaTeX", "application/x-bibtex; charset=utf-8", "bib",
        write_bibtex,
    ),
    "csl": Format(
        "CSL-JSON", "references for Pandoc and citation processors",
        "application/vnd.citationstyles.csl+json", "csl.json", write_csl,
    ),
    "html": Format(
        "Evidence pack", "quotations with citations, page images where they are few, coverage and"
        " method, as one page to read, print or send", "text/html; charset=utf-8", "html",
        write_evidence,
    ),
}  # fmt: skip
