"""Content streams taken apart: alike to pdfminer's own parser, which is slower."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import KWD, LIT, PSEOF

from benchmarks.damage import damage_copies
from ingest.pdf_content import read_content

SOUND = (
    b"q 1 0 0 -1 .5 -.5 cm /P <</MCID 0 /Lang (en\\055GB)>>BDC BT/F1 12 Tf 0 Tc"
    b" [(A \\(b\\) c)-250(d(e)f) <41 42>]TJ (it's) ' 3 +4. (x) \" T* ET EMC % (note) Tj\r"
    b"/A#20b gs // true false null [[1][2 [3]]] << /A << /B [1] >> >> f* <4> 1.2.3 Q Q"
)


def ask_pdfminer(content: bytes) -> list[Any]:
    parser, found = PDFContentParser([PDFStream({}, content)]), []
    try:
        while True:
            found.append(parser.nextobject()[1])
    except PSEOF:
        return found


def test_content_is_taken_apart_as_pdfminer_does() -> None:
    assert list(read_content(SOUND)) == ask_pdfminer(SOUND)


@pytest.mark.parametrize("seed", range(20))
def test_damaged_content_comes_to_an_end(seed: int) -> None:
    for _, content in islice(damage_copies({"stream": SOUND}, seed), 10):
        assert len(list(read_content(content))) <= len(content)


@pytest.mark.parametrize(
    "content, parts",
    [
        (b"(a\\\r\nb\\\nc\\d\\101\\7)", [b"abcdA\7"]),
        (b"(never closed (", [b"never closed ("]),
        (b"] >> } 1", [1]),
        (b"1 [ 2", [1]),
        (b"/B\xff", [LIT(b"B\xff")]),
        (b"<< /A >> << 1 2 /B 3 >>", [{}, {"B": 3}]),
        (b"- . + 5", [5]),
    ],
)
def test_odd_content_is_read_as_the_standard_says(content: bytes, parts: list[Any]) -> None:
    assert list(read_content(content)) == parts


@pytest.mark.parametrize("data", [b"\0EI\xff", b"a\nb", b"(("])
def test_inline_image_stands_before_its_end(data: bytes) -> None:
    before, image, end, after = read_content(b"q BI /W 2 /H [1] ID " + data + b"\nEI Q")
    assert (image.attrs, image.rawdata) == ({"W": 2, "H": [1]}, data)
    assert [before, end, after] == [KWD(b"q"), KWD(b"EI"), KWD(b"Q")]


def test_inline_image_without_an_end_takes_the_rest() -> None:
    assert len(list(read_content(b"q BI /W 2 ID abc Q Q Q"))) == 3
