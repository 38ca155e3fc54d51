"""Spelling: what a reader may have meant, or begun to type, by a word that no passage has, from the
documents' words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.analysis import Token, find_tokens
from index.query import Alternatives, And, Near, Node, Or, Phrase, Query, Term
from index.query_parser import understand_query
from index.search import Searcher
from index.typed_dates import narrow_dates
from index.word_patterns import is_near_word

FEWEST_LETTERS = 4
FEWEST_LETTERS_OF_TWO_EDITS = 6
MOST_CANDIDATES = 50
MOST_WORDS = 5
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

_Choose = Callable[[Searcher, Query, Token, str], str]
"""Gives what to type instead of a word, in a field; nothing where it knows of nothing."""


@dataclass(frozen=True)
class Correction:
    """A text to type instead, and the passages that a search for it finds."""

    typed: str
    passages: int


def suggest_spelling(searcher: Searcher, query: Query) -> Correction | None:
    """Suggest a text for one of which a word is in no passage that the reader may know of, or not
    in the field that is asked for.

    Each such word is replaced by the word of most passages among those one letter away, else two;
    words that have another name there are left alone. The passages are those with the same filters.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    return _replace_unknown(searcher, query, _best_word)


def suggest_beginning(searcher: Searcher, query: Query) -> Correction | None:
    """Suggest to search for all that begins like a word that may have been typed by half: `demen*`.

    What is a word, of which, and what the passages are is told as for spelling.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    return _replace_unknown(searcher, query, _begin_word)


def _replace_unknown(searcher: Searcher, query: Query, choose: _Choose) -> Correction | None:
    typed = query.typed
    terms = _terms_of(understand_query(typed).tree)
    unknown = [term for term in terms if _is_unknown(searcher, query, term)][:MOST_WORDS]
    for token in reversed([*find_tokens(typed)]):
        said = (t for t in unknown if t.text == (token.form if t.exact else token.stem))
        term = next(said, None)
        if term and (better := choose(searcher, query, token, term.field)):
            typed = typed[:token.start] + better + typed[token.end:]
    if typed == query.typed:
        return None
    passages = searcher.total(ask_instead(query, typed))
    return Correction(typed, passages) if passages else None


def ask_instead(query: Query, typed: str) -> Query:
    """Give a query for another text, with the same filters; the text may say other dates."""
    said = understand_query(typed)
    again = replace(
        query, typed=said.typed, tree=said.tree, notes=said.notes, since=said.since,
        until=said.until, typed_dates=said.typed_dates,
    )  # fmt: skip
    return narrow_dates(again, *query.chosen_dates)


def _terms_of(node: Node) -> Iterator[Term]:
    """The words of a query that are to be found."""
    match node:
        case Term():
            yield node
        case Phrase(terms) | Near(terms):
            yield from terms
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


def _begin_word(searcher: Searcher, query: Query, token: Token, field: str) -> str:
    """Give the word with a star where any word of the passages begins so; a star means nothing
    between quotation marks."""
    words = searcher.words(query.audience, field)
    place = bisect_left(words, token.form)
    begins = place < len(words) and words[place].startswith(token.form)
    quoted = query.typed.count('"', 0, token.start) % 2
    return f"{query.typed[token.start:token.end]}*" if begins and not quoted else ""


def _best_word(searcher: Searcher, query: Query, token: Token, field: str) -> str:
    words = searcher.words(query.audience, field)
    form = token.form
    counted: list[tuple[int, str]] = []
    for near in (_one_away(form, words), _two_away(form, words)):
        found = sorted(set(near))[:MOST_CANDIDATES]
        counts = ((_count(searcher, query, Term(word, field, exact=True)), word) for word in found)
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
