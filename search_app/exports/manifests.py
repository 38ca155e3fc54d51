"""Manifests: what is to be known of an export so that it can be made again, and checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from index.errors import SearchError
from index.query import Audience
from index.results import Hit
from index.schema import SCHEMA_VERSION
from index.search import Searcher
from ingest.library_schema import LIBRARY_VERSION
from search_app.exports.formats import FORMATS
from search_app.exports.orders import Order, is_time
from search_app.exports.rows import Export
from search_app.exports.understood import say_tree

MANIFEST_VERSION = 1

_DIGEST_CHARACTERS = 16


class BadManifest(SearchError):
    """A file is no manifest of an export."""


@dataclass
class Tally:
    """What an export wrote: how much, its digest, and which passages of which documents."""

    rows: int = 0
    size_bytes: int = 0
    digest: Any = field(default_factory=hashlib.sha256)
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add_hit(self, hit: Hit) -> None:
        """Take down a passage."""
        self.rows += 1
        held = hit.document
        known = self.documents.setdefault(
            held.id, {"version": held.version, "sha256": held.sha256, "passages": []}
        )
        known["passages"].append(digest_excerpt(hit.passage.text))

    def add_piece(self, piece: bytes) -> None:
        """Take down a piece of the file."""
        self.size_bytes += len(piece)
        self.digest.update(piece)


def digest_excerpt(text: str) -> str:
    """Give what tells one excerpt from others."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_CHARACTERS]


def write_export(export: Export, tally: Tally | None = None) -> Iterator[bytes]:
    """Give the file of an export piece by piece, and take down what is written."""
    write = FORMATS[export.order.form].write
    if tally is None:
        yield from write(export)
        return
    for piece in write(replace(export, hits=_take_down(export.hits, tally))):
        tally.add_piece(piece)
        yield piece


def _take_down(hits: Iterator[Hit], tally: Tally) -> Iterator[Hit]:
    for hit in hits:
        tally.add_hit(hit)
        yield hit


def write_manifest(export: Export, searched: str) -> Iterator[str]:
    """Give the manifest of an export, which is made for it: first what is known before."""
    tally = Tally()
    yield json.dumps(_say_order(export, searched), ensure_ascii=False, indent=1)[:-2]
    for _ in write_export(export, tally):
        pass
    yield ",\n" + json.dumps(_say_tally(tally), ensure_ascii=False, indent=1)[2:] + "\n"


def make_manifest(export: Export, searched: str, tally: Tally) -> str:
    """Give the manifest of an export that was written, as JSON."""
    said = _say_order(export, searched) | _say_tally(tally)
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def digest_searched(searcher: Searcher, audience: Audience) -> str:
    """Give what changes with anything that a reader searches.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    documents = searcher.snapshot(audience).documents
    stamps, versions = documents.stamps(), documents.versions(audience)
    said = json.dumps([[each, versions[each], stamps[each]] for each in versions])
    return hashlib.sha256(said.encode()).hexdigest()


def _say_order(export: Export, searched: str) -> dict[str, Any]:
    order = export.order
    return {
        "manifest_version": MANIFEST_VERSION,
        "program_version": version("plansearch"),
        "library_version": LIBRARY_VERSION,
        "schema_version": SCHEMA_VERSION,
        "generation": export.generation,
        "searched": searched,
        "args": list(order.args),
        "audience": order.audience,
        "format": order.form,
        "context_words": order.context_words,
        "bom": order.bom,
        "chosen": list(order.chosen),
        "address": order.address,
        "time": order.time,
        "order_notes": list(order.notes),
        "understood": say_tree(export.query.tree),
        "notes": list(export.notes),
        "coverage": export.coverage.sentence,
        "matching": export.matching,
        "total": export.total,
    }


def _say_tally(tally: Tally) -> dict[str, Any]:
    return {
        "documents": tally.documents,
        "rows": tally.rows,
        "bytes": tally.size_bytes,
        "sha256": tally.digest.hexdigest(),
    }


@dataclass(frozen=True)
class Manifest:
    """A manifest as it was read: the order, and what came of it then.

    ``documents`` are those of the rows, by id: each with its version and digests of its passages.
    """

    order: Order
    generation: str
    searched: str
    program_version: str
    coverage: str
    rows: int
    sha256: str
    documents: Mapping[str, tuple[int, tuple[str, ...]]]


def read_manifest(path: Path) -> Manifest:
    """Read a manifest.

    Raises:
        BadManifest: it is none, or of another version.
    """
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said["manifest_version"] != MANIFEST_VERSION:
            raise BadManifest(f"{path} is a manifest of another version of plansearch.")
        return _unpack(said)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadManifest(f"{path} is no manifest of an export.") from error


def _unpack(said: Mapping[str, Any]) -> Manifest:
    known = said["format"] in FORMATS and said["audience"] in ("public", "staff")
    if not known or not is_time(said["time"]):
        raise ValueError("a format or an audience that is not known, or no time")
    order = Order(
        args=tuple((str(name), str(value)) for name, value in said["args"]),
        audience=said["audience"],
        form=said["format"],
        context_words=int(said["context_words"]),
        bom=bool(said["bom"]),
        chosen=_texts(said["chosen"]),
        address=str(said["address"]),
        time=str(said["time"]),
        notes=_texts(said["order_notes"]),
    )
    documents = {
        str(name): (int(each["version"]), _texts(each["passages"]))
        for name, each in said["documents"].items()
    }
    return Manifest(
        order, str(said["generation"]), str(said["searched"]), str(said["program_version"]),
        str(said["coverage"]), int(said["rows"]), str(said["sha256"]), documents,
    )  # fmt: skip


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(map(str, values))
