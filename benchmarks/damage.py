"""Damaged copies of PDFs, alike for the same seed, to see what an ingest makes of them.

    python -m benchmarks.damage FOLDER OUT COPIES [SEED]

Writes COPIES files into OUT, which may be ingested like any folder. Each is named after what was
done to it and the PDF that it was; the PDFs in FOLDER take turns, and so do the kinds of damage.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from random import Random

import pypdfium2

MOST_PIECES = 40
"""At most so many bytes, references or streams of one copy are damaged."""

_REFERENCE = re.compile(rb"\b\d+ \d+ R\b")
_FILE_ID = re.compile(rb"/ID\s*\[.*?\]", re.S)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)


def truncate(content: bytes, chance: Random) -> bytes:
    """Cut a file short, as a broken download does."""
    return content[:chance.randrange(len(content))]


def flip_bits(content: bytes, chance: Random) -> bytes:
    """Turn single bits over, anywhere."""
    damaged = bytearray(content)
    for _ in range(chance.randint(1, MOST_PIECES)):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def blank_part(content: bytes, chance: Random) -> bytes:
    """Put zeros for up to a quarter of a file, as a bad disk does."""
    start = chance.randrange(len(content))
    length = min(chance.randint(1, 1 + len(content) // 4), len(content) - start)
    return content[:start] + bytes(length) + content[start + length:]


def swap_references(content: bytes, chance: Random) -> bytes:
    """Let objects refer to others than they did; places in the file stay as they were."""
    found = [match.span() for match in _REFERENCE.finditer(content)]
    damaged = bytearray(content)
    for _ in range(chance.randint(1, MOST_PIECES) if found else 0):
        one = chance.choice(found)
        other = chance.choice([span for span in found if span[1] - span[0] == one[1] - one[0]])
        damaged[slice(*one)], damaged[slice(*other)] = damaged[slice(*other)], damaged[slice(*one)]
    return bytes(damaged)


def replace_streams(content: bytes, chance: Random) -> bytes:
    """Put other streams of the file, or noise, for streams; their lengths stay as they were."""
    found = [match.span(1) for match in _STREAM.finditer(content)]
    damaged = bytearray(content)
    for _ in range(chance.randint(1, MOST_PIECES) if found else 0):
        start, end = chance.choice(found)
        other = content[slice(*chance.choice(found))]
        filling = chance.choice((other, chance.randbytes(end - start)))
        damaged[start:end] = filling[:end - start].ljust(end - start)
    return bytes(damaged)


DAMAGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    truncate, flip_bits, blank_part, swap_references, replace_streams,
)  # fmt: skip


def damage_copies(contents: dict[str, bytes], seed: int) -> Iterator[tuple[str, bytes]]:
    """Give damaged copies without end, each with a name of its own."""
    chance = Random(seed)
    kinds = cycle(DAMAGES)
    for number, (name, content) in enumerate(cycle(contents.items())):
        damage = next(kinds)
        yield f"{number:05}-{damage.__name__}-{name}", damage(content, chance)


def lay_open(content: bytes) -> bytes:
    """Write every object of a PDF out in the open, so that references can be found in it.

    The id that pdfium draws by chance is blotted out, so that copies are alike at each run.
    """
    document, written = pypdfium2.PdfDocument(content), BytesIO()
    document.save(written)
    document.close()
    return _FILE_ID.sub(lambda match: b" " * len(match[0]), written.getvalue())


def main(folder: str, out: str, copies: str, seed: str = "1") -> None:
    """Write the copies."""
    paths = sorted(Path(folder).rglob("*.pdf"))
    contents = {path.name: lay_open(path.read_bytes()) for path in paths}
    Path(out).mkdir(parents=True, exist_ok=True)
    for name, damaged in islice(damage_copies(contents, int(seed)), int(copies)):
        (Path(out) / name).write_bytes(damaged)


if __name__ == "__main__":
    main(*sys.argv[1:])
