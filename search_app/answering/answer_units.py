"""What figures count: the unit behind a figure, and whether it is of what a question counts."""

from __future__ import annotations

import re
from itertools import takewhile

from index.analysis import STOP_WORDS, find_tokens
from search_app.answering.answer_cells import find_stems
from search_app.answering.answer_finders import find_manner
from search_app.answering.questions import Understood

Stretch = tuple[int, int]
"""The (start, end) offsets of words in a text."""

_UNIT = re.compile(r"\s?°[CF]|(?:[\s-](?:square |cubic )?[a-zA-Z][\w’'-]*){1,3}")
_LONGEST_UNIT_WORDS = 3
_PEOPLE = frozenset(
    "people persons patients residents individuals citizens users visitors youngsters adults"
    " children".split()
)
_MEASURES = frozenset(
    "miles mile km kilometres metres metre kg hours hour minutes minute days weeks months years"
    " wte fte litres tonnes acres hectares points per".split()
)


def keep_counted(
    spans: list[Stretch], text: str, understood: Understood
) -> list[Stretch]:
    """Keep of figures those of what a question counts; where its text has no word of that, those
    that are not said to be of anything else."""
    heads = find_stems(" ".join(understood.head))
    if understood.kind != "figure" or not heads or "many" not in find_manner(understood):
        return spans
    units = [find_stems(unit[0]) if (unit := _UNIT.match(text, end)) else set() for _, end in spans]
    counting = [span for span, unit in zip(spans, units) if heads & unit]
    if counting or heads & find_stems(text):
        return counting or spans
    return [span for span in spans if not _counts_others(text, span, understood)]


def _counts_others(text: str, span: Stretch, understood: Understood) -> bool:
    """Whether a figure has a unit of its own, which is not another word for people as asked for."""
    after = text[span[1]:]
    following = _UNIT.match(after)
    first = following[0].split()[0].lower() if following else ""
    length = measure_unit(after, understood)
    unit = after[:length].split()[-1].lower() if length else first
    if unit in _PEOPLE:
        return not _PEOPLE & {*understood.head}
    return length > 0


def measure_unit(after: str, understood: Understood) -> int:
    """Give how many characters of what follows a figure are its unit: the words up to the noun
    asked for, or one word in the plural or of a measure."""
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
