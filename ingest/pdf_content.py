"""Takes a content stream apart into operands and operators, as pdfminer does but several times
as fast: one regular expression for the usual, a few functions for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import KWD, LIT, PSLiteral

_TOKEN = re.compile(
    rb"[\0\s]*(?:"
    rb"(?P<integer>[+-]?\d++(?!\.))"
    rb"|(?P<number>[+-]?(?:\d+\.\d*|\.\d+))"
    rb"|(?P<word>[A-Za-z][^#/%\[\]()<>{}\s]*|['\"])"
    rb"|\((?P<text>[^()\\]*)\)"
    rb"|/(?P<name>[^#/%\[\]()<>{}\s]*+)(?!\#)"
    rb"|(?P<open><<|\[|\{)"
    rb"|(?P<close>>>|\]|\})"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>?"
    rb"|(?P<long>\()"
    rb"|/(?P<coded>[^/%\[\]()<>{}\s]*)"
    rb"|%[^\r\n]*"
    rb"|[^\0\s])"
)
_LONG_PART = re.compile(rb"[^()\\]+|[()]|\\(?:[0-7]{1,3}|\r\n|[\s\S])?")
_ESCAPES = {b"b": b"\b", b"t": b"\t", b"n": b"\n", b"f": b"\f", b"r": b"\r",
            b"\n": b"", b"\r": b"", b"\r\n": b""}
_CONSTANTS = {b"true": True, b"false": False}
_CLOSES = {b"]": b"[", b">>": b"<<", b"}": b"{"}
_IMAGE, _DATA, _IMAGE_END = KWD(b"BI"), KWD(b"ID"), KWD(b"EI")
_DATA_END = re.compile(rb"(\r\n|[\r\n])?EI(?=\s|$)")


def read_content(content: bytes) -> Iterator[Any]:
    """Give the operands, in pdfminer's types, and the operators (PSKeyword) of a content stream.

    An inline image is a PDFStream before the operator EI. What stands in an array or a dictionary
    that is never closed is lost.
    """
    place, opened = 0, b""
    found: list[Any] = []
    outer: list[tuple[bytes, list[Any]]] = []
    match_at = _TOKEN.match
    while match := match_at(content, place):
        place, kind = match.end(), match.lastgroup
        if kind is None:
            continue
        token: Any = match[kind]
        if kind == "number":
            token = float(token)
        elif kind == "integer":
            token = int(token)
        elif kind == "word":
            token = _CONSTANTS[token] if token in _CONSTANTS else KWD(token)
        elif kind == "name":
            token = _name(token)
        elif kind == "open":
            outer.append((opened, found))
            opened, found = token, []
            continue
        elif kind == "close":
            if _CLOSES[token] != opened:
                continue
            token = _make_dictionary(found) if opened == b"<<" else found
            opened, found = outer.pop()
        elif kind == "hex":
            token = _read_hex(token)
        elif kind == "long":
            token, place = _read_long_text(content, place)
        elif kind == "coded":
            token = _name(re.sub(rb"#([0-9A-Fa-f]{2})", _decode, token))
        if opened:
            found.append(token)
        elif token is _IMAGE:
            opened, outer = b"BI", [(b"", found)]
            found = []
        else:
            yield token
        if opened == b"BI" and token is _DATA:
            image, place = _read_image(content, place, found[:-1])
            opened, found = outer.pop()
            yield image
            yield _IMAGE_END


def _name(raw: bytes) -> PSLiteral:
    try:
        return LIT(str(raw, "utf-8"))
    except UnicodeDecodeError:
        return LIT(raw)


def _decode(match: re.Match[bytes]) -> bytes:
    return bytes((int(match[1], 16),))


def _read_hex(digits: bytes) -> bytes:
    digits = b"".join(digits.split())
    if len(digits) % 2:  # the last digit counts by itself, as pdfminer has it
        digits = digits[:-1] + b"0" + digits[-1:]
    return bytes.fromhex(digits.decode())


def _read_long_text(content: bytes, place: int) -> tuple[bytes, int]:
    """Read a string with brackets or escapes in it, up to the bracket that closes it."""
    parts, depth = [], 1
    while match := _LONG_PART.match(content, place):
        place, part = match.end(), match[0]
        if part == b")":
            depth -= 1
            if not depth:
                break
        elif part == b"(":
            depth += 1
        elif part.startswith(b"\\"):
            part = _read_escape(part[1:])
        parts.append(part)
    return b"".join(parts), place


def _read_escape(code: bytes) -> bytes:
    if code[:1].isdigit() and code[:1] < b"8":
        return bytes((int(code, 8) & 0xFF,))
    return _ESCAPES.get(code, code)


def _make_dictionary(parts: list[Any]) -> dict[Any, Any]:
    return {key.name: value for key, value in zip(parts[::2], parts[1::2])
            if isinstance(key, PSLiteral)}


def _read_image(content: bytes, place: int, parts: list[Any]) -> tuple[PDFStream, int]:
    """Read the data of an inline image, from behind ID and one space to before EI."""
    end = _DATA_END.search(content, place + 1)
    if end is None:
        return PDFStream(_make_dictionary(parts), b""), len(content)
    return PDFStream(_make_dictionary(parts), content[place + 1:end.start()]), end.end()
