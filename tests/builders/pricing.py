"""Small engagements, plans and curves with figures that can be checked by hand."""

import copy
import re
from typing import Any

import numpy as np

from pricing.briefing import TeamTerms, team_terms
from pricing.comparison import TeamCurve
from pricing.engagement import Engagement
from pricing.money import decimal_of
from pricing.ratecard import RateCard
from pricing.reading import read_engagement
from staffing.plan import (
    CurvePoint,
    DeferrableWorkload,
    Proof,
    ServiceVolume,
    SitePlan,
    StaffingPlan,
    TeamPlan,
    WeekRoster,
    WorkforceWeeks,
    YearQuantities,
)
from staffing.premiums import PREMIUM_CLASSES

ABSENT = object()
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")

DEFERRABLE: dict[str, Any] = {
    "name": "claims",
    "channel": "deferrable",
    "unit": "claim",
    "role": "claims_processor",
    "time_zone": "Asia/Manila",
    "opening_hours": {"mon-fri": "08:00-18:00"},
    "units_per_hour": 10,
    "turnaround_h": 72,
    "accuracy": {"target": 0.98},
    "volume": {"units_per_year": 60_000},
    "delivery": [{"site": "Manila"}],
}
LIVE: dict[str, Any] = {
    "name": "helpdesk",
    "channel": "live",
    "unit": "call",
    "role": "contact_centre_agent",
    "time_zone": "Asia/Manila",
    "opening_hours": {"mon-fri": "09:00-17:00"},
    "handle_time_s": 300,
    "service_level": 0.8,
    "answer_within_s": 20,
    "accuracy": {"target": 0.95},
    "volume": {"units_per_year": 60_000},
    "delivery": [{"site": "Manila"}],
}
SITE: dict[str, Any] = {
    "name": "Manila",
    "country": "PH",
    "time_zone": "Asia/Manila",
    "seat_cost_per_year": 2000,
    "it_cost_per_fte_year": 1000,
    "wages": {
        "claims_processor": {"value": 4, "per": "hour"},
        "contact_centre_agent": {"value": 4, "per": "hour"},
    },
    "on_cost": 0.25,
    "holidays": {"worked": False},
    "labour": {
        "night_premium": 0.1,
        "saturday_premium": 0,
        "sunday_premium": 0,
        "overtime_premium": 0.25,
        "night_from": "22:00",
        "night_to": "06:00",
    },
}
SMALL: dict[str, Any] = {
    "schema_version": 1,
    "name": "Small case",
    "client": "Test client",
    "currency": "USD",
    "start": "2027-01-04",
    "term_months": 3,
    "interval_minutes": 60,
    "contract_hours_per_week": 40,
    "occupancy_cap": 0.85,
    "utilisation": 0.9,
    "shrinkage": {"out_of_office": 0.10, "in_office": 0.10},
    "attrition": {"annual": 0.3, "early_loss": 0.1, "recruiting_cost": 500, "training_weeks": 2},
    "services": [DEFERRABLE],
    "sites": [SITE],
    "commercial": {
        "target_margin": 0.18,
        "sga": 0.08,
        "contingency": 0.05,
        "dso_days": 60,
        "capital_cost": 0.10,
        # Futures take seconds to solve; tests that are about them ask for them.
        "risk_from": "curve",
    },
}


def engagement_data(changes: dict[str, Any] | None = None, **top: Any) -> dict[str, Any]:
    """Small engagement as plain data, with values replaced by path (``services[0].unit``)."""
    data = copy.deepcopy({**SMALL, **top})
    for path, value in (changes or {}).items():
        put(data, path, value)
    return data


def put(data: Any, path: str, value: Any) -> None:
    """Set (or with ABSENT remove) the value at a path, making mappings on the way."""
    steps = [int(index) if index else key for key, index in _STEP.findall(path)]
    for step in steps[:-1]:
        data = data.setdefault(step, {}) if isinstance(data, dict) else data[step]
    if value is ABSENT:
        del data[steps[-1]]
    else:
        data[steps[-1]] = value


def engagement(changes: dict[str, Any] | None = None, **top: Any) -> Engagement:
    """Small engagement as a valid document."""
    return read_engagement(engagement_data(changes, **top))


def terms_of(document: Engagement) -> tuple[TeamTerms, ...]:
    """Resolved terms of the document's teams."""
    return team_terms(document, RateCard(document))


def year_quantities(year: int = 1, **given: Any) -> YearQuantities:
    """Quantities of one contract year, zero where not given."""
    hours = dict.fromkeys(PREMIUM_CLASSES, 0.0) | given.pop("scheduled_hours_by_class", {})
    zero = dict.fromkeys(
        (
            "payroll_weeks",
            "trainee_weeks",
            "ramp_loss_weeks",
            "idle_weeks",
            "overtime_weeks",
            "surge_weeks",
            "started_hires",
            "seats",
        ),
        0.0,
    )
    figures = {"support_weeks": {}, **zero, **given}
    return YearQuantities(year=year, scheduled_hours_by_class=hours, **figures)


def curve_points(
    scales: tuple[float, ...] = (0.0, 1.0, 2.0), hours: tuple[float, ...] = (0.0, 360.0, 720.0)
) -> tuple[CurvePoint, ...]:
    """Staffing curve in weekly paid hours, all of them ordinary."""
    return tuple(
        CurvePoint(
            scale=scale,
            units_per_week=1000 * scale,
            paid_hours_by_class={"ordinary": paid},
            peak_heads=paid / 40,
        )
        for scale, paid in zip(scales, hours, strict=True)
    )


def team_plan(
    service: str,
    site: str,
    years: tuple[YearQuantities, ...],
    needed_fte_by_month: tuple[float, ...],
    curve: tuple[CurvePoint, ...] = curve_points(),
) -> TeamPlan:
    """Plan of one team that holds what pricing reads; roster and weeks are empty."""
    return TeamPlan(
        service=service,
        site=site,
        units_per_week=1000.0,
        routing=(),
        hours_per_fte_week=36.0,
        workload=DeferrableWorkload(arrivals=(), capacity=(), due_intervals=1),
        roster=WeekRoster(
            shifts=(),
            required_heads=(),
            on_duty=(),
            at_work=(),
            shortfall=(),
            paid_hours=0.0,
            paid_hours_by_class={},
            labour_cost=0.0,
            peak_heads=0,
            proof=Proof(objective=0.0, bound=0.0, gap=0.0, stop_reason="optimal"),
        ),
        curve=curve,
        workforce=WorkforceWeeks(
            needed=(),
            productive=(),
            payroll=(),
            hires=(),
            overtime=(),
            surge_starts=(),
            surge=(),
            stop_reason="optimal",
        ),
        years=years,
        needed_fte_by_month=needed_fte_by_month,
    )


def staffing_plan(
    teams: tuple[TeamPlan, ...], units_by_month: dict[str, tuple[float, ...]]
) -> StaffingPlan:
    """Plan of several teams and the volumes of their services."""
    return StaffingPlan(
        interval_minutes=60,
        volumes=tuple(
            ServiceVolume(
                service=service,
                base_week_units=1000.0,
                units_by_week=(),
                units_by_month=units,
            )
            for service, units in units_by_month.items()
        ),
        teams=teams,
        sites=tuple(
            SitePlan(site=site, peak_heads=10, seats=None)
            for site in dict.fromkeys(team.site for team in teams)
        ),
        routings=(),
        warnings=(),
        reproducible=True,
    )


def team_curve(
    scales: tuple[float, ...], needed: tuple[float, ...], price: float | str, name: str = "team"
) -> TeamCurve:
    """Staffing curve in full-time equivalents."""
    amount = decimal_of(price) if isinstance(price, float) else decimal_of(float(price))
    return TeamCurve(name, np.array(scales), np.array(needed), amount)
