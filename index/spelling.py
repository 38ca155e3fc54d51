"""Spelling: what a reader may have meant by a word that no passage has, from the documents' words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.analysis import Token, find_tokens
from index.query import Alternatives, And, Near, Node, Or, Phrase, Query, Term
from index.query_parser import understand_query
from index.search import Searcher
from index.word_patterns import is_near_word

FEWEST_LETTERS = 4
FEWEST_LETTERS_OF_TWO_EDITS = 6
MOST_CANDIDATES = 50
MOST_WORDS = 5
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Correction:
    """A text to type instead, and the passages that a search for it finds."""

    typed: str
    passages: int


def suggest_spelling(searcher: Searcher, query: Query) -> Correction | None:
    """Suggest a text for one of which a word is in no passage that the reader may know of.

    Each such word is replaced by the word of most passages among those one letter away, else two;
    words that have another name there are left alone. The passages are those with the same filters.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    typed = query.typed
    terms = _terms_of(understand_query(typed).tree)
    unknown = [term for term in terms if _is_unknown(searcher, query, term)][:MOST_WORDS]
    for token in reversed([*find_tokens(typed)]):
        if any(term.text == (token.form if term.exact else token.stem) for term in unknown):
            if better := _best_word(searcher, query, token):
                typed = typed[:token.start] + better + typed[token.end:]
    if typed == query.typed:
        return None
    again = replace(query, typed=typed, tree=understand_query(typed).tree, page=1)
    passages = searcher.search(again).passages
    return Correction(typed, passages) if passages else None


def _terms_of(node: Node) -> Iterator[Term]:
    """The words of a query that are to be found in the text."""
    match node:
        case Term(field="text"):
            yield node
        case Phrase(terms) | Near(terms):
            yield from (term for term in terms if term.field == "text")
        case And(parts) | Or(parts):
            for part in parts:
                yield from _terms_of(part)
        case Alternatives(parts):
            yield from _terms_of(parts[0])


def _is_unknown(searcher: Searcher, query: Query, term: Term) -> bool:
    form = term.text
    if len(form) < FEWEST_LETTERS or not form.isalpha():
        return False
    if searcher.known(query.audience).names.find((form,), (form,)):
        return False
    return not _count(searcher, query, term)


def _count(searcher: Searcher, query: Query, tree: Node) -> int:
    return searcher.count(Query(tree=tree, audience=query.audience))


def _best_word(searcher: Searcher, query: Query, token: Token) -> str:
    words = searcher.words(query.audience)
    form = token.form
    counted: list[tuple[int, str]] = []
    for near in (_one_away(form, words), _two_away(form, words)):
        found = sorted(set(near))[:MOST_CANDIDATES]
        counts = ((_count(searcher, query, Term(word, exact=True)), word) for word in found)
        counted = [(-count, word) for count, word in counts if count]
        if counted:
            return min(counted)[1]
    return ""


def _one_away(form: str, words: Sequence[str]) -> Iterator[str]:
    """The words that one letter left out, swapped with the next, replaced or added makes."""
    for at in range(len(form) + 1):
        before, after = form[:at], form[at:]
        made = [before + after[1:], before + after[1:2] + after[:1] + after[2:]]
        made += [before + letter + rest for letter in _LETTERS for rest in (after, after[1:])]
        for word in made:
            place = bisect_left(words, word)
            if word != form and place < len(words) and words[place] == word:
                yield word


def _two_away(form: str, words: Sequence[str]) -> Iterator[str]:
    """The words that two such changes make, the first letter the same."""
    if len(form) < FEWEST_LETTERS_OF_TWO_EDITS:
        return
    first = bisect_left(words, form[0])
    for word in words[first:bisect_left(words, form[0] + "\U0010ffff")]:
        if is_near_word(word, form, 2):
            yield word
