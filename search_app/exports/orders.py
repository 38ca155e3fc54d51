"""Orders: what is to be exported, for whom and how; all that must be known to do it again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from werkzeug.datastructures import MultiDict

from index.query import Audience, Query
from index.schema import FACETS
from ingest.library import now
from search_app.request_query import Args, query_from_request

QUERY_ARGS = ("q", "like", *FACETS, "document", "since", "until", "sort", "as_typed", "without")
"""The arguments of an address that say what is asked; an export has all pages."""

MOST_CONTEXT_WORDS = 500
MOST_CHOSEN = 200

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")


@dataclass(frozen=True)
class Order:
    """What is to be exported: the arguments of the query, as given, and how it is to be written.

    ``context_words`` are how many words of the document are given on each side of an excerpt;
    ``bom`` marks CSV as UTF-8 for Excel; ``chosen`` are ids of passages, of which alone there
    are to be rows, none for all. ``address`` is that of the service, before the path of a
    permalink; ``time`` when it was asked for, ISO 8601 in UTC.
    """

    args: tuple[tuple[str, str], ...]
    audience: Audience = "public"
    form: str = "csv"
    context_words: int = 0
    bom: bool = False
    chosen: tuple[str, ...] = ()
    address: str = ""
    time: str = field(default_factory=now)
    notes: tuple[str, ...] = ()

    @property
    def query(self) -> Query:
        """The query as it was asked for, with the notes on the order too."""
        query = query_from_request(MultiDict(self.args), self.audience)
        return replace(query, notes=(*query.notes, *self.notes))


def keep_query_args(args: Args) -> tuple[tuple[str, str], ...]:
    """Keep the arguments that say what is asked, those that are empty left out."""
    return tuple((n, value) for n in QUERY_ARGS for value in args.getlist(n) if value)


def order_from_request(
    args: Args, audience: Audience, address: str, form: str, forms: Iterable[str]
) -> Order:
    """Make the order that the arguments of an address ask for, with notes on all that is wrong.

    ``form`` is the format, or nothing where ``?format=`` says which of the ``forms`` it is.
    """
    notes: list[str] = []
    time = args.get("time", "")
    return Order(
        args=keep_query_args(args),
        audience=audience,
        form=form or _read_form(args, tuple(forms), notes),
        context_words=_read_context(args, notes),
        bom=args.get("bom", "") == "1",
        chosen=_read_chosen(args, notes),
        address=address,
        time=time if is_time(time) else now(),
        notes=tuple(notes),
    )


def is_time(text: str) -> bool:
    """Tell whether a text is a time as an order has it: to the second, in UTC."""
    if not _TIME.fullmatch(text):
        return False
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def _read_form(args: Args, forms: tuple[str, ...], notes: list[str]) -> str:
    form = args.get("format", "") or forms[0]
    if form not in forms:
        notes.append(f"The format “{form[:40]}” is not known; this is {forms[0]}.")
        return forms[0]
    return form


def _read_context(args: Args, notes: list[str]) -> int:
    value = args.get("context", "").strip() or "0"
    if not re.fullmatch(r"[0-9]{1,9}", value):
        notes.append(f"“{value[:40]}” is no number of words; none are given beside excerpts.")
        return 0
    if int(value) > MOST_CONTEXT_WORDS:
        notes.append(f"At most {MOST_CONTEXT_WORDS} words are given on each side of an excerpt.")
    return min(int(value), MOST_CONTEXT_WORDS)


def _read_chosen(args: Args, notes: list[str]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(filter(None, args.getlist("chosen"))))
    if len(chosen) > MOST_CHOSEN:
        notes.append(f"Only the first {MOST_CHOSEN} of {len(chosen)} chosen passages were taken.")
    return chosen[:MOST_CHOSEN]
