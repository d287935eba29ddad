"""Rate cards over HTTP: imported whole or not at all, every change a version."""

import io

import openpyxl
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.formats import CSV, XLSX
from api.settings import Settings
from pricing.reading import read_engagement
from tests.builders.pricing import SITE, engagement_data

CARD = {
    "on_costs": [{"country": "PH", "share": "0.16"}],
    "fx": [{"currency": "PHP", "base": "USD", "rate": "57"}],
}
AT = "/v1/rate-cards/house/versions"


@pytest.fixture
def http(tmp_path):
    settings = Settings(database=tmp_path / "cards.sqlite")
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        yield client


def csv_of(*lines: str) -> dict[str, object]:
    return {"content": "\n".join(lines).encode(), "headers": {"Content-Type": CSV}}


def workbook(**sheets: list[list[object]]) -> dict[str, object]:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return {"content": file.getvalue(), "headers": {"Content-Type": XLSX}}


def test_every_change_is_a_version_and_none_is_changed(http) -> None:
    first = http.post(AT, json=CARD, params={"note": "as last year"})
    assert (first.status_code, first.json()["version"]) == (201, 1)
    assert first.headers["location"] == f"{AT}/1"
    same = http.post(AT, json=CARD)
    assert (same.status_code, same.json()["version"], same.json()["changes"]) == (200, 1, [])
    second = http.post(AT, params={"table": "on_costs"}, **csv_of("country,share", "PH,0.18"))
    assert (second.status_code, second.json()["version"]) == (201, 2)
    assert [one["change"] for one in second.json()["changes"]] == ["changed"]
    assert http.get(f"{AT}/1").json()["card"]["on_costs"][0]["share"] == "0.16"
    kept = http.get(f"{AT}/2").json()
    assert kept["card"]["on_costs"][0]["share"] == "0.18"
    assert kept["card"]["fx"] == http.get(f"{AT}/1").json()["card"]["fx"]
    assert [one["version"] for one in http.get(AT).json()["data"]] == [2, 1]
    assert [one["note"] for one in http.get(AT).json()["data"]] == ["", "as last year"]
    (listed,) = http.get("/v1/rate-cards").json()["data"]
    assert (listed["name"], listed["version"], listed["created_by"]) == ("house", 2, "local user")
    assert http.get(f"{AT}/2/changes").json() == second.json()["changes"]
    assert {one["change"] for one in http.get(f"{AT}/1/changes").json()} == {"added"}


def test_a_dry_run_tells_the_changes_and_stores_nothing(http) -> None:
    tried = http.post(AT, json=CARD, params={"dry_run": True})
    assert tried.status_code == 200
    assert (tried.json()["dry_run"], tried.json()["version"]) == (True, 0)
    assert len(tried.json()["changes"]) == 2
    assert http.get(AT).status_code == 404


def test_a_workbook_has_a_sheet_for_each_table(http) -> None:
    sent = workbook(
        fx=[["currency", "base", "rate", "since"], ["PHP", "USD", 57.5, None]],
        on_costs=[["country", "share"], ["PH", 0.16], [None, None]],
    )
    made = http.post(AT, **sent)
    assert made.status_code == 201, made.text
    card = http.get(f"{AT}/1").json()["card"]
    assert (card["fx"][0]["rate"], card["on_costs"][0]["share"]) == ("57.5", "0.16")


@pytest.mark.parametrize(
    ("sent", "table", "status", "words"),
    [
        (csv_of("currency,base,rate", "PHP,USD,57", "PHP,EUR,x"), "fx", 422, "fx row 3, rate"),
        (csv_of("currency,base,rate"), None, 422, "one of: wages"),
        (workbook(pay=[["country"]]), None, 422, "one of: wages"),
        ({"content": b"PK not a workbook", "headers": {"Content-Type": XLSX}}, None, 422, "XLSX"),
        ({"content": b"\xff\xfe", "headers": {"Content-Type": CSV}}, "fx", 422, "UTF-8"),
        ({"content": b"{}", "headers": {"Content-Type": "text/plain"}}, None, 415, "json"),
        ({"json": {"wage": []}}, None, 422, "wages"),
    ],
)
def test_what_cannot_be_read_is_refused_whole(http, sent, table, status, words) -> None:
    params = {} if table is None else {"table": table}
    refused = http.post(AT, params=params, **sent)
    assert refused.status_code == status, refused.text
    assert words in refused.text
    assert http.get(AT).status_code == 404


def test_names_are_plain(http) -> None:
    assert http.post("/v1/rate-cards/..%2Fx/versions", json=CARD).status_code in {404, 422}
    assert http.post("/v1/rate-cards/a b/versions", json=CARD).status_code == 422


def test_an_engagement_is_filled_and_its_quote_says_from_which_version(http) -> None:
    http.post(AT, json={"on_costs": [{"country": "PH", "share": "0.16", "source": "ours"}]})
    raw = engagement_data(sites=[{k: v for k, v in SITE.items() if k != "on_cost"}])
    made = http.post(f"{AT}/1/engagement", json=raw)
    assert made.status_code == 200, made.text
    answer = made.json()
    assert answer["filled"] == {"sites[0].on_cost": "PH"}
    engagement = read_engagement(answer["engagement"])
    on_cost = engagement.sites[0].on_cost
    assert on_cost is not None
    assert (str(on_cost.value), on_cost.source) == ("0.16", "ours; rate card house version 1")
    assert http.post(f"{AT}/2/engagement", json=raw).status_code == 404
    assert http.post(f"{AT}/1/engagement", json={**raw, "start": "soon"}).status_code == 422
    assert http.post(f"{AT}/1/engagement", json=[]).status_code == 422
