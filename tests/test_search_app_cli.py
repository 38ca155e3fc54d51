"""The command line, as a person runs it."""

from __future__ import annotations

import csv
import io
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search_app.answering.own_health import EMERGENCY_ADVICE
from search_app.cli import main

ROOT = Path(__file__).parents[1]
PLAN = """Winter plan

Published: 14 November 2019

We will open 24 beds before the winter. The agency ceiling for 2019/20 is £3.1m, and it will not
be passed in any month.
"""
OLD = "Winter plan of old\n\nPublished: November 2016\n\nWe will open 12 beds before the winter.\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("plans")
    (folder / "winter-plan.txt").write_text(PLAN)
    (folder / "old-plan.txt").write_text(OLD)
    (folder / "broken.pdf").write_text("%PDF-1.4 nothing follows")
    (folder / "notes.xyz").write_text("not a document")
    (folder / "catalogue.csv").write_text(
        "file,organisation,supersedes\nwinter-plan.txt,A Trust,old-plan.txt\n"
    )
    data = tmp_path_factory.mktemp("data")
    run = invoke("ingest", str(folder), "--data", str(data), "--workers", "2")
    assert run.exit_code == 1
    assert "2 read, 0 unchanged, 1 failed." in run.stdout
    assert "broken.pdf: " in run.stdout and ".xyz: 1" in run.stdout
    yield data


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_search_shows_passages_with_their_matches(data: Path) -> None:
    run = invoke("search", "agency", "ceilings", "--data", str(data))
    assert run.exit_code == 0
    assert "1 passage in 1 document." in run.stdout
    assert "The [agency] [ceiling] for 2019/20 is £3.1m" in run.stdout
    assert "Searched 2 of 3 documents. Not read: broken.pdf." in run.stdout


def test_search_for_passages_like_one_takes_no_words(data: Path) -> None:
    run = invoke("search", "--like", "winter-plan/1/1", "--data", str(data))
    assert run.exit_code == 0
    assert "Note: These are passages like one on “Winter plan”, itself left out" in run.stdout
    assert "12 [beds]" in run.stdout
    both = invoke("search", "beds", "--like", "winter-plan/1/1", "--data", str(data))
    assert both.exit_code == 2 and "not both" in both.output


def test_search_as_json_holds_the_same(data: Path) -> None:
    run = invoke("search", "beds", "--data", str(data), "--json", "--organisation", "A Trust")
    results = json.loads(run.stdout)
    assert (results["documents"], results["passages"]) == (1, 1)
    assert results["filters"] == {"organisation": ["A Trust"]}
    assert results["groups"][0]["document"]["description"]["title"]["value"] == "Winter plan"


def test_a_choice_that_no_document_has_is_told(data: Path) -> None:
    run = invoke("search", "beds", "--data", str(data), "--kind", "xyz", "--kind", "report")
    assert run.exit_code == 1
    assert "Note: No document that is searched is of the kind “xyz”" in run.stdout


def test_search_narrows_by_status_and_date(data: Path) -> None:
    for options in (("--status", "superseded"), ("--until", "2017")):
        run = invoke("search", "beds", "--data", str(data), "--json", *options)
        groups = json.loads(run.stdout)["groups"]
        assert [group["document"]["id"] for group in groups] == ["old-plan"]


def test_nothing_found_exits_with_one(data: Path) -> None:
    assert invoke("search", "zebra", "--data", str(data)).exit_code == 1


def test_ask_quotes_with_its_source(data: Path) -> None:
    run = invoke("ask", "How much is the agency ceiling?", "--data", str(data))
    assert run.exit_code == 0
    assert "“The agency ceiling for 2019/20 is £3.1m, and it will not be passed" in run.stdout
    assert "Winter plan (A Trust" in run.stdout


def test_ask_as_json_has_the_form_that_evaluation_needs(data: Path) -> None:
    run = invoke("ask", "How much is the agency ceiling?", "--data", str(data), "--json")
    answer = json.loads(run.stdout)
    (quotation,) = answer["quotations"]
    assert {"text", "document", "file", "pages", "boxes"} <= set(quotation)
    assert quotation["file"] == "winter-plan.txt" and not answer["abstained"]
    assert 0 < answer["confidence"] <= 1
    assert {"file", "text"} <= set(answer["passages"][0])


def test_question_without_answer_exits_with_one_and_says_why(data: Path) -> None:
    run = invoke("ask", "Who painted the Mona Lisa?", "--data", str(data))
    assert run.exit_code == 1 and "Not found." in run.stdout


def test_answer_is_printed_with_its_place_and_how_sure_it_is(data: Path) -> None:
    run = invoke("ask", "How much is the agency ceiling?", "--data", str(data))
    for part in ("Short answer: £3.1m", "2019-11-14",
                 "not known to be superseded, no pages", "The service judges it"):
        assert part in run.stdout


def test_ask_keeps_to_filters(data: Path) -> None:
    question = "How many beds will open before the winter?"
    for option in (("--year", "2016"), ("--until", "2017"), ("--document", "old-plan")):
        run = invoke("ask", question, "--data", str(data), "--json", *option)
        assert {each["file"] for each in json.loads(run.stdout)["passages"]} == {"old-plan.txt"}


def test_ask_explains_itself(data: Path) -> None:
    question = "How many beds will open before the winter?"
    run = invoke("ask", question, "--data", str(data), "--explain")
    for part in ("1 understanding:", "6 deciding:", "winter-plan/1/1", "coverage", "probability"):
        assert part in run.stdout
    run = invoke("ask", question, "--data", str(data), "--explain", "--json")
    assert json.loads(run.stdout)["workings"]["stages"]


def test_ask_about_own_symptoms_begins_with_the_advice(data: Path) -> None:
    run = invoke("ask", "I have a sore throat, what should I take?", "--data", str(data))
    assert run.stdout.startswith("This is not medical advice")
    for command in ("ask", "search"):
        run = invoke(command, "I have chest pain", "--data", str(data))
        assert run.stdout.startswith(EMERGENCY_ADVICE)


def test_export_writes_all_matches(data: Path, tmp_path: Path) -> None:
    output = tmp_path / "beds.csv"
    run = invoke("export", "beds", "--data", str(data), "--output", str(output))
    assert run.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(output.read_text())))
    assert [row["row"] for row in rows] == ["1 of 2", "2 of 2"]


def test_export_as_json_lines(data: Path) -> None:
    run = invoke("export", "beds", "--data", str(data), "--format", "jsonl")
    assert [json.loads(line)["row"] for line in run.stdout.splitlines()] == ["1 of 2", "2 of 2"]


def test_read_prints_blocks_by_page(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN)
    read = json.loads(invoke("read", str(path), "--json", "--words").stdout)
    (page,) = read["pages"]
    assert page["number"] == 1 and page["words"] == []
    assert page["blocks"][0]["text"] == "Winter plan"
    assert "24 beds" in invoke("read", str(path)).stdout


def test_reading_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.write_bytes(b"")
    run = invoke("read", str(path))
    assert run.exit_code == 1 and "Error: " in run.stderr


def test_status_names_what_is_missing(data: Path) -> None:
    assert "Not read: broken.pdf." in invoke("status", "--data", str(data)).stdout
    status = json.loads(invoke("status", "--data", str(data), "--json").stdout)
    assert (status["searched"], status["held"]) == (2, 3)
    assert status["unread"][0]["file"] == "broken.pdf"


def test_index_says_what_it_did(data: Path) -> None:
    assert "0 documents added, 0 removed" in invoke("index", "--data", str(data)).stdout
    assert "2 documents added" in invoke("index", "--data", str(data), "--fresh").stdout


@pytest.mark.parametrize(
    "arguments", [("search", "x"), ("ask", "x"), ("export", "x"), ("status",), ("index",)]
)
def test_without_an_index_a_command_says_what_to_do(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    run = invoke(*arguments, "--data", str(tmp_path))
    assert run.exit_code == 2
    assert "plansearch ingest" in run.stderr


def test_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    run = invoke("ingest", str(tmp_path / "none"), "--data", str(tmp_path / "data"))
    assert run.exit_code == 2 and "does not exist" in run.stderr
    assert not (tmp_path / "data").exists()


def test_data_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    run = invoke("ingest", str(tmp_path), "--data", str(tmp_path / "file" / "data"))
    assert run.exit_code == 2 and "cannot be used" in run.stderr


def test_asking_makes_no_library(tmp_path: Path) -> None:
    assert invoke("search", "beds", "--data", str(tmp_path / "none")).exit_code == 2
    assert not (tmp_path / "none").exists()


def test_catalogue_that_cannot_be_used_holds_back_its_documents(tmp_path: Path) -> None:
    (tmp_path / "pay.txt").write_text("Salaries rise in Zanzibar.")
    (tmp_path / "catalogue.csv").write_text("file,audience\npay.txt,staff\no.txt,\no.txt,\n")
    data = ("--data", str(tmp_path / "var"))
    assert invoke("ingest", str(tmp_path), *data).exit_code == 1
    assert invoke("search", "zanzibar", *data).exit_code == 1
    assert invoke("search", "zanzibar", "--audience", "staff", *data).exit_code == 0


def test_copy_of_a_staff_document_is_for_staff(tmp_path: Path) -> None:
    for name in ("a.txt", "s.txt"):
        (tmp_path / name).write_text("Salaries rise in Zanzibar.")
    (tmp_path / "catalogue.csv").write_text("file,audience\ns.txt,staff\n")
    data = ("--data", str(tmp_path / "var"))
    assert invoke("ingest", str(tmp_path), *data).exit_code == 0
    assert invoke("search", "zanzibar", *data).exit_code == 1


def test_port_in_use_is_an_error(data: Path) -> None:
    command = [sys.executable, "-c", "from search_app.cli import main; main()", "serve"]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        options = ["--data", str(data), "--port", str(taken.getsockname()[1])]
        run = subprocess.run([*command, *options], capture_output=True, text=True)
    assert run.returncode == 2 and "--port" in run.stderr


def test_page_past_the_end_is_an_error(data: Path) -> None:
    run = invoke("search", "beds", "--page", "9", "--data", str(data))
    assert run.exit_code == 2 and "There is no page 9" in run.stderr


def test_date_that_is_none_is_an_error(data: Path) -> None:
    run = invoke("search", "beds", "--since", "last spring", "--data", str(data))
    assert run.exit_code == 2 and "2018-04" in run.stderr


def test_data_folder_can_come_from_the_environment(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANSEARCH_DATA", str(data))
    assert invoke("search", "beds").exit_code == 0
