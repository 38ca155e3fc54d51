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
/api
/api/v1/acronyms
/api/v1/across
/api/v1/answer
/api/v1/check-quotes
/api/v1/commitments
/api/v1/concordance
/api/v1/coverage
/api/v1/documents
/api/v1/documents/<document_id>
/api/v1/documents/<document_id>/differences
/api/v1/documents/<document_id>/pages/<int:number>
/api/v1/openapi.json
/api/v1/passages
/api/v1/search
/api/v1/silence
/api/v1/suggest
/api/v1/trends
/ask
/assets/<version>/<path:name>
/batch
/batch/<job>
/batch/<job>/file
/check-quotes
/commitments
/commitments.csv
/concordance
/concordance.csv
/concordance.jsonl
/coverage
/documents
/documents/<document_id>
/documents/<document_id>/cite
/documents/<document_id>/cite.bib
/documents/<document_id>/cite.csl.json
/documents/<document_id>/cite.ris
/documents/<document_id>/differences
/documents/<document_id>/original
/documents/<document_id>/pages/<int:number>
/documents/<document_id>/pages/<int:number>/image
/documents/<document_id>/pages/<int:number>/report
/export
/export.bib
/export.csl.json
/export.csv
/export.html
/export.jsonl
/export.manifest.json
/export.ris
/export.xlsx
/export/file
/feed.atom
/follow
/health
/help
/q/<document_id>/<int:version>
/q/<document_id>/<int:version>/<int:passage>
/q/<document_id>/<int:version>/page/<int:number>
/q/<document_id>/<int:version>/page/<int:number>/image
/search
/silence
/silence.csv
/trends
/trends.csv
""".split()

TAKING_A_FILE = {"/api/v1/check-quotes", "/batch", "/check-quotes"}
"""Those that are given a file or a text."""

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


def test_every_route_can_only_be_read_but_those_that_take_a_file(tmp_path: Path) -> None:
    app = create_app(tmp_path)
    writing = {r.rule for r in app.url_map.iter_rules() if r.methods != {"GET", "HEAD", "OPTIONS"}}
    assert writing == TAKING_A_FILE


def test_serving_loads_no_reader(tmp_path: Path) -> None:
    run = [sys.executable, "-c", _SERVE, str(tmp_path)]
    said = subprocess.run(run, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
