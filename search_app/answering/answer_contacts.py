"""Contact details: which of them a question asks for, and where a sentence gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Stretch = tuple[int, int]
"""The (start, end) offsets of words in a text."""

_ASKS_TELEPHONE = re.compile(
    r"\b(?:(?:tele)?phone|tel|mobile|helpline|fax|contact)\s(?:numbers?|nos?)\b"
    r"|\bnumbers?\b(?!\sof\b)[^.?!]{0,30}\b(?:call|ring|phone|telephone|dial|text)\b",
    re.IGNORECASE,
)
_ASKS_EMAIL = re.compile(r"\be-?mail\saddress(?:es)?\b|\b(?:what|which)\se-?mail\b", re.IGNORECASE)
_ASKS_WEB = re.compile(
    r"\b(?:web\s?(?:site|page)?\saddress|url)(?:es)?\b|\b(?:what|which)\sweb\s?(?:site|page)\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\W*(?:how many|(?:what|which) (?:percentage|proportion|share))\b", re.IGNORECASE
)
_TELEPHONE = re.compile(
    r"(?<![\w£.,/-])(?:\+44\s?\(?0?\)?\s?|\(?0)\d{2,4}\)?(?:[\s-]?\d{3,4}){1,3}(?!\w|[.,]\d)"
    r"|(?<=\bto )\d{5}(?!\w|[.,]\d)"
    r"|(?<![\w£.,/-])(?:111|101|112|999|116\s?\d{3})(?![\w%/]|[.,]\d)"
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ENDINGS = r"(?:(?:nhs|gov|org|co|ac)\.uk|org|com|net|uk)"
_WEB = re.compile(
    r"(?<![\w@.])(?:https?://|www\.)[^\s<>()\"]*[\w/]"
    rf"|(?<![\w@.-])(?:[\w-]+\.)+{_ENDINGS}\b(?!@)(?:/[\w/.-]*\w)?"
)


@dataclass(frozen=True)
class Contact:
    """A kind of contact detail: what it is called, and what finds it in a text."""

    name: str
    asks: re.Pattern[str]
    given: re.Pattern[str]

    def finder(self, text: str) -> Iterator[Stretch]:
        """Find where a text gives one."""
        return (match.span() for match in self.given.finditer(text))


CONTACTS = (
    Contact("telephone number", _ASKS_TELEPHONE, _TELEPHONE),
    Contact("email address", _ASKS_EMAIL, _EMAIL),
    Contact("web address", _ASKS_WEB, _WEB),
)


def find_contact(question: str) -> Contact | None:
    """Find which contact detail a question asks for, if it does; how many have one is no such."""
    if _COUNTS.match(question):
        return None
    return next((each for each in CONTACTS if each.asks.search(question)), None)
