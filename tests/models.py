"""The models for tests: the real ones where they were fetched, and others that need no files."""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.analysis import find_tokens
from index.arrays import Reals
from index.cross_encoder import CrossEncoder
from index.encoder import Encoder
from index.models import open_models
from index.transformer import FOREVER

ROOT = Path(__file__).parents[1]
MODELS = Path(os.environ.get("PLANSEARCH_MODELS") or ROOT / "var" / "models")
_there = open_models(MODELS)
needs_models = pytest.mark.skipif(
    not (_there.encoder and _there.cross_encoder),
    reason=f"there are no models in {MODELS} (plansearch fetch-models)",
)


class WordEncoder(Encoder):
    """Encodes a text by its words, each a direction of its own; remembers what it was given.

    It stands for any encoder whose vectors are to be kept, found and compared.
    """

    def __init__(self, name: str = "words", most: int | None = None) -> None:
        self._name, self._most = name, most
        self.encoded: list[str] = []

    @property
    def id(self) -> str:
        return self._name

    def load(self) -> None:
        """There is nothing to load."""

    def encode_questions(self, texts: Sequence[str]) -> Reals:
        return np.array([_encode(text) for text in texts], np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Reals:
        for text in texts:
            if len(self.encoded) == self._most:
                raise KeyboardInterrupt
            self.encoded.append(text)
        return self.encode_questions(texts)


class WordReader(CrossEncoder):
    """Reads a text by the share of the question's words that it has; remembers what it was given.

    It stands for any cross-encoder; of no time it reads nothing, and of any no more than ``most``.
    """

    def __init__(self, most: int = 1000) -> None:
        self._most = most
        self.read: list[str] = []

    def load(self) -> None:
        """There is nothing to load."""

    def score(
        self, question: str, texts: Sequence[str], deadline_seconds: float = FOREVER
    ) -> Reals:
        asked = {token.stem for token in find_tokens(question)}
        most = self._most - len(self.read) if deadline_seconds > 0 else 0
        self.read += texts[:most]
        shares = [len(asked & {token.stem for token in find_tokens(text)}) for text in texts[:most]]
        scores = [20 * share / max(1, len(asked)) - 10 for share in shares]
        return np.array([*scores, *[np.nan] * (len(texts) - len(scores))], np.float32)


def _encode(text: str) -> Reals:
    vector = np.full(64, 0.01, np.float32)
    for token in find_tokens(text):
        chance = np.random.default_rng(zlib.crc32(token.stem.encode()))
        vector += chance.standard_normal(64).astype(np.float32)
    length = np.linalg.norm(vector)
    return (vector / length).astype(np.float32)
