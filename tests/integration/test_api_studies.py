"""Planning studies over HTTP: the command line's answers, as files too, and refusals by field."""

import copy
import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import CSV, HTML, XLSX, ApiError, Client
from api.settings import Settings
from pricing.choice.report import ChoiceRequest, ChoiceStudy
from pricing.choice_study import choice_study
from pricing.futures import FuturesReport
from pricing.hiring_study import HiringStudy, hiring_study
from pricing.rates import RateRequest, rate_report
from pricing.reading import read_engagement
from pricing.sites import SiteRequest, site_study
from pricing.surge_offer import client_offer
from pricing.surge_quoting import surge_report
from pricing.surge_report import SurgeReport, SurgeRequest
from tests.builders.server import example_engagement

LOOPBACK = "http://127.0.0.1"
PEAK = {"size": 0.6, "notice_h": 48.0, "days": 14}
FEW_FUTURES = {"scenarios": 10, "draws": 0}


@pytest.fixture(scope="module")
def http(tmp_path_factory):
    app = create_app(Settings(database=tmp_path_factory.mktemp("store") / "quotes.sqlite"))
    with TestClient(app, base_url=LOOPBACK) as client:
        yield client


@pytest.fixture(scope="module")
def client(http):
    return Client(LOOPBACK, http)


@pytest.fixture(scope="module")
def surge(client):
    return client.study_surge(example_engagement(), PEAK)


def without_seconds(document):
    """What two runs share: a document as text, and no seconds of a clock in it."""
    assert "seconds" not in json.dumps(document)
    return document


def test_surge_answers_what_the_command_line_prints(surge) -> None:
    own = surge_report(read_engagement(example_engagement()), SurgeRequest(**PEAK))
    assert without_seconds(surge) == json.loads(own.model_dump_json())


def test_a_surge_offer_is_the_clients_view_of_the_same_study(client, surge) -> None:
    offer = client.offer_surge(example_engagement(), PEAK)
    own = client_offer(SurgeReport.model_validate(surge))
    assert offer == json.loads(own.model_dump_json())
    assert not {"cost", "margin", "rungs", "sources"} & offer.keys()


def test_hiring_answers_what_the_command_line_prints(client) -> None:
    study = client.study_hiring(example_engagement(), {"services": ["claims"], "site": "Manila"})
    own = hiring_study(read_engagement(example_engagement()))
    assert without_seconds(study) == own.model_dump(mode="json")


def test_the_plan_of_hiring_comes_as_a_table(client) -> None:
    study = client.study_hiring(example_engagement())
    table = client.study_file("hiring", example_engagement(), kind=CSV).decode("utf-8-sig")
    weeks = {row["week"] for row in csv.DictReader(io.StringIO(table))}
    assert len(weeks) == len(study["week_starts"])


def test_futures_are_studied_as_drawn_and_as_a_table_states_them(client) -> None:
    drawn = client.study_futures(example_engagement(), FEW_FUTURES)
    assert FuturesReport.model_validate(drawn).source.kind == "drawn"
    assert len(drawn["plan"]["scenarios"]) == 10
    weeks = HiringStudy.model_validate(client.study_hiring(example_engagement())).week_starts
    rows = "\n".join(f"{day},{5000 + 10 * at},6000" for at, day in enumerate(weeks))
    stated = {"demand": f"date,low,high\n{rows}\n", "draws": 0}
    report = client.study_futures(example_engagement(), stated)
    assert report["source"]["names"] == ["low", "high"]


def test_the_offer_comes_as_a_page_without_cost_or_source(client) -> None:
    page = client.study_file("surge/offer", example_engagement(), PEAK, HTML).decode()
    shown = page.partition("<body")[2].partition("<script")[0].lower()
    assert "bill by the hour" in shown
    assert not {word for word in ("margin", "floor", "pool", "overtime", "cost") if word in shown}


@pytest.mark.parametrize(
    ("study", "options"), [("surge", PEAK), ("hiring", {}), ("futures", FEW_FUTURES)]
)
def test_every_study_comes_as_a_workbook(client, study, options) -> None:
    content = client.study_file(study, example_engagement(), options)
    assert len(openpyxl.load_workbook(io.BytesIO(content)).sheetnames) > 1


def test_the_choice_is_the_command_lines_and_comes_as_a_page(http, client):
    asked = {"draws": 2_000, "price_to_win": {"price": "3.05"}}
    study = client.study_choice(example_engagement(), asked)
    request = ChoiceRequest.model_validate(asked)
    made = choice_study(read_engagement(example_engagement()), request)
    assert ChoiceStudy.model_validate(study) == made
    page = client.study_file("choice", example_engagement(), asked, HTML).decode()
    assert "prices when the client chooses" in page
    wrong = asked | {"price_to_win": {"price": "3.05", "name": "chat"}}
    answer = http.post("/v1/choice", json={"engagement": example_engagement(), **wrong})
    assert answer.json()["errors"][0]["pointer"] == "/price_to_win/name"


def changed(*path_and_value):
    *path, value = path_and_value
    document = copy.deepcopy(example_engagement())
    here = document
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return document


WITH_UNIT = ("services", 0, "unit")
REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "no size of a peak": ("surge", {"notice_h": 48}, "/size"),
    "a size, and people too": ("surge", PEAK | {"people": 100}, "/size"),
    "a peak of nobody": ("surge", {"people": 0, "notice_h": 48}, "/people"),
    "a peak without work": ("surge", PEAK | {"size": 0}, "/size"),
    "notice before the call": ("surge", PEAK | {"notice_h": -1}, "/notice_h"),
    "a site that is none": ("surge", PEAK | {"site": "Oslo"}, "/site"),
    "a day after the term": ("surge", PEAK | {"start": "2099-01-01"}, "/start"),
    "an option that is none": ("surge/offer", PEAK | {"colour": "red"}, "/colour"),
    "a service that is none": ("hiring", {"services": ["chat"]}, "/services"),
    "a site to hire at that is none": ("hiring", {"site": "Oslo"}, "/site"),
    "no futures": ("futures", {"scenarios": 0}, "/scenarios"),
    "a handful of draws": ("futures", {"draws": 10}, "/draws"),
    "an unknown weight": ("futures", {"risk_aversion": 1.5}, "/risk_aversion"),
    "knowledge above all": ("choice", {"knowledge_volume": 1.5}, "/knowledge_volume"),
    "a price that is no text": ("choice", {"price_to_win": {"price": 3.05}}, "/price_to_win/price"),
    "futures that are no table": ("futures", {"demand": "high,low\n1,2\n"}, "/demand"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_option_is_named_by_its_place_in_the_body(http, name) -> None:
    address, options, pointer = REFUSED[name]
    answer = http.post(f"/v1/{address}", json={"engagement": example_engagement(), **options})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad-input")
    assert [issue["pointer"] for issue in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize("address", ["surge", "surge/offer", "hiring", "futures", "choice"])
def test_a_wrong_field_of_the_engagement_is_named_by_its_place_in_the_body(http, address) -> None:
    options = PEAK if "surge" in address else {}
    read = {"engagement": changed("sites", 0, "seats", -1), **options}
    file = {"engagement": changed("services", 0, "volume", "profile", {"csv": "a.csv"}), **options}
    for body, pointer in (
        (read, "/engagement/sites/0/seats"),
        (file, "/engagement/services/0/volume/profile"),
        (options, "/engagement"),
    ):
        problem = http.post(f"/v1/{address}", json=body or {"site": "Manila"}).json()
        assert pointer in [issue["pointer"] for issue in problem["errors"]]


def test_what_a_study_finds_wrong_in_the_engagement_is_placed_in_it_too(http) -> None:
    document = changed("sites", 0, "hiring", {"shortfall_price": 0})
    answer = http.post("/v1/futures", json={"engagement": document, **FEW_FUTURES})
    (issue,) = answer.json()["errors"]
    assert issue["pointer"] == "/engagement/sites/0/hiring/shortfall_price"


def no_help_in_time():
    """Overtime is forbidden, nobody else comes before a week has gone."""
    document = changed("sites", 0, "labour", {"overtime_share_max": 0})
    document["sites"][0]["surge"] = {
        "sources": [
            {"name": "agency", "kind": "agency", "heads": 5, "notice_h": 168, "premium": 0.5}
        ]
    }
    return document


@pytest.mark.parametrize("address", ["surge", "surge/offer"])
def test_a_peak_nobody_can_meet_is_refused_with_days_people_and_remedy(http, address) -> None:
    body = {"engagement": no_help_in_time(), **PEAK, "all_in_time": True}
    answer = http.post(f"/v1/{address}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "infeasible"), answer.json()
    assert "surge_work" in answer.json()["detail"]
    assert answer.json()["errors"]


@pytest.mark.parametrize("address", ["hiring", "futures"])
def test_an_engagement_no_plan_meets_is_refused(http, address) -> None:
    body = {"engagement": changed("sites", 0, "seats", 1)}
    answer = http.post(f"/v1/{address}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "infeasible")


@pytest.mark.parametrize("address", ["surge", "surge/offer", "hiring", "futures", "choice"])
def test_another_kind_of_file_is_refused_before_any_work(http, address) -> None:
    headers = {"accept": "image/png"}
    body = {"engagement": example_engagement(), **(PEAK if "surge" in address else {})}
    answer = http.post(f"/v1/{address}", json=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (406, "not-acceptable")
    assert "application/json" in answer.json()["detail"]


def test_without_the_extra_a_workbook_is_refused_with_its_remedy(http, monkeypatch) -> None:
    monkeypatch.setattr("api.formats.find_spec", lambda _: None)
    body = {"engagement": example_engagement()}
    answer = http.post("/v1/hiring", json=body, headers={"accept": XLSX})
    assert (answer.status_code, answer.json()["code"]) == (406, "not-acceptable")
    assert "crewquote[export]" in answer.json()["detail"]


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html, application/*;q=0.8"])
def test_whoever_takes_json_gets_json(http, accept) -> None:
    body = {"engagement": example_engagement()}
    answer = http.post("/v1/hiring", json=body, headers={"accept": accept})
    assert answer.headers["content-type"] == "application/json"


def test_the_client_tells_a_refused_file_like_any_other(client) -> None:
    with pytest.raises(ApiError) as refusal:
        client.study_file("hiring", example_engagement(), {"site": "Oslo"})
    assert refusal.value.issues[0].pointer == "/site"


def test_sites_and_rates_answer_what_the_command_line_prints(client) -> None:
    sites = client.study_sites(example_engagement(), {"max_sites": 1})
    asked = SiteRequest(max_sites=1)
    own = site_study(read_engagement(example_engagement()), asked)
    assert without_seconds(sites) == json.loads(own.model_dump_json())
    assert sites["notes"] == ["the engagement names one site: there is nothing to choose"]
    rates = client.study_rates(example_engagement(), {"steps": [0.1], "surge": False})
    wanted = RateRequest(steps=(0.1,), surge=False)
    own_rates = rate_report(read_engagement(example_engagement()), wanted)
    assert without_seconds(rates) == json.loads(own_rates.model_dump_json())


def test_sites_and_rates_come_as_pages(client) -> None:
    for study, options in (("sites", {}), ("rates", {"steps": [0.1], "surge": False})):
        page = client.study_file(study, example_engagement(), options, HTML).decode()
        assert page.startswith("<!doctype html>") or "<html" in page[:200].lower()


def test_a_rule_of_the_choice_is_refused_by_its_name(client) -> None:
    with pytest.raises(ApiError) as raised:
        client.study_sites(example_engagement(), {"max_share": 2})
    assert raised.value.issues[0].pointer == "/max_share"


def test_a_price_that_holds_a_margin_is_sought_and_one_that_cannot_be_is_refused(http) -> None:
    body = {"engagement": example_engagement(), "margin": 0.18, "draws": 2000}
    found = http.post("/v1/goal-seek", json=body).json()
    for offer in found["offers"]:
        assert 0.18 <= offer["as_needed"]["p10"] < 0.185
    assert 0.5 < found["productivity"]["share"] < 1.5
    answer = http.post("/v1/goal-seek", json=body | {"margin": 0.97})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/margin"
