"""What a URL asks of the reports beside its query; whatever is wrong becomes a note."""

from __future__ import annotations

import re
from typing import get_args

from search_app.reports.concordance import MOST_WIDTH, WIDTH, Order
from search_app.reports.plots import MEASURES
from search_app.request_query import Args

_MOST_DIGITS = 6


def order_from_request(args: Args) -> tuple[Order, tuple[str, ...]]:
    """Read in what order lines are wanted."""
    given = " ".join(args.get("order", "").split())
    for order in get_args(Order):
        if order == given:
            return order, ()
    known = ", ".join(get_args(Order))
    note = f"Lines cannot be in the order “{given[:40]}”; it can be one of: {known}."
    return "document", (note,) if given else ()


def width_from_request(args: Args) -> tuple[int, tuple[str, ...]]:
    """Read how many words are wanted before and after a match."""
    given = " ".join(args.get("width", "").split())
    if not given:
        return WIDTH, ()
    if not re.fullmatch(r"[0-9]+", given):
        return WIDTH, (f"“{given[:40]}” is not a number of words; {WIDTH} are shown.",)
    asked = int(given[:_MOST_DIGITS])
    width = min(max(1, asked), MOST_WIDTH)
    note = f"Between 1 and {MOST_WIDTH} words can be shown on each side; these are {width}."
    return width, () if width == asked else (note,)


def measure_from_request(args: Args) -> tuple[str, tuple[str, ...]]:
    """Read what is to be plotted."""
    given = " ".join(args.get("measure", "").split())
    known = ", ".join(MEASURES)
    note = f"“{given[:40]}” cannot be plotted; it can be one of: {known}."
    return (given, ()) if given in MEASURES else ("occurrences", (note,) if given else ())
