"""The query language: what a reader types becomes a tree and notes, never an error.

    query   = any { "OR" any }
    any     = part { [ "AND" ] part }
    part    = "NOT" part | "-" part | [ field ":" ] ( word | quoted | "(" query ")" )
    word    = letters, with * for any and ? for one of them | letters "~" [ edits ]
    quoted  = '"' words '"' [ "~" [ ">" ] number ]

What stands in quotation marks is searched as printed, without stemming: the words next to each
other, or with ~ at most so many others between them, in any order or with ~> in this one. A field
before brackets is that of every part in them that names none. What is said twice is asked once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field as made_by

from index.analysis import STOP_WORDS, Token, drop_ignorable, find_tokens
from index.query import And, Everything, Node, Not, Nothing, Or, Query
from index.query_words import (
    group_field,
    is_wild,
    make_fuzzy,
    make_quoted,
    make_range,
    make_wild,
    make_words,
    split_field,
)
from index.typed_dates import find_dates

MOST_CHARACTERS = 1000
MOST_DEPTH = 20

_LEXEME = re.compile(
    r"""
    -?(?:[^\W\d]+:)?"[^"]*"?(?:~>?\d*)?               # quoted
    | -?(?:[^\W\d]+:)?\( | \)                          # brackets
    | -?(?:\b[A-Z]\ and\ [A-Z]                         # A and E
         |\b[^\W\d_]\ &\ [^\W\d_]                     # A & E
         |\d{1,2}\ to\ \d{1,2})(?=[?.,;:]*(?:[\s()]|$))  # 16 to 17
    | [^\s()"]+
    """,
    re.VERBOSE,
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})


@dataclass
class _Parser:
    lexemes: list[str]
    shouts: bool
    keeps_common_words: bool = False
    notes: list[str] = made_by(default_factory=list)
    dropped: list[str] = made_by(default_factory=list)
    field: str = "text"
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


def understand_query(typed: str) -> Query:
    """Make the query that a typed text asks for: its tree, its dates, and notes."""
    text = drop_ignorable(typed.translate(_QUOTES)[:MOST_CHARACTERS])
    dates = find_dates(text)
    tree, notes = parse_query(dates.text)
    return Query(
        typed=typed[:MOST_CHARACTERS],
        tree=tree,
        notes=(*_find_excess(typed), *dates.notes, *notes),
        since=dates.since,
        until=dates.until,
        typed_dates=(dates.since, dates.until),
    )


def parse_query(typed: str) -> tuple[Node, tuple[str, ...]]:
    """Parse what was typed into a tree and notes on all that was dropped or repaired.

    Common words are searched for only where there is nothing else to search for, or where they
    are written in capitals among other words (WHO, IT).
    """
    text = drop_ignorable(typed.translate(_QUOTES).replace("\x00", " "))
    lexemes = _LEXEME.findall(text[:MOST_CHARACTERS])
    shouts = text.isupper()
    parser = _Parser(lexemes[:], shouts)
    tree = _parse_all(parser)
    if tree is None and parser.dropped:
        parser = _Parser(lexemes[:], shouts, keeps_common_words=True)
        tree = _parse_all(parser)
    _note_common_words(parser)
    instead = Nothing() if text.strip() else Everything()
    return tree or instead, (*_find_excess(text), *_find_faults(text), *parser.notes)


def _find_excess(text: str) -> Iterator[str]:
    if len(text) > MOST_CHARACTERS:
        yield f"Only the first {MOST_CHARACTERS} characters were searched for."


def _find_faults(text: str) -> Iterator[str]:
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
    if parser.depth >= MOST_DEPTH:
        parser.note(f"Brackets more than {MOST_DEPTH} deep were ignored.")
        return None
    around = parser.field
    parser.field = group_field(lexeme, parser.note) or around
    parser.depth += 1
    group = _parse_or(parser)
    parser.depth -= 1
    parser.field = around
    if parser.peek() == ")":
        parser.take()
    else:
        parser.note("A closing bracket is missing; the group was taken to run to the end.")
    return group


def _parse_word(parser: _Parser, lexeme: str) -> Node | None:
    named, rest = split_field(lexeme, parser.note)
    name = named or parser.field
    if not rest:
        return None
    if rest.startswith('"'):
        return make_quoted(rest, name, parser.note)
    if is_wild(rest):
        return make_wild(rest, name, parser.note)
    if "~" in rest:
        if fuzzy := make_fuzzy(rest, name, parser.note):
            return fuzzy
        rest = re.sub(r"~[\d.]*", " ", rest)
    return make_range(rest, name, parser.note) or _parse_plain(parser, rest, name)


def _parse_plain(parser: _Parser, typed: str, name: str) -> Node | None:
    tokens = [*find_tokens(typed)]
    shouted = typed.isupper() and len(typed) > 1 and not parser.shouts
    if name == "text" and _is_common(tokens) and not (shouted or parser.keeps_common_words):
        parser.dropped.append(tokens[0].form)
        return None
    return make_words(typed, tokens, name, parser.note)


def _is_common(tokens: list[Token]) -> bool:
    return len(tokens) == 1 and tokens[0].form in STOP_WORDS


def _join(kind: type[And] | type[Or], parts: Sequence[Node | None]) -> Node | None:
    kept = tuple(dict.fromkeys(part for part in parts if part))
    if len(kept) < 2:
        return kept[0] if kept else None
    return kind(kept)
