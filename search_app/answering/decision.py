"""Deciding: how probable it is that a quotation answers the question, by decision.toml.

A logistic regression: the probability is 1 / (1 + exp(-z)), where z is the bias and the sum of each
sign's value times its weight. benchmarks/decision.py learns the weights and says from what.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from statistics import median

from index.analysis import STOP_WORDS, find_tokens
from search_app.answering.contrary import (
    FORETOLD, find_contrary, find_lacking, is_foretold,
)  # fmt: skip
from search_app.answering.definitions import defines
from search_app.answering.preferences import (
    is_of_the_body, is_of_the_place, is_of_the_time, say_around,
)  # fmt: skip
from search_app.answering.questions import Understood
from search_app.answering.ranked_passages import PASSAGES_READ, RankedPassage
from search_app.answering.sentences import Sentence, find_coverage
from search_app.answering.statements import says_the_same
from search_app.answering.units import find_header, say, widen

_NAME = re.compile(r"(?<!^)(?<![.?!] )[A-Z]|[£$€]?\w*\d")

Signs = Mapping[str, float]
"""What speaks for a quotation, by name; each from about 0 to 1, or a log odds over 10."""


@dataclass(frozen=True)
class Decision:
    """The weights of the signs, and the probability from which a quotation is an answer."""

    bias: float
    weights: Mapping[str, float]
    threshold: float

    def weigh(self, signs: Signs) -> float:
        """Give the probability that a quotation with these signs answers, from 0 to 1."""
        total = self.bias + math.fsum(
            weight * signs[name] for name, weight in self.weights.items()
        )
        return 1 / (1 + math.exp(-total))


@lru_cache(maxsize=1)
def read_decisions() -> Mapping[str, Decision]:
    """Read decision.toml: how to decide "with_models" and "by_words"."""
    source = files("search_app.answering") / "decision.toml"
    held = tomllib.loads(source.read_text(encoding="utf-8"))
    return {name: Decision(**table) for name, table in held.items()}


def choose_decision(sentences: Sequence[Sentence]) -> Decision:
    """Choose how to decide by whether the cross-encoder has read the best sentence."""
    read = bool(sentences) and sentences[0].relevance is not None
    return read_decisions()["with_models" if read else "by_words"]


def find_signs(
    understood: Understood,
    sentences: Sequence[Sentence],
    passages: Sequence[RankedPassage],
    among: Sequence[RankedPassage] = (),
) -> Signs:
    """Find what speaks for the best sentence, of all that were scored, and against it.

    ``relevance`` and ``in_passage`` are what the cross-encoder gives the sentence and its passage;
    ``meaning`` and ``wording`` are its passage's. ``spread`` is how far the best passage stands out
    from the middle of those that were read, ``lead`` how far the sentence is ahead of the next that
    says something else. ``coverage`` is the share of the question's weight in the sentence with its
    headings, ``names`` that of the names and numbers of the question in the passage. ``time``,
    ``body`` and ``place`` are 1 where it is about a year, an organisation and a place that the
    question names, or that names none; ``defines`` is 1 where it defines the short form asked
    about, ``contrary`` where the quotation is about others than the question, ``lacking`` where it
    has no figure or time and one is asked for, and ``foretold`` where the question asks what came
    of something and the sentence says what was to be. Where the passages are but those of one
    document or so, ``among`` are those of all.
    """
    best = sentences[0]
    text, quoted = best.hit.passage.text, _quote(understood, best)
    names = dict.fromkeys(find_names(understood.question) & _find_telling(understood), 1.0)
    return {
        "relevance": (best.relevance or 0.0) / 10,
        "in_passage": (best.passage.relevance or 0.0) / 10,
        "meaning": best.passage.meaning,
        "wording": best.passage.wording,
        "spread": _find_spread(passages, among or passages),
        "lead": _find_lead(sentences),
        "coverage": best.coverage,
        "names": find_coverage(text, best.hit, names) if names else 1.0,
        "time": float(is_of_the_time(best.hit, understood)),
        "body": float(is_of_the_body(best.hit, understood)),
        "place": float(is_of_the_place(best.hit, understood)),
        "fits": float(best.fits),
        "defines": float(defines(best.text, understood.defined)),
        "contrary": float(bool(find_contrary(understood, quoted, _around(best)))),
        "lacking": float(bool(find_lacking(understood, quoted))),
        "foretold": float(is_foretold(understood, best.text)),
    }


def find_missed(understood: Understood, best: Sentence) -> str:
    """Say in what the best sentence misses the question, for the reader; empty where it does not.
    """
    quoted = _quote(understood, best)
    contrary = find_contrary(understood, quoted, _around(best))
    foretold = FORETOLD if is_foretold(understood, best.text) else ""
    return contrary or foretold or find_lacking(understood, quoted)


def _quote(understood: Understood, best: Sentence) -> str:
    passage = best.hit.passage
    return say(passage, widen(passage, best.number, understood.kind == "list"))


def _around(best: Sentence) -> str:
    return say_around(best.hit, find_header(best.hit.passage, best.number))


def _find_lead(sentences: Sequence[Sentence]) -> float:
    """Find how far the best is ahead: in log odds over 10, or in shares of the question's weight;
    0 where there is no other to compare it with."""
    best = sentences[0]
    read = best.relevance is not None
    others = (
        each for each in sentences[1:]
        if (each.relevance is not None) == read and not says_the_same(each.text, best.text)
    )
    after = next(others, best)
    return (best.score - after.score) / (10 if read else 1)


def _find_telling(understood: Understood) -> frozenset[str]:
    return frozenset(
        token.stem for word in understood.telling_words for token in find_tokens(word)
    )


def _find_spread(passages: Sequence[RankedPassage], among: Sequence[RankedPassage]) -> float:
    """Find how far the best stands out: in log odds over 10, or in shares of the best score."""
    read = [each.relevance for each in passages if each.relevance is not None]
    middle = [each.relevance for each in among if each.relevance is not None]
    if read and middle:
        return (max(read) - median(middle)) / 10
    best = max(each.wording for each in passages)
    return best - median(each.wording for each in among[:PASSAGES_READ])


def find_names(question: str) -> frozenset[str]:
    """Find the names and numbers in a question, by their stems: what has a digit, or a capital that
    begins no sentence."""
    return frozenset(
        token.stem for token in find_tokens(question)
        if token.form not in STOP_WORDS and _NAME.match(question, token.start)
    )
