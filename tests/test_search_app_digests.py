"""E-mails to those who follow searches, sent to a real server on this machine."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.build import build_index
from search_app.cli import main
from tests.factories import fill_library, make_document, make_library, silent

FIRST = make_document("first.txt", "Forty beds.", title="The first plan")
SECOND = make_document("second.txt", "Sixty beds.", title="The second plan")
HIDDEN = make_document("hidden.txt", "Secret beds.", audience="staff")


class Post(socketserver.StreamRequestHandler):
    """Takes one e-mail as a mail server does (RFC 5321)."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.taken.append(text.decode())  # type: ignore[attr-defined]
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 good\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def taken() -> Iterator[tuple[str, list[str]]]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post) as server:
        server.taken = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host, port = server.server_address[:2]
        yield f"{host}:{port}", server.taken  # type: ignore[attr-defined, str-bytes-safe]
        server.shutdown()


def run(data: Path, followers: str, *more: str) -> tuple[int, str]:
    file = data / "followers.csv"
    file.write_text(followers)
    options = ("--data", str(data), "--site", "https://plans.example/", "--sender", "a@b.example")
    result = CliRunner().invoke(main, ["digest", str(file), *options, *more])
    return result.exit_code, result.output


def test_each_is_told_once_of_what_was_read(tmp_path: Path, taken: tuple[str, list[str]]) -> None:
    server, mails = taken
    library = make_library(tmp_path, FIRST, HIDDEN)
    search = "https://plans.example/search?q=beds"
    followers = f"email,search\nme@x.example,{search}\nyou@x.example,q=zebra\n"
    assert run(tmp_path, followers, "--smtp", server) == (0, "1 e-mail sent.\n")
    (mail,) = mails
    assert "To: me@x.example" in mail and "> Forty beds." in mail and "Secret" not in mail
    assert "https://plans.example/search?q=beds" in mail
    assert run(tmp_path, followers, "--smtp", server) == (0, "0 e-mails sent.\n")
    fill_library(library, FIRST, HIDDEN, SECOND)
    build_index(library, silent)
    assert run(tmp_path, followers, "--smtp", server) == (0, "1 e-mail sent.\n")
    assert "Sixty beds" in mails[1] and "Forty beds" not in mails[1]


def test_without_a_server_they_are_printed_and_nobody_is_told(tmp_path: Path) -> None:
    make_library(tmp_path, FIRST).close()
    for _ in range(2):
        code, said = run(tmp_path, "email,search\nme@x.example,q=beds\n")
        assert code == 0 and "Subject: beds: new in 1 document" in said and "not sent" in said


def test_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    make_library(tmp_path, FIRST).close()
    code, said = run(tmp_path, "email,search\nme@x.example,q=beds\n", "--smtp", "127.0.0.1:1")
    assert code == 2 and "127.0.0.1:1 did not take an e-mail" in said
    assert not (tmp_path / "digests.json").exists()


@pytest.mark.parametrize(("followers", "said"), [
    ("mail,search\na@b,q=x\n", "must have the columns email and search"),
    ("email,search\nnobody,q=x\n", "line 2: 'nobody' is no e-mail address"),
    ('email,search\n"a@b\nBcc: c@d",q=x\n', "is no e-mail address"),
])  # fmt: skip
def test_followers_that_cannot_be_read_are_named(
    tmp_path: Path, followers: str, said: str
) -> None:
    make_library(tmp_path, FIRST).close()
    code, output = run(tmp_path, followers)
    assert code == 2 and said in output
