"""The short answer to a question: a span inside a quotation that is of the kind wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile

from index.analysis import STOP_WORDS, Token, find_tokens
from ingest.records import CELL
from search_app.answer_cells import choose_cell, find_cells, find_stems
from search_app.answer_clauses import (
    find_aims, find_definitions, find_lists, find_reasons, find_ways,
)  # fmt: skip
from search_app.answer_figures import (
    find_durations, find_figures, find_hours, find_money, find_percentages, find_times,
)  # fmt: skip
from search_app.answer_names import (
    find_bodies, find_initials, find_people, find_places, find_postcodes, find_roles,
    find_small_bodies,
)  # fmt: skip
from search_app.question_words import AnswerKind
from search_app.questions import Understood

Stretch = tuple[int, int]
"""The (start, end) offsets of words in a text."""

CLAUSE = 2
"""The steps that a comma or another mark between two words adds to their distance."""

AFTER = 0.5
"""What is added to the distance of a word that follows a span: an answer mostly stands behind."""

CLEARLY = 1.5
"""How many times as close as any other a span is that is taken among several."""

_LINE_OR_CELL = re.compile(rf"[\n{CELL}]")
_WHOLE = re.compile(r"(?:^|[,;:(]\s?)(?:out )?of (?:the |all |these |our )?$", re.IGNORECASE)
"""What stands before a figure of which the others are parts."""

_MARK = re.compile(r"[,;:()–—]|[.?!]\s")

Finder = Callable[[str], Iterable[Stretch]]


def _find_amounts(text: str) -> list[Stretch]:
    """Find percentages and sums of money, in the order in which they stand."""
    return sorted([*find_percentages(text), *find_money(text)])


FINDERS: dict[AnswerKind, tuple[Finder, ...]] = {
    "figure": (find_figures, _find_amounts),
    "money": (find_money,),
    "percentage": (find_percentages,),
    "date": (find_times, find_durations),
    "person": (find_people, find_roles, find_bodies, find_small_bodies, find_initials),
    "organisation": (find_bodies, find_small_bodies, find_initials),
    "place": (find_places,),
    "list": (find_lists,),
    "reason": (find_reasons, find_aims),
    "way": (find_ways,),
}
"""What finds spans of a kind; later ones are asked where those before found nothing."""

_ROLE_WORDS = frozenset("role job title post position professional".split())
_PERIOD_WORDS = frozenset(
    "long often soon frequently quickly hours hour time times wait waiting duration frequency"
    " weeks days months years period".split()
)
_CLOCK = re.compile(r"\bwhat times?\b|\bopening (?:hours|times?)\b", re.IGNORECASE)
_PERIODS = ("long", "often", "frequently")
_TWICE = re.compile(
    r"\b(?:and|or)\s(?:how|what|which|who|when|where|why)\b|\bwho\s\w+\s(?:what|which|how much)\b",
    re.IGNORECASE,
)
"""By which a question is told that asks two things, so that no one span answers it."""

_OF_A_PLAN = re.compile(
    r"\b(?:plans?|strategy|strategies|reports?|budgets?|programmes?|priorities)\s"
    r"(?:for |of |in )?(?:the )?(?:year )?$",
    re.IGNORECASE,
)
"""What stands before a period that only names something: our plan for 2019/20."""

_YEAR = re.compile(r"(?:1\d|20)\d\d(?:[/–-]\d\d(?:\d\d)?|s)?")
_UNIT = re.compile(r"\s?°[CF]|(?:[\s-](?:square |cubic )?[a-zA-Z][\w’'-]*){1,3}")
_OF_ALL = re.compile(r"\bhow (?:much|many) of\b", re.IGNORECASE)
_LONGEST_UNIT_WORDS = 3
_PEOPLE = frozenset(
    "people persons patients residents individuals citizens users visitors youngsters adults"
    " children".split()
)
_MEASURES = frozenset(
    "miles mile km kilometres metres metre kg hours hour minutes minute days weeks months years"
    " wte fte litres tonnes acres hectares points per".split()
)


def find_short_answer(
    text: str, understood: Understood, best: Stretch | None = None, header: str = ""
) -> Stretch | None:
    """Find the (start, end) offsets of the short answer in a quotation.

    ``best`` is where in it the best sentence stands, its whole unless given, and ``header`` the
    row that heads that, if it is a row of a table. None where nothing there is of the kind wanted,
    or the question says it itself, or several are and none is clearly the nearest to the telling
    words of the question. From the rest of the quotation only what is alone is taken.
    """
    if _TWICE.search(understood.question):
        return None
    whole = 0, len(text)
    stretch = best or whole
    if CELL in text[slice(*stretch)]:
        return _find_in_row(text, stretch, header, understood)
    for finder in _finders(understood):
        if found := _find_spans(text, stretch, finder, understood):
            return _choose(text, stretch, found, understood)
    for finder in _finders(understood) if stretch != whole else ():
        if found := _find_spans(text, whole, finder, understood):
            return _shape(text, found[0], understood) if len(found) == 1 else None
    return None


def kind_fits(text: str, understood: Understood) -> bool:
    """Tell whether a text holds something of the kind wanted that the question does not say.

    A statement, a comparison and a yes or no may be given in any words.
    """
    finders = _finders(understood)
    return not finders or any(
        _find_spans(text, (0, len(text)), finder, understood) for finder in finders
    )


def _find_in_row(
    text: str, stretch: Stretch, header: str, understood: Understood
) -> Stretch | None:
    """Find the short answer in the cell that the header and the question tell."""
    cells, found = find_cells(text, stretch), dict[int, list[Stretch]]()
    for finder in _finders(understood):
        for number, cell in enumerate(cells):
            if number not in found and (spans := _find_spans(text, cell, finder, understood)):
                found[number] = spans
    row = [text[slice(*cell)] for cell in cells]
    chosen = choose_cell(row, header.split(CELL), {*found}, understood)
    if chosen is None:
        return None
    if chosen in found:
        return _choose(text, cells[chosen], found[chosen], understood)
    return cells[chosen]


def _find_spans(
    text: str, stretch: Stretch, finder: Finder, understood: Understood
) -> list[Stretch]:
    """Find the spans of a stretch that say more than the question, none over lines or cells."""
    start, end = stretch
    part = text[start:end]
    tokens, asked = list(find_tokens(part)), find_stems(understood.question)
    spans = [_trim(part, span) for span in finder(part)]
    return [
        (start + first, start + last) for first, last in spans
        if not _LINE_OR_CELL.search(part, first, last)
        and _says_more(_within(tokens, (first, last)), asked)
    ]  # fmt: skip


def _choose(
    text: str, stretch: Stretch, found: Sequence[Stretch], understood: Understood
) -> Stretch | None:
    """Choose the only span, or the one that is clearly nearest to the telling words."""
    start, end = stretch
    part = text[start:end]
    spans = [(first - start, last - start) for first, last in found]
    spans = [span for span in spans if not _WHOLE.search(part, 0, span[0])] or spans
    spans = _with_head(_without_names(spans, part, understood), part, understood)
    if not spans:
        return None
    best = _nearest(part, spans, _telling_stems(understood))
    return _shape(text, (best[0] + start, best[1] + start), understood) if best else None


def _without_names(
    spans: list[Stretch], text: str, understood: Understood
) -> list[Stretch]:
    """Of times, those that do not only name a plan; all where a year or period is asked for."""
    if understood.kind != "date" or _PERIOD_WORDS & {*understood.head} or "year" in understood.head:
        return spans
    return [span for span in spans if not _OF_A_PLAN.search(text, 0, span[0])]


def _with_head(
    spans: list[Stretch], text: str, understood: Understood
) -> list[Stretch]:
    """Of figures, those of what is counted; all of no other thing where the text has no word of it.
    """
    heads = find_stems(" ".join(understood.head[-1:]))
    if understood.kind != "figure" or not heads or not _how(understood):
        return spans
    units = [find_stems(unit[0]) if (unit := _UNIT.match(text, end)) else set() for _, end in spans]
    counting = [span for span, unit in zip(spans, units) if heads & unit]
    if counting or heads & find_stems(text):
        return counting or spans
    return [span for span in spans if not _counts_others(text, span, understood)]


def _counts_others(text: str, span: Stretch, understood: Understood) -> bool:
    """Whether a figure has a unit of its own, which is not another word for people as asked for."""
    length = _unit_length(text[span[1]:], understood)
    unit = text[span[1]:span[1] + length].split()
    both_people = unit[-1:] and {unit[-1].lower(), understood.head[-1]} <= _PEOPLE
    return bool(unit) and not both_people


def _finders(understood: Understood) -> tuple[Finder, ...]:
    if understood.kind == "definition":
        words = understood.telling_words
        return (lambda text: find_definitions(text, words),)
    if understood.kind == "place" and "postcode" in understood.head:
        return (find_postcodes,)
    if understood.kind == "figure" and _OF_ALL.search(understood.question):
        return (find_percentages, find_figures)
    if understood.kind == "person" and _ROLE_WORDS & {*understood.head}:
        return (find_roles, find_people)
    if understood.kind == "date" and _CLOCK.search(understood.question):
        return (find_hours,)
    if understood.kind == "date" and {*_PERIODS} & {*_how(understood)}:
        return (find_durations,)
    if understood.kind == "date" and _PERIOD_WORDS & {*understood.head, *_how(understood)}:
        return (find_durations, find_times)
    return FINDERS.get(understood.kind, ())


def _how(understood: Understood) -> list[str]:
    return re.findall(r"\bhow (\w+)", understood.question.lower())


def _telling_stems(understood: Understood) -> frozenset[str]:
    return find_stems(" ".join(understood.telling_words))


def _trim(text: str, span: Stretch) -> Stretch:
    said = text[slice(*span)]
    return span[1] - len(said.lstrip()), span[0] + len(said.rstrip())


def _within(tokens: list[Token], span: Stretch) -> list[Token]:
    return [token for token in tokens if _overlaps(token, span)]


def _says_more(tokens: list[Token], asked: frozenset[str]) -> bool:
    """Whether some word of a span is not in the question; common words are in all of them."""
    return any(
        token.form not in STOP_WORDS and token.stem not in asked for token in tokens
    )


def _nearest(
    text: str, found: Sequence[Stretch], telling: frozenset[str]
) -> Stretch | None:
    """The span with the telling words nearest to it, if it is CLEARLY so: each word adds
    1 / (1 + distance)."""
    tokens = list(find_tokens(text))
    steps = _steps(text, tokens)
    told = [step for token, step in zip(tokens, steps) if token.stem in telling]

    def closeness(span: Stretch) -> float:
        inside = [step for token, step in zip(tokens, steps) if _overlaps(token, span)]
        first, last = inside[0], inside[-1]
        before = sum(1 / (1 + first - step) for step in told if step < first)
        return before + sum(1 / (1 + AFTER + step - last) for step in told if step > last)

    ranked = sorted(found, key=lambda span: (-closeness(span), span[0]))
    best = ranked[0]
    others = (each for each in ranked[1:] if text[slice(*each)] != text[slice(*best)])
    rival = next(others, None)
    return best if rival is None or closeness(best) >= CLEARLY * closeness(rival) else None


def _steps(text: str, tokens: list[Token]) -> list[int]:
    """How far each word stands from the first: a word is a step, a mark between two CLAUSE more."""
    steps, step, end = [], 0, 0
    for token in tokens:
        step += 1 + CLAUSE * (_MARK.search(text, end, token.start) is not None)
        steps.append(step)
        end = token.end
    return steps


def _overlaps(token: Token, span: Stretch) -> bool:
    return span[0] < token.end and token.start < span[1]


def _shape(text: str, span: Stretch, understood: Understood) -> Stretch:
    """A figure with its unit; of a date no more than the year, where a year is asked for."""
    start, end = span
    if understood.kind == "figure" and text[start:end][-1:].isalnum():
        return start, end + _unit_length(text[end:], understood)
    if understood.kind == "date" and "year" in understood.head:
        if match := _YEAR.search(text, start, end):
            return match.span()
    return span


def _unit_length(after: str, understood: Understood) -> int:
    """How much of what follows a figure is its unit: the words up to the noun asked for, or
    one word in the plural or of a measure."""
    match = _UNIT.match(after)
    if not match:
        return 0
    heads = {token.stem for token in find_tokens(" ".join(understood.head))}
    tokens = list(find_tokens(match[0]))[:_LONGEST_UNIT_WORDS]
    unit = list(takewhile(lambda token: token.form not in STOP_WORDS, tokens))
    asked = [token.end for token in unit if token.stem in heads]
    if asked:
        return asked[-1]
    first = tokens[1 if len(tokens) > 1 and tokens[0].form in ("square", "cubic") else 0]
    is_plural = first.form.endswith("s") and not first.form.endswith("ss")
    is_unit = first.form in _MEASURES or is_plural and first.form not in STOP_WORDS
    return first.end if is_unit and first.form != "per" else 0
