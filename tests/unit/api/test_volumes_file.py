"""Volumes files: YAML, JSON, tables; what is wrong is named with its place."""

import json
from pathlib import Path

import pytest

from api.cli.volumes_file import load_actuals
from staffing.errors import BadInputError

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "volumes"


def written(folder, text, name="volumes.csv"):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_yaml_and_json_are_read_alike(tmp_path):
    actuals = load_actuals(EXAMPLES / "billing_march.yaml")
    assert actuals.month == 3
    plain = json.dumps(actuals.model_dump(mode="json"))
    assert load_actuals(written(tmp_path, plain, "volumes.json")) == actuals


def test_a_table_holds_several_months():
    first = load_actuals(EXAMPLES / "billing_units.csv")
    assert first.month == 1
    assert sum(first.services["coding"].classes.values()) == 10400 + 3050 + 1480
    second = load_actuals(EXAMPLES / "billing_units.csv", month=2)
    assert second.month == 2
    assert second.services["coding"].errors == 610
    assert second.teams["claims @ Hyderabad"].overtime_hours == 64
    assert load_actuals(EXAMPLES / "billing_units.csv", month=3).services == {}


def test_money_in_a_table_is_exact(tmp_path):
    actuals = load_actuals(written(tmp_path, "service,collections\nclaims,1250.55\n"))
    assert str(actuals.services["claims"].collections) == "1250.55"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("service,volume\nclaims,1\n", "columns month, service, class, team"),
        ("units\n1\n", "a column service or team"),
        ("service,team,units\nclaims,claims @ Manila,1\n", "exactly one of service and team"),
        ("service,units\n,1\n", "exactly one of service and team"),
        ("service,ordered_fte\nclaims,1\n", "no ordered_fte in a row of a service"),
        ("service,units\nclaims,1\nclaims,2\n", "units of claims once"),
        ("service,class,units\nclaims,simple,1\nclaims,simple,2\n", "each class once"),
        ("service,class\nclaims,simple\n", "units of a service's class"),
        ("month,service,units\nMay,claims,1\n", "whole numbers in the column month"),
        ("service,units\nclaims,many\n", "services.claims.units"),
        ("service,units\nclaims,-3\n", "0 or more"),
        ("service;units\nclaims;1\n", "separated by commas"),
    ],
)
def test_what_is_wrong_in_a_table_is_named(tmp_path, text, words):
    with pytest.raises(BadInputError) as caught:
        load_actuals(written(tmp_path, text))
    assert words in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadInputError, match="an existing volumes file"):
        load_actuals(tmp_path / "nowhere.yaml")


def test_money_that_is_a_float_is_refused(tmp_path):
    file = written(tmp_path, "savings: 12.5\n", "volumes.yaml")
    with pytest.raises(
        BadInputError, match="savings: a whole number, or a decimal number in quotes"
    ):
        load_actuals(file)
