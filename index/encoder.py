"""The encoder: a text becomes a vector; those of texts of like meaning point the same way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from index.arrays import Reals
from index.transformer import Transformer


class Encoder:
    """An encoder in a folder, loaded when it is first used; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._transformer = Transformer(folder)

    @property
    def id(self) -> str:
        """What names the vectors that it makes: others are of no use beside them."""
        return self._transformer.id

    def load(self) -> None:
        """Load it now rather than with the first text.

        Raises:
            UnusableModel: its files are not what they should be.
        """
        self._transformer.load()

    def encode_questions(self, texts: Sequence[str]) -> Reals:
        """Give vectors of length 1, (texts, dimensions)."""
        return self._encode(texts, self._transformer.settings.question_prefix)

    def encode_passages(self, texts: Sequence[str]) -> Reals:
        """Give vectors of length 1, (texts, dimensions); what is past 256 tokens does not count."""
        return self._encode(texts, self._transformer.settings.passage_prefix)

    def _encode(self, texts: Iterable[str], prefix: str) -> Reals:
        made = self._transformer.run((prefix + text,) for text in texts)
        pooled = [self._pool(tokens) for tokens in made if tokens is not None]
        vectors = np.array(pooled, np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def _pool(self, tokens: Reals) -> Reals:
        """Make one vector of those of all tokens; some models have done so themselves."""
        if tokens.ndim == 1:
            return tokens
        mean = self._transformer.settings.pooling == "mean"
        pooled: Reals = tokens.mean(axis=0) if mean else tokens[0]
        return pooled
