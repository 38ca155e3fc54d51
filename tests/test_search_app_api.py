"""The API: the same numbers as the pages, and errors as problem+json."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import abort
from flask.testing import FlaskClient

from index.build import build_index
from search_app.app import create_app
from tests.factories import fill_library, make_document, make_library, silent

PLAN = make_document(
    "plan.txt", "# Beds\nThe trust has 40 beds & 2 wards.\n# Staff\nNurses & beds.",
    title="The plan", published="2016-10",
)  # fmt: skip
REFRESH = make_document(
    "refresh.txt", "# Beds\nThe trust has 35 beds.", published="2019", supersedes="plan.txt"
)
STAFF = make_document("staff.txt", "Secret beds.", title="Hidden", audience="staff")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    make_library(tmp_path, PLAN, REFRESH, STAFF).close()
    app = create_app(tmp_path)
    app.testing = True
    yield app.test_client()
    app.extensions["plansearch"].library.close()


def get(client: FlaskClient, path: str, code: int = 200) -> Any:
    with client.get(f"/api/v1{path}") as response:
        assert response.status_code == code, path
        return response.get_json(force=True)


def test_search_gives_totals_hits_facets_and_coverage(client: FlaskClient) -> None:
    found = get(client, "/search?q=beds&sort=date")
    assert (found["passages"], found["documents"], found["pages"]) == (3, 2, 1)
    assert [group["document"]["id"] for group in found["groups"]] == ["refresh", "plan"]
    hit = found["groups"][0]["hits"][0]
    assert [hit["text"][start:end] for start, end in hit["matches"]] == ["Beds", "beds"]
    assert found["coverage"]["sentence"] == "Searched 2 of 2 documents."
    assert {value["value"] for value in found["facets"]["year"]} == {"2016", "2019"}


def test_arguments_are_those_of_the_pages(client: FlaskClient) -> None:
    found = get(client, "/search?q=beds&year=2019&page=x")
    assert found["passages"] == 1 and "not a number" in found["notes"][0]


def test_answer_is_verbatim_with_its_place(client: FlaskClient) -> None:
    found = get(client, "/answer?q=How+many+wards+has+the+trust%3F")
    (quotation,) = found["quotations"]
    assert quotation["text"] == "The trust has 40 beds & 2 wards."
    assert quotation["document"] == "plan" and not found["abstained"]


def test_answer_to_nothing_abstains(client: FlaskClient) -> None:
    assert get(client, "/answer")["abstained"]


def test_hits_have_their_twins_and_groups_what_is_folded(tmp_path: Path) -> None:
    text = "The trust opens a new ward in the spring, with nurses trained in the care of frailty."
    copies = [make_document(f"{name}.txt", text, title=name) for name in ("one", "two")]
    make_library(tmp_path, *copies).close()
    app = create_app(tmp_path)
    one, two = get(app.test_client(), "/search?q=ward")["groups"]
    twin = {"id": "two/1/1", "document": "two", "title": "two", "page": None, "same": True}
    assert one["hits"][0]["twins"] == {"passages": 1, "documents": 1, "first": [twin]}
    assert not two["hits"] and two["folded"] == [twin | {"shown": "one/1/1"}]
    liked = get(app.test_client(), "/search?like=one/1/1")
    assert liked["like"] == "one/1/1" and liked["passages"] == 1


def test_documents_are_listed_newest_first(client: FlaskClient) -> None:
    listed = get(client, "/documents")["documents"]
    assert [document["id"] for document in listed] == ["refresh", "plan"]


def test_document_has_its_facts_and_contents(client: FlaskClient) -> None:
    plan = get(client, "/documents/plan")
    assert plan["description"]["title"]["origin"] == "catalogued"
    assert plan["newer"] == ["refresh"]
    assert [entry["text"] for entry in plan["contents"]] == ["Beds", "Staff"]


def test_page_has_its_text_and_with_a_query_its_matches(client: FlaskClient) -> None:
    page = get(client, "/documents/plan/pages/1?q=beds")
    assert [page["text"][start:end] for start, end in page["matches"]] == ["Beds", "beds", "beds"]
    assert page["match_boxes"] == []
    assert "matches" not in get(client, "/documents/plan/pages/1")


def test_coverage_is_told(client: FlaskClient) -> None:
    assert get(client, "/coverage")["searched"] == 2


@pytest.mark.parametrize(
    "path", ["/documents/none", "/documents/plan/pages/9", "/search?page=9", "/none",
             "/documents/staff", "/documents/staff/pages/1"],
)  # fmt: skip
def test_errors_are_problems(client: FlaskClient, path: str) -> None:
    with client.get(f"/api/v1{path}") as response:
        assert response.content_type == "application/problem+json"
    problem = get(client, path, 404)
    assert problem["title"] == "Not found" and problem["status"] == 404 and problem["detail"]
    assert problem["instance"] == f"/api/v1{path}"
    page, _, name = problem["type"].partition("#")
    with client.get(page) as described:
        assert f'id="{name}"' in described.get_data(as_text=True)


def test_writing_is_not_possible(client: FlaskClient) -> None:
    with client.post("/api/v1/search") as response:
        assert response.status_code == 405
        assert "GET" in response.headers["Allow"]
        assert response.content_type == "application/problem+json"


@pytest.mark.parametrize(
    ("accepted", "code"),
    [("text/html", 406), ("application/json", 200), ("application/problem+json", 200),
     ("text/html,*/*;q=0.1", 200), ("application/json;q=0, */*", 200), ("", 200)],
)  # fmt: skip
def test_only_json_is_given(client: FlaskClient, accepted: str, code: int) -> None:
    headers = {"Accept": accepted} if accepted else {}
    with client.get("/api/v1/coverage", headers=headers) as response:
        assert response.status_code == code
        assert response.content_type.endswith("json")


def test_a_fault_is_a_problem_that_tells_nothing_of_it(tmp_path: Path) -> None:
    app = create_app(tmp_path)
    app.add_url_rule("/api/v1/broken", "broken", lambda: 1 / 0)
    app.add_url_rule("/api/v1/teapot", "teapot", lambda: abort(418))
    app.logger.disabled = True
    assert get(app.test_client(), "/teapot", 418)["type"] == "about:blank"
    problem = get(app.test_client(), "/broken", 500)
    assert problem["type"] == "/api#internal-server-error" and "zero" not in str(problem)
    app.extensions["plansearch"].library.close()


@pytest.mark.parametrize("path", ["/search?q=secret", "/documents", "/coverage", "/answer?q=beds"])
def test_reader_never_learns_of_what_is_not_for_him(client: FlaskClient, path: str) -> None:
    with client.get(f"/api/v1{path}") as response:
        shown = response.get_data(as_text=True)
    assert "Hidden" not in shown and "staff.txt" not in shown and "Secret" not in shown


def test_document_superseded_by_a_hidden_one_does_not_say_by_which(tmp_path: Path) -> None:
    newer = make_document(
        "staff.txt", "New.", title="Hidden", audience="staff", supersedes="old.txt"
    )
    make_library(tmp_path, newer, make_document("old.txt", "Old beds.", status="")).close()
    app = create_app(tmp_path)
    test_reader_never_learns_of_what_is_not_for_him(app.test_client(), "/search?q=beds")
    test_reader_never_learns_of_what_is_not_for_him(app.test_client(), "/documents")
    assert get(app.test_client(), "/search?q=beds")["groups"][0]["document"]["newer"] == []
    app.extensions["plansearch"].library.close()


def test_without_an_index_it_says_so(tmp_path: Path) -> None:
    app = create_app(tmp_path)
    assert get(app.test_client(), "/search?q=beds", 503)["status"] == 503
    app.extensions["plansearch"].library.close()


DOCUMENTS = [make_document(f"{n:02}.txt", f"Beds {n}.", published=str(2000 + n)) for n in range(23)]


def follow(client: FlaskClient, path: str) -> Iterator[Any]:
    """Follow what comes next to the last."""
    while path:
        found = get(client, path)
        yield found
        path = (found["next"] or "").removeprefix("/api/v1")


def test_every_passage_is_given_once_by_cursor(tmp_path: Path) -> None:
    make_library(tmp_path, *DOCUMENTS, STAFF).close()
    app = create_app(tmp_path)
    client = app.test_client()
    pages = [*follow(client, "/passages?q=beds&limit=5&sort=date&year=2001&year=2005")]
    assert [len(page["hits"]) for page in pages] == [2] and pages[0]["filters"]
    pages = [*follow(client, "/passages?q=beds&limit=5&sort=date")]
    assert [len(page["hits"]) for page in pages] == [5, 5, 5, 5, 3]
    hits = [hit["document"] for page in pages for hit in page["hits"]]
    assert hits == sorted(hits, reverse=True) and len({*hits}) == 23
    assert [page["first"] for page in pages] == [1, 6, 11, 16, 21]
    groups = [[g["document"]["id"] for g in page["groups"]]
              for page in follow(client, "/search?q=beds&sort=date")]  # fmt: skip
    assert [len(each) for each in groups] == [10, 10, 3] and sum(groups, []) == hits
    app.extensions["plansearch"].library.close()


@pytest.mark.parametrize("route", ["/search?q=beds", "/passages?q=beds&limit=5"])
def test_a_cursor_holds_for_its_own_search_and_index_alone(tmp_path: Path, route: str) -> None:
    library = make_library(tmp_path, *DOCUMENTS)
    app = create_app(tmp_path)
    client = app.test_client()
    following = get(client, route)["next"].removeprefix("/api/v1")
    _, _, cursor = following.rpartition("cursor=")
    assert get(client, following)
    for other in ("/search?q=bed", "/search?q=beds&year=2001", "/passages?q=beds&sort=date"):
        problem = get(client, f"{other}&cursor={cursor}", 409)
        assert problem["type"] == "/api#stale-cursor"
        assert "not one of this search" in problem["detail"]
    for wrong in ("x", "1-2-3", cursor + "0" * 20, "000001-" + "0" * 16 + "-1"):
        assert get(client, f"/search?q=beds&cursor={wrong}", 409)
    fill_library(library, *DOCUMENTS[1:])
    build_index(library, silent)
    problem = get(client, following, 409)
    assert "in generation 000001, and generation 000002 is searched now" in problem["detail"]
    library.close()
    app.extensions["plansearch"].library.close()


def test_a_cursor_does_not_hold_for_an_index_made_anew_from_nothing(tmp_path: Path) -> None:
    def start(folder: Path) -> str:
        make_library(folder, *DOCUMENTS).close()
        app = create_app(folder)
        following: str = get(app.test_client(), "/passages?q=beds")["next"]
        app.extensions["plansearch"].library.close()
        return following.removeprefix("/api/v1")

    following = start(tmp_path / "one")
    start(tmp_path / "two")
    app = create_app(tmp_path / "two")
    assert get(app.test_client(), following, 409)["status"] == 409
    app.extensions["plansearch"].library.close()


@pytest.mark.parametrize(
    ("limit", "given", "note"),
    [("0", 1, "Between 1 and 100"), ("900", 23, "these are 100"), ("x", 20, "not a number"),
     ("", 20, "")],
)  # fmt: skip
def test_a_limit_that_is_none_becomes_a_note(
    tmp_path: Path, limit: str, given: int, note: str
) -> None:
    make_library(tmp_path, *DOCUMENTS).close()
    app = create_app(tmp_path)
    found = get(app.test_client(), f"/passages?q=beds&limit={limit}")
    assert len(found["hits"]) == given and note in " ".join(found["notes"])
    app.extensions["plansearch"].library.close()


@pytest.mark.parametrize("path", ["/search?q=beds", "/passages?q=beds", "/documents/plan",
                                  "/trends?q=beds", "/openapi.json"])  # fmt: skip
def test_an_answer_is_given_again_only_where_it_has_changed(
    client: FlaskClient, path: str
) -> None:
    with client.get(f"/api/v1{path}") as response:
        etag = response.headers["ETag"]
    with client.get(f"/api/v1{path}", headers={"If-None-Match": etag}) as response:
        assert response.status_code == 304 and not response.get_data()
    with client.get("/api/v1/search?q=wards", headers={"If-None-Match": etag}) as response:
        assert response.status_code == 200


def test_answers_to_questions_have_no_etag(client: FlaskClient) -> None:
    with client.get("/api/v1/answer?q=How+many+beds%3F") as response:
        assert "ETag" not in response.headers
