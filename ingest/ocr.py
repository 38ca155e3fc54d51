"""Reads the words of a page image with the tesseract program, where it is installed."""

from __future__ import annotations

import math
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytesseract
from PIL import Image

from ingest.records import Box

DOTS_PER_INCH = 200
LEAST_CONFIDENCE = 30.0
"""Words that tesseract is less sure of (per cent) are mostly specks and edges of pictures."""

LONGEST_SECONDS = 120

_deadline: ContextVar[float] = ContextVar("deadline", default=math.inf)


class OutOfTime(RuntimeError):
    """What may be spent on reading images is spent."""


@dataclass(frozen=True)
class RecognisedWord:
    """A word on an image, its box in pixels from the top left, and the line it stands on.

    ``line`` is (block, paragraph, line), each counted from 1 as tesseract does; ``confidence`` is
    how sure of it tesseract is, in per cent.
    """

    text: str
    box: Box
    line: tuple[int, int, int]
    confidence: float


@contextmanager
def recognise_for(seconds: float) -> Iterator[None]:
    """Begin no further image after so many seconds, so that what was read till then is kept."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def tesseract_available() -> bool:
    """Say whether the tesseract program is installed."""
    return shutil.which(pytesseract.pytesseract.tesseract_cmd) is not None


def recognise_page(image: Image.Image) -> tuple[RecognisedWord, ...]:
    """Read the words of a page image of 200 dots an inch, in tesseract's reading order.

    Raises RuntimeError where tesseract fails or takes too long.
    """
    return recognise_images((image,), DOTS_PER_INCH)[0]


def recognise_images(images: Sequence[Image.Image], dots_per_inch: int,
                     ) -> list[tuple[RecognisedWord, ...]]:
    """Read the words of each of several images in one run, for tesseract starts slowly.

    Raises RuntimeError where tesseract fails or takes too long, and OutOfTime, which is one.
    """
    if time.monotonic() > _deadline.get():
        raise OutOfTime
    # One thread a page: its threads together are slower than pages read side by side.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with TemporaryDirectory(prefix="plansearch-") as folder:
        paths = [Path(folder, f"{number}.png") for number in range(len(images))]
        for path, image in zip(paths, images):
            image.save(path)
        listed = Path(folder, "images.txt")
        listed.write_text("\n".join(map(str, paths)))
        found = pytesseract.image_to_data(
            str(listed), config=f"--dpi {dots_per_inch}", timeout=LONGEST_SECONDS,
            output_type=pytesseract.Output.DICT)
    words: list[list[RecognisedWord]] = [[] for _ in images]
    for number, text in enumerate(found["text"]):
        if text.strip() and float(found["conf"][number]) >= LEAST_CONFIDENCE:
            words[found["page_num"][number] - 1].append(_read_word(found, number))
    return list(map(tuple, words))


def _read_word(found: dict[str, list[Any]], number: int) -> RecognisedWord:
    left, top = found["left"][number], found["top"][number]
    box = (left, top, left + found["width"][number], top + found["height"][number])
    line = (found["block_num"][number], found["par_num"][number], found["line_num"][number])
    return RecognisedWord("".join(found["text"][number].split()), box, line,
                          float(found["conf"][number]))
