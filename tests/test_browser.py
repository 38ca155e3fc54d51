"""The served site in real Chromium, as a reader uses it, with and without a wide screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from search_app.answering.reasons import NOTHING_MATCHES
from tests.serving import needs_chromium

pytestmark = needs_chromium

WIDE, NARROW = 1280, 320
PAGES = (
    "/",
    "/search?q=workforce",
    "/search?q=zebra",
    "/ask?q=How+much+is+the+agency+ceiling%3F",
    "/across?q=How+much+is+the+agency+ceiling%3F",
    "/across?q=How+many+beds+are+there+since+2014%3F&by=year&since=2014",
    "/concordance?q=workforce&order=left",
    "/trends?q=workforce",
    "/coverage",
    "/export?q=workforce",
    "/batch",
    "/help",
    "/documents/estates-plan-2018-2023",
    "/documents/estates-plan-2018-2023/pages/3?q=centre",
    "/documents/none",
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": WIDE, "height": 900})
    yield opened
    opened.close()


def test_reader_finds_a_page_and_sees_the_words_marked_on_its_image(page: Page, site: str) -> None:
    page.goto(site)
    page.fill("input[name=q]", "agency ceiling")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=agency+ceiling*")
    assert "agency ceiling" in page.title()
    with page.expect_navigation():
        page.get_by_role("link", name="Page 5").first.click()
    image = page.locator("section.image img")
    width = image.evaluate("async image => { await image.decode(); return image.naturalWidth }")
    assert width > 500
    marked = page.locator("mark").all_inner_texts()
    assert "agency" in " ".join(marked).lower()
    assert page.locator("svg rect.match").count() >= 2


@pytest.mark.parametrize("document", ["estates-plan-2018-2023", "clinical-strategy-2018"])
def test_boxes_lie_on_ink(page: Page, site: str, document: str) -> None:
    """A box on blank paper would be a highlight beside the match; one of the pages is rotated."""
    page.goto(f"{site}/documents/{document}/pages/3?q=%22of%22+OR+%22hospital%22")
    assert page.locator("svg rect.match").count() > 0
    assert page.evaluate(_BLANK_BOXES) == 0


_BLANK_BOXES = """async () => {
  const image = document.querySelector('section.image img');
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
  const paint = canvas.getContext('2d');
  paint.drawImage(image, 0, 0);
  const view = document.querySelector('section.image svg').viewBox.baseVal;
  const scale = canvas.width / view.width;
  return [...document.querySelectorAll('rect.match')].filter(rect => {
    const [x, y, w, h] = ['x', 'y', 'width', 'height'].map(n => rect[n].baseVal.value * scale);
    const pixels = paint.getImageData(x, y, Math.max(1, w), Math.max(1, h)).data;
    let darkest = 255, lightest = 0;
    for (let i = 0; i < pixels.length; i += 4) {
      darkest = Math.min(darkest, pixels[i + 1]); lightest = Math.max(lightest, pixels[i + 1]);
    }
    return lightest - darkest < 60;
  }).length;
}"""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_page_fits_the_screen_and_asks_nothing_of_others(
    page: Page, site: str, path: str, width: int
) -> None:
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    assert all(url.startswith(site) for url in asked)
    assert not said


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_wide_table_moves_in_its_own_box_below_its_head(
    page: Page, site: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 400})
    page.goto(f"{site}/documents/estates-plan-2018-2023/pages/3")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    hidden, narrowest, away = page.locator(".table").first.evaluate(
        """box => {
          box.scrollTop = 150;
          const top = element => element.getBoundingClientRect().top;
          const widths = [...box.querySelectorAll('td')].map(cell => cell.clientWidth);
          return [box.scrollHeight - box.clientHeight, Math.min(...widths),
                  Math.abs(top(box.querySelector('thead')) - top(box) - box.clientTop)];
        }"""
    )
    assert hidden > 100 and narrowest >= 30 and away < 2


def test_further_passages_open_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/search?q=workforce")
    closed = page.locator("details.rest").first
    assert not closed.locator("blockquote").first.is_visible()
    closed.locator("summary").click()
    assert closed.locator("blockquote").first.is_visible()
    page.emulate_media(media="print")
    assert all(each.is_visible() for each in page.locator("details.rest blockquote").all())
    context.close()


def test_filters_work_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/search?q=workforce")
    before = page.get_by_role("heading", name="passages in").inner_text()
    box = page.locator("input[name=kind]").first
    kind = box.get_attribute("value")
    box.check()
    with page.expect_navigation():
        page.get_by_role("button", name="Apply").click()
    assert f"kind={kind}".replace(" ", "+") in page.url
    assert page.get_by_role("heading", name="passages in").inner_text() != before
    context.close()


def test_question_gets_a_quotation_that_leads_to_its_page(page: Page, site: str) -> None:
    page.goto(f"{site}/ask?q=When+do+dormitories+end%3F")
    quoted = page.locator("blockquote").first.inner_text()
    assert "March 2024" in quoted
    with page.expect_navigation():
        page.get_by_role("link", name="on the page").first.click()
    assert "/documents/mental-health-strategy-2019-2024/pages/2" in page.url
    assert page.locator("svg rect.match").count() > 0


def test_question_without_answer_is_told_so(page: Page, site: str) -> None:
    page.goto(f"{site}/ask?q=Who+painted+the+Mona+Lisa%3F")
    assert page.locator("blockquote.quotation, .quotation blockquote").count() == 0
    assert NOTHING_MATCHES in page.inner_text("main")


def test_keyboard_reader_can_skip_to_the_results(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=workforce")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
