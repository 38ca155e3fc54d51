"""What a reader chooses of commitments beside the filters of his query, and what that leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from search_app.reports.commitments_finding import Commitment
from search_app.reports.commitments_words import STRENGTHS, Strength

Dated = Literal["yes", "no"]
Order = Literal["document", "due"]

_YES_NO = ("yes", "no")
_KINDS: Mapping[str, tuple[str, ...]] = {
    "strength": STRENGTHS, "due": (), "dated": _YES_NO, "passed": _YES_NO,
}  # fmt: skip
"""What can be counted, with the values to be named, of the years all that there are."""


@dataclass(frozen=True)
class Choices:
    """What a reader chooses of commitments, beside the filters of his query.

    ``due`` are years, or YEAR_NOT_STATED; ``dated`` whether a date is stated, and ``passed``
    whether its last day is over, which is told where the year is known. ``due_from`` and
    ``due_until`` are YYYY, YYYY-MM or YYYY-MM-DD: what is due in 2020 is due until any day from its
    last on. None of a kind means that all are welcome. ``order`` is by document, the newest first,
    or by the date due.
    """

    strength: tuple[Strength, ...] = ()
    due: tuple[str, ...] = ()
    dated: tuple[Dated, ...] = ()
    passed: tuple[Dated, ...] = ()
    due_from: str = ""
    due_until: str = ""
    order: Order = "document"

    @property
    def notes(self) -> tuple[str, ...]:
        """Say that no date can be in a range that ends before it begins."""
        ends_before = self.due_from and self.due_until and last_day(self.due_until) < self.due_from
        return (
            f"No date is from {self.due_from} up to {self.due_until}; the first is after the last.",
        ) if ends_before else ()  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """A value that can be chosen, with how many commitments choosing it (too) would show."""

    value: str
    commitments: int
    chosen: bool


def fits(commitment: Commitment, choices: Choices, today: date) -> bool:
    """Tell whether a commitment has what is chosen."""
    return is_in_range(commitment.due, choices) and not _miss(_values(commitment, today), choices)


def count_choices(
    commitments: Iterable[Commitment], choices: Choices, today: date
) -> Mapping[str, tuple[Counted, ...]]:
    """Count the values of each kind of choice; its own choices do not narrow its counts."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in _KINDS}
    for each in commitments:
        if is_in_range(each.due, choices):
            values = _values(each, today)
            missed = _miss(values, choices)
            for name in _KINDS if not missed else missed if len(missed) == 1 else ():
                counts[name][values[name]] += 1
    return {name: tuple(_say(counts[name], getattr(choices, name), _KINDS[name]))
            for name in _KINDS}  # fmt: skip


def _say(
    counts: Counter[str], chosen: Sequence[str], order: Sequence[str]
) -> Iterator[Counted]:
    for value in order or sorted({*counts, *chosen} - {""}):
        yield Counted(value, counts[value], value in chosen)


def _miss(values: Mapping[str, str], choices: Choices) -> list[str]:
    """Name the kinds of choice of which something else is chosen."""
    return [
        name for name, value in values.items()
        if getattr(choices, name) and value not in getattr(choices, name)
    ]


def _values(commitment: Commitment, today: date) -> dict[str, str]:
    due = commitment.due
    return {
        "strength": commitment.strength,
        "due": due[:4] if is_known(due) else due,
        "dated": "yes" if due else "no",
        "passed": ("yes" if is_passed(due, today) else "no") if is_known(due) else "",
    }


def is_known(due: str) -> bool:
    """Tell whether of a due date at least the year is known."""
    return due[:4].isdecimal()


def is_passed(due: str, today: date) -> bool:
    """Tell whether the last day that a due date can mean is before today."""
    return is_known(due) and last_day(due) < today.isoformat()


def is_in_range(due: str, choices: Choices) -> bool:
    """Tell whether something is due within what is chosen; what has no year is in no range."""
    if not (choices.due_from or choices.due_until):
        return True
    until = choices.due_until and last_day(choices.due_until)
    return is_known(due) and choices.due_from <= last_day(due) <= (until or last_day(due))


def last_day(due: str) -> str:
    """Give the last day that a due date can mean; after all others where it is not known.

    Days compare as text, so that of each month the 31st is the last.
    """
    if not is_known(due):
        return "B" if not due else "A"
    return due + "-12-31"[len(due) - 4:] if len(due) < 10 else due
