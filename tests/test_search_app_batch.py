"""Many queries or questions at once: every row of the input has at least one in the output."""

from __future__ import annotations

import csv
import io
import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from index.search import Searcher
from ingest.errors import NotHeld
from search_app import batch_views
from search_app.cli import main
from search_app.exports import batch_rows, jobs
from search_app.exports.batch_input import EMPTY, BadBatch, read_batch
from search_app.exports.batch_rows import FAILED, BatchOrder, write_batch
from search_app.exports.jobs import Jobs, TooManyJobs
from tests.factories import make_document, make_library, open_client

PLAN = """# Winter
The trust will open 24 beds before the winter. Beds in the ward are open 24/7.
# Staff
The agency ceiling for the year is £3.1m."""
QUESTION = "How much is the agency ceiling?"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    make_library(
        tmp_path / "data",
        make_document("plan.txt", PLAN, organisation="A Trust", published="2019-11"),
        make_document("old.txt", "There were 12 beds.", organisation="B Trust", published="2016"),
        make_document("secret.txt", "Secret beds.", audience="staff"),
    ).close()
    return tmp_path / "data"


@pytest.fixture
def searcher(data: Path) -> Searcher:
    from ingest.library import Library

    return Searcher(Library(data))


@pytest.fixture
def client(data: Path) -> Iterator[FlaskClient]:
    yield from open_client(data)


def run(searcher: Searcher, content: str, **options: Any) -> list[dict[str, Any]]:
    order = BatchOrder(options.pop("how", "search"), form="jsonl", **options)
    entries = read_batch(content.encode()).entries
    return [*map(json.loads, b"".join(write_batch(searcher, order, entries)).splitlines())]


@pytest.mark.parametrize(
    ("content", "typed", "how"),
    [
        ("beds\nwards\n", ["beds", "wards"], None),
        ("beds, wards\n\nstaff", ["beds, wards", "", "staff"], None),
        ("query\nbeds\n", ["beds"], "search"),
        ("\ufeffID;Question\r\n1;How many?\r\n2;\r\n", ["How many?", ""], "ask"),
        ('id,query\n7,"""agency ceiling"", beds"\n', ['"agency ceiling", beds'], "search"),
    ],
)
def test_rows_are_read_from_lines_and_csv(
    content: str, typed: list[str], how: str | None
) -> None:
    batch = read_batch(content.encode())
    assert [entry.typed for entry in batch.entries] == typed and batch.how == how
    assert [entry.number for entry in batch.entries] == [*range(1, len(typed) + 1)]


def test_a_row_has_its_id_and_filters_and_other_columns_are_told_of() -> None:
    batch = read_batch(b"id,query,organisation,since,colour\na,beds,A Trust; B Trust,2018,red\n")
    (entry,) = batch.entries
    assert entry.id == "a" and set(entry.args) == {
        ("q", "beds"), ("organisation", "A Trust"), ("organisation", "B Trust"), ("since", "2018")
    }  # fmt: skip
    assert batch.notes == ("Not used, because no filter is called so: colour.",)


@pytest.mark.parametrize("content", ["", " \n\n", "query\n", 'query\n"beds\n'])
def test_a_file_without_rows_is_refused(content: str) -> None:
    with pytest.raises(BadBatch):
        read_batch(content.encode())


def test_every_row_has_at_least_one_of_output(searcher: Searcher) -> None:
    rows = run(searcher, "id,query\na,beds\nb,\nc,zebra\nd,ceiling\n", most=1)
    said = [(row["input"], row["id"], row["outcome"], row["row"]) for row in rows]
    assert said == [
        (1, "a", "found", "1 of 2"), (2, "b", "not asked", ""),
        (3, "c", "nothing found", "0 of 0"), (4, "d", "found", "1 of 1"),
    ]  # fmt: skip
    assert rows[0]["reason"] == "The first 1 of 2 are given." and rows[1]["reason"] == EMPTY


def test_hits_are_those_of_the_search_with_its_filters(searcher: Searcher) -> None:
    (row,) = run(searcher, "query,organisation\nbeds,B Trust\n")
    assert (row["passage"], row["row"]) == ("old/1/1", "1 of 1")
    assert row["filters"] == {"organisation": ["B Trust"]}


def test_questions_are_answered_or_the_reason_is_told(searcher: Searcher) -> None:
    content = f"question\n{QUESTION}\nWho is the king of Spain?\n"
    first, *_, last = run(searcher, content, how="ask", address="https://plans.example")
    assert (first["outcome"], first["short_answer"]) == ("answered", "£3.1m")
    assert "£3.1m" in first["quotation"] and first["document_id"] == "plan"
    assert first["permalink"].startswith("https://plans.example/q/plan/1/2?quote=")
    assert last["outcome"] == "not found" and last["reason"] and not last["quotation"]


def test_staff_documents_are_for_staff(searcher: Searcher) -> None:
    assert run(searcher, "secret")[0]["outcome"] == "nothing found"
    assert run(searcher, "secret", audience="staff")[0]["outcome"] == "found"


def test_a_row_that_fails_is_told_and_stops_no_other(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = batch_rows.open_export

    def fail(searcher: Searcher, order: Any) -> Any:
        if order.query.typed == "beds":
            raise ZeroDivisionError
        return find(searcher, order)

    monkeypatch.setattr(batch_rows, "open_export", fail)
    rows = run(searcher, "beds\nceiling")
    assert [(row["outcome"], row["query"]) for row in rows] == [
        ("failed", "beds"), ("found", "ceiling")
    ]  # fmt: skip
    assert rows[0]["reason"] == FAILED


def invoke(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["batch", *arguments])


def test_the_command_writes_one_file(data: Path, tmp_path: Path) -> None:
    given, output = tmp_path / "given.csv", tmp_path / "out.csv"
    given.write_text("query\nbeds\n=ceiling\n")
    done = invoke(str(given), "--data", str(data), "--output", str(output), "--bom")
    assert done.exit_code == 0 and "2 rows: 2 found." in done.stderr
    rows = list(csv.DictReader(io.StringIO(output.read_bytes().decode("utf-8-sig"), newline="")))
    assert [(row["input"], row["query"]) for row in rows] == [
        ("1", "beds"), ("1", "beds"), ("2", "'=ceiling")
    ]  # fmt: skip


def test_the_command_exits_with_1_where_a_row_was_not_asked(data: Path, tmp_path: Path) -> None:
    (tmp_path / "given.txt").write_text("beds\n\nwards\n")
    done = invoke(str(tmp_path / "given.txt"), "--data", str(data), "--as", "search")
    assert done.exit_code == 1 and "1 not asked" in done.stderr


def test_a_page_and_the_command_give_the_same(
    client: FlaskClient, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_rows, "now", lambda: "2020-01-02T03:04:05+00:00")
    (tmp_path / "given.txt").write_text("beds\nwards\n")
    done = invoke(str(tmp_path / "given.txt"), "--data", str(data), "--address", "http://localhost")
    assert post(client, "beds\nwards\n").data == done.stdout_bytes


def post(client: FlaskClient, content: str, **fields: Any) -> Any:
    given = {"how": "search", "format": "csv", "most": "10"} | fields
    return client.post("/batch", data=given | {"file": (io.BytesIO(content.encode()), "a.csv")})


def kept(client: FlaskClient) -> Jobs:
    found = client.application.extensions["plansearch-jobs"].jobs
    assert isinstance(found, Jobs)
    return found


def test_a_long_file_becomes_a_job_that_its_link_alone_finds(
    client: FlaskClient, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_views, "AT_ONCE", {"search": 1, "ask": 0})
    response = post(client, "id,query,colour\n1,beds,red\n2,zebra,red\n")
    link = response.headers["Location"]
    assert response.status_code == 303 and client.get(link).status_code == 200
    kept(client).wait()
    page = client.get(link)
    assert "Ready: 2 of 2 queries" in page.get_data(as_text=True)
    assert "colour" in page.get_data(as_text=True) and page.headers["Cache-Control"] == "no-store"
    with client.get(f"{link}/file") as file:
        assert file.data.decode().count("\r\n") == 4 and b"nothing found" in file.data
    token = link.rsplit("/", 1)[-1]
    assert client.get(f"/batch/{token[:-1]}x").status_code == 404
    assert client.get("/batch/..%2F..%2Flibrary.db").status_code == 404
    assert not [path for path in data.rglob("*") if token in path.name]


@pytest.mark.parametrize(
    ("content", "fields", "said"),
    [
        ("", {}, "Choose a file"),
        ("query\n", {}, "no row"),
        ("beds", {"how": "guess"}, "Choose what the rows are"),
        ("beds", {"most": "0"}, "a number from 1"),
        ("beds\n" * 1001, {}, "at most 1,000 are taken"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_on_the_page(
    client: FlaskClient, content: str, fields: dict[str, str], said: str
) -> None:
    response = post(client, content, **fields)
    assert response.status_code == 400 and said in response.get_data(as_text=True)


def test_a_file_that_is_too_large_is_refused(client: FlaskClient) -> None:
    content, sent_as = b"x" * (batch_views.MOST_BYTES + 1), "multipart/form-data; boundary=x"
    assert client.post("/batch", data=content, content_type=sent_as).status_code == 413


def test_rows_can_be_written_on_the_page(client: FlaskClient) -> None:
    given = {"how": "search", "lines": "beds\nwards"}
    assert b"plan/1/1" in client.post("/batch", data=given).data


ORDER = BatchOrder("search", form="jsonl")


def test_a_job_that_was_cut_off_is_begun_again_and_given_up_in_the_end(
    searcher: Searcher, tmp_path: Path
) -> None:
    folder = tmp_path / "jobs"
    first = Jobs(folder, searcher)
    token = first.add(ORDER, b"beds")
    first.wait()
    (place,) = folder.iterdir()
    again = Jobs(folder, searcher)
    for attempts, state in ((1, "done"), (jobs.MOST_ATTEMPTS, "failed")):
        said = json.loads((place / "job.json").read_text())
        (place / "job.json").write_text(
            json.dumps(said | {"state": "running", "attempts": attempts, "done": 0})
        )
        again.find(token)
        again.wait()
        assert again.find(token).state == state


def test_jobs_are_bounded_in_number_and_age(
    searcher: Searcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "MOST_JOBS", 2)
    kept = Jobs(tmp_path / "jobs", searcher)
    tokens = []
    for number in range(3):
        tokens.append(kept.add(ORDER, b"beds"))
        kept.wait()
        newest = max((tmp_path / "jobs").iterdir(), key=lambda place: place.stat().st_mtime)
        os.utime(newest / "input", (time.time() - 100 + number,) * 2)
    with pytest.raises(NotHeld):
        kept.find(tokens[0])
    assert kept.output(tokens[2]).read_bytes().count(b"\n") == 2
    for place in (tmp_path / "jobs").iterdir():
        os.utime(place / "input", (time.time() - 8 * 24 * 3600,) * 2)
    with pytest.raises(NotHeld):
        kept.find(tokens[2])


def test_no_more_jobs_are_taken_than_can_wait(
    searcher: Searcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "MOST_UNFINISHED", 0)
    with pytest.raises(TooManyJobs):
        Jobs(tmp_path / "jobs", searcher).add(replace(ORDER), b"beds")
