"""The passages that may answer a question, in the order of how well each seems to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.cross_encoder import CrossEncoder
from index.fusion import Candidate
from index.results import Hit
from search_app.answering.definitions import defines
from search_app.answering.patience import ALONE, FIRST_SHARE, Patience, Turn
from search_app.answering.preferences import prefer
from search_app.answering.questions import Understood

PASSAGES_READ = 20
"""How many passages the cross-encoder reads, those of the highest rank."""

WORDING_WEIGHT = 5.0
MEANING_WEIGHT = 6.0
"""What the whole of each counts, against a step of 1 in the cross-encoder's score (a log odds)."""


DEFINING_WORTH = 10.0
"""What it is worth for a passage, and for a sentence, to define the short form that the question
asks about, in log odds: as much as the cross-encoder makes of anything."""


@dataclass(frozen=True)
class RankedPassage:
    """A passage and what speaks for it.

    ``wording`` is its score by words as a share of the best one's, ``meaning`` the cosine of the
    angle between its vector and the question's, 0 where it has none, and ``relevance`` the score
    of the cross-encoder, None where that has not read it. ``score`` joins them.
    """

    candidate: Candidate
    wording: float
    meaning: float
    relevance: float | None
    score: float

    @property
    def hit(self) -> Hit:
        """The passage as a hit."""
        return self.candidate.hit


def rank_passages(
    understood: Understood,
    candidates: Sequence[Candidate],
    cross_encoder: CrossEncoder | None,
    patience: Patience,
    turn: Turn = ALONE,
) -> list[RankedPassage]:
    """Order passages by how well they answer; those that the cross-encoder has not read come last.

    What defines the short form that is asked about is read first. Where a question has several
    sides, each has its ``turn``. Without a cross-encoder passages are ordered by their words and
    meaning alone.
    """
    weighed = weigh_passages(understood, candidates)
    if understood.defined:
        weighed.sort(key=lambda each: not defines(each.hit.passage.text, understood.defined))
    most, until = PASSAGES_READ // turn.count, turn.until(FIRST_SHARE)
    return read_passages(understood, weighed, cross_encoder, patience, most, until)


def weigh_passages(
    understood: Understood, candidates: Sequence[Candidate]
) -> list[RankedPassage]:
    """Weigh passages by their words and meaning alone; they stay in their order."""
    best = max((each.lexical.score for each in candidates if each.lexical), default=0.0)
    return [_weigh(candidate, best, understood) for candidate in candidates]


def read_passages(
    understood: Understood,
    weighed: Sequence[RankedPassage],
    cross_encoder: CrossEncoder | None,
    patience: Patience,
    most: int = PASSAGES_READ,
    until: float = FIRST_SHARE,
) -> list[RankedPassage]:
    """Let the cross-encoder read the first passages, at most so many, and order all by score."""
    read: list[RankedPassage] = []
    if cross_encoder:
        texts = [
            f"{describe_place(each.hit)}\n{each.hit.passage.text}" for each in weighed[:most]
        ]
        relevances = patience.score(cross_encoder, understood.asked, texts, until)
        read = [_add(relevance, each) for relevance, each in zip(relevances, weighed)]
    ranked = [*read, *weighed[len(read):]]
    return sorted(ranked, key=lambda each: (each.relevance is None, -each.score))


def _weigh(candidate: Candidate, best: float, understood: Understood) -> RankedPassage:
    wording = candidate.lexical.score / best if candidate.lexical and best else 0.0
    meaning = candidate.likeness
    score = WORDING_WEIGHT * wording + MEANING_WEIGHT * meaning
    score += prefer(candidate.hit, understood)
    score += DEFINING_WORTH * defines(candidate.hit.passage.text, understood.defined)
    return RankedPassage(candidate, wording, meaning, None, score)


def _add(relevance: float | None, weighed: RankedPassage) -> RankedPassage:
    return replace(weighed, relevance=relevance, score=weighed.score + (relevance or 0.0))


def describe_place(hit: Hit) -> str:
    """Give whose a passage is, the title of its document and the heading next to it, for a model to
    read: what a document says of "us" is about the organisation that a question names."""
    described = hit.document.description
    title, body = described.title.value, described.organisation.value
    named = title if body.casefold() in title.casefold() else f"{body}: {title}"
    return "\n".join((named, *hit.passage.trail[-1:]))
