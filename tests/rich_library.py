"""A small library with a case of everything that the API can tell, for the tests that want all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from index.build import build_index
from ingest.acronyms import find_acronyms
from ingest.library import Library
from ingest.records import Doubt, Page
from ingest.register import register
from ingest.save import save_failure
from tests.factories import fill_library, make_document, make_words, silent

COPIED = "The trust opens a new ward in the spring, with nurses trained in the care of frailty."

PLAN = make_document(
    "plan.txt",
    "# Beds\nThe trust has 40 beds & 2 wards.\nWe will open 12 beds by March 2020.\n# Staff\n"
    f"Nurses & beds.\nThe integrated care board (ICB) meets. The ICB decides.\n# Ward\n{COPIED}",
    title="The plan", published="2016-10", organisation="Alpha Trust", status="superseded",
)  # fmt: skip
PLAN_LATER = make_document(
    "plan.txt",
    "# Beds\nThe trust has 44 beds & 2 wards.\nWe will open 12 beds by March 2020.\n# Staff\n"
    f"Nurses & beds.\nThe integrated care board (ICB) meets. The ICB decides.\n# Ward\n{COPIED}",
    title="The plan", published="2016-10", organisation="Alpha Trust", status="superseded",
)  # fmt: skip
REFRESH = make_document(
    "refresh.txt",
    f"# Beds\nThe trust has 35 beds.\n# Ward\n{COPIED}\n# Aims\nWe aim to close wards.",
    title="The refresh", published="2019", organisation="Alpha Trust", supersedes="plan.txt",
    kind="refresh",
)  # fmt: skip
BETA = make_document(
    "beta.txt", "The library opens at nine. The trust has 40 beds & 2 wards.",
    title="Beta plan", published="2018", organisation="Beta Council", kind="strategy",
)  # fmt: skip
SCAN = make_document("scan.txt", "Beds on paper.", title="A scan", published="2018")
GONE = make_document("gone.txt", "Beds that are gone.", organisation="Gone Trust")
LOST = make_document("lost.txt", "Lost.", organisation="Delta Trust", published="2019")[0]
STAFF = make_document("staff.txt", "Secret beds.", title="Hidden", audience="staff")


def make_rich_library(data: Path) -> Library:
    """Make a library with documents of all sorts, and with files and pages that were not read."""
    library = Library(data)
    made = [with_acronyms(PLAN), REFRESH, BETA, scanned(SCAN), STAFF]
    fill_library(library, *made, GONE)
    made[0] = with_acronyms(PLAN_LATER)
    fill_library(library, *made)
    newer = replace(BETA[0], sha256="0" * 64)
    register(
        library, Path("/corpus"),
        [newer if each is BETA[0] else each for each, _ in made] + [LOST], retry=False,
    )  # fmt: skip
    save_failure(library, newer, "It is locked.")
    build_index(library, silent)
    return library


def with_acronyms(made: tuple[Any, Any]) -> tuple[Any, Any]:
    """Give a document the short forms that it defines."""
    source, document = made
    return source, replace(document, acronyms=find_acronyms(document.reading.blocks))


def scanned(made: tuple[Any, Any]) -> tuple[Any, Any]:
    """Give a document pages, with boxes and doubts, and one that could not be read."""
    source, document = made
    (page,) = document.reading.pages
    doubts = (Doubt("garbled", "Letters are garbled."),)
    first = replace(page, words=make_words(page.text), width=595.0, height=842.0, label="i",
                    doubts=doubts, quality="mixed")  # fmt: skip
    pages = (first, Page(2, "", quality="unread"))
    return source, replace(document, reading=replace(document.reading, pages=pages, paged=True))
