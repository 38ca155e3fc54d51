"""The manifest of a generation: the documents as they were when it was built, read as needed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Arrays, Mask, open_arrays, pack_words, unpack_words, write_arrays
from index.column_changes import change_columns
from index.columns import make_columns
from index.packed import PackedReader, PackedWriter
from index.query import Audience
from index.schema import SCHEMA_VERSION
from ingest.quality import find_wanting_pages
from ingest.library_schema import quality_from_json
from ingest.records import Description, Fact, HeldDocument, Origin

_VERSION, _DOCUMENTS, _COLUMNS = "generation.json", "documents.packed", "documents.arrays"

MANIFEST = (_VERSION, _DOCUMENTS, _COLUMNS)
"""The files of a manifest; the first is written last."""


class Documents(Mapping[str, HeldDocument]):
    """Documents by id, in the order of their ids; each is unpacked when it is asked for."""

    def __init__(self, arrays: Arrays, packed: PackedReader) -> None:
        self._numbers = {each: number for number, each in enumerate(unpack_words(arrays["ids"]))}
        self._arrays = arrays
        self._packed = packed

    def __getitem__(self, document_id: str) -> HeldDocument:
        return _unpack(self.packed(document_id))

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._numbers

    def packed(self, document_id: str) -> bytes:
        """Give a document packed, as write_manifest wrote it."""
        return self._packed[self._numbers[document_id]]

    def stamps(self) -> dict[str, str]:
        """Give the stamp that each had (ingest.shelf.Shelf.stamps)."""
        return dict(zip(self._numbers, unpack_words(self._arrays["stamps"]), strict=True))

    def versions(self, audience: Audience) -> dict[str, int]:
        """Give the version of each document that is for a reader, by id."""
        versions = zip(self._numbers, self._arrays["versions"].tolist(), strict=True)
        return dict(compress(versions, self._for(audience).tolist()))

    def in_doubt(self, audience: Audience) -> tuple[HeldDocument, ...]:
        """Give those for a reader that have pages which were not read, or not read well."""
        chosen = self._arrays["in_doubt"] & self._for(audience)
        return tuple(self[each] for each in compress(self._numbers, chosen.tolist()))

    def _for(self, audience: Audience) -> Mask:
        public: Mask = self._arrays["public"]
        return public | (audience == "staff")


@dataclass(frozen=True)
class Manifest:
    """What a generation holds; ``columns`` are the arrays of index.columns.make_columns."""

    documents: Documents
    columns: Arrays


def write_manifest(
    folder: Path,
    stamps: Mapping[str, str],
    changed: Sequence[HeldDocument],
    before: Manifest | None,
    encoder_id: str = "",
) -> None:
    """Write down what a generation holds, given the stamps of its documents by id.

    Those that did not change are as the generation before has them. None is unpacked.
    ``encoder_id`` names what its passages were encoded by; nothing where they were not.
    """
    columns = _make_arrays(changed)
    if before is not None:
        columns = change_columns(before.columns, columns, [*stamps])
    packed = {held.id: _pack(held) for held in changed}
    writer = PackedWriter(folder / _DOCUMENTS)
    for each in stamps:
        writer.add(packed.get(each) or _copy(before, each))
    arrays = {**columns, "stamps": pack_words([*stamps.values()]), "starts": writer.close()}
    write_arrays(folder / _COLUMNS, arrays)
    made = {"schema_version": SCHEMA_VERSION, "encoder": encoder_id}
    (folder / _VERSION).write_text(json.dumps(made))


def _copy(before: Manifest | None, document_id: str) -> bytes:
    assert before is not None, "a fresh generation is made of what changed alone"
    return before.documents.packed(document_id)


def _make_arrays(documents: Sequence[HeldDocument]) -> dict[str, NDArray[Any]]:
    doubts = (held.unread_pages or find_wanting_pages(held) for held in documents)
    return make_columns(documents) | {
        "versions": np.array([held.version for held in documents], np.int32),
        "in_doubt": np.array([*map(bool, doubts)], np.bool_),
    }


def read_version(folder: Path) -> int:
    """Give the version of the schema that a generation was built by.

    Raises:
        FileNotFoundError: it is not complete.
    """
    return int(json.loads((folder / _VERSION).read_text())["schema_version"])


def read_encoder_id(folder: Path) -> str:
    """Name what the passages of a complete generation were encoded by; nothing where none was."""
    return str(json.loads((folder / _VERSION).read_text()).get("encoder", ""))


def read_manifest(folder: Path) -> Manifest:
    """Read what a generation of this version of the schema holds.

    Raises:
        FileNotFoundError: it is not complete.
    """
    arrays = open_arrays(folder / _COLUMNS)
    packed = PackedReader(folder / _DOCUMENTS, arrays["starts"])
    return Manifest(Documents(arrays, packed), arrays)


def _pack(held: HeldDocument) -> bytes:
    return json.dumps(held, default=vars, separators=(",", ":")).encode()


def _unpack(packed: bytes) -> HeldDocument:
    fields = json.loads(packed)
    described = {name: _unpack_facts(each) for name, each in fields["description"].items()}
    fields["description"] = Description(**described)
    for name in ("older", "newer"):
        fields[name] = tuple(fields[name])
    fields |= quality_from_json(fields)
    return HeldDocument(**fields)


def _unpack_facts(packed: Any) -> Any:
    """One fact or, of a list, several."""
    if isinstance(packed, list):
        return tuple(map(_unpack_facts, packed))
    return _make_fact(packed["value"], packed["origin"], packed["evidence"])


@lru_cache(maxsize=4096)
def _make_fact(value: str, origin: Origin, evidence: str) -> Fact:
    """Make a fact, once where many documents have the same."""
    return Fact(value, origin, evidence)
