"""E-mails: which part is read, what the headers tell, and what is said of attachments."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.mail import read_mail
from ingest.records import Reading

HTML = """<html><head><title>x</title></head><body>
<div style="display:none">Beds, staff and more</div><table role="presentation">
<tr><td><a href="x">View this email in your browser</a></td></tr>
<tr><td><h2>Winter</h2><p>Beds are <b>few</b>.</p><ul><li>flu</li></ul></td></tr>
<tr><td>Unsubscribe from this list</td></tr></table></body></html>"""
PDF = ("application", "pdf")


def make_mail(plain: str = "", html: str = "", subject: str = "Board update") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Anyshire Care <news@example.org>"
    message["Date"] = "Wed, 26 Jun 2019 23:30:00 +0100"
    message.set_content(plain)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def read(tmp_path: Path, message: EmailMessage | bytes) -> Reading:
    path = tmp_path / "news.eml"
    path.write_bytes(message if isinstance(message, bytes) else bytes(message))
    reading = read_mail(path)
    for block in reading.blocks:
        assert block.text == " ".join(
            reading.pages[0].text[span.start:span.end] for span in block.spans
        )
    return reading


def kinds(reading: Reading) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in reading.blocks]


def test_html_part_is_read_before_the_plain_one(tmp_path: Path) -> None:
    reading = read(tmp_path, make_mail("Plain.", HTML))
    assert (reading.media_type, reading.paged) == ("message/rfc822", False)
    assert kinds(reading) == [
        ("heading", "Board update"), ("furniture", "View this email in your browser"),
        ("heading", "Winter"), ("paragraph", "Beds are few."), ("item", "• flu"),
        ("furniture", "Unsubscribe from this list"),
    ]  # fmt: skip


@pytest.mark.parametrize("html", ["", "<html><img src='cid:a'></html>"], ids=["none", "no text"])
def test_plain_part_is_read_where_there_is_no_other_text(tmp_path: Path, html: str) -> None:
    reading = read(tmp_path, make_mail("Beds are few.\n\n- flu\n", html))
    assert kinds(reading)[1:] == [("paragraph", "Beds are few."), ("item", "• flu")]


def test_headers_are_hints(tmp_path: Path) -> None:
    reading = read(tmp_path, make_mail("Beds.", subject="Fwd: RE: [EXTERNAL] Board – update"))
    assert dict(reading.hints) == {
        "title": "Board – update", "author": "Anyshire Care", "published": "2019-06-26",
    }


def test_subject_that_heads_the_text_is_not_said_twice(tmp_path: Path) -> None:
    reading = read(tmp_path, make_mail("x", "<html><h1>Board update</h1><p>Beds.</p></html>"))
    assert kinds(reading) == [("heading", "Board update"), ("paragraph", "Beds.")]


NEWSLETTER = """<table><tr><td><img src="open.gif" width=1></td><td>Anyshire news
</td></tr>
<tr><td><table><tr><td>Site</td><td>Beds</td></tr><tr><td>North</td><td>20</td></tr></table></td>
</tr><tr><td>You are receiving this email because you signed up to it, as did many others who
want to know what we do. <a href=u>Unsubscribe</a></td></tr>
<tr><td>This email and any attachments are confidential and for you alone.</td></tr></table>"""


def test_tables_for_layout_are_parted_from_those_of_data_and_small_print(tmp_path: Path) -> None:
    found = kinds(read(tmp_path, make_mail("x", NEWSLETTER)))
    assert [kind for kind, _ in found] == [
        "heading", "paragraph", "row", "row", "furniture", "furniture",
    ]
    assert found[1:4] == [
        ("paragraph", "Anyshire news"), ("row", "Site\tBeds"), ("row", "North\t20"),
    ]


def test_words_broken_by_quoted_printable_are_whole(tmp_path: Path) -> None:
    mail = (
        b"Subject: =?utf-8?Q?News_=E2=80=93_May?=\r\nContent-Type: text/html; charset=cp1252\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<p>It costs =A34.9m =96 le=\r\nss.</p>"
    )
    assert [text for _, text in kinds(read(tmp_path, mail))] == [
        "News – May", "It costs £4.9m – less.",
    ]


def test_attachments_are_named_as_not_read(tmp_path: Path) -> None:
    message = make_mail("Beds are few.", HTML)
    message.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<a>")  # type: ignore
    message.add_attachment(b"%PDF-1.4", *PDF, filename="plan – final.pdf")
    message.add_attachment("Beds", filename="notes.txt")
    assert read(tmp_path, message).pages[0].note == (
        "Attachments were not read: plan – final.pdf, notes.txt. "
        "Save them beside the e-mail to have them read."
    )


def test_mail_without_attachments_has_no_note(tmp_path: Path) -> None:
    assert read(tmp_path, make_mail("Beds.", HTML)).pages[0].note == ""


def test_mail_of_attachments_alone_is_unreadable_and_names_them(tmp_path: Path) -> None:
    message = make_mail(" ")
    message.add_attachment(b"%PDF-1.4", *PDF, filename="plan.pdf")
    with pytest.raises(UnreadableFile, match="holds no text. Attachments were not read: plan.pdf"):
        read(tmp_path, message)


@pytest.mark.parametrize("content", [b"Beds are few.", b"\xff\xfe\x00"])
def test_what_is_no_mail_is_unreadable(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="news.eml is no e-mail"):
        read(tmp_path, content)


ODD = {
    "an unknown encoding": b"Subject: a\nContent-Type: text/plain; charset=odd\n\nBeds \xc3\xa9",
    "a date that is none": b"Subject: a\nDate: soon\n\nBeds",
    "a header cut short": b"Subject: =?utf-8?q?a\nFrom: <\n\nBeds",
    "a part that never ends":
        b'Subject: a\nContent-Type: multipart/mixed; boundary="x"\n\n--x\n\nBeds',
    "base64 that is none":
        b"Subject: a\nContent-Transfer-Encoding: base64\n\nQmVkcw===",
}


@pytest.mark.parametrize("case", ODD)
def test_odd_mail_is_read_all_the_same(tmp_path: Path, case: str) -> None:
    reading = read(tmp_path, ODD[case])
    assert "Beds" in reading.pages[0].text and "published" not in dict(reading.hints)


def test_parts_nested_too_deeply_end_as_a_sentence(tmp_path: Path) -> None:
    part = b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n'
    nested = b"Subject: a\n" + b"".join(part % (n, n) for n in range(3000)) + b"\nBeds"
    try:
        assert read(tmp_path, nested).pages
    except UnreadableFile as error:
        assert "too deeply" in str(error) or "no text" in str(error)
