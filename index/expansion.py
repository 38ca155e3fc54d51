"""Expansion: a query is searched for by the other names of what it says as well.

Only words by stem are expanded: neither what stands in quotation marks nor what is excluded. A
short form that is a word as well (SEND), typed in capitals, is searched for in capitals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from index.analysis import STOP_WORDS, Token, drop_ignorable, find_tokens, fold
from index.names import Name, Names, is_short
from index.query import Alternatives, And, Expansion, Node, Not, Or, Phrase, Term, Within

MOST_EXPANSIONS = 12
CAPITALS_NOTE = "in capitals was searched for as a short form, and not as the word."
_EXPANDED_FIELDS = ("text", "heading", "title")


@dataclass(frozen=True)
class Expanded:
    """A tree with the other names in it, which these are, and notes."""

    tree: Node
    expansions: tuple[Expansion, ...] = ()
    notes: tuple[str, ...] = ()


def expand(tree: Node, typed: str, names: Names, without: Collection[str] = ()) -> Expanded:
    """Search for the other names of what a query says too, but for those in ``without``.

    Of overlapping names in a query the longest is taken.
    """
    expander = _Expander(typed, names, without)
    expanded = expander.expand(tree)
    return Expanded(expanded, tuple(expander.expansions.values()), tuple(expander.notes))


def any_part(said: Sequence[Node]) -> Or:
    """Make any of the parts of a query enough, and of words with other names any of the words.
    """
    parts: list[Node] = []
    for part in said:
        match part:
            case Alternatives((And(words), *others)):
                parts += [*words, *others]
            case _:
                parts.append(part)
    return Or(tuple(parts))


class _Expander:
    def __init__(self, typed: str, names: Names, without: Collection[str]) -> None:
        self._names = names
        self._without = frozenset(map(fold, without))
        self._typed = drop_ignorable(typed)
        self._shouts = typed.isupper() and len(typed.split()) > 1
        self._tokens: dict[str, list[Token]] = defaultdict(list)
        for token in find_tokens(self._typed):
            self._tokens[token.stem].append(token)
        self.expansions: dict[str, Expansion] = {}
        self.notes: dict[str, None] = {}

    def expand(self, node: Node) -> Node:
        match node:
            case And(parts):
                expanded = tuple(self._expand_runs(parts))
                return And(expanded) if len(expanded) > 1 else expanded[0]
            case Or(parts):
                return Or(tuple(map(self.expand, parts)))
            case _:
                return next(self._expand_runs((node,)))

    def _expand_runs(self, parts: Sequence[Node]) -> Iterator[Node]:
        """Expand the longest names among parts that all must match, from the first part on."""
        place = 0
        while place < len(parts):
            longest = min(len(parts), place + self._names.longest)
            for end in range(longest, place, -1):
                if others := self._find_others(parts[place:end]):
                    run = parts[place:end]
                    said = And(tuple(run)) if len(run) > 1 else self._tell_apart(run[0])
                    yield Alternatives((said, *others))
                    break
            else:
                end = place + 1
                part = parts[place]
                yield self.expand(part) if isinstance(part, And | Or) else self._tell_apart(part)
            place = end

    def _tell_apart(self, node: Node) -> Node:
        """Search for a short form that is a word too, typed in capitals, in capitals alone."""
        if isinstance(node, Not):
            return Not(self._tell_apart(node.part))
        terms = _terms_of(node)
        printed = {*self._printed(terms[0])} if len(terms) == 1 else set()
        if len(printed) != 1 or not self._names.is_word_too(short := printed.pop()):
            return node
        self.notes[f"“{short}” {CAPITALS_NOTE}"] = None
        return Term(short, terms[0].field)

    def _find_others(self, run: Sequence[Node]) -> tuple[Node, ...]:
        terms = [term for part in run for term in _terms_of(part)]
        fields = {term.field for term in terms}
        if not all(map(_terms_of, run)) or len(fields) != 1 or not fields <= {*_EXPANDED_FIELDS}:
            return ()
        printed = self._printed(terms[0]) if len(terms) == 1 else []
        found = self._names.find(tuple(term.text for term in terms), printed)
        return tuple(
            _node_of(name, terms[0].field) for name in found if self._is_wanted(name, terms)
        )

    def _is_wanted(self, name: Name, terms: Sequence[Term]) -> bool:
        added = fold(name.text)
        if added in self._without:
            return False
        if added not in self.expansions:
            if len(self.expansions) >= MOST_EXPANSIONS:
                self.notes[f"Only {MOST_EXPANSIONS} other names were searched for too."] = None
                return False
            self.expansions[added] = Expansion(self._said(terms), name.text, name.reason)
        return True

    def _printed(self, term: Term) -> list[str]:
        printed = [self._typed[token.start:token.end] for token in self._tokens[term.text]]
        return [each.lower() for each in printed] if self._shouts else printed

    def _said(self, terms: Sequence[Term]) -> str:
        """The words of the query, as typed, from the first to the last of some terms."""
        first, last = self._tokens[terms[0].text], self._tokens[terms[-1].text]
        ends = [token.end for token in last if first and token.end >= first[0].end]
        if not ends:
            return " ".join(term.text for term in terms)
        return self._typed[first[0].start:ends[0]]


def _terms_of(node: Node) -> tuple[Term, ...]:
    """The words by stem that a part of a query says, in order; none of what is not expanded."""
    match node:
        case Term(exact=False):
            return (node,)
        case Phrase(terms) if not terms[0].exact:
            return terms
        case Alternatives((Phrase() as halves, *_)):
            return _terms_of(halves)
        case _:
            return ()


def _node_of(name: Name, field: str) -> Node:
    tokens = [*find_tokens(name.text)]
    if name.in_capitals:
        node: Node = Term(name.text.upper(), field)
    else:
        node = _short_node(tokens[0], field) if is_short(name.text) else _long_node(tokens, field)
    return node if name.documents is None else Within(node, name.documents)


def _short_node(token: Token, field: str) -> Node:
    """A short form as printed or in the plural; by stem, ICS would be IC too."""
    if token.stem == token.form:
        return Term(token.stem, field)
    return Alternatives((Term(token.form, field, True), Term(token.form + "s", field, True)))


def _long_term(token: Token, field: str) -> Term:
    """A word by stem, unless that is a common word: "well being" is not "may well be"."""
    if token.stem in STOP_WORDS and token.form != token.stem:
        return Term(token.form, field, exact=True)
    return Term(token.stem, field)


def _long_node(tokens: Sequence[Token], field: str) -> Node:
    """The words next to each other, with & for "and" as well."""
    terms = tuple(_long_term(token, field) for token in tokens)
    if len(terms) == 1:
        return terms[0]
    bare = tuple(term for term in terms if term.text != "and")
    if bare == terms or len(bare) < 2:
        return Phrase(terms)
    return Alternatives((Phrase(terms), Phrase(bare)))
