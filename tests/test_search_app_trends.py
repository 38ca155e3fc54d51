"""Trends count what a search finds by year, organisation and theme, and tell silence from lack."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import render_template_string
from flask.testing import FlaskClient

from index.build import build_index
from index.query import Query
from index.query_parser import understand_query
from index.results import Facet, FacetValue
from index.search import Searcher
from ingest.library import Library
from ingest.records import Fact, Page
from ingest.register import register
from ingest.sources import Source
from search_app.cli import main
from search_app.reports.counts import GROUPINGS, count_trends
from search_app.reports.counts_records import COLUMNS, trends_csv, trends_json
from search_app.reports.plots import CHARACTERS_A_LINE, Point, make_plot, plot_facet, plot_rows
from tests.factories import (
    TableLine,
    fill_library,
    make_document,
    make_searcher,
    make_tables,
    open_client,
    silent,
)


def with_themes(made: tuple[Source, Any], *themes: str) -> tuple[Source, Any]:
    source, document = made
    facts = tuple(Fact(theme, "catalogued") for theme in themes)
    description = replace(document.description, themes=facts)
    return source, replace(document, description=description)


ALPHA = with_themes(
    make_document("alpha.txt", "Ten beds and five beds, in all.", organisation="Alpha Trust",
                  published="2015-06"),
    "estates", "workforce",
)  # fmt: skip
LATER = with_themes(
    make_document("later.txt", "One bed.\n# More\nTwo beds.", organisation="Alpha Trust",
                  published="2019"),
    "estates",
)  # fmt: skip
QUIET = make_document("quiet.txt", "We open at nine.", organisation="Beta Trust", published="2016")
UNDATED = make_document("undated.txt", "Beds.", organisation="Beta Trust")
SECRET = make_document("secret.txt", "Beds beds.", audience="staff", published="2011",
                       organisation="Hidden Board")  # fmt: skip
LOST = make_document("lost.txt", "Lost.", organisation="Delta Trust", published="2020")[0]
DIM = make_document("dim.txt", "Too dark.", organisation="Gamma Trust", published="2018")


def fill(data: Path) -> Library:
    """Make a library with a file and a page that could not be read."""
    library = Library(data)
    source, document = DIM
    pages = (*document.reading.pages, Page(2, "", quality="unread"))
    dim = source, replace(document, reading=replace(document.reading, pages=pages, paged=True))
    made = (ALPHA, LATER, QUIET, UNDATED, SECRET, dim)
    fill_library(library, *made)
    register(library, Path("/corpus"), [LOST, *(each for each, _ in made)], retry=False)
    build_index(library, silent)
    return library


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return Searcher(fill(tmp_path_factory.mktemp("trends")))


def ask(**options: Any) -> Query:
    return replace(understand_query("beds"), **options)


def told(searcher: Searcher, facet: Any, query: Query) -> dict[str, tuple[str, int, int]]:
    rows = count_trends(searcher, query).rows[facet,]
    return {row.name: (row.outcome, row.tally.occurrences, row.tally.held) for row in rows}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, {
            "2015": ("found", 2, 1), "2016": ("not said", 0, 1), "2017": ("not held", 0, 0),
            "2018": ("not read", 0, 1), "2019": ("found", 2, 1), "2020": ("not read", 0, 0),
            "Not stated": ("found", 1, 1),
        }),
        ({"since": "2012", "until": "2016"}, {
            "2012–2014": ("not held", 0, 0), "2015": ("found", 2, 1), "2016": ("not said", 0, 1),
        }),
        ({"filters": (("year", ("2015", "2013")),)}, {
            "2013": ("not held", 0, 0), "2015": ("found", 2, 1),
        }),
        ({"filters": (("organisation", ("Beta Trust",)),)}, {
            "2015": ("not held", 0, 0), "2016": ("not said", 0, 1),
            "2017–2019": ("not held", 0, 0), "Not stated": ("found", 1, 1),
        }),
        ({"audience": "staff", "until": "2012"}, {
            "2011": ("found", 2, 1), "2012": ("not held", 0, 0),
        }),
    ],
)  # fmt: skip
def test_years_said_not_said_not_read_and_not_held_are_told_apart(
    searcher: Searcher, options: dict[str, Any], expected: dict[str, tuple[str, int, int]]
) -> None:
    found = told(searcher, "year", ask(**options))
    assert list(found.items()) == list(expected.items())


def test_organisations_stand_by_their_matches_and_what_was_not_read_is_among_them(
    searcher: Searcher,
) -> None:
    assert list(told(searcher, "organisation", ask()).items()) == [
        ("Alpha Trust", ("found", 4, 2)),
        ("Beta Trust", ("found", 1, 2)),
        ("Delta Trust", ("not read", 0, 0)),
        ("Gamma Trust", ("not read", 0, 1)),
    ]


def test_a_document_counts_under_each_of_its_themes(searcher: Searcher) -> None:
    found = told(searcher, "theme", ask())
    assert found["estates"] == ("found", 4, 2) and found["workforce"] == ("found", 2, 1)
    assert list(found)[-1] == "Not stated"


@pytest.mark.parametrize(
    "options",
    [{}, {"audience": "staff"}, {"since": "2016"}, {"document": "alpha"},
     {"filters": (("theme", ("estates",)),)}],
)  # fmt: skip
def test_totals_are_those_of_a_search_and_of_each_way_that_counts_a_document_once(
    searcher: Searcher, options: dict[str, Any]
) -> None:
    query = ask(**options)
    trends, results = count_trends(searcher, query), searcher.search(query)
    total = trends.total
    assert (total.passages, total.documents) == (results.passages, results.documents)
    hits = searcher.all_hits(query).hits
    assert total.occurrences == sum(len(hit.matches) for hit in hits)
    for by in (("year",), ("organisation",), ("year", "organisation")):
        rows = trends.rows[by]  # type: ignore[index]
        for name in ("held", "words", "documents", "passages", "occurrences"):
            assert sum(getattr(row.tally, name) for row in rows) == getattr(total, name), name


def test_a_rate_is_for_ten_thousand_words_of_what_is_held(searcher: Searcher) -> None:
    (row,) = [row for row in count_trends(searcher, ask()).rows["year",] if row.name == "2015"]
    assert row.tally.words == 7 and row.tally.rate == pytest.approx(2 * 10_000 / 7)
    lost = [row for row in count_trends(searcher, ask()).rows["year",] if row.name == "2020"]
    assert lost[0].tally.rate is None and lost[0].unread == 1


def test_the_head_of_a_table_is_counted_once_among_matches_and_words(tmp_path: Path) -> None:
    lines: list[TableLine] = [
        ("head", "Rota\tbeds"), ("row", "ward " * 80 + "\tbeds"), ("row", "care " * 80 + "\tnone")
    ]  # fmt: skip
    total = count_trends(make_searcher(tmp_path, make_tables("rota.txt", lines)), ask()).total
    assert (total.occurrences, total.passages, total.words) == (2, 2, 2 + 81 + 81)
    assert total.rate == pytest.approx(2 * 10_000 / 164)


def test_the_file_has_every_row_of_every_grouping(searcher: Searcher) -> None:
    trends = count_trends(searcher, ask())
    rows = list(csv.DictReader(io.StringIO("".join(trends_csv(trends)))))
    number = 1 + sum(map(len, trends.rows.values()))
    assert [row["row"] for row in rows] == [f"{n} of {number}" for n in range(1, number + 1)]
    assert tuple(rows[0]) == COLUMNS and rows[0]["by"] == "all"
    (cell,) = [row for row in rows if row["by"] == "year, organisation, theme"
               and row["theme"] == "workforce"]  # fmt: skip
    assert (cell["year"], cell["organisation"], cell["occurrences"]) == ("2015", "Alpha Trust", "2")
    assert "10,000 words" in cell["notes"] and cell["coverage"].startswith("Searched 5 of 6")
    packed = trends_json(trends)
    assert [*packed["by"]] == [", ".join(by) for by in GROUPINGS]
    assert packed["by"]["year"][0]["held_words"] == 7


def test_a_plot_has_a_bar_for_each_row_and_a_line_where_nothing_is_held(
    searcher: Searcher,
) -> None:
    rows = count_trends(searcher, ask()).rows["year",]
    made = plot_rows("years", "By year", rows, "occurrences")
    assert [bar.width for bar in made.bars] == [100, 0, None, 0, 100, 0, 50]
    assert made.bars[2].lines[0][1] == "2017: nothing held"
    assert made.title == "By year: matches" and "Most: 2015 (2)" in made.description


def test_labels_wrap_within_a_narrow_screen_and_bars_do_not_overlap() -> None:
    names = ["A very long name of an organisation that nobody can say", "b" * 70]
    made = make_plot("x", "X", [Point(name, 1.5, "1.5") for name in names])
    texts = [text for bar in made.bars for _, text in bar.lines]
    assert max(map(len, texts)) <= CHARACTERS_A_LINE and len(texts) == 6
    assert made.bars[1].lines[0][0] > made.bars[0].top and made.height > made.bars[1].top


def test_a_plot_of_nothing_has_no_bar_longer_than_none() -> None:
    assert make_plot("x", "X", []).bars == ()
    made = make_plot("x", "X", [Point("2019", 0, "0, not said")])
    assert made.bars[0].width == 0 and "Nothing was found." in made.description


def test_the_plot_of_a_facet_has_its_years_from_the_oldest() -> None:
    values = [("2019", 3), ("2018", 6), ("2017", 0), ("Not stated", 1)]
    facet = Facet("year", tuple(FacetValue(year, 1, n, False) for year, n in values))
    made = plot_facet(facet)
    assert [bar.lines[0][1] for bar in made.bars] == ["2018: 6", "2019: 3", "Not stated: 1"]
    assert made.title == "Passages by year published" and made.id == "plot-year"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    data = tmp_path_factory.mktemp("trends-site")
    fill(data).close()
    yield from open_client(data)


def get(client: FlaskClient, address: str, **args: Any) -> str:
    with client.get(address, query_string=args) as response:
        assert response.status_code == 200
        return response.get_data(as_text=True)


def test_the_page_has_plots_with_names_and_their_tables(client: FlaskClient) -> None:
    page = get(client, "/trends", q="beds", measure="rate")
    assert "5 matches in 4 passages in 3 documents" in page and "Hidden" not in page
    assert page.count('role="img"') == page.count("<caption") == 3
    assert 'aria-labelledby="plot-year-title plot-year-description"' in page
    assert "By year published: matches for each 10,000 words" in page
    assert "2017: nothing held" in page and "1 of 1 held" in page and "style=" not in page
    assert re.search(r'href="/trends\.csv\?q=beds', page)


def test_any_page_can_show_a_facet_as_a_plot_and_as_a_table(client: FlaskClient) -> None:
    source = (
        "{% from 'plots.html' import plot, table_of %}"
        "{{ plot(plot_facet(facet)) }}{{ table_of(facet) }}"
    )
    values = (FacetValue("<b>Board", 1, 1200, False), FacetValue("Trust", 2, 600, False))
    with client.application.test_request_context():
        shown = render_template_string(source, facet=Facet("organisation", values))
    assert "&lt;b&gt;Board: 1,200" in shown and 'width="50.0%"' in shown
    assert "<caption" in shown and shown.count("<b>") == 0


def test_nonsense_becomes_a_note_and_nothing_typed_asks_for_words(client: FlaskClient) -> None:
    assert "“moon” cannot be plotted" in get(client, "/trends", q="beds", measure="moon")
    assert "Words to count" in get(client, "/trends")
    assert "0 matches in 0 passages" in get(client, "/trends", q="zebra")


def test_the_api_the_file_and_the_command_count_alike(client: FlaskClient, tmp_path: Path) -> None:
    packed = json.loads(get(client, "/api/v1/trends", q="beds"))
    rows = list(csv.DictReader(io.StringIO(get(client, "/trends.csv", q="beds"))))
    assert packed["total"]["occurrences"] == int(rows[0]["occurrences"]) == 5
    fill(tmp_path).close()
    asked = ["trends", "beds", "--data", str(tmp_path)]
    assert json.loads(CliRunner().invoke(main, [*asked, "--json"]).stdout) == packed
    spread = CliRunner().invoke(main, [*asked, "--csv"]).stdout
    assert list(csv.DictReader(io.StringIO(spread))) == rows
    said = CliRunner().invoke(main, asked)
    assert said.exit_code == 0 and "2017: not held" in said.stdout
    assert "2020: not read; 1 file not read" in said.stdout
    assert CliRunner().invoke(main, ["trends", "zebra", *asked[2:]]).exit_code == 1
    assert CliRunner().invoke(main, [*asked, "--json", "--csv"]).exit_code == 2
