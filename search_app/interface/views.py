"""The description of the API for programs, and the page that shows it to people."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from index.errors import NoIndex
from search_app.interface.openapi import DESCRIBED_AT, describe_api
from search_app.problems import list_problems
from search_app.service import current_service

_KEY = "plansearch.openapi"

interface = Blueprint("interface", __name__)


@interface.get(DESCRIBED_AT)
def send_description() -> Response:
    """Give the description of the API, OpenAPI 3.1."""
    return jsonify(_described() | {"servers": [{"url": f"{request.script_root}/"}]})


@interface.get("/api")
def show_api() -> str:
    """Show what the API can be asked, with forms to try it."""
    return render_template(
        "api.html",
        described=_described(),
        problems=list_problems(),
        example=_find_example(),
    )


def _find_example() -> str:
    """Give the id of a document to try the API with, empty where there is none."""
    try:
        return next((held.id for held in current_service().documents()), "")
    except NoIndex:
        return ""


def _described() -> dict[str, Any]:
    kept = current_app.extensions
    if _KEY not in kept:
        kept[_KEY] = describe_api(current_app)
    described: dict[str, Any] = kept[_KEY]
    return described
