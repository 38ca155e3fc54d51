"""Wordings: the passages in which some words may stand as they are, or nearly so.

Those that are searched are found by the engine, as phrases. Versions that are kept but not searched
(older ones, and those of withdrawn documents) have no index: the runs of three words of their
passages are held in memory, from the first time that they are asked for until they change.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress

import numpy as np

from index.analysis import find_tokens
from index.arrays import Ints, Numbers
from index.facets import is_for
from index.fingerprints import SHINGLE_WORDS, Hashes, hash_forms, make_shingles
from index.query import Audience, Or, Phrase, Term
from index.search import Searcher
from index.snapshot import Snapshot
from ingest.library import Library
from ingest.records import HeldDocument
from ingest.shelf import Shelf
from ingest.versions import list_set_aside

RUN_WORDS = 12
"""Of so many words at most are the runs by which a passage is found that has a part of them."""

SURE_WORDS = 8
"""From so many words on, a wording that runs over the border of two passages is surely found."""

MOST_LIKE = 16
"""How many passages at most are looked at that have the words only nearly, the best of them."""


@dataclass(frozen=True)
class Standing:
    """A passage where words may stand: its version of a document, and its number from 1."""

    held: HeldDocument
    number: int


@dataclass(frozen=True)
class _Aside:
    """Passages that are not searched: their versions and numbers, and their runs of words."""

    versions: tuple[HeldDocument, ...]
    documents: Ints
    numbers: Ints
    shingles: Hashes
    owners: Ints


class Wordings:
    """The wordings of a library; safe to share between threads."""

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher
        self._key: tuple[tuple[str, int, str], ...] = ()
        self._aside: _Aside | None = None
        self._lock = threading.Lock()

    def open(self, audience: Audience) -> OpenWordings:
        """Give those that a reader may know of, as they are now.

        Raises:
            NoIndex: nothing has been indexed yet.
        """
        library, snapshot = self.searcher.library, self.searcher.snapshot(audience)
        shelf, versions = library.shelf(), list_set_aside(library)
        aside = self._read(versions)
        open_to = tuple(_is_open(snapshot, shelf, held, audience) for held in versions)
        return OpenWordings(snapshot, aside, open_to)

    def _read(self, versions: tuple[HeldDocument, ...]) -> _Aside:
        key = tuple((held.id, held.version, held.read_at) for held in versions)
        with self._lock:
            if self._aside is None or self._key != key:
                self._key, self._aside = key, _read_aside(self.searcher.library, versions)
            return replace(self._aside, versions=versions)


@dataclass(frozen=True)
class OpenWordings:
    """The wordings that a reader may know of: what is searched, and of what is not, which."""

    snapshot: Snapshot
    _aside: _Aside
    _open_to: tuple[bool, ...]

    @property
    def aside(self) -> tuple[HeldDocument, ...]:
        """The versions that are kept and not searched."""
        return tuple(compress(self._aside.versions, self._open_to))

    def find_same(self, forms: Sequence[str]) -> list[Standing]:
        """Find all passages in which these words, folded, may stand one after another, whole or
        in part.

        One may be missing only of fewer than SURE_WORDS words, where they run over the border of
        two passages.
        """
        if not forms:
            return []
        tree = Or(tuple(map(_make_phrase, _cut_runs(forms))))
        searched = self.snapshot.engine.match(tree).places
        counts, wanted = self._count_aside(forms)
        found = np.flatnonzero(counts >= max(1, wanted // 3))
        return [*self._stand(searched), *self._stand_aside(found)]

    def find_like(self, forms: Sequence[str]) -> list[Standing]:
        """Find the passages that have most of these words in the same order, the best first."""
        if len(forms) < 2:
            return []
        size = SHINGLE_WORDS if len(forms) >= SURE_WORDS else 2
        windows = {tuple(forms[at:at + size]) for at in range(len(forms) - size + 1)}
        tree = Or(tuple(map(_make_phrase, sorted(windows))))
        best, _ = self.snapshot.engine.match(tree).best(MOST_LIKE, self.snapshot.columns.ranks)
        counts, _ = self._count_aside(forms)
        found = np.flatnonzero(counts)
        found = found[np.argsort(-counts[found], kind="stable")][:MOST_LIKE]
        return [*self._stand(best), *self._stand_aside(found)]

    def _count_aside(self, forms: Sequence[str]) -> tuple[Numbers, int]:
        """Count how many of the runs of three words each passage has that is not searched (none
        of those that are not for the reader), and how many there are."""
        own = hash_forms(forms)
        shingles, _ = make_shingles(own, np.array([len(own)], np.int32))
        wanted = np.unique(shingles)
        having = self._aside.owners[np.isin(self._aside.shingles, wanted)]
        counts = np.bincount(having, minlength=len(self._aside.numbers))
        return counts * np.array(self._open_to, np.bool_)[self._aside.documents], len(wanted)

    def _stand(self, places: Ints) -> Iterator[Standing]:
        engine = self.snapshot.engine
        for place in places.tolist():
            document_id = engine.document_ids[engine.documents[place]]
            yield Standing(self.snapshot.documents[document_id], int(engine.numbers[place]))

    def _stand_aside(self, places: Numbers) -> Iterator[Standing]:
        for place in places.tolist():
            held = self._aside.versions[self._aside.documents[place]]
            yield Standing(held, int(self._aside.numbers[place]))


def _is_open(
    snapshot: Snapshot, shelf: Shelf, held: HeldDocument, audience: Audience
) -> bool:
    """Tell whether a version is not searched, and for a reader: as it was described, and as its
    document now is."""
    searched = snapshot.documents.get(held.id)
    if searched is not None and searched.version == held.version:
        return False
    return is_for(held, audience) and is_for(searched or shelf[held.id], audience)


def _cut_runs(forms: Sequence[str]) -> list[Sequence[str]]:
    """Cut words into runs of which at least one is whole in a passage, wherever they begin."""
    if len(forms) < SURE_WORDS:
        return [forms]
    count = max(2, -(-len(forms) // RUN_WORDS))
    cuts = [len(forms) * at // count for at in range(count + 1)]
    return [forms[start:end] for start, end in zip(cuts, cuts[1:])]


def _make_phrase(forms: Sequence[str]) -> Phrase | Term:
    terms = tuple(Term(form, exact=True) for form in forms)
    return Phrase(terms) if len(terms) > 1 else terms[0]


def _read_aside(library: Library, versions: tuple[HeldDocument, ...]) -> _Aside:
    documents, numbers, lengths, forms = [], [], [], []
    for at, held in enumerate(versions):
        for passage in library.passages(held):
            own = [token.form for token in find_tokens(passage.text)]
            documents.append(at)
            numbers.append(passage.number)
            lengths.append(len(own))
            forms += own
    shingles, owners = make_shingles(hash_forms(forms), np.array(lengths, np.int32))
    of, numbered = np.array(documents, np.int32), np.array(numbers, np.int32)
    return _Aside(versions, of, numbered, shingles, owners)
