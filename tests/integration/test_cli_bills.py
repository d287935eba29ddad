"""`crewquote bills` on a quote as it was written, and the same over HTTP."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.builders.command_line import crewquote
from tests.builders.quotes import base_quote

pytestmark = pytest.mark.integration
OWN = {"id", "created_at", "variant_of", "lifecycle"}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's quote as a user has it on disk."""
    path = tmp_path_factory.mktemp("bills") / "quote.json"
    path.write_text(json.dumps({k: v for k, v in base_quote().items() if k not in OWN}))
    return path


def test_bills_are_shown_by_quarters_of_plan_and_written_in_full(file: Path) -> None:
    table = file.with_name("bills.csv")
    run = crewquote("bills", file, "--out", table)
    assert run.returncode == 0, run.stderr
    assert "by the contract as in month" in run.stdout
    assert [f"{quarter * 25}%" in run.stdout for quarter in range(9)] == [True] * 9
    assert max(len(line) for line in run.stdout.splitlines()) <= 100
    rows = list(csv.DictReader(io.StringIO(table.read_text())))
    assert len(rows) >= len(base_quote()["comparison"]["bills"])
    assert {"input_based", "output_based", "units"} <= rows[0].keys()


def test_a_month_outside_the_term_and_another_kind_of_file_are_refused(file: Path) -> None:
    for options, words in (
        (("--month", "99"), "a month of the term"),
        (("--out", str(file.with_name("bills.pdf"))), ".json, .csv"),
    ):
        run = crewquote("bills", file, *options)
        assert run.returncode == 3
        assert words in run.stderr


def test_the_server_answers_with_the_same_bills(file: Path, tmp_path: Path) -> None:
    run = crewquote("bills", file, "--json", "--month", "2")
    printed: dict[str, Any] = json.loads(run.stdout)
    assert printed["month"] == 2
    app = create_app(Settings(database=tmp_path / "q.sqlite"))
    schema = app.openapi()["paths"]["/v1/quotes/{quote_id}/bills"]["get"]
    assert schema["responses"]["200"]
    with TestClient(app, base_url="http://127.0.0.1") as server:
        missing = server.get("/v1/quotes/11111111-1111-4111-8111-111111111111/bills")
    assert missing.status_code == 404
