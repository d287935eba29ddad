"""Small staffing briefs and coverage problems on the hourly grid, each with plain defaults.

A week has 168 intervals of one hour here unless a test says otherwise; Monday 00:00 is 0.
"""

from dataclasses import replace
from datetime import date

import numpy as np

from staffing.brief import (
    LabourRules,
    LiveTarget,
    ServiceBrief,
    SiteBrief,
    StaffingBrief,
    SupportRole,
    SurgeTerms,
    TeamBrief,
    TurnaroundTarget,
    VolumeBrief,
    WorkforceTerms,
)
from staffing.grid import WeekGrid
from staffing.optimize.shift_model import CoverageProblem
from staffing.optimize.workforce import WorkforceProblem
from staffing.premiums import PremiumRules
from staffing.requirement import FixedHeads, TurnaroundWork
from staffing.shifts import shift_catalogue

HOURLY = WeekGrid(60)
HOURS = HOURLY.size
START = date(2027, 3, 1)  # a Monday


def hours_mask(days, start_h, end_h, grid=HOURLY):
    """Mark clock hours ``start_h`` to ``end_h`` of the given weekdays (0 is Monday)."""
    return np.isin(grid.weekday, days) & grid.window_mask(start_h * 60, end_h * 60)


def by_hour(spans, size=HOURS):
    """Build a week of values from ``{(first hour, hour after the last): value}``, else 0."""
    week = np.zeros(size)
    for (first, end), value in spans.items():
        week[np.arange(first, end) % size] = value
    return week


ALWAYS = np.ones(HOURS, dtype=bool)
OFFICE = hours_mask(range(5), 8, 18)


def premium_rules(**changes):
    rules = PremiumRules(
        night=0.1,
        saturday=0.3,
        sunday=0.5,
        night_from_min=22 * 60,
        night_to_min=6 * 60,
        stacking="additive",
    )
    return replace(rules, **changes)


def labour_rules(**changes):
    rules = LabourRules(
        contract_hours_per_week=40.0,
        shift_lengths_h=(8.0,),
        shift_start_step_min=60,
        premiums=premium_rules(),
        overtime_premium=0.5,
        overtime_share_max=0.1,
    )
    return replace(rules, **changes)


def surge_terms(**changes):
    return replace(
        SurgeTerms(pool_heads=0.0, premium=0.25, effectiveness=0.8, min_weeks=2), **changes
    )


def workforce_terms(**changes):
    terms = WorkforceTerms(
        out_of_office=0.1,
        in_office=0.2,
        annual_attrition=0.4,
        early_loss=0.1,
        training_weeks=2,
        ramp=(0.5, 0.75),
        hire_cost=500.0,
        surge=surge_terms(),
    )
    return replace(terms, **changes)


def volume_brief(**changes):
    volume = VolumeBrief(
        units_per_year=50_000.0,
        history=None,
        seasonality=None,
        profile=None,
        growth_per_year=0.0,
        scale=1.0,
    )
    return replace(volume, **changes)


def live_target(**changes):
    target = LiveTarget(
        handle_time_s=300.0, service_level=0.8, threshold_s=20.0, max_occupancy=0.85
    )
    return replace(target, **changes)


def turnaround_target(**changes):
    return replace(TurnaroundTarget(turnaround_h=48.0, units_per_head_hour=5.0), **changes)


def live_service(**changes):
    service = ServiceBrief(
        name="helpdesk",
        time_zone="Asia/Manila",
        open_mask=OFFICE,
        volume=volume_brief(),
        target=live_target(),
        min_heads=1,
    )
    return replace(service, **changes)


def deferrable_service(**changes):
    changes = {"name": "claims", "target": turnaround_target(), "min_heads": 0} | changes
    return live_service(**changes)


def site_brief(**changes):
    site = SiteBrief(name="Manila", time_zone="Asia/Manila", seats=None, open_mask=ALWAYS)
    return replace(site, **changes)


def team_brief(service="helpdesk", **changes):
    team = TeamBrief(
        service=service,
        site="Manila",
        share=1.0,
        labour=labour_rules(),
        workforce=workforce_terms(),
        support=(SupportRole("team_leader", 12.0, 1.0), SupportRole("trainer", 60.0, 0.0)),
        hourly_cost=8.0,
        hourly_premium_base=6.0,
        seat_cost_per_week=50.0,
    )
    return replace(team, **changes)


def staffing_brief(*services, teams=None, sites=None, **changes):
    """Build a brief of the services, by default one team each at one site for three months."""
    brief = StaffingBrief(
        grid=HOURLY,
        start=START,
        term_months=3,
        services=services,
        sites=sites or (site_brief(),),
        teams=teams or tuple(team_brief(service.name) for service in services),
    )
    return replace(brief, **changes)


def heads_problem(heads, *, site_open=ALWAYS, labour=None, seats_left=None, **changes):
    """Build the cover of given heads, cost 1 per hour and no seat price unless told."""
    return coverage_problem(FixedHeads(heads), heads > 0, site_open, labour, seats_left, **changes)


def turnaround_problem(work, *, site_open=ALWAYS, labour=None, seats_left=None, **changes):
    """Build the cover of deferrable work, cost 1 per hour and no seat price unless told."""
    wanted = work.units_per_head > 0
    return coverage_problem(work, wanted, site_open, labour, seats_left, **changes)


def coverage_problem(target, wanted, site_open, labour, seats_left, **changes):
    labour = labour or labour_rules()
    problem = CoverageProblem(
        name="team",
        grid=HOURLY,
        catalogue=shift_catalogue(labour, HOURLY, site_open, wanted),
        cost_by_interval=np.ones(HOURS),
        seat_price=0.0,
        seats_left=seats_left,
        target=target,
    )
    return replace(problem, **changes)


def turnaround_work(arrivals, *, rate=1.0, due=24, floor=0.0, workable=ALWAYS, spare=0.0):
    """Build deferrable work of one rate wherever work may be done."""
    return TurnaroundWork(
        arrivals=arrivals,
        units_per_head=np.where(workable, rate, 0.0),
        due_intervals=due,
        floor_heads=np.where(workable, floor, 0.0),
        spare_units=np.broadcast_to(np.asarray(spare, dtype=float), arrivals.shape),
    )


def workforce_problem(needed, **changes):
    """Build a hiring problem of full weeks; changes to the terms go through `terms`."""
    problem = WorkforceProblem(
        needed=np.asarray(needed, dtype=float),
        week_weights=np.ones(len(needed)),
        terms=workforce_terms(),
        labour=labour_rules(),
        hourly_cost=8.0,
        hourly_premium_base=6.0,
    )
    return replace(problem, **changes)
