"""What the terminal says of how good a roster is proven to be."""

import pytest

from api.cli.staffing_summary import proven
from staffing.plan import Proof, ShiftLine, WeekRoster


def roster(gap: float, shifts: int) -> WeekRoster:
    """A week of so many shifts, which could be cheaper by a share at the most."""
    line = ShiftLine(day="Mon", start="08:00", length_h=8.0, heads=shifts, start_interval=8)
    return WeekRoster(
        shifts=(line,),
        required_heads=(),
        on_duty=(),
        paid_hours=8.0 * shifts,
        paid_hours_by_class={},
        labour_cost=0.0,
        peak_heads=shifts,
        proof=Proof(objective=1.0, bound=1.0 - gap, gap=gap, stop_reason="optimal"),
    )


@pytest.mark.parametrize(
    ("gap", "shifts", "said"),
    [
        (0.0, 5, "nothing, proven"),
        (1e-5, 500, "nothing, proven"),
        (0.25, 4, "25.0 %, 1.0 shifts"),
        (0.0117, 106, "1.2 %, 1.2 shifts"),
    ],
)
def test_a_gap_is_told_in_shifts_as_well(gap: float, shifts: int, said: str) -> None:
    assert proven(roster(gap, shifts)) == said
