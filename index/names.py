"""Other names for what a query says: of the thesaurus, and short forms that documents define."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from index.analysis import STOP_WORDS, find_tokens, fold
from index.figures import other_spellings
from ingest.alignment import is_short_form
from ingest.ledger import Entry

MOST_MEANINGS = 3
"""Of a short form that stands for more things than these, those of most documents are taken."""

Key = tuple[str, ...]
"""The stems of a name without its common words, by which it is recognised in a query."""

_LIKE_A_WORD = re.compile(
    r"(?:[bcfgps]?[lr]|[cpstw]h|s[cklmnptw]|dr|tr|tw|qu|kn|[b-df-hj-np-tv-z])?"
    r"[aeiouy]{1,2}[b-df-hj-np-tv-z]{1,2}.*"
)
_SHORTEST_LIKE_A_WORD = 4
_STOP_STEMS = frozenset(token.stem for word in STOP_WORDS for token in find_tokens(word))


@dataclass(frozen=True)
class Name:
    """Another name, and how it is known; ``documents`` are the ids of those in which it means
    this, None where it does everywhere. It may mean this ``in_capitals`` alone (SEND)."""

    text: str
    reason: str
    documents: tuple[str, ...] | None = None
    in_capitals: bool = False


@dataclass(frozen=True)
class Thesaurus:
    """Groups of names for one thing, and short forms that are words as well; see thesaurus.toml."""

    groups: tuple[tuple[str, ...], ...]
    words_too: frozenset[str]


@lru_cache(maxsize=1)
def read_thesaurus() -> Thesaurus:
    """Read thesaurus.toml."""
    held = tomllib.loads((files("index") / "thesaurus.toml").read_text(encoding="utf-8"))
    return Thesaurus(tuple(map(tuple, held["groups"])), frozenset(held["words_too"]))


@dataclass(frozen=True)
class _Other:
    """A name in a group; ``keys`` are those of the long forms of the group, ``learnt`` says that
    the group is from the ledger."""

    text: str
    reason: str
    keys: frozenset[Key]
    learnt: bool


class Names:
    """What a reader's words are called otherwise, in the documents that he may know of.

    ``documents`` are the ids of those, and ``ledger`` what their short forms stand for.
    """

    def __init__(
        self, thesaurus: Thesaurus, ledger: Sequence[Entry], documents: Iterable[str]
    ) -> None:
        self._words_too = {*map(fold, thesaurus.words_too), *STOP_WORDS}
        self._documents = frozenset(documents)
        self._ledger = {fold(entry.short): entry for entry in ledger}
        self._by_form: dict[str, list[_Other]] = defaultdict(list)
        self._by_key: dict[Key, list[_Other]] = defaultdict(list)
        for group in thesaurus.groups:
            self._add(group, "from the thesaurus", learnt=False)
        for entry in ledger:
            for meaning in entry.meanings[:MOST_MEANINGS]:
                self._add((entry.short, meaning.long), "as documents define it", learnt=True)
        self.longest = max(map(len, self._by_key), default=1)

    def find(self, stems: Key, printed: Collection[str] = ()) -> tuple[Name, ...]:
        """Find the other names of words, given their stems and, of a single word, how it is
        typed: a short form that is a word as well is one in capitals alone."""
        spelled = (Name(text, "another way to write it") for text in other_spellings(stems))
        short = (name for typed in printed for name in self._of_short(typed))
        found: dict[str, Name] = {}
        long = map(self._name, self._by_key.get(_key(stems), ()))
        for name in (*short, *long, *spelled):
            known = found.get(fold(name.text))
            if known is None or name.documents is None:
                found[fold(name.text)] = name
        return tuple(found.values())

    def is_word_too(self, typed: str) -> bool:
        """Tell whether a word, typed in capitals, is a short form that is a word as well."""
        form = fold(typed)
        known = form in self._by_form and form in self._words_too
        return known and typed.isupper() and len(form) > 1

    def _of_short(self, typed: str) -> Iterator[Name]:
        token = next(find_tokens(typed))
        form = token.form
        if form in self._by_form:
            if form not in self._words_too or typed.isupper():
                yield from map(self._name, self._by_form[form])
        elif form.endswith("s") and form[:-1] in self._by_form:
            if form[:-1] not in self._words_too:
                if token.stem == form:
                    yield Name(form[:-1].upper(), "another way to write it")
                yield from map(self._name, self._by_form[form[:-1]])

    def _add(self, group: Sequence[str], reason: str, learnt: bool) -> None:
        own = {name: None if is_short(name) else key_of(name) for name in group}
        keys = frozenset(key for key in own.values() if key is not None)
        others = [_Other(name, reason, keys, learnt) for name in group]
        for name, key in own.items():
            found = [other for other in others if other.text != name]
            if key is None:
                self._by_form[fold(name)] += found
            else:
                self._by_key[key] += found

    def _name(self, other: _Other) -> Name:
        """Tell where a name holds, which is only done for those that a query asks for: it may be
        in most documents, and there may be thousands of names."""
        if not is_short(other.text):
            return Name(other.text, other.reason)
        where = self._where(other.text, other.keys, other.learnt)
        return Name(other.text, other.reason, where, fold(other.text) in self._words_too)

    def _where(self, short: str, keys: frozenset[Key], learnt: bool) -> tuple[str, ...] | None:
        """In which documents a short form has a meaning: those that define it so, and those that
        do not define it at all, unless more documents define it otherwise or it was learnt and
        is like a word (AUDIT)."""
        entry = self._ledger.get(fold(short))
        meanings = entry.meanings if entry else ()
        own = [meaning for meaning in meanings if key_of(meaning.long) in keys]
        others = [meaning for meaning in meanings if meaning not in own]
        defining = {document for meaning in own for document in meaning.documents}
        if learnt and is_like_a_word(short):
            return tuple(sorted(defining))
        if not others:
            return None
        otherwise = {document for meaning in others for document in meaning.documents}
        most = max(len(meaning.documents) for meaning in others)
        if own and max(len(meaning.documents) for meaning in own) <= most:
            return tuple(sorted(defining))
        return tuple(sorted(self._documents - otherwise | defining))


def is_short(name: str) -> bool:
    """Tell whether a name is a short form: a single word, mostly of capitals."""
    return is_short_form(name) and len([*find_tokens(name)]) == 1


def is_like_a_word(short: str) -> bool:
    """Tell whether a short form can be said as a word, and may be one: AUDIT, and not LWAB."""
    like = _LIKE_A_WORD.fullmatch(short.lower()) is not None
    return like and short.isalpha() and len(short) >= _SHORTEST_LIKE_A_WORD


def key_of(name: str) -> Key:
    """Give the key of a name as written."""
    return _key(tuple(token.stem for token in find_tokens(name)))


def _key(stems: Key) -> Key:
    telling = tuple(stem for stem in stems if stem not in _STOP_STEMS)
    return telling if len(telling) > 1 else stems
