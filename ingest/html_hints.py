"""What a web page says of itself in its head: title, author and date of publication."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup

from ingest.compose import clean_text
from ingest.dates import parse_date

_TITLES = ("meta[property='og:title']", "title", "h1")
_AUTHORS = ("meta[name='author' i]", "meta[name='dc.creator' i]", "meta[name='dcterms.creator' i]")
_PUBLISHED = (
    "meta[property='article:published_time']",
    "meta[name='govuk:first-published-at']",
    "meta[name='dcterms.issued' i]",
    "meta[name='dc.date.issued' i]",
    "meta[itemprop='datePublished']",
    "time[itemprop='datePublished']",
    "time[pubdate]",
    "time.published",
)
_DATED = (
    "meta[name='dcterms.date' i]",
    "meta[name='dc.date' i]",
    "meta[name='dcterms.created' i]",
    "meta[name='date' i]",
    "meta[name='publish-date' i]",
    "meta[name='publication_date' i]",
    "time[datetime]",
    "meta[property='article:modified_time']",
    "meta[name='dcterms.modified' i]",
)
_LINKED_DATA = "script[type='application/ld+json']"


def find_hints(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Find the hints of a page from which nothing has been taken yet."""
    for name, selectors in (("title", _TITLES), ("author", _AUTHORS)):
        if value := next(_values(soup, selectors), ""):
            yield name, value
    for value in _dates(soup):
        if date := parse_date(value):
            yield "published", date
            return


def _dates(soup: BeautifulSoup) -> Iterator[str]:
    yield from _values(soup, _PUBLISHED)
    for script in soup.select(_LINKED_DATA):
        try:
            yield from _dates_published(json.loads(script.get_text()))
        except ValueError:
            continue
    yield from _values(soup, _DATED)


def _values(soup: BeautifulSoup, selectors: tuple[str, ...]) -> Iterator[str]:
    for selector in selectors:
        for tag in soup.select(selector):
            value = tag.get("content") or tag.get("datetime") or tag.get_text()
            if text := clean_text(str(value)):
                yield text


def _dates_published(data: Any) -> Iterator[str]:
    """The dates of publication in linked data (https://schema.org/datePublished)."""
    if isinstance(data, dict):
        if isinstance(data.get("datePublished"), str):
            yield data["datePublished"]
        data = list(data.values())
    if isinstance(data, list):
        for each in data:
            yield from _dates_published(each)
