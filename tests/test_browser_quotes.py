"""Quoting in real Chromium, without scripts: checking a text, following it to its page, citing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.serving import needs_chromium

pytestmark = needs_chromium

PLAN = "estates-plan-2018-2023"
PAGES = (
    "/check-quotes",
    f"/q/{PLAN}/1",
    f"/q/{PLAN}/1/2",
    f"/q/{PLAN}/1/page/3",
    f"/documents/{PLAN}/differences?from=clinical-strategy-2018",
    f"/documents/{PLAN}/cite?page=3",
    f"/documents/{PLAN}/pages/3/report",
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_reader_checks_a_sentence_and_sees_it_boxed_on_its_page(page: Page, site: str) -> None:
    page.goto(f"{site}/documents/{PLAN}/pages/3")
    sentence = page.locator("section.text [id^=passage] p").first.inner_text()
    page.goto(f"{site}/check-quotes")
    page.get_by_label("Your text").fill(f"It says “{sentence}”, and “the moon is green cheese”.")
    with page.expect_navigation():
        page.get_by_role("button", name="Check", exact=True).click()
    assert page.title().startswith("Check quotations: 2 quotations: 1 verbatim")
    assert page.locator(".quoted").count() == 2
    with page.expect_navigation():
        page.locator(".where a").first.click()
    assert f"/documents/{PLAN}/pages/3" in page.url
    assert page.locator("svg rect.match").count() > 0
    page.go_back()
    with page.expect_navigation():
        page.get_by_role("link", name="Permalink").first.click()
    assert sentence[:40] in page.locator("blockquote").inner_text()
    assert page.locator("svg rect.match").count() > 0
    with page.expect_navigation():
        page.get_by_role("link", name="Cite these words").click()
    assert f"/q/{PLAN}/1/" in page.get_by_label("Reference (Harvard)").input_value()


@pytest.mark.parametrize("path", PAGES)
def test_pages_fit_a_telephone(browser: Browser, site: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(site + path)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
