"""Examples on the home page: what these documents have something on."""

from __future__ import annotations

from pathlib import Path

from index.build import build_index
from index.search import Searcher
from ingest.ledger import make_ledger
from search_app.examples import find_examples, find_questions
from search_app.service import open_service
from tests.factories import fill_library, make_document, make_library, silent

FIRST = make_document(
    "first.txt", "# Winter pressures\nBeds.\n# Produced by the\nUs.\n# The sample\nSmall.\n"
    "# Urgent care\nUrgent care is here."
)  # fmt: skip
SECOND = make_document(
    "second.txt", "# Urgent care\nMore urgent care.\n# Winter pressures\nCold winter pressures.\n"
    "# Lonely heading\nNothing elsewhere."
)  # fmt: skip
STAFF = make_document("staff.txt", "# Lonely heading\nLonely heading.", audience="staff")


def test_examples_are_headings_that_several_documents_have_something_on(tmp_path: Path) -> None:
    library = make_library(tmp_path, FIRST, SECOND, STAFF)
    searcher = Searcher(library)
    found = find_examples(searcher, "public", library.documents()[:2])
    assert set(found) == {"Urgent care", "Winter pressures"}


def test_examples_are_found_anew_when_something_was_read(tmp_path: Path) -> None:
    library = make_library(tmp_path, FIRST)
    service = open_service(tmp_path, "public")
    assert service.examples() == ()
    fill_library(library, FIRST, SECOND)
    build_index(library, silent)
    assert "Urgent care" in service.examples()


def test_questions_are_of_the_short_forms_that_most_documents_define_alike() -> None:
    ledger = make_ledger([
        ("a", "ICS", "integrated care system"), ("b", "ICS", "integrated care system"),
        ("a", "PCN", "primary care network"), ("a", "CCG", "clinical commissioning group"),
        ("b", "CCG", "community care group"),
    ])  # fmt: skip
    assert find_questions(ledger) == ("What does ICS stand for?", "What does PCN stand for?")
