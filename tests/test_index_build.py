"""Generations of the index: built aside, made live whole, and brought up to date."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from index.build import Built, build_index
from index.columns import make_columns
from index.facets import is_for
from index.generations import index_folder, live_generation
from index.manifest import read_manifest
from index.query import Audience, Query
from index.query_parser import parse_query
from index.schema import SCHEMA_VERSION
from index.search import Searcher
from ingest.library import Library
from ingest.records import Description, Document, Fact, HeldDocument
from ingest.save import save_description
from ingest.sources import Source
from tests.factories import fill_library, make_document, make_library, silent

Made = tuple[Source, Document]

QUERIES = (
    "", "coal", "coal wind", "coal OR tide", "-coal", '"the coal"', "wi*", "title:d3", "tide"
)  # fmt: skip

AUDIENCES: tuple[Audience, ...] = ("public", "staff")

COAL = make_document("a.txt", "coal is dug", kind="strategy")
WIND = make_document("b.txt", "wind turns", kind="minutes")
TIDE = make_document("c.txt", "tide rises", kind="minutes")


def search(data: Path, typed: str) -> set[str]:
    return set(search_with(Searcher(Library(data)), typed))


def search_with(searcher: Searcher, typed: str) -> list[str]:
    tree, notes = parse_query(typed)
    return [hit.passage.text for hit in searcher.all_hits(Query(typed, tree, notes)).hits]


def generations(data: Path) -> list[str]:
    return sorted(path.name for path in index_folder(data).iterdir() if path.is_dir())


class Fault(Exception):
    """Stands for whatever ends a build half way."""


def fail(done: int, total: int, name: str) -> None:
    raise Fault


def test_an_unchanged_library_builds_nothing(tmp_path: Path) -> None:
    library = make_library(tmp_path, COAL, WIND)
    live = live_generation(tmp_path)
    assert build_index(library, fail) == Built(live, 0, 0)
    assert generations(tmp_path) == [live]


def test_each_document_is_reported_as_it_is_done(tmp_path: Path) -> None:
    library = Library(tmp_path)
    fill_library(library, COAL, WIND)
    seen: list[tuple[int, int, str]] = []
    assert build_index(library, lambda *report: seen.append(report)).added == 2
    assert seen == [(1, 2, "a.txt"), (2, 2, "b.txt")]


def test_changes_are_applied_one_by_one(tmp_path: Path) -> None:
    library = make_library(tmp_path, COAL, WIND)
    changed = make_document("a.txt", "coke is burnt")
    steps: list[tuple[list[Made], int, int, set[str]]] = [
        ([COAL, WIND, TIDE], 1, 0, {"coal is dug", "wind turns", "tide rises"}),
        ([changed, WIND, TIDE], 1, 1, {"coke is burnt", "wind turns", "tide rises"}),
        ([changed, TIDE], 0, 1, {"coke is burnt", "tide rises"}),
        ([TIDE], 0, 1, {"tide rises"}),
        ([TIDE, WIND], 1, 0, {"tide rises", "wind turns"}),
        ([], 0, 2, set()),
        ([COAL], 1, 0, {"coal is dug"}),
    ]
    for documents, added, removed, texts in steps:
        fill_library(library, *documents)
        built = build_index(library, silent)
        assert (built.added, built.removed) == (added, removed)
        assert search(tmp_path, "") == texts


def test_a_new_description_alone_is_applied(tmp_path: Path) -> None:
    library = make_library(tmp_path, COAL, WIND)
    held = library.document("a")
    described = replace(held.description, title=Fact("Tin"), published=Fact("2019"))
    save_description(library, held, COAL[0], described)
    assert build_index(library, silent).added == 1
    assert search(tmp_path, "title:tin year:2019") == {"coal is dug"}
    assert search(tmp_path, "title:a") == set()


def test_step_by_step_and_from_nothing_give_the_same_results(tmp_path: Path) -> None:
    chance = random.Random(5)
    library = make_library(tmp_path / "steps", *make_many(chance, range(20)))
    kept: dict[int, Made] = dict(zip(range(20), make_many(chance, range(20))))
    for _ in range(3):
        for number in chance.sample(sorted(kept), 6):
            del kept[number]
        fresh = [*chance.sample(sorted(kept), 3), *chance.sample(range(20, 40), 4)]
        kept |= dict(zip(fresh, make_many(chance, fresh)))
        fill_library(library, *kept.values())
        build_index(library, silent)
        other = make_library(tmp_path / f"fresh{chance.random()}", *kept.values())
        for typed in QUERIES:
            assert show(library, typed) == show(other, typed)


def show(library: Library, typed: str) -> object:
    """Give the hits, in their order and with their scores, and the facets of a query."""
    tree, notes = parse_query(typed)
    query = Query(typed, tree, notes)
    searcher = Searcher(library)
    hits = searcher.all_hits(query).hits
    results = searcher.search(query)
    found = [(hit.document.id, hit.passage.text, hit.matches, hit.score) for hit in hits]
    return found, results.facets, results.documents, results.passages, results.query.notes


def test_removed_passages_leave_no_trace_in_the_scores(tmp_path: Path) -> None:
    library = make_library(tmp_path / "one", COAL, WIND)
    changed = make_document("a.txt", "wind and coal and wind")
    fill_library(library, changed, WIND, TIDE)
    build_index(library, silent)
    other = make_library(tmp_path / "other", changed, WIND, TIDE)
    assert scores(library, "wind") == scores(other, "wind")


def scores(library: Library, typed: str) -> list[tuple[str, float]]:
    query = Query(typed, parse_query(typed)[0])
    return [(hit.document.id, hit.score) for hit in Searcher(library).all_hits(query).hits]


def test_a_build_that_fails_half_way_leaves_the_live_generation(tmp_path: Path) -> None:
    library = make_library(tmp_path, COAL)
    live = live_generation(tmp_path)
    fill_library(library, COAL, WIND)
    for fresh in (False, True):
        with pytest.raises(Fault):
            build_index(library, fail, fresh)
        assert live_generation(tmp_path) == live
        assert search(tmp_path, "") == {"coal is dug"}
    assert build_index(library, silent).added == 1
    assert search(tmp_path, "") == {"coal is dug", "wind turns"}


def test_a_first_build_that_fails_leaves_no_index(tmp_path: Path) -> None:
    library = Library(tmp_path)
    fill_library(library, COAL)
    with pytest.raises(Fault):
        build_index(library, fail)
    assert not (index_folder(tmp_path) / "live").exists()
    assert build_index(library, silent).added == 1
    assert search(tmp_path, "coal") == {"coal is dug"}


def test_an_open_searcher_answers_during_a_build_and_then_finds_the_new(tmp_path: Path) -> None:
    library = make_library(tmp_path, COAL)
    searcher = Searcher(library)
    during: list[list[str]] = []

    def look(done: int, total: int, name: str) -> None:
        during.append(search_with(searcher, ""))

    for fresh in (False, True):
        before = search_with(searcher, "")
        fill_library(library, COAL, *((TIDE,) if fresh else (WIND,)))
        build_index(library, look, fresh)
        assert during and all(found == before for found in during)
        during.clear()
        assert search_with(searcher, "") == ["coal is dug", "tide rises" if fresh else "wind turns"]


def test_hits_that_are_being_read_outlive_their_generation(tmp_path: Path) -> None:
    library = make_library(tmp_path, COAL, WIND)
    found = Searcher(library).all_hits(Query())
    total, hits = found.total, found.hits
    for text in ("one", "two", "three"):
        fill_library(library, make_document("z.txt", text))
        build_index(library, silent)
    assert total == 2
    assert [hit.passage.text for hit in hits] == ["coal is dug", "wind turns"]


def test_only_the_live_generation_and_the_one_before_it_are_kept(tmp_path: Path) -> None:
    library = make_library(tmp_path, COAL)
    for number in range(5):
        fill_library(library, make_document("a.txt", f"coal {number}"))
        before, live = live_generation(tmp_path), build_index(library, silent).generation
        assert generations(tmp_path) == [before, live]
        assert live_generation(tmp_path) == live > before


def test_the_generation_before_stays_as_it_was(tmp_path: Path) -> None:
    library = make_library(tmp_path, COAL, WIND)
    before = live_generation(tmp_path)
    fill_library(library, TIDE)
    build_index(library, silent)
    (index_folder(tmp_path) / "live").write_text(before)
    assert search(tmp_path, "") == {"coal is dug", "wind turns"}
    assert search(tmp_path, "tide") == set()


def test_an_index_of_another_schema_is_built_anew(tmp_path: Path) -> None:
    library = make_library(tmp_path, COAL, WIND)
    manifest = index_folder(tmp_path) / live_generation(tmp_path) / "generation.json"
    packed = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(packed | {"schema_version": SCHEMA_VERSION - 1}))
    built = build_index(library, silent)
    assert (built.added, built.removed) == (2, 0)
    assert search(tmp_path, "") == {"coal is dug", "wind turns"}
    assert build_index(library, silent) == Built(built.generation, 0, 0)


RUINS = ("generation.json", "live", "everything")


@pytest.mark.parametrize("ruin", RUINS)
def test_a_ruined_index_is_built_anew(ruin: str, tmp_path: Path) -> None:
    library = make_library(tmp_path, COAL, WIND)
    folder = index_folder(tmp_path) / live_generation(tmp_path)
    doomed = folder.iterdir() if ruin == "everything" else [folder / ruin, folder.parent / ruin]
    for path in doomed:
        path.unlink(missing_ok=True)
    assert build_index(library, silent).added == 2
    assert search(tmp_path, "") == {"coal is dug", "wind turns"}


def test_a_manifest_gives_the_documents_as_they_were(tmp_path: Path) -> None:
    library = make_library(tmp_path, COAL, make_document("b.txt", "x", supersedes="a.txt"))
    folder = index_folder(tmp_path) / live_generation(tmp_path)
    documents = tuple(read_manifest(folder).documents.values())
    assert documents == library.documents()
    assert [held.newer for held in library.documents()] == [("b",), ()]
    assert isinstance(documents[0].description, Description)


def test_whatever_changes_the_next_generation_holds_the_library_as_it_is(tmp_path: Path) -> None:
    chance = random.Random(8)
    library, kept = Library(tmp_path), dict[int, Made]()
    held: dict[str, HeldDocument] = {}
    for _ in range(20):
        for number in chance.choices(range(8), k=chance.choice((0, 1, 1, 3))):
            change(chance, library, kept, number)
        fill_library(library, *kept.values())
        before, held = held, {each.id: each for each in library.documents() if not each.withdrawn}
        built = build_index(library, silent)
        assert built.added >= sum(before.get(each) != one for each, one in held.items())
        assert built.removed >= len(before.keys() - held.keys())
        check_manifest(tmp_path, held)
        assert build_index(library, fail) == Built(built.generation, 0, 0)


def change(chance: random.Random, library: Library, kept: dict[int, Made], number: int) -> None:
    """Add, withdraw, read anew or describe anew a document, which may supersede another."""
    facts = {
        "kind": chance.choice(("strategy", "minutes", "")),
        "audience": chance.choice(("public", "public", "staff")),
        "published": chance.choice(("2019", "2019-05-06", "")),
        "supersedes": chance.choice(("", "", f"d{chance.randrange(8)}.txt")),
    }
    text = chance.choice(("coal is dug", "wind turns"))
    source, document = make_document(f"d{number}.txt", text, **facts)
    status = Fact("current", chance.choice(("catalogued", "inferred")))
    themes = tuple(map(Fact, chance.sample(("care", "estates"), chance.randint(0, 2))))
    described = replace(document.description, status=status, themes=themes)
    page = replace(document.reading.pages[0], quality=chance.choice(("text", "unread")))
    if number in kept and chance.random() < 0.3:
        del kept[number]
    elif number in kept and kept[number][0].sha256 == source.sha256:
        held = library.shelf().get(f"d{number}")
        if held and not held.withdrawn:
            save_description(library, held, source, described)
    else:
        reading = replace(document.reading, pages=(page,))
        kept[number] = source, replace(document, reading=reading, description=described)


def check_manifest(data: Path, held: dict[str, HeldDocument]) -> None:
    manifest = read_manifest(index_folder(data) / live_generation(data))
    assert dict(manifest.documents) == held
    for name, column in make_columns([*held.values()]).items():
        assert manifest.columns[name].tolist() == column.tolist(), name
    for audience in AUDIENCES:
        shown = [each for each in held.values() if is_for(each, audience)]
        assert manifest.documents.versions(audience) == {each.id: each.version for each in shown}
        doubted = tuple(each for each in shown if each.unread_pages)
        assert manifest.documents.in_doubt(audience) == doubted


def test_two_builds_at_once_wait_for_each_other(tmp_path: Path) -> None:
    """Whoosh's own second writer fails at once with LockError."""
    library = Library(tmp_path)
    fill_library(library, COAL, WIND)
    built: list[Built] = []
    second = threading.Thread(target=lambda: built.append(build_index(library, fail)))

    def begin_second(done: int, total: int, name: str) -> None:
        if done == 1:
            second.start()
            second.join(0.3)
        assert second.is_alive()

    first = build_index(library, begin_second)
    second.join()
    assert built == [Built(first.generation, 0, 0)]


def test_a_build_that_is_killed_leaves_the_live_generation(tmp_path: Path) -> None:
    library = make_library(tmp_path, *make_many(random.Random(6), range(80), 12))
    live, found = live_generation(tmp_path), search(tmp_path, "")
    kill_build(tmp_path, index_folder(tmp_path) / f"{int(live) + 1:06}")
    assert live_generation(tmp_path) == live
    assert search(tmp_path, "") == found
    fill_library(library, COAL)
    assert build_index(library, silent).added == 1
    assert search(tmp_path, "") == {"coal is dug"}


def kill_build(data: Path, folder: Path) -> None:
    """Kill `plansearch index --fresh` once it has begun to write its generation."""
    program = "from search_app.cli import main; main()"
    command = [sys.executable, "-c", program, "index", "--data", str(data), "--fresh"]
    root = Path(__file__).parents[1]
    quiet = subprocess.DEVNULL
    build = subprocess.Popen(command, cwd=root, stdout=quiet, stderr=quiet)
    while not any(folder.glob("*WRITELOCK")) and build.poll() is None:
        time.sleep(0.005)
    build.kill()
    assert build.wait() == -signal.SIGKILL
    assert folder.is_dir() and not (folder / "generation.json").exists()


def make_many(chance: random.Random, numbers: range | list[int], sections: int = 3) -> list[Made]:
    words = ("coal", "wind", "tide", "the", "A&E", "2019/20")
    return [
        make_document(
            f"d{number}.txt",
            "\n".join(
                f"# {chance.choice(words)}\n{' '.join(chance.choices(words, k=30))}."
                for _ in range(chance.randint(1, sections))
            ),
            kind=chance.choice(("strategy", "minutes")),
        )
        for number in numbers
    ]
