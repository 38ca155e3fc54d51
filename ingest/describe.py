"""Describe a document: what its catalogue says, else what its own words tell, else unknown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from ingest.clues import Clue, Clues, find_clues
from ingest.dates import Found, find_dates, find_periods, find_years_of_plan, parse_date
from ingest.kinds import find_kind
from ingest.organisations import pick_organisation
from ingest.places import pick_places
from ingest.records import Description, Fact, Reading
from ingest.themes import pick_themes
from ingest.titles import pick_title

STATUSES = ("draft", "current", "superseded")
AUDIENCES = ("public", "staff")
_STATUS_LINES = 8

_CUE = re.compile(
    r"(?:publi(?:shed|cation)|dated?|version|issued?|updated?|approved|revised|agreed|adopted)"
    r"\b[^.]{0,25}$",
    re.I,
)
_AIM = re.compile(r"\b(?:to|by|until|till|towards|since|from)\s$", re.I)
_PLAN_FOR = re.compile(r"\b(?:plan|strategy|programme)s?\s(?:for|covers?|from)\s$", re.I)
_LASTING = ("five-year plan", "strategy", "plan")
"""Kinds of which the title says how many years they are for, and not what they are about."""

_LOOKING_BACK = (
    "minutes", "board paper", "board update", "newsletter", "consultation report", "annual report",
    "audit", "survey",
)
"""Kinds that cover no years to come, though they speak of plans that do."""

_DRAFT = re.compile(r"(?<![^\W_])draft(?![^\W_])", re.I)
_SUPERSEDED = re.compile(r"(?<![^\W_])(?:superseded|withdrawn|archived)(?![^\W_])", re.I)
_FOR_STAFF = re.compile(
    r"not for publication|internal use only|for internal use|(?:strictly|private and) confidential"
    r"|staff only|official[- ]sensitive",
    re.I,
)


def describe(reading: Reading, file_name: str, catalogue: Mapping[str, str]) -> Description:
    """Describe a file; ``catalogue`` is its row there, by column, and empty where it has none."""
    clues = find_clues(reading, file_name)
    row = {name.strip().lower(): str(cell or "").strip() for name, cell in catalogue.items()}
    title = _catalogued(row, "title") or pick_title(clues)
    kind = _catalogued(row, "kind") or _kind(clues, title)
    return Description(
        title=title,
        organisation=_catalogued(row, "organisation")
        or pick_organisation((*clues.properties.values(), *clues.front), clues.body),
        kind=kind,
        published=_catalogued(row, "published", parse_date) or _published(clues, title),
        period=_catalogued(row, "period", _period_value) or _period(clues, title, kind),
        status=_catalogued(row, "status", _one_of(STATUSES)) or _status(clues),
        supersedes=_catalogued(row, "supersedes") or Fact(),
        audience=_catalogued(row, "audience", _one_of(AUDIENCES)) or _audience(clues, row),
        source=_catalogued(row, "source") or _catalogued(row, "source address") or Fact(),
        themes=_catalogued_list(row, "themes") or pick_themes(_title_clue(title), clues.body),
        places=_catalogued_list(row, "places") or pick_places(_title_clue(title), clues.body),
    )


def _catalogued(
    row: Mapping[str, str], column: str, read: Callable[[str], str] = str
) -> Fact | None:
    """What the catalogue says, if anything that can be read."""
    value = read(row.get(column, ""))
    return Fact(value, "catalogued") if value else None


def _catalogued_list(row: Mapping[str, str], column: str) -> tuple[Fact, ...]:
    """What the catalogue says in a cell of several values, parted by semicolons."""
    values = (value.strip() for value in row.get(column, "").split(";"))
    return tuple(Fact(value, "catalogued") for value in dict.fromkeys(values) if value)


def _one_of(values: tuple[str, ...]) -> Callable[[str], str]:
    return lambda cell: cell.lower() if cell.lower() in values else ""


def _period_value(cell: str) -> str:
    if re.fullmatch(r"(?:19|20)\d\d", cell):
        return cell
    found = find_periods(cell)
    return found[0].value if found and found[0].end - found[0].start == len(cell) else ""


def _kind(clues: Clues, title: Fact) -> Fact:
    named = (_title_clue(title), clues.file_name)
    for clue in (*named, *_short_lines(clues), *clues.front[:3]):
        kind, start, end = find_kind(clue.text, wide=clue in named)
        if kind:
            return clue.shows(kind, start, end)
    return Fact()


def _title_clue(title: Fact) -> Clue:
    """A title as a clue to other things, which quote what the title was told by."""
    label = "" if title.origin == "inferred" else "catalogue: "
    return Clue(title.evidence or title.value, label)


def _short_lines(clues: Clues) -> Iterator[Clue]:
    return (clue for clue in clues.front if clue.short)


def _published(clues: Clues, title: Fact) -> Fact:
    for clue, found in _dates(clues, title):
        return clue.shows(found.value, found.start, found.end)
    saved = _saved(clues)
    return clues.properties["published"].shows(saved) if saved else Fact()


def _dates(clues: Clues, title: Fact) -> Iterator[tuple[Clue, Found]]:
    """Dates of publication, the surest first; bare years only where nothing is more precise."""
    front = [(clue, found) for clue in clues.front for found in find_dates(clue.text)]
    short = [(clue, at) for clue, at in front if clue.short]
    yield from ((clue, at) for clue, at in short if _CUE.search(clue.text[:at.start]))
    monthly = [(clue, at) for clue, at in short if len(at.value) > 4]
    yield from ((clue, at) for clue, at in monthly if _ends_line(clue, at))
    yield from ((clue, at) for clue, at in monthly if at.start == 0 and _is_only(clue))
    heading = _title_clue(title)
    named = [(clue, at) for clue in (heading, clues.file_name) for at in find_dates(clue.text)]
    likely = [(clue, at) for clue, at in named if _is_past(clue, at, clues)]
    yield from sorted(likely, key=lambda each: -len(each[1].value))


def _ends_line(clue: Clue, found: Found) -> bool:
    """Whether a date ends its line and is the only one there: two are the ends of something."""
    return not clue.text[found.end:].strip(" )") and _is_only(clue)


def _is_only(clue: Clue) -> bool:
    return len(find_dates(clue.text)) == 1


def _is_past(clue: Clue, found: Found, clues: Clues) -> bool:
    """Not an aim ("by 2030"), and not later than the file itself."""
    saved = _saved(clues)
    return not _AIM.search(clue.text[:found.start]) and (not saved or found.value[:4] <= saved[:4])


def _saved(clues: Clues) -> str:
    own = clues.properties.get("published")
    return parse_date(own.text) if own else ""


def _period(clues: Clues, title: Fact, kind: Fact) -> Fact:
    """The years that a title or file name tells; of what looks ahead also those said elsewhere."""
    named = (_title_clue(title), clues.file_name)
    ahead = kind.value not in _LOOKING_BACK
    for clue in (*named, *_short_lines(clues)) if ahead else named:
        for found in find_periods(clue.text):
            if clue in named or _stands_as_subtitle(clue, found):
                return clue.shows(found.value, found.start, found.end)
    if lasting := _lasting_period(clues, title):
        return lasting
    for clue in clues.body if ahead else ():
        for found in find_periods(clue.text):
            if _PLAN_FOR.search(clue.text[:found.start]):
                return clue.shows(found.value, found.start, found.end)
    return Fact()


def _lasting_period(clues: Clues, title: Fact) -> Fact | None:
    """The period of a plan "for five years" whose title, file name or front names a year."""
    named = _title_clue(title)
    years = find_years_of_plan(named.text) or find_years_of_plan(clues.file_name.text)
    if not years or find_kind(named.text)[0] not in _LASTING:
        return None
    for clue in (named, clues.file_name, *_short_lines(clues)):
        for found in find_dates(clue.text):
            start = int(found.value[:4])
            fact = clue.shows(f"{start}-{start + years}", found.start, found.end)
            both = find_years_of_plan(clue.text) > 0
            return fact if both else replace(fact, evidence=f"{named.text}\n{fact.evidence}")
    return None


def _stands_as_subtitle(clue: Clue, found: Found) -> bool:
    """Whether a heading or a line that names a kind of document ends with what was found."""
    ends = not clue.tabular and not clue.text[found.end:].strip(" .)")
    return clue.heading > 0 or (ends and clue.text[0].isalpha() and find_kind(clue.text)[0] != "")


def _status(clues: Clues) -> Fact:
    top = clues.front[:_STATUS_LINES]
    for clue in (clues.file_name, *(line for line in top if line.short or line.furniture)):
        for value, pattern in (("superseded", _SUPERSEDED), ("draft", _DRAFT)):
            if match := pattern.search(clue.text):
                return clue.shows(value, *match.span())
    return Fact("current", "inferred", "nothing says that it is a draft or superseded")


def _audience(clues: Clues, row: Mapping[str, str]) -> Fact:
    """Public, unless the front or a catalogue that cannot be understood suggests otherwise."""
    if row.get("audience"):
        words = f"the catalogue's audience is neither public nor staff: {row['audience']}"
        return Fact("staff", "inferred", words)
    for clue in _short_lines(clues):
        if match := _FOR_STAFF.search(clue.text):
            return clue.shows("staff", *match.span())
    return Fact("public", "inferred", "no catalogue says otherwise")
