"""Where a sentence names people, roles, organisations and places: the spans of short answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.alignment import is_short_form
from ingest.organisations import find_organisations

Stretch = tuple[int, int]
"""The (start, end) offsets of words in a text."""

_CAPITAL = r"[A-ZÀ-Þ][\w’'-]*"
_RUN = re.compile(
    rf"(?<![\w-]){_CAPITAL}\.?"
    rf"(?:\s(?:(?:of|and|for|the|de|la|von|van|upon|on|in|&)\s){{0,2}}(?:{_CAPITAL}\.?))*"
)
_TITLE = (
    r"(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Sir|Dame|Lord|Lady|Cllr|Councillor|Rev|Father|Bishop"
    r"|King|Queen|Prince|Princess|President|General|Saint|St)\b\.?"
)
_NAME = re.compile(
    rf"(?:{_TITLE}\s)?(?:[A-Z]\.\s){{0,3}}(?:[A-Z][\w’'-]*[a-zà-ÿ](?:\s[A-Z]\.){{0,2}})"
    rf"(?:\s(?:(?:de|la|von|van|der|of|al|bin|the)\s){{0,2}}[A-ZÀ-Þ][\w’'-]+){{0,3}}"
)
_ROLE = (
    r"(?:Director|Manager|Officer|Chair(?:man|woman|person)?|Executive|Lead|Leader|Head|Nurse"
    r"|Doctor|Consultant|Secretary|Minister|Governor|Governors|Commissioner|Co-?ordinator|Adviser"
    r"|Advisor|Guardian|Clinician|Practitioner|Therapist|Pharmacist|Psychiatrist|Matron|Mayor"
    r"|President|Professor|Auditor|Accountant|Midwife|Champion|Partner|Registrar|Planner"
    r"|Administrator|Assistant|Worker|Warden|Sponsor|Owner|Treasurer|Navigator)"
)
_ROLES = re.compile(
    rf"(?:(?<![\w-])(?:[A-Z][\w’'-]*\s(?:(?:and|&|of|for)\s)?){{0,5}}{_ROLE}s?\b"
    rf"|(?<![\w-])(?:[a-z][\w’'-]*\s){{0,2}}?{_ROLE.lower()}s?\b)"
    rf"(?:\s(?:of|for)\s(?:the\s)?{_CAPITAL}(?:,?\s(?:(?:and|of|&)\s)?{_CAPITAL})*)?"
)
_ROLE_BEFORE = re.compile(rf"(?:(?:[A-Z][\w’'-]*\s)*{_ROLE}s?|[A-Z]\w+(?:ist|ician))\s")
_VERBS = frozenset("leads heads chairs champions sponsors lead partners".split())
_NOT_IN_ROLE = re.compile(
    r"^(?:the|a|an|our|their|its|his|her|by|to|with|and|or|from|as|of|in|on|for|is|was|are|were"
    r"|be|each|every|any|all|who|that|will|has|have|had|new|this|these|some|former|interim)\s",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:Trusts?|Councils?|Boards?|Committees?|Partnerships?|Groups?|Agency|Commissions?"
    r"|Services?|University|College|Associations?|Institute|Network|Alliance|Departments?"
    r"|Ministry|Company|Court|Center|Ltd|Limited|Inc|Foundation|Authority|Authorities|Society"
    r"|Federation|Union|Panel|Assembly|Parliament|Government|Corporation|Party|Bank|School|Church"
    r"|Team|CCGs?|ICBs?|NHS|Healthwatch|England|Forum|Fund|Charity|Centre|Consortium|Bureau|Club"
    r"|Office|Police)\b(?=$|\s(?:of|for|and)\s)"
)
_SMALL_BODY = re.compile(
    r"\b[Tt]he\s(?:[a-z]+\s){0,3}?(?:board|committee|panel|council|commissioner|trust|team|group"
    r"|department|partnership|governing body|cabinet|parliament|government)\b"
)
_RANK = r"(?:city|county|borough|district|town)"
_WHERE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Aa]cross|[Tt]hroughout|[Aa]round|[Nn]ear|[Ww]ithin|[Ff]rom|[Tt]o|[Ii]nto"
    r"|[Tt]hrough|[Oo]utside|(?:city|town|county|village|district|borough|area|parts?)\sof"
    r"|[Cc]overs?|[Vv]isits?|[Ss]erves?|[Rr]each(?:es)?|[Oo]n|[Bb]etween)\s"
    r"(?P<name>(?:the\s(?:(?:whole|rest|north|south|east|west) of\s)?)?(?:the\s)?"
    rf"(?:(?:north|south|east|west|central|rural)\w*\s)?{_CAPITAL}"
    rf"(?:,?\s(?:(?:of|and|upon|the|le|&)\s){{0,2}}{_CAPITAL}|\s{_RANK}(?!\w))*)"
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b")
_STREET = re.compile(
    rf"\b(?:\d+[A-Za-z]?\s)?(?:{_CAPITAL}\s){{1,3}}"
    r"(?:Street|Road|Lane|Avenue|Square|Hospital|House|Building|Centre|Hall|Clinic|Library|Park"
    rf"|Surgery|Way|Island|Mountains|River|Valley)\b(?:,\s{_CAPITAL}(?:\s{_CAPITAL})*)*"
)
_NO_NAME = frozenset(
    "the this that these those there it its they he she we our in on at by for from to of and or"
    " but if as when where while after before during since however although also a an all both"
    " each some many most other january february march april may june july august september"
    " october november december monday tuesday wednesday thursday friday saturday sunday figure"
    " table page section chapter appendix with his her their one two three what which who how why"
    " not no yes please see new such then thus under over between through because another once"
    " like unlike according despite within you your i any only more less several first second"
    .split()
)


def find_people(text: str) -> Iterator[Stretch]:
    """Find names of people: two words or more, or one that does not open the text."""
    bodies = (*find_bodies(text), *_spans(_STREET, text))
    for match in _NAME.finditer(text):
        start, end = _without_opening(text, *match.span())
        words = text[start:end].split()
        single = len(words) == 1
        is_opening = start == 0 or text[:start].rstrip()[-1:] in ".:;•"
        if not words or single and (
            is_opening or is_short_form(words[0]) or _BODY.fullmatch(words[0])
        ):
            continue
        if not any(left < end and start < right for left, right in bodies):
            role = _ROLE_BEFORE.match(text, start, end)
            begin = role.end() if role else start
            if not text[begin].islower():  # of "Head of Midwifery" nothing is a name
                yield begin, end - _owned(text[start:end])


def find_roles(text: str) -> Iterator[Stretch]:
    """Find roles: Director of Nursing, the clinical lead."""
    for match in _ROLES.finditer(text):
        start = match.start()
        while opening := _NOT_IN_ROLE.match(text[start:match.end()]):
            start += opening.end()
        if text[start:match.end()] not in _VERBS:
            yield start, match.end()


def find_bodies(text: str) -> Iterator[Stretch]:
    """Find organisations, by how their names are built."""
    named = [(found.start, found.end) for found in find_organisations(text)]
    yield from named
    for match in _RUN.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in named):
            continue
        start, end = _without_opening(text, *match.span())
        if len(text[start:end].split()) > 1 and _BODY.search(text[start:end]):
            yield start, end


def find_initials(text: str) -> Iterator[Stretch]:
    """Find short forms in capitals, which may be those of organisations."""
    for match in _RUN.finditer(text):
        initials = match[0].rstrip(".")
        if initials.isalpha() and is_short_form(initials):
            yield match.start(), match.start() + len(initials)


def find_postcodes(text: str) -> Iterator[Stretch]:
    """Find British postcodes."""
    return _spans(_POSTCODE, text)


def find_small_bodies(text: str) -> Iterator[Stretch]:
    """Find organisations that are spoken of without a name: the governing body."""
    return (match.span() for match in _SMALL_BODY.finditer(text))


def find_places(text: str) -> Iterator[Stretch]:
    """Find names after words such as "in" and "across", addresses and postcodes."""
    yield from _spans(_STREET, text)
    yield from _spans(_POSTCODE, text)
    for match in _WHERE.finditer(text):
        words = match["name"].removeprefix("the ").lower().split()
        is_body = _BODY.search(match["name"])
        if words[0].rstrip(",") not in _NO_NAME and not is_body and len(words[-1]) > 1:
            start, end = match.span("name")
            yield start, end - _owned(text[start:end])


def _owned(name: str) -> int:
    """How long the ending of a name is that says that something is of it."""
    return 2 if name.endswith(("'s", "’s")) else 0


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[Stretch]:
    return (match.span() for match in pattern.finditer(text))


def _without_opening(text: str, start: int, end: int) -> Stretch:
    """A run without the words at its start that have a capital for opening a sentence."""
    while start < end:
        word = text[start:end].split(maxsplit=1)[0]
        if word.lower().rstrip(".,") not in _NO_NAME:
            break
        start += len(word)
        start += len(text[start:end]) - len(text[start:end].lstrip())
    return start, end
