"""What a question asks for: its telling words, what each weighs, and which follow one another."""

from __future__ import annotations

from itertools import pairwise

from index.analysis import STOP_WORDS, find_tokens
from index.query import Clues
from search_app.answering.questions import SENTENCE_BREAK, Understood

STORY = 0.5
"""What a word of the story around a question weighs, against one of the question itself."""

MEANING = 0.5
"""What a word of the meaning weighs beside the short form that it is asked of."""


def find_clues(understood: Understood) -> Clues:
    """Find the telling words of a question, by their stems.

    Where only some of its sentences end in a question mark, the others tell the story around it.
    What a short form that is to be defined stands for is looked for too. Words follow one another
    where nothing but common words stands between them.
    """
    sentences = SENTENCE_BREAK.split(understood.question)
    asked = [sentence.rstrip().endswith("?") for sentence in sentences]
    weights: dict[str, float] = {}
    telling: list[str] = []
    begin = 0
    for sentence, asks in zip(sentences, asked):
        start = understood.question.index(sentence, begin)
        begin = start + len(sentence)
        stems = [
            token.stem for token in find_tokens(sentence)
            if (start + token.start, start + token.end) in understood.telling
        ]  # fmt: skip
        weight = 1.0 if asks or not any(asked) else STORY
        weights |= {stem: max(weight, weights.get(stem, 0.0)) for stem in stems}
        telling += stems
    for long in understood.defined.meanings if understood.defined else ():
        stems = [token.stem for token in find_tokens(long) if token.form not in STOP_WORDS]
        weights |= {stem: weights.get(stem, MEANING) for stem in stems}
        telling += stems
    pairs = frozenset(pair for pair in pairwise(telling) if pair[0] != pair[1])
    return Clues(weights, pairs)
