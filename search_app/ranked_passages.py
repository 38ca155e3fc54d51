"""The passages that may answer a question, in the order of how well each seems to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.cross_encoder import CrossEncoder
from index.fusion import Candidate
from index.results import Hit
from search_app.patience import Patience
from search_app.preferences import prefer
from search_app.questions import Understood

PASSAGES_READ = 20
"""How many passages the cross-encoder reads, those of the highest rank."""

WORDING_WEIGHT = 7.0
MEANING_WEIGHT = 9.0
"""What the whole of each counts, against a step of 1 in the cross-encoder's score (a log odds)."""


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
) -> list[RankedPassage]:
    """Order passages by how well they answer; those that the cross-encoder has not read come last.

    Without a cross-encoder they are ordered by their words and meaning alone.
    """
    best = max((each.lexical.score for each in candidates if each.lexical), default=0.0)
    relevances = _read(understood.asked, candidates[:PASSAGES_READ], cross_encoder, patience)
    relevances += [None] * (len(candidates) - len(relevances))
    ranked = [
        _rank(candidate, best, relevance, understood)
        for candidate, relevance in zip(candidates, relevances)
    ]
    return sorted(ranked, key=lambda each: (each.relevance is None, -each.score))


def _read(
    asked: str,
    candidates: Sequence[Candidate],
    cross_encoder: CrossEncoder | None,
    patience: Patience,
) -> list[float | None]:
    if cross_encoder is None:
        return [None] * len(candidates)
    texts = [f"{describe_place(each.hit)}\n{each.hit.passage.text}" for each in candidates]
    return patience.score(cross_encoder, asked, texts)


def _rank(
    candidate: Candidate, best: float, relevance: float | None, understood: Understood
) -> RankedPassage:
    wording = candidate.lexical.score / best if candidate.lexical and best else 0.0
    meaning = candidate.likeness
    score = (relevance or 0.0) + WORDING_WEIGHT * wording + MEANING_WEIGHT * meaning
    score += prefer(candidate.hit.document, understood)
    return RankedPassage(candidate, wording, meaning, relevance, score)


def describe_place(hit: Hit) -> str:
    """Give the title of a passage's document and the heading next to it, for a model to read."""
    return "\n".join((hit.document.description.title.value, *hit.passage.trail[-1:]))
