"""The short form whose meaning a question asks for, and the words that define it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.analysis import find_tokens
from index.library_names import LibraryNames
from search_app.answering.question_words import read_question_words

Stretch = tuple[int, int]
"""The (start, end) offsets of words in a text."""


@dataclass(frozen=True)
class ShortForm:
    """A short form as typed, and what it stands for, as the documents define it."""

    short: str
    meanings: tuple[str, ...]


def find_short_form(
    question: str, telling: Sequence[Stretch], names: LibraryNames
) -> ShortForm | None:
    """Find the only short form among the telling words of a question for a definition.

    It stands by itself: of "ICS footprint" something else is asked.
    """
    defining = {
        word for phrase, kind in read_question_words().nouns.items() if kind == "definition"
        for word in phrase.split()
    }
    others = [each for each in telling if question[slice(*each)].lower() not in defining]
    alone = [
        question[slice(*each)] for each in others
        if not any(_touch(question, each, other) for other in others)
    ]
    known = {word: names.meanings(word) for word in alone if names.meanings(word)}
    return ShortForm(*known.popitem()) if len(known) == 1 else None


def _touch(text: str, one: Stretch, other: Stretch) -> bool:
    return text[one[1]:other[0]].isspace() or text[other[1]:one[0]].isspace()


def defines(text: str, form: ShortForm | None) -> bool:
    """Tell whether a text has a short form and, word after word, what it stands for; it does not
    where none is to be defined."""
    if form is None:
        return False
    stems = [token.stem for token in find_tokens(text)]
    short = [token.stem for token in find_tokens(form.short)]
    return _holds(stems, short) and any(
        _holds(stems, [token.stem for token in find_tokens(long)]) for long in form.meanings
    )


def _holds(stems: Sequence[str], sought: Sequence[str]) -> bool:
    ends = range(len(sought), len(stems) + 1)
    return any(stems[end - len(sought):end] == sought for end in ends)
