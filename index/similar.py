"""More like a passage: its most telling words, and the query for passages that have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from index.analysis import STOP_WORDS, find_tokens
from index.query import And, Node, Not, Nothing, Or, Phrase, Query, Term, Within
from index.ranking import weigh_rarity
from ingest.records import HeldDocument, Passage

MOST_WORDS = 12

NO_WORDS_NOTE = "No other passage has any of the telling words of the one that was named."
UNKNOWN_NOTE = "There is no passage “{}”, so nothing like it can be looked for."


@dataclass(frozen=True)
class Liked:
    """A passage that others are to be like, and its document."""

    document: HeldDocument
    passage: Passage


def read_id(like: str) -> tuple[str, int, int]:
    """Give the document, version and number that the id of a passage names; numbers 0 if none."""
    document, _, numbers = like.partition("/")
    version, _, number = numbers.partition("/")
    known = all(each.isascii() and each.isdigit() and len(each) < 10 for each in (version, number))
    return (document, int(version), int(number)) if known else (document, 0, 0)


def ask_for_similar(
    query: Query, liked: Liked | None, count: Callable[[Node], int], total: int
) -> Query:
    """Make a query ask for passages like one, which itself is left out; for none if it is None.

    ``count`` tells how many passages that are for the reader match, of ``total``.
    """
    telling = [*_find_telling(liked.passage.text, count, total)] if liked else []
    if liked is None or not telling:
        note = NO_WORDS_NOTE if liked else UNKNOWN_NOTE.format(query.like[:80])
        return replace(query, tree=Nothing(), notes=(*query.notes, note))
    words = Or(tuple(Term(term) for _, term in telling))
    itself = Within(_whole(liked.passage.text), (liked.document.id,))
    note = _say(liked, [form for form, _ in telling])
    return replace(query, tree=And((words, Not(itself))), notes=(*query.notes, note))


def _find_telling(
    text: str, count: Callable[[Node], int], total: int
) -> Iterator[tuple[str, str]]:
    """Find the words with the most weight, as printed and as terms: how often a word is in the
    text times how rare it is (Salton and Buckley 1988), of those that other passages have too."""
    tokens = [token for token in find_tokens(text) if token.form not in STOP_WORDS]
    printed = {token.stem: text[token.start:token.end] for token in reversed(tokens)}
    weights = {}
    for term, often in Counter(token.stem for token in tokens).items():
        having = count(Term(term))
        if having > 1:
            weights[term] = often * weigh_rarity(total, having)
    for term in sorted(weights, key=lambda each: (-weights[each], each))[:MOST_WORDS]:
        yield printed[term], term


def _whole(text: str) -> Node:
    terms = tuple(Term(token.form, exact=True) for token in find_tokens(text))
    return Phrase(terms) if len(terms) > 1 else terms[0]


def _say(liked: Liked, words: list[str]) -> str:
    title = liked.document.description.title.value or liked.document.file
    page = f"page {liked.passage.spans[0].page} of " if liked.document.paged else ""
    return (
        f"These are passages like one on {page}“{title}”, itself left out: with any of its most"
        f" telling words, which are {', '.join(words)}."
    )
