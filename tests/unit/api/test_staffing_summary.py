"""What the terminal says of how good a roster is proven to be."""

import pytest

from api.cli.staffing_summary import proven
from staffing.plan import Proof, TeamPlan
from tests.builders.pricing import team_plan


def team(gap: float, paid_hours: float) -> TeamPlan:
    """A team of 36 hours a week each, whose roster could be cheaper by a share at the most."""
    made = team_plan("claims", "Manila", (), ())
    proof = Proof(objective=1.0, bound=1.0 - gap, gap=gap, stop_reason="optimal")
    roster = made.roster.model_copy(update={"paid_hours": paid_hours, "proof": proof})
    return made.model_copy(update={"roster": roster})


@pytest.mark.parametrize(
    ("gap", "paid_hours", "said"),
    [
        (0.0, 36.0, "nothing"),
        (1e-5, 36_000.0, "nothing"),
        (0.962, 24.0, "one person"),
        (0.25, 72.0, "one person"),
        (0.25, 144.0, "1.0 people, 25.0 %"),
        (0.012, 36_000.0, "12.0 people, 1.2 %"),
    ],
)
def test_a_gap_is_told_in_people(gap: float, paid_hours: float, said: str) -> None:
    assert proven(team(gap, paid_hours)) == said
