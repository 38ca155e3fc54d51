"""Every kind of page in every state, looked at by axe: WCAG 2.2 at levels A and AA."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests.serving import needs_assets, needs_chromium

pytestmark = [needs_chromium, needs_assets]

PLAN = "derbyshire-healthcare-operational-plan-2019-20"
PAGES = (
    "/",
    "/search",
    "/search?q=workforce",
    "/search?q=zebra",
    "/search?q=How+much+is+the+agency+ceiling%3F",
    "/search?q=beds&kind=refresh&since=2019",
    "/ask",
    "/ask?q=How+much+is+the+agency+ceiling%3F",
    "/ask?q=Who+won+the+boat+race%3F",
    "/across?q=How+much+is+the+agency+ceiling%3F",
    "/coverage",
    "/acronyms",
    "/api",
    "/help",
    "/accessibility",
    "/follow?q=workforce",
    "/concordance?q=workforce",
    "/trends?q=workforce",
    "/silence?q=workforce",
    "/commitments?q=workforce",
    "/commitments?page=99",
    "/check-quotes",
    "/check-quotes?text=The+regulator+has+set+our+ceiling+for+agency+spending+at+3+million.",
    "/export?q=workforce",
    "/batch",
    "/documents/estates-plan-2018-2023/cite?page=3",
    "/documents/estates-plan-2018-2023/pages/3/report",
    "/documents/five-year-plan-refresh-2019-2024/differences",
    "/q/estates-plan-2018-2023/1/3",
    "/documents/estates-plan-2018-2023",
    "/documents/estates-plan-2018-2023/pages/3?q=centre",
    "/documents/none",
    "/search?q=beds&page=99",
)
EXPECTED = ("404 (NOT FOUND)", "net::ERR_FAILED")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = ["color-contrast"]

WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=320, height=700)


@pytest.fixture
def said(browser: Browser) -> Iterator[list[str]]:
    lines: list[str] = []
    yield lines
    assert [line for line in lines if not any(known in line for known in EXPECTED)] == []


def open_page(browser: Browser, site: str, said: list[str], view: ViewportSize) -> Page:
    """Open a tab; what it complains of, and what it asks of other hosts, is kept."""
    page = browser.new_page(viewport=view)
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("request", lambda asked: said.append(asked.url) if site not in asked.url else None)
    return page


def look(page: Page, rules: list[str]) -> None:
    """Let axe look at a page; nothing may run off the screen either."""
    results = Axe().run(page, options={"runOnly": rules})
    found = [
        f"{each['id']}: {node['html'][:200]}"
        for each in results.response["violations"]
        for node in each["nodes"]
    ]
    assert not found, f"{page.url}: {found}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def test_on_a_wide_screen_without_our_scripts(
    browser: Browser, site: str, said: list[str]
) -> None:
    page = open_page(browser, site, said, WIDE)
    page.route("**/*.js", lambda route: route.abort())  # axe itself is a script
    for path in PAGES:
        page.goto(site + path)
        look(page, LEVELS)
    page.close()


def test_on_a_narrow_screen_or_enlarged_four_times_and_in_other_colours(
    browser: Browser, site: str, said: list[str]
) -> None:
    """A screen of 1280 pixels enlarged four times is one of 320 by 256."""
    page = open_page(browser, site, said, NARROW)
    for path in PAGES:
        page.goto(site + path)
        look(page, LEVELS)
        page.emulate_media(color_scheme="dark")
        look(page, CONTRAST)
        page.emulate_media(color_scheme="light", forced_colors="active")
        look(page, CONTRAST)
        page.emulate_media(forced_colors="none")
    page.close()


MOST_KB = 100

_SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({type: 'layout-shift', buffered: true});
"""


@pytest.mark.parametrize("path", ["/", "/search?q=workforce", "/ask?q=How+many+beds%3F"])
def test_first_page_is_light_and_nothing_on_it_moves(
    browser: Browser, site: str, path: str
) -> None:
    """Counted as sent, with nothing kept from before."""
    page = browser.new_page(viewport=NARROW)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sent: list[float] = []
    session.on("Network.loadingFinished", lambda done: sent.append(done["encodedDataLength"]))
    page.add_init_script(_SHIFTS)
    page.goto(site + path, wait_until="networkidle")
    assert 5_000 < sum(sent) < MOST_KB * 1000
    assert page.evaluate("window.shifted") < 0.01
    page.close()


_FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  const shown = style.outlineStyle !== 'none' || style.boxShadow !== 'none'
    || style.backgroundColor === 'rgb(255, 235, 59)';
  const box = at.getBoundingClientRect();
  return [at.outerHTML.slice(0, 120), shown, box.top + scrollY, box.left, at === document.body];
}"""


@pytest.mark.parametrize("path", ["/", "/search?q=workforce", "/check-quotes", "/commitments"])
def test_keyboard_reaches_everything_in_the_order_of_reading_and_shows_where_it_is(
    browser: Browser, site: str, path: str
) -> None:
    page = browser.new_page(viewport=NARROW)
    page.goto(site + path)
    fields = page.locator("main :is(a[href], button, summary, input:not([type=hidden]), textarea)")
    wanted = sum(one.is_visible() for one in fields.all())
    tops: list[float] = []
    page.keyboard.press("Tab")
    assert "nhsuk-skip-link" in page.evaluate(_FOCUSED)[0]
    page.keyboard.press("Enter")
    while True:
        page.keyboard.press("Tab")
        element, shown, top, _, ended = page.evaluate(_FOCUSED)
        if ended or page.evaluate("!document.activeElement.closest('main')"):
            break
        assert shown, f"no focus is seen on {element}"
        tops.append(top)
    assert len(tops) >= wanted * 0.95 and len(tops) <= wanted + 3
    assert sum(after < before - 60 for before, after in zip(tops, tops[1:])) == 0
    page.close()
