"""The web application: pages and API over one library, with the headers that keep it safe."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flask import Flask, Response

from index.expansion import CAPITALS_NOTE
from index.models import Models
from index.query import Audience
from index.settling import AS_TYPED_NOTE
from ingest.quality import find_wanting_pages, name_quality
from search_app import wording
from search_app.across_views import across
from search_app.api import api
from search_app.batch_views import batch
from search_app.cite_views import citing
from search_app.commitment_views import commitments
from search_app.design.assets import register_assets
from search_app.design.theme import Theme
from search_app.export_views import exports
from search_app.following import following
from search_app.interface.rate_limits import REQUESTS_A_MINUTE, register_rate_limits
from search_app.interface.views import interface
from search_app.marking import mark_text
from search_app.keeping import register_keeping
from search_app.problems import register_problems
from search_app.quote_views import quotes
from search_app.report_views import reports
from search_app.quoting.permalinks import passage_path
from search_app.request_query import query_args, url_with, url_without
from search_app.service import keep_service, open_service
from search_app.silence_views import silence
from search_app.views import pages, page_url, quotation_url

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
        " object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
}

WAYS_TO_SEE = (
    ("pages.show_results", "Passages"),
    ("reports.show_concordance", "In context"),
    ("reports.show_trends", "Trends"),
    ("silence.show_silence", "Who is silent"),
)
"""The pages that show one query's matches, and what links to them are called."""


def create_app(
    data: Path,
    audience: Audience = "public",
    models: Models = Models(),
    assets: Path | None = None,
    theme: Theme = Theme(),
    requests_a_minute: int = REQUESTS_A_MINUTE,
) -> Flask:
    """Make the application over the library in a data folder, for one audience.

    ``assets`` is the folder of the design system; without it the pages are plain. One address may
    ask the API ``requests_a_minute``; 0 sets no limit.
    """
    app = Flask(__name__, static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    keep_service(app.extensions, open_service(data, audience, models))
    app.register_blueprint(pages)
    app.register_blueprint(api)
    app.register_blueprint(across)
    app.register_blueprint(silence)
    app.register_blueprint(commitments)
    app.register_blueprint(exports)
    app.register_blueprint(batch)
    app.register_blueprint(reports)
    app.register_blueprint(following)
    app.register_blueprint(quotes)
    app.register_blueprint(citing)
    app.register_blueprint(interface)
    register_rate_limits(app, requests_a_minute)
    register_problems(app)
    register_assets(app, assets, theme)
    app.after_request(_secure)
    register_keeping(app)
    _teach_words(app)
    return app


def _secure(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _teach_words(app: Flask) -> None:
    """Give the templates the functions that put values into words and addresses."""
    app.jinja_env.filters.update(
        capitalise=wording.capitalise,
        date=wording.show_date,
        format_name=wording.name_format,
        pages=wording.list_pages,
        time=wording.show_time,
    )
    app.jinja_env.globals.update(
        as_typed_note=AS_TYPED_NOTE,
        capitals_note=CAPITALS_NOTE,
        count=wording.count,
        describe_reading=wording.describe_reading,
        find_wanting_pages=find_wanting_pages,
        facet_names=wording.FACET_NAMES,
        mark_text=mark_text,
        name_confidence=wording.name_confidence,
        name_hit=wording.name_hit,
        name_place=wording.name_place,
        name_quality=name_quality,
        name_twin=wording.name_twin,
        page_url=page_url,
        passage_path=passage_path,
        query_args=query_args,
        say_status=wording.say_status,
        today=date.today,
        quotation_url=quotation_url,
        url_with=url_with,
        url_without=url_without,
        ways_to_see=WAYS_TO_SEE,
    )
