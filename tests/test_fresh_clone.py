"""The two commands of the README, in a fresh clone, with nothing else done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(
    not os.environ.get("CI"), reason="takes minutes and installs again; run it with CI=true"
)
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name not in (
        "PLANSEARCH_DATA", "PLANSEARCH_MODELS", "PYTHONPYCACHEPREFIX", "MAKEFLAGS", "CI"
    )
    and not name.startswith("COV")
}


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clone") / "plansearch"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    return folder


@contextmanager
def make_serve(clone: Path) -> Iterator[list[str]]:
    """Run make serve on a free port until it serves; give the lines that it has said."""
    command = ["make", "serve", "PORT=0"]
    with subprocess.Popen(
        command, cwd=clone, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    ) as server:  # fmt: skip
        try:
            assert server.stdout is not None
            said = []
            for line in server.stdout:
                said.append(line)
                if "Serving on" in line:
                    break
            yield said
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def test_make_serve_serves_the_sample_corpus_and_reads_nothing_twice(clone: Path) -> None:
    with make_serve(clone) as said:
        assert any("21 read, 0 unchanged, 0 failed" in line for line in said), said
        assert (clone / "var" / "models" / "encoder" / "model.onnx").exists()
        address = said[-1].split()[2]
        with urllib.request.urlopen(f"{address}/health", timeout=30) as answer:
            assert json.load(answer)["status"] == "ok"
    started = time.monotonic()
    with make_serve(clone) as said:
        print(f"The second start took {time.monotonic() - started:.1f} s.")
        assert any("0 read, 21 unchanged, 0 failed" in line for line in said), said


def test_make_test_passes_and_leaves_the_checkout_clean(clone: Path) -> None:
    """It runs a few of the tests: the gate itself is make test in a fresh clone."""
    command = ["make", "test", "PYTEST_ARGS=tests/test_layout.py tests/test_search_app_cli.py"]
    run = subprocess.run(command, cwd=clone, env=ENVIRONMENT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    status = ["git", "status", "--porcelain"]
    left = subprocess.run(status, cwd=clone, capture_output=True, text=True, check=True)
    assert left.stdout == ""
