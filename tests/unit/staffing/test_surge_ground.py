"""A team's peak beside the others at its site: how large it is, and what others leave it.

Claims come evenly on five days, 50,000 a year of 366 days, and take a fifth of an hour each.
"""

from datetime import date

import pytest

from staffing.errors import BadInputError
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.surge import Peak, SurgeLadder
from staffing.surge.promise import asked_heads
from staffing.surge_ground import TeamGround, team_ground
from staffing.team_cover import PlanRun
from tests.builders.staffing import deferrable_service, live_service, site_brief, staffing_brief
from tests.builders.surge import OVERTIME

LADDER = SurgeLadder((OVERTIME,), team_shares={"overtime": 0.2})
SOON = SurgeLadder((OVERTIME,), promise_h=12.0)
FORTNIGHT = Peak(0.5, notice_h=48, days=14)
UNITS_A_WEEK = 50_000 * 7 / 366


def ground(name, *services, starts_on=None, **options) -> TeamGround:
    run = PlanRun(SolveLimits(), SolveLog(), lambda _: None)
    return team_ground(staffing_brief(*services, **options), f"{name} @ Manila", run, starts_on)


CLAIMS = ground("claims", deferrable_service())


def test_a_peak_brings_its_share_of_the_ordinary_units():
    assert CLAIMS.at(FORTNIGHT, LADDER).extra_units == pytest.approx(0.5 * 2 * UNITS_A_WEEK)
    weekend = Peak(1.0, 0, days=1)
    assert CLAIMS.at(weekend, LADDER, start_weekday=4).extra_units == pytest.approx(
        UNITS_A_WEEK / 5
    )


def test_extra_work_is_the_extra_units_and_what_shifts_take_over_them():
    """Of 5 an hour at work; shifts of the peak are whole, so a little more is paid."""
    seen = CLAIMS.at(FORTNIGHT, LADDER)
    least = seen.extra_units / 5
    assert least <= seen.problem.need_h.sum() <= 1.4 * least


def test_overtime_is_a_share_of_the_teams_full_time_people():
    seen = CLAIMS.at(FORTNIGHT, LADDER)
    assert seen.team_heads >= UNITS_A_WEEK / 5 / 36
    heads = seen.problem.sources[0].heads
    assert heads == pytest.approx(min(OVERTIME.heads, 0.2 * seen.team_heads), abs=1e-6)


@pytest.mark.parametrize("people", [3.0, 40.0])
def test_a_peak_is_found_that_asks_for_so_many_people(people):
    peak = CLAIMS.peak_for(people, FORTNIGHT, LADDER)
    asked = asked_heads(CLAIMS.at(peak, LADDER).problem)
    assert asked == pytest.approx(people, rel=0.06)
    assert (peak.notice_h, peak.days) == (FORTNIGHT.notice_h, FORTNIGHT.days)


def test_more_people_are_a_larger_peak():
    sizes = [CLAIMS.peak_for(people, FORTNIGHT, LADDER).size for people in (5, 20, 80)]
    assert sizes == sorted(sizes)


def test_teams_of_a_site_leave_each_other_seats():
    both = {"sites": (site_brief(seats=30),)}
    alone = ground("claims", deferrable_service(), **both)
    beside = ground("claims", deferrable_service(), live_service(), **both)
    assert alone.seats_left is not None
    assert beside.seats_left is not None
    assert beside.seats_left < alone.seats_left < 30
    assert beside.before.on_duty["Manila"].max() > 0  # a live queue takes its seats first
    assert alone.before.on_duty["Manila"].max() == 0
    assert CLAIMS.seats_left is None


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: ground("coding", deferrable_service()), "one of claims @ Manila"),
        (lambda: CLAIMS.at(Peak(0.5, 0, 1), LADDER, start_weekday=5), "a larger or longer peak"),
        (
            lambda: ground("claims", deferrable_service(), starts_on=date(2028, 1, 1)),
            "a day of the term, 2027-03-01 to before 2027-06-01",
        ),
        (lambda: CLAIMS.at(FORTNIGHT, LADDER, start_weekday=7), "0 for Monday to 6 for Sunday"),
        (lambda: CLAIMS.at(Peak(0.0, 0, 1), LADDER), "above 0"),
        (lambda: CLAIMS.peak_for(0.0, FORTNIGHT, LADDER), "a number above 0"),
        (
            lambda: CLAIMS.peak_for(5.0, Peak(1.0, 0, 7), SOON, start_weekday=5),
            "a day on which the service is open",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(ask, words):
    with pytest.raises(BadInputError) as caught:
        ask()
    assert words in str(caught.value)
