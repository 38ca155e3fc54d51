"""A manifest makes an export again, byte for byte; after a refresh it says what has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from index.build import build_index
from ingest.library import Library
from search_app.cli import main
from search_app.exports.formats import FORMATS
from tests.factories import fill_library, make_document, make_library, open_client, silent

BEDS = make_document("beds.txt", "# Beds\nBeds open.\n# More\nMore beds close.", kind="plan")
WARDS = make_document("wards.txt", "A ward has beds.", kind="strategy")
SECRET = make_document("secret.txt", "Secret beds.", audience="staff")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    library = make_library(tmp_path / "data", BEDS, WARDS, SECRET)
    library.close()
    return tmp_path / "data"


@pytest.fixture
def client(data: Path) -> Iterator[FlaskClient]:
    yield from open_client(data)


def refresh(data: Path, *documents: Any) -> None:
    library = Library(data)
    fill_library(library, *documents)
    build_index(library, silent)
    library.close()


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", *arguments])


def order(data: Path, *arguments: str) -> tuple[bytes, Path]:
    """Export something with its manifest; give the file, and the place of the manifest."""
    output, manifest = data / "out", data / "manifest.json"
    run = invoke("--data", str(data), "--output", str(output), "--write-manifest", str(manifest),
                 *arguments)  # fmt: skip
    assert run.exit_code == 0, run.output
    return output.read_bytes(), manifest


def repeat(data: Path, manifest: Path) -> tuple[bytes, Result]:
    output = data / "again"
    run = invoke("--data", str(data), "--manifest", str(manifest), "--output", str(output))
    return output.read_bytes() if output.exists() else b"", run


@pytest.mark.parametrize("form", FORMATS)
def test_a_manifest_makes_the_same_file_again(
    data: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_app.exports.orders.now", lambda: "2020-01-02T03:04:05+00:00")
    written, manifest = order(
        data, "beds", "--format", form, "--context", "3", "--kind", "plan", "--kind", "strategy",
        "--since", "", "--sort", "date", "--bom", "--address", "https://plans.example",
    )  # fmt: skip
    assert json.loads(manifest.read_text())["sha256"] == hashlib.sha256(written).hexdigest()
    again, run = repeat(data, manifest)
    assert again == written and run.exit_code == 0
    assert "Reproduced byte for byte: 3 rows" in run.stderr


def test_a_manifest_says_all_that_made_the_file(data: Path) -> None:
    written, manifest = order(data, "beds", "--kind", "plan", "--audience", "staff")
    said = json.loads(manifest.read_text())
    assert said["args"] == [["q", "beds"], ["kind", "plan"], ["sort", "relevance"]]
    assert (said["audience"], said["format"], said["rows"]) == ("staff", "csv", 2)
    assert said["coverage"] == "Searched 3 of 3 documents." and said["bytes"] == len(written)
    (document,) = said["documents"].values()
    assert document["version"] == 1 and len(document["passages"]) == 2


def test_after_a_refresh_it_says_what_was_added_changed_and_withdrawn(data: Path) -> None:
    _, manifest = order(data, "beds")
    changed = make_document("beds.txt", "# Beds\nBeds open.\n# Less\nFewer beds.", kind="plan")
    added = make_document("new.txt", "New beds.")
    refresh(data, changed, added, make_document("secret.txt", "Other beds.", audience="staff"))
    again, run = repeat(data, manifest)
    assert run.exit_code == 1 and b"Fewer beds" in again
    assert run.stderr.splitlines() == [
        "Generation 000002 is searched now; the manifest is of 000001. There were 3 rows, there"
        " are 3.",
        "Added: new: 1 passage.",
        "Changed: beds: version 1 is now 2; 1 passage came, 1 went.",
        "Withdrawn: wards: 1 passage, no longer searched.",
    ]


def test_what_a_reader_may_not_know_of_is_no_change_to_him(data: Path) -> None:
    _, manifest = order(data, "beds")
    refresh(data, BEDS, WARDS, make_document("pay.txt", "Beds and pay.", audience="staff"))
    _, run = repeat(data, manifest)
    assert "pay" not in run.stderr and "secret" not in run.stderr
    assert "The same passages of the same versions match." in run.stderr


def test_manifest_of_a_page_is_that_of_its_file(client: FlaskClient, data: Path) -> None:
    args = "?q=beds&kind=plan&context=2&nonsense=1&since=soon&time=2020-01-02T03:04:05%2B00:00"
    for form, each in FORMATS.items():
        file = client.get(f"/export.{each.suffix}{args}").data
        said = client.get(f"/export.manifest.json{args}&format={form}")
        assert said.get_json()["sha256"] == hashlib.sha256(file).hexdigest()
        (data / "manifest.json").write_bytes(said.data)
        again, run = repeat(data, data / "manifest.json")
        assert again == file and run.exit_code == 0, run.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is no manifest"),
        ("[]", "is no manifest"),
        ('{"manifest_version": 9}', "of another version"),
        ('{"manifest_version": 1, "format": "exe"}', "is no manifest"),
    ],
)
def test_what_is_no_manifest_is_told(data: Path, content: str, said: str) -> None:
    (data / "manifest.json").write_text(content)
    written, run = repeat(data, data / "manifest.json")
    assert run.exit_code == 2 and said in run.stderr and not written


def test_a_manifest_takes_nothing_else(data: Path) -> None:
    _, manifest = order(data, "beds")
    run = invoke("more", "--data", str(data), "--manifest", str(manifest), "--format", "csv")
    assert run.exit_code == 2 and "leave out WORDS, --format" in run.stderr


def test_the_page_offers_every_format_and_keeps_the_query(client: FlaskClient) -> None:
    page = client.get("/export?q=beds&kind=plan&page=9").get_data(as_text=True)
    assert "Export 2 passages" in page and "Searched 2 of 2 documents" in page
    for form, each in FORMATS.items():
        assert f'value="{form}"' in page and each.name in page
    assert '<input type="hidden" name="kind" value="plan">' in page
    assert 'name="chosen" value="beds/1/1"' in page and "secret" not in page


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_an_address(client: FlaskClient, form: str) -> None:
    response = client.get(f"/export/file?q=beds&format={form}")
    assert response.content_type == FORMATS[form].media_type
    assert f"plansearch.{FORMATS[form].suffix}" in response.headers["Content-Disposition"]
    assert b"ecret" not in response.data and "ETag" not in response.headers


def test_chosen_passages_of_the_page_are_the_file(client: FlaskClient) -> None:
    lines = client.get("/export/file?q=beds&format=jsonl&chosen=wards/1/1").data.splitlines()
    assert [json.loads(line)["passage"] for line in lines] == ["wards/1/1"]
