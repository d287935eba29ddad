"""Cover of any heads by any shifts: what comes back, and what is refused."""

import math
from dataclasses import replace

import numpy as np
import pytest

from staffing.errors import BadInputError, PlanCheckError, SolverStoppedError
from staffing.optimize import cover_shifts as module
from staffing.optimize.coverage import CandidateShift, cover_shifts
from staffing.optimize.solver import solve

EARLY = CandidateShift("early", [0, 1], 10.0)
LATE = CandidateShift("late", [1, 2], 12.0)
LIMITED = CandidateShift("early", [0, 1], 10.0, limit=2)


def broken_day(peak):
    """Shifts with a break, whose matrix is no row of ones: an odd cycle needs whole people."""
    shifts = [CandidateShift(f"{a}{b}", [a, b], 1.0) for a, b in ((0, 1), (1, 2), (0, 2))]
    return [peak] * 3, shifts


def test_heads_are_covered_at_least_cost_by_whole_people():
    cover = cover_shifts([1, 3, 2.5], [EARLY, LATE])
    assert cover.status == "optimal"
    assert cover.counts == {"early": 1, "late": 3}
    assert cover.cost == cover.bound == 46
    assert cover.gap == 0
    assert cover.shortfall.tolist() == [0, 0, 0]
    assert cover.infeasibility is None


def test_people_are_whole_where_their_fractions_would_be_cheaper():
    """Three halves cover everything: the proof has to rule out any plan of one and a half."""
    cover = cover_shifts(*broken_day(1))
    assert cover.cost == cover.bound == 2
    assert cover.status == "optimal"


def test_the_search_goes_on_where_fractions_rounded_up_cost_too_much():
    """Half of each long shift costs 6 as well, but becomes 7 when made whole; 5 + 1 is whole."""
    shifts = [
        CandidateShift("morning and evening", [0, 2], 5.0),
        CandidateShift("noon and evening", [1, 2], 3.0),
        CandidateShift("noon", [1], 1.0),
        CandidateShift("morning and noon", [0, 1], 4.0),
    ]
    cover = cover_shifts([1, 1, 1], shifts)
    assert cover.status == "optimal"
    assert cover.cost == 6


def test_a_gap_ends_the_search_with_the_bound_it_reached():
    cover = cover_shifts(*broken_day(1), gap=0.3)
    assert cover.status == "optimal"
    assert cover.cost == 2
    assert cover.bound == pytest.approx(1.5)
    assert cover.gap == pytest.approx(0.25)


def test_a_night_shift_runs_from_the_last_interval_into_the_first():
    """Sunday night into Monday morning: no seam in the week."""
    night = CandidateShift("night", [167, 0], 1.0)
    heads = np.zeros(168)
    heads[[167, 0]] = 3
    cover = cover_shifts(heads, [night])
    assert cover.counts == {"night": 3}
    assert not cover.shortfall.any()


def test_no_demand_needs_nobody_on_any_shift():
    cover = cover_shifts([0, 0.0], [CandidateShift("all", [0, 1], 5.0)])
    assert cover.status == "optimal"
    assert cover.counts == {"all": 0}
    assert cover.cost == cover.bound == cover.gap == 0


def test_identical_shifts_share_the_people():
    twins = [CandidateShift(name, [0, 1], 4.0, limit=2) for name in ("one", "two")]
    cover = cover_shifts([3, 3], twins)
    assert sum(cover.counts.values()) == 3
    assert cover.cost == 12


def test_a_hair_of_rounding_is_nobody():
    assert cover_shifts([2.0000000001], [CandidateShift("a", [0], 1.0)]).counts == {"a": 2}


def test_infeasible_says_where_how_many_and_the_cheapest_way_out():
    """Interval 1 lacks 1.5 heads within the limits: two more at noon are cheaper than early."""
    shifts = [LIMITED, CandidateShift("noon", [1], 5.0, limit=1), CandidateShift("rest", [2], 1.0)]
    cover = cover_shifts([1, 4.5, 1, 2], shifts)
    why = cover.infeasibility
    assert why is not None
    assert cover.status == "infeasible"
    assert cover.bound is None
    assert cover.gap is None
    assert why.heads_short == {1: 1.5, 3: 2.0}
    assert why.unreachable == (3,)
    assert [(r.shift, r.people) for r in why.relaxations] == [("noon", 2)]
    assert why.relaxation_cost == 10
    assert cover.counts == {"early": 2, "noon": 1, "rest": 1}
    assert cover.shortfall.tolist() == [0, 1.5, 0, 2]


def test_without_any_shift_all_is_short():
    cover = cover_shifts([1, 0, 2], [])
    assert cover.status == "infeasible"
    assert cover.counts == {}
    assert cover.infeasibility is not None
    assert cover.infeasibility.unreachable == (0, 2)
    assert cover.shortfall.tolist() == [1, 0, 2]


@pytest.mark.parametrize(
    ("price", "people", "cost"), [(4, 0, 14.0), (7, 3, 15 + 3.5), (9, 3, 15 + 4.5), (11, 4, 20.0)]
)
def test_a_person_comes_where_the_heads_short_would_cost_more(price, people, cost):
    """3.5 heads at 5 a person: the third spares a whole head, the fourth half a head."""
    cover = cover_shifts([3.5], [CandidateShift("a", [0], 5.0)], shortfall_price=price)
    assert cover.status == "optimal"
    assert cover.counts == {"a": people}
    assert cover.cost == pytest.approx(cost)
    assert cover.bound == pytest.approx(cost)
    assert cover.shortfall.tolist() == [3.5 - min(people, 3.5)]


def test_a_priced_shortfall_is_never_infeasible():
    cover = cover_shifts([3, 1], [CandidateShift("a", [0], 5.0, limit=1)], shortfall_price=9)
    assert cover.status == "optimal"
    assert cover.shortfall.tolist() == [2, 1]
    assert cover.cost == 5 + 3 * 9


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_the_unit_of_money_does_not_change_the_plan(scale):
    """The solver's tolerances are absolute; a cost in millions or millionths is brought to size."""
    heads, shifts = broken_day(3)
    dear = [
        CandidateShift(s.name, s.covers, s.cost * (1 + j / 8) * scale) for j, s in enumerate(shifts)
    ]
    cover = cover_shifts(heads, dear)
    assert cover.status == "optimal"
    assert cover.cost == pytest.approx((2 * 1 + 2 * 1.125 + 1 * 1.25) * scale)


def test_a_time_limit_reaches_the_solver_and_nothing_else_ends_the_search(monkeypatch):
    seen = []

    def record(program, limits, log, **options):
        seen.append(limits)
        return solve(program, limits, log, **options)

    monkeypatch.setattr(module, "solve", record)
    cover_shifts(*broken_day(1), time_limit_s=30)
    assert [limits.relative_gap for limits in seen] == [0, 0]
    assert seen[0].safety_time_s == 30
    assert 29 < seen[1].safety_time_s < 30
    assert min(seen[0].max_nodes, seen[0].max_simplex_iterations) > 10**9
    cover_shifts(*broken_day(1))
    assert math.isinf(seen[2].safety_time_s)


def test_no_time_at_all_gives_a_plan_that_holds_or_says_stopped():
    heads = np.full(168, 40.0)
    shifts = [CandidateShift(f"{t}", np.arange(t, t + 8) % 168, 80.0 + t % 7) for t in range(168)]
    cover = cover_shifts(heads, shifts, time_limit_s=1e-9)
    assert cover.status in {"stopped", "feasible"}
    if cover.status == "stopped":
        assert set(cover.counts.values()) == {0}
        assert cover.gap is None
        assert cover.shortfall.tolist() == heads.tolist()
    assert cover.stop_reason == "time limit"


def test_stopped_after_the_relaxation_its_fractions_are_rounded_up_and_nobody_idle_kept(
    monkeypatch,
):
    """Three times half a person becomes three, and two cover all: the third is sent home."""

    def stop_at_whole_people(program, limits, log, *, relaxed=False):
        if not relaxed:
            raise SolverStoppedError("stopped")
        return solve(program, limits, log, relaxed=True)

    monkeypatch.setattr(module, "solve", stop_at_whole_people)
    cover = cover_shifts(*broken_day(1), time_limit_s=60)
    assert cover.status == "feasible"
    assert cover.cost == 2
    assert cover.bound == pytest.approx(1.5)
    assert cover.gap == pytest.approx(0.25)
    assert cover.stop_reason == "time limit"


def test_a_plan_that_breaks_a_rule_is_never_handed_back(monkeypatch):
    monkeypatch.setattr(module, "_without_idle", lambda _, counts: counts * 0)
    with pytest.raises(PlanCheckError, match="cover at interval 0"):
        cover_shifts(*broken_day(1), gap=0.99)


@pytest.mark.parametrize(
    ("requirement", "path"),
    [
        ([1, -1], "requirement[1]"),
        ([math.nan], "requirement[0]"),
        ([1, math.inf], "requirement[1]"),
        ([], "requirement"),
        ([[1, 2]], "requirement"),
        (["two"], "requirement"),
    ],
)
def test_heads_are_numbers_of_people(requirement, path):
    with pytest.raises(BadInputError) as raised:
        cover_shifts(requirement, [EARLY])
    assert raised.value.issues[0].path == path


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"covers": [0, 3]}, "shifts[1].covers"),
        ({"covers": [-1]}, "shifts[1].covers"),
        ({"covers": [0, 0]}, "shifts[1].covers"),
        ({"covers": [0.5]}, "shifts[1].covers"),
        ({"cost": -1.0}, "shifts[1].cost"),
        ({"cost": math.nan}, "shifts[1].cost"),
        ({"limit": -1}, "shifts[1].limit"),
        ({"limit": 1.5}, "shifts[1].limit"),
        ({"name": "early"}, "shifts"),
    ],
)
def test_a_shift_that_cannot_be_meant_is_named(changed, path):
    with pytest.raises(BadInputError) as raised:
        cover_shifts([1, 1, 1], [EARLY, replace(LATE, **changed)])
    assert raised.value.issues[0].path == path


@pytest.mark.parametrize(
    "option",
    [
        {"shortfall_price": -1},
        {"shortfall_price": math.nan},
        {"time_limit_s": 0},
        {"time_limit_s": -1},
        {"time_limit_s": math.nan},
        {"gap": -0.1},
        {"gap": 1},
        {"gap": math.nan},
    ],
)
def test_options_out_of_range_are_named(option):
    with pytest.raises(BadInputError) as raised:
        cover_shifts([1, 1, 1], [EARLY, LATE], **option)
    assert raised.value.issues[0].path == next(iter(option))
