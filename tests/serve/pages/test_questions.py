"""The query page: named questions as SPARQL, the editor's files, and a browser that asks one."""

from __future__ import annotations

import json
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from pyoxigraph import Store
from starlette.testclient import TestClient

from koopgraph.query import Question, list_questions

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

SUMS = {
    "yasgui.min.js": "55034eaac74c55f55fbd1eeed008ae38a79053651cbed2b453f1fcfd895a4b75",
    "yasgui.min.css": "085b94556b97f9928981bdedb6848fd11ad4d8d950e821f0d698c58ca538fc55",
}


@pytest.mark.parametrize("name", SUMS)
def test_the_editor_is_what_its_makers_built(name: str) -> None:
    content = (files("koopgraph.serve") / "static" / "yasgui" / name).read_bytes()
    assert sha256(content).hexdigest() == SUMS[name]


def test_the_page_lists_every_question_in_the_readers_language(pages: TestClient) -> None:
    tree = html.document_fromstring(pages.get("/query?lang=de").text)
    given = json.loads(tree.xpath("string(//script[@id='given'])"))
    assert {question["name"] for question in given["questions"]} == {question.name for question in list_questions()}
    assert "Welche Sätze belegen die Aussagen über etwas?" in tree.xpath("//option/text()")


@pytest.mark.parametrize("question", list_questions(), ids=lambda question: question.name)
def test_a_question_is_written_out_as_sparql_that_stands_alone(pages: TestClient, question: Question) -> None:
    values = {parameter.name: parameter.example for parameter in question.parameters}
    answer = pages.get(f"/questions/{question.name}", params=values)
    assert answer.status_code == 200
    Store().query(answer.text)  # with no prefixes given


def test_a_missing_value_an_unknown_question_and_injection_are_answered_plainly(pages: TestClient) -> None:
    missing = pages.get("/questions/evidence")
    assert (missing.status_code, "needs a value for 'entity'" in missing.text) == (400, True)
    assert pages.get("/questions/nope").status_code == 400
    hostile = 'x" } ; DROP ALL # <script>'
    answer = pages.get("/questions/evidence", params={"entity": hostile})
    assert '"x\\" } ; DROP ALL # <script>"' in answer.text
    assert answer.headers["content-type"].startswith("text/plain")


def test_the_prefixes_are_those_of_the_data(pages: TestClient) -> None:
    assert pages.get("/prefixes").json()["city"] == "https://w3id.org/koopgraph/id/city/"


@pytest.mark.browser
def test_a_browser_without_the_internet_asks_a_named_question(served: Any, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    outside: list[str] = []
    complaints: list[str] = []

    def only_here(route: Route) -> None:
        if route.request.url.startswith(f"{served.url}/"):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    page.route("**/*", only_here)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    try:
        page.goto(f"{served.url}/query?lang=en")
        page.select_option("#names", "evidence")
        page.fill("input[name=entity]", "koopstadt")
        page.click("#question button")
        rows = page.locator(".yasr table.dataTable tbody tr")
        rows.first.wait_for(timeout=20_000)
        assert "Bremen und Leipzig sind Partnerstädte im Projekt koopstadt." in page.inner_text(".yasr table.dataTable")
        assert "PREFIX koop:" in page.inner_text(".tabPanel.active .yasqe")
        page.select_option("#names", "project-life")
        page.fill("input[name=project]", "")
        page.click("#question button")
        assert page.locator("input[name=project]:invalid").count() == 1
    finally:
        page.close()
    assert outside == []
    assert complaints == []
