"""Citations: a document, a page or words of it, as a reference list or its programs want them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from ingest.records import HeldDocument
from search_app.wording import show_date

UNDATED = "no date"


@dataclass(frozen=True)
class Citation:
    """What is cited, and where and when it was read.

    ``key`` names it among others. ``published`` is YYYY, YYYY-MM or YYYY-MM-DD, as precise as is
    known, or nothing. ``page`` counts from 1 in the file, 0 where none is cited or the document
    has no pages; ``printed`` is the number printed on it. ``heading`` is that above the words.
    ``address`` is a whole one, pinned to the version. ``quote`` are the words, or nothing;
    ``annotation`` is what is to be noted with them, or nothing.
    """

    key: str
    title: str
    organisation: str
    kind: str
    published: str
    version: int
    address: str
    accessed: date
    page: int = 0
    printed: str = ""
    heading: str = ""
    quote: str = ""
    annotation: str = ""


def citation_of(
    held: HeldDocument, address: str, accessed: date, page: int = 0, printed: str = "",
    heading: str = "", quote: str = "",
) -> Citation:  # fmt: skip
    """Cite a document; a page of it where one is named, or words."""
    page = page if held.paged else 0
    described = held.description
    return Citation(
        key=f"{held.id}-v{held.version}" + (f"-p{page}" if page else ""),
        title=described.title.value or held.file,
        organisation=described.organisation.value,
        kind=described.kind.value,
        published=described.published.value,
        version=held.version,
        address=address,
        accessed=accessed,
        page=page,
        printed=printed if page else "",
        heading=heading,
        quote=quote,
    )


def cite_plain(citation: Citation) -> str:
    """Cite in the Harvard style of UK universities (Cite Them Right), on one line."""
    year = citation.published[:4] or UNDATED
    who = citation.organisation
    parts = [f"{who} ({year}) {citation.title}" if who else f"{citation.title} ({year})"]
    if len(citation.published) > len("2019"):
        parts.append(f"Published {show_date(citation.published)}")
    parts.append(", ".join(filter(None, (f"Version {citation.version}", name_page(citation)))))
    accessed = show_date(citation.accessed.isoformat())
    said = " ".join(_stop(_one_line(part)) for part in parts)
    return f"{said} Available at: {citation.address} (Accessed: {accessed})."


def name_page(citation: Citation) -> str:
    """Say which page is cited, as printed where that is known; else under which heading."""
    if citation.page:
        in_file = f"PDF page {citation.page}"
        if citation.printed == str(citation.page):
            return f"p. {citation.page}"
        return f"p. {citation.printed} ({in_file})" if citation.printed else in_file
    return f"under “{citation.heading}”" if citation.heading and citation.quote else ""


def cite_ris(citation: Citation) -> str:
    """Cite as one record of RIS, for reference managers; its lines end with CR LF."""
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in _ris_lines(citation))


def _ris_lines(citation: Citation) -> Iterator[tuple[str, str]]:
    year, month, day = (citation.published.split("-") + ["", ""])[:3]
    lines = (
        ("ID", citation.key),
        ("AU", citation.organisation),
        ("TI", citation.title),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if year else ""),
        ("PB", citation.organisation),
        ("M3", citation.kind),
        ("ET", f"Version {citation.version}"),
        ("SP", (citation.printed or str(citation.page)) if citation.page else ""),
        ("N1", name_page(citation)),
        ("N1", citation.annotation),
        ("AB", citation.quote),
        ("UR", citation.address),
        ("Y2", f"{citation.accessed:%Y/%m/%d}/"),
    )
    yield "TY", "RPRT"
    yield from ((tag, value) for tag, value in lines if value)
    yield "ER", ""


def cite_bibtex(citation: Citation) -> str:
    """Cite as one entry of BibTeX, in UTF-8; what TeX would take for commands is escaped."""
    kind = "techreport" if citation.organisation else "misc"
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _bibtex_fields(citation))
    return f"@{kind}{{{_bibtex_key(citation.key)},\n{fields}}}\n"


def _bibtex_fields(citation: Citation) -> Iterator[tuple[str, str]]:
    note = ". ".join(filter(None, (f"Version {citation.version}", name_page(citation))))
    who, title = (_escape_tex(each) for each in (citation.organisation, citation.title))
    fields = (
        ("author", f"{{{who}}}" if who else ""),
        ("title", f"{{{title}}}"),
        ("institution", who),
        ("type", _escape_tex(citation.kind)),
        ("year", citation.published[:4]),
        ("date", citation.published),
        ("pages", _escape_tex(citation.printed or str(citation.page)) if citation.page else ""),
        ("note", _escape_tex(note)),
        ("abstract", _escape_tex(citation.quote)),
        ("annote", _escape_tex(citation.annotation)),
        ("url", citation.address.translate(_URL_ESCAPES)),
        ("urldate", citation.accessed.isoformat()),
    )
    return ((name, value) for name, value in fields if value)


def _bibtex_key(key: str) -> str:
    plain = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9:.+/-]+", "-", plain)


def _escape_tex(text: str) -> str:
    escapes = _TEX_ESCAPES | (_TEX_BRACES if _is_balanced(text) else _LONE_BRACES)
    return _one_line(text).translate(escapes)


def _is_balanced(text: str) -> bool:
    """Tell whether each brace has its other one: BibTeX counts them even after a backslash."""
    depths = [*accumulate({"{": 1, "}": -1}.get(each, 0) for each in text)]
    return not depths or min(depths) >= 0 == depths[-1]


def cite_csl(citation: Citation) -> dict[str, Any]:
    """Cite as one item of CSL-JSON."""
    accessed = citation.accessed
    item: dict[str, Any] = {
        "id": citation.key,
        "type": "report",
        "title": citation.title,
        "genre": citation.kind,
        "publisher": citation.organisation,
        "version": str(citation.version),
        "page": (citation.printed or str(citation.page)) if citation.page else "",
        "note": name_page(citation),
        "abstract": citation.quote,
        "annote": citation.annotation,
        "URL": citation.address,
        "accessed": {"date-parts": [[accessed.year, accessed.month, accessed.day]]},
    }
    if citation.organisation:
        item["author"] = [{"literal": citation.organisation}]
    if citation.published:
        item["issued"] = {"date-parts": [[int(part) for part in citation.published.split("-")]]}
    return {name: value for name, value in item.items() if value}


def _one_line(text: str) -> str:
    """Put a text on one line, without characters that control a terminal or a parser."""
    return " ".join("".join(" " if _is_control(each) else each for each in text).split())


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc"


def _stop(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


_TEX_ESCAPES = str.maketrans(
    {each: f"\\{each}" for each in "&%$#_"}
    | {
        "\\": r"{\textbackslash}", "~": r"{\textasciitilde}", "^": r"{\textasciicircum}",
    }
)  # fmt: skip
_TEX_BRACES = str.maketrans({"{": r"\{", "}": r"\}"})
_LONE_BRACES = str.maketrans({"{": r"{\textbraceleft}", "}": r"{\textbraceright}"})
_URL_ESCAPES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})
