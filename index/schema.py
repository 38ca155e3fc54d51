"""What is searchable, as data; raise SCHEMA_VERSION with any change here, in analysis, or in how
the rows of the library become documents."""

from __future__ import annotations

from ingest.quality import name_quality
from ingest.records import Fact, HeldDocument, Passage

SCHEMA_VERSION = 9

SEARCHED_FIELDS = (
    "text", "heading", "title", "organisation", "kind", "year", "status", "theme", "place",
    "quality", "page",
)  # fmt: skip
"""Fields that a query can name. A word without a field is searched in "text" alone, so that a
passage that matches always shows the match in its own words."""

FACETS = ("organisation", "kind", "year", "status", "theme", "place", "quality")

DOCUMENT_FIELDS = ("title", *FACETS)
"""Those that are the same for all passages of a document."""

BOOSTS = {"heading": 2.5, "title": 2.5}
"""What each time that a query's word is in the headings or title above a passage adds to its
weight there (index.postings)."""

NOT_STATED = "Not stated"


def facet_values(held: HeldDocument, facet: str) -> tuple[str, ...]:
    """Give a document's values of a facet; NOT_STATED where there is none."""
    if facet == "quality":
        return (name_quality(held),)
    described = held.description
    facts: dict[str, tuple[Fact, ...]] = {
        "organisation": (described.organisation,),
        "kind": (described.kind,),
        "year": (described.published,),
        "status": (described.status,),
        "theme": described.themes,
        "place": described.places,
    }
    values = (fact.value[:4] if facet == "year" else fact.value for fact in facts[facet])
    return tuple(dict.fromkeys(value for value in values if value)) or (NOT_STATED,)


def searched_fields(held: HeldDocument, passage: Passage) -> dict[str, str]:
    """Give the text of each searched field of a passage but its own text.

    That of "page" are the numbers of its pages in the file; nothing where it has no pages.
    """
    described = {facet: "\n".join(facet_values(held, facet)) for facet in FACETS}
    pages = sorted({span.page for span in passage.spans}) if held.paged else ()
    return described | {
        "title": held.description.title.value,
        "heading": "\n".join(passage.trail),
        "page": " ".join(map(str, pages)),
    }
