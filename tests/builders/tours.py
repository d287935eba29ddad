"""Small weeks of tours on an hourly grid, people by hand, and the exact optimum by enumeration."""

from dataclasses import replace
from itertools import product

import numpy as np
import pulp

from staffing.grid import WeekGrid
from staffing.optimize.tours.result import Proof, plan_of
from staffing.tours import BreakRule, PersonWeek, TourProblem, TourRule

HOURLY = WeekGrid(60)
MEAL = BreakRule("meal", length_min=60, paid=False, centre=0.5, window_min=120)
FIVE_DAYS = TourRule("five days", 5, (8.0,), consecutive_days_off=False, start_band_min=120)


def hours(day, first, last):
    """Intervals of the hourly week between two hours of a day; past midnight when last > 24."""
    return (24 * day + np.arange(first, last)) % 168


def heads(*spans):
    """Requirement of (day, first hour, last hour, heads) spans, added up."""
    wanted = np.zeros(168)
    for day, first, last, count in spans:
        wanted[hours(day, first, last)] += count
    return wanted


def week(**changes):
    """One person's week: five days of 8 h with a meal, every hour worth 6 paid hours."""
    problem = TourProblem(
        name="desk",
        grid=HOURLY,
        requirement=heads(*((day, 8, 16, 1) for day in range(5))),
        start_step_min=60,
        breaks=(MEAL,),
        tours=(FIVE_DAYS,),
        daily_rest_h=11.0,
        weekly_hours_max=40.0,
        open_mask=np.ones(168, dtype=bool),
        cost_by_interval=np.ones(168),
        shortfall_price=6.0,
    )
    return replace(problem, **changes)


def person(starts, breaks, *, rule="five days", band=8, length=8):
    """A person's week by hand; `breaks` are intervals after the start, alike on every day."""
    at = tuple(tuple((start + after) % 168 for after in breaks) for start in starts)
    return PersonWeek(rule, band, length, tuple(starts), at)


def plan(problem, people, bound=0.0):
    """The plan these people make, every figure as it follows from them."""
    return plan_of(problem, tuple(people), Proof(bound, "by hand", reproducible=True))


def least_cost(problem):
    """Cost of the cheapest plan: every week a person can work, breaks included, is a column.

    After Dantzig 1954; only for problems with a few thousand such weeks. None when there is no
    plan.
    """
    size = problem.grid.size
    program = pulp.LpProblem("all_weeks", pulp.LpMinimize)
    at: list[list[pulp.LpVariable]] = [[] for _ in range(size)]
    seated: list[list[pulp.LpVariable]] = [[] for _ in range(size)]
    by_rule: dict[str, list[pulp.LpVariable]] = {rule.name: [] for rule in problem.tours}
    cost = []
    for index, (name, covered, present, price) in enumerate(_all_weeks(problem)):
        people = program.add_variable(f"people_{index}", 0, None, "Integer")
        by_rule[name].append(people)
        cost.append(price * people)
        for t in covered:
            at[t].append(people)
        for t in present:
            seated[t].append(people)
    soft = problem.shortfall_price is not None
    worst = program.add_variable("worst", 0, problem.worst_interval_cap)
    seats = program.add_variable("seats", 0)
    cost += [problem.worst_interval_price * worst, problem.seat_price * seats]
    for t, wanted in enumerate(problem.requirement):
        short = program.add_variable(f"short_{t}", 0, float(wanted) if soft else 0)
        cost.append((problem.shortfall_price or 0) * problem.grid.interval_h * short)
        program += pulp.lpSum(at[t] + [short]) >= float(wanted), f"cover_{t}"
        program += short <= worst, f"worst_{t}"
        program += pulp.lpSum(seated[t]) <= seats, f"seats_{t}"
        if problem.seats_left is not None:
            program += pulp.lpSum(seated[t]) <= float(problem.seats_left[t]), f"left_{t}"
    everybody = pulp.lpSum(v for variables in by_rule.values() for v in variables)
    for rule in problem.tours:
        if rule.share_max < 1:
            program += pulp.lpSum(by_rule[rule.name]) <= rule.share_max * everybody, rule.name
    program.setObjective(pulp.lpSum(cost))
    stats = program.solve(pulp.HiGHS(msg=False, threads=1, gapRel=0.0, output_flag=False))
    return stats.objective if stats.status == pulp.LpSolveStatus.Optimal else None


def _all_weeks(problem):
    """Rule, intervals at work, intervals on duty and cost of every week a person can work."""
    grid = problem.grid
    for rule, length_h in [(tour, h) for tour in problem.tours for h in tour.shift_lengths_h]:
        length = round(length_h / grid.interval_h)
        paid_h = length_h - sum(
            b.length_min / 60
            for b in problem.breaks
            if length_h >= b.shift_at_least_h and not b.paid
        )
        if rule.days_on * paid_h > problem.weekly_hours_max:
            continue
        for band in range(0, 1440, rule.start_band_min):
            minutes = range(band, min(1440, band + rule.start_band_min))
            starts = [m // grid.interval_min for m in minutes if m % problem.start_step_min == 0]
            for days in rule.day_patterns():
                shifts = [
                    [s for start in starts for s in _shifts(problem, day, start, length)]
                    for day in days
                ]
                for chosen in product(*shifts):
                    begins = [start for start, _, _ in chosen]
                    if not _rested(problem, begins, length):
                        continue
                    covered = [t for _, at_work, _ in chosen for t in at_work]
                    present = [t for _, _, on_duty in chosen for t in on_duty]
                    price = sum(
                        paid_h * float(np.mean(problem.cost_by_interval[on_duty]))
                        for _, _, on_duty in chosen
                    )
                    yield rule.name, covered, present, price


def _shifts(problem, day, start, length):
    """Start, intervals at work and on duty of a shift, for every way to place its breaks."""
    grid = problem.grid
    begin = day * grid.per_day + start
    on_duty = [(begin + k) % grid.size for k in range(length)]
    if not all(problem.open_mask[t] for t in on_duty):
        return
    places = []
    for rule in problem.breaks_of(length):
        opens = problem.opens_after(rule, length)
        lasts = rule.length_min // grid.interval_min
        room = rule.window_min // grid.interval_min - lasts
        places.append([range(opens + k, opens + k + lasts) for k in range(room + 1)])
    for away in product(*places):
        gone = {k for span in away for k in span}
        yield begin, [t for k, t in enumerate(on_duty) if k not in gone], on_duty


def _rested(problem, begins, length):
    size, hour = problem.grid.size, problem.grid.interval_h
    following = [*begins[1:], begins[0] + size]
    return all(
        (after - begin - length) * hour >= problem.daily_rest_h
        for begin, after in zip(begins, following, strict=True)
    )
