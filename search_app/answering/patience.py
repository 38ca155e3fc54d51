"""How long a reader is kept waiting for the cross-encoder, and what it got to read by then."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.cross_encoder import CrossEncoder
from index.transformer import FOREVER


@dataclass
class Patience:
    """The seconds that the cross-encoder has for a question, from when this is made."""

    seconds: float = math.inf
    wanted: int = 0
    read: int = 0
    _begun: float = field(default_factory=time.monotonic)

    def score(
        self, cross_encoder: CrossEncoder, asked: str, texts: Sequence[str]
    ) -> list[float | None]:
        """Score texts, likeliest first; None for those that were not read in time."""
        left = self.seconds - (time.monotonic() - self._begun)
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
            f"The service is busy: {self.read} of {self.wanted} stretches of text were read"
            " closely, the rest were judged by their words. Asking again may find more."
        )
