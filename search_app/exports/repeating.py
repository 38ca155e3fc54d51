"""Making an export again from its manifest, and saying what is not as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.search import Searcher
from ingest.library import now
from search_app.exports.manifests import Manifest, Tally, digest_searched
from search_app.exports.rows import Export, open_export
from search_app.wording import count


@dataclass(frozen=True)
class Changes:
    """What an export has that it had not when its manifest was made, and the other way round.

    ``added`` and ``withdrawn`` are documents by id, with their passages; ``changed`` has of each
    document how many passages came and went; ``versions`` are then and now, where they differ.
    """

    added: dict[str, int]
    changed: dict[str, tuple[int, int]]
    withdrawn: dict[str, int]
    versions: dict[str, tuple[int, int]]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.withdrawn or self.versions)


def order_again(searcher: Searcher, manifest: Manifest) -> Export:
    """Find again what a manifest is of; told with its time where what is searched is the same.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    order = manifest.order
    if not is_same(searcher, manifest):
        order = replace(order, time=now())
    return open_export(searcher, order)


def is_same(searcher: Searcher, manifest: Manifest) -> bool:
    """Tell whether the generation that a manifest is of is searched now."""
    audience = manifest.order.audience
    now_searched = digest_searched(searcher, audience)
    generation = searcher.snapshot(audience).generation
    return (generation, now_searched) == (manifest.generation, manifest.searched)


def find_changes(searcher: Searcher, manifest: Manifest, tally: Tally) -> Changes:
    """Compare what was written now with what was written then."""
    then, searched = manifest.documents, searcher.snapshot(manifest.order.audience).documents
    standing = searched.versions(manifest.order.audience)
    had = {name: Counter(passages) for name, (_, passages) in then.items()}
    has = {name: Counter(each["passages"]) for name, each in tally.documents.items()}
    both = [name for name in had if name in standing]
    came_and_went = {
        name: ((has.get(name, Counter()) - had[name]).total(),
               (had[name] - has.get(name, Counter())).total())
        for name in both
    }  # fmt: skip
    versions = {name: (then[name][0], standing[name]) for name in both}
    return Changes(
        added={name: has[name].total() for name in has if name not in had},
        changed={name: each for name, each in came_and_went.items() if any(each)},
        withdrawn={name: had[name].total() for name in had if name not in standing},
        versions={name: each for name, each in versions.items() if each[0] != each[1]},
    )


def say_outcome(searcher: Searcher, manifest: Manifest, export: Export, tally: Tally) -> Outcome:
    """Say whether an export is byte for byte what it was, and if not, what is not as it was."""
    if tally.digest.hexdigest() == manifest.sha256:
        rows = count(tally.rows, "row")
        return Outcome(True, (f"Reproduced byte for byte: {rows}, SHA-256 {manifest.sha256}.",))
    return Outcome(False, tuple(_say_differences(searcher, manifest, export, tally)))


@dataclass(frozen=True)
class Outcome:
    """What came of making an export again, in lines for a person."""

    same: bool
    lines: tuple[str, ...]


def _say_differences(
    searcher: Searcher, manifest: Manifest, export: Export, tally: Tally
) -> Iterator[str]:
    if is_same(searcher, manifest):
        yield "It is not byte for byte what it was, though the same generation was searched."
        if export.coverage.sentence != manifest.coverage:
            yield f"What is said of coverage has changed. It was: {manifest.coverage}"
        else:
            yield f"It was made by plansearch {manifest.program_version}, maybe on another machine."
    else:
        yield f"Generation {export.generation} is searched now; the manifest is of" \
            f" {manifest.generation}. There were {count(manifest.rows, 'row')}, there are" \
            f" {tally.rows:,}."
    changes = find_changes(searcher, manifest, tally)
    yield from _say_changes(changes)
    if not changes:
        yield "The same passages of the same versions match."


def _say_changes(changes: Changes) -> Iterator[str]:
    for name, passages in changes.added.items():
        yield f"Added: {name}: {count(passages, 'passage')}."
    for name in dict.fromkeys([*changes.versions, *changes.changed]):
        came, went = changes.changed.get(name, (0, 0))
        before, now_standing = changes.versions.get(name, (0, 0))
        version = f" version {before} is now {now_standing};" if before else ""
        yield f"Changed: {name}:{version} {count(came, 'passage')} came, {went:,} went."
    for name, passages in changes.withdrawn.items():
        yield f"Withdrawn: {name}: {count(passages, 'passage')}, no longer searched."
