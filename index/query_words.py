"""One word or phrase of a query, as typed: with its field, wildcards, ~ and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Callable

from index.analysis import Token, find_tokens, fold
from index.query import Alternatives, Fuzzy, Near, Node, Or, Phrase, Prefix, Term, Wildcard
from index.schema import SEARCHED_FIELDS

FEWEST_LETTERS = 2
FEWEST_FUZZY_LETTERS = 3
MOST_EDITS = 2
NEAR_WORDS = 5
MOST_NEAR_WORDS = 50
MOST_NEAR_TERMS = 10
MOST_NUMBERS = 200

EXACT_NOTE = (
    "Words in quotation marks were searched for as written, in no other form and by no other name."
)

Note = Callable[[str], None]
"""Takes a sentence to the reader."""

_FIELD = re.compile(r"([^\W\d]+):(?!/)(.*)", re.DOTALL)
_QUOTED = re.compile(r'("[^"]*"?)(?:~(>?)(\d*))?', re.DOTALL)
_FUZZY = re.compile(r"([^~]+)~(\d*)")
_WILD = re.compile(r"([*?])")
_RANGE = re.compile(r"(\d{1,4})[-–](\d{1,4})")
_NUMBERED = {"page": "page:12 or page:3-5", "year": "year:2019 or year:2016-2019"}
_NUMBER = re.compile(r"\d+[.,;:!?]*")
_KNOWN_FIELDS = f"Fields are {', '.join(f'{field}:' for field in SEARCHED_FIELDS)}."


def split_field(lexeme: str, note: Note) -> tuple[str, str]:
    """Give the field that a part of a query names, or "", and what is asked of it."""
    match = _FIELD.fullmatch(lexeme)
    if match is None:
        return "", lexeme
    name, rest = match.group(1).lower(), match.group(2)
    if name in SEARCHED_FIELDS:
        if not rest:
            note(f"{name}: needs a word right after it, without a space; it was ignored.")
        return name, rest
    if rest:
        note(f"{name}: is not a field; it was searched for as a word. {_KNOWN_FIELDS}")
    return "", lexeme.replace(":", " ")


def group_field(lexeme: str, note: Note) -> str:
    """Give the field that stands before an opening bracket, or "" where none does."""
    name = lexeme[:-1].rstrip(":").lower()
    if name and name not in SEARCHED_FIELDS:
        note(f"{name}: is not a field; it was ignored. {_KNOWN_FIELDS}")
    return name if name in SEARCHED_FIELDS else ""


def make_quoted(typed: str, field: str, note: Note) -> Node | None:
    """Make what stands in quotation marks: words as written, next to or near each other."""
    match = _QUOTED.fullmatch(typed)
    quoted, ordered, words = match.groups() if match else (typed, None, None)
    if "*" in quoted:
        note("* is not understood inside quotation marks.")
    terms = tuple(Term(token.form, field, exact=True) for token in find_tokens(quoted))
    if not terms:
        note(f"“{quoted}” has no word to search for.")
        return None
    note(EXACT_NOTE)
    if ordered is not None and len(terms) < 2:
        note("~ after quotation marks needs two words or more inside them.")
    if ordered is None or len(terms) < 2:
        return Phrase(terms) if len(terms) > 1 else terms[0]
    return Near(_cap_terms(terms, note), _cap_words(words or "", note), bool(ordered))


def _cap_terms(terms: tuple[Term, ...], note: Note) -> tuple[Term, ...]:
    if len(terms) > MOST_NEAR_TERMS:
        note(f"Only the first {MOST_NEAR_TERMS} words before ~ were searched for.")
    return terms[:MOST_NEAR_TERMS]


def _cap_words(number: str, note: Note) -> int:
    if not number:
        note(f"~ after a phrase needs a number; {NEAR_WORDS} was taken.")
        return NEAR_WORDS
    words = int(number[:9])
    if words > MOST_NEAR_WORDS:
        note(f"Words are near with at most {MOST_NEAR_WORDS} others between them; that was taken.")
    return min(words, MOST_NEAR_WORDS)


def is_wild(typed: str) -> bool:
    """Tell whether a word has * or ? in it; question marks around it are just that."""
    return _WILD.search(typed.strip("?")) is not None


def make_wild(typed: str, field: str, note: Note) -> Node | None:
    """Make a word with * for any letters and ? for one; nothing where it says too little."""
    typed = typed.strip("?")
    pieces = _WILD.split(typed)
    letters = "x".join(pieces[::2])
    whole = [token.end - token.start == len(letters) for token in find_tokens(letters)]
    if whole != [True] or len("".join(pieces[::2])) < FEWEST_LETTERS:
        note(
            f"{typed} was not searched for: * and ? need one word that has at least"
            f" {FEWEST_LETTERS} letters besides."
        )
        return None
    if typed.endswith("*") and not _WILD.search(typed[:-1]):
        return Prefix(fold(typed[:-1]), field)
    return Wildcard("".join(map(fold, pieces)), field)


def make_fuzzy(typed: str, field: str, note: Note) -> Node | None:
    """Make a word with ~ after it; nothing where there is no such word."""
    match = _FUZZY.fullmatch(typed)
    tokens = [*find_tokens(match.group(1))] if match else []
    if match is None or len(tokens) != 1 or not _can_be_misspelt(tokens[0]):
        note(
            f"~ is understood after one word of at least {FEWEST_FUZZY_LETTERS} letters;"
            f" {typed} was searched for without it."
        )
        return None
    edits = int(match.group(2)[:9] or 1)
    if not 1 <= edits <= MOST_EDITS:
        note(f"~ takes 1 or {MOST_EDITS} changed letters; {MOST_EDITS if edits else 1} was taken.")
    return Fuzzy(tokens[0].form, field, max(1, min(edits, MOST_EDITS)))


def _can_be_misspelt(token: Token) -> bool:
    return len(token.form) >= FEWEST_FUZZY_LETTERS and not any(map(str.isdigit, token.form))


def make_range(typed: str, field: str, note: Note) -> Node | None:
    """Make the numbers from one to another, of a field of numbers; nothing where it is no range."""
    if field not in _NUMBERED:
        return None
    match = _RANGE.fullmatch(typed)
    if match is None:
        return None if _NUMBER.fullmatch(typed) else _make_number(typed, field, note)
    first, last = int(match.group(1)), int(match.group(2))
    numbers = range(first, min(last, first + MOST_NUMBERS - 1) + 1)
    if not numbers:
        note(f"{typed} is no range; the smaller number comes first.")
        return None
    if last > numbers[-1]:
        note(f"Only {MOST_NUMBERS} numbers of {field}:{typed} were searched for.")
    terms = tuple(Term(str(number), field) for number in numbers)
    return Or(terms) if len(terms) > 1 else terms[0]


def _make_number(typed: str, field: str, note: Note) -> Node | None:
    """Make the one number of what is none; nothing where it has none, or several."""
    numbers = re.findall(r"\d+", typed)
    said = f"{field}: is for numbers, such as {_NUMBERED[field]}"
    if len(numbers) != 1:
        note(f"{said}; nothing is {field}:{typed}.")
        return None
    note(f"{said}; {field}:{typed} was taken for {field}:{numbers[0]}.")
    return Term(numbers[0], field)


def make_words(typed: str, tokens: list[Token], field: str, note: Note) -> Node | None:
    """Make a plain word of its stem, and of several parts a phrase; halves are one word too."""
    terms = tuple(Term(token.stem, field) for token in tokens)
    if len(terms) < 2:
        if not terms:
            note(f"“{typed}” has no word to search for.")
        return terms[0] if terms else None
    joined = [part for part in tokens[0].parts if part in tokens[-1].parts and not terms[2:]]
    if joined:
        return Alternatives((Phrase(terms), *(Term(part, field) for part in joined)))
    return Phrase(terms)
