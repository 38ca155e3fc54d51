"""The manifest of a generation: the documents as they were when it was built, read as needed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.arrays import Arrays, open_arrays, unpack_words, write_arrays
from index.columns import make_columns
from index.packed import PackedReader, PackedWriter
from index.schema import SCHEMA_VERSION
from ingest.library_schema import quality_from_json
from ingest.records import Description, Fact, HeldDocument, Origin

_VERSION, _DOCUMENTS, _COLUMNS = "generation.json", "documents.packed", "documents.arrays"

MANIFEST = (_VERSION, _DOCUMENTS, _COLUMNS)
"""The files of a manifest; the first is written last."""


class Documents(Mapping[str, HeldDocument]):
    """Documents by id, in the order of their ids; each is unpacked when it is asked for."""

    def __init__(self, document_ids: Sequence[str], packed: PackedReader) -> None:
        self._numbers = {each: number for number, each in enumerate(document_ids)}
        self._packed = packed

    def __getitem__(self, document_id: str) -> HeldDocument:
        return _unpack(self._packed[self._numbers[document_id]])

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._numbers

    def has(self, held: HeldDocument) -> bool:
        """Tell whether a document is among these, just as it is."""
        number = self._numbers.get(held.id)
        return number is not None and self._packed[number] == _pack(held)


@dataclass(frozen=True)
class Manifest:
    """What a generation holds; ``columns`` are the arrays of index.columns.make_columns."""

    documents: Documents
    columns: Arrays


def write_manifest(folder: Path, documents: Sequence[HeldDocument]) -> None:
    """Write down what a generation holds, given its documents by id."""
    writer = PackedWriter(folder / _DOCUMENTS)
    for held in documents:
        writer.add(_pack(held))
    arrays = {"starts": writer.close(), **make_columns(documents)}
    write_arrays(folder / _COLUMNS, arrays)
    (folder / _VERSION).write_text(json.dumps({"schema_version": SCHEMA_VERSION}))


def read_version(folder: Path) -> int:
    """Give the version of the schema that a generation was built by.

    Raises:
        FileNotFoundError: it is not complete.
    """
    return int(json.loads((folder / _VERSION).read_text())["schema_version"])


def read_manifest(folder: Path) -> Manifest:
    """Read what a generation of this version of the schema holds.

    Raises:
        FileNotFoundError: it is not complete.
    """
    arrays = open_arrays(folder / _COLUMNS)
    packed = PackedReader(folder / _DOCUMENTS, arrays["starts"])
    return Manifest(Documents(unpack_words(arrays["ids"]), packed), arrays)


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
