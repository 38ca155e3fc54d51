"""Reads the words of a page image with the tesseract program, where it is installed."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass

import pytesseract
from PIL import Image

from ingest.records import Box

DOTS_PER_INCH = 200
LEAST_CONFIDENCE = 30.0
"""Words that tesseract is less sure of (per cent) are mostly specks and edges of pictures."""

LONGEST_SECONDS = 120


@dataclass(frozen=True)
class RecognisedWord:
    """A word on an image, its box in pixels from the top left, and the line it stands on.

    ``line`` is (block, paragraph, line), each counted from 1 as tesseract does.
    """

    text: str
    box: Box
    line: tuple[int, int, int]


def tesseract_available() -> bool:
    """Say whether the tesseract program is installed."""
    return shutil.which(pytesseract.pytesseract.tesseract_cmd) is not None


def recognise_page(image: Image.Image) -> tuple[RecognisedWord, ...]:
    """Read the words of a page image of 200 dots an inch, in tesseract's reading order."""
    # One thread a page: its threads together are slower than pages read side by side.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    found = pytesseract.image_to_data(
        image, config=f"--dpi {DOTS_PER_INCH}", timeout=LONGEST_SECONDS,
        output_type=pytesseract.Output.DICT)
    words = []
    for number, text in enumerate(found["text"]):
        if text.strip() and float(found["conf"][number]) >= LEAST_CONFIDENCE:
            left, top = found["left"][number], found["top"][number]
            box = (left, top, left + found["width"][number], top + found["height"][number])
            line = (found["block_num"][number], found["par_num"][number],
                    found["line_num"][number])
            words.append(RecognisedWord("".join(text.split()), box, line))
    return tuple(words)
