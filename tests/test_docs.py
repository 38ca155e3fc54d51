"""The docs are true: every command, option, field and setting that there is, is in them."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import click
import pytest

from index.schema import FACETS, SEARCHED_FIELDS
from ingest import records
from ingest.catalogue import COLUMNS
from search_app.app import create_app
from search_app.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text()


def readme_row(command: str) -> str:
    (row,) = re.findall(rf"^\| `plansearch {command}\b.*$", README, re.MULTILINE)
    return str(row)


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_and_option_is_in_the_readme(command: str) -> None:
    row = readme_row(command)
    if command == "export":
        row += readme_row("search")
    for parameter in main.commands[command].params:
        if isinstance(parameter, click.Option) and parameter.name != "data":
            assert parameter.opts[0] in row, f"{command} {parameter.opts[0]}"


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_says_what_it_does(command: str) -> None:
    assert main.commands[command].help


def test_every_command_takes_the_data_folder() -> None:
    without = [
        name
        for name, command in main.commands.items()
        if not any(parameter.name == "data" for parameter in command.params)
    ]
    assert not without


def test_the_readme_gives_every_address(tmp_path: Path) -> None:
    for rule in create_app(tmp_path).url_map.iter_rules():
        address = re.sub(r"<(?:\w+:)?(\w)\w*>", r"<\1>", rule.rule).replace("<d>", "<id>")
        assert address.startswith("/static") or f"`{address}" in README, rule.rule


def test_the_readme_names_every_field_and_facet() -> None:
    for name in SEARCHED_FIELDS:
        assert name == "text" or f"{name}:" in README
    for facet in FACETS:
        assert f"--{facet}" in README


def test_the_readme_gives_the_columns_of_the_catalogue() -> None:
    (header,) = re.findall(r"^    file,(.*)$", README, re.MULTILINE)
    assert header.replace("source address", "source").split(",") == list(COLUMNS)


def test_the_glossary_has_the_word_of_every_record() -> None:
    names = [name for name, value in vars(records).items() if isinstance(value, type)]
    own = [n for n in names if getattr(records, n).__module__ == records.__name__]
    for name in own:
        word = re.sub(r"(?<!^)([A-Z])", r" \1", name).lower()
        assert re.search(rf"^\| .*\b{word}\b", GLOSSARY, re.MULTILINE), name


def test_links_between_the_docs_lead_somewhere() -> None:
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")):
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text()):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_dependencies_have_lower_bounds_and_are_locked() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    extras = dict(setup["options.extras_require"])
    others = extras.pop("bench").split()  # other readers, to compare with; CI installs none
    assert all(">=" in line for line in others)
    wanted = [setup["options"]["install_requires"], *extras.values()]
    locked = (ROOT / "constraints.txt").read_text().lower().replace("_", "-")
    for line in "\n".join(wanted).split():
        name, bound, _ = line.partition(">=")
        assert bound, f"{line} has no lower bound"
        assert re.search(rf"^{re.escape(name)}==", locked, re.MULTILINE), f"{name} is not locked"


def test_golden_files_and_floors_are_not_being_remade() -> None:
    for path in (ROOT / "tests").glob("*.py"):
        assert not re.search(r"^REMAKE = True", path.read_text(), re.MULTILINE)
