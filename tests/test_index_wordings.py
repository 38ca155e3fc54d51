"""The passages in which some words may stand, of all that the library holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import build_index
from index.search import Searcher
from index.wordings import Wordings
from ingest.library import Library
from tests.factories import fill_library, make_document, silent

WORDS = "the community hospital keeps all of its nine beds open"


@pytest.fixture
def wordings(tmp_path: Path) -> Wordings:
    library = Library(tmp_path)
    fill_library(
        library,
        make_document("plan.txt", f"# Beds\nSo {WORDS}."),
        make_document("secret.txt", f"# Beds\nAnd {WORDS}.", audience="staff"),
        make_document("hidden.txt", f"# Beds\nBut {WORDS}.", audience="staff"),
        make_document("gone.txt", f"# Beds\nThen {WORDS}."),
    )
    fill_library(
        library,
        make_document("plan.txt", f"# Beds\nStill {WORDS}."),
        make_document("secret.txt", f"# Beds\nYet {WORDS}.", audience="staff"),
        make_document("hidden.txt", "# Beds\nNothing is said.", audience="public"),
    )
    build_index(library, silent)
    return Wordings(Searcher(library))


@pytest.mark.parametrize("words", [WORDS, "of its nine beds", "nine beds open"])
def test_words_are_found_in_what_is_searched_and_what_is_kept(
    wordings: Wordings, words: str
) -> None:
    found = wordings.open("public").find_same(words.split())
    assert {(each.held.id, each.held.version) for each in found} == {
        ("plan", 2), ("plan", 1), ("gone", 1),
    }  # fmt: skip


def test_a_version_for_staff_is_for_staff_alone_even_if_its_document_is_public_now(
    wordings: Wordings,
) -> None:
    public = {(held.id, held.version) for held in wordings.open("public").aside}
    assert public == {("plan", 1), ("gone", 1)}
    staff = {(held.id, held.version) for held in wordings.open("staff").aside}
    assert staff == public | {("secret", 1), ("hidden", 1)}
    found = wordings.open("staff").find_like(WORDS.split())
    assert {each.held.id for each in found} >= {"secret", "hidden"}


def test_passages_with_most_of_the_words_are_found(wordings: Wordings) -> None:
    asked = WORDS.replace("nine", "forty").split()
    found = wordings.open("public").find_like(asked)
    assert {(each.held.id, each.held.version) for each in found} >= {("plan", 2), ("plan", 1)}
    assert not wordings.open("public").find_like(["zebra", "crossing", "ahead", "now"])


def test_what_is_kept_is_read_anew_when_it_changes(wordings: Wordings) -> None:
    wordings.open("public")
    library = wordings.searcher.library
    fill_library(library, make_document("plan.txt", "# Beds\nAll else is new."))
    build_index(library, silent)
    versions = {(held.id, held.version) for held in wordings.open("public").aside}
    assert ("plan", 2) in versions and ("plan", 3) not in versions
