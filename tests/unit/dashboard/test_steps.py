"""Which step of the form shows which field."""

import pytest

from api.client import Issue
from dashboard import steps
from pricing.engagement import Engagement


@pytest.mark.parametrize(
    ("place", "step"),
    [
        ("/name", "client"),
        ("/services/0/turnaround_h", "work"),
        ("/services/0/volume/history/values/3", "volumes"),
        ("/sites/1/seats", "work"),
        ("/sites/1/labour/breaks/0", "labour"),
        ("/commercial/target_margin", "commercial"),
        ("", "review"),
        ("/nobody_knows", "review"),
    ],
)
def test_a_place_belongs_to_one_step(place, step):
    assert steps.step_of(place) == step


def test_no_field_of_an_engagement_is_left_to_the_last_step():
    shown = {name: steps.step_of(f"/{name}") for name in Engagement.model_fields}
    assert {name for name, step in shown.items() if step == steps.REVIEW} == {"schema_version"}


def test_a_title_says_how_many_fields_are_wrong():
    wrong = steps.counted([Issue("/name", "x"), Issue("/start", "x"), Issue("/sites/0", "x")])
    assert steps.title("client", wrong) == "Client and term (2)"
    assert steps.title("volumes", wrong) == "Volumes"


def test_steps_end_where_they_end():
    assert steps.beside("start", -1) is None
    assert steps.beside("start", 1) == "client"
    assert steps.beside("review", 1) is None
