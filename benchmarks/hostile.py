"""Files made to do harm, to see that reading them ends, within its limits, as a clear line.

    python -m benchmarks.hostile OUT

Writes one of each into OUT, which may be ingested like any folder. ``HOSTILE`` names them.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
TEXT = b"BT /F1 12 Tf 72 700 Td (Beds are few this winter) Tj ET "
MANY = 1_000_000_000


def make_pdf(
    contents: bytes = TEXT, *, page: bytes = b"/MediaBox [0 0 595 842]", font: bytes = FONT,
    pages: bytes = b"/Count 1 /Kids [3 0 R]", catalog: bytes = b"", extra: tuple[bytes, ...] = (),
    packing: bytes = b"", trailer: bytes = b"",
) -> bytes:  # fmt: skip
    """Make a PDF of one page: objects 1 catalog, 2 pages, 3 page, 4 contents, 5 font, 6 extra."""
    stream = b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(contents), packing, contents)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages %s >>" % pages,
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >>"
        b" /XObject << /X 6 0 R >> >> %s >>" % page,
        stream, font, *extra,
    )  # fmt: skip
    body, table = bytearray(b"%PDF-1.7\n"), bytearray(b"0000000000 65535 f \n")
    for number, content in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    head = b"xref\n0 %d\n" % (len(objects) + 1)
    return bytes(body + head + table) + end % (
        len(objects) + 1, trailer.replace(b"HERE", b"%d" % start), start,
    )  # fmt: skip


def _form(content: bytes) -> bytes:
    head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject"
    fonts = b" << /X 6 0 R >> /Font << /F1 5 0 R >> >> /Length %d >>\nstream\n%s\nendstream"
    return head + fonts % (len(content), content)


def _picture(side: int) -> bytes:
    head = b"<< /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceRGB"
    return head % (side, side) + b" /Length 0 >>\nstream\n\nendstream"


def _nested_pages(depth: int) -> bytes:
    node = b"<< /Type /Pages /Count 1 /Parent %d 0 R /Kids [%d 0 R] >>"
    chain = tuple(node % (number - 1 if number > 6 else 2, number + 1)
                  for number in range(6, 6 + depth))
    leaf = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R" \
           b" /Resources << /Font << /F1 5 0 R >> >> >>"
    return make_pdf(pages=b"/Count 1 /Kids [6 0 R]", extra=(*chain, leaf))


def _cid_font(widths: bytes) -> tuple[bytes, bytes]:
    child = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo" \
            b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W %s >>" % widths
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H" \
           b" /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>"
    return font, child


def _map(lines: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(lines), lines)


def _cid(widths: bytes, mapping: bytes) -> bytes:
    font, child = _cid_font(widths)
    return make_pdf(font=font, extra=(child, _map(mapping)))


def _bomb(filling: bytes, mebibytes: int, times: int = 1) -> bytes:
    """Pack a content stream so that it opens to so many MiB, by deflating it ``times`` over."""
    pack = zlib.compressobj(9)
    part = (filling * (1 + 2**20 // len(filling)))[:2**20]
    packed = b"".join(pack.compress(part) for _ in range(mebibytes)) + pack.flush()
    for _ in range(times - 1):
        packed = zlib.compress(packed, 9)
    filters = b"/Filter [%s]" % (b"/FlateDecode " * times)
    return make_pdf(packed, packing=filters)


def _docx(document: bytes) -> bytes:
    """Make a Word document with this as word/document.xml."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    packages = "http://schemas.openxmlformats.org/package/2006/"
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{packages}content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{packages}relationships"><Relationship Id="rId1"'
            f' Type="{relation}" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", document)
    return written.getvalue()


def _word(body: bytes, before: bytes = b"") -> bytes:
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return before + b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (space, body)


def _entities() -> bytes:
    names = [b'<!ENTITY a0 "beds beds beds beds">']
    names += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)]
    return b"<!DOCTYPE w [" + b"".join(names) + b"]>"


def _mail(depth: int) -> bytes:
    parts = (b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n)
             for n in range(depth))
    return b"Subject: Beds\n" + b"".join(parts) + b"Content-Type: text/plain\n\nBeds are few.\n"


_PARAGRAPH = b"<w:p><w:r><w:t>Beds are few.</w:t></w:r></w:p>"
_TINY = b"BT /F1 1 Tf " + b"(" + b"beds " * 200 + b") Tj "

HOSTILE: dict[str, Callable[[], bytes]] = {
    "no-end-to-nested-arrays.pdf": lambda: make_pdf(b"[" * 500_000 + b" TJ " + TEXT),
    "nested-arrays-in-catalog.pdf": lambda: make_pdf(catalog=b"/A " + b"[" * 100_000),
    "nested-dictionaries.pdf": lambda: make_pdf(catalog=b"/A " + b"<< /A " * 100_000),
    "nested-states.pdf": lambda: make_pdf(b"q " * 300_000 + TEXT),
    "nested-marks.pdf": lambda: make_pdf(b"/P BMC " * 300_000 + TEXT),
    "nested-pages.pdf": lambda: _nested_pages(20_000),
    "pages-in-themselves.pdf": lambda: make_pdf(pages=b"/Count 2 /Kids [2 0 R 3 0 R]"),
    "same-page-often.pdf": lambda: make_pdf(pages=b"/Count 9 /Kids [%s]" % (b"3 0 R " * 50_000)),
    "count-of-a-billion.pdf": lambda: make_pdf(pages=b"/Count %d /Kids [3 0 R]" % MANY),
    "count-below-zero.pdf": lambda: make_pdf(pages=b"/Count -5 /Kids [3 0 R]"),
    "form-in-itself.pdf": lambda: make_pdf(TEXT + b"/X Do", extra=(_form(TEXT + b"/X Do /X Do"),)),
    "contents-in-itself.pdf": lambda: make_pdf(page=b"/MediaBox [0 0 9 9] /Contents 3 0 R"),
    "same-contents-often.pdf": lambda: make_pdf(
        page=b"/MediaBox [0 0 595 842] /Contents [%s]" % (b"4 0 R " * 50_000)),
    "object-is-itself.pdf": lambda: make_pdf(catalog=b"/Outlines 6 0 R", extra=(b"6 0 R",)),
    "outline-in-itself.pdf": lambda: make_pdf(catalog=b"/Outlines 6 0 R", extra=(
        b"<< /Title (Beds) /First 6 0 R /Next 6 0 R /Last 6 0 R /Count %d >>" % MANY,)),
    "tags-in-themselves.pdf": lambda: make_pdf(
        catalog=b"/MarkInfo << /Marked true >> /StructTreeRoot 6 0 R",
        extra=(b"<< /Type /StructTreeRoot /S /P /P 6 0 R /K [6 0 R 6 0 R] >>",)),
    "labels-of-a-billion.pdf": lambda: make_pdf(
        catalog=b"/PageLabels << /Nums [0 << /S /r /St %d >>] >>" % MANY),
    "letters-of-a-billion.pdf": lambda: make_pdf(
        catalog=b"/PageLabels << /Nums [0 << /S /A /St %d >>] >>" % MANY),
    "widths-of-a-billion.pdf": lambda: _cid(b"[0 %d 500]" % MANY, b""),
    "letters-mapped-by-the-billion.pdf": lambda: _cid(
        b"[]", b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange\n"
        b"1 begincidrange <00000000> <FFFFFFFF> 1 endcidrange\n"),
    "fonts-by-the-thousand.pdf": lambda: make_pdf(
        b"".join(b"/F%d 9 Tf " % n for n in range(20_000)) + TEXT,
        page=b"/MediaBox [0 0 595 842] /Resources << /Font << %s >> >>"
        % b"".join(b"/F%d 5 0 R " % n for n in range(20_000))),
    "bomb-of-spaces.pdf": lambda: _bomb(b" ", 1024, times=2),
    "bomb-of-text.pdf": lambda: _bomb(_TINY, 64),
    "bomb-of-paths.pdf": lambda: _bomb(b"0 0 m 9 9 l S ", 64),
    "characters-by-the-million.pdf": lambda: _bomb(b"ET " + _TINY, 10),
    "predictor-of-a-billion.pdf": lambda: make_pdf(
        zlib.compress(TEXT), packing=b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 4"
        b" /BitsPerComponent 16 /Columns %d >>" % MANY),
    "length-too-long.pdf": lambda: make_pdf(TEXT).replace(b"/Length", b"/Length 9999999 /L", 1),
    "length-below-zero.pdf": lambda: make_pdf(TEXT).replace(b"/Length", b"/Length -9 /L", 1),
    "page-of-a-million-miles.pdf": lambda: make_pdf(page=b"/MediaBox [0 0 1e11 1e11]"),
    "page-upside-down.pdf": lambda: make_pdf(page=b"/MediaBox [595 842 0 0]"),
    "page-without-size.pdf": lambda: make_pdf(page=b"/MediaBox [0 0 0 0]"),
    "page-elsewhere.pdf": lambda: make_pdf(page=b"/MediaBox [5000 5000 5595 5842]"),
    "page-of-words.pdf": lambda: make_pdf(page=b"/MediaBox [/a (b) null 9]"),
    "page-turned-askew.pdf": lambda: make_pdf(page=b"/MediaBox [0 0 595 842] /Rotate 33"),
    "huge-unit.pdf": lambda: make_pdf(page=b"/MediaBox [0 0 595 842] /UserUnit 99999999"),
    "picture-of-ten-billion-pixels.pdf": lambda: make_pdf(
        b"595 0 0 842 0 0 cm /X Do", extra=(_picture(100_000),)),
    "inline-picture-without-end.pdf": lambda: make_pdf(
        TEXT + b"BI /W 9 /H 9 ID " + bytes(range(256)) * 20_000),
    "string-without-end.pdf": lambda: make_pdf(TEXT + b"(" * 1_000_000),
    "numbers-without-end.pdf": lambda: make_pdf(b"9" * 3_000_000 + b" Tc " + TEXT),
    "nonsense-matrix.pdf": lambda: make_pdf(b"1e38 1e38 1e38 1e38 1e38 1e38 cm " * 20 + TEXT),
    "table-before-itself.pdf": lambda: make_pdf(trailer=b"/Prev HERE"),
    "table-of-a-billion.pdf": lambda: make_pdf().replace(b"xref\n0 6", b"xref\n0 %d" % MANY, 1),
    "root-is-a-number.pdf": lambda: make_pdf().replace(b"/Root 1 0 R", b"/Root 7", 1),
    "head-alone.pdf": lambda: b"%PDF-1.7\n",
    "noise.pdf": lambda: b"%PDF-1.7\n" + bytes((n * n * 31 + n // 7) % 251 for n in range(300_000)),
    "bomb.docx": lambda: _docx(_word(_PARAGRAPH * 4_000_000)),
    "bomb-of-spaces.docx": lambda: _docx(_word(_PARAGRAPH) + b" " * 2**30),
    "entities.docx": lambda: _docx(_word(b"<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>", _entities())),
    "nested.docx": lambda: _docx(_word(b"<w:tbl><w:tr><w:tc>" * 50_000)),
    "nested-whole.docx": lambda: _docx(_word(
        b"<w:tbl><w:tr><w:tc>" * 80 + _PARAGRAPH + b"</w:tc></w:tr></w:tbl>" * 80)),
    "bad.docx": lambda: _docx(_word(_PARAGRAPH)[:-30]),
    "nested.html": lambda: b"<html><body>" + b"<div>" * 100_000 + b"Beds are few.",
    "nested-lists.html": lambda: b"<html><body>" + b"<ul><li>" * 50_000 + b"Beds are few.",
    "nested-tables.html": lambda: b"<html><body>" + b"<table><tr><td>" * 30_000 + b"Beds are few.",
    "entities.html": lambda: b"<?xml version='1.0'?>" + _entities() + b"<html><p>&a11; Beds.",
    "tags-without-end.html": lambda: b"<html><body>Beds are few." + b"<" * 3_000_000,
    "attributes.html": lambda: b"<html><body><p " + b"a=b " * 1_000_000 + b">Beds are few.",
    "deep.eml": lambda: _mail(20_000),
    "headers.eml": lambda: b"Subject: " + b"beds, " * 1_000_000 + b"\n\nBeds are few.",
    "many-headers.eml": lambda: b"To: a@b.c\n" * 500_000 + b"\n\nBeds are few.",
    "long-line.txt": lambda: b"beds are few and " * (200 * 2**20 // 17),
    "long-word.txt": lambda: b"b" * (20 * 2**20),
    "many-lines.txt": lambda: b"Beds.\n\n" * 2_000_000,
    "brackets.txt": lambda: b"(Integrated (" * 500_000,
    "zeros.txt": lambda: bytes(5 * 2**20),
}  # fmt: skip


def main(out: str) -> None:
    """Write the files."""
    Path(out).mkdir(parents=True, exist_ok=True)
    for name, make in HOSTILE.items():
        (Path(out) / name).write_bytes(make())


if __name__ == "__main__":
    main(*sys.argv[1:])
