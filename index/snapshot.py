"""A snapshot: one generation of the index, opened, and what of it a query may look at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.arrays import Mask
from index.columns import Columns
from index.engines import Engine
from index.errors import NoIndex
from index.generations import index_folder
from index.manifest import Documents, read_encoder_id, read_manifest, read_version
from index.query import Audience, Query
from index.schema import SCHEMA_VERSION
from index.whoosh_engine import WhooshEngine


@dataclass(frozen=True)
class Snapshot:
    """One generation, opened for a reader: the engine and the columns of the documents that are
    for him and have passages, in the engine's order, and all documents that it holds by id.

    ``encoder_id`` names what its passages were encoded by; nothing where they were not.
    """

    generation: str
    engine: Engine
    documents: Documents
    columns: Columns
    encoder_id: str = ""


def open_snapshot(data: Path, generation: str, audience: Audience) -> Snapshot:
    """Open a generation in a data folder as if it held only what is for a reader.

    So what is not for him moves nothing of what he sees: no score, count, facet or suggestion.

    Raises:
        NoIndex: it is of another version.
    """
    folder = index_folder(data) / generation
    if read_version(folder) != SCHEMA_VERSION:
        raise NoIndex(f"The index in {data} is of another version; run: plansearch index")
    manifest = read_manifest(folder)
    engine = WhooshEngine(folder, manifest.documents.versions(audience))
    columns = Columns(manifest.columns, engine.document_ids)
    encoder_id = read_encoder_id(folder)
    return Snapshot(generation, engine, manifest.documents, columns, encoder_id)


def open_to(snapshot: Snapshot, query: Query) -> Mask:
    """Tell which documents the reader, filters and dates of a query leave."""
    return snapshot.columns.visible(query) & snapshot.columns.chosen(query)
