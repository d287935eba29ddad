"""Calculators: what a stored quote answers, of an engagement in the request, nothing stored."""

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import CSV, HTML, ICALENDAR, XLSX, Client
from api.settings import Settings
from tests.builders.pricing import DEFERRABLE, LIVE, SITE, engagement_data

LOOPBACK = "http://127.0.0.1"
_DAY = {"mon-fri": "08:00-16:00"}
ENGAGEMENT = engagement_data(
    services=[
        DEFERRABLE | {"opening_hours": _DAY, "volume": {"units_per_year": 20_000}},
        LIVE | {"opening_hours": _DAY, "volume": {"units_per_year": 20_000}},
    ],
    term_months=1,
)
PRICE = "offers.output_based.prices[0].price"
MONTH = {"month": 1, "services": {"claims": 1700}}


@pytest.fixture(scope="module")
def http(tmp_path_factory):
    app = create_app(Settings(database=tmp_path_factory.mktemp("store") / "quotes.sqlite"))
    with TestClient(app, base_url=LOOPBACK) as client:
        yield client


@pytest.fixture(scope="module")
def client(http):
    return Client(LOOPBACK, http)


@pytest.fixture(scope="module")
def stored(client):
    """The quote of the engagement, stored: what calculators answer is read off the same."""
    return client.create_quote(ENGAGEMENT)


def test_a_price_has_the_bytes_of_the_stored_quote_and_no_id(http, client, stored) -> None:
    text = http.post("/v1/price", json={"engagement": ENGAGEMENT}).text
    kept = http.get(f"/v1/quotes/{stored['id']}").text
    assert kept.endswith(text[1:])
    added = json.loads(kept.removesuffix(f", {text[1:]}") + "}")
    assert added.keys() == {"id", "created_at", "variant_of", "lifecycle"}
    assert client.calculate_price(ENGAGEMENT)["content_hash"] == stored["content_hash"]
    assert len(client.list_quotes()["data"]) == 1


def test_coverage_is_the_plan_of_the_quote(client, stored) -> None:
    assert client.calculate_coverage(ENGAGEMENT) == stored["staffing"]


def test_live_heads_of_the_requirement_are_those_the_plan_covers(client, stored) -> None:
    claims, helpdesk = client.calculate_requirement(ENGAGEMENT)["teams"]
    roster = stored["staffing"]["teams"][1]["roster"]
    assert helpdesk["heads"] == pytest.approx(roster["required_heads"], abs=1e-6)
    assert (claims["timing"], helpdesk["timing"]) == ("steady", "by_interval")
    more = client.calculate_requirement(ENGAGEMENT, {"scale": 2})["teams"][0]
    assert more["head_hours"] == pytest.approx(2 * claims["head_hours"], rel=1e-6)


def test_the_comparison_is_that_of_the_quote(client, stored) -> None:
    asked = {"volume": 1.2, "productivity": 0.9, "budget": "100000"}
    made = client.calculate_comparison(ENGAGEMENT, asked)
    assert made == client.comparison(stored["id"], volume=1.2, productivity=0.9, budget="100000")


@pytest.mark.parametrize("path", ["", "offers", PRICE])
def test_a_number_is_explained_as_in_the_quote(client, stored, path) -> None:
    assert client.calculate_explanation(ENGAGEMENT, path, 2) == client.explain(
        stored["id"], path, 2
    )


def test_a_month_is_billed_as_under_the_quote(client, stored) -> None:
    made = client.calculate_invoices(ENGAGEMENT, MONTH)
    assert made == client.create_invoices(stored["id"], MONTH)
    one = client.calculate_invoices(ENGAGEMENT, MONTH | {"offer": "output_based"})
    assert len(one["invoices"]) == 1
    table = client.study_file("invoice", ENGAGEMENT, {"actuals": MONTH}, CSV)
    assert table == client.invoices_file(stored["id"], MONTH, CSV)


def rows(table):
    return list(csv.DictReader(io.StringIO(table.decode())))


def test_people_come_as_tables(client) -> None:
    heads = rows(client.study_file("requirement", ENGAGEMENT, kind=CSV))
    assert len(heads) == 2 * 168
    assert (heads[8]["day"], heads[8]["start"], heads[8]["service"]) == ("Mon", "08:00", "claims")
    assert float(heads[8]["heads"]) > 0
    for table, column in (("shifts", "length_h"), ("intervals", "on_duty")):
        made = rows(client.study_file("coverage", ENGAGEMENT, {"table": table}, CSV))
        assert column in made[0]


def test_a_plan_comes_as_page_workbook_and_calendar(client) -> None:
    assert "<html" in client.study_file("coverage", ENGAGEMENT, kind=HTML).decode()[:200].lower()
    book = openpyxl.load_workbook(io.BytesIO(client.study_file("coverage", ENGAGEMENT)))
    assert len(book.sheetnames) > 1
    calendar = client.study_file("coverage", ENGAGEMENT, kind=ICALENDAR).decode()
    assert "RRULE:FREQ=WEEKLY" in calendar.replace("\r\n ", "")
    assert "Asia/Manila" in calendar


@pytest.mark.parametrize("kind", [HTML, XLSX, CSV, ICALENDAR])
def test_a_quote_s_plan_comes_as_the_files_of_the_same_plan(client, stored, kind) -> None:
    anew = client.study_file("coverage", ENGAGEMENT, kind=kind)
    kept = client.plan_file(stored["id"], kind)
    if kind == XLSX:  # it tells when it was written
        kept, anew = (
            [list(sheet.values) for sheet in openpyxl.load_workbook(io.BytesIO(content))]
            for content in (kept, anew)
        )
    assert kept == anew


def test_a_quote_s_plan_is_that_of_the_quote(http, client, stored) -> None:
    path = f"/v1/quotes/{stored['id']}/plan"
    assert http.get(path).json() == stored["staffing"]
    heads = rows(client.plan_file(stored["id"], CSV, "intervals"))
    assert sum(float(row["on_duty"]) for row in heads) == sum(
        sum(team["roster"]["on_duty"]) for team in stored["staffing"]["teams"]
    )
    refused = http.get(f"{path}?table=people", headers={"Accept": CSV})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/table")
    assert http.get(path, headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("what", ["compare", "invoice"])
def test_comparison_and_invoices_come_as_workbooks(client, what) -> None:
    content = client.study_file(what, ENGAGEMENT, kind=XLSX)
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames


def test_whoever_does_not_wait_gets_a_job(http, stored) -> None:
    told = {"Prefer": "respond-async"}
    answer = http.post("/v1/price", json={"engagement": ENGAGEMENT}, headers=told)
    assert answer.status_code == 202
    address = answer.headers["location"]
    job = http.get(address, headers={"Prefer": "wait=60"}).json()
    assert (job["kind"], job["state"]) == ("price", "done")
    made = http.get(f"{address}/result").json()
    assert made["content_hash"] == stored["content_hash"]


REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "a scale of nothing": ("requirement", {"scale": 0}, "/scale"),
    "another effort": ("coverage", {"effort": "lazy"}, "/effort"),
    "a table of people where none are listed": ("coverage", {"table": "people"}, "/table"),
    "an option that is none": ("price", {"margin": 0.2}, "/margin"),
    "a budget of nothing": ("compare", {"budget": "0"}, "/budget"),
    "a belief beyond all": ("compare", {"volume": 9}, "/volume"),
    "a path to nothing": ("explain", {"path": "offers.third"}, "/path"),
    "a depth without end": ("explain", {"depth": 99}, "/depth"),
    "a service that is none": (
        "invoice",
        {"actuals": {"services": {"chat": 1}}},
        "/actuals/services/chat",
    ),
    "a field of actuals that is none": ("invoice", {"actuals": {"moon": 1}}, "/actuals/moon"),
    "a month after the term": ("invoice", {"actuals": {"month": 9}}, "/actuals/month"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_option_is_named_by_its_place_in_the_body(http, stored, name) -> None:
    what, options, pointer = REFUSED[name]
    headers = {"accept": CSV} if options.get("table") else {}
    answer = http.post(f"/v1/{what}", json={"engagement": ENGAGEMENT, **options}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad-input"), answer.text
    assert [issue["pointer"] for issue in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    "what", ["requirement", "coverage", "price", "compare", "explain", "invoice"]
)
def test_what_is_wrong_in_the_engagement_is_placed_in_it(http, what) -> None:
    misread = engagement_data({"sites[0].seats": -1})
    unplannable = engagement_data({"services[0].turnaround_h": 0.5})
    for document, pointer in (
        (misread, "/engagement/sites/0/seats"),
        (unplannable, "/engagement/services/0/turnaround_h"),
    ):
        problem = http.post(f"/v1/{what}", json={"engagement": document}).json()
        assert pointer in [issue["pointer"] for issue in problem["errors"]], problem


def test_work_that_no_time_is_left_for_is_refused_with_its_hours(http) -> None:
    closed = engagement_data(
        {
            "services[0].turnaround_h": 4,
            "services[0].opening_hours": "24x7",
            "sites[0].opening_hours": {"mon-fri": "08:00-16:00"},
        }
    )
    answer = http.post("/v1/requirement", json={"engagement": closed})
    assert (answer.status_code, answer.json()["code"]) == (422, "infeasible"), answer.text
    assert "turnaround" in answer.json()["detail"]
    assert SITE["name"] in answer.json()["detail"]
