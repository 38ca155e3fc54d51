"""What a reader may have meant by a word that no passage has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.query_parser import understand_query
from index.search import Searcher
from index.spelling import Correction, suggest_beginning, suggest_spelling
from tests.factories import make_document, make_searcher


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return make_searcher(
        tmp_path_factory.mktemp("spelled"),
        make_document("a.txt", "# 1\nNurse vacancies grow.\n# 2\nA vacancy.\n# 3\nVacancies fall."),
        make_document("b.txt", "Wheelchair ramps.", published="2019", kind="minutes"),
        make_document("c.txt", "# 1\nMay.\n# 2\nJune.\n# 3\nIn February.\n# 4\nJuly.",
                      title="Planning", published="2018-02"),
        make_document("s.txt", "Secret zanzibar.", audience="staff"),
    )


MEANT: dict[str, Correction | None] = {
    "vacamcies": Correction("vacancies", 3),
    "vacacnies": Correction("vacancies", 3),
    "nurse vacamcies": Correction("nurse vacancies", 1),
    '"nurse vacamcies"': Correction('"nurse vacancies"', 1),
    "wheelchiar rmaps": Correction("wheelchair ramps", 1),
    "Wheelchiar OR nurse": Correction("wheelchair OR nurse", 2),
    "whelchairs": Correction("wheelchair", 1),
    "wheeelchaiir": Correction("wheelchair", 1),
    "bacancy": Correction("vacancy", 3),
    "nurse": None,
    "vacancy": None,
    "zanzibr": None,
    "qqqqqqqqq": None,
    "vcy": None,
    "20199": None,
    "-vacamcies nurse": None,
    "vacamcies*": None,
    "title:vacamcies": None,
    "title:(planing)": Correction("title:(planning)", 4),
    "kind:minuets": Correction("kind:minutes", 1),
    "": None,
}


@pytest.mark.parametrize("typed", MEANT)
def test_a_word_without_hits_is_put_right(typed: str, searcher: Searcher) -> None:
    assert suggest_spelling(searcher, understand_query(typed)) == MEANT[typed]


def test_the_passages_are_those_that_the_link_shows(searcher: Searcher) -> None:
    query = replace(understand_query("vacamcies"), filters=(("kind", ("minutes",)),))
    assert suggest_spelling(searcher, query) is None
    staff = replace(understand_query("zanzibr"), audience="staff")
    assert suggest_spelling(searcher, staff) == Correction("zanzibar", 1)


def test_a_date_that_is_put_right_is_a_date(searcher: Searcher) -> None:
    correction = suggest_spelling(searcher, understand_query("july in Febuary 2018"))
    assert correction == Correction("july in february 2018", 1)
    assert searcher.search(understand_query("july in february 2018")).passages == 1


def test_nothing_is_put_right_by_itself(searcher: Searcher) -> None:
    results = searcher.search(understand_query("vacamcies"))
    assert (results.passages, results.query.typed) == (0, "vacamcies")


@pytest.mark.parametrize(("typed", "meant"), {
    "vacanci": None,
    "wheelch": Correction("wheelch*", 1),
    "Wheelch ramps": Correction("Wheelch* ramps", 1),
    "nurse OR wheelch": Correction("nurse OR wheelch*", 2),
    "wheelch febru": Correction("wheelch* febru*", 2),
    "title:plann": Correction("title:plann*", 4),
    '"wheelch ramps"': None,
    "wheelch*": None,
    "zanz": None,
    "whe": None,
    "wheelchair": None,
    "qqqqqq": None,
}.items())  # fmt: skip
def test_a_word_that_was_typed_by_half_is_searched_for_by_its_beginning(
    typed: str, meant: Correction | None, searcher: Searcher
) -> None:
    assert suggest_beginning(searcher, understand_query(typed)) == meant
    if meant:
        assert searcher.search(understand_query(meant.typed)).passages == meant.passages


def test_a_beginning_that_the_reader_may_not_know_of_is_not_suggested(searcher: Searcher) -> None:
    staff = replace(understand_query("zanz"), audience="staff")
    assert suggest_beginning(searcher, staff) == Correction("zanz*", 1)
