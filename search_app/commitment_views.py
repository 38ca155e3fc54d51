"""The page, file and API of commitments: the statements that promise something."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, TypeVar, get_args

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from index.query import Query
from index.typed_dates import first_day
from search_app.attachments import CSV, send_attachment
from search_app.reports.commitments import Commitments, list_commitments
from search_app.reports.commitments_choices import Choices, Dated, Order
from search_app.reports.commitments_deadlines import YEAR_NOT_STATED
from search_app.reports.commitments_records import (
    NO_DATE, commitments_csv, commitments_json, say_number,
)  # fmt: skip
from search_app.reports.commitments_words import Strength
from search_app.request_query import query_args, query_from_request
from search_app.service import Service, current_service

_Args = MultiDict[str, str]
_Choice = TypeVar("_Choice", bound=str)

NAMES = {
    "promise": "Promise", "aim": "Aim", "plan": "Plan", "yes": "A date is stated",
    "no": NO_DATE.capitalize(),
}  # fmt: skip

PASSED_NAMES = {"yes": "Date passed", "no": "Date not passed"}

commitments = Blueprint("commitments", __name__)


@commitments.get("/commitments")
def show_commitments() -> str:
    """Show one page of the statements that promise something."""
    service = current_service()
    found, notes = _list(service)
    return render_template(
        "commitments.html",
        found=found,
        query=found.query,
        notes_said=(*found.notes, *notes),
        names=NAMES,
        passed_names=PASSED_NAMES,
        number=say_number(found),
        action=url_for("commitments.show_commitments", **dict.fromkeys(asdict(Choices()))),
        no_date=NO_DATE,
        labels={one.document.id: service.library.labels(one.document)
                for each in found.statements for one in (each, *each.also)},
        known=service.known,
        narrowed=service.known([found.query.document]),
        url_of=lambda endpoint="commitments.show_commitments", **changes: (
            url_for(endpoint, **choice_args(found.query, found.choices, **changes))
        ),
        kept={name: value for name, value in choice_args(found.query, found.choices, q="").items()
              if value},
        without=lambda kind, value: _without(found, kind, value),
    )  # fmt: skip


@commitments.get("/commitments.csv")
def send_commitments() -> Response:
    """Send all commitments that a query and choices leave as CSV."""
    service = current_service()
    found, _ = _list(service, whole=True)
    lines = commitments_csv(found, service.library)
    return send_attachment(lines, CSV, "commitments.csv")


@commitments.get("/api/v1/commitments")
def give_commitments() -> Response:
    """Give one page of the statements that promise something."""
    service = current_service()
    found, notes = _list(service)
    packed = commitments_json(found, service.library)
    return jsonify(packed | {"notes": (*packed["notes"], *notes)})


def choices_from_request(args: _Args) -> tuple[Choices, tuple[str, ...]]:
    """Read what is chosen of commitments, with a note on what is nothing known."""
    notes: list[str] = []
    orders = _read_known("order", args.getlist("order")[:1], get_args(Order), notes)
    choices = Choices(
        strength=_read_known("strength", args.getlist("strength"), get_args(Strength), notes),
        due=_read_due(args.getlist("due"), notes),
        dated=_read_known("dated", args.getlist("dated"), get_args(Dated), notes),
        passed=_read_known("passed", args.getlist("passed"), get_args(Dated), notes),
        due_from=_read_date(args.get("due_from", ""), notes),
        due_until=_read_date(args.get("due_until", ""), notes),
        order=orders[0] if orders else "document",
    )
    return choices, tuple(dict.fromkeys(notes))


def _read_known(
    name: str, given: list[str], known: tuple[_Choice, ...], notes: list[str]
) -> tuple[_Choice, ...]:
    notes += [
        f"“{value[:40]}” is nothing known of {name}; it can be {' or '.join(known)}."
        for value in given if value and value not in known
    ]  # fmt: skip
    return tuple(value for value in known if value in given)


def _read_due(given: list[str], notes: list[str]) -> tuple[str, ...]:
    chosen = dict.fromkeys(each.strip() for each in given if each.strip())
    right = [each for each in chosen if re.fullmatch(r"\d{4}", each) or each == YEAR_NOT_STATED]
    notes += [
        f"The year “{each[:40]}” was not understood and not used; write it as 2024."
        for each in chosen if each not in right
    ]  # fmt: skip
    return tuple(right)


def _read_date(given: str, notes: list[str]) -> str:
    given = given.strip()
    if not given or first_day(given):
        return given
    notes.append(
        f"The date “{given[:40]}” was not understood and not used; write it as 2019, 2019-06 or"
        " 2019-06-30."
    )
    return ""


def choice_args(query: Query, choices: Choices, **changes: Any) -> dict[str, Any]:
    """Give the arguments of a URL for a query and choices; any change goes back to page 1.

    A choice that is left out is None, so that it is not kept.
    """
    chosen = asdict(choices) | {"order": "" if choices.order == "document" else choices.order}
    own = {name: changes.pop(name, value) or None for name, value in chosen.items()}
    changed = changes or own != {name: value or None for name, value in chosen.items()}
    return query_args(query, **(changes or ({"page": ""} if changed else {}))) | own


def _without(found: Commitments, kind: str, value: str) -> str:
    """Give the address of the page without one choice."""
    chosen = getattr(found.choices, kind)
    left = "" if chosen == value else tuple(each for each in chosen if each != value)
    args = choice_args(found.query, found.choices, **{kind: left})
    return url_for("commitments.show_commitments", **args)


@commitments.url_defaults
def keep_choices(endpoint: str, values: dict[str, Any]) -> None:
    """Keep the choices in the links from the page to itself that change the query alone."""
    for name in asdict(Choices()):
        if name in request.args:
            values.setdefault(name, request.args.getlist(name))


def _list(service: Service, whole: bool = False) -> tuple[Commitments, tuple[str, ...]]:
    choices, notes = choices_from_request(request.args)
    query = query_from_request(request.args, service.audience)
    today = datetime.now(UTC).date()
    return list_commitments(service.commitments, query, choices, whole, today=today), notes
