"""The addresses of the service; a change here is a change for those who link to it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from search_app.app import create_app

ROUTES = """
/
/accessibility
/acronyms
/across
/across.csv
/api/v1/acronyms
/api/v1/across
/api/v1/answer
/api/v1/coverage
/api/v1/documents
/api/v1/documents/<document_id>
/api/v1/documents/<document_id>/pages/<int:number>
/api/v1/search
/api/v1/suggest
/ask
/assets/<version>/<path:name>
/coverage
/documents/<document_id>
/documents/<document_id>/original
/documents/<document_id>/pages/<int:number>
/documents/<document_id>/pages/<int:number>/image
/export.csv
/export.jsonl
/feed.atom
/follow
/health
/help
/search
""".split()

_SERVE = """
import sys
from pathlib import Path
from search_app.app import create_app
app = create_app(Path(sys.argv[1]))
app.test_client().get("/search?q=plan")
print([name for name in ("pdfminer", "nltk", "docx", "bs4") if name in sys.modules])
"""


def test_routes_are_these(tmp_path: Path) -> None:
    app = create_app(tmp_path)
    assert sorted({rule.rule for rule in app.url_map.iter_rules()}) == ROUTES


def test_every_route_can_only_be_read(tmp_path: Path) -> None:
    app = create_app(tmp_path)
    for rule in app.url_map.iter_rules():
        assert rule.methods == {"GET", "HEAD", "OPTIONS"}, rule.rule


def test_serving_loads_no_reader(tmp_path: Path) -> None:
    run = [sys.executable, "-c", _SERVE, str(tmp_path)]
    said = subprocess.run(run, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
