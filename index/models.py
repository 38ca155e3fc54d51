"""The models of a folder: an encoder and a cross-encoder, each where its files are there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.cross_encoder import CrossEncoder
from index.encoder import Encoder
from index.model_files import ENCODER, RERANKER, is_model


@dataclass(frozen=True)
class Models:
    """The models that there are; each is loaded when it is first used."""

    encoder: Encoder | None = None
    cross_encoder: CrossEncoder | None = None

    def load(self) -> None:
        """Load them now rather than with the first question.

        Raises:
            UnusableModel: the files of one are not what they should be.
        """
        for model in (self.encoder, self.cross_encoder):
            if model:
                model.load()

    @property
    def reading_note(self) -> str:
        """Say that no passage is read closely, where of the models only the encoder is there."""
        if not self.encoder or self.cross_encoder:
            return ""
        return (
            "Passages are judged by their words and meaning alone, not read closely: no reranker is"
            " there; fetch it with: plansearch fetch-models"
        )


def open_models(folder: Path) -> Models:
    """Open the models whose files are in a folder, none where there is no such folder."""
    encoder, reranker = folder / ENCODER, folder / RERANKER
    return Models(
        Encoder(encoder) if is_model(encoder) else None,
        CrossEncoder(reranker) if is_model(reranker) else None,
    )
