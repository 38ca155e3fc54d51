"""Every kind of page in every state, looked at by axe: WCAG 2.2 at levels A and AA."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.serving import browsing, needs_assets, needs_chromium, serving

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
    "/help",
    "/accessibility",
    "/follow?q=workforce",
    "/documents/estates-plan-2018-2023",
    "/documents/estates-plan-2018-2023/pages/3?q=centre",
    "/documents/none",
    "/search?q=beds&page=99",
)
STATES: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "narrow": {"viewport": {"width": 320, "height": 700}},
    "enlarged four times": {
        "viewport": {"width": 320, "height": 256}, "device_scale_factor": 4,
    },
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "without scripts": {},
}  # fmt: skip
EXPECTED = ("404 (NOT FOUND)", "net::ERR_FAILED")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def site(sample_data: Path) -> Iterator[str]:
    with serving(sample_data) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as started:
        yield started


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_the_browser_complains_of_nothing(
    browser: Browser, site: str, state: str
) -> None:
    said: list[str] = []
    context = browser.new_context(**STATES[state])
    page = context.new_page()
    if state == "without scripts":  # ours are not loaded; axe itself is one
        page.route("**/*.js", lambda route: route.abort())
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("request", lambda asked: said.append(asked.url) if site not in asked.url else None)
    for path in PAGES:
        answer = page.goto(site + path)
        assert answer and answer.status < 500
        results = Axe().run(page, options={"runOnly": LEVELS})
        found = [
            f"{each['id']}: {node['html'][:200]}"
            for each in results.response["violations"]
            for node in each["nodes"]
        ]
        assert not found, f"{path}: {found}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()
    assert [line for line in said if not any(known in line for known in EXPECTED)] == []
