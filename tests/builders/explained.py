"""A quote priced on a plan made by hand: quick, and with every kind of cost line but one."""

import json
from functools import cache
from typing import Any

from pricing.briefing import team_terms
from pricing.quote import quote_json
from pricing.quoting import Planned, price_plan
from pricing.ratecard import RateCard
from staffing.plan import StaffingPlan
from tests.builders.pricing import (
    DEFERRABLE,
    LIVE,
    engagement,
    staffing_plan,
    team_plan,
    year_quantities,
)

_SUPPORT = [
    {"role": "team_leader", "span": 15, "cost_per_year": 20_000},
    {"role": "trainer", "span": 60, "cost_per_year": 15_000},
]
_CHANGES: dict[str, Any] = {
    "sites[0].support": _SUPPORT,
    "sites[0].wage_growth_per_year": 0.07,
    "sites[0].variable_pay": 0.1,
    "sites[0].holidays": {},
    "sites[0].pay_changes": [
        {"since": "2027-09-01", "wages": {"claims_processor": {"value": 5, "per": "hour"}}},
        {"since": "2028-03-01", "on_cost": 0.3},
    ],
    "sites[0].intercompany_markup": 0.06,
    "commercial.tax": {
        "client_country": "US",
        "withholding_borne_by": "vendor",
        "withholding_rate": 0.03,
    },
    "commercial.floor_margin": 0.05,
    "commercial.transition": {
        "cost": 30_000,
        "amortisation_months": 15,
        "interest_per_year": 0.12,
    },
}


def small_plan(claims: str = "claims", months: int = 18) -> StaffingPlan:
    """Two services over a year and a half, with hours of every premium class."""
    teams = tuple(
        team_plan(
            service,
            "Manila",
            tuple(
                year_quantities(
                    year,
                    payroll_weeks=scale * weeks,
                    trainee_weeks=6.25,
                    ramp_loss_weeks=2.5,
                    idle_weeks=1.125,
                    overtime_weeks=3.5,
                    surge_weeks=2.25,
                    started_hires=2.5,
                    seats=5,
                    support_weeks={"team_leader": 20.5, "trainer": 4.25},
                    scheduled_hours_by_class={"ordinary": 6000.0, "night": 800.5, "sunday": 120.0},
                )
                for year, weeks in ((1, 210.5), (2, 104.25))
            ),
            tuple(levels[month % 3] for month in range(months)),
        )
        for service, scale, levels in (
            (claims, 1.0, (3.0, 3.2, 4.0)),
            ("helpdesk", 1.5, (7.01, 6.5, 6.999)),
        )
    )
    units = {claims: (5000.25,) * months, "helpdesk": (4100.5, 3999.75) * (months // 2)}
    return staffing_plan(teams, units)


@cache
def _priced(claims: str, changes: str) -> str:
    services = [{**DEFERRABLE, "name": claims}, LIVE]
    document = engagement(_CHANGES | json.loads(changes), services=services, term_months=18)
    card = RateCard(document)
    planned = Planned(card, team_terms(document, card), small_plan(claims))
    return quote_json(price_plan(document, planned))


def small_quote(claims: str = "claims", **changes: Any) -> dict[str, Any]:
    """The quote as JSON, a fresh copy; its first service may go by another name.

    `changes` are fields of the engagement by path, as in `tests.builders.pricing.engagement`.
    """
    copy: dict[str, Any] = json.loads(_priced(claims, json.dumps(changes)))
    return copy
