"""Bad input, typed as a user would: a clear error with field and remedy, and nothing written."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders.command_line import crewquote, engagement_file
from tests.builders.pricing import engagement_data

pytestmark = pytest.mark.integration

PROFILE = "services[0].volume.profile"


def refused(folder: Path, file: Path, code: int = 3) -> str:
    """What the program says about a file that it must refuse, having written nothing."""
    before = sorted(folder.rglob("*"))
    run = crewquote("quote", file, "--json", "--out", folder / "quote.json")
    assert run.returncode == code, run.stderr
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    assert sorted(folder.rglob("*")) == before
    return run.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", ("a mapping with the fields of",), id="empty file"),
        pytest.param("a: 1\nb: [1,\n", ("case.yaml:3:1", "YAML"), id="broken YAML"),
        pytest.param("a: 1\na: 2\n", ("case.yaml:2:1", "appears twice"), id="repeated key"),
        pytest.param("- claims\n- helpdesk\n", ("a mapping",), id="a list"),
    ],
)
def test_a_file_that_is_no_engagement_is_refused(
    text: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(text, encoding="utf-8")
    said = refused(tmp_path, file)
    for word in words:
        assert word in said


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param(
            {PROFILE: {"csv": "nowhere.csv", "column": "x"}},
            (f"{PROFILE}.csv", "an existing CSV file", "nowhere.csv"),
            id="missing CSV",
        ),
        pytest.param(
            {"services[0].volume.units_per_year": -5},
            ("services[0].volume.units_per_year", "0 or more", "-5"),
            id="negative volume",
        ),
        pytest.param(
            {"services[0].volume.units_per_year": float("nan")},
            ("services[0].volume.units_per_year", "finite"),
            id="not a number",
        ),
        pytest.param({"currency": "XYZ"}, ("currency", "ISO 4217", "'XYZ'"), id="unknown currency"),
        pytest.param(
            {"services[0].volume.units_per_year": 0}, ("volume", "above 0"), id="zero volume"
        ),
        pytest.param(
            {"commercial.target_margin": 0.92, "commercial.dso_days": 0},
            ("target_margin", "sga", "capital_cost", "below 1", "1.0000"),
            id="shares of price that sum to 1",
        ),
        pytest.param(
            {"commercial.target_margin": 0.9, "commercial.sga": 0.5},
            ("target_margin", "sga", "capital_cost", "1.4"),
            id="shares of price above 1",
        ),
        pytest.param(
            {"commercial.target_margin": 1},
            ("commercial.target_margin", "below 1"),
            id="margin of 1",
        ),
        pytest.param(
            {"services[0].delivery": [{"site": "Manila", "share": 0.9}]},
            ("services[0]", "sum to 1", "0.9"),
            id="delivery shares below 1",
        ),
        pytest.param(
            {"shrinkage.out_of_office": 1},
            ("shrinkage.out_of_office", "0.9 at most"),
            id="shrinkage of 1",
        ),
        pytest.param(
            {"services[0].opening_hour": "24x7"},
            ("services[0].opening_hour", "opening_hours?"),
            id="misspelt field",
        ),
    ],
)
def test_a_document_that_cannot_be_priced_is_refused(
    changes: dict[str, Any], words: tuple[str, ...], tmp_path: Path
) -> None:
    said = refused(tmp_path, engagement_file(tmp_path, engagement_data(changes)))
    for word in words:
        assert word in said


def test_a_turnaround_shorter_than_the_opening_hours_allow_is_infeasible(tmp_path: Path) -> None:
    changes: dict[str, Any] = {"services[0].turnaround_h": 4, PROFILE: [1] * 168}
    said = refused(tmp_path, engagement_file(tmp_path, engagement_data(changes)), code=4)
    assert "turnaround_h" in said
    assert "at least 63 h would do" in said
    assert "claims" in said


def test_a_csv_with_a_word_in_it_is_named_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "profile.csv").write_text("units\n1\nmany\n", encoding="utf-8")
    data = engagement_data({PROFILE: {"csv": "profile.csv", "column": "units"}})
    said = refused(tmp_path, engagement_file(tmp_path, data))
    assert PROFILE in said
    assert "line 3" in said


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    said = refused(tmp_path, tmp_path / "nowhere.yaml")
    assert "nowhere.yaml" in said
    assert "an existing engagement file" in said


def test_several_mistakes_are_told_at_once(tmp_path: Path) -> None:
    changes = {"currency": "XYZ", "services[0].turnaround_h": -1, "commercial.sga": 2}
    file = tmp_path / "case.json"
    file.write_text(json.dumps(engagement_data(changes)), encoding="utf-8")
    said = refused(tmp_path, file)
    for path in changes:
        assert f"  {path}: " in said
