"""What the work asks for before a shift is planned: heads by interval, steady heads, stuck work."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.brief import Blend
from staffing.errors import InfeasibleError
from staffing.requirement import TurnaroundWork
from staffing.requirement_study import never_in_time, requirement_study, steady_heads
from staffing.turnaround import finishes_in_time
from tests.builders.queueing import fewest_agents
from tests.builders.staffing import (
    HOURS,
    OFFICE,
    by_hour,
    deferrable_service,
    live_service,
    live_target,
    staffing_brief,
    turnaround_target,
    turnaround_work,
    volume_brief,
)


def test_steady_heads_of_one_busy_hour_are_spread_over_its_turnaround():
    """96 units at once, a day of time, a head does one an hour: 96 / 24 = 4."""
    assert steady_heads(turnaround_work(by_hour({(8, 9): 96.0}))) == pytest.approx(4)


def test_closed_hours_take_no_part_in_what_a_head_finishes():
    """The same work, but of the 24 hours only 8 to 18 are worked: 96 / 10 = 9.6."""
    heads = steady_heads(turnaround_work(by_hour({(8, 9): 96.0}), workable=OFFICE))
    assert heads == pytest.approx(9.6)


def test_a_turnaround_of_weeks_asks_for_the_mean():
    posed = turnaround_work(by_hour({(8, 9): 168.0}), due=5 * HOURS)
    assert steady_heads(posed) == pytest.approx(1)


def test_no_work_asks_for_nobody():
    assert steady_heads(turnaround_work(np.zeros(HOURS))) == 0


@settings(max_examples=60)
@given(
    arrivals=st.lists(st.sampled_from((0, 0, 0, 5, 9)), min_size=14, max_size=14),
    rate=st.lists(st.sampled_from((0, 2, 2, 2, 3)), min_size=14, max_size=14),
    due=st.integers(2, 16),
)
def test_steady_heads_finish_in_time_and_a_little_less_does_not(arrivals, rate, due):
    nobody = np.zeros(len(arrivals))
    posed = TurnaroundWork(np.array(arrivals, float), np.array(rate, float), due, nobody, nobody)
    heads = steady_heads(posed)
    if not np.isfinite(heads):
        assert never_in_time(posed).any()
        return
    enough, less = (posed.units_per_head * heads * share for share in (1 + 1e-9, 0.999))
    assert finishes_in_time(posed.arrivals, enough, due)
    assert not posed.arrivals.any() or not finishes_in_time(posed.arrivals, less, due)


def test_work_that_is_due_before_the_next_hours_of_work_is_infeasible():
    posed = turnaround_work(by_hour({(20, 21): 9.0}), due=4, workable=OFFICE)
    assert np.flatnonzero(never_in_time(posed)).tolist() == [20]
    assert np.isinf(steady_heads(posed))
    night = volume_brief(profile=by_hour({(20, 21): 1.0}))
    quick = turnaround_target(turnaround_h=4.0)
    brief = staffing_brief(deferrable_service(target=quick, volume=night))
    with pytest.raises(InfeasibleError, match="Mon 20:00 is due before") as refused:
        requirement_study(brief)
    assert refused.value.rule == "turnaround"
    assert requirement_study(staffing_brief(deferrable_service(volume=night))).teams


def test_live_heads_are_those_of_the_plan_and_follow_the_scale():
    calls = volume_brief(units_per_year=52.1775 * 600.0, profile=by_hour({(8, 9): 1.0}))
    brief = staffing_brief(live_service(volume=calls))
    for scale in (1.0, 1.5):
        (team,) = requirement_study(brief, scale).teams
        target = live_target()
        busy = team.arrivals[8] * target.handle_time_s / 3600
        agents = fewest_agents(busy, target.handle_time_s, 0.8, 20.0, 0.85)
        assert team.busy_heads[8] == pytest.approx(busy, abs=1e-6)
        assert team.heads[8] == pytest.approx(agents / 0.8)
        assert team.peak_at == "Mon 08:00"
        assert team.units_per_week == pytest.approx(599 * scale, rel=1e-3)
    assert (team.timing, team.channel, team.routing) == ("by_interval", "live", ())


def test_deferrable_heads_are_steady_in_all_hours_of_work_and_never_below_the_crew():
    brief = staffing_brief(deferrable_service(volume=volume_brief(profile=by_hour({(8, 9): 1.0}))))
    (team,) = requirement_study(brief).teams
    heads = np.array(team.heads)
    assert not heads[~OFFICE].any()
    assert np.unique(heads[OFFICE]).size == 1
    assert team.head_hours == pytest.approx(heads.sum(), abs=1e-4)
    assert team.busy_heads[8] == pytest.approx(team.arrivals[8] / 5)
    crew = staffing_brief(deferrable_service(min_heads=90))
    assert requirement_study(crew).teams[0].peak_heads == 90


def test_idle_time_that_the_plan_lends_is_told_of():
    target = turnaround_target(blend=Blend("helpdesk", 0.5))
    brief = staffing_brief(live_service(), deferrable_service(target=target))
    notes = [team.notes for team in requirement_study(brief).teams]
    assert notes == [(), ("without the idle time of helpdesk @ Manila, which the plan uses",)]
