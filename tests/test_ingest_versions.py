"""The versions that the library keeps beside those that stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import NotHeld
from ingest.library import Library
from ingest.versions import find_version, list_set_aside, list_versions
from tests.factories import fill_library, make_document

OLD, NEW = "# Beds\nThere are nine beds.", "# Beds\nThere are ten beds."


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Give a library with two versions of a plan, and a withdrawn document."""
    library = Library(tmp_path)
    fill_library(library, make_document("plan.txt", OLD), make_document("gone.txt", "# Gone\nBye."))
    fill_library(library, make_document("plan.txt", NEW))
    return library


def test_all_versions_of_a_document_are_given_oldest_first(library: Library) -> None:
    versions = list_versions(library, "plan")
    assert [held.version for held in versions] == [1, 2]
    assert ["nine" in library.passages(held)[0].text for held in versions] == [True, False]


def test_a_version_is_found_by_its_number(library: Library) -> None:
    assert "nine" in library.passages(find_version(library, "plan", 1))[0].text
    with pytest.raises(NotHeld, match="no version 3"):
        find_version(library, "plan", 3)


def test_what_is_not_searched_is_older_or_withdrawn(library: Library) -> None:
    aside = [(held.id, held.version, bool(held.withdrawn)) for held in list_set_aside(library)]
    assert aside == [("gone", 1, True), ("plan", 1, False)]
