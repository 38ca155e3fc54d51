"""What a reader may be about to type."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.completion import MOST_COMPLETIONS, Completion, complete
from index.query import Audience
from index.query_parser import understand_query
from index.search import Searcher
from tests.factories import make_searcher
from tests.test_index_settling import make_defining


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("completed")
    return make_searcher(
        folder,
        make_defining("a.txt", "# Winter beds\nThe Yellow Brick Road (YBR).\n# Wards\nwinter wind",
                      title="Winter plan"),
        make_defining("b.txt", "# Winter beds\nwin winning", title="Yearbook"),
        make_defining("s.txt", "# Winter secrets\nThe Yard Bell Rope (YBR). winsecret",
                      title="Winter of staff", audience="staff"),
    )  # fmt: skip


def found(searcher: Searcher, typed: str) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in complete(searcher, typed, "public")]


def test_a_short_form_comes_with_what_it_stands_for(searcher: Searcher) -> None:
    short = Completion("YBR", "acronym", "Yellow Brick Road", 1)
    assert complete(searcher, "yb", "public")[0] == short
    long = Completion("Yellow Brick Road", "acronym", "YBR", 1)
    assert complete(searcher, "Yellow b", "public")[0] == long


def test_titles_headings_and_words_that_begin_so_are_given_once(searcher: Searcher) -> None:
    assert found(searcher, "win") == [
        ("title", "Winter plan"), ("word", "winter"), ("word", "win"), ("word", "wind"),
        ("word", "winning"), ("heading", "Winter beds"),
    ]  # fmt: skip


def test_the_last_word_is_completed(searcher: Searcher) -> None:
    assert ("word", "wards winter") in found(searcher, "wards wint")
    assert found(searcher, "winter be") == [("word", "winter beds")]


@pytest.mark.parametrize("typed", ["wi", "win", "ye", "yel", "wards win", "beds OR wi", "zz wi"])
@pytest.mark.parametrize("audience", ["public", "staff"])
def test_the_passages_are_those_that_a_search_for_it_finds(
    typed: str, audience: Audience, searcher: Searcher
) -> None:
    for each in complete(searcher, typed, audience):
        asked = replace(understand_query(each.text), audience=audience)
        assert each.passages == searcher.search(asked).passages


def test_a_word_has_the_passages_of_its_other_forms_too(searcher: Searcher) -> None:
    (win,) = [e for e in complete(searcher, "win", "public") if e.text == "win"]
    assert win.passages == 1
    (winning,) = [e for e in complete(searcher, "winni", "public") if e.text == "winning"]
    assert winning.passages == win.passages


def test_a_date_before_the_word_narrows_it(searcher: Searcher) -> None:
    assert not [e for e in complete(searcher, "since 2018 wint", "public") if e.kind == "word"]


@pytest.mark.parametrize("typed", ["", "w", " ", "win*", '"win', "-win", "title:wi", "zzz", "a&"])
def test_too_little_or_syntax_is_completed_by_no_word(typed: str, searcher: Searcher) -> None:
    assert not [text for kind, text in found(searcher, typed) if kind == "word"]


def test_a_reader_never_learns_of_what_is_not_for_him(searcher: Searcher) -> None:
    for typed in ("yb", "ya", "yard", "wi", "win", "wins", "winter s", "winter o"):
        assert not [text for _, text in found(searcher, typed) if "s" in text.split()[-1][:1]
                    or "Yard" in text or "staff" in text]  # fmt: skip
    staff = {each.text for each in complete(searcher, "wins", "staff")}
    assert "winsecret" in staff


@given(st.text())
def test_any_text_is_completed_without_error(searcher: Searcher, typed: str) -> None:
    assert len(complete(searcher, typed, "public")) <= MOST_COMPLETIONS
