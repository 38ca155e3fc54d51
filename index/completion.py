"""Completion: what a reader may be about to type, from the documents that he may know of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from index.analysis import fold
from index.beginnings import Beginnings, Completion
from index.query import And, Audience, Term
from index.query_parser import understand_query
from index.search import Searcher

MOST_COMPLETIONS = 10
MOST_OF_A_KIND = 4
FEWEST_LETTERS = 2
MOST_LETTERS = 100
MOST_WORDS_COUNTED = 200


def complete(searcher: Searcher, typed: str, audience: Audience) -> tuple[Completion, ...]:
    """Complete what was typed so far: short forms, titles and headings that begin like it, and
    words that begin like its last, the most frequent first.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    letters = fold(" ".join(typed.split())[:MOST_LETTERS])
    if len(letters) < FEWEST_LETTERS:
        return ()
    known = [*_begin_like(searcher.known(audience).beginnings, letters)]
    words = _complete_word(searcher, typed, audience)
    shown: list[Completion] = []
    for kind in ("acronym", "title", "word", "heading"):
        said = {fold(each.text) for each in shown}
        fresh = (each for each in (*known, *words) if each.kind == kind)
        shown += [each for each in fresh if fold(each.text) not in said][:MOST_OF_A_KIND]
    return tuple(_count(searcher, each, audience) for each in shown[:MOST_COMPLETIONS])


def _count(searcher: Searcher, completion: Completion, audience: Audience) -> Completion:
    query = replace(understand_query(completion.text), audience=audience)
    return replace(completion, passages=searcher.total(query))


def _begin_like(beginnings: Beginnings, letters: str) -> Iterator[Completion]:
    first = bisect_left(beginnings.keys, letters)
    last = bisect_left(beginnings.keys, letters + "\U0010ffff")
    seen = set[tuple[str, str, str]]()
    for each in sorted(beginnings.completions[first:last], key=lambda each: len(each.text)):
        key = fold(each.text), each.meaning, each.kind
        if key not in seen:
            seen.add(key)
            yield each


def _complete_word(searcher: Searcher, typed: str, audience: Audience) -> list[Completion]:
    """Complete the last word. Of very many the shortest are looked at, as they tend to be the
    most frequent (Zipf 1935)."""
    *before, last = typed.split(" ")
    if len(last) < FEWEST_LETTERS or not last.isalnum():
        return []
    words, beginning = searcher.words(audience), fold(last)
    first = bisect_left(words, beginning)
    end = bisect_left(words, beginning + "\U0010ffff")
    looked_at = sorted(words[first:end], key=len)[:MOST_WORDS_COUNTED]
    said = replace(understand_query(" ".join(before)), audience=audience)
    found = []
    for word in looked_at:
        tree = And((said.tree, Term(word, exact=True)))
        if count := searcher.count(replace(said, tree=tree)):
            found.append((-count, Completion(" ".join([*before, word]), "word")))
    found.sort(key=lambda each: (each[0], each[1].text))
    return [completion for _, completion in found[:MOST_OF_A_KIND]]
