"""The catalogue: every cell optional, every fault a sentence that names the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.catalogue import Row, read_catalogue
from ingest.errors import BadCatalogue

GOOD: dict[str, tuple[bytes, dict[str, Row]]] = {
    "every cell is optional": (
        b"file,title,kind\na.pdf,Plan,\nb.pdf,,\n", {"a.pdf": {"title": "Plan"}, "b.pdf": {}}
    ),
    "columns may be missing": (b"file\na.pdf\n", {"a.pdf": {}}),
    "cells may be missing": (b"file,title,kind\na.pdf\n", {"a.pdf": {}}),
    "cells too many are passed over": (b"file\na.pdf,more,still\n", {"a.pdf": {}}),
    "unknown columns are passed over": (b"file,colour\na.pdf,red\n", {"a.pdf": {}}),
    "source": (b"file,source\na.pdf,https://x\n", {"a.pdf": {"source": "https://x"}}),
    "source address": (
        b"file,Source Address\na.pdf,https://x\n", {"a.pdf": {"source": "https://x"}}
    ),
    "a byte order mark, as Excel writes it": (
        b"\xef\xbb\xbffile,title\r\na.pdf,Plan\r\n", {"a.pdf": {"title": "Plan"}}
    ),
    "capitals and spaces": (b" File , TITLE \n a.pdf , Plan \n", {"a.pdf": {"title": "Plan"}}),
    "lines of empty cells": (
        b"file,title\n,\na.pdf,Plan\n,\n,nobody\n\n", {"a.pdf": {"title": "Plan"}}
    ),
    "commas and line breaks in quotation marks": (
        b'file,title\na.pdf,"Beds,\nhere"\n', {"a.pdf": {"title": "Beds,\nhere"}}
    ),
    "letters beyond ASCII": (
        "file,title\nplän.pdf,£5m – café\n".encode(), {"plän.pdf": {"title": "£5m – café"}}
    ),
    "no lines": (b"file,title\n", {}),
}  # fmt: skip

BAD: dict[str, tuple[bytes, str]] = {
    "no file column": (b"name,title\na.pdf,Plan\n", "has no column called file; add it"),
    "nothing at all": (b"", "has no column called file; add it"),
    "semicolons": (b"file;title\na.pdf;Plan\n", "has no column called file; add it"),
    "a file named twice": (
        b"file\na.pdf\nb.pdf\na.pdf\n", "names a.pdf twice; remove one of the two"
    ),
    "Latin-1": (b"file,title\na.pdf,caf\xe9\n", "is not a CSV file in UTF-8 .* save it as one"),
    "UTF-16": ("file\na.pdf\n".encode("utf-16"), "is not a CSV file in UTF-8 .* save it as one"),
}


@pytest.mark.parametrize("case", GOOD)
def test_catalogue_is_read_with(case: str, tmp_path: Path) -> None:
    content, rows = GOOD[case]
    (tmp_path / "catalogue.csv").write_bytes(content)
    assert read_catalogue(tmp_path / "catalogue.csv").rows == rows


@pytest.mark.parametrize("case", BAD)
def test_bad_catalogue_is_told_with(case: str, tmp_path: Path) -> None:
    content, message = BAD[case]
    (tmp_path / "catalogue.csv").write_bytes(content)
    with pytest.raises(BadCatalogue, match=f"{tmp_path}/catalogue.csv {message}"):
        read_catalogue(tmp_path / "catalogue.csv")


def test_catalogue_that_cannot_be_opened_is_bad(tmp_path: Path) -> None:
    (tmp_path / "catalogue.csv").mkdir()
    with pytest.raises(BadCatalogue, match="cannot be opened"):
        read_catalogue(tmp_path / "catalogue.csv")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("published,a.txt,2019-02-31", "published is 2019-02-31; write a date as"),
        ("status,a.txt,bogus", "status is bogus; it can be draft, current, superseded."),
        ("audience,a.txt,Staff only", "so it is staff for now"),
        ("audiense,a.txt,staff", "has a column audiense, which is not known"),
    ],
)
def test_what_cannot_be_understood_is_named(tmp_path: Path, line: str, fault: str) -> None:
    column, _, rest = line.partition(",")
    (tmp_path / "catalogue.csv").write_text(f"file,{column}\n{rest}\n")
    (said,) = read_catalogue(tmp_path / "catalogue.csv").faults
    assert fault in said
