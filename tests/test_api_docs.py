"""The examples of docs/api.md are run, and the help of the commands is that of docs/commands.md."""

from __future__ import annotations

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from search_app.app import create_app
from search_app.cli import main
from tests.asking import answering
from tests.rich_library import make_rich_library
from tests.test_docs import readme_row

DOCS = Path(__file__).parents[1] / "docs"
TEXT = (DOCS / "api.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8000"
REMAKE = False
"""Set it to write docs/commands.md anew."""

COMMANDS = """\
# Commands

What each command says of itself with `--help`; a test holds it against the commands.
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    make_rich_library(folder).close()
    return folder


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    with answering(create_app(data)) as found:
        yield found


def examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("count", range(1, len(examples("pycon")) + 1))
def test_examples_in_python_give_what_is_printed(address: str, count: int) -> None:
    names: dict[str, object] = {}
    for text in examples("pycon")[:count]:
        if "to_frame(" in text:
            pytest.importorskip("pandas", reason="pandas is not installed")
        test = doctest.DocTestParser().get_doctest(
            text.replace(ADDRESS, address), names, "docs/api.md", None, None
        )
        said: list[str] = []
        failed, _ = doctest.DocTestRunner().run(test, out=said.append, clear_globs=False)
        assert not failed, "".join(said)
        names = test.globs


@pytest.mark.parametrize("line", [each for text in examples("sh") for each in text.splitlines()])
def test_examples_in_the_shell_run(line: str, address: str, data: Path, tmp_path: Path) -> None:
    program = "curl" if line.startswith("curl") else "bash"
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    command = tmp_path / "plansearch"
    command.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "from search_app.cli import main;'
        " main(prog_name='plansearch')\" \"$@\"\n"
    )
    command.chmod(0o755)
    env = os.environ | {
        "PATH": f"{tmp_path}:{os.environ['PATH']}", "PLANSEARCH_DATA": str(data),
        "PYTHONPATH": str(DOCS.parent),
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-c", line.replace(ADDRESS, address)], env=env, capture_output=True, text=True
    )
    assert done.returncode == 0 and not done.stderr, done.stderr
    if program == "curl":
        assert "coverage" in json.loads(done.stdout) or "openapi" in json.loads(done.stdout)


def test_the_shell_completes_commands_and_the_values_of_options() -> None:
    for words, count, wanted in (
        ("plansearch sea", 1, "search"), ("plansearch search --so", 2, "--sort"),
        ("plansearch search --sort d", 3, "date"),
    ):  # fmt: skip
        env = os.environ | {
            "_PLANSEARCH_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(count)
        }  # fmt: skip
        program = "from search_app.cli import main; main(prog_name='plansearch')"
        run = [sys.executable, "-c", program]
        done = subprocess.run(run, env=env, capture_output=True, text=True, cwd=DOCS.parent)
        assert wanted in [line.partition(",")[2] for line in done.stdout.splitlines()], words


def test_the_example_for_mcp_names_what_the_command_takes() -> None:
    (text,) = examples("json")
    arguments = json.loads(text)["mcpServers"]["plansearch"]["args"]
    known = {name for each in main.commands[arguments[0]].params for name in each.opts}
    assert known >= {each for each in arguments if each.startswith("--")}


def test_the_help_of_every_command_is_in_the_docs() -> None:
    printed = [COMMANDS]
    for name in sorted(main.commands):
        done = CliRunner().invoke(main, [name, "--help"], prog_name="plansearch", terminal_width=80)
        printed.append(f"## plansearch {name}\n\n```text\n{done.output.strip()}\n```\n")
    path, text = DOCS / "commands.md", "\n".join(printed)
    if REMAKE:
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("command", sorted(main.commands))
def test_the_readme_names_no_option_that_a_command_does_not_have(command: str) -> None:
    params = [*main.commands[command].params, *main.commands["search"].params]
    known = {name for each in params if isinstance(each, click.Option) for name in each.opts}
    named = set(re.findall(r"--[a-z][a-z-]*", readme_row(command)))
    own = {name for each in main.commands[command].params for name in each.opts}
    assert named <= (known if "what `search` takes but" in readme_row(command) else own)
