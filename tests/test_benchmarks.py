"""The benchmarks run on a handful of passages and their tables come out."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks import reading, retrieval, search
from benchmarks.engines_compared import OPERATIONS
from benchmarks.plain_bm25 import PlainBM25
from benchmarks.search_queries import make_records
from search_app.passage_sets import SetPassage

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
