"""The ledger of acronyms: what each short form stands for, in which documents, and which clash."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.alignment import long_form_key


@dataclass(frozen=True)
class Meaning:
    """What a short form stands for: the long form as most documents write it, and their ids."""

    long: str
    documents: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """A short form and its meanings, that of most documents first."""

    short: str
    meanings: tuple[Meaning, ...]

    @property
    def clashes(self) -> bool:
        """Whether it stands for more than one thing, so that it depends on the document."""
        return len(self.meanings) > 1


def make_ledger(defined: Iterable[tuple[str, str, str]]) -> tuple[Entry, ...]:
    """Make the ledger, sorted by short form, of (document id, short form, long form).

    Long forms that differ in capitals, hyphens, plurals or small words are one, and so are those
    of which one goes on where the other ends ("… NHS Foundation Trust").
    """
    longs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for document_id, short, long in defined:
        longs[short].append((long, document_id))
    order = sorted(longs, key=lambda short: (short.casefold(), short))
    return tuple(Entry(short, _meanings(longs[short])) for short in order)


def _meanings(pairs: list[tuple[str, str]]) -> tuple[Meaning, ...]:
    """The meanings of one short form, of pairs of long form and document id."""
    groups: dict[str, list[tuple[str, str]]] = {}
    keys = {long: long_form_key(long) for long in {long for long, _ in pairs}}
    for long, document_id in sorted(pairs, key=lambda pair: len(keys[pair[0]])):
        key = keys[long]
        same = next((known for known in groups if key.startswith(known)), key)
        groups.setdefault(same, []).append((long, document_id))
    meanings = (_meaning(group) for group in groups.values())
    return tuple(sorted(meanings, key=lambda each: (-len(each.documents), each.long)))


def _meaning(group: list[tuple[str, str]]) -> Meaning:
    counts = Counter(long for long, _ in group)
    long = min(counts, key=lambda each: (-counts[each], each))
    return Meaning(long, tuple(sorted({document_id for _, document_id in group})))
