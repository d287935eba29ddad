"""Plans played over the week: measures, verdicts, determinism, odd weeks."""

from itertools import pairwise

import numpy as np
import pytest

from staffing.errors import BadInputError
from staffing.queueing import agents_required, performance
from staffing.simulation import SimulationSettings, simulate_plan
from staffing.simulation.deferrable import work_followed
from tests.builders.fifo import work_unit_by_unit
from tests.builders.simulation import (
    WEEK,
    deferrable_workload,
    hang_up_share,
    live_workload,
    plan_of,
)

QUICK = SimulationSettings(replications=6)
CALLS_PER_ERLANG = 12
BY_DAY = np.arange(WEEK) % 24


def played(work, settings=QUICK):
    return simulate_plan(plan_of(work), settings).teams[0]


def test_a_steady_week_is_as_erlang_c_says():
    theory = performance(8.0, 11, 300.0, 20.0)
    found = played(live_workload(8.0 * CALLS_PER_ERLANG, 11), SimulationSettings(replications=20))
    assert found.in_time.low < theory.service_level < found.in_time.high
    assert found.asa_s.low < theory.asa_s < found.asa_s.high
    assert found.occupancy.low < theory.occupancy < found.occupancy.high
    assert found.in_time.high - found.in_time.low < 0.02
    assert found.units_per_week == 8 * CALLS_PER_ERLANG * WEEK
    assert (found.abandonment, found.unanswered) == (None, 0)


@pytest.mark.parametrize(("extra", "expected"), [(2, "met"), (0, "met"), (-2, "missed")])
def test_the_verdict_follows_the_number_of_agents(extra, expected):
    loads = np.where((BY_DAY >= 8) & (BY_DAY < 20), 12.0, 2.0)
    agents = agents_required(loads, 300.0, 0.8, 20.0) + extra
    found = played(live_workload(loads * CALLS_PER_ERLANG, agents))
    assert found.verdict == expected
    assert found.target == 0.8


def test_callers_who_hang_up_are_counted_and_relieve_the_queue():
    patient = played(live_workload(120.0, 9))
    impatient = played(live_workload(120.0, 9, patience_s=60.0))
    expected = hang_up_share(10.0, 9, 300.0, 60.0)
    assert impatient.abandonment.low < expected < impatient.abandonment.high
    assert impatient.abandonment.mean == pytest.approx(expected, rel=0.05)
    assert impatient.in_time.mean > patient.in_time.mean + 0.3
    assert impatient.asa_s.mean < 60
    assert patient.asa_s.mean > 3600
    assert patient.abandonment is None


def test_who_hangs_up_within_the_threshold_is_not_in_time():
    found = played(live_workload(120.0, 9, patience_s=3.0))
    assert found.abandonment.mean > 0.15
    assert found.in_time.mean == pytest.approx(1 - found.abandonment.mean, abs=2e-3)


def test_the_hours_that_are_short_are_named_worst_first():
    agents = np.full(WEEK, 14)
    agents[[30, 100]] = [8, 4]
    worst = played(live_workload(120.0, agents)).worst_hours
    assert [hour.hour for hour in worst[:2]] == ["Fri 04:00", "Fri 05:00"]
    assert "Tue 06:00" in {hour.hour for hour in worst}
    assert worst[0].in_time < worst[1].in_time
    assert worst[0].units_per_week == pytest.approx(120, rel=0.1)


def test_a_queue_left_over_at_closing_time_is_answered_the_next_morning():
    """Calls of the last open hour outgrow one agent: Erlang by interval would never see it."""
    opened = BY_DAY < 8
    calls = np.where(BY_DAY == 7, 24.0, 0.0)
    found = played(live_workload(calls, np.where(opened, 1, 0)))
    assert found.asa_s.mean > 3600
    assert found.verdict == "missed"


def test_what_sunday_night_leaves_over_waits_on_monday():
    """The week is cyclic: Monday does not begin with an empty queue."""
    calls = np.zeros(WEEK)
    calls[[-1, 0]] = [30.0, 3.0]
    found = played(live_workload(calls, 1))
    monday = next(hour for hour in found.worst_hours if hour.hour == "Mon 00:00")
    assert monday.in_time < 0.2


def test_a_week_without_work_has_nothing_to_judge():
    for work in (live_workload(0.0, 3), live_workload(0.0, 0), deferrable_workload(0, 5)):
        found = played(work)
        assert found.verdict == "nothing to judge"
        assert found.in_time is None
        assert found.by_replication == (None,) * 6
        assert found.worst_hours == ()


def test_nobody_at_work_answers_nobody():
    found = played(live_workload(1.0, 0))
    assert found.in_time.mean == 0
    assert found.occupancy is None
    assert found.unanswered == pytest.approx(168, rel=0.1)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not():
    plan = plan_of(live_workload(30.0, 4.6), deferrable_workload(20, 21))
    one, same, other = (
        simulate_plan(plan, SimulationSettings(replications=5, seed=seed)).model_dump_json()
        for seed in (7, 7, 8)
    )
    assert one == same
    assert one != other.replace('"seed":8', '"seed":7')


def test_a_team_is_played_with_its_own_numbers():
    work = live_workload(30.0, 4)
    first, second = simulate_plan(plan_of(work, work), QUICK).teams
    assert first.by_replication != second.by_replication
    assert (first.name, second.name) == ("service 0 @ Manila", "service 1 @ Manila")


def test_a_service_at_two_sites_is_judged_by_all_its_units():
    """A small team that misses its target counts for as much as it answers."""
    plan = plan_of(live_workload(90.0, 12), live_workload(10.0, 1))
    teams = tuple(team.model_copy(update={"service": "calls"}) for team in plan.teams)
    report = simulate_plan(plan.model_copy(update={"teams": teams}), QUICK)
    (service,) = report.services
    large, small = report.teams
    assert (large.verdict, small.verdict, service.verdict) == ("met", "missed", "met")
    assert service.units_per_week == 100 * WEEK
    assert service.in_time is not None
    assert large.in_time is not None
    assert small.in_time is not None
    expected = 0.9 * large.in_time.mean + 0.1 * small.in_time.mean
    assert service.in_time.mean == pytest.approx(expected, abs=0.002)
    assert service.target == 0.8


def test_more_people_meet_the_same_contacts_and_answer_no_fewer_in_time():
    weeks = [played(live_workload(60.0, agents)).by_replication for agents in (5, 6, 7, 9)]
    for few, many in pairwise(weeks):
        assert all(a <= b for a, b in zip(few, many, strict=True))


def test_deferrable_work_with_room_to_spare_is_finished_in_time():
    found = played(deferrable_workload(10, 14, due_intervals=12))
    assert found.verdict == "met"
    assert found.promise == "finished within 12 h"
    assert found.occupancy.mean == pytest.approx(10 / 14, abs=0.02)


def test_deferrable_work_for_which_there_are_too_few_people_is_late():
    found = played(deferrable_workload(10, 9.5, due_intervals=12))
    assert found.verdict == "missed"
    assert found.in_time.mean < 0.5


@pytest.mark.parametrize("due", [1, 5, 30, 200])
def test_work_is_followed_as_unit_by_unit(due):
    random = np.random.default_rng(due)
    arrivals = random.integers(0, 6, WEEK)
    capacity = random.integers(0, 7, WEEK)
    capacity[-1] += max(0, arrivals.sum() - capacity.sum() + 5)
    _, late = work_unit_by_unit(arrivals.tolist(), capacity.tolist(), due)
    weeks = 6 + 1 + due // WEEK + 1
    found = work_followed(
        np.tile(arrivals, weeks), np.tile(capacity, weeks).astype(float), (6 * WEEK, 7 * WEEK), due
    )
    assert (found.offered == arrivals).all()
    assert np.allclose(found.offered - found.in_time, late)
    assert 0 <= np.sum(late) < arrivals.sum()


@pytest.mark.parametrize(
    ("work", "path"),
    [
        (live_workload(1.0, 1).model_copy(update={"arrivals": (1.0,)}), "arrivals"),
        (live_workload(1.0, -1), "slots"),
        (live_workload(float("nan"), 1), "arrivals"),
        (live_workload(1.0, 1, handle_time_s=0.0), "handle_time_s"),
        (live_workload(1.0, 1, patience_s=-1.0), "patience_s"),
        (live_workload(1e6, 1), "arrivals"),
        (deferrable_workload(1, 1, due_intervals=0), "due_intervals"),
        (deferrable_workload(1, np.inf), "capacity"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.channel,
)
def test_a_workload_that_cannot_be_played_is_refused_by_field(work, path):
    with pytest.raises(BadInputError) as error:
        simulate_plan(plan_of(live_workload(0.0, 0), work), QUICK)
    assert error.value.issues[0].path == f"staffing.teams[1].workload.{path}"


@pytest.mark.parametrize(
    "settings",
    [{"replications": 4}, {"seed": -1}, {"handle_time_cv": -0.1}, {"handle_time_cv": np.inf}],
)
def test_settings_out_of_range_are_refused(settings):
    with pytest.raises(BadInputError, match=next(iter(settings))):
        SimulationSettings(**settings)


def test_progress_is_told_for_every_week_of_every_team():
    told: list[str] = []
    simulate_plan(plan_of(live_workload(1.0, 2), deferrable_workload(1, 2)), QUICK, told.append)
    assert len(told) == 12
    assert told[-1] == "service 1 @ Manila: week 6 of 6"
