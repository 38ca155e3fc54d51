"""The rooms stay apart: imports point one way, and each library is known in one place."""

from __future__ import annotations

import ast
import configparser
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED = {"ingest": {"ingest"}, "index": {"index", "ingest"},
           "search_app": {"search_app", "index", "ingest"}}  # fmt: skip
KNOWN_BY = {
    "pdfminer": "ingest/pdf",
    "docx": "ingest/docx",
    "bs4": "ingest/html",
    "nltk": "ingest/sentences",
    "pebble": "ingest/workers",
    "pytesseract": "ingest/ocr",
    "whoosh": "index/whoosh_engine",
    "snowballstemmer": "index/word_forms",
    "numpy": "index/",
    "onnxruntime": "index/transformer",
    "tokenizers": "index/transformer",
    "flask": "search_app/",
    "click": ("search_app/cli", "search_app/commands/"),
}


def modules() -> list[Path]:
    return [path for room in ALLOWED for path in sorted((ROOT / room).rglob("*.py"))]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by a relative name"
            yield node.module or ""


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way_and_libraries_stay_in_their_place(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    room = name.split("/")[0]
    for imported in imports(path):
        top = imported.split(".")[0]
        if top in ALLOWED:
            assert top in ALLOWED[room], f"{name} imports {imported}"
        if top in KNOWN_BY:
            assert name.startswith(KNOWN_BY[top]), f"{name} imports {imported}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_owns(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_broad_excepts_are_around_readers_alone() -> None:
    broad = [
        path.relative_to(ROOT).as_posix()
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        if node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException")
    ]
    assert broad == ["ingest/pdf.py", "ingest/workers.py"]


UNLOADED = "pdfminer", "nltk", "docx", "bs4", "pebble", "onnxruntime", "tokenizers"


def test_serving_loads_neither_what_reads_documents_nor_models_that_are_not_there(
    tmp_path: Path,
) -> None:
    code = (
        "import sys; from pathlib import Path; from search_app.app import create_app;"
        "create_app(Path(sys.argv[1]));"
        f"print([m for m in {UNLOADED} if m in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_only_the_command_line_reads_the_environment() -> None:
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in modules()
        for text in [path.read_text()]
        if "os.environ.get" in text or "getenv" in text or "envvar" in text
    ]
    assert readers == ["search_app/commands/options.py"]


def test_every_file_that_is_no_module_is_installed_with_its_room() -> None:
    """An editable installation has them all, so that nothing else would miss one."""
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg")
    for room in ALLOWED:
        patterns = settings.get("options.package_data", room, fallback="").split()
        for path in (ROOT / room).rglob("*"):
            if path.is_file() and path.suffix not in (".py", ".pyc"):
                name = path.relative_to(ROOT / room)
                assert any(name.match(pattern) for pattern in patterns), f"{room}/{name}"
