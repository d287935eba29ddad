"""`crewquote risk` and `POST /v1/risk`: the same study, files, refusals by field."""

import json

import openpyxl
import pytest
import yaml
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli.app import app
from api.client import HTML, ApiError, Client
from api.settings import Settings
from tests.builders.command_line import crewquote
from tests.builders.pricing import engagement_data
from tests.builders.risk import CLAIMS, small_study

pytestmark = pytest.mark.integration

LOOPBACK = "http://127.0.0.1"
DOCUMENT = engagement_data(CLAIMS, term_months=24)
FEW = {"draws": 4000}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("risk") / "engagement.yaml"
    path.write_text(yaml.safe_dump(DOCUMENT))
    return path


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    server = create_app(Settings(database=tmp_path_factory.mktemp("store") / "quotes.sqlite"))
    with TestClient(server, base_url=LOOPBACK) as http:
        yield Client(LOOPBACK, http)


def test_the_command_prints_and_writes_the_study(file, tmp_path) -> None:
    book = tmp_path / "risk.xlsx"
    options = ["--draws", "4000", "--budget", "500000", "--out", str(book)]
    result = CliRunner().invoke(app, ["risk", str(file), *options, "-q"])
    assert result.exit_code == 0, result.output
    for words in ("Margin, P10", "all together", "Probability of a bill above 500,000", "Assumed"):
        assert words in result.output
    assert "tornado" in openpyxl.load_workbook(book).sheetnames


def test_json_is_the_study_and_the_api_answers_the_same(file, client) -> None:
    result = CliRunner().invoke(app, ["risk", str(file), "--draws", "4000", "--json", "-q"])
    assert json.loads(result.stdout) == small_study()
    assert client.study_risk(DOCUMENT, FEW) == small_study()


def test_a_page_over_http(client) -> None:
    assert b"all together" in client.study_file("risk", DOCUMENT, FEW, HTML)


@pytest.mark.parametrize(
    ("options", "pointer"),
    [
        ({"draws": 10}, "/draws"),
        ({"seed": -1}, "/seed"),
        ({"budget": 500000.5}, "/budget"),
        ({"budget": "-3"}, "/budget"),
    ],
)
def test_options_out_of_range_are_refused_by_name(client, options, pointer) -> None:
    with pytest.raises(ApiError) as caught:
        client.study_risk(DOCUMENT, options)
    assert caught.value.status == 422
    assert [issue.pointer for issue in caught.value.issues] == [pointer]


def test_factors_that_cannot_be_are_refused_by_their_place(client) -> None:
    pairs = [("volume", "trend", 0.9), ("trend", "complexity", 0.9), ("volume", "complexity", -0.9)]
    wrong = [{"between": [a, b], "correlation": c} for a, b, c in pairs]
    document = DOCUMENT | {
        "commercial": DOCUMENT["commercial"] | {"uncertainty": {"correlations": wrong}}
    }
    with pytest.raises(ApiError) as caught:
        client.study_risk(document, FEW)
    (issue,) = caught.value.issues
    assert issue.pointer == "/engagement/commercial/uncertainty/correlations/0"
    assert "from " in issue.detail


def test_a_budget_that_is_no_amount_is_refused(file) -> None:
    result = crewquote("risk", str(file), "--budget", "much")
    assert result.returncode == 3
    assert "budget: should be an amount of 0 or more as text, e.g. 1500000" in result.stderr
