"""The models themselves, where they were fetched: the encoder, the cross-encoder, their limits."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from index.cross_encoder import CrossEncoder
from index.encoder import Encoder
from index.errors import UnusableModel
from index.model_files import ENCODER, MODEL, PARTS, RERANKER, TOKENIZER
from index.models import open_models
from index.transformer import SETTINGS, Transformer
from search_app.cli import main
from tests.models import MODELS, needs_models

QUESTION = "How many beds will close?"
BEDS = "The ward loses 24 beds in December."
TAX = "The tax on sugar was due in May."
LONG = f"{TAX} " * 60


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(MODELS / ENCODER)


@pytest.fixture(scope="module")
def cross_encoder() -> CrossEncoder:
    return CrossEncoder(MODELS / RERANKER)


@needs_models
def test_a_question_is_nearest_to_what_answers_it(encoder: Encoder) -> None:
    (question,) = encoder.encode_questions([QUESTION])
    passages = encoder.encode_passages([BEDS, TAX])
    assert passages.shape == (2, len(question)) and passages.dtype == np.float32
    assert np.allclose(np.linalg.norm(passages, axis=1), 1)
    assert passages[0] @ question > passages[1] @ question + 0.1


@needs_models
def test_a_text_gets_the_same_numbers_alone_and_among_others(
    encoder: Encoder, cross_encoder: CrossEncoder
) -> None:
    texts = [BEDS, LONG, TAX]
    alone = [encoder.encode_passages([text])[0] for text in texts]
    assert (encoder.encode_passages(texts) == np.array(alone)).all()
    scores = [float(cross_encoder.score(QUESTION, [text])[0]) for text in texts]
    assert cross_encoder.score(QUESTION, texts).tolist() == scores


@needs_models
def test_what_answers_a_question_scores_highest(cross_encoder: CrossEncoder) -> None:
    beds, tax = cross_encoder.score(QUESTION, [BEDS, TAX])
    assert beds > tax + 3
    assert not len(cross_encoder.score(QUESTION, []))


@needs_models
def test_a_long_story_before_a_question_does_not_hide_it(cross_encoder: CrossEncoder) -> None:
    beds, tax = cross_encoder.score(f"{LONG} {QUESTION}", [BEDS, TAX])
    assert beds > -3 and np.isfinite(tax)


@needs_models
def test_what_is_not_reached_in_time_has_no_score(cross_encoder: CrossEncoder) -> None:
    assert np.isnan(cross_encoder.score(QUESTION, [BEDS, TAX], 0)).all()
    assert np.isnan(cross_encoder.score(QUESTION, [LONG] * 200, 0.2)[-1])


@needs_models
def test_whoever_has_no_turn_in_time_goes_without(cross_encoder: CrossEncoder) -> None:
    found: list[int] = []

    def ask() -> None:
        found.append(int(np.isnan(cross_encoder.score(QUESTION, [LONG] * 50, 0.2)).sum()))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6 and sum(found) > 0


@needs_models
def test_texts_with_halves_of_characters_are_read(
    encoder: Encoder, cross_encoder: CrossEncoder
) -> None:
    assert np.isfinite(encoder.encode_passages(["\ud800 beds \0", ""])).all()
    assert np.isfinite(cross_encoder.score("beds \udc80?", ["\ud800"])).all()


@needs_models
def test_settings_beside_a_model_change_its_vectors_and_their_name(
    encoder: Encoder, tmp_path: Path
) -> None:
    for part in PARTS:
        (tmp_path / part).symlink_to((MODELS / ENCODER / part).resolve())
    (tmp_path / SETTINGS).write_text('pooling = "mean"\nquestion_prefix = ""\n')
    other = Encoder(tmp_path)
    assert other.id != encoder.id
    assert not np.allclose(other.encode_passages([BEDS]), encoder.encode_passages([BEDS]))
    assert np.allclose(other.encode_passages([BEDS]), other.encode_questions([BEDS]))


def test_settings_that_are_none_are_refused(tmp_path: Path) -> None:
    for text in ('polling = "mean"', "pooling = mean", 'most_tokens = "many"', 'pooling = "max"'):
        (tmp_path / SETTINGS).write_text(text)
        with pytest.raises(UnusableModel, match="settings.toml cannot be used"):
            Encoder(tmp_path)


@needs_models
@pytest.mark.parametrize("damaged", PARTS)
def test_a_damaged_model_is_an_error_that_names_it(damaged: str, tmp_path: Path) -> None:
    for part in PARTS:
        shutil.copy(MODELS / ENCODER / part, tmp_path / part)
    (tmp_path / damaged).write_bytes((tmp_path / damaged).read_bytes()[:5000])
    with pytest.raises(UnusableModel, match=str(tmp_path)):
        Encoder(tmp_path).load()


@needs_models
def test_settings_that_a_model_cannot_bear_are_an_error_that_names_it(tmp_path: Path) -> None:
    for part in PARTS:
        (tmp_path / part).symlink_to((MODELS / ENCODER / part).resolve())
    (tmp_path / SETTINGS).write_text("most_tokens = 600")
    with pytest.raises(UnusableModel, match=str(tmp_path)):
        Encoder(tmp_path).encode_passages([LONG])


def test_a_vector_that_the_model_has_made_of_all_tokens_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = np.array([3, 4], np.float32)
    monkeypatch.setattr(Transformer, "run", lambda self, texts: [made for _ in texts])
    assert np.allclose(Encoder(tmp_path).encode_passages([BEDS]), [[0.6, 0.8]])


def test_a_folder_without_a_whole_model_has_none(tmp_path: Path) -> None:
    (tmp_path / ENCODER).mkdir()
    (tmp_path / ENCODER / MODEL).write_text("")
    models = open_models(tmp_path)
    assert models.encoder is None and models.cross_encoder is None
    (tmp_path / ENCODER / TOKENIZER).write_text("")
    assert open_models(tmp_path).encoder is not None


@needs_models
def test_commands_use_the_models_that_are_named(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "plan.txt").write_text(f"Winter plan\n\n{BEDS}\n")
    where = ["--data", str(tmp_path / "data"), "--models", str(MODELS)]

    def run(*command: str) -> str:
        result = CliRunner().invoke(main, [*command, *where])
        assert result.exit_code in (0, 1), result.output
        return str(result.output)

    run("ingest", str(tmp_path / "plans"))
    assert "Passages are found by meaning too." in run("status")
    assert "0 documents added" in run("index")
    where[-1] = str(tmp_path / "nowhere")
    for command in ("status", "index"):
        assert "by their words alone" in run(command)
