"""The themes of a document: which of a vocabulary it is about, and the words for it.

The vocabulary is themes.toml beside this module, which a person can edit and which says how.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from ingest.clues import Clue
from ingest.records import Fact

MOST_THEMES = 8
HEADING_SHARE = 0.05
TEXT_SHARE = 0.2
FEWEST_BLOCKS = 2
_TOP_LEVELS = 2
_TOKEN = re.compile(r"[^\W_]+(?:&[^\W_]+)?")

Strength = Literal["names", "headings", "words"]


@dataclass(frozen=True)
class Mention:
    """Words of a text at (start, end) that belong to a theme; ``strength`` as in themes.toml."""

    theme: str
    start: int
    end: int
    strength: Strength


@dataclass(frozen=True)
class _Phrase:
    """A phrase as it is written, its words in small letters, and what it is a sign of."""

    written: tuple[str, ...]
    words: tuple[str, ...]
    theme: str
    strength: Strength


@dataclass
class _Weight:
    """Of one theme: the characters of the blocks that mention it, and of those that name it; how
    many blocks name it, and the best evidence of each kind."""

    length: int = 0
    named_length: int = 0
    blocks: int = 0
    heading: Fact | None = None
    text: Fact | None = None
    most: int = 0


def pick_themes(title: Clue, body: Sequence[Clue]) -> tuple[Fact, ...]:
    """Pick the themes that a document is about, with evidence: first those its title names, then
    by how much of it mentions them.

    Besides those of the title these are the themes that a heading of the two outermost levels
    names, if HEADING_SHARE of the document stands in blocks that mention them; and those that the
    blocks of TEXT_SHARE of it name.
    """
    facts = {theme: fact for theme, fact in _named(title)}
    searched = [clue for clue in body if not clue.furniture]
    total = sum(len(clue.text) for clue in searched)
    weights = _weigh(searched)
    for theme in sorted(weights, key=lambda theme: -weights[theme].length):
        if fact := _shown(weights[theme], total):
            facts.setdefault(theme, replace(fact, value=theme))
    return tuple(facts.values())[:MOST_THEMES]


def find_mentions(text: str, heading: bool = False) -> Iterator[Mention]:
    """Find what a text, or a heading, mentions of the vocabulary, in its order."""
    vocabulary = _vocabulary()
    unwanted = "words" if heading else "headings"
    lower = _TOKEN.findall(text.lower())
    likely = [index for index, word in enumerate(lower) if word in vocabulary]
    tokens = list(_TOKEN.finditer(text)) if likely else []
    for index in likely:
        for phrase in vocabulary[lower[index]]:
            end = index + len(phrase.words)
            if phrase.strength != unwanted and _stands(phrase.words, lower[index:end]):
                start, stop = tokens[index].start(), tokens[end - 1].end()
                if _as_written(phrase.written, text[start:stop]):
                    yield Mention(phrase.theme, start, stop, phrase.strength)


def _named(title: Clue) -> Iterator[tuple[str, Fact]]:
    for mention in find_mentions(title.text, heading=True):
        yield mention.theme, title.shows(mention.theme, mention.start, mention.end)


def _weigh(body: Sequence[Clue]) -> dict[str, _Weight]:
    top = sorted({clue.heading for clue in body if clue.heading})[:_TOP_LEVELS]
    weights: dict[str, _Weight] = defaultdict(_Weight)
    for clue in body:
        by_theme: dict[str, list[Mention]] = defaultdict(list)
        for mention in find_mentions(clue.text, clue.heading > 0):
            by_theme[mention.theme].append(mention)
        for theme, mentions in by_theme.items():
            _add(weights[theme], clue, mentions, clue.heading in top)
    return weights


def _add(weight: _Weight, clue: Clue, mentions: list[Mention], tops: bool) -> None:
    named = [mention for mention in mentions if mention.strength != "words"]
    weight.length += len(clue.text)
    if not named:
        return
    weight.blocks += 1
    weight.named_length += len(clue.text)
    if tops and weight.heading is None:
        weight.heading = clue.shows("", named[0].start, named[0].end)
    if len(named) > weight.most:
        weight.text = clue.shows("", named[0].start, named[0].end)
        weight.most = len(named)


def _shown(weight: _Weight, total: int) -> Fact | None:
    """What shows that a document is about a theme of this weight, if anything."""
    if weight.heading and weight.length >= HEADING_SHARE * total:
        return weight.heading
    enough = weight.named_length >= TEXT_SHARE * total and weight.blocks >= FEWEST_BLOCKS
    return weight.text if enough else None


def _stands(phrase: tuple[str, ...], lower: list[str]) -> bool:
    """Whether these words are the phrase, in any capitals; its last may have an s more."""
    if len(lower) < len(phrase):
        return False
    *opening, last = phrase
    return lower[:-1] == opening and lower[-1] in (last, last + "s")


def _as_written(phrase: tuple[str, ...], text: str) -> bool:
    """Whether the words of a phrase that have capitals have them in the text too."""
    return all(word == word.lower() or word in text for word in phrase)


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, list[_Phrase]]:
    """The phrases by their first word in small letters, as it may stand in a text."""
    text = files("ingest").joinpath("themes.toml").read_text(encoding="utf-8")
    phrases: dict[str, list[_Phrase]] = defaultdict(list)
    for theme, strengths in tomllib.loads(text).items():
        for strength, written in strengths.items():
            for each in written:
                words = tuple(_TOKEN.findall(each))
                lower = tuple(word.lower() for word in words)
                phrase = _Phrase(words, lower, theme, strength)
                first = lower[0]
                phrases[first].append(phrase)
                if len(phrase.words) == 1:
                    phrases[first + "s"].append(phrase)
    return dict(phrases)
