"""What an evaluation found, as lines to read and as JSON."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from search_app.evaluating.evaluation import Outcome
from search_app.evaluating.figures import (
    FIGURES,
    LABELS,
    Bin,
    Estimate,
    estimate_figures,
    find_reliability,
)
from search_app.evaluating.scores import list_quotations
from search_app.wording import count

KIND_FIGURES = ("recall@5", "mrr@10", "quoted", "given", "f1", "false_answers")


@dataclass(frozen=True)
class Kind:
    """The questions of a kind: how many there are, and their figures by name."""

    name: str
    questions: int
    figures: dict[str, float | None]


@dataclass(frozen=True)
class Timing:
    """Milliseconds a question, of the clock or the processor."""

    median: float
    percentile_95: float


@dataclass(frozen=True)
class Failure:
    """A question that was not answered as it should be, and which stage failed."""

    id: str
    stage: str
    question: str
    expected: str
    quoted: str


@dataclass(frozen=True)
class Report:
    """What an evaluation found; ``corpus`` and ``models`` say over what, and with what."""

    corpus: str
    models: str
    questions: int
    unanswerable: int
    figures: dict[str, Estimate]
    reliability: list[Bin]
    clock_ms: Timing
    processor_ms: Timing
    kinds: list[Kind]
    failures: list[Failure]


def make_report(outcomes: Sequence[Outcome], corpus: str, models: str) -> Report:
    """Sum up the outcomes of at least one question."""
    return Report(
        corpus=corpus,
        models=models,
        questions=len(outcomes),
        unanswerable=sum(not each.question.answerable for each in outcomes),
        figures=estimate_figures(outcomes),
        reliability=find_reliability(outcomes),
        clock_ms=_find_timing([each.clock_ms for each in outcomes]),
        processor_ms=_find_timing([each.processor_ms for each in outcomes]),
        kinds=list(_sum_up_kinds(outcomes)),
        failures=[_make_failure(each) for each in outcomes if each.failure],
    )


def _find_timing(values: Sequence[float]) -> Timing:
    """Find the smallest values that half and 95 % of them do not pass."""
    ordered = sorted(values)
    at = (ordered[math.ceil(share * len(ordered)) - 1] for share in (0.5, 0.95))
    return Timing(*at)


def _sum_up_kinds(outcomes: Sequence[Outcome]) -> Iterator[Kind]:
    def kind_of(outcome: Outcome) -> str:
        return outcome.question.kind

    for name, group in groupby(sorted(outcomes, key=kind_of), kind_of):
        own = list(group)
        yield Kind(name, len(own), {figure: FIGURES[figure](own) for figure in KIND_FIGURES})


def _make_failure(outcome: Outcome) -> Failure:
    question = outcome.question
    parts = tuple(names[0] for names in question.parts if names)
    expected = parts or question.answers[:1] or question.expected[:1]
    quoted = " … ".join(quotation.text for quotation in list_quotations(outcome.answer))
    return Failure(question.id, outcome.failure, question.text, "; ".join(expected), quoted)


def report_json(report: Report) -> dict[str, Any]:
    """Give a report as JSON; rates are from 0 to 1."""
    return asdict(report)


def print_report(report: Report, width: int | None, say: Callable[[str], None]) -> None:
    """Say what was found, rates in per cent, a line for each failure last, cut to ``width``."""
    for line in _lines(report):
        say(line)
    for failure in report.failures:
        say(_cut(_failure_line(failure), width))


def _lines(report: Report) -> Iterator[str]:
    yield (
        f"{count(report.questions, 'question')}, {report.unanswerable} of them unanswerable,"
        f" over {report.corpus}. {report.models}"
    )
    yield f"\n{'':<42}{'per cent':>8}  95 % interval  questions"
    for name, label in LABELS.items():
        if name in report.figures:
            yield _figure_line(label, report.figures[name])
    yield "\nConfidence and what came of it: the best quotation answers"
    yield f"{'confidence':<14}{'mean':>8}{'right':>8}{'questions':>12}"
    for each in report.reliability:
        shares = f"{100 * each.confidence:8.1f}{100 * each.right:8.1f}"
        yield f"{f'{100 * each.low:.0f} to {100 * each.high:.0f}':<14}{shares}{each.questions:12}"
    yield "\nMilliseconds a question, median and 95th percentile: " + ", ".join(
        f"{name} {timing.median:.1f} and {timing.percentile_95:.1f}"
        for name, timing in (("clock", report.clock_ms), ("processor", report.processor_ms))
    )
    yield from _kind_lines(report.kinds)
    yield f"\nFailures: {len(report.failures)} of {count(report.questions, 'question')}"


def _figure_line(label: str, figure: Estimate) -> str:
    interval = f"{100 * figure.low:.1f} to {100 * figure.high:.1f}"
    return f"{label:<42}{100 * figure.value:8.1f}{interval:>15}{figure.questions:11}"


def _kind_lines(kinds: Sequence[Kind]) -> Iterator[str]:
    heads = "".join(f"{name.replace('_', ' '):>15}" for name in KIND_FIGURES)
    yield f"\n{'kind':<28}{'questions':>9}{heads}"
    for kind in kinds:
        cells = (f"{'–' if v is None else f'{100 * v:.1f}':>15}" for v in kind.figures.values())
        yield f"{kind.name[:27] or '–':<28}{kind.questions:9}{''.join(cells)}"


def _failure_line(failure: Failure) -> str:
    expected = f" Expected: {failure.expected}" if failure.expected else ""
    quoted = f" Quoted: “{failure.quoted}”" if failure.quoted else ""
    line = f"{failure.id}: {failure.stage}. {failure.question}{expected}{quoted}"
    return " ".join(line.split())


def _cut(line: str, width: int | None) -> str:
    return line if width is None or len(line) <= width else line[:width - 1] + "…"
