"""Where sentences begin and end, by NLTK's Punkt with the abbreviations of health plans.

Punkt decides by what it knows of words. It is told what plans abbreviate, and which words are
written small within a sentence: one of these with a capital begins a sentence even after an
abbreviation or an initial (Kiss and Strunk 2006, section 4.2). Neither list is learnt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from nltk.tokenize.punkt import _ORTHO_MID_LC, PunktParameters, PunktSentenceTokenizer

ABBREVIATIONS = (
    "a.m", "al", "approx", "appx", "apr", "aug", "cf", "cllr", "co", "dec", "dept", "dr", "e.g",
    "eds", "eg", "etc", "feb", "fig", "g.p", "i.e", "ie", "incl", "jan", "jul", "jun", "ltd", "mar",
    "mr", "mrs", "ms", "n.d", "no", "nos", "nov", "oct", "p", "p.m", "para", "pp", "prof", "ref",
    "rev", "sec", "sep", "sept", "st", "tel", "viz", "vol", "vs", "w.t.e", "wte",
)  # fmt: skip

FUNCTION_WORDS = (
    "after", "all", "although", "an", "and", "as", "at", "because", "before", "between", "both",
    "but", "by", "despite", "during", "each", "every", "few", "for", "from", "how", "however", "if",
    "in", "it", "its", "many", "more", "most", "not", "of", "on", "one", "or", "other", "our",
    "over", "several", "since", "some", "such", "that", "the", "their", "then", "there", "these",
    "they", "this", "those", "through", "to", "under", "until", "we", "what", "when", "where",
    "whether", "which", "while", "with", "within", "without", "you", "your",
)  # fmt: skip

_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Za-z]|[ivx]{2,4})[.)]+")
"""What numbers an item: 3. or (iv). or B."""


def find_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Find the (start, end) offsets of the sentences of one block of text.

    The number of an item belongs to the sentence after it.
    """
    return tuple(_join_numbers(text, _tokenizer().span_tokenize(text)))


def _join_numbers(text: str, found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    numbered = None
    for start, end in found:
        start = start if numbered is None else numbered
        numbered = start if end < len(text) and _NUMBER.fullmatch(text, start, end) else None
        if numbered is None:
            yield start, end


@lru_cache(maxsize=1)
def _tokenizer() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    for word in FUNCTION_WORDS:
        parameters.add_ortho_context(word, _ORTHO_MID_LC)
    return PunktSentenceTokenizer(parameters)
