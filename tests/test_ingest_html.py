"""Web pages: what is kept, in which order and as what."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.html import read_html
from ingest.records import CELL, Reading

PAGE = """<!doctype html><html><head><title>Our plan | Anyshire</title>
<meta property="article:published_time" content="2019-11-14T10:00:00+00:00">
<meta name="author" content="Anyshire NHS Trust"><script>var menu = 1;</script></head>
<body><header><a href="/">Anyshire home</a></header><nav><ul><li>Menu entry</li></ul></nav>
<div class="cookie-banner">We use cookies.</div>
<main>{content}</main><footer>Copyright</footer></body></html>"""


def read(tmp_path: Path, html: str | bytes) -> Reading:
    path = tmp_path / "page.html"
    path.write_bytes(html if isinstance(html, bytes) else html.encode())
    reading = read_html(path)
    text = reading.pages[0].text
    for block in reading.blocks:
        assert block.text == " ".join(text[span.start:span.end] for span in block.spans)
    return reading


def read_blocks(tmp_path: Path, content: str) -> list[tuple[str, int, str]]:
    reading = read(tmp_path, PAGE.format(content=content))
    return [(block.kind, block.level, block.text) for block in reading.blocks]


CONTENTS = {
    "headings keep their levels": (
        "<h1>A plan</h1><h3>Why</h3>", [("heading", 1, "A plan"), ("heading", 3, "Why")],
    ),
    "white space is single": (
        "<p>Beds \n\t are   <b>fe</b>w.</p>", [("paragraph", 0, "Beds are few.")],
    ),
    "text directly inside a div stays": (
        "<div>Loose text<p>A paragraph.</p>more loose text</div>",
        [("paragraph", 0, "Loose text"), ("paragraph", 0, "A paragraph."),
         ("paragraph", 0, "more loose text")],
    ),
    "a link around a heading is looked into": (
        "<a href='#'><h2>Winter</h2> plans</a>",
        [("heading", 2, "Winter"), ("paragraph", 0, "plans")],
    ),
    "two line breaks part paragraphs": (
        "<p>10 Mill Lane<br>Anytown<br><br>Phone us.</p>",
        [("paragraph", 0, "10 Mill Lane Anytown"), ("paragraph", 0, "Phone us.")],
    ),
    "items are marked": (
        "<ul><li>flu</li></ul><ol start=3><li>beds</li><li><p>staff</p></li></ol>",
        [("item", 0, "• flu"), ("item", 0, "3. beds"), ("item", 0, "4. staff")],
    ),
    "lists may nest": (
        "<ul><li>urgent care<ul><li>A&amp;E</li></ul></li><ul><li>odd nesting</li></ul></ul>",
        [("item", 0, "• urgent care"), ("item", 0, "• A&E"), ("item", 0, "• odd nesting")],
    ),
    "a row is one block": (
        "<table><caption>Costs</caption><tr><th>Year</th><th>£m</th></tr>"
        "<tr><td>2019/20</td><td><p>4.9</p></td></tr></table>",
        [("caption", 0, "Costs"), ("row", 1, f"Year{CELL}£m"), ("row", 0, f"2019/20{CELL}4.9")],
    ),
    "rows of the head are headers, whatever their cells are": (
        "<table><thead><tr><td>Area<td>Beds</thead><tr><th>Derby<td>12</table>",
        [("row", 1, f"Area{CELL}Beds"), ("row", 0, f"Derby{CELL}12")],
    ),
    "a cell over rows is in each, one over columns in its first": (
        "<table><tr><th rowspan=2>Area<th colspan=2>Beds<th>Note<tr><th>2018<th>2019<th>"
        "<tr><td rowspan=2>Derby<td>12<td>14<td>few<tr><td>13<td>15<td></table>",
        [("row", 1, f"Area{CELL}Beds{CELL}{CELL}Note"),
         ("row", 1, f"Area{CELL}2018{CELL}2019{CELL}"),
         ("row", 0, f"Derby{CELL}12{CELL}14{CELL}few"), ("row", 0, f"Derby{CELL}13{CELL}15{CELL}")],
    ),
    "lists and tables in a cell are part of its row": (
        "<table><tr><th>Risk<th>What we do</tr><tr><td>Few beds<td><ul><li>more<li>better</ul>"
        "<table><tr><td>a<td>b</table></table>",
        [("row", 1, f"Risk{CELL}What we do"), ("row", 0, f"Few beds{CELL}• more • better a b")],
    ),
    "two long texts side by side are layout": (
        "<table><tr><td>We listen to people, and it helps us to plan the wards that they need."
        "<td>We act on it.</table>",
        [("paragraph", 0, "We listen to people, and it helps us to plan the wards that they need."),
         ("paragraph", 0, "We act on it.")],
    ),
    "terms with short definitions are rows": (
        "<dl><div><dt>Chair<dd>Ann Bee</div><dt>Why<dd><p>Beds are few.</p><ul><li>flu</ul></dl>",
        [("row", 0, f"Chair{CELL}Ann Bee"), ("paragraph", 0, "Why"),
         ("paragraph", 0, "Beds are few."), ("item", 0, "• flu")],
    ),
    "what can be folded away stays": (
        "<details><summary>How we chose</summary><p>By need.</p></details>"
        "<figure><img alt=x><figcaption>Beds by month</figcaption></figure>",
        [("paragraph", 0, "How we chose"), ("paragraph", 0, "By need."),
         ("caption", 0, "Beds by month")],
    ),
    "bullets that are typed are items": (
        "<p>We need:<br>• beds<br>• staff</p>",
        [("paragraph", 0, "We need:"), ("item", 0, "• beds"), ("item", 0, "• staff")],
    ),
    "links to share, related pages and the like go": (
        "<p>Beds are few, and so we open more of them before each winter comes.</p>"
        "<div class='sharedaddy'><h3>Share this:</h3></div><div class='gem-c-share-links'>x</div>"
        "<div class='socialMediaLinks'>y</div><div id='comments'>z</div>"
        "<aside><h2>Related pages</h2><a href=x>Board papers</a><a href=y>Minutes</a></aside>"
        "<span class='nhsuk-u-visually-hidden'>Information:</span>"
        "<aside>Case study: a ward that mends itself.</aside><div class='social-care'>Homes.</div>",
        [("paragraph", 0, "Beds are few, and so we open more of them before each winter comes."),
         ("paragraph", 0, "Case study: a ward that mends itself."), ("paragraph", 0, "Homes.")],
    ),
    "what tells the reader to click is furniture": (
        "<p>Beds are few.</p><p><a href=#>Back to top</a></p><ul><li>Share on Facebook</ul>",
        [("paragraph", 0, "Beds are few."), ("furniture", 0, "Back to top"),
         ("furniture", 0, "• Share on Facebook")],
    ),
    "a table for layout is read cell by cell": (
        "<table><tr><td>Left text<h2>Right</h2></td></tr><tr><td>below</td></tr></table>",
        [("paragraph", 0, "Left text"), ("heading", 2, "Right"), ("paragraph", 0, "below")],
    ),
    "text directly inside a list or a table stays": (
        "<ul>Loose<li>flu</li>more <b>text</b></ul>"
        "<table>Before<tr><td>a</td><td>b</td></tr>after<tr>in it<td>c</td><td>d</td></tr></table>",
        [("paragraph", 0, "Loose"), ("item", 0, "• flu"), ("paragraph", 0, "more text"),
         ("paragraph", 0, "Before"), ("row", 0, f"a{CELL}b"), ("paragraph", 0, "after"),
         ("paragraph", 0, "in it"), ("row", 0, f"c{CELL}d")],
    ),
    "comments and hidden text go": (
        "<p>Said<!-- unsaid --></p><p hidden>Unsaid</p><script>no()</script>",
        [("paragraph", 0, "Said")],
    ),
}


@pytest.mark.parametrize("case", CONTENTS)
def test_main_content_becomes_blocks(tmp_path: Path, case: str) -> None:
    content, blocks = CONTENTS[case]
    assert read_blocks(tmp_path, content) == blocks


def test_menus_and_banners_go_where_no_main_is_marked(tmp_path: Path) -> None:
    html = PAGE.replace("main>", "div>").format(content="<p>Beds are few.</p>")
    assert [block.text for block in read(tmp_path, html).blocks] == ["Beds are few."]


PLAIN = """<html><body><div class="header"><ul class="menu"><li>Home</li></ul></div>
<div class="sidebar"><a href="/a">One</a><a href="/b">Two</a></div>{content}
<div class="footer">Copyright</div></body></html>"""
WITHOUT_MAIN = {
    "a part called content": "<div>News</div><div id='mgContent'><h1>A plan</h1>{text}</div>",
    "parts without names": "<h1>A plan</h1>{text}",
    "a headline above the main part": "<h1>A plan</h1><p>News</p><main>{text}</main>",
}


@pytest.mark.parametrize("case", WITHOUT_MAIN)
def test_content_is_found_on_pages_of_other_shapes(tmp_path: Path, case: str) -> None:
    sentence = "We open more beds before each winter comes to the county, as we say here."
    content = WITHOUT_MAIN[case].format(text=f"<p>{sentence}</p>")
    blocks = read(tmp_path, PLAIN.format(content=content)).blocks
    assert [block.text for block in blocks] == ["A plan", sentence]


DATES = {
    "linked data": """<script type="application/ld+json">
        {"@graph": [{"@type": "WebPage", "datePublished": "2024-10-03T09:00:00+00:00"}]}</script>
        <meta name="date" content="2023-01-01">""",
    "a time of publication before other times": """<time datetime="2024-12-01">1 December</time>
        <time class="entry-date published" datetime="2024-10-03">3 October</time>""",
    "damaged linked data": """<script type="application/ld+json">{"datePublished":</script>
        <meta name="DC.date" content="2024-10-03">""",
    "no more than a change": '<meta property="article:modified_time" content="2024-10-03T09:00Z">',
}


@pytest.mark.parametrize("case", DATES)
def test_date_of_publication_is_found(tmp_path: Path, case: str) -> None:
    reading = read(tmp_path, f"<html><head></head><body>{DATES[case]}<p>Beds.</p></body></html>")
    assert dict(reading.hints)["published"] == "2024-10-03"


def test_only_headline_is_kept_though_it_stands_in_the_header(tmp_path: Path) -> None:
    html = "<html><body><header><h1>A plan</h1></header><p>Beds are few.</p></body></html>"
    assert [block.text for block in read(tmp_path, html).blocks] == ["A plan", "Beds are few."]


def test_hints_come_from_the_head(tmp_path: Path) -> None:
    hints = dict(read(tmp_path, PAGE.format(content="<p>Beds are few.</p>")).hints)
    assert hints == {
        "title": "Our plan | Anyshire", "author": "Anyshire NHS Trust", "published": "2019-11-14",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_encoding_is_detected(tmp_path: Path, encoding: str) -> None:
    html = f'<html><head><meta charset="{encoding}"></head><body><p>£4.9m – saved</p></body></html>'
    assert read(tmp_path, html.encode(encoding)).blocks[0].text == "£4.9m – saved"


@pytest.mark.parametrize("control", ["\0", "\x01", "\x0b", "\x1f", "\x7f"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_control_characters_are_dropped(tmp_path: Path, control: str, encoding: str) -> None:
    html = f'<html><head><meta charset="{encoding}{control}"></head><p>Be{control}ds</p></html>'
    assert read(tmp_path, html.encode(encoding)).blocks[0].text == "Beds"


def test_xhtml_is_read_as_html(tmp_path: Path) -> None:
    html = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>Beds</body></html>'
    )
    assert read(tmp_path, html).blocks[0].text == "Beds"


def test_page_without_text_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="holds no text"):
        read(tmp_path, PAGE.format(content="<img src='plan.png'>"))


@pytest.mark.parametrize("depth", [200, 3000])
def test_deep_nesting_is_read_or_reported(tmp_path: Path, depth: int) -> None:
    html = "<html><body>" + "<div>" * depth + "Beds" + "</div>" * depth + "</body></html>"
    try:
        assert read(tmp_path, html).pages[0].text == "Beds"
    except UnreadableFile as error:
        assert depth == 3000 and "too deeply" in str(error)
