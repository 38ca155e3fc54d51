"""Replies: what each part of the library says to a question, or in what way it says nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from index.parts import By, Part
from index.results import Coverage
from ingest.quality import find_wanting_pages
from ingest.records import HeldDocument
from search_app.answering.questions import Understood
from search_app.answering.reasons import OWN_HEALTH
from search_app.answering.quotations import Quotation
from search_app.wording import count, list_pages

Outcome = Literal[
    "answered", "no clear answer", "not said", "not read", "not held", "not asked"
]  # fmt: skip
"""What a part says; "not said" is only where no passage of it has any word of the question."""


@dataclass(frozen=True)
class Reply:
    """What one part of the library says to a question.

    ``name`` is that of the part for the reader. ``quotation`` is there where the ``outcome`` is
    "answered"; else ``reason`` says it in a sentence. ``nearest`` is the best quotation all the
    same, and ``confidence``, from 0 to 1, how probable it is that it answers. ``passages`` counts
    those of a part without a clear answer that have words of the question.
    """

    name: str
    part: Part
    outcome: Outcome
    reason: str = ""
    quotation: Quotation | None = None
    nearest: Quotation | None = None
    confidence: float = 0.0
    passages: int = 0


@dataclass(frozen=True)
class Across:
    """The replies of all parts to one question, in the order of their values.

    ``reason`` says why none was asked; it is empty where the question can be asked.
    """

    question: str
    by: By
    replies: tuple[Reply, ...]
    reason: str
    notes: tuple[str, ...]
    coverage: Coverage
    understood: Understood

    @property
    def advice(self) -> str:
        """What is said to a reader who asks about his own health; empty where he does not."""
        return self.understood.advice

    @property
    def words(self) -> str:
        """What to search for to find every passage with a word of the question."""
        return join_words(self.understood)

    def of(self, outcome: Outcome) -> tuple[Reply, ...]:
        """Give the replies with an outcome."""
        return tuple(reply for reply in self.replies if reply.outcome == outcome)


def join_words(understood: Understood) -> str:
    """Join the telling words of a question to a search that finds passages with any of them."""
    return " OR ".join(dict.fromkeys(understood.telling_words))


def find_silence(part: Part, passages: int, own_health: bool = False) -> tuple[Outcome, str]:
    """Say in what way a part says nothing that answers: it has ``passages`` with words of the
    question, or none at all, or it was not read to the end. Of somebody's own health nothing may be
    said that is not sure."""
    if part.unread or part.outdated or part.partly:
        found = "Nothing that answers was found in what was read. " if part.documents else ""
        return "not read", f"{found}Not read: {'; '.join(_list_unread(part))}."
    if own_health:
        return "no clear answer", f"{OWN_HEALTH} {find_doubt(part)}".rstrip()
    one = part.documents == 1
    read = f"{count(part.documents, 'document')} {'was' if one else 'were'} read"
    them = "it" if one else "them"
    if not passages:
        silent = f"{read}, and no passage in {them} has any word of the question."
        return "not said", f"{silent} {find_doubt(part)}".rstrip()
    have = f"{count(passages, 'passage')} in {them} {'has' if passages == 1 else 'have'} words"
    unclear = f"{read}; {have} of the question, and none says it clearly enough."
    return "no clear answer", f"{unclear} {find_doubt(part)}".rstrip()


def find_doubt(part: Part) -> str:
    """Say on which pages of a part words may be missing or wrong; nothing where on none."""
    if not part.wanting:
        return ""
    pages = (_name_pages(held, find_wanting_pages(held)) for held in part.wanting)
    return f"Words may be missing or wrong: {'; '.join(pages)}."


def _list_unread(part: Part) -> Iterable[str]:
    yield from (unread.file for unread in part.unread)
    yield from (f"the newest version of {unread.file}" for unread in part.outdated)
    for held in part.partly:
        yield _name_pages(held, held.unread_pages)


def _name_pages(held: HeldDocument, pages: tuple[int, ...]) -> str:
    title = held.description.title.value or held.file
    if not held.paged or not pages:
        return title
    return f"{'page' if len(pages) == 1 else 'pages'} {list_pages(pages)} of {title}"
