"""Other ways to write a figure: those that a person expects, and no others."""

from __future__ import annotations

import pytest

from index.analysis import find_tokens
from index.figures import other_spellings

SPELLED: dict[str, list[str]] = {
    "£4.9m": ["£4,900,000", "£4.9 million"],
    "£4.9 million": ["£4,900,000", "£4.9m"],
    "£1,200,000": ["£1.2m", "£1.2 million"],
    "£2bn": ["£2,000,000,000", "£2 billion"],
    "£250k": ["£250,000", "£250 thousand"],
    "1.5m": ["1,500,000", "1.5 million"],
    "£1,234,567": [],
    "£3,100": [],
    "2019": [],
    "1,234": [],
    "3%": ["3 per cent", "3 percent", "3.0%"],
    "3.0%": ["3.0 per cent", "3.0 percent", "3%"],
    "3 per cent": ["3%"],
    "3 percent": ["3%"],
    "65+": ["65 and over", "over 65"],
    "65 over": ["65+"],
    "16-17": ["16 to 17"],
    "16 to 17": ["16-17"],
    "0–19": ["0 to 19"],
    "19/20": ["2019/20"],
    "24/7": [],
    "2019/20": [],
    "A&E": ["A and E"],
    "R & D": ["R and D"],
    "R and D": ["R&D"],
    "plan": [],
    "9" * 40: [],
    "two million": [],
    "over": [],
}


@pytest.mark.parametrize("typed", SPELLED)
def test_a_figure_has_other_spellings(typed: str) -> None:
    stems = tuple(token.stem for token in find_tokens(typed))
    assert [*other_spellings(stems)] == SPELLED[typed]
