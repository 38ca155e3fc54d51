"""What is searchable, as data; raise SCHEMA_VERSION with any change here or in analysis."""

from __future__ import annotations

from ingest.records import HeldDocument

SCHEMA_VERSION = 2

SEARCHED_FIELDS = ("text", "heading", "title", "organisation", "kind", "year", "status")
"""Fields that a query can name. A word without a field is searched in "text" alone, so that a
passage that matches always shows the match in its own words."""

BOOSTS = {"heading": 0.6, "title": 0.3}
"""What a query's words in the headings or title above a passage add to its score in "text"."""

FACETS = ("organisation", "kind", "year", "status")

NOT_STATED = "Not stated"


def facet_value(held: HeldDocument, facet: str) -> str:
    """Give a document's value of a facet; NOT_STATED where it is unknown."""
    if facet == "year":
        return held.description.published.value[:4] or NOT_STATED
    value: str = getattr(held.description, facet).value
    return value or NOT_STATED


def searched_fields(held: HeldDocument, trail: tuple[str, ...]) -> dict[str, str]:
    """Give the text of each searched field of a passage but its own text."""
    described = {facet: facet_value(held, facet) for facet in FACETS}
    title = held.description.title.value
    return described | {"title": title, "heading": "\n".join(trail)}
