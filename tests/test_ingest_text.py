"""Plain text: wrapped lines, bullets, page numbers, guessed headings and encodings."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.records import Reading
from ingest.text import read_text

DERBYSHIRE = Path(__file__).parents[2] / "shared" / "corpus" / "derbyshire"
needs_derbyshire = pytest.mark.skipif(
    not DERBYSHIRE.is_dir(), reason="the real texts of Derbyshire are not beside this checkout"
)

WRAPPED = """ Planning for winter \n \nMore people than ever came to our clinics last winter, a
fact that shows in longer queues and in the non-
recurrent payments that were identi-
fied. They were identified early.

\uf0b7 How many rooms a clinic needs when half of its visits have
become telephone calls

\uf0b7 The opening hours of the smaller sites

Page 16 of 17

Working with our commissioners
Our commissioners visit each clinic twice a year, talk to its staff
and its patients, and tell us in writing what they have seen there.
 Better clinics
\x20
1. Learning from complaints and \n
compliments

A nurse and a former patient read every letter that comes to the trust.
"""


def read(tmp_path: Path, content: str | bytes, name: str = "plan.txt") -> Reading:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return check(read_text(path))


def check(reading: Reading) -> Reading:
    text = reading.pages[0].text
    for block in reading.blocks:
        assert block.text == " ".join(text[span.start:span.end] for span in block.spans)
    return reading


def kinds(reading: Reading) -> list[tuple[str, str]]:
    return [(f"{block.kind}{block.level or ''}", block.text) for block in reading.blocks]


def test_wrapped_lines_become_whole_blocks(tmp_path: Path) -> None:
    assert kinds(read(tmp_path, WRAPPED)) == [
        ("heading1", "Planning for winter"),
        ("paragraph", "More people than ever came to our clinics last winter, a fact that shows in "
         "longer queues and in the non-recurrent payments that were identified. They were "
         "identified early."),
        ("item", "• How many rooms a clinic needs when half of its visits have become telephone "
         "calls"),
        ("item", "• The opening hours of the smaller sites"),
        ("furniture", "Page 16 of 17"),
        ("heading2", "Working with our commissioners"),
        ("paragraph", "Our commissioners visit each clinic twice a year, talk to its staff and its "
         "patients, and tell us in writing what they have seen there."),
        ("heading1", "Better clinics"),
        ("heading2", "1. Learning from complaints and compliments"),
        ("paragraph", "A nurse and a former patient read every letter that comes to the trust."),
    ]


PROSE_LINE = "with all of those who have a say in what becomes of them in the year to come, and"
HEADINGS = {
    "a heading as wide as the text, when a sentence follows it": (
        "Continuous improvement of beds and of wards in planning for the winter of 2019",
        "As part of what we do each winter, we look at all of our wards and count our beds with",
    ),
    "a heading of three lines": (
        "Details of how beds are counted in winter, from the ward up to the trust board, with\n"
        "details of how wards and all who work on them are told, and of how progress made\n"
        "against it is monitored",
        "Progress against the winter plan is overseen by those who work in our hospitals, and",
    ),
}


@pytest.mark.parametrize("case", HEADINGS)
def test_heading_without_a_blank_line_below_is_found(tmp_path: Path, case: str) -> None:
    heading, line = HEADINGS[case]
    text = f"{line}\n{PROSE_LINE}\nso it goes on until it ends, as it does here.\n\n"
    found = kinds(read(tmp_path, text + heading + "\n" + text + text))
    assert [text for kind, text in found if kind.startswith("heading")] == [
        heading.replace("\n", " ")
    ]


def test_line_above_a_table_in_bits_is_a_heading(tmp_path: Path) -> None:
    prose = "The plan has been signed off by the board and by all who have a say in it, and\n"
    bits = "Description\n\nImpact\n\nHigh\n\nNurses\n\nFew beds\n\n"
    found = kinds(read(tmp_path, f"{prose * 9}so it stands.\n\nWorkforce risks this year\n{bits}"))
    assert ("heading2", "Workforce risks this year") in found


FLAT = """{prose}
Winter risks and what we do about them
Description of
the risk

How likely Who looks
after it

Few nurses in the
north of the county

High We train more of
them each year

Old wards

Low

Ann Bee mends the
roofs before winter
"""


def test_cells_on_lines_of_their_own_are_rows_under_their_heading(tmp_path: Path) -> None:
    prose = (PROSE_LINE + "\n") * 6 + "so it goes on until it ends, as it does here.\n\n"
    found = kinds(read(tmp_path, FLAT.format(prose=prose) + "\nThis goes " + prose))
    assert found[1:-1] == [
        ("heading2", "Winter risks and what we do about them"),
        ("row", "Description of the risk"), ("row", "How likely Who looks after it"),
        ("row", "Few nurses in the north of the county"),
        ("row", "High We train more of them each year"), ("row", "Old wards"), ("row", "Low"),
        ("row", "Ann Bee mends the roofs before winter"),
    ]  # fmt: skip


ROWS = {
    "tabs": "Name\tRole\tTown\nAnn Bee\tNurse\tDerby\n",
    "bars": "| Name | Role | Town |\n|---|---|---|\n| Ann Bee | Nurse | Derby |\n",
    "gaps": "Name         Role     Town\nAnn Bee      Nurse    Derby\n",
    "figures at the end": "Name 2018/19 2019/20\nNurses 512 5.3%\n",
    "figures that come round, line by line": (
        "Staff\n2018\n2019\nNurses\n512\n5.3%\nDoctors\n101\n-\nOthers\n57\n£60m\n"
    ),
}


@pytest.mark.parametrize("case", ROWS)
def test_rows_that_show_by_themselves_keep_their_cells(tmp_path: Path, case: str) -> None:
    text = f"{PROSE_LINE}\nso it stands.\n\n{ROWS[case]}\n{PROSE_LINE}\nso it stands.\n"
    rows = [block.cells for block in read(tmp_path, text).blocks if block.kind == "row"]
    assert len(rows) > 1 and {len(row) for row in rows} == {3}
    assert rows[0][0] in ("Name", "Staff") and rows[1][0] in ("Ann Bee", "Nurses")


COLUMNS = {
    "a column after its names": "Nurses\nDoctors\nOthers\n\n512\n101\n5.3%\n",
    "columns after their heads": (
        "Staff\nNurses\nDoctors\nTotal\n\n2018 2019\n\n512\n101\n57\n\n1%\n-\n5.3%\n"
    ),
    "names with a source": "Nurses\nDoctors\nOthers\nSource: Ann\n\n512\n101\n5.3%\n",
}


@pytest.mark.parametrize("case", COLUMNS)
def test_columns_under_one_another_become_rows(tmp_path: Path, case: str) -> None:
    text = f"{PROSE_LINE}\nso it stands.\n\n{COLUMNS[case]}\n{PROSE_LINE}\nso it stands.\n"
    rows = [block.cells for block in read(tmp_path, text).blocks if block.kind == "row"]
    assert [row[0] for row in rows[:2]] == ["Nurses", "Doctors"] and len(rows) == 3
    assert rows[0][1] == "512" and rows[2][-1] == "5.3%"


NO_ROWS = {
    "names of which one is too many": "Nurses\nDoctors\nOthers\nMore\n\n512\n101\n57\n\n",
    "names that run on": "Nurses\nand others\nDoctors\n\n512\n101\n57\n\n",
    "figures that are more than the names": "Nurses\nDoctors\n\n512\n101\n57\n\n",
    "bullets with tabs": "•\tflu\n•\tbeds\n•\tstaff\n",
    "the lines of a front": "Anyshire\n\nOur plan\n\nFor\n\n2019\n\nBy\n\nAnn\n\nBee\n\n",
    "short items of a list": "".join(f"• item {number}\n\n" for number in range(9)),
}


@pytest.mark.parametrize("case", NO_ROWS)
def test_short_lines_that_are_no_table_make_no_rows(tmp_path: Path, case: str) -> None:
    found = kinds(read(tmp_path, f"{NO_ROWS[case]}{PROSE_LINE}\nso it stands.\n"))
    assert "row" not in [kind for kind, _ in found]


def test_number_after_a_short_line_begins_an_item(tmp_path: Path) -> None:
    line = "3. The plan has been signed off by the board and by all who have a say in it, and\n"
    found = kinds(read(tmp_path, f"In 2019\n{line}so it stands.\n\nBeds are few.\n"))
    assert ("item", f"{line.strip()} so it stands.") in found


LONG = "This paragraph is on a single line that is far longer than lines that were wrapped, " * 2
LINES = {
    "each line stands alone in a text that is not wrapped": (
        f"{LONG}end.\nBeds are few.", ["paragraph", "paragraph"],
    ),
    "a short line above a text is a heading": (
        f"Our plan\n\n{LONG}end.", ["heading1", "paragraph"],
    ),
    "a question may be a heading": (
        f"{LONG}end.\n\nWhat is it?\n\n{LONG}end.", ["paragraph", "heading2", "paragraph"],
    ),
    "a sentence is no heading": (f"Beds are few.\n\n{LONG}end.", ["paragraph", "paragraph"]),
    "a line without blank lines around it is no heading": (
        f"Our plan\n{LONG}end.", ["paragraph", "paragraph"],
    ),
    "the last line is no heading": (f"{LONG}end.\n\nOur plan", ["paragraph", "paragraph"]),
    "bullets of many shapes": (
        f"{LONG}:\n• flu\n- beds\n* staff\no estates\n– money",
        ["paragraph", "item", "item", "item", "item", "item"],
    ),
    "bullets of Wingdings read as letters": (
        f"{LONG}:\n§ Flu\nØ Beds\n➢ Staff", ["paragraph", "item", "item", "item"],
    ),
    "numbers in a row are items": (
        f"1. flu\n\n2. beds\n\n3. staff\n\n{LONG}.", ["item", "item", "item", "paragraph"],
    ),
    "a bullet alone belongs to the next line": (f"{LONG}:\n\n•\nflu", ["paragraph", "item"]),
    "a form feed parts": (f"{LONG}\fPage 2\n\n{LONG}.", ["paragraph", "furniture", "paragraph"]),
    "markdown headings are headings": (
        f"# Our plan\n\n## Beds\n\n{LONG}.", ["heading1", "heading2", "paragraph"],
    ),
}


@pytest.mark.parametrize("case", LINES)
def test_lines_are_told_apart(tmp_path: Path, case: str) -> None:
    content, expected = LINES[case]
    assert [kind for kind, _ in kinds(read(tmp_path, content))] == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encoding_is_detected(tmp_path: Path, encoding: str) -> None:
    content = "The trust’s £4.9m – saved.".encode(encoding)
    assert read(tmp_path, content).blocks[0].text == "The trust’s £4.9m – saved."


@pytest.mark.parametrize(
    "content, message",
    [(b"", "is empty"), (b" \r\n\t", "is empty"), (b"plan\0\1\2", "not text"),
     (b"\x01\x02\x03\x04 plan", "not text"), (b"Page 1 of 2", "no text")],
)
def test_junk_is_unreadable(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=f"plan.txt .*{message}"):
        read(tmp_path, content)


def test_garbled_and_lost_letters_are_noted(tmp_path: Path) -> None:
    page = read(tmp_path, "The trustâ€™s Â£4.9m \ufffd saved.").pages[0]
    assert page.text == "The trust’s £4.9m \ufffd saved."
    assert page.note == (
        "2 letters were garbled by a wrong encoding and have been mended. "
        "1 letters were lost before the file came here."
    )


def test_lines_on_each_page_again_are_furniture(tmp_path: Path) -> None:
    parts = ("beds", "wards", "staff", "flu")
    pages = [
        f"Winter plan 2019\n\nOf {part} we say that {PROSE_LINE}\n{part} come first.\n\n{page}\n"
        for page, part in enumerate(parts, 1)
    ]
    found = kinds(read(tmp_path, "\f".join(pages)))
    running = [text for kind, text in found if kind == "furniture"]
    assert running == ["1"] + [text for page in "234" for text in ("Winter plan 2019", page)]
    assert len(found) == len(running) + 1 + len(parts)


def test_soft_hyphen_at_the_end_of_a_line_goes(tmp_path: Path) -> None:
    text = f"{PROSE_LINE}\nwe treat pa\u00ad\ntients well.\n\nBeds are few.\n"
    found = kinds(read(tmp_path, text))
    assert found[0][1].endswith("we treat patients well.")


@needs_derbyshire
@pytest.mark.parametrize("name", sorted(path.name for path in DERBYSHIRE.glob("*.txt")))
def test_no_word_of_the_real_texts_is_lost(name: str) -> None:
    reading = check(read_text(DERBYSHIRE / name))
    original = (DERBYSHIRE / name).read_text("utf-8").replace("\uf0b7", "•")
    squeezed = "".join(original.split())
    assert "".join(reading.pages[0].text.split()) == squeezed


@needs_derbyshire
def test_sections_of_the_real_operational_plan_are_found() -> None:
    reading = read_text(DERBYSHIRE / "dhcft-operational-plan-2019-20.txt")
    tops = [block.text.split()[0] for block in reading.blocks if block.level == 1]
    assert tops == ["Activity", "Quality", "Workforce", "Financial", "Link", "Membership"]
