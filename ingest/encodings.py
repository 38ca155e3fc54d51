"""Decode text of any encoding, and mend what was once decoded by the wrong one."""

from __future__ import annotations

import codecs
import re

_BYTE_ORDER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAMPLE_BYTES = 4096
_MANY_ZEROS = 0.7
"""Of every other byte of English in UTF-16 nearly all are zero."""

_OF_WINDOWS = b"\x85\x91\x92\x93\x94\x95\x96\x97"
_OF_MACINTOSH = b"\xa5\xc9\xd0\xd1\xd2\xd3\xd4\xd5"
"""How bullets, dots, dashes and quotation marks are written by each."""

_UNDEFINED = {byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_AS_BYTES = {bytes([byte]).decode("cp1252", "ignore"): byte for byte in range(0x80, 0x100)} | {
    letter: byte for byte, letter in _UNDEFINED.items()
}
_TAIL = "[" + "".join(
    re.escape(letter) for letter, byte in _AS_BYTES.items() if letter and byte < 0xC0
) + "]"
_GARBLED = re.compile(
    f"[\u00c2-\u00df]{_TAIL}|[\u00e0-\u00ef]{_TAIL}{{2}}|[\u00f0-\u00f4]{_TAIL}{{3}}"
)


def decode(content: bytes) -> str:
    """Decode as UTF-8 or UTF-16, with or without a mark, else as Windows or Macintosh wrote."""
    if content.startswith(_BYTE_ORDER_MARKS):
        return content.decode("utf-16", "replace")
    if encoding := _unmarked_utf16(content[:_SAMPLE_BYTES]):
        return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("mac_roman" if _is_of_macintosh(content) else "cp1252", "replace")


def mend_garbled(text: str) -> tuple[str, int]:
    """Mend letters whose UTF-8 was taken for Windows' (“Â£” for “£”), and count them."""
    count = 0

    def mend(match: re.Match[str]) -> str:
        nonlocal count
        try:
            mended = bytes(_AS_BYTES[letter] for letter in match[0]).decode("utf-8")
        except UnicodeDecodeError:
            return match[0]
        count += 1
        return mended

    return _GARBLED.sub(mend, text), count


def _unmarked_utf16(sample: bytes) -> str:
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = sample[first::2].count(0), sample[1 - first::2].count(0)
        if not others and zeros > _MANY_ZEROS * len(sample) / 2:
            return encoding
    return ""


def _is_of_macintosh(content: bytes) -> bool:
    macintosh, windows = (
        len(content) - len(content.translate(None, each))
        for each in (_OF_MACINTOSH, _OF_WINDOWS)
    )
    return macintosh > windows
