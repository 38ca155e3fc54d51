"""The query language: what a reader types becomes a tree and notes, never an error.

    query   = any { "OR" any }
    any     = part { [ "AND" ] part }
    part    = "NOT" part | "-" part | "(" query ")" | [ field ":" ] ( word | word "*" | phrase )

A phrase stands in quotation marks and is searched as printed, without stemming.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.analysis import STOP_WORDS, Token, find_tokens
from index.query import And, Everything, Node, Not, Nothing, Or, Phrase, Prefix, Term
from index.schema import SEARCHED_FIELDS

MOST_CHARACTERS = 1000
MOST_DEPTH = 20
FEWEST_PREFIX_CHARACTERS = 2

_LEXEME = re.compile(r'-?(?:[^\W\d]+:)?"[^"]*"?|-?(?:[^\W\d]+:)?\(|\)|[^\s()"]+')
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_FIELD = re.compile(r"([^\W\d]+):(?!/)(.+)", re.DOTALL)


@dataclass
class _Parser:
    lexemes: list[str]
    shouts: bool
    keeps_common_words: bool = False
    notes: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    place: int = 0
    depth: int = 0

    def peek(self) -> str:
        return self.lexemes[self.place] if self.place < len(self.lexemes) else ""

    def take(self) -> str:
        self.place += 1
        return self.lexemes[self.place - 1]

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)


def parse_query(typed: str) -> tuple[Node, tuple[str, ...]]:
    """Parse what was typed into a tree and notes on all that was dropped or repaired.

    Common words are searched for only where there is nothing else to search for, or where they
    are written in capitals among other words (WHO, IT).
    """
    text = typed.translate(_QUOTES).replace("\x00", " ")
    lexemes = _LEXEME.findall(text[:MOST_CHARACTERS])
    shouts = text.isupper()
    parser = _Parser(lexemes[:], shouts)
    tree = _parse_all(parser)
    if tree is None and parser.dropped:
        parser = _Parser(lexemes[:], shouts, keeps_common_words=True)
        tree = _parse_all(parser)
    _note_common_words(parser)
    instead = Nothing() if text.strip() else Everything()
    return tree or instead, (*_find_faults(text), *parser.notes)


def _find_faults(text: str) -> Iterator[str]:
    if len(text) > MOST_CHARACTERS:
        yield f"Only the first {MOST_CHARACTERS} characters were searched for."
    if text[:MOST_CHARACTERS].count('"') % 2:
        yield "A quotation mark is missing; the phrase was taken to run to the end."


def _parse_all(parser: _Parser) -> Node | None:
    parts = []
    while parser.place < len(parser.lexemes):
        parts.append(_parse_or(parser))
        if parser.peek() == ")":
            parser.take()
            parser.note("A closing bracket without an opening one was ignored.")
    return _join(And, parts)


def _note_common_words(parser: _Parser) -> None:
    if parser.dropped:
        words = ", ".join(dict.fromkeys(parser.dropped))
        parser.note(
            f"Not searched for, because they are common words: {words}."
            " Put them in quotation marks to search for them."
        )


def _parse_or(parser: _Parser) -> Node | None:
    parts = [_parse_and(parser)]
    while parser.peek() == "OR":
        parser.take()
        parts.append(_parse_and(parser))
    if len(parts) > 1 and None in parts:
        parser.note("OR needs a word on both sides.")
    return _join(Or, parts)


def _parse_and(parser: _Parser) -> Node | None:
    parts: list[Node | None] = []
    while parser.peek() not in ("", ")", "OR"):
        if parser.peek() == "AND":
            parser.take()
            if not parts or parser.peek() in ("", ")", "OR", "AND"):
                parser.note("AND needs a word on both sides.")
            continue
        parts.append(_parse_part(parser))
    return _join(And, parts)


def _parse_part(parser: _Parser) -> Node | None:
    lexeme = parser.take()
    if lexeme == "NOT":
        return _parse_not(parser)
    if lexeme.startswith("-") and lexeme.strip("-"):
        parser.place -= 1
        parser.lexemes[parser.place] = lexeme.lstrip("-")
        return _parse_not(parser)
    if lexeme.endswith("(") and '"' not in lexeme:
        return _parse_group(parser, lexeme)
    return _parse_word(parser, lexeme)


def _parse_not(parser: _Parser) -> Node | None:
    """Exclude the part that follows; more than one NOT or - before it is one, however many."""
    while parser.peek().lstrip("-") == "NOT":
        parser.take()
    if parser.peek() in ("", ")", "AND", "OR"):
        parser.note("NOT needs a word after it.")
        return None
    part = _parse_part(parser)
    return Not(part) if part else None


def _parse_group(parser: _Parser, lexeme: str) -> Node | None:
    if lexeme != "(":
        parser.note(f"A field before a bracket is not understood; {lexeme[:-1]} was ignored.")
    if parser.depth >= MOST_DEPTH:
        parser.note(f"Brackets more than {MOST_DEPTH} deep were ignored.")
        return None
    parser.depth += 1
    group = _parse_or(parser)
    parser.depth -= 1
    if parser.peek() == ")":
        parser.take()
    else:
        parser.note("A closing bracket is missing; the group was taken to run to the end.")
    return group


def _parse_word(parser: _Parser, lexeme: str) -> Node | None:
    name, rest = _split_field(parser, lexeme)
    if rest.startswith('"'):
        if "*" in rest:
            parser.note("* is not understood inside quotation marks.")
        return _make_phrase(parser, [*find_tokens(rest)], name, exact=True, typed=rest)
    if rest.endswith("*"):
        return _make_prefix(parser, rest, name)
    if "*" in rest or "?" in rest[:-1]:
        parser.note("* is understood at the end of a word only, and ? not at all.")
    if "~" in rest:
        parser.note("~ is not understood; the word was searched for as it is.")
        rest = re.sub(r"~[\d.]*", "", rest)
    tokens = [*find_tokens(rest)]
    shouted = rest.isupper() and len(rest) > 1 and not parser.shouts
    if name == "text" and _is_common(tokens) and not (shouted or parser.keeps_common_words):
        parser.dropped.append(tokens[0].form)
        return None
    return _make_phrase(parser, tokens, name, exact=False, typed=rest)


def _is_common(tokens: list[Token]) -> bool:
    return len(tokens) == 1 and tokens[0].form in STOP_WORDS


def _split_field(parser: _Parser, lexeme: str) -> tuple[str, str]:
    match = _FIELD.fullmatch(lexeme)
    if match is None:
        return "text", lexeme
    name, rest = match.group(1).lower(), match.group(2)
    if name in SEARCHED_FIELDS:
        return name, rest
    known = ", ".join(f"{field}:" for field in SEARCHED_FIELDS)
    parser.note(f"{name}: is not a field; it was searched for as a word. Fields are {known}.")
    return "text", lexeme.replace(":", " ")


def _make_phrase(
    parser: _Parser, tokens: list[Token], name: str, exact: bool, typed: str
) -> Node | None:
    terms = tuple(Term(t.form if exact else t.stem, name, exact) for t in tokens)
    if exact and terms:
        parser.note("Words in quotation marks were searched for as written, in no other form.")
    if not terms:
        parser.note(f"“{typed}” has no word to search for.")
    if len(terms) > 1:
        return Phrase(terms)
    return terms[0] if terms else None


def _make_prefix(parser: _Parser, rest: str, name: str) -> Node | None:
    tokens = [*find_tokens(rest.rstrip("*"))]
    if len(tokens) != 1 or len(tokens[0].form) < FEWEST_PREFIX_CHARACTERS:
        parser.note(
            f"{rest} was not searched for: * needs one word of at least"
            f" {FEWEST_PREFIX_CHARACTERS} letters before it."
        )
        return None
    return Prefix(tokens[0].form, name)


def _join(kind: type[And] | type[Or], parts: Sequence[Node | None]) -> Node | None:
    kept = tuple(part for part in parts if part)
    if len(kept) < 2:
        return kept[0] if kept else None
    return kind(kept)
