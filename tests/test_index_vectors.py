"""Vectors in small whole numbers: near to what they were, and compared exactly."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import vectors
from index.arrays import Reals
from index.vectors import Vectors, open_vectors, pack_vector, write_vectors


def make_vectors(count: int, dimensions: int = 48) -> Reals:
    made = np.random.default_rng(count).standard_normal((count, dimensions)).astype(np.float32)
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


def write_and_open(path: Path, made: Reals, without: int = -1) -> Vectors:
    packed = [None if at == without else pack_vector(one) for at, one in enumerate(made)]
    write_vectors(path, packed, "an encoder")
    opened = open_vectors(path)
    assert opened is not None
    return opened


def test_vectors_are_read_as_they_were_written_nearly(tmp_path: Path) -> None:
    made = make_vectors(20)
    opened = write_and_open(tmp_path / "a.vectors", made)
    assert opened.encoder_id == "an encoder"
    assert np.allclose(opened.steps * opened.sizes[:, None], made, atol=np.abs(made).max() / 250)


def test_a_likeness_is_the_cosine_nearly(tmp_path: Path) -> None:
    made, (question,) = make_vectors(50), make_vectors(1)
    opened = write_and_open(tmp_path / "a.vectors", made)
    likeness = opened.compare(question, np.arange(50, dtype=np.int32))
    assert np.allclose(likeness, made @ question, atol=0.01)


def test_a_likeness_is_the_same_whatever_it_is_worked_out_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = write_and_open(tmp_path / "a.vectors", make_vectors(100))
    (question,) = make_vectors(1)
    whole = opened.compare(question, np.arange(100, dtype=np.int32))
    monkeypatch.setattr(vectors, "_ROWS_AT_ONCE", 7)
    for rows in (np.arange(100), np.arange(0, 100, 3), np.array([99])):
        found = opened.compare(question, rows.astype(np.int32))
        assert found.tolist() == whole[rows].tolist()


def test_a_passage_without_a_vector_is_like_nothing(tmp_path: Path) -> None:
    opened = write_and_open(tmp_path / "a.vectors", make_vectors(3), without=1)
    likeness = opened.compare(make_vectors(1)[0], np.arange(3, dtype=np.int32))
    assert likeness[1] == 0 and likeness[0] != 0


def test_a_file_that_another_generation_has_too_is_not_written_over(tmp_path: Path) -> None:
    first = tmp_path / "first.vectors"
    write_vectors(first, [pack_vector(make_vectors(1)[0])], "one")
    (tmp_path / "second.vectors").hardlink_to(first)
    write_vectors(tmp_path / "second.vectors", [None], "another")
    opened = open_vectors(first)
    assert opened is not None and opened.encoder_id == "one"


def test_there_are_none_where_there_is_no_file(tmp_path: Path) -> None:
    assert open_vectors(tmp_path / "a.vectors") is None
