"""What of a web page is its main content: without menus, banners, links to share and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

_NEVER_TEXT = (
    "script, style, noscript, template, svg, iframe, object, button, select, input, textarea,"
    "[hidden], [role=navigation], [role=banner], [role=search], [role=contentinfo], [role=dialog],"
    "[role=alertdialog], nav"
)
_AROUND_THE_MAIN = "header, footer, aside, #header, #footer, #nav, #navigation, #menu, #sidebar"
_MAIN = ("main", "[role=main]", "article", "#main-content", "#maincontent", "#content")
_MAIN_NAME = re.compile(
    r"(?:[a-z]{2}|page|main|site|entry|article|post|body|inner|primary)?[-_]?content"
    r"(?:[-_](?:main|area|body|wrapper|inner))?|main",
    re.I,
)
_NEVER_A_PART = ("body", "html", "main", "article")

_WORD_OF_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_WORDS_OF_PARTS = frozenset(
    "cookie cookies cookiebanner onetrust breadcrumb breadcrumbs sharedaddy jetpack addtoany "
    "addthis pagination pager sidebar sidenav navbar masthead colophon relatedposts toolbar".split()
)
"""Words in the names (class and id) of elements that no page has for its text."""

_PAIRS_OF_PARTS = {
    "social": "share sharing media links icons follow buttons",
    "share": "link links button buttons this page bar icons social",
    "sharing": "links buttons bar icons",
    "related": "post posts content nav links pages items news articles navigation",
    "back": "top link to",
    "print": "link page button",
    "skip": "link links to nav content",
    "consent": "banner sdk bar",
    "phase": "banner",
    "post": "navigation nav",
    "side": "bar nav menu",
    "contextual": "footer breadcrumbs sidebar",
    "page": "feedback rating",
    "was": "helpful",
    "site": "header footer navigation nav menu",
    "comments": "area section form",
}
_WHOLE_NAMES = frozenset(
    "header footer menu nav navigation feedback comments respond topbar mgheader mgfooter".split()
)
_UNSEEN = re.compile(r"(?:visually|visibility)-?hidden|sr-only|screen-reader-text", re.I)
_MOST_HIDDEN_WORDS = 25
_MOST_LINKED = 0.5
_LEAST_OF_MAIN, _LEAST_OF_NAMED = 0.25, 0.7


def find_main(soup: BeautifulSoup) -> list[Tag]:
    """Take away what is not the content of a page; what is left, in its order.

    A headline that stands alone above the content is part of it.
    """
    body = soup.body or soup
    _remove(body.select(_NEVER_TEXT))
    length = len(body.get_text())
    _remove(tag for tag in body.find_all(True) if _is_apart(tag, length))
    main = _marked_main(body)
    headlines = body.find_all("h1")
    if main and main.find("h1") is None and len(headlines) == 1:
        return [headlines[0], main]
    if main:
        return [main]
    around = list(body.select(_AROUND_THE_MAIN))
    if not any(h1.find_parent(("header", "aside")) is None for h1 in headlines):
        around = [tag for tag in around if not tag.find("h1")]
    _remove(around)
    return [body]


def remove(soup: BeautifulSoup, selector: str) -> None:
    """Take away what a selector names."""
    _remove(soup.select(selector))


def _remove(tags: Iterable[Tag]) -> None:
    for tag in tags:
        if not tag.decomposed:
            tag.decompose()


def _marked_main(body: Tag) -> Tag | None:
    for selector in _MAIN:
        found = body.select(selector)
        if len(found) == 1 and len(found[0].get_text()) > _LEAST_OF_MAIN * len(body.get_text()):
            return found[0]
    least = _LEAST_OF_NAMED * _unlinked(body)
    named = [tag for tag in body.find_all(("div", "section")) if _has_main_name(tag)]
    large = [tag for tag in named if _unlinked(tag) >= least]
    return large[-1] if large and least else None


def _has_main_name(tag: Tag) -> bool:
    return any(_MAIN_NAME.fullmatch(name) for name in _names(tag))


def _unlinked(tag: Tag) -> int:
    """How many characters of text are in no link."""
    return len(tag.get_text()) - _linked(tag)


def _linked(tag: Tag) -> int:
    return sum(len(link.get_text()) for link in tag.find_all("a"))


def _is_apart(tag: Tag, page_length: int) -> bool:
    """Whether an element is no part of the content, by its name or by being links for the most.

    What holds the headline or half of the page is a part, whatever its name is.
    """
    if tag.decomposed or tag.name in _NEVER_A_PART:
        return False
    names = list(_names(tag))
    unseen = tag.get("aria-hidden") == "true" or any(map(_UNSEEN.search, names))
    if not (unseen or tag.name == "aside" or any(map(_is_name_of_part, names))):
        return False
    text = tag.get_text().strip()
    if 2 * len(text) > page_length or tag.name == "h1" or tag.find("h1"):
        return False
    if unseen:
        return len(text.split()) < _MOST_HIDDEN_WORDS
    return any(map(_is_name_of_part, names)) or _linked(tag) > _MOST_LINKED * len(text)


def _names(tag: Tag) -> Iterator[str]:
    yield from filter(None, (str(tag.get("id") or ""), *tag.get_attribute_list("class")))


def _is_name_of_part(name: str) -> bool:
    if name.lower() in _WHOLE_NAMES:
        return True
    words = [word.lower() for word in _WORD_OF_NAME.findall(name)]
    if _WORDS_OF_PARTS.intersection(words):
        return True
    return any(
        after in _PAIRS_OF_PARTS.get(before, "").split() for before, after in zip(words, words[1:])
    )
