"""The shapes of what the API gives of questions and quotations; see shapes."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired, TypedDict

from msgspec import Meta

from index.parts import By
from ingest.records import Box, Span
from search_app.answering.question_words import AnswerKind
from search_app.answering.questions import Preference
from search_app.answering.replies import Outcome as ReplyOutcome
from search_app.interface.shapes import (
    Coverage, Generation, Heading, Hit, Notes, Offsets, PageNumber, PartlyRead, Permalink,
    PrintedPage, Texts,
)  # fmt: skip
from search_app.quoting.checker import Outcome as CheckOutcome
from search_app.quoting.checker import State
from search_app.quoting.differences import Piece
from search_app.quoting.version_differences import Change

Confidence = Annotated[float, Meta(ge=0, le=1, description="How probable it is that this answers.")]


class PageBox(TypedDict):
    """Where some of the words stand on a page."""

    page: int
    box: Box


class Quotation(TypedDict):
    """Words of a document, verbatim, with their place; ``start`` and ``end`` are offsets in the
    text of the passage whose id is ``passage``. ``sources`` say the same in other documents."""

    text: str
    document: str
    version: int
    title: str
    organisation: str
    file: str
    pages: tuple[int, ...]
    printed_pages: Texts
    published: str
    status: str
    status_basis: str
    withdrawn: str
    heading: Heading
    passage: str
    start: int
    end: int
    permalink: Permalink
    spans: tuple[Span, ...]
    boxes: tuple[PageBox, ...]
    short_answer: str
    short_answer_at: Offsets | None
    sources: tuple[Quotation, ...]


class Answer(TypedDict):
    """What answers a question, or why nothing does; ``nearest`` are the best quotations even where
    ``abstained``: then they are no answer. ``advice`` is to be shown with any answer."""

    question: str
    answer: str
    quotations: tuple[Quotation, ...]
    nearest: tuple[Quotation, ...]
    disagreeing: bool
    abstained: bool
    reason: str
    confidence: Confidence
    kind: AnswerKind
    preferences: tuple[Preference, ...]
    own_health: bool
    advice: str
    passages: tuple[Hit, ...]
    notes: Notes
    coverage: Coverage
    workings: NotRequired[Annotated[dict[str, Any], Meta(
        description="What each stage found, with explain=1; for people, and not promised to stay."
    )]]  # fmt: skip


class Reply(TypedDict):
    """What an organisation, a document or a year says, or in what way it is silent; ``documents``
    counts those that were searched, ``passages_with_words`` the passages that have words of a
    question without a clear answer."""

    name: str
    value: str
    outcome: ReplyOutcome
    reason: str
    confidence: Confidence
    documents: int
    passages_with_words: int
    unread: Texts
    outdated: Texts
    partly: tuple[PartlyRead, ...]
    quotation: Quotation | None
    nearest: Quotation | None


class AcrossAnswer(TypedDict):
    """One question asked of each part by itself; ``outcomes`` counts the replies of each kind."""

    question: str
    by: By
    reason: str
    outcomes: dict[str, int]
    replies: tuple[Reply, ...]
    advice: str
    notes: Notes
    coverage: Coverage


class CheckedPlace(TypedDict):
    """Where the words of a quotation stand, or nearly: ``text`` is the document's own. ``said`` are
    the ``differences`` as sentences."""

    document: str
    version: int
    title: str
    organisation: str
    published: str
    state: State
    pages: tuple[int, ...]
    printed_page: PrintedPage
    heading: Heading
    passage: str
    start: int
    end: int
    text: str
    spans: tuple[Span, ...]
    likeness: float
    differences: tuple[Piece, ...]
    said: Texts
    permalink: Permalink


class CheckedQuotation(TypedDict):
    """A quotation of the text that was sent, where it starts in it, and where it stands."""

    text: str
    start: int
    outcome: CheckOutcome
    notes: Texts
    places: tuple[CheckedPlace, ...]


class QuoteCheck(TypedDict):
    """What of the quotations in a text stands in the documents; how many there are of each kind."""

    verbatim: int
    near: int
    not_found: int
    quotations: tuple[CheckedQuotation, ...]
    notes: Notes
    coverage: Coverage
    generation: Generation


class ComparedVersion(TypedDict):
    """A version of a document that is compared."""

    document: str
    version: int
    title: str
    published: str
    withdrawn: str


class ComparedStatement(TypedDict):
    """A sentence, row or heading of a version, verbatim, with its place."""

    text: str
    page: PageNumber
    printed_page: PrintedPage
    passage: str
    start: int
    end: int
    permalink: Permalink


ComparedSentence = TypedDict(
    "ComparedSentence",
    {
        "change": Change,
        "from": ComparedStatement | None,
        "to": ComparedStatement | None,
        "words": tuple[Piece, ...],
        "other_heading": Texts,
    },
)


class ComparedSection(TypedDict):
    """A section that both versions have, or ``only`` one: "from" or "to", else empty."""

    heading: Heading
    former_heading: Texts
    only: str
    sentences: tuple[ComparedSentence, ...]


Comparison = TypedDict(
    "Comparison",
    {
        "from": ComparedVersion,
        "to": ComparedVersion,
        "counts": dict[str, int],
        "sections": tuple[ComparedSection, ...],
    },
)


class Differences(TypedDict):
    """What differs between two versions of a document; null where it has one alone."""

    document: str
    differences: Comparison | None
