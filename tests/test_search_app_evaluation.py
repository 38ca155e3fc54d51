"""The command that measures answers: over a library, over passages, and beside another scorer."""

from __future__ import annotations

import gzip
import json
import runpy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from index.meaning import Encoding
from index.models import Models
from index.query import Audience
from index.search import Searcher
from search_app.commands import evaluate as commands_evaluate
from search_app.evaluating import evaluation
from search_app.answering.answers import Answer, answer_question
from search_app.cli import main
from tests.factories import SHARED, make_document, make_library, silent
from tests.models import WordEncoder

SCORER = SHARED / "evaluation" / "score_answers.py"
PASSAGES = [
    ("coal#0", "coal", "Coal miners dig deep underground seams every winter morning."),
    ("coal#1", "coal", "Lamps are of brass. Miners carry safety lamps because gases burn."),
    ("care#0", "care", "Community nurses visit frail older patients near their homes."),
    ("care#1", "care", "The ward has 24 beds. It closes at noon and opens again at three."),
]
DISTRACTORS = [("bus#0", "bus", "Buses to the coal pit run every hour until late.")]
QUESTIONS: list[dict[str, Any]] = [
    {"id": "lamps", "question": "Why do miners carry safety lamps?", "kind": "reason",
     "answers": ["gases burn", "because gases burn"], "gold_passages": ["coal#1"],
     "answerable": True},
    {"id": "nurses", "question": "Whom do community nurses visit?", "kind": "person",
     "answers": ["frail older patients"], "gold_passages": ["care#0"], "answerable": True,
     "contain": ["visit frail older patients near their homes"]},
    {"id": "beds", "question": "When does the ward of beds close?", "kind": "date",
     "answers": ["noon"], "gold_passages": ["care#1"], "answerable": True},
    {"id": "both", "question": "What do miners dig and carry?", "kind": "list",
     "answers": ["seams and lamps"], "parts": [["seams"], ["lamps", "safety lamps"]],
     "quotes": [{"file": "coal", "text": "dig deep underground seams"},
                {"file": "coal", "text": "Miners carry safety lamps"}],
     "gold_passages": ["coal#0", "coal#1"], "answerable": True},
    {"id": "grades", "question": "Coal pit?", "kind": "graded", "answers": [],
     "gold_passages": ["coal#0"], "rel": {"coal#0": 2, "bus#0": 1}, "answerable": True},
    {"id": "gone", "question": "Where do miners carry nurses?", "kind": "unanswerable",
     "answers": [], "gold_passages": [], "answerable": False},
    {"id": "ships", "question": "Which ships cross the sea?", "kind": "unanswerable",
     "answers": [], "gold_passages": [], "answerable": False},
]  # fmt: skip

SAME = {
    "recall@1": "recall@1", "recall@5": "recall@5", "recall@10": "recall@10", "hit@5": "hit@5",
    "mrr@10": "mrr@10", "ndcg@10": "ndcg@10", "quoted": "quote_any", "given": "answer_in_quote",
    "right_place": "right_place", "exact_match": "EM_hasans_noabstain",
    "f1": "F1_hasans_noabstain", "exact_match_given": "EM_hasans", "f1_given": "F1_hasans",
    "verbatim": "verbatim", "auroc": "AUROC", "abstention_precision": "noans_P",
    "abstention_recall": "noans_R", "abstention_f1": "noans_F1",
}  # fmt: skip
"""What the other scorer calls our figures."""


def write_lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    text = "\n".join(map(json.dumps, rows)) + "\n"
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def make_set(folder: Path) -> tuple[Path, Path, Path]:
    """Write questions, passages and, packed, further passages."""
    rows, further = (
        [{"id": id, "doc": doc, "title": doc.title(), "text": text} for id, doc, text in passages]
        for passages in (PASSAGES, DISTRACTORS)
    )
    return (
        write_lines(folder / "questions.jsonl", QUESTIONS),
        write_lines(folder / "passages.jsonl", rows),
        write_lines(folder / "further.jsonl.gz", further),
    )


def invoke(*arguments: str | Path) -> Result:
    """Evaluate, without the models that this machine may have."""
    places = {"PLANSEARCH_MODELS": "/nowhere", "PLANSEARCH_DATA": "/nowhere"}
    return CliRunner(env=places).invoke(main, ["evaluate", *map(str, arguments)])


def score_elsewhere(questions: Path, answers: Path, passages: list[Path]) -> dict[str, float]:
    """Score answers by the scorer that belongs to the sets."""
    def read(path: Path) -> list[dict[str, Any]]:
        opened = gzip.open(path, "rt") if path.suffix == ".gz" else path.open()
        with opened as lines:
            return [json.loads(line) for line in lines]

    scorer = runpy.run_path(str(SCORER))
    given = {row["id"]: row for row in read(answers)}
    texts = {
        row["id"]: scorer["soft"](f"{row['title']} {row['text']}")
        for path in passages
        for row in read(path)
    }
    per_question = scorer["evaluate"](read(questions), given, texts or None)
    summary: dict[str, float] = scorer["summary"](per_question)
    return summary


needs_scorer = pytest.mark.skipif(not SCORER.exists(), reason=f"{SCORER} is not there")


@needs_scorer
def test_figures_over_passages_are_those_of_the_sets_own_scorer(tmp_path: Path) -> None:
    questions, *passages = make_set(tmp_path)
    answers = tmp_path / "answers.jsonl"
    data = tmp_path / "none"
    run = invoke(questions, "--passages", *passages, "--answers", answers, "--data", data, "--json")
    assert run.exit_code == 0, run.output
    figures = json.loads(run.stdout)["figures"]
    others = score_elsewhere(questions, answers, passages)
    assert others["recall@5"] > 0 and others["quote_any"] > 0
    for ours, theirs in SAME.items():
        assert 100 * figures[ours]["value"] == pytest.approx(others[theirs]), ours


@needs_scorer
def test_figures_over_a_library_are_those_of_the_sets_own_scorer(tmp_path: Path) -> None:
    data = tmp_path / "data"
    make_library(data, *(
        make_document(f"{name}.txt", "\n".join(t for _, doc, t in PASSAGES if doc == name))
        for name in ("coal", "care")
    ))  # fmt: skip
    rows = [
        row | {"doc": f"{row['gold_passages'][0].split('#')[0]}.txt" if row["answers"] else ""}
        | {"quotes": [q | {"file": f"{q['file']}.txt"} for q in row.get("quotes", [])]}
        for row in QUESTIONS if "rel" not in row
    ]  # fmt: skip
    questions = write_lines(tmp_path / "questions.jsonl", rows)
    answers = tmp_path / "answers.jsonl"
    run = invoke(questions, "--answers", answers, "--data", data, "--json")
    assert run.exit_code == 0, run.output
    figures = json.loads(run.stdout)["figures"]
    others = score_elsewhere(questions, answers, [])
    assert others["recall@5"] > 0 and others["quote_any"] > 0
    for ours, theirs in SAME.items():
        if ours != "verbatim":
            assert 100 * figures[ours]["value"] == pytest.approx(others[theirs]), ours
    assert figures["verbatim"]["value"] == 1


def decide(monkeypatch: pytest.MonkeyPatch, abstained: bool) -> None:
    """Have answers given or not, whatever their confidence."""
    def answer(searcher: Searcher, question: str, audience: Audience) -> Answer:
        found = answer_question(searcher, question, audience)
        quotations = found.nearest[:1] if not abstained else ()
        return replace(found, abstained=abstained, quotations=quotations)

    monkeypatch.setattr(evaluation, "answer_question", answer)


def test_report_says_what_was_measured(tmp_path: Path) -> None:
    questions, *passages = make_set(tmp_path)
    run = invoke(questions, "--passages", *passages)
    assert run.exit_code == 0, run.output
    assert run.stdout.startswith("7 questions, 2 of them unanswerable, over 5 passages.")
    for said in ("recall@5", "nDCG@10", "AUROC", "calibration error", "Milliseconds", "person"):
        assert said in run.stdout


def test_line_of_a_failure_says_what_was_asked_and_expected(tmp_path: Path) -> None:
    _, passages, _ = make_set(tmp_path)
    row = {"id": "mayor", "question": "Whom do community nurses visit?", "answers": ["the mayor"]}
    questions = write_lines(tmp_path / "one.jsonl", [row | {"gold_passages": ["care#0"]}])
    *_, last = invoke(questions, "--passages", passages).stdout.splitlines()
    assert last == (
        "mayor: passage right at rank 1, sentence wrong."
        " Whom do community nurses visit? Expected: the mayor"
        " Quoted: “Community nurses visit frail older patients near their homes.”"
    )


@pytest.mark.parametrize(
    ("abstained", "question", "stage"),
    [
        (False, {"question": "Which nurses carry lamps?", "answerable": False},
         "answered the unanswerable"),
        (True, {"question": "Which nurses carry lamps?", "answerable": False}, None),
        (True, {"question": "Whom do community nurses visit?",
                "answers": ["frail older patients"], "gold_passages": ["care#0"]},
         "right but abstained"),
        (False, {"question": "Whom do community nurses visit?",
                 "answers": ["frail older patients"], "gold_passages": ["care#0"]}, None),
        (False, {"question": "When do miners dig coal?", "answers": ["late"],
                 "gold_passages": ["none"]}, "not retrieved in 100"),
        (False, {"question": "When do miners dig coal?", "answers": ["late"]},
         "another sentence quoted"),
        (False, {"question": "Which ships sail?", "answers": ["late"]}, "nothing quoted"),
        (True, {"question": "Which ships sail?", "answerable": True}, None),
        (True, {"question": "Coal miners?", "answers": [], "gold_passages": ["coal#0"]}, None),
    ],
)  # fmt: skip
def test_failure_names_the_stage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    abstained: bool, question: dict[str, Any], stage: str | None,
) -> None:  # fmt: skip
    decide(monkeypatch, abstained)
    _, passages, _ = make_set(tmp_path)
    questions = write_lines(tmp_path / "one.jsonl", [question])
    run = invoke(questions, "--passages", passages, "--json")
    assert run.exit_code == 0, run.output
    assert [each["stage"] for each in json.loads(run.stdout)["failures"]] == [stage][:bool(stage)]


def test_passage_below_the_first_ten_is_told_with_its_rank(tmp_path: Path) -> None:
    rows = [{"id": f"p{n}", "text": "The pit has coal." + " Slate." * n} for n in range(20)]
    passages = write_lines(tmp_path / "passages.jsonl", rows)
    question = {"question": "Coal in the pit?", "answers": ["none"], "gold_passages": ["p19"]}
    questions = write_lines(tmp_path / "one.jsonl", [question])
    run = invoke(questions, "--passages", passages, "--json")
    (failure,) = json.loads(run.stdout)["failures"]
    assert failure["stage"] == "retrieved at rank 20, not shown in the first 10"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 2: it is not JSON"),
        ("[]", "line 2: it is no JSON object"),
        ("{}", 'line 2: "question" should be text'),
        ('{"question": "Why?", "answers": "so"}', 'line 2: "answers" should be a list of texts'),
        ('{"question": "Why?", "answerable": "no"}', '"answerable" should be true or false'),
        ('{"question": "Why?", "parts": [["so", 1]]}', '"parts" should be a list of texts'),
        ('{"question": "Why?", "quotes": ["so"]}', '"quotes" should be a list of objects'),
        ('{"question": "Why?", "rel": {"a": "b"}}', '"rel" should give a number'),
    ],
)
def test_bad_line_is_named_with_its_file(tmp_path: Path, line: str, reason: str) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(f'{{"question": "Why?"}}\n{line}\n')
    run = invoke(questions, "--data", tmp_path)
    assert run.exit_code == 2
    assert f"{questions}, " in run.stderr and reason in run.stderr


def test_files_that_hold_nothing_of_use_are_errors(tmp_path: Path) -> None:
    questions, passages, further = make_set(tmp_path)
    further.write_bytes(further.read_bytes()[:-10])
    empty = write_lines(tmp_path / "empty.jsonl", [])
    untitled = write_lines(tmp_path / "untitled.jsonl", [{"text": "No id."}])
    for arguments, reason in [
        ((empty, "--passages", passages), "There is no question in"),
        ((questions, "--passages", passages, further), "is not a whole gzip file"),
        ((questions, "--passages", untitled), 'line 1: "id" should be text'),
        ((questions, "--passages", empty), "There is no passage in"),
        ((questions, "--data", tmp_path / "none"), "There is no library in"),
    ]:
        run = invoke(*arguments)
        assert run.exit_code == 2 and reason in run.stderr, arguments


def test_library_is_left_as_it_was_when_passages_are_searched(tmp_path: Path) -> None:
    questions, passages, _ = make_set(tmp_path)
    data = tmp_path / "data"
    make_library(data, make_document("plan.txt", "The agency ceiling is £3.1m."))

    def state() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}

    before = state()
    assert invoke(questions, "--passages", passages, "--data", data).exit_code == 0
    assert state() == before


def test_vectors_of_passages_are_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = WordEncoder()
    monkeypatch.setattr(commands_evaluate, "open_models", lambda _: Models(encoder))
    monkeypatch.setattr(commands_evaluate, "open_encoding", lambda _: Encoding(encoder, silent))
    questions, *passages = make_set(tmp_path)
    for _ in range(2):
        run = invoke(questions, "--passages", *passages, "--data", tmp_path / "data")
        assert "over 5 passages. Models: encoder.\n" in run.stdout
        assert len(encoder.encoded) == 5
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["evaluation"]


def test_answers_are_written_with_the_best_quotation_of_those_that_abstain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(monkeypatch, True)
    questions, *passages = make_set(tmp_path)
    answers = tmp_path / "answers.jsonl"
    assert invoke(questions, "--passages", *passages, "--answers", answers).exit_code == 0
    rows = {row["id"]: row for row in map(json.loads, answers.read_text().splitlines())}
    assert [*rows] == [question["id"] for question in QUESTIONS]
    assert rows["nurses"]["abstained"] and rows["nurses"]["passages"][0] == "care#0"
    assert rows["nurses"]["quote"] == [PASSAGES[2][2]]
    assert rows["ships"] == {
        "id": "ships", "answer": "", "quote": [], "passages": [], "abstained": True, "score": 0.0
    }  # fmt: skip
