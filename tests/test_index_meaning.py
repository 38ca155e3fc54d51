"""Passages found by meaning: their vectors are made once, kept, and searched for a reader."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from index.build import VECTOR_STORE, build_index
from index.candidates import mark_clues
from index.errors import UnusableVectors
from index.fusion import Candidate
from index.generations import index_folder, live_generation
from index.meaning import PASSAGES_AT_ONCE, Encoding, text_to_encode
from index.models import Models
from index.query import Audience, Clues, Query
from index.search import Searcher
from ingest.library import Library
from ingest.records import Document
from ingest.sources import Source
from tests.factories import fill_library, make_document, silent
from tests.models import WordEncoder

COAL = make_document("a.txt", "# Mines\ncoal is dug", kind="strategy", published="2019")
WIND = make_document("b.txt", "wind turns the mills", kind="minutes", published="2020")
TIDE = make_document("c.txt", "tide rises at the mills", kind="minutes", audience="staff")
NO_CLUES = Clues({}, frozenset())


def build(
    library: Library, *documents: tuple[Source, Document], encoder: WordEncoder | None = None
) -> None:
    fill_library(library, *documents)
    build_index(library, silent, encoding=Encoding(encoder, silent) if encoder else None)


def ask(
    library: Library, question: str, query: Query = Query(), encoder: WordEncoder | None = None
) -> list[Candidate]:
    searcher = Searcher(library, Models(encoder or WordEncoder()))
    return searcher.find_candidates(query, NO_CLUES, 1000, question)


def texts(found: list[Candidate]) -> list[str]:
    return [each.hit.passage.text for each in found]


def test_what_is_encoded_is_the_title_the_headings_and_the_text(tmp_path: Path) -> None:
    library, encoder = Library(tmp_path), WordEncoder()
    build(library, make_document("a.txt", "# Mines\ncoal is dug", title="On coal"), encoder=encoder)
    assert encoder.encoded == ["On coal\nMines\nMines\ncoal is dug"]


def test_no_text_is_encoded_twice(tmp_path: Path) -> None:
    library, encoder = Library(tmp_path), WordEncoder()
    build(library, COAL, WIND, encoder=encoder)
    assert len(encoder.encoded) == 2
    build(library, COAL, TIDE, encoder=encoder)
    assert len(encoder.encoded) == 3
    build(library, COAL, WIND, encoder=encoder)
    build_index(library, silent, True, Encoding(encoder, silent))
    assert len(encoder.encoded) == 3
    assert {*texts(ask(library, "wind"))} == {"Mines\ncoal is dug", "wind turns the mills"}


def test_equal_texts_are_encoded_once(tmp_path: Path) -> None:
    library, encoder = Library(tmp_path), WordEncoder()
    twin = make_document("b.txt", "coal is dug", title="a")
    build(library, make_document("a.txt", "coal is dug"), twin, encoder=encoder)
    assert len(encoder.encoded) == 1
    assert len(ask(library, "coal")) == 2


def test_what_was_encoded_before_a_build_was_killed_is_kept(tmp_path: Path) -> None:
    sections = "\n".join(f"# {number}\ncoal number {number}" for number in range(100))
    library = Library(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        build(library, make_document("a.txt", sections), encoder=WordEncoder(most=80))
    coal = Clues({"coal": 1.0}, frozenset())
    assert len(Searcher(library).find_candidates(Query(), coal, 5)) == 5
    encoder = WordEncoder()
    build_index(library, silent, encoding=Encoding(encoder, silent))
    assert len(encoder.encoded) == 100 - PASSAGES_AT_ONCE
    assert len(ask(library, "coal")) == 100


def test_progress_counts_the_passages_that_are_encoded(tmp_path: Path) -> None:
    library, seen = Library(tmp_path), list[tuple[int, int, str]]()
    fill_library(library, COAL, WIND)
    encoding = Encoding(WordEncoder(), lambda *report: seen.append(report))
    build_index(library, silent, encoding=encoding)
    assert seen == [(2, 2, "b.txt")]
    build_index(library, silent, True, encoding)
    assert len(seen) == 1


def test_an_index_made_without_a_model_gets_vectors_without_being_built_again(
    tmp_path: Path,
) -> None:
    library = Library(tmp_path)
    build(library, COAL, WIND)
    searcher = Searcher(library, Models(WordEncoder()))
    assert "run: plansearch index" in searcher.meaning_note("public")
    assert ask(library, "wind") == []
    built = build_index(library, silent, encoding=Encoding(WordEncoder(), silent))
    assert (built.generation, built.added, built.removed) == ("000002", 0, 0)
    assert searcher.meaning_note("public") == ""
    assert texts(ask(library, "wind"))[0] == "wind turns the mills"
    again = build_index(library, silent, encoding=Encoding(WordEncoder(), silent))
    assert again.generation == built.generation


def test_without_a_model_passages_are_found_by_their_words_and_it_says_so(tmp_path: Path) -> None:
    library = Library(tmp_path)
    build(library, COAL, WIND, encoder=WordEncoder())
    searcher = Searcher(library)
    assert "fetch-models" in searcher.meaning_note("public")
    found = searcher.find_candidates(Query(), Clues({"wind": 1.0}, frozenset()), 9, "coal")
    assert texts(found) == ["wind turns the mills"]


def test_vectors_of_another_encoder_are_not_used(tmp_path: Path) -> None:
    library, other = Library(tmp_path), WordEncoder("other")
    build(library, COAL, WIND, encoder=WordEncoder())
    assert ask(library, "wind", encoder=other) == []
    before = live_generation(tmp_path)
    build_index(library, silent, encoding=Encoding(other, silent))
    assert len(other.encoded) == 2
    assert len(ask(library, "wind", encoder=other)) == 2
    (index_folder(tmp_path) / "live").write_text(before)
    assert len(ask(library, "wind")) == 2


def test_a_build_without_a_model_has_no_vectors_and_the_next_with_one_makes_none_again(
    tmp_path: Path,
) -> None:
    library, encoder = Library(tmp_path), WordEncoder()
    build(library, COAL, encoder=encoder)
    build_index(library, silent)
    assert len(ask(library, "coal")) == 1
    build(library, COAL, WIND)
    assert ask(library, "coal") == []
    build(library, COAL, WIND, encoder=encoder)
    assert len(encoder.encoded) == 2 and len(ask(library, "coal")) == 2


def test_a_damaged_file_of_vectors_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    library, kept = Library(tmp_path), tmp_path / VECTOR_STORE
    build(library, COAL)
    kept.write_bytes(b"no database " * 100)
    with pytest.raises(UnusableVectors, match="vectors.db cannot be used.*delete it"):
        build(library, COAL, WIND, encoder=WordEncoder())
    assert Searcher(library).count(Query()) == 2
    kept.unlink()
    build(library, COAL, WIND, encoder=WordEncoder())
    assert len(ask(library, "wind")) == 2


AUDIENCES: tuple[tuple[Audience, set[str]], ...] = (
    ("public", {"a", "b"}), ("staff", {"a", "b", "c"}),
)  # fmt: skip


@pytest.mark.parametrize("audience, expected", AUDIENCES)
def test_only_what_is_for_the_reader_is_found(
    audience: Audience, expected: set[str], tmp_path: Path
) -> None:
    library = Library(tmp_path)
    build(library, COAL, WIND, TIDE, encoder=WordEncoder())
    found = ask(library, "the tide at the mills", Query(audience=audience))
    assert {each.hit.document.id for each in found} == expected


QUERIES = (
    Query(filters=(("kind", ("minutes",)),)), Query(since="2020"), Query(document="b"),
)  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_only_what_filters_and_dates_leave_is_found(query: Query, tmp_path: Path) -> None:
    library = Library(tmp_path)
    build(library, COAL, WIND, TIDE, encoder=WordEncoder())
    assert texts(ask(library, "coal", query)) == ["wind turns the mills"]
    assert ask(library, "coal", replace(query, until="2001")) == []


def test_a_hit_that_is_found_by_meaning_alone_has_no_marked_words(tmp_path: Path) -> None:
    library = Library(tmp_path)
    build(library, COAL, WIND, encoder=WordEncoder())
    searcher = Searcher(library, Models(WordEncoder()))
    clues = Clues({"coal": 1.0}, frozenset())
    first, second = searcher.find_candidates(Query(), clues, 9, "wind")
    found = {each.hit.document.id: each for each in (first, second)}
    assert found["a"].lexical and mark_clues(found["a"].hit, clues).matches == ((6, 10),)
    assert found["b"].likeness > found["a"].likeness
    assert found["b"].lexical is None and found["b"].dense
    marked = mark_clues(found["b"].hit, clues)
    assert marked.matches == () and marked.page == 1


def test_the_passages_beside_one_are_of_its_document_alone(tmp_path: Path) -> None:
    library = Library(tmp_path)
    build(library, COAL, WIND)
    searcher = Searcher(library)
    (found,) = searcher.find_candidates(Query(), Clues({"coal": 1.0}, frozenset()), 9)
    assert [searcher.beside(found.hit, step, "public") for step in (-1, 1)] == [None, None]
    assert searcher.beside(found.hit, 0, "public") == found.hit


def test_the_nearest_are_those_that_brute_force_finds_whatever_the_segments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.whoosh_engine.MERGED_RATIO", 0)
    monkeypatch.setattr("index.whoosh_engine.MOST_DELETED", 1)
    chance, encoder = random.Random(3), WordEncoder()
    library = Library(tmp_path / "steps")
    kept = dict(enumerate(make_many(chance, range(12))))
    for step in range(4):
        build(library, *kept.values(), encoder=encoder)
        for number in chance.sample(sorted(kept), 2):
            del kept[number]
        fresh = [100 * step + 50 + number for number in range(2)]
        kept |= dict(zip(fresh, make_many(chance, fresh)))
    build(library, *kept.values(), encoder=encoder)
    folder = index_folder(library.data) / live_generation(library.data)
    assert len([*folder.glob("*.vectors")]) > 2
    other = Library(tmp_path / "fresh")
    build(other, *kept.values(), encoder=WordEncoder())
    for question in ("coal", "wind and tide", "the coal of 2019/20"):
        found, again = ask(library, question), ask(other, question)
        assert [name(each) for each in found] == [name(each) for each in again]
        check_by_brute_force(library, question, found)


def name(found: Candidate) -> tuple[str, float]:
    return found.hit.id, found.hit.score


def check_by_brute_force(library: Library, question: str, found: list[Candidate]) -> None:
    encoder = WordEncoder()
    (asked,) = encoder.encode_questions([question])
    expected = {}
    for held in library.documents():
        for passage in () if held.withdrawn else library.passages(held):
            (vector,) = encoder.encode_questions([text_to_encode(held, passage)])
            expected[f"{held.id}/{held.version}/{passage.number}"] = float(vector @ asked)
    likeness = {each.hit.id: each.dense.score for each in found if each.dense}
    assert len(likeness) == min(100, len(expected))
    for passage_id, score in likeness.items():
        assert score == pytest.approx(expected[passage_id], abs=0.01)
    least = min(likeness.values())
    assert all(expected[each] <= least + 0.01 for each in expected.keys() - likeness.keys())
    assert likeness == {each.hit.id: each.likeness for each in found if each.dense}
    assert [*likeness.values()] == sorted(likeness.values(), reverse=True)


def make_many(chance: random.Random, numbers: range | list[int]) -> list[tuple[Source, Document]]:
    words = ("coal", "wind", "tide", "the", "A&E", "2019/20", "mills", "mines", "nurses")
    return [
        make_document(
            f"d{number}.txt",
            "\n".join(
                f"# {chance.choice(words)}\n{' '.join(chance.choices(words, k=9))}."
                for _ in range(chance.randint(3, 12))
            ),
        )
        for number in numbers
    ]


def test_an_empty_library_is_searched_too(tmp_path: Path) -> None:
    library = Library(tmp_path)
    build(library, encoder=WordEncoder())
    assert ask(library, "coal") == []
    build(library, TIDE, encoder=WordEncoder())
    assert ask(library, "tide") == []
    assert len(ask(library, "tide", Query(audience="staff"))) == 1
