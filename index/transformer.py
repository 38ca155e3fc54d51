"""A model on disk and its tokenizer: texts go in, arrays come out; alone knows onnxruntime.

Texts go through the model one at a time and on one thread each, as many at once as there are
processors. Models with weights of 8 bits scale their activations by all that is in a batch, so that
beside others a text would get other numbers; and a batch is no faster on a processor.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
import tomllib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np

from index.arrays import Reals
from index.errors import UnusableModel
from index.model_files import MODEL, TOKENIZER, hash_file

Pooling = Literal["first", "mean"]
Text = tuple[str] | tuple[str, str]
"""A text, or two that are read together."""

SETTINGS = "settings.toml"
CORES = os.cpu_count() or 1
FOREVER = 1e9

_Loaded = tuple[Any, tuple[str, ...], Any]

_INPUTS = {
    "input_ids": "ids",
    "attention_mask": "attention_mask",
    "token_type_ids": "type_ids",
}
"""What models call their inputs, and tokenizers the same."""


@dataclass(frozen=True)
class ModelSettings:
    """What a model wants that its files do not say; ``settings.toml`` beside it gives other values.

    ``pooling`` makes one vector of those of all tokens: the first's, or their mean.
    """

    most_tokens: int = 256
    pooling: Pooling = "first"
    question_prefix: str = "Represent this sentence for searching relevant passages: "
    passage_prefix: str = ""


class Transformer:
    """A model in a folder, loaded when it is first used; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.settings = _read_settings(folder / SETTINGS)
        self._folder = folder
        self._loading = threading.Lock()
        self._loaded: _Loaded | None = None
        self._turns = threading.BoundedSemaphore(CORES)

    @cached_property
    def id(self) -> str:
        """The sha256 of the model's files and settings: whatever it makes is named by it."""
        parts = [hash_file(self._folder / name) for name in (MODEL, TOKENIZER)]
        return hashlib.sha256(repr((parts, asdict(self.settings))).encode()).hexdigest()

    def load(self) -> _Loaded:
        """Give the session, the names of its inputs and the tokenizer, loaded once.

        Raises:
            UnusableModel: the files are not what they should be.
        """
        with self._loading:
            if self._loaded is None:
                self._loaded = _load(self._folder, self.settings.most_tokens)
            return self._loaded

    def run(self, texts: Iterable[Text], seconds: float = FOREVER) -> Iterator[Reals | None]:
        """Give what the model makes of each text, in order; None for those that would take longer.

        Of two texts the longer one is cut where there is no room for both.

        Raises:
            UnusableModel: the files are not what they should be, or not what the settings say.
        """
        self.load()
        clock = _Clock(time.monotonic() + seconds)
        with ThreadPoolExecutor(CORES) as pool:
            yield from pool.map(lambda text: self._run(text, clock), texts)

    def _run(self, text: Text, clock: _Clock) -> Reals | None:
        left_seconds = clock.left_seconds
        if left_seconds <= 0:
            return None
        session, names, tokenizer = self.load()
        encoding = tokenizer.encode(*map(_mend, text))
        given = {name: np.array([getattr(encoding, _INPUTS[name])], np.int64) for name in names}
        if not self._turns.acquire(timeout=left_seconds):
            return None
        begun = time.monotonic()
        try:
            made: Reals = session.run(None, given)[0][0]
        except _faults() as error:
            raise _unusable(self._folder, error) from error
        finally:
            self._turns.release()
        clock.turn_seconds = time.monotonic() - begun
        return made


def _mend(text: str) -> str:
    """Replace halves of characters, which a damaged file may have and no tokenizer takes."""
    return text.encode("utf-8", "replace").decode()


@dataclass
class _Clock:
    """Tells how much time is left until a time, if the next turn takes as long as the last."""

    until: float
    turn_seconds: float = 0.0

    @property
    def left_seconds(self) -> float:
        return self.until - self.turn_seconds - time.monotonic()


def _read_settings(path: Path) -> ModelSettings:
    if not path.exists():
        return ModelSettings()
    try:
        given = tomllib.loads(path.read_text())
    except ValueError as error:
        raise UnusableModel(f"{path} cannot be used: {error}.") from error
    defaults = asdict(ModelSettings())
    for name, value in given.items():
        fits = isinstance(value, type(defaults.get(name)))
        if not fits or name == "pooling" and value not in get_args(Pooling):
            raise UnusableModel(f"{path} cannot be used: {name} cannot be {value!r}.")
    return ModelSettings(**given)


def _load(folder: Path, most_tokens: int) -> _Loaded:
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.enable_cpu_mem_arena = False  # it would keep what the longest text has taken
    options.enable_mem_pattern = False  # and this a plan for each length that there was
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        tokenizer = Tokenizer.from_buffer((folder / TOKENIZER).read_bytes())
        model = str(folder / MODEL)
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except _faults() as error:
        raise _unusable(folder, error) from error
    names = tuple(each.name for each in session.get_inputs())
    if unknown := sorted({*names} - _INPUTS.keys()):
        raise UnusableModel(f"The model in {folder} wants what we cannot give it: {unknown}.")
    tokenizer.no_padding()
    tokenizer.enable_truncation(most_tokens, strategy="longest_first")
    return session, names, tokenizer


def _faults() -> tuple[type[Exception], ...]:
    """Give the errors of a model that cannot be used; onnxruntime's have nothing in common."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    return (
        state.Fail, state.InvalidArgument, state.InvalidGraph, state.InvalidProtobuf,
        state.NotImplemented, state.RuntimeException, ValueError,
    )  # fmt: skip


def _unusable(folder: Path, error: Exception) -> UnusableModel:
    return UnusableModel(f"The model in {folder} cannot be used: {error}.")
