"""The words of a question as nouns and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from search_app.answering.question_words import AnswerKind, Nouns, QuestionWords

QUESTION_WORDS = frozenset("who whom whose when where why how what which".split())
AUXILIARIES = frozenset(
    "is are was were am be been do does did will would can could should shall may might must has"
    " have had isn't aren't doesn't don't didn't won't can't".split()
)
PREPOSITIONS = frozenset(
    "about above across after against along among around as at before behind between by despite"
    " down during for from given in including into of off on onto over regarding since"
    " through throughout to towards under until up upon via within without".split()
)
_BREAKS = AUXILIARIES | PREPOSITIONS | frozenset(
    "a an the that which who whom whose where when why how what and or if because than there it i"
    " we you they he she them us not no also both each every this these those called known named"
    .split()
)
DETERMINERS = frozenset("a an the our their its your my his her this these those all".split())
_BARE_PLURALS = frozenset("people children men women criteria staff".split())
_NO_PLURALS = frozenset(
    "news diabetes series species business illness process access progress its this has does"
    " always perhaps happens makes leads comes goes is was as bus gas"
    " basis status analysis crisis focus plus less".split()
)
_NUMBERS = frozenset("two three four five six seven eight nine ten eleven twelve".split())
_LONGEST_NOUN = 3
_MEASURED = ("money", "percentage", "date")
_WORD = re.compile(r"[^\W_](?:[\w&'’/-]*[^\W_])?|[£%]")


class Word(NamedTuple):
    """A word of a question, as printed and in small letters; offsets in the question."""

    printed: str
    form: str
    start: int
    end: int


def split_words(text: str, start: int, end: int) -> list[Word]:
    """Cut a stretch of a text into the words by which a question is understood."""
    return [
        Word(match[0], match[0].lower().replace("’", "'"), *match.span())
        for match in _WORD.finditer(text, start, end)
    ]


def after_determiner(words: Sequence[Word]) -> Sequence[Word]:
    """Give the words after the articles and the like that open them."""
    at = 0
    while at < len(words) and words[at].form in DETERMINERS:
        at += 1
    return words[at:]


def find_noun_phrase(words: Sequence[Word]) -> Sequence[Word]:
    """Give the words up to the first that no noun phrase has within it."""
    ends = (at for at, word in enumerate(words) if word.form in _BREAKS)
    return words[:next(ends, len(words))]


def kind_of_phrase(phrase: Sequence[Word], known: QuestionWords) -> AnswerKind | None:
    """Tell what the last noun of a phrase that is known asks for; figures are passed over."""
    nouns = [word for word in phrase if not word.form[0].isdigit()]
    if kind := kind_of_noun(nouns, known.nouns):
        return kind
    light = kind_of_noun(nouns, known.light)
    earlier = kind_of_noun(nouns[:-1], known.nouns) if light else None
    return earlier if earlier in _MEASURED else light


def kind_of_noun(nouns: Sequence[Word], known: Nouns) -> AnswerKind | None:
    """Tell what the longest known noun that ends a phrase asks for."""
    for length in range(min(_LONGEST_NOUN, len(nouns)), 0, -1):
        written = " ".join(word.form.removesuffix("'s") for word in nouns[-length:])
        for form in (written, written.removesuffix("s"), re.sub("ies$", "y", written)):
            if form in known:
                return known[form]
    return None


def count_to_first_noun(phrase: Sequence[Word], known: QuestionWords) -> int:
    """Count the words to the end of the first known noun, or of those that follow it at once; 0
    where none is known."""
    end = 0
    for at, word in enumerate(phrase, 1):
        nouns = (known.nouns,) if end else (known.nouns, known.light)
        if word.form not in _NO_PLURALS and any(kind_of_noun(phrase[:at], each) for each in nouns):
            end = at
        elif end:
            break
    return end


def is_plural(form: str) -> bool:
    """Tell whether a word in small letters looks like a noun in the plural."""
    if form in _BARE_PLURALS:
        return True
    is_s = form.endswith("s") and not form.endswith(("ss", "'s", "us", "is"))
    return is_s and form not in _NO_PLURALS and len(form) > 3


def is_counted(phrase: Sequence[Word]) -> bool:
    """Tell whether a phrase is a number of things: "four principles"."""
    if len(phrase) < 2 or not is_plural(phrase[-1].form):
        return False
    first = phrase[0].form
    return first in _NUMBERS or first.isdigit() and 1 < int(first) < 100
