"""How long a reader is kept waiting for the cross-encoder, and what it got to read by then."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.cross_encoder import CrossEncoder
from index.transformer import FOREVER

FIRST_SHARE = 0.5
"""In so much of its time passages are read, so that some is left for their sentences."""


@dataclass(frozen=True)
class Turn:
    """Which of the sides of a question is worked on, from 0, and how many there are."""

    number: int = 0
    count: int = 1

    def until(self, share: float) -> float:
        """Give by what share of the whole time this share of its own has gone."""
        return (self.number + share) / self.count


ALONE = Turn()


@dataclass
class Patience:
    """The seconds that the cross-encoder has for a question, from when this is made."""

    seconds: float = math.inf
    wanted: int = 0
    read: int = 0
    _begun: float = field(default_factory=time.monotonic)

    def score(
        self, cross_encoder: CrossEncoder, asked: str, texts: Sequence[str], until: float = 1.0
    ) -> list[float | None]:
        """Score texts, likeliest first; None for those that were not read in time.

        They are read ``until`` that share of the seconds has gone, whatever it went on.
        """
        left = self.seconds * until - (time.monotonic() - self._begun)
        scores = cross_encoder.score(asked, texts, min(left, FOREVER))
        found = [None if math.isnan(each) else float(each) for each in scores]
        self.wanted += len(found)
        self.read += sum(each is not None for each in found)
        return found

    @property
    def note(self) -> str:
        """Say what was not read; empty where all was."""
        if self.read == self.wanted:
            return ""
        return (
            f"The service is busy or has much to read: {self.read} of {self.wanted} stretches of"
            " text were read closely, the likeliest; the rest were judged by their words. Asking"
            " again, or with filters, may find more."
        )
