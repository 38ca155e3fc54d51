"""Silence: which organisations' documents do not mention a topic, and in what way they do not.

Not said, not read and not held are three things: all that is held was read and searched; something
of it could not be read, or is in doubt; nothing of it is held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.found import Found
from index.groups import make_hit
from index.parts import By, Part, find_parts, leave_documents, part_of
from index.query import Query
from index.results import Coverage, Hit
from index.schema import NOT_STATED
from index.search import Searcher
from index.settling import ANY_WORD_NOTE
from index.snapshot import Snapshot, open_to
from ingest.quality import find_wanting_pages
from ingest.records import HeldDocument
from search_app.answering.quotations import Quotation
from search_app.answering.questions import understand
from search_app.answering.unheld import find_unheld
from search_app.answering.units import find_units
from search_app.marking import clip
from search_app.wording import count, list_pages

Mention = Literal["said", "only superseded", "not said", "not read", "not held"]
MENTIONS: tuple[Mention, ...] = ("said", "only superseded", "not said", "not read", "not held")

NO_WORDS = "Nothing was asked for: type the words of a topic."
NOT_TOGETHER_NOTE = "No passage has all of these words; it is not said where only some of them are."


@dataclass(frozen=True)
class Saying:
    """A document that mentions a topic: in how many passages, and the best of them, quoted."""

    document: HeldDocument
    passages: int
    quotation: Quotation
    matches: tuple[tuple[int, int], ...]

    @property
    def superseded(self) -> bool:
        """Whether another document has taken its place."""
        return self.document.description.status.value == "superseded"


@dataclass(frozen=True)
class Voice:
    """Whether one part of the library mentions a topic.

    ``sayings`` are the documents that do, current ones first and newest first; ``silent`` those
    that were searched and do not. ``reason`` says in a sentence what is to be said of the mention.
    """

    name: str
    part: Part
    mention: Mention
    reason: str = ""
    sayings: tuple[Saying, ...] = ()
    silent: tuple[HeldDocument, ...] = ()

    @property
    def passages(self) -> int:
        """How many passages mention it."""
        return sum(saying.passages for saying in self.sayings)


@dataclass(frozen=True)
class Silence:
    """Who mentions a topic and who does not, every part once, in the order of their names.

    ``missing`` says which files a catalogue names that are not there, so far as the reader may know
    of them; ``reason`` why nobody was asked, if so.
    """

    query: Query
    by: By
    voices: tuple[Voice, ...]
    missing: tuple[str, ...]
    reason: str
    notes: tuple[str, ...]
    coverage: Coverage
    generation: str

    def of(self, mention: Mention) -> tuple[Voice, ...]:
        """Give the parts with a mention, or with none of a kind."""
        return tuple(voice for voice in self.voices if voice.mention == mention)


def report_silence(searcher: Searcher, query: Query, by: By) -> Silence:
    """Tell which parts of what the filters and dates of a query leave do not mention its words.

    A passage mentions them if it has all of them, or their other names.

    Raises:
        NoIndex: nothing has been indexed yet.
    """
    snapshot, coverage = searcher.snapshot(query.audience), searcher.coverage(query.audience)
    asked = searcher.all_hits(query).query
    voices: list[Voice] = []
    if query.has_words:
        parts = find_parts(snapshot, coverage, query, by)
        voices += _tell_all(snapshot, asked, parts, by)
        voices += _find_withdrawn(coverage, query, by, {part.value for part in parts})
        understood = understand(query.typed, searcher.known(query.audience).library_names)
        unheld = find_unheld(understood, query, by, [voice.part for voice in voices])
        voices += (Voice(each.name, each.part, "not held", each.reason) for each in unheld)
    return Silence(
        query=asked,
        by=by,
        voices=tuple(sorted(voices, key=_order(by))),
        missing=_find_missing(searcher, query) if query.has_words else (),
        reason="" if query.has_words else NO_WORDS,
        notes=tuple(_find_notes(asked)),
        coverage=coverage,
        generation=snapshot.generation,
    )


def _find_notes(asked: Query) -> Iterator[str]:
    for note in asked.notes:
        yield NOT_TOGETHER_NOTE if note == ANY_WORD_NOTE else note
    yield from (each.sentence for each in asked.expansions if each.passages)


def _tell_all(
    snapshot: Snapshot, asked: Query, parts: Sequence[Part], by: By
) -> Iterator[Voice]:
    """Tell of each part whether it mentions the topic; some of its words are not enough."""
    sayings = {} if ANY_WORD_NOTE in asked.notes else _find_sayings(snapshot, asked)
    held: defaultdict[str, list[HeldDocument]] = defaultdict(list)
    for each in leave_documents([*_searched(snapshot, asked)], asked):
        held[part_of(each, by)].append(each)
    for part in parts:
        yield _tell(_name(snapshot, part, by), part, held[part.value], sayings)


def _searched(snapshot: Snapshot, query: Query) -> Iterator[HeldDocument]:
    return (snapshot.documents[each] for each in snapshot.documents.versions(query.audience))


def _find_sayings(snapshot: Snapshot, query: Query) -> dict[str, Saying]:
    """Find the documents that mention a topic, by id."""
    found = Found(snapshot.engine, snapshot.columns, query.tree)
    counts = found.count_by_document(open_to(snapshot, query))
    sayings = {}
    for number in (at for at, passages in enumerate(counts.tolist()) if passages):
        ((place, score),) = found.best_of_document(number, 1)
        hit = make_hit(snapshot, query, place, score)
        quotation = _quote(hit)
        matches = clip(hit.matches, quotation.start, quotation.end)
        saying = Saying(hit.document, int(counts[number]), quotation, matches)
        sayings[hit.document.id] = saying
    return sayings


def _quote(hit: Hit) -> Quotation:
    """Quote the sentence with most matches, the first of them, and a heading only for want of any.
    """
    text = hit.passage.text

    def rank(unit: tuple[int, int]) -> tuple[bool, int]:
        matches = sum(unit[0] <= start < unit[1] for start, _ in hit.matches)
        return bool(matches) and text[slice(*unit)] not in hit.passage.trail, matches

    start, end = max(find_units(hit.passage), key=rank)
    return Quotation(text[start:end], hit, start, end)


def _tell(
    name: str, part: Part, held: Sequence[HeldDocument], sayings: dict[str, Saying]
) -> Voice:
    """Tell whether a part mentions the topic, and if not, in what way."""
    own = [sayings[each.id] for each in held if each.id in sayings]
    own.sort(key=lambda saying: saying.document.description.published.value, reverse=True)
    own.sort(key=lambda saying: saying.superseded)
    silent = tuple(each for each in held if each.id not in sayings)
    voice = Voice(name, part, "said", sayings=tuple(own), silent=silent)
    doubt = _find_doubt(part)
    if own and all(saying.superseded for saying in own):
        only = "It is mentioned in what was superseded alone"
        said = f"{only}, in no current document. {doubt}" if _has_current(silent) else f"{only}."
        return replace(voice, mention="only superseded", reason=said.strip())
    if own:
        return replace(voice, reason=doubt)
    if doubt:
        read = "Nothing was found in what was read. " if part.documents else ""
        return replace(voice, mention="not read", reason=f"{read}{doubt}")
    were = "document was" if part.documents == 1 else "documents were"
    said = f"{part.documents} {were} read to the end and searched; none mentions it."
    return replace(voice, mention="not said", reason=said)


def _has_current(documents: Sequence[HeldDocument]) -> bool:
    return any(each.description.status.value != "superseded" for each in documents)


def _find_doubt(part: Part) -> str:
    """Say what of a part was not read, or not surely; nothing where all was."""
    unread = [*(each.file for each in part.unread), *(
        f"the newest version of {each.file}" for each in part.outdated
    ), *(_name_pages(each, each.unread_pages) for each in part.partly)]  # fmt: skip
    wanting = [_name_pages(each, find_wanting_pages(each)) for each in part.wanting]
    said = f"Not read: {'; '.join(unread)}." if unread else ""
    doubted = f"Words may be missing or wrong: {'; '.join(wanting)}." if wanting else ""
    return " ".join(filter(None, (said, doubted)))


def _name_pages(held: HeldDocument, pages: tuple[int, ...]) -> str:
    title = held.description.title.value or held.file
    if not held.paged or not pages:
        return title
    return f"{'page' if len(pages) == 1 else 'pages'} {list_pages(pages)} of {title}"


def _find_withdrawn(
    coverage: Coverage, query: Query, by: By, known: set[str]
) -> Iterator[Voice]:
    """Give the parts of which only what was withdrawn is held."""
    withdrawn: defaultdict[str, list[HeldDocument]] = defaultdict(list)
    for held in leave_documents(coverage.withdrawn, query):
        withdrawn[part_of(held, by)].append(held)
    for value in sorted(withdrawn.keys() - known):
        titles = "; ".join(each.description.title.value or each.file for each in withdrawn[value])
        name = titles if by == "document" else value
        reason = f"Only what was withdrawn is held, and not searched: {titles}."
        yield Voice(name, Part(value), "not held", reason)


def _find_missing(searcher: Searcher, query: Query) -> tuple[str, ...]:
    """Say which files a catalogue names that are not there.

    What a catalogue says of them is not kept; so a reader from whom anything is kept back is not
    told.
    """
    run = searcher.library.last_run()
    if not run or not run.finished or not run.report:
        return ()
    library = searcher.library
    files = (*library.unread(), *library.outdated())
    open_to_all = all(each.audience == "public" for each in files) and all(
        each.description.audience.value == "public" for each in library.documents()
    )
    if query.audience == "public" and not open_to_all:
        return ()
    return tuple(each for each in run.report["problems"] if each.endswith(_NOT_THERE))


_NOT_THERE = ", which is not there."


def _name(snapshot: Snapshot, part: Part, by: By) -> str:
    if by != "document":
        return part.value
    held = snapshot.documents.get(part.value)
    if held is None:
        return (*part.unread, *part.outdated)[0].file
    return held.description.title.value or held.file


def _order(by: By) -> Callable[[Voice], tuple[object, ...]]:
    def place(voice: Voice) -> tuple[object, ...]:
        newest_first = -int(voice.name) if by == "year" and voice.name.isdecimal() else 0
        return voice.name == NOT_STATED, newest_first, voice.name.casefold(), voice.part.value

    return place


def describe_sayings(voice: Voice) -> str:
    """Say in how many passages of how many documents a part mentions the topic."""
    documents = count(len(voice.sayings), "document")
    return f"{count(voice.passages, 'passage')} in {documents}"
