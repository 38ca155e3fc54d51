"""The vectors of a generation: every passage that is live is encoded, once and never again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.collection import Collection
from index.encoder import Encoder
from index.packed import unpack_passage
from index.segments import VECTORS, Segment
from index.vector_store import VectorStore, make_key, open_vector_store
from index.vectors import pack_vector, write_vectors
from index.whoosh_engine import open_collection
from ingest.records import HeldDocument, Passage

PASSAGES_AT_ONCE = 64
"""How many passages are encoded before they are kept, all that a killed build can lose."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Encoding:
    """What encodes passages; what is told how many are done, of how many, and of which file; and
    the file that keeps their vectors, where that is not the one of the library's folder."""

    encoder: Encoder
    progress: Progress
    store: Path | None = None


def add_vectors(
    folder: Path, documents: Mapping[str, HeldDocument], encoding: Encoding, store: Path
) -> None:
    """Give every segment of a generation that has none the vectors of its live passages.

    Those that the store has are not made again; those that are made it gets.
    """
    collection = open_collection(folder)
    encoder_id = encoding.encoder.id
    with open_vector_store(store) as vectors:
        wanting = [
            (segment, _find_keys(collection, segment, base, documents, encoder_id))
            for segment, base in zip(collection.segments, collection.bases)
            if segment.vectors is None or segment.vectors.encoder_id != encoder_id
        ]
        _encode_missing(wanting, documents, encoding, vectors)
        for segment, keys in wanting:
            found = vectors.find([*keys.values()])
            packed = [found[keys[at]] if at in keys else None for at in range(len(segment))]
            write_vectors(segment.vectors_path, packed, encoder_id)
    collection.close()


def remove_vectors(folder: Path) -> None:
    """Leave a generation without vectors."""
    for path in folder.glob(f"*{VECTORS}"):
        path.unlink()


def text_to_encode(held: HeldDocument, passage: Passage) -> str:
    """Give what stands for a passage: the title of its document, its headings and its text."""
    return "\n".join((held.description.title.value, *passage.trail, passage.text))


_Keys = dict[int, bytes]
"""The key of the vector of each live passage of a segment, by its number there."""


def _find_keys(
    collection: Collection,
    segment: Segment,
    base: int,
    documents: Mapping[str, HeldDocument],
    encoder_id: str,
) -> _Keys:
    live = collection.live[base:base + len(segment)]
    texts = _read_texts(segment, live.nonzero()[0].tolist(), documents)
    return {at: make_key(encoder_id, text) for at, _, text in texts}


def _read_texts(
    segment: Segment, numbers: list[int], documents: Mapping[str, HeldDocument]
) -> Iterator[tuple[int, HeldDocument, str]]:
    """Give the number, document and text to encode of some passages of a segment, in order."""
    held: HeldDocument | None = None
    for at in numbers:
        document_id = segment.document_ids[segment.documents[at]]
        if held is None or held.id != document_id:
            held = documents[document_id]
        yield at, held, text_to_encode(held, unpack_passage(segment.passages[at]))


def _encode_missing(
    wanting: list[tuple[Segment, _Keys]],
    documents: Mapping[str, HeldDocument],
    encoding: Encoding,
    vectors: VectorStore,
) -> None:
    missing = vectors.missing([key for _, keys in wanting for key in keys.values()])
    done, total = 0, len(missing)
    for segment, keys in wanting:
        first = {key: at for at, key in reversed(keys.items()) if key in missing}
        missing -= first.keys()
        numbers = sorted(first.values())
        for begin in range(0, len(numbers), PASSAGES_AT_ONCE):
            chunk = numbers[begin:begin + PASSAGES_AT_ONCE]
            read = [*_read_texts(segment, chunk, documents)]
            made = encoding.encoder.encode_passages([text for _, _, text in read])
            vectors.put({keys[at]: pack_vector(one) for (at, _, _), one in zip(read, made)})
            done += len(chunk)
            encoding.progress(done, total, read[-1][1].file)
