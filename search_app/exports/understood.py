"""What was understood of a query, in words: the tree that is searched for, as one line."""

from __future__ import annotations

from collections.abc import Iterable

from index.query import (
    Alternatives,
    And,
    Anywhere,
    Everything,
    Fuzzy,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Term,
    Wildcard,
    Within,
)

MOST_DOCUMENTS = 3
"""How many documents are named that a part is kept to; the others are counted."""


def say_tree(tree: Node) -> str:
    """Say what a tree asks for: stems as they are matched, exact words in quotation marks."""
    said = _say(tree)
    return said[1:-1] if said.startswith("(") else said


def _say(node: Node) -> str:
    match node:
        case Everything():
            return "everything"
        case Nothing():
            return "nothing"
        case Not(part):
            return f"NOT {_say(part)}"
        case And(parts):
            return _join(" AND ", parts)
        case Or(parts):
            return _join(" OR ", parts)
        case Alternatives(parts):
            return _join(" / ", parts)
        case Within(part, documents):
            return f"{_say(part)} in {_name(documents)}"
        case Anywhere(text):
            return f"text|heading|title:{text}"
        case Term(text, field, exact):
            return _in_field(field, f'"{text}"' if exact else text)
        case Phrase(terms):
            return _in_field(terms[0].field, _quote(terms))
        case Near(terms, words, ordered):
            apart = f"~{'>' if ordered else ''}{words}"
            return _in_field(terms[0].field, _quote(terms) + apart)
        case Prefix(text, field):
            return _in_field(field, f"{text}*")
        case Wildcard(pattern, field):
            return _in_field(field, pattern)
        case Fuzzy(text, field, edits):
            return _in_field(field, f"{text}~{edits}")


def _join(word: str, parts: Iterable[Node]) -> str:
    said = list(dict.fromkeys(map(_say, parts)))
    return said[0] if len(said) == 1 else f"({word.join(said)})"


def _quote(terms: tuple[Term, ...]) -> str:
    """Put exact words in quotation marks; stems that are to follow one another are joined by +."""
    if terms[0].exact:
        return '"' + " ".join(term.text for term in terms) + '"'
    return "+".join(term.text for term in terms)


def _in_field(field: str, said: str) -> str:
    return said if field == "text" else f"{field}:{said}"


def _name(documents: tuple[str, ...]) -> str:
    if len(documents) <= MOST_DOCUMENTS:
        return ", ".join(documents)
    return f"{', '.join(documents[:MOST_DOCUMENTS])} and {len(documents) - MOST_DOCUMENTS} more"
