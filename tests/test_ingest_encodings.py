"""Encodings: which one a text was written in, and letters that were garbled by a wrong one."""

from __future__ import annotations

import pytest

from ingest.encodings import decode, mend_garbled

TEXT = "The trust’s “plan” – a café’s £4.9m…"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
def test_text_is_decoded_as_it_was_written(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("letter", ["’", "“", "–", "£", "é", "•", "…"])
def test_garbled_letter_is_mended_and_counted(letter: str) -> None:
    garbled = letter.encode().decode("latin-1" if letter == "é" else "cp1252", "ignore")
    assert mend_garbled(f"a {garbled} b") == (f"a {letter} b", 1)


@pytest.mark.parametrize("text", [TEXT, "Âge", "a façade – “naïve”", "£4.9m", "Ā€"])
def test_text_that_is_whole_stays_so(text: str) -> None:
    assert mend_garbled(text) == (text, 0)
