"""What is found in a folder: documents, catalogue rows, what is left out, what is wrong."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from ingest.errors import NoSuchFolder
from ingest.sources import Found, find_sources

NOT_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")


def lay_out(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def rows(found: Found) -> dict[str, dict[str, str]]:
    return {source.name: dict(source.catalogue) for source in found.sources}


def test_documents_are_found_by_path_with_what_they_hold(tmp_path: Path) -> None:
    found = find_sources(lay_out(tmp_path, b_txt="Few.", a__c_PDF="Many.", a__d_doc="Old."))
    assert [source.name for source in found.sources] == ["a/c.PDF", "a/d.doc", "b.txt"]
    assert found.sources[2].sha256 == hashlib.sha256(b"Few.").hexdigest()
    assert (found.left_out, found.problems) == ((), ())


def test_other_files_are_named_as_left_out_and_hidden_ones_passed_over(tmp_path: Path) -> None:
    lay_out(tmp_path, a_png="x", s__b_zip="x", s__catalogue_csv="file\n", c="x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "plan.txt").write_text("Few.")
    (tmp_path / ".plan.txt").write_text("Few.")
    found = find_sources(tmp_path)
    assert (found.sources, found.left_out) == ((), ("a.png", "c", "s/b.zip"))


def test_links_are_followed_to_files_inside_and_not_to_folders(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "in", a_txt="Few.")
    (folder / "link.txt").symlink_to(folder / "a.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "broken.txt").symlink_to(folder / "none.txt")
    assert [source.name for source in find_sources(folder).sources] == ["a.txt", "link.txt"]


def test_link_to_a_file_outside_is_left_out_by_name(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "in", a_txt="Few.")
    outside = lay_out(tmp_path / "out", b_txt="Many.")
    (folder / "link.txt").symlink_to(outside / "b.txt")
    (folder / "again.txt").symlink_to(folder / "link.txt")
    (folder / "catalogue.csv").symlink_to(lay_out(outside, c_csv="file\n") / "c.csv")
    found = find_sources(folder)
    assert [source.name for source in found.sources] == ["a.txt"]
    assert found.left_out == ("again.txt", "catalogue.csv", "link.txt")


def test_pipe_and_folder_named_like_documents_are_no_documents(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    lay_out(tmp_path / "plan.pdf", a_txt="Few.")
    assert [source.name for source in find_sources(tmp_path).sources] == ["plan.pdf/a.txt"]


@NOT_ROOT
def test_file_that_cannot_be_opened_is_found_with_its_problem(tmp_path: Path) -> None:
    lay_out(tmp_path, a_txt="Few.")
    (tmp_path / "a.txt").chmod(0)
    (source,) = find_sources(tmp_path).sources
    assert (source.sha256, source.problem) == (
        "", "The file cannot be opened: Permission denied."
    )  # fmt: skip


def test_name_that_is_not_utf8_is_a_problem_and_not_a_crash(tmp_path: Path) -> None:
    lay_out(tmp_path, a_txt="Few.")
    for name in (b"pl\xe4n.txt", b"map\xe4.png"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("Many.")
    found = find_sources(tmp_path)
    assert [source.name for source in found.sources] == ["a.txt"]
    assert len(found.problems) == 2
    assert all("not in UTF-8; rename the file" in problem for problem in found.problems)
    assert "".join(found.problems + found.left_out).encode()


def test_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFolder, match="There is no folder .*/none; name a folder that"):
        find_sources(tmp_path / "none")


def test_row_of_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    lay_out(tmp_path, a_txt="Few.", catalogue_csv="file\na.txt\nb.txt\ns/c.txt\nmap.png\n")
    (tmp_path / "map.png").write_text("x")
    assert find_sources(tmp_path).problems == (
        f"{tmp_path}/catalogue.csv names b.txt, which is not there.",
        f"{tmp_path}/catalogue.csv names s/c.txt, which is not there.",
    )


def test_nearest_catalogue_describes_a_file(tmp_path: Path) -> None:
    outer = "file,title\na/x.txt,outer\nz/x.txt,outer\nz/y.txt,outer\n"
    inner = "file,title\nx.txt,inner\n"
    lay_out(
        tmp_path, a__x_txt="1", z__x_txt="2", z__y_txt="3", catalogue_csv=outer,
        a__catalogue_csv=inner, z__catalogue_csv=inner,
    )  # fmt: skip
    titles = {name: row["title"] for name, row in rows(find_sources(tmp_path)).items()}
    assert titles == {"a/x.txt": "inner", "z/x.txt": "inner", "z/y.txt": "outer"}


def test_catalogue_of_the_folder_above_counts_for_a_part_of_a_collection(tmp_path: Path) -> None:
    outer = "file,audience\ns/x.txt,staff\nt/y.txt,staff\nnone.txt,staff\n"
    lay_out(tmp_path, s__x_txt="1", t__y_txt="2", catalogue_csv=outer)
    found = find_sources(tmp_path / "s")
    assert (rows(found), found.problems) == ({"x.txt": {"audience": "staff"}}, ())


def test_bad_catalogue_is_a_problem_and_puts_its_folder_in_doubt(tmp_path: Path) -> None:
    lay_out(tmp_path, a_txt="1", s__b_txt="2", s__catalogue_csv="title\nPlan\n")
    found = find_sources(tmp_path)
    assert {source.name: source.doubtful for source in found.sources} == {
        "a.txt": False, "s/b.txt": True,
    }  # fmt: skip
    (problem,) = found.problems
    assert problem.startswith(f"{tmp_path}/s/catalogue.csv has no column called file")
