"""Rules of the workforce plan: headcount by week, and the quantities cost is computed from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.calendar import WEEKS_PER_YEAR
from staffing.check.case import RELATIVE_TOLERANCE, close
from staffing.check.figures import SERIES
from staffing.errors import Violation
from staffing.premiums import PREMIUM_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from staffing.check.case import TeamCase

TOLERANCE = 1e-3


def _total_close(stated: float, expected: float) -> bool:
    return abs(stated - expected) <= TOLERANCE + RELATIVE_TOLERANCE * abs(expected)


def _series(case: TeamCase, name: str) -> NDArray[np.float64]:
    return np.array(getattr(case.plan.workforce, name), dtype=float)


def _week(case: TeamCase, week: int) -> str:
    return f"{case.team.name}, week {week + 1}"


def _non_negative(case: TeamCase) -> Iterator[Violation]:
    """``non_negative``: no week has people below 0."""
    for name in SERIES:
        values = _series(case, name)
        for week in np.flatnonzero(values < 0):
            yield Violation("non_negative", _week(case, int(week)), f"{name} is {values[week]}")


def _curve_hours(case: TeamCase, scale: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scheduled hours by class over volume from the plan's curve points, shape (n, C)."""
    points = case.plan.curve
    scales = np.array([point.scale for point in points])
    beyond = np.maximum(1.0, scale / scales[-1])
    columns = [
        np.interp(scale, scales, [point.paid_hours_by_class[name] for point in points]) * beyond
        for name in PREMIUM_CLASSES
    ]
    return np.stack(columns, axis=1)


def _curve(case: TeamCase) -> Iterator[Violation]:
    """``curve``: hours and seats never fall with volume, and reach the roster at plan volume."""
    hours = [sum(point.paid_hours_by_class.values()) for point in case.plan.curve]
    peaks = [point.peak_heads for point in case.plan.curve]
    for k in range(1, len(hours)):
        if hours[k] < hours[k - 1] - TOLERANCE or peaks[k] < peaks[k - 1] - TOLERANCE:
            scale = case.plan.curve[k].scale
            yield Violation("curve", case.team.name, f"falls at {scale:.2f} of plan volume")
    units = float(case.week.arrivals.sum())
    if not close(case.plan.units_per_week, units):
        yield Violation("curve", case.team.name, f"the base week has {units:.6f} units")
    for point in case.plan.curve:
        if not close(point.units_per_week, point.scale * units):
            yield Violation("curve", case.team.name, f"units at {point.scale:.2f} of plan volume")
    at_plan = float(_curve_hours(case, np.ones(1)).sum())
    if at_plan < case.paid.sum() * case.grid.interval_h - TOLERANCE:
        yield Violation("curve", case.team.name, "fewer hours at plan volume than the roster")


def _needed(case: TeamCase) -> Iterator[Violation]:
    """``needed``: weekly need is the curve's hours over the hours one person is present."""
    team = case.team
    present = team.labour.contract_hours_per_week * (1 - team.workforce.out_of_office)
    if not close(case.plan.hours_per_fte_week, present):
        yield Violation("needed", team.name, f"one person is present {present:.4f} h a week")
    expected = _curve_hours(case, case.demand.weekly_scale).sum(axis=1) / present
    stated = _series(case, "needed")
    for week in np.flatnonzero(np.abs(stated - expected) > TOLERANCE):
        yield Violation(
            "needed",
            _week(case, int(week)),
            f"{stated[week]:.4f}, curve gives {expected[week]:.4f}",
        )
    months = case.calendar.weeks_in_month
    by_month = months @ stated / months.sum(axis=1)
    if not np.allclose(case.plan.needed_fte_by_month, by_month, atol=TOLERANCE):
        yield Violation("needed", team.name, "monthly need is not the mean of its weeks")


def _headcount_balance(case: TeamCase) -> Iterator[Violation]:
    """``headcount_balance``: last week's people less attrition, plus those who joined."""
    terms = case.team.workforce
    stay = 1 - terms.annual_attrition / WEEKS_PER_YEAR
    productive, payroll, hires = (_series(case, n) for n in ("productive", "payroll", "hires"))
    ramp = np.array([*terms.ramp, 1.0])
    joined = np.zeros(len(hires))
    for worked, step in enumerate(np.diff(ramp, prepend=0.0)):
        age = terms.training_weeks + worked
        joined[age:] += hires[: max(len(hires) - age, 0)] * stay**age * step
    for week in range(1, len(hires)):
        for name, values, gained in (
            ("productive", productive, joined[week]),
            ("payroll", payroll, hires[week]),
        ):
            expected = stay * values[week - 1] + gained
            if abs(values[week] - expected) > TOLERANCE:
                detail = f"{name} is {values[week]:.4f}, {expected:.4f} expected"
                yield Violation("headcount_balance", _week(case, week), detail)
    if abs(payroll[0] - productive[0] - hires[0]) > TOLERANCE:
        yield Violation("headcount_balance", _week(case, 0), "payroll is not team plus hires")


def _workload(case: TeamCase) -> Iterator[Violation]:
    """``workload``: productive people, overtime and surge reach the need of every week."""
    effective = case.team.workforce.surge.effectiveness * _series(case, "surge")
    served = _series(case, "productive") + _series(case, "overtime") + effective
    needed = _series(case, "needed")
    for week in np.flatnonzero(served < needed - TOLERANCE):
        detail = f"{served[week]:.4f} served, {needed[week]:.4f} needed"
        yield Violation("workload", _week(case, int(week)), detail)


def _overtime_cap(case: TeamCase) -> Iterator[Violation]:
    """``overtime_cap``: overtime is at most its share of the productive team."""
    cap = case.team.labour.overtime_share_max * _series(case, "productive")
    for week in np.flatnonzero(_series(case, "overtime") > cap + TOLERANCE):
        yield Violation("overtime_cap", _week(case, int(week)), f"at most {cap[week]:.4f}")


def _surge_pool(case: TeamCase) -> Iterator[Violation]:
    """``surge_pool``: engagements last their minimum, and the pool is never exceeded."""
    terms = case.team.workforce.surge
    starts, surge = _series(case, "surge_starts"), _series(case, "surge")
    for week in range(len(surge)):
        engaged = starts[max(0, week - terms.min_weeks + 1) : week + 1].sum()
        if abs(surge[week] - engaged) > TOLERANCE:
            yield Violation("surge_pool", _week(case, week), f"{engaged:.4f} are engaged")
        if surge[week] > terms.pool_heads + TOLERANCE:
            yield Violation("surge_pool", _week(case, week), f"the pool has {terms.pool_heads}")


def _year_totals(case: TeamCase) -> Iterator[Violation]:
    """``year_totals``: the quantities cost is computed from are sums over the weeks."""
    hires, payroll = _series(case, "hires"), _series(case, "payroll")
    terms = case.team.workforce
    training = terms.training_weeks
    trainees = np.array(
        [hires[max(0, week - training + 1) : week + 1].sum() for week in range(len(hires))]
        if training
        else np.zeros(len(hires))
    )
    hours = _curve_hours(case, case.demand.weekly_scale)
    peaks = np.interp(
        case.demand.weekly_scale,
        [point.scale for point in case.plan.curve],
        [point.peak_heads for point in case.plan.curve],
    )
    effective = terms.surge.effectiveness * _series(case, "surge")
    own = np.maximum(_series(case, "needed") - _series(case, "overtime") - effective, 0.0)
    productive = _series(case, "productive")
    in_training = np.minimum(trainees, payroll)
    weeks_in_year = case.calendar.weeks_in_year
    for number, (weeks, year) in enumerate(zip(weeks_in_year, case.plan.years, strict=True), 1):
        expected = {
            "year": number,
            "payroll_weeks": weeks @ payroll,
            "trainee_weeks": weeks @ in_training,
            "ramp_loss_weeks": weeks @ np.maximum(payroll - in_training - productive, 0.0),
            "idle_weeks": weeks @ np.maximum(productive - own, 0.0),
            "overtime_weeks": weeks @ _series(case, "overtime"),
            "surge_weeks": weeks @ _series(case, "surge"),
            "started_hires": weeks @ hires / (1 - terms.early_loss),
            "seats": (peaks + in_training)[weeks > 0].max(),
        }
        where = f"{case.team.name}, year {year.year}"
        for name, value in expected.items():
            if not _total_close(getattr(year, name), value):
                yield Violation("year_totals", where, f"{name}: {value:.4f} expected")
        for name, value in zip(PREMIUM_CLASSES, weeks @ hours, strict=True):
            if not _total_close(year.scheduled_hours_by_class[name], value):
                yield Violation("year_totals", where, f"hours {name}: {value:.4f} expected")


def _support_span(case: TeamCase) -> Iterator[Violation]:
    """``support_span``: supporting people reach agents over span and the minimum on duty."""
    team = case.team
    present = team.labour.contract_hours_per_week * (1 - team.workforce.out_of_office)
    staffed = float((case.presence > 0).sum()) * case.grid.interval_h
    agents = _series(case, "payroll") + _series(case, "surge")
    for weeks, year in zip(case.calendar.weeks_in_year, case.plan.years, strict=True):
        for role in team.support:
            relief = np.where(agents > 0, role.min_on_duty * staffed / present, 0.0)
            expected = float(weeks @ np.maximum(agents / role.span, relief))
            stated = year.support_weeks.get(role.name, 0.0)
            if not _total_close(stated, expected):
                where = f"{team.name}, year {year.year}"
                detail = f"{role.name}: {stated:.4f} weeks, {expected:.4f} expected"
                yield Violation("support_span", where, detail)


WORKFORCE_RULES = (
    _non_negative,
    _curve,
    _needed,
    _headcount_balance,
    _workload,
    _overtime_cap,
    _surge_pool,
    _year_totals,
    _support_span,
)
