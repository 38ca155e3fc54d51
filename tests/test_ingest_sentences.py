"""Sentences: what ends one, and what only looks like an end."""

from __future__ import annotations

import pytest

from ingest.sentences import find_sentences

ONE_SENTENCE = [
    "Some services, e.g. Physiotherapy and podiatry, will move.",
    "Some services, i.e. those for children, will move.",
    "Dr. Patel leads the work with Mrs. Jones and Prof. Khan.",
    "The trust saved £4.9 m. in the year.",
    "The trust saved £4.9 m. Across Derbyshire that is little.",
    "The cost is approx. £3.2m a year.",
    "The ward is at No. 5 Green Lane.",
    "St. Oswald's Hospital is in Ashbourne.",
    "Waits fell by 3.5% (see Fig. 4 and p. 12).",
    "Joined Up Care Ltd. Derby runs it.",
    "We will recruit 20 w.t.e. Nurses.",
    "The clinic opens from 8.30 a.m. to 6 p.m. on weekdays.",
    "Two wards were closed (Harper et al. (2015) count three).",
    "The board chose option B. Hughes spoke for it.",
    "3. Keep people well at home.",
    "(iv). Keep people well at home.",
    "B. The wards that stay open",
    "3.",
]

SPLIT = {
    "two plain ones": ("Beds are few. Waits are long.", ["Beds are few.", "Waits are long."]),
    "a question": ("Why? Because beds are few.", ["Why?", "Because beds are few."]),
    "a year": ("It began in 2019. It ended soon.", ["It began in 2019.", "It ended soon."]),
    "a sum": ("It cost £4.9m. Few knew.", ["It cost £4.9m.", "Few knew."]),
    "a closing quotation mark": ("“Beds are few.” So it is.", ["“Beds are few.”", "So it is."]),
    "a non-breaking space": ("Beds are few.\u00a0Waits grow.", ["Beds are few.", "Waits grow."]),
    "an abbreviation, before a word that is written small within one": (
        "It has beds, chairs etc. The rest is hired.",
        ["It has beds, chairs etc.", "The rest is hired."],
    ),
    "a letter, before such a word": (
        "Costs are in Appendix B. However, they will rise.",
        ["Costs are in Appendix B.", "However, they will rise."],
    ),
    "the number of an item within a block": (
        "Beds are few. 2. Waits are long.", ["Beds are few.", "2. Waits are long."]
    ),
    "a number at the end": ("Beds are few. 2.", ["Beds are few.", "2."]),
    "no full stop": ("Beds are few", ["Beds are few"]),
    "nothing": ("", []),
}


@pytest.mark.parametrize("text", ONE_SENTENCE)
def test_abbreviation_does_not_end_a_sentence(text: str) -> None:
    assert find_sentences(text) == ((0, len(text)),)


@pytest.mark.parametrize("case", SPLIT)
def test_sentences_are_parted_after(case: str) -> None:
    text, expected = SPLIT[case]
    assert [text[start:end] for start, end in find_sentences(text)] == expected
