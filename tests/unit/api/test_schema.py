"""The published JSON Schema: valid itself, met by every example, and as strict as it can be."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from api.cli.loader import _resolve, parse
from api.cli.schema import run_schema
from pricing.engagement import engagement_schema
from pricing.reading import read_engagement
from staffing.errors import BadInputError
from tests.builders.pricing import ABSENT, LIVE, engagement_data

FOLDER = Path(__file__).resolve().parents[3] / "examples"
BROKEN = FOLDER / "broken.yaml"  # shipped to show what errors look like
EXAMPLES = sorted(set(FOLDER.glob("*.yaml")) - {BROKEN})


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The schema as the program builds it."""
    return engagement_schema()


def test_the_command_prints_the_schema_as_json(
    capsys: pytest.CaptureFixture[str], schema: dict[str, Any]
) -> None:
    run_schema()
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(schema))


def test_it_is_a_valid_schema_of_draft_2020_12(schema: dict[str, Any]) -> None:
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_shipped_example_meets_it(file: Path, schema: dict[str, Any]) -> None:
    resolved = _resolve(parse(file), file.parent, "")
    assert [error.message for error in Draft202012Validator(schema).iter_errors(resolved)] == []


def test_the_three_kinds_of_work_are_among_the_examples() -> None:
    assert {"claims", "emergency_coding", "helpdesk"} <= {file.stem for file in EXAMPLES}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"commercial.sga": {"value": 0.08, "source": "contract", "as_of": "2026-01-01"}},
        {"commercial.sga": {"value": 0.08, "source": "hearsay", "assumed": True}},
        {"services": [LIVE]},
        {"services[0].opening_hours": "24x7"},
        {"fx": {"PHP": 57.2}},
    ],
)
def test_short_and_long_forms_meet_it(changes: dict[str, Any], schema: dict[str, Any]) -> None:
    data = engagement_data(changes)
    read_engagement(data)
    assert list(Draft202012Validator(schema).iter_errors(data)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"foo": 1},
        {"currency": "usd"},
        {"currency": ABSENT},
        {"term_months": 0},
        {"term_months": 3.5},
        {"term_months": True},
        {"term_months": "3"},
        {"services": []},
        {"services[0].channel": "chat"},
        {"services[0].turnaround_h": -1},
        {"services[0].service_level": 0.8},
        {"services[0].volume.units_per_year": -5},
        {"services[0].volume.seasonality": [1] * 11},
        {"services[0].opening_hours": "24/7"},
        {"services[0].opening_hours": {"mon-fri": "8-18"}},
        {"sites[0].wages.claims_processor": 4},
        {"sites[0].wages.claims_processor.per": "week"},
        {"sites[0].labour.night_from": "25:00"},
        {"commercial.target_margin": 1},
        {"commercial.target_margin": -0.1},
        {"commercial.sga": {"value": 0.08, "sauce": "contract"}},
        {"commercial.sga": True},
        {"shrinkage.out_of_office": 1},
        {"shrinkage": None},
        {"interval_minutes": 20},
        {"schema_version": 2},
    ],
)
def test_a_bad_document_fails_schema_and_model(
    changes: dict[str, Any], schema: dict[str, Any]
) -> None:
    data = engagement_data(changes)
    assert list(Draft202012Validator(schema).iter_errors(data))
    with pytest.raises(BadInputError):
        read_engagement(data)


@pytest.mark.parametrize(
    "changes",
    [
        {"currency": "XYZ"},
        {"sites[0].country": "ZZ"},
        {"sites[0].time_zone": "Mars/Phobos"},
        {"services[0].handle_time_s": 30},
        {"services[0].volume": {}},
        {"commercial.target_margin": 0.92},
        {"services[0].volume.units_per_year": float("nan")},
    ],
)
def test_what_a_schema_cannot_say_the_model_refuses(changes: dict[str, Any]) -> None:
    with pytest.raises(BadInputError):
        read_engagement(engagement_data(changes))
