"""What describes a document: the catalogue, else its own words, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.compose import Draft, compose_page
from ingest.describe import describe
from ingest.records import Fact, Reading
from ingest.text import read_text

DERBYSHIRE = Path(__file__).parents[2] / "shared" / "corpus" / "derbyshire"
needs_derbyshire = pytest.mark.skipif(
    not DERBYSHIRE.is_dir(), reason="the real texts of Derbyshire are not beside this checkout"
)
PROSE = "We shall see to it that beds are there for all who need them, in winter as in summer."


def make_reading(
    *lines: str, headings: Sequence[str] = (), hints: tuple[tuple[str, str], ...] = ()
) -> Reading:
    drafts: list[Draft] = [("heading", 1, text) for text in headings]
    drafts += [("paragraph", 0, text) for text in lines]
    page, blocks = compose_page(drafts)
    return Reading("text/plain", (page,), blocks, hints=hints)


def fact(reading: Reading, field: str, file_name: str = "a.txt", **row: str) -> Fact:
    found = getattr(describe(reading, file_name, row), field)
    assert isinstance(found, Fact)
    return found


def inferred(value: str, evidence: str) -> Fact:
    return Fact(value, "inferred", evidence)


CATALOGUE = {
    "title": "Our plan", "organisation": "Anyshire Council", "kind": "strategy",
    "published": "2019-11", "period": "2019-2024", "status": "superseded",
    "supersedes": "old.pdf", "audience": "staff", "source": "https://example.org/plan.pdf",
}


@pytest.mark.parametrize("field", CATALOGUE)
def test_catalogue_wins(field: str) -> None:
    reading = make_reading(PROSE, headings=["Anyshire NHS Trust draft operational plan May 2016"])
    assert fact(reading, field, **CATALOGUE) == Fact(CATALOGUE[field], "catalogued")


def test_source_may_be_headed_source_address() -> None:
    row = {"source address": "https://example.org"}
    found = describe(make_reading(PROSE), "a.txt", row).source
    assert found == Fact("https://example.org", "catalogued")


NORMALISED = [
    ("published", "14 November 2019", "2019-11-14"), ("period", "2019/20", "2019-2020"),
    ("period", "2019", "2019"), ("status", " Draft ", "draft"), ("audience", "Staff", "staff"),
]


@pytest.mark.parametrize("field, cell, value", NORMALISED)
def test_cells_are_normalised(field: str, cell: str, value: str) -> None:
    assert fact(make_reading(PROSE), field, **{field: cell}) == Fact(value, "catalogued")


@pytest.mark.parametrize(
    "field, cell", [("published", "Spring"), ("period", "soon"), ("status", "old")]
)
def test_cell_that_cannot_be_read_counts_as_absent(field: str, cell: str) -> None:
    reading = make_reading("Draft strategy 2019-2024", "Published: May 2019", PROSE)
    assert fact(reading, field, **{field: cell}) == fact(reading, field)
    assert fact(reading, field).origin == "inferred"


def test_audience_that_cannot_be_read_keeps_the_document_from_the_public() -> None:
    found = fact(make_reading(PROSE), "audience", audience="commissioners")
    assert (found.value, found.origin) == ("staff", "inferred")
    assert "commissioners" in found.evidence


def test_nothing_is_made_up() -> None:
    description = describe(make_reading(PROSE), "a.txt", {})
    for unknown in ("organisation", "kind", "published", "period", "supersedes", "source"):
        assert getattr(description, unknown) == Fact()
    assert description.status.evidence == "nothing says that it is a draft or superseded"
    assert description.audience == inferred("public", "no catalogue says otherwise")


TITLES = {
    "the first heading": (
        make_reading(PROSE, headings=["A plan for beds"]), "a.txt",
        inferred("A plan for beds", "A plan for beds"),
    ),
    "not what heads every document": (
        make_reading(PROSE, headings=["Contents", "www.example.org", "A plan for beds"]), "a.txt",
        inferred("A plan for beds", "A plan for beds"),
    ),
    "headings of a cover in a row": (
        make_reading(headings=["Anyshire", "Strategy for beds 2019-24"]), "a.txt",
        inferred("Anyshire Strategy for beds 2019-24", "Anyshire\nStrategy for beds 2019-24"),
    ),
    "the properties": (
        make_reading(PROSE, hints=(("title", "A plan for beds"),)), "a.txt",
        inferred("A plan for beds", "document properties: A plan for beds"),
    ),
    "no junk of the properties": (
        make_reading(PROSE, hints=(("title", "Microsoft Word - plan v3.doc"),)),
        "bedplan-2019-20_FINAL.pdf",
        inferred("Bedplan 2019-20", "file name: bedplan-2019-20_FINAL.pdf"),
    ),
    "what was taken along with a heading is left": (
        make_reading(PROSE, headings=["Strategy for beds Published 4 May 2019 Beds Team"]), "a.txt",
        inferred("Strategy for beds", "Strategy for beds Published 4 May 2019 Beds Team"),
    ),
    "a cover without its team and date": (
        make_reading(headings=[
            "Institute of Beds", "Anyshire", "Strategy for beds", "Beds Unit May 2019",
        ]), "a.txt",
        inferred("Anyshire Strategy for beds", "Anyshire\nStrategy for beds"),
    ),
    "a cover of plain lines with its years": (
        make_reading("Suicides in", "Anyshire: an audit", "2013-2015", "March 2017"), "a.txt",
        inferred(
            "Suicides in Anyshire: an audit 2013-2015",
            "Suicides in\nAnyshire: an audit\n2013-2015",
        ),
    ),
    "a cover with its years and what part it is": (
        make_reading("Strategy for beds", "2019 TO 2024", "Executive summary", "Anytown Council"),
        "a.txt", inferred(
            "Strategy for beds 2019 TO 2024 Executive summary",
            "Strategy for beds\n2019 TO 2024\nExecutive summary",
        ),
    ),
    "a cover with a long title": (
        make_reading(
            "Review of what is known of beds, and of the wards in which they stand, for people who "
            "need them", "March 2016",
        ), "beds-review-2016.pdf", inferred(*[
            "Review of what is known of beds, and of the wards in which they stand, for people who "
            "need them"
        ] * 2),
    ),
    "a line of the front that says the properties in full": (
        make_reading(
            "Anyshire audit of beds 2013/14", PROSE * 5,
            hints=(("title", "Anyshire audit 2013/14"),),
        ), "a.pdf",
        inferred("Anyshire audit of beds 2013/14", "Anyshire audit of beds 2013/14"),
    ),
    "a line that names a kind and ends in a colon": (
        make_reading(PROSE * 5, "Anyshire profiles of beds:", PROSE), "beds_profiles_dash.pdf",
        inferred("Anyshire profiles of beds", "Anyshire profiles of beds:"),
    ),
    "no line that tells where to look": (
        make_reading("April 2026 visit the page on our JSNA", PROSE * 5, headings=["Our worries"]),
        "a.pdf", inferred("Our worries", "Our worries"),
    ),
    "the welcome of a newsletter": (
        make_reading(f"Welcome to the latest Anyshire Update. {PROSE}"), "a.txt",
        inferred("Anyshire Update", f"Welcome to the latest Anyshire Update. {PROSE}"),
    ),
    "a heading of a section says less than the file name": (
        make_reading(PROSE, headings=["Activity planning"]), "dhct-operational-plan-2019-20.txt",
        inferred("DHCT operational plan 2019-20", "file name: dhct-operational-plan-2019-20.txt"),
    ),
}


@pytest.mark.parametrize("case", TITLES)
def test_title_is_chosen(case: str) -> None:
    reading, file_name, expected = TITLES[case]
    assert fact(reading, "title", file_name) == expected


KINDS = {
    "Anyshire Five Year Plan": "five-year plan",
    "Refresh of our health and care plan": "refresh",
    "Operating plan 2019/20": "operational plan",
    "Joint Health and Wellbeing Strategy": "strategy",
    "Minutes of the Board": "minutes",
    "Joint Strategic Needs Assessment Briefing": "briefing",
    "Mental Health Needs Assessment": "needs assessment",
    "Strategy: Equality Impact Assessment": "impact assessment",
    "Annual Progress Report": "annual report",
    "A planet of planners": "",
    "Review of policy for a needs assessment": "report",
    "Anyshire JSNA profiles": "profile",
    "Appendix 4: Needs Assessment 2025 Consultation Report": "consultation report",
    "Board update on the winter plan": "board update",
    "Draft strategy for consultation": "strategy",
}


@pytest.mark.parametrize("title", KINDS)
def test_kind_is_told_by_the_title(title: str) -> None:
    assert fact(make_reading(PROSE, headings=[title]), "kind").value == KINDS[title]


def test_kind_is_told_by_the_file_name() -> None:
    found = fact(make_reading(PROSE), "kind", "board-update-2017.txt")
    assert found == inferred("board update", "file name: board-update-2017.txt")


ORGANISATIONS = {
    "Derbyshire Healthcare NHS Foundation Trust": "Derbyshire Healthcare NHS Foundation Trust",
    "the Chief Executive of Anyshire Hospitals NHS Trust": "Anyshire Hospitals NHS Trust",
    "In Anyshire County Council": "Anyshire County Council",
    "NHS Northshire and Weald Clinical Commissioning Group, Market Street":
        "NHS Northshire and Weald Clinical Commissioning Group",
    "University Hospitals of Derby and Burton NHS Foundation Trust":
        "University Hospitals of Derby and Burton NHS Foundation Trust",
    "Joined Up Care Derbyshire brings together": "Joined Up Care Derbyshire",
    "Social Research Unit Anyshire County Council": "Anyshire County Council",
    "NHS Anyshire ICB": "NHS Anyshire ICB",
    "The County Council and the NHS Trust": "",
    "the council of governors": "",
}


@pytest.mark.parametrize("line", ORGANISATIONS)
def test_organisation_is_told_by_the_form_of_its_name(line: str) -> None:
    assert fact(make_reading(line), "organisation").value == ORGANISATIONS[line]


def test_organisation_named_most_is_chosen() -> None:
    lines = ["Anytown City Council was told.", "Anyshire NHS Trust did.", "Anyshire NHS Trust did."]
    found = fact(make_reading(*lines), "organisation")
    assert found == inferred("Anyshire NHS Trust", "Anyshire NHS Trust did.")


def test_cell_of_a_table_that_places_the_words_of_a_cover_may_be_the_title() -> None:
    row: Draft = ("row", 0, "Institute of Beds\tAn assessment of the need for beds")
    page, blocks = compose_page([row])
    reading = Reading("application/pdf", (page,), blocks)
    assert fact(reading, "title").value == "An assessment of the need for beds"


def test_header_row_of_a_table_is_no_title_and_tells_no_period() -> None:
    drafts: list[Draft] = [
        ("heading", 1, "A plan for beds"), ("paragraph", 0, PROSE * 5),
        ("row", 1, "Strategy\tDone in 2016/17"),
    ]
    page, blocks = compose_page(drafts)
    reading = Reading("text/html", (page,), blocks)
    assert fact(reading, "title").value == "A plan for beds"
    assert fact(reading, "period") == Fact()


def test_part_of_an_organisation_is_named_where_no_whole_one_is() -> None:
    found = fact(make_reading("Anyshire Beds Research Unit", PROSE), "organisation")
    assert found == inferred("Anyshire Beds Research Unit", "Anyshire Beds Research Unit")


def test_organisation_that_made_it_comes_before_those_named_most() -> None:
    front = ["NHS Anyshire CCG", "Produced by the National Beds Network (NBN)"]
    found = fact(make_reading(*front, *["NHS Anyshire CCG has beds."] * 5), "organisation")
    assert found == inferred("National Beds Network", "Produced by the National Beds Network (NBN)")


def test_address_on_the_front_tells_of_several_organisations() -> None:
    told = [PROSE * 20, "Anyshire County Council pays.", *["NHS Weald CCG has beds."] * 3]
    assert fact(make_reading(*told), "organisation").value == "NHS Weald CCG"
    found = fact(make_reading("www.anyshire.gov.uk", *told), "organisation")
    assert found.value == "Anyshire County Council"


PRESENTED = {
    "a line of the front before the running text": (
        ["Weald County Council", PROSE, *["NHS Anyshire CCG has beds."] * 5],
        "Weald County Council", "Weald County Council",
    ),
    "a unit at the end of a line before the running text": (
        ["Beds in 2019 - Anyshire Beds Research Unit", *["NHS Weald CCG has beds."] * 5],
        "Anyshire Beds Research Unit", "Beds in 2019 - Anyshire Beds Research Unit",
    ),
    "a unit into which a title runs, by another line of it": (
        ["Beds - People and Wards Anyshire Beds Research Unit", PROSE * 20,
         "Staff - Nurses Anyshire Beds Research Unit"],
        "Anyshire Beds Research Unit", "Beds - People and Wards Anyshire Beds Research Unit",
    ),
    "a sentence that says who made it": (
        ["Beds in Weald", "The figures have been collated by the Anyshire Beds Unit for all.",
         *["NHS Weald CCG has beds."] * 5],
        "Anyshire Beds Unit", "The figures have been collated by the Anyshire Beds Unit for all.",
    ),
    "the address of a council, though it is named but in passing": (
        ["www.weald.gov.uk", PROSE * 20, "It asked what is done by Weald County Council now.",
         *["NHS Weald CCG has beds."] * 5],
        "Weald County Council", "www.weald.gov.uk",
    ),
    "a name over two lines": (
        ["Weald", "Beds and Wards Partnership", PROSE * 20,
         "Weald Beds and Wards Partnership met."],
        "Weald Beds and Wards Partnership", "Weald Beds and Wards Partnership met.",
    ),
    "no name in the midst of sentences": (
        [PROSE, *["It could refer to what Weald County Council does for all of them."] * 5], "", "",
    ),
    "no source that is cited": (
        [PROSE * 20, *["Weald County Council (2015). The strategy for beds."] * 5], "", "",
    ),
    "no unit that a sentence ends with": (
        [f"{PROSE} We thank all of the Anyshire Beds Research Unit.", PROSE], "", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PRESENTED)
def test_organisation_is_told_by(case: str) -> None:
    lines, value, evidence = PRESENTED[case]
    found = fact(make_reading(*lines), "organisation")
    assert found == (inferred(value, evidence) if value else Fact())


PUBLISHED = {
    "a month that begins a line": (["April 2026 for the web"], "2026-04", "April 2026 for the web"),
    "a date beside a cue": (
        ["May 2018", "Published on 14 November 2019"],
        "2019-11-14", "Published on 14 November 2019",
    ),
    "a date on its own": (["November 2019", PROSE], "2019-11", "November 2019"),
    "a date that ends a line": (["Anyshire, Oct 2019"], "2019-10", "Anyshire, Oct 2019"),
    "no date in running text": ([f"In May 2016 we said that we should. {PROSE}"], "", ""),
    "no ends of a range": (["From May 2016 to June 2018"], "", ""),
    "no year of a period": (["Strategy 2019-2024"], "", ""),
}


@pytest.mark.parametrize("case", PUBLISHED)
def test_date_of_publication_is_found_on_the_front(case: str) -> None:
    lines, value, evidence = PUBLISHED[case]
    expected = inferred(value, evidence) if value else Fact()
    assert fact(make_reading(*lines), "published") == expected


@pytest.mark.parametrize(
    "file_name, value",
    [("plan-june-2017.pdf", "2017-06"), ("update-2017-autumn.pdf", "2017"), ("2019-20.pdf", "")],
)
def test_date_of_publication_is_found_in_the_file_name(file_name: str, value: str) -> None:
    expected = inferred(value, f"file name: {file_name}") if value else Fact()
    assert fact(make_reading(PROSE), "published", file_name) == expected


def test_aim_of_a_title_is_no_date_of_publication() -> None:
    saved = (("published", "2019-05-01"),)
    reading = make_reading(PROSE, headings=["Strategy for beds to 2030"], hints=saved)
    assert fact(reading, "published") == inferred("2019-05-01", "document properties: 2019-05-01")
    late = make_reading(PROSE, headings=["Beds 2030 strategy"], hints=saved)
    assert fact(late, "published").value == "2019-05-01"


PERIODS = {
    "of the title": (make_reading(PROSE, headings=["Plan 2019/20"]), "2019-2020", "Plan 2019/20"),
    "of a sentence on the plan": (
        make_reading("This is our plan for 2019-24."), "2019-2024", "This is our plan for 2019-24.",
    ),
}


@pytest.mark.parametrize("case", PERIODS)
def test_period_is_found(case: str) -> None:
    reading, value, evidence = PERIODS[case]
    assert fact(reading, "period") == inferred(value, evidence)


YEARS_OF_PLANS = {
    ("Our five-year plan, 2016", "a.txt"): ("2016-2021", "Our five-year plan, 2016"),
    ("Our 10 year strategy", "2018.txt"):
        ("2018-2028", "Our 10 year strategy\nfile name: 2018.txt"),
    ("Refresh of the five year plan 2019", "a.txt"): ("", ""),
    ("Ten years of planning, 2016", "a.txt"): ("", ""),
}


@pytest.mark.parametrize("title, file_name", YEARS_OF_PLANS)
def test_period_is_told_by_how_long_a_plan_is_and_a_year(title: str, file_name: str) -> None:
    value, evidence = YEARS_OF_PLANS[title, file_name]
    found = fact(make_reading(PROSE, headings=[title]), "period", file_name)
    assert (found.value, found.evidence) == (value, evidence)


def test_organisation_is_not_told_by_tables() -> None:
    row: Draft = ("row", 0, "Beds in Anyshire CCG\t4")
    page, blocks = compose_page([("heading", 1, "Beds"), *[row] * 5])
    reading = Reading("text/plain", (page,), blocks)
    assert fact(reading, "organisation") == Fact()


def test_themes_and_places_of_the_catalogue_win() -> None:
    row = {"themes": "finance; estates;", "places": "Anytown;Anytown"}
    found = describe(make_reading(PROSE, headings=["Cancer in Anyshire"]), "a.txt", row)
    assert found.themes == (Fact("finance", "catalogued"), Fact("estates", "catalogued"))
    assert found.places == (Fact("Anytown", "catalogued"),)


def test_what_looks_back_covers_no_years_of_which_it_speaks() -> None:
    lines = ["Operating plans for 2019/20", f"This is the plan for 2024-27. {PROSE}"]
    assert fact(make_reading(*lines, headings=["Board update"]), "period") == Fact()
    told = make_reading(*lines, headings=["Annual report 2023/24"])
    assert fact(told, "period").value == "2023-2024"


def test_period_of_figures_is_not_that_of_the_document() -> None:
    reading = make_reading("Life expectancy (2001-2003)", PROSE, headings=["A plan for beds"])
    assert fact(reading, "period") == Fact()


@pytest.mark.parametrize(
    "line, status",
    [("DRAFT v2", "draft"), ("Superseded by the refresh", "superseded"),
     (f"It was handed in as a draft. {PROSE}", "current"), ("Drafted by the team", "current")],
)
def test_status_is_told_by_the_front(line: str, status: str) -> None:
    assert fact(make_reading(line, PROSE), "status").value == status


def test_front_that_is_confidential_is_for_staff() -> None:
    found = fact(make_reading("Not for publication", PROSE), "audience")
    assert found == inferred("staff", "Not for publication")


def test_long_evidence_is_cut_at_words_and_stays_verbatim() -> None:
    line = f"{PROSE} {PROSE} It covers what our plan for 2019-24 says. {PROSE} {PROSE}"
    found = fact(make_reading(line), "period")
    assert "plan for 2019-24 says" in found.evidence
    assert found.evidence in line and len(found.evidence) <= 160


@needs_derbyshire
@pytest.mark.parametrize(
    "name, title, organisation, kind, published, period",
    [
        ("board-update-2017-autumn", "Joined Up Care Derbyshire Update",
         "Joined Up Care Derbyshire", "board update", "2017", ""),
        ("dhcft-operational-plan-2019-20", "DHCFT operational plan 2019-20",
         "Derbyshire Healthcare NHS Foundation Trust", "operational plan", "", "2019-2020"),
        ("five-year-plan-2016", "Derbyshire Five Year Plan", "",
         "five-year plan", "2016", "2016-2021"),
        ("plan-refresh-2019", "Refresh of our health and care plan",
         "Joined Up Care Derbyshire", "refresh", "2019", "2019-2024"),
    ],
)
def test_real_documents_are_described_without_a_catalogue(
    name: str, title: str, organisation: str, kind: str, published: str, period: str
) -> None:
    path = DERBYSHIRE / f"{name}.txt"
    found = describe(read_text(path), path.name, {})
    facts = (found.title, found.organisation, found.kind, found.published, found.period)
    assert tuple(each.value for each in facts) == (title, organisation, kind, published, period)
    assert found.status.value == "current"
