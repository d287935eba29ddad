"""Chart of a skill study: areas stand on each other, the line is people apart."""

import json

import altair
import pytest

from staffing.charts import SCHEMA, skills_over_week
from tests.builders.skill_weeks import study, two_languages

OPENS, CLOSED = 8, 7  # hours of Monday


@pytest.fixture(scope="module")
def spec():
    return skills_over_week(study(two_languages()).model_dump(mode="json")["sites"][0])


def test_it_is_vega_lite_with_its_data_inside(spec):
    assert spec["$schema"] == SCHEMA
    assert "Manila" in spec["title"]
    altair.Chart.from_dict(spec, validate=True)
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


def test_areas_stand_on_each_other_in_people_on_duty(spec):
    row = spec["data"]["values"][OPENS]
    assert (row["day"], row["time"]) == ("Mon", "08:00")
    assert [row[f"people_{k}"] for k in range(3)] == [7.5, 7.5, 2.5]
    assert [(row[f"from_{k}"], row[f"to_{k}"]) for k in range(3)] == [
        (0, 7.5),
        (7.5, 15),
        (15, 17.5),
    ]
    assert row["apart"] == 20
    assert spec["data"]["values"][CLOSED]["to_2"] == 0


def test_one_row_more_carries_the_last_step_to_the_end_of_the_week(spec):
    rows = spec["data"]["values"]
    assert len(rows) == 169
    assert rows[-1]["hour"] == rows[-2]["next_hour"] == 168


def test_every_mark_has_its_colour_in_the_legend(spec):
    domain = spec["encoding"]["color"]["scale"]["domain"]
    assert domain == ["only en", "only es", "flexible", "people apart"]
    shown = [layer["encoding"]["color"].get("datum") for layer in spec["layer"]]
    assert shown == [*domain, None]
    assert len(set(spec["encoding"]["color"]["scale"]["range"])) == len(domain)
