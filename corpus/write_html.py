"""Sets a sample document as a page of a web site, with the menus around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from corpus.markup import Piece, Sample, split_bold

MENU = ("Home", "About us", "Our plans", "Get involved", "News", "Contact")
PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{title} – {organisation}</title>
{meta}
<style>body {{ font-family: Arial, sans-serif; max-width: 60em; margin: auto }}
nav li {{ display: inline; margin-right: 1em }} table {{ border-collapse: collapse }}
td, th {{ border: 1px solid #888; padding: .4em; text-align: left; vertical-align: top }}
.notice {{ border: 2px solid #b00; padding: .6em }}</style>
</head>
<body>
<a class="skip" href="#content">Skip to main content</a>
<header>
<p class="logo">{organisation}</p>
<form action="/search"><label>Search this site <input name="s"></label></form>
<nav aria-label="Main menu"><ul>
{menu}
</ul></nav>
</header>
<nav class="breadcrumb">Home &gt; Our plans &gt; {title}</nav>
<main id="content">
<p class="notice">{notice}</p>
<h1>{title}</h1>
<p class="published">{about}</p>
{body}
</main>
<aside>
<h2>Related pages</h2>
<ul><li><a href="/updates">All updates</a></li><li><a href="/meetings">Meetings</a></li></ul>
</aside>
<footer>
<p>Accessibility | Cookies | Privacy | Freedom of information</p>
<p>Share this page: Facebook Twitter LinkedIn</p>
</footer>
</body>
</html>
"""


def write_html(sample: Sample) -> bytes:
    """Set a document as one web page."""
    page = PAGE.format(
        title=escape(sample.title),
        organisation=escape(sample.organisation),
        about=escape(sample.about),
        notice=escape(sample.notice),
        meta=f'<meta name="DC.date" content="{sample.dated}">' if sample.dated else "",
        menu="\n".join(_elements("li", MENU)),
        body="\n".join(_element(piece) for piece in sample.pieces),
    )
    return page.encode()


def _element(piece: Piece) -> str:
    if piece.kind == "items":
        return "<ul>\n" + "\n".join(_elements("li", (row[0] for row in piece.rows))) + "\n</ul>"
    if piece.kind == "table":
        return _table(piece.rows)
    tags = {"caption": "p", "note": "blockquote", "heading": f"h{piece.level + 1}"}
    return "".join(_elements(tags.get(piece.kind, "p"), (piece.text,)))


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    head, *body = rows
    lines = ["<thead><tr>" + "".join(_elements("th", head)) + "</tr></thead>", "<tbody>"]
    lines += ["<tr>" + "".join(_elements("td", row)) + "</tr>" for row in body]
    return "\n".join(["<table>", *lines, "</tbody>", "</table>"])


def _elements(tag: str, texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        runs = (f"<strong>{escape(run)}</strong>" if bold else escape(run, quote=False)
                for run, bold in split_bold(text))
        yield f"<{tag}>{''.join(runs)}</{tag}>"
