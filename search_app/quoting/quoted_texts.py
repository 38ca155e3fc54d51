"""The quotations in a text: what stands between quotation marks or is set off as a block; where
there is none, each sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.analysis import find_tokens

LEAST_WORDS = 3
"""Fewer words between quotation marks are a name or a word set apart, not checked by themselves."""

MOST_WORDS = 500
"""What has more words between quotation marks is checked sentence by sentence."""

_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?![^\S\n]*\n))+")
_BLOCK_LINE = re.compile(r"^(?:[ \t]*>[ \t]?|\t| {4,})(?=\S)", re.MULTILINE)
_PAIRED = re.compile(
    r"""
    “(?P<double>[^“”]+(?:“[^“”]*”[^“”]*)*)”
    | „(?P<low>[^„“”]+)[“”]
    | «(?P<angle>[^«»]+)»
    | »(?P<angle_in>[^«»]+)«
    | ‹(?P<single_angle>[^‹›]+)›
    | ``(?P<tex>[^`]+?)''
    | "(?P<straight>[^"]+)"
    | (?<!\w)‘(?P<single>
        (?:[^‘’]|’(?=\w)|(?<=s)’(?=\s(?:[^‘’]|’(?=\w)){0,2000}’(?!\w))|‘[^‘’]*’)+)’(?!\w)
    | (?<![\w'])'(?P<plain_single>
        [^\s'](?:[^']|(?<=\w)'(?=\w)|(?<=s)'(?=\s(?:[^']|(?<=\w)'(?=\w))*(?<!\s)'(?!\w)))*
      )(?<!\s)'(?!\w)
    """,
    re.VERBOSE | re.DOTALL,
)
_SENTENCE_END = re.compile(
    r"""(?<=[.!?])["'”’)\]]*\s+(?=["'“‘(\[]*[A-Z0-9£$€])|\n[^\S\n]*(?=[-•▪*]\s)"""
)


@dataclass(frozen=True)
class Quoted:
    """A quotation as it stands in a text, at ``start`` (from 0), without its quotation marks."""

    text: str
    start: int


def find_quoted(text: str, sentences: bool = False) -> tuple[Quoted, ...]:
    """Find the quotations in a text, or all its sentences where those are asked for, or where it
    has no quotations."""
    quoted = () if sentences else tuple(_find_quoted(text))
    return tuple(_cut_long(quoted or _find_sentences(text)))


def _cut_long(found: Iterable[Quoted]) -> Iterator[Quoted]:
    for each in found:
        if count_words(each.text) <= MOST_WORDS:
            yield each
            continue
        for sentence in _find_sentences(each.text):
            yield from _cut_words(Quoted(sentence.text, each.start + sentence.start))


def _cut_words(sentence: Quoted) -> Iterator[Quoted]:
    """Cut what has no end of a sentence for too long."""
    starts = [token.start for token in find_tokens(sentence.text)][::MOST_WORDS]
    for start, end in zip(starts, [*starts[1:], len(sentence.text)]):
        yield _strip(sentence.text[start:end], sentence.start + start)


def has_quotation_marks(text: str) -> bool:
    """Tell whether a text has quotations set apart, of which each would be checked."""
    return any(True for _ in _find_quoted(text))


def _find_quoted(text: str) -> Iterator[Quoted]:
    for paragraph in _PARAGRAPH.finditer(text):
        if _is_block(paragraph.group()):
            yield _strip(_BLOCK_LINE.sub("", paragraph.group()), paragraph.start())
            continue
        for match in _PAIRED.finditer(paragraph.group()):
            inside = match.group(match.lastgroup or 0)
            if count_words(inside) >= LEAST_WORDS:
                yield _strip(inside, paragraph.start() + match.start(match.lastgroup or 0))


def _is_block(paragraph: str) -> bool:
    lines = [line for line in paragraph.splitlines() if line.strip()]
    set_off = bool(lines) and all(_BLOCK_LINE.match(line) for line in lines)
    return set_off and count_words(paragraph) >= LEAST_WORDS


def _find_sentences(text: str) -> Iterator[Quoted]:
    """Find sentences; what has too few words stays with what follows it in its paragraph."""
    for paragraph in _PARAGRAPH.finditer(text):
        start = paragraph.start()
        ends = [start + match.end() for match in _SENTENCE_END.finditer(paragraph.group())]
        for end in (*ends, paragraph.end()):
            if end == paragraph.end() or count_words(text[start:end]) >= LEAST_WORDS:
                if count_words(text[start:end]):
                    yield _strip(_BLOCK_LINE.sub("", text[start:end]), start)
                start = end


def count_words(text: str) -> int:
    """Count the words of a text."""
    return sum(1 for _ in find_tokens(text))


def _strip(text: str, start: int) -> Quoted:
    stripped = text.strip()
    return Quoted(stripped, start + text.index(stripped))
