"""The command line: what it prints where, what it writes, and how it ends."""

import json
from pathlib import Path
from typing import Any

import pytest

from pricing.quote import Quote, quote_json
from tests.builders.command_line import (
    EXAMPLES,
    crewquote,
    engagement_file,
    installed_crewquote,
)
from tests.builders.pricing import engagement_data

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small engagement that is quick to price."""
    return engagement_file(tmp_path_factory.mktemp("case"), engagement_data(term_months=1))


@pytest.fixture(scope="module")
def printed(case: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, Path]:
    """Both streams and the file of one run with --json and --out."""
    out = tmp_path_factory.mktemp("out") / "quote.json"
    run = installed_crewquote("quote", case, "--json", "--out", out)
    assert run.returncode == 0, run.stderr
    return run.stdout, run.stderr, out


def test_json_on_stdout_is_the_quote_and_nothing_else(printed: tuple[str, str, Path]) -> None:
    stdout, _, _ = printed
    assert quote_json(Quote.model_validate_json(stdout)) == stdout


def test_the_file_holds_the_same_bytes_and_lies_alone(printed: tuple[str, str, Path]) -> None:
    stdout, _, out = printed
    assert out.read_text(encoding="utf-8") == stdout
    assert [file.name for file in out.parent.iterdir()] == ["quote.json"]


def test_progress_is_on_stderr_only(printed: tuple[str, str, Path]) -> None:
    _, stderr, _ = printed
    assert "pricing" in stderr
    assert "Traceback" not in stderr


def test_quiet_says_nothing_on_stderr(case: Path) -> None:
    run = crewquote("quote", case, "--json", "--quiet")
    assert run.returncode == 0
    assert run.stderr == ""
    json.loads(run.stdout)


def test_the_summary_shows_every_price_that_is_invoiced(
    case: Path, printed: tuple[str, str, Path]
) -> None:
    run = crewquote("quote", case)
    assert run.returncode == 0
    shown = run.stdout.replace(",", "")
    offers = json.loads(printed[0])["offers"].values()
    prices = [price for offer in offers for price in offer["prices"] if price["invoiced"]]
    assert len(prices) == 2
    for price in prices:
        assert price["price"]["amount"] in shown
        assert price["price"]["currency"] in shown


def test_yaml_is_priced_as_json_is(case: Path, printed: tuple[str, str, Path]) -> None:
    as_yaml = case.with_suffix(".yaml")
    as_yaml.write_bytes(case.read_bytes())
    run = crewquote("quote", as_yaml, "--json", "-q")
    assert run.stdout == printed[0]


def test_an_old_quote_is_replaced(
    case: Path, printed: tuple[str, str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "quote.json"
    out.write_text("old", encoding="utf-8")
    assert crewquote("quote", case, "--out", out, "-q").returncode == 0
    assert out.read_text(encoding="utf-8") == printed[0]


@pytest.mark.parametrize("target", ["missing/quote.json", "folder", "case.json/quote.json"])
def test_a_place_that_cannot_be_written_is_an_error_before_any_work(
    target: str, tmp_path: Path
) -> None:
    file = engagement_file(tmp_path, engagement_data())
    (tmp_path / "folder").mkdir()
    run = crewquote("quote", file, "--out", tmp_path / target)
    assert run.returncode == 3
    assert "--out" in run.stderr
    assert str(tmp_path / target) in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""
    assert sorted(entry.name for entry in tmp_path.rglob("*")) == ["case.json", "folder"]


def test_a_failure_leaves_an_old_quote_untouched(tmp_path: Path) -> None:
    out = tmp_path / "quote.json"
    out.write_text("old", encoding="utf-8")
    file = engagement_file(tmp_path, engagement_data({"services[0].volume.units_per_year": 0}))
    assert crewquote("quote", file, "--out", out).returncode == 3
    assert out.read_text(encoding="utf-8") == "old"
    assert {entry.name for entry in tmp_path.iterdir()} == {"case.json", "quote.json"}


@pytest.mark.parametrize(
    "arguments",
    [["quote"], ["quote", "a", "b"], ["nonsense"], ["quote", "a", "--format", "xml"], ["validate"]],
)
def test_a_wrong_call_is_a_usage_error(arguments: list[str]) -> None:
    run = crewquote(*arguments)
    assert run.returncode == 2
    assert "Usage: crewquote" in run.stderr
    assert run.stdout == ""


def test_what_no_plan_can_meet_has_its_own_exit_code(tmp_path: Path) -> None:
    changes: dict[str, Any] = {
        "sites[0].seats": 1,
        "services[0].volume.units_per_year": 2_000_000,
    }
    out = tmp_path / "quote.json"
    run = crewquote("quote", engagement_file(tmp_path, engagement_data(changes)), "--out", out)
    assert run.returncode == 4
    assert "seats" in run.stderr
    assert "Traceback" not in run.stderr
    assert not out.exists()


def test_schema_is_json() -> None:
    run = crewquote("schema")
    assert run.returncode == 0
    assert json.loads(run.stdout)["title"] == "Engagement"


@pytest.mark.parametrize("name", ["claims", "emergency_coding", "helpdesk"])
def test_every_example_is_valid_from_any_folder(name: str, tmp_path: Path) -> None:
    run = crewquote("validate", EXAMPLES / f"{name}.yaml", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "valid" in run.stdout
    assert "without a source" in run.stdout


def test_validate_names_what_is_wrong(tmp_path: Path) -> None:
    file = engagement_file(tmp_path, engagement_data({"currency": "XYZ"}))
    run = crewquote("validate", file)
    assert run.returncode == 3
    assert "currency: an ISO 4217 currency code" in run.stderr
    assert run.stdout == ""
