"""Where sentences begin and end, by NLTK's Punkt with the abbreviations of health plans."""

from __future__ import annotations

from functools import lru_cache

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

ABBREVIATIONS = (
    "approx", "appx", "apr", "aug", "cllr", "co", "dec", "dept", "dr", "e.g", "eg", "etc", "feb",
    "fig", "i.e", "ie", "incl", "jan", "jul", "jun", "ltd", "mar", "mr", "mrs", "ms", "no", "nos",
    "nov", "oct", "p", "para", "pp", "prof", "ref", "rev", "sec", "sep", "sept", "st", "tel",
    "vol", "vs", "w.t.e", "wte",
)  # fmt: skip


def find_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Find the (start, end) offsets of the sentences of one block of text."""
    return tuple(_tokenizer().span_tokenize(text))


@lru_cache(maxsize=1)
def _tokenizer() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters)
