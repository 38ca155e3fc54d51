"""Themes: the vocabulary, what mentions it, and what makes a document be about a theme."""

from __future__ import annotations

import configparser
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from ingest.clues import Clue
from ingest.records import Fact
from ingest.themes import find_mentions, pick_themes

PROSE = "We shall see to it that all is well in the year to come, and in the years after that."
TITLE = Clue("Our plan")


def pick(*lines: str, title: Clue = TITLE) -> dict[str, str]:
    """Pick the themes of lines, of which those that begin with # are headings."""
    body = [
        Clue(line.lstrip("# "), heading=len(line) - len(line.lstrip("#"))) for line in lines
    ]
    facts = pick_themes(title, body)
    assert all(fact.origin == "inferred" for fact in facts)
    return {fact.value: fact.evidence for fact in facts}


def test_vocabulary_comes_with_the_package_and_is_sound() -> None:
    vocabulary = tomllib.loads(files("ingest").joinpath("themes.toml").read_text("utf-8"))
    assert {"urgent care", "workforce", "finance", "mental health", "place"} <= vocabulary.keys()
    for theme, strengths in vocabulary.items():
        assert set(strengths) <= {"names", "headings", "words"} and strengths["names"], theme
        phrases = [phrase for written in strengths.values() for phrase in written]
        assert len(phrases) == len(set(phrases)), f"{theme} has a phrase twice"
        assert all(phrase == " ".join(phrase.split()) for phrase in phrases), theme
    setup = configparser.ConfigParser()
    setup.read(Path(__file__).parents[1] / "setup.cfg")
    assert "themes.toml" in setup["options.package_data"]["ingest"].split()


MENTIONS = {
    "Beds in A&E were few.": {"urgent care"},
    "Mental-health beds": {"mental health"},
    "MENTAL HEALTH": {"mental health"},
    "care homes": {"social care"},
    "pupils with SEND": {"children and young people"},
    "we send it": set(),
    "a strokes of luck": {"long term conditions"},
    "sunstroke": set(),
    "cancer, and cancer again, in primary care": {"cancer", "primary care"},
    "0-19 services": {"children and young people"},
}


@pytest.mark.parametrize("text", MENTIONS)
def test_themes_of_a_text_are_named_by_whole_phrases(text: str) -> None:
    assert {mention.theme for mention in find_mentions(text)} == MENTIONS[text]


def test_mentions_say_where_they_stand_and_how_sure_they_are() -> None:
    text = "Of the vacancies in our workforce"
    found = [(text[m.start:m.end], m.theme, m.strength) for m in find_mentions(text)]
    assert found == [("vacancies", "workforce", "words"), ("workforce", "workforce", "names")]


def test_some_phrases_count_in_headings_alone_and_some_in_text() -> None:
    assert not list(find_mentions("It costs money."))
    assert [m.theme for m in find_mentions("Money", heading=True)] == ["finance"]
    assert not list(find_mentions("Vacancies", heading=True))


def test_title_names_a_theme() -> None:
    assert pick(PROSE, title=Clue("Cancer strategy")) == {"cancer": "Cancer strategy"}
    assert pick(PROSE, title=Clue("cancer.pdf", "file name: ")) == {
        "cancer": "file name: cancer.pdf"
    }


def test_top_heading_names_a_theme_where_some_of_the_text_mentions_it() -> None:
    long = " ".join([PROSE] * 20)
    assert pick("# Workforce", f"Vacancies. {PROSE}", PROSE) == {"workforce": "Workforce"}
    assert pick("# Workforce", long) == {}
    assert pick("# Beds", "## Wards", "### Workforce", f"Vacancies. {PROSE}", long) == {}


def test_text_that_names_a_theme_often_is_about_it() -> None:
    named = f"The workforce grows. {PROSE}"
    assert pick(named, named, PROSE) == {"workforce": named}
    assert pick(named, *[PROSE] * 9) == {}
    assert pick(*[f"Vacancies. {PROSE}"] * 3) == {}


def test_themes_of_the_title_come_first_then_those_with_most_text() -> None:
    staff, money = f"The workforce grows. {PROSE} {PROSE}", f"The financial plan. {PROSE}"
    found = pick(*[money, staff] * 3, title=Clue("Cancer"))
    assert list(found) == ["cancer", "workforce", "finance"]


def test_furniture_says_nothing() -> None:
    body = [Clue(f"Cancer. {PROSE}", furniture=True)] * 5
    assert pick_themes(TITLE, body) == ()


def test_evidence_is_verbatim_and_short() -> None:
    line = f"{PROSE} {PROSE} The workforce grows. {PROSE} {PROSE}"
    (fact,) = pick_themes(TITLE, [Clue(line)] * 2)
    assert fact == Fact("workforce", "inferred", fact.evidence)
    assert "workforce" in fact.evidence and fact.evidence in line and len(fact.evidence) <= 160
