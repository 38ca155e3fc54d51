"""The cross-encoder: a question and a text, read together, become one score."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.arrays import Reals
from index.transformer import FOREVER, Transformer

QUESTION_WORDS = 90
"""How many words of a question are read, so that at least half of the room is left to the text."""


class CrossEncoder:
    """A cross-encoder in a folder, loaded when it is first used; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._transformer = Transformer(folder)

    def load(self) -> None:
        """Load it now rather than with the first question.

        Raises:
            UnusableModel: its files are not what they should be.
        """
        self._transformer.load()

    def score(
        self, question: str, texts: Sequence[str], deadline_seconds: float = FOREVER
    ) -> Reals:
        """Score texts by how well each answers a question; higher is better, 0 in doubt.

        They are read in the order given, so the likeliest come first; NaN for those that were
        not reached in time. Of a long question the last words count, of a text the first.
        """
        asked = " ".join(question.split()[-QUESTION_WORDS:])
        made = self._transformer.run(((asked, text) for text in texts), deadline_seconds)
        return np.array([np.nan if each is None else each[-1] for each in made], np.float32)
