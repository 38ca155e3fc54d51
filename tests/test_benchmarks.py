"""The benchmarks run on a handful of passages and their tables come out."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks import answering_speed, answers, exports, reading, retrieval, search
from benchmarks.decision import Example, find_threshold, learn, tell
from benchmarks.engines_compared import OPERATIONS
from benchmarks.plain_bm25 import PlainBM25
from benchmarks.search_queries import make_records
from index.models import Models
from ingest.library import Library
from search_app.evaluating.evaluation import evaluate, open_passages
from search_app.evaluating.figures import measure_auroc
from search_app.evaluating.questions import read_questions
from search_app.evaluating.passage_sets import SetPassage
from tests.models import WordEncoder, WordReader

PASSAGES = (
    ("coal", "Coal", "Coal miners dig deep underground seams every winter morning."),
    ("coal", "Coal", "Miners carry brass safety lamps because dangerous gases burn."),
    ("care", "Care", "Community nurses visit frail older patients near their homes."),
)
QUESTION = "Why do underground miners always carry brass safety lamps?"


def make_set(folder: Path) -> Path:
    """Make a set of PASSAGES and one question, which the second of them answers."""
    rows = [
        {"id": f"{document}#{n}", "doc": document, "title": title, "text": text}
        for n, (document, title, text) in enumerate(PASSAGES)
    ]
    question = {"question": QUESTION, "answerable": True, "gold_passages": ["coal#1"]}
    folder.mkdir()
    with gzip.open(folder / "passages.jsonl.gz", "wt") as file:
        file.write("\n".join(map(json.dumps, rows)))
    (folder / "dev.jsonl").write_text(json.dumps(question))
    return folder


def test_retrieval_prints_both_rankings_of_a_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["retrieval", str(make_set(tmp_path / "mine"))])
    retrieval.main()
    printed = capsys.readouterr().out.splitlines()
    assert "1 questions, 3 passages" in printed[1]
    assert [row.split()[:2] for row in printed[2:4]] == [["plain", "BM25"], ["plansearch", "100.0"]]


def test_retrieval_prints_what_each_stage_is_worth_where_there_are_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    models = Models(WordEncoder(), WordReader())
    monkeypatch.setattr(retrieval, "open_models", lambda folder: models)
    options = ["--vectors", str(tmp_path / "vectors.db"), "--most", "1"]
    monkeypatch.setattr("sys.argv", ["retrieval", str(make_set(tmp_path / "mine")), *options])
    retrieval.main()
    printed = capsys.readouterr().out.splitlines()
    stages = ["plain BM25", "by words", "by meaning", "joined", "plansearch"]
    assert [row[15:27].strip() for row in printed[2:7]] == stages
    assert all("100.0" in row for row in printed[3:7])


def test_plain_bm25_ranks_rare_words_and_short_texts_first() -> None:
    plain = PlainBM25(["coal dust and slate", "coal", "the lamp", "lamps and coal", "slate"])
    assert plain.rank("Coal lamps?", 10) == [3, 2, 1, 0]


def test_search_is_compared_over_the_passages_of_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_set(tmp_path / "mine")
    asked = ["search", str(folder), "--passages", "4", "--queries", "2", "--without"]
    monkeypatch.setattr("sys.argv", [*asked, "tantivy", "bm25s", "Xapian", "Whoosh", "plansearch"])
    search.main()
    printed = capsys.readouterr().out
    assert "left out: tantivy, as asked" in printed
    assert "4 passages: 3 different ones, each 1.3 times, unchanged" in printed
    assert OPERATIONS["facets"] in printed


def test_passages_are_repeated_unchanged_in_other_documents() -> None:
    passages = [SetPassage("a#0", "a", "", "Coal."), SetPassage("b#0", "b", "", "Slate.")]
    records = make_records(passages, 3)
    assert [record.text for record in records] == ["Coal.", "Slate.", "Coal."]
    assert len({record.document for record in records}) == len(records)


@pytest.mark.parametrize(
    "values, share, expected", [([3, 1, 2], 0.5, 2), (range(1, 101), 0.95, 95), ([7], 0.95, 7)]
)
def test_percentiles_are_values_that_were_measured(
    values: list[float], share: float, expected: float
) -> None:
    assert search.find_percentile(values, share) == expected


def test_folder_without_pdfs_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="There are no PDFs in .*; name a folder that holds some"):
        reading.main(str(tmp_path))


def make_answered_set(folder: Path) -> Path:
    """Make a set with a second question, which nothing answers."""
    make_set(folder)
    row = json.loads((folder / "dev.jsonl").read_text())
    row |= {"answers": ["brass safety lamps"]}
    unanswerable = {"question": "Which patients dig?", "answerable": False}
    (folder / "dev.jsonl").write_text("\n".join(map(json.dumps, [row, unanswerable])))
    return folder


PEER = """#!/bin/sh
cp "$3"/*.md {folder}
cat > {folder}/questions.json
cat {folder}/said.json
"""


def make_peer(folder: Path, said: list[dict[str, object]]) -> Path:
    """Make a program that is run as the peer is, and says the same whatever it is asked."""
    folder.mkdir()
    (folder / "said.json").write_text(json.dumps(said))
    program = folder / "python"
    program.write_text(PEER.format(folder=folder))
    program.chmod(0o755)
    return program


def say(passages: list[tuple[str, str]], confidence: float) -> dict[str, object]:
    times = {"clock_ms": 1.0, "processor_ms": 1.0}
    return {
        "passages": passages, "confidence": confidence, "abstained": confidence < 0.2, **times
    }  # fmt: skip


@pytest.mark.parametrize("from_files", [False, True])
def test_answers_of_the_peer_are_scored_beside_ours(
    from_files: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    folder = make_answered_set(tmp_path / "mine")
    files = tmp_path / "files"
    files.mkdir()
    (files / "coal.txt").write_text("\n\n".join(text for _, _, text in PASSAGES[:2]))
    lamps, seams = ("d0#2", PASSAGES[1][2]), ("d0#1", PASSAGES[0][2])
    peer = make_peer(tmp_path / "peer", [say([seams, lamps], 0.9), say([seams], 0.1)])
    asked = ["answers", str(folder), "--peer-python", str(peer)]
    monkeypatch.setattr("sys.argv", asked + ["--documents", str(files)] * from_files)
    answers.main()
    printed = capsys.readouterr().out.splitlines()
    rows = {row[:42].strip(): row[42:].split() for row in printed}
    assert rows["MRR@10"] == ["100.0", "[100-100]", "50.0", "[50-50]"]
    assert rows["whole answer quoted, never abstaining"][2:] == ["0.0", "[0-0]"]
    assert rows["false answers to unanswerable questions"][2:] == ["0.0", "[0-0]"]
    assert json.loads((peer.parent / "questions.json").read_text())[0] == QUESTION
    title, body = (peer.parent / "d0.md").read_text().split("\n---\n")
    assert title.startswith("---\nid: d0\ntitle: ") and title.endswith("lang: en")
    assert body.split("\n\n") == [text for _, _, text in PASSAGES[:2]]


def test_answers_of_documents_that_the_peer_cannot_read_are_not_compared(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="There are no text files in .*"):
        answers.read_texts(tmp_path)


def test_whole_answers_are_counted_above_the_false_ones(tmp_path: Path) -> None:
    passages = [SetPassage(f"{n}", *each) for n, each in enumerate(PASSAGES)]
    questions = read_questions(make_answered_set(tmp_path / "mine") / "dev.jsonl")
    with open_passages(passages, lambda *_: None) as corpus:
        right, false = evaluate(corpus, questions, lambda *_: None)
    for confidence, given in ((0.9, 1.0), (0.5, 0.0), (0.1, 0.0)):
        sure = replace(right, answer=replace(right.answer, confidence=confidence))
        unsure = replace(false, answer=replace(false.answer, confidence=0.5))
        assert answers.find_given([sure, unsure]) == given


def test_speed_of_answers_is_told_with_the_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = answering_speed.find_files([make_set(tmp_path / "mine")])
    data, nowhere = tmp_path / "data", tmp_path / "nowhere"
    data.mkdir()
    answering_speed.build(data, files, 5, nowhere, None)
    assert [len(Library(data).passages(held)) for held in Library(data).documents()] == [2, 1, 2]
    speed = answering_speed.ask_with(data, [QUESTION, "Who digs coal?"], None)
    answering_speed.print_speed(5, "by words", speed)
    words = capsys.readouterr().out.split()
    assert words[:3] == ["5", "by", "words"] and len(words) == 8
    assert speed.memory_mib > 10 and min(speed.clock_ms) > 0


def test_passages_asked_about_are_repeated_in_other_documents() -> None:
    passages = [SetPassage("a#0", "a", "", "Coal."), SetPassage("b#0", "b", "", "Slate.")]
    repeated = answering_speed.repeat(passages, 3)
    assert [each.text for each in repeated] == ["Coal.", "Slate.", "Coal."]
    assert len({each.document for each in repeated}) == len({each.id for each in repeated}) == 3


def make_examples(answered: float, count: int = 200) -> list[Example]:
    """Make examples that are right where a sign is above a level, which differs from set to set."""
    values = [number / count for number in range(count)]
    return [Example({"sign": value}, value > answered, value > 0.2) for value in values]


def test_learning_gives_each_set_its_own_bias_and_all_the_same_weights() -> None:
    easy, hard = make_examples(0.3), make_examples(0.7)
    biases, weights = learn([easy, hard], ["sign"])
    assert weights[0] > 0 and biases[0] > biases[1]
    said = tell(easy, ["sign"], biases[0], weights)
    assert measure_auroc(zip(said.tolist(), (each.right for each in easy))) == 1.0
    assert said.mean() == pytest.approx(0.7, abs=0.02)


@pytest.mark.parametrize(("share", "shown"), [(0.0, 0), (0.1, 2), (0.09, 1), (0.5, 10)])
def test_a_threshold_leaves_at_most_a_share_of_false_answers(share: float, shown: int) -> None:
    said = np.linspace(0.1, 0.9, 40)
    answerable = np.arange(40) % 2 == 1
    threshold = find_threshold(said, answerable, share)
    assert int((said[~answerable] >= threshold).sum()) == shown


def test_exports_are_right_and_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(make_set(tmp_path / "mine"))
    options = ["--passages", "3", "--query", "miners", "--formats", "jsonl", "ris"]
    monkeypatch.setattr(exports, "_run_apart", lambda run, *given: run(*given))
    monkeypatch.setattr("sys.argv", ["exports", folder, *options])
    exports.main()
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("“miners”: 2 rows by brute force")
    assert printed[0].endswith("the same in the export")
    assert [row.split("  ")[-1] for row in printed[2:]] == [
        "json: all rows the same", "rispy: all rows the same"
    ]  # fmt: skip
