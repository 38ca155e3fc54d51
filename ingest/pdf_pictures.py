"""Large pictures on pages that have text beside them: their words are recognised where possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pypdfium2
from PIL import Image

from ingest.furniture import OUTER_SHARE
from ingest.ocr import RecognisedWord, recognise_images, tesseract_available
from ingest.pdf_characters import Print, turn_box
from ingest.pdf_layout import Draft
from ingest.pdf_lines import Line
from ingest.pdf_pages import PageLines
from ingest.pdf_scans import find_scale, make_lines
from ingest.pdf_second import SecondReader
from ingest.records import Box, Doubt

LEAST_AREA = 0.2
"""Pictures that cover a smaller share of their page are logos, icons and small photographs."""

MOST_WORDS_OVER = 10
"""A picture with more words of the text layer over it is a background; those where furniture
stands do not count, for it is printed over scans too."""

DOTS_PER_INCH = 150
LEAST_CONFIDENCE = 60.0
SURE_CONFIDENCE, LEAST_SURE_WORDS, LEAST_LETTERS = 80.0, 5, 3
"""A picture holds text where tesseract is this sure (per cent) of so many words of so many
letters; what it finds in photographs is less."""

LEAST_MADE_OUT = 0.5
"""Where a smaller share of what it takes for words can be made out, the picture is in doubt."""

MOST_PICTURES = 4
"""No more pictures of a page than these are read."""

STRIP_POINTS = 2.0
"""Pictures of one width that come this near to one another are strips of one."""

AT_ONCE = 8
"""Pictures that tesseract reads in one run."""

ILLEGIBLE = "Much of the text in a picture on this page could not be made out."
NOTE = "Words in a picture on this page were recognised and may hold mistakes."


Found = tuple[PageLines, Box]
"""A page and the box of a picture on it."""


@dataclass(frozen=True)
class Pictures:
    """What was recognised in the pictures of a page, and what may be missing."""

    drafts: tuple[Draft, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def read_pictures(pages: Iterable[PageLines], second: SecondReader) -> dict[int, Pictures]:
    """Recognise the words in the large pictures of pages that have a text layer, by page."""
    found = [(page, box) for page in pages for box in find_pictures(page)]
    if not tesseract_available():
        return _doubt(found, "the program that could read it is not installed")
    read: dict[int, Pictures] = {}
    for start in range(0, len(found), AT_ONCE):
        some = found[start:start + AT_ONCE]
        try:
            recognised = _recognise(some, second)
        except (pypdfium2.PdfiumError, RuntimeError):
            recognised = list(_doubt(some, "it could not be read").items())
        for number, now in recognised:
            before = read.get(number, Pictures())
            read[number] = Pictures(before.drafts + now.drafts, before.doubts or now.doubts)
    return read


def find_pictures(read: PageLines) -> list[Box]:
    """Give the large pictures of a page with hardly a word over them, as far as they are on it."""
    page = read.page
    if not page.pictures:
        return []
    edge = OUTER_SHARE * page.height
    words = [word for word in _find_words(read)
             if edge < (word[1] + word[3]) / 2 < page.height - edge]
    return [box for box in _find_large(page)
            if sum(_holds(box, word) for word in words) <= MOST_WORDS_OVER][:MOST_PICTURES]


def _find_words(read: PageLines) -> list[Box]:
    return [turn_box(word.box, line.angle)
            for lines in read.lines.values() for line in lines for word in line.words]


def _find_large(page: Print) -> list[Box]:
    """Give the large pictures of a page as far as they are on it, each once."""
    found: dict[Box, None] = {}
    for left, top, right, bottom in _join_strips(page.pictures):
        box = max(0.0, left), max(0.0, top), min(page.width, right), min(page.height, bottom)
        if box[0] < box[2] and box[1] < box[3] and _area(box) >= LEAST_AREA * _area(
                (0.0, 0.0, page.width, page.height)):
            found.setdefault(box)
    return list(found)


def _join_strips(pictures: Sequence[Box]) -> Iterator[Box]:
    last: Box | None = None
    for box in sorted(pictures, key=lambda box: (round(box[0]), round(box[2]), box[1])):
        if last and abs(last[0] - box[0]) + abs(last[2] - box[2]) < STRIP_POINTS and (
                abs(box[1] - last[3]) < STRIP_POINTS):
            last = last[0], last[1], last[2], box[3]
            continue
        if last:
            yield last
        last = box
    if last:
        yield last


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _holds(box: Box, word: Box) -> bool:
    across, down = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return box[0] < across < box[2] and box[1] < down < box[3]


def _doubt(found: Iterable[Found], reason: str) -> dict[int, Pictures]:
    shares: Counter[int] = Counter()
    for read, box in found:
        whole = (0.0, 0.0, read.page.width, read.page.height)
        shares[read.page.number] += round(100 * _area(box) / _area(whole))
    return {number: Pictures(doubts=(Doubt("picture", (
        f"Pictures cover {min(share, 100)}% of this page; if there is text in them, it was not "
        f"read, because {reason}.")),)) for number, share in shares.items()}


def _recognise(found: Sequence[Found], second: SecondReader) -> list[tuple[int, Pictures]]:
    """Give what each picture holds, with the number of its page."""
    scales = [find_scale(read.page, DOTS_PER_INCH) for read, _ in found]
    parts = [_cut_out(second, read.page.number, box, scale)
             for (read, box), scale in zip(found, scales)]
    recognised = recognise_images(parts, DOTS_PER_INCH)
    return [(read.page.number, _read_words(read, box, words, scale))
            for (read, box), words, scale in zip(found, recognised, scales)]


def _cut_out(second: SecondReader, number: int, box: Box, scale: float) -> Image.Image:
    left, top, right, bottom = (int(edge * scale) for edge in box)
    return second.draw(number, scale).crop((left, top, right, bottom))


def _read_words(read: PageLines, box: Box, words: Sequence[RecognisedWord],
                scale: float) -> Pictures:
    """Make drafts of the words that can be made out, if enough of them are sure to be words."""
    printed = _find_words(read)
    placed = [_shift(word, int(box[0] * scale), int(box[1] * scale)) for word in words]
    new = [word for word in placed if not any(_overlap(word, other, scale) for other in printed)]
    legible = [word for word in new if word.confidence >= LEAST_CONFIDENCE]
    if sum(map(_is_sure, legible)) < LEAST_SURE_WORDS:
        return Pictures()
    unclear = len(legible) < LEAST_MADE_OUT * len(new)
    doubts = (Doubt("picture", ILLEGIBLE),) if unclear else ()
    return Pictures(tuple(_draft(read.page.number, legible, 1 / scale)), doubts)


def _shift(word: RecognisedWord, left: int, top: int) -> RecognisedWord:
    box = word.box
    return replace(word, box=(box[0] + left, box[1] + top, box[2] + left, box[3] + top))


def _is_sure(word: RecognisedWord) -> bool:
    return (word.confidence >= SURE_CONFIDENCE
            and sum(map(str.isalpha, word.text)) >= LEAST_LETTERS)


def _overlap(word: RecognisedWord, other: Box, scale: float) -> bool:
    left, top, right, bottom = word.box
    return _holds(other, (left / scale, top / scale, right / scale, bottom / scale))


def _draft(page: int, words: Sequence[RecognisedWord], points: float) -> Iterator[Draft]:
    """Give the recognised words, a paragraph at a time, in tesseract's order."""
    for _, group in groupby(words, key=lambda word: word.line[:2]):
        lines: list[Line] = make_lines(group, points)
        yield Draft("picture", page, (tuple(lines),))
