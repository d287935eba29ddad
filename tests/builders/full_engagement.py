"""Engagements that write out every field there is; all can be priced.

`FULL` has both channels, `WORKING_WEEKS` breaks, tours and a priced shortfall, `IN_HOUSE` the
client's own people.
"""

from typing import Any

from tests.builders.pricing import DEFERRABLE, LIVE, SITE, engagement_data

_SHRINKAGE = {"out_of_office": 0.1, "in_office": 0.1, "in_office_profile": [1, 2, 1] * 8}
_ATTRITION = {"annual": 0.3, "early_loss": 0.1, "recruiting_cost": 500, "training_weeks": 2}
_ACCURACY = {"target": 0.95, "rework_share": 0.05, "rework_effort": 0.5}
_LIVE: dict[str, Any] = LIVE | {
    "language": "en",
    "accuracy": _ACCURACY,
    "patience_s": 60,
    "max_abandonment": 0.1,
    "retry_share": 0.1,
    "concurrency": 2,
    "min_agents": 1,
    "ramp": [0.5, 0.8],
    "routing": "shares",
    "candidates": ["Manila"],
    "data_residency": ["PH"],
    "volume": {
        "units_per_year": 60_000,
        "profile": [1, 1, 1, 1, 1, 0, 0],
        "seasonality": [1] * 12,
        "growth_per_year": 0.1,
        "scale": 1.0,
        "opening_backlog": 0,
        "opening_backlog_weeks": 4,
    },
    "delivery": [{"site": "Manila", "share": 1}],
}
_DEFERRABLE: dict[str, Any] = DEFERRABLE | {
    "accuracy": _ACCURACY,
    "min_agents": 1,
    "ramp": [0.5],
    "blend": {"service": "helpdesk", "share": 0.5},
    "volume": {
        "history": {"starts_on": "2026-01-05", "step": "week", "values": [1000, 1200]},
        "profile": [1] * 7,
        "growth_per_year": 0.1,
        "scale": 1.0,
        "opening_backlog": 100,
        "opening_backlog_weeks": 4,
    },
    "delivery": [{"site": "Manila", "share": 1}],
}
_HIRING: dict[str, Any] = {
    "class_size": 15,
    "classes_per_week": 2,
    "nesting_h_per_trainee_week": 2,
    "access_weeks": 2,
    "attrition_by_tenure": [
        {"from_week": 0, "leaving_per_week": 0.03},
        {"from_week": 26, "leaving_per_week": 0.005},
    ],
    "release": {"notice_weeks": 4, "severance_weeks": 2},
    "temporary": {
        "heads": 5,
        "premium": 0.25,
        "effectiveness": 0.8,
        "min_weeks": 4,
        "max_weeks": 26,
    },
    "cross_trained": {"heads": 2, "premium": 0.1, "effectiveness": 0.7},
    "staff": [{"service": "helpdesk", "heads": 10, "tenure_weeks": 60}],
    "absence_by_month": [0.1] * 12,
    "licences": 1000,
    "overtime_share_max_term": 0.05,
    "upskilling": [
        {
            "from_service": "claims",
            "to_service": "helpdesk",
            "cost": 500,
            "weeks": 3,
            "loss": 0.1,
            "max_per_week": 5,
        }
    ],
    "backlog_share": 0.2,
    "shortfall_price": 30,
    "whole_people": True,
}
_SURGE: dict[str, Any] = {
    "pool_heads": 3,
    "premium": 0.25,
    "effectiveness": 0.8,
    "min_weeks": 2,
    "shortfall_price": 40,
    "peaks_per_year": 2,
    "waiting_share": 0.5,
    "promise_h": 48,
    "sources": [
        {"name": "overtime", "kind": "overtime", "notice_h": 0},
        {
            "name": "agency",
            "kind": "agency",
            "heads": 20,
            "notice_h": 48,
            "show_up": 0.9,
            "effectiveness": [0.5, 0.75, 1.0],
            "hourly_cost": 9,
            "premium": 0.1,
            "min_engagement_days": 5,
            "standby_fee_per_week": 10,
            "reserved": True,
            "onboarding_cost": 50,
            "onboarding_h": 4,
            "needs": ["seat", "licence", "training", "access"],
        },
    ],
    "limits": {
        "seats": 100,
        "licences": 50,
        "trainers": 2,
        "class_size": 10,
        "access_per_day": 15,
        "access_days": 1,
    },
}
_SITE: dict[str, Any] = SITE | {
    "seats": 100_000,
    "shifts_per_seat": 1,
    "opening_hours": {"mon-fri": "06:00-20:00"},
    "wages": {
        "claims_processor": {"value": 250, "per": "hour", "currency": "PHP"},
        "contact_centre_agent": {"value": 40_000, "per": "month", "currency": "PHP"},
    },
    "pay_changes": [
        {
            "since": "2027-02-01",
            "wages": {"claims_processor": {"value": 260, "per": "hour", "currency": "PHP"}},
            "on_cost": 0.26,
        }
    ],
    "variable_pay": 0.1,
    "wage_growth_per_year": 0.05,
    "intercompany_markup": 0.05,
    "labour": SITE["labour"]
    | {
        "contract_hours_per_week": 40,
        "shift_lengths_h": [8, 4],
        "shift_start_step_min": 60,
        "premium_stacking": "additive",
        "overtime_share_max": 0.1,
    },
    "shrinkage": _SHRINKAGE,
    "attrition": _ATTRITION,
    "surge": _SURGE,
    "hiring": _HIRING,
    "holidays": {"worked": True, "premium": 0.5, "more": ["2027-01-18"]},
    "languages": ["en"],
    "opening_cost": 5000,
    "min_team": 2,
    "support": [{"role": "lead", "span": 10, "cost_per_year": 30_000, "min_on_duty": 1}],
}
_COMMERCIAL: dict[str, Any] = {
    "floor_margin": 0.1,
    "validity_days": 30,
    "unit_price_places": 4,
    "fte_step": 1,
    "client_budget": 900_000,
    "demobilisation_cost": 500,
    "tax": {
        "client_country": "US",
        "vendor_country": "PH",
        "withholding_borne_by": "vendor",
        "withholding_rate": 0.05,
    },
    "index_growth_per_year": 0.03,
    "transition": {"cost": 1000, "amortisation_months": 3, "interest_per_year": 0.05},
    "risk_premium": {"productivity": 0.03, "volume": 0.02, "quality": 0.01, "wage_and_fx": 0.01},
    "prices_from": "stated",
    "choice": {
        "knowledge_volume": 0.6,
        "knowledge_complexity": 0.6,
        "chooses": "service",
        "risk_aversion": 0.5,
        "tail": "p10",
        "tail_margin": 0.0,
        "point": "equal_premium",
        "discount_floors": [{"role": "sales", "margin": 0.1}],
    },
    "uncertainty": {
        "volume_cv": 0.1,
        "productivity_cv": 0.05,
        "growth_sd": 0.03,
        "season_cv": 0.2,
        "weekly_cv": 0.05,
        "factors": [
            {"name": "attrition", "distribution": "pert", "low": 0.7, "mode": 1, "high": 1.6},
            {"name": "trend", "distribution": "normal", "mean": 1, "sd": 0.03},
            {"name": "fx", "distribution": "lognormal", "mean": 1, "cv": 0.05},
            {"name": "absence", "distribution": "empirical", "history": [0.9, 1, 1.2]},
        ],
        "correlations": [{"between": ["volume", "absence"], "correlation": 0.3}],
        "committed_weeks": 13,
        "order_notice_weeks": 8,
    },
}
FULL = engagement_data(
    {f"commercial.{name}": value for name, value in _COMMERCIAL.items()},
    services=[_LIVE, _DEFERRABLE],
    sites=[_SITE],
    shrinkage=dict(_SHRINKAGE),
    attrition=dict(_ATTRITION),
    contract={"indexation": {"index": "ECI", "share": "0.65", "floor": "0", "cap": "0.05"}},
    fx={"PHP": {"value": 57, "source": "a bank", "as_of": "2026-01-01", "assumed": False}},
)
_LABOUR: dict[str, Any] = {
    "shift_lengths_h": [8],
    "breaks": [
        {
            "name": "meal",
            "length_min": 60,
            "paid": False,
            "centre": 0.5,
            "window_min": 120,
            "shift_at_least_h": 6.0,
        }
    ],
    "tours": [
        {
            "name": "five days",
            "days_on": 5,
            "shift_lengths_h": [8, 9],
            "consecutive_days_off": True,
            "start_band_min": 120,
            "weekend": "any",
            "share_max": 1.0,
        },
        {"name": "part time", "days_on": 4, "shift_lengths_h": [4]},
    ],
    "daily_rest_h": 11.0,
    "weekly_hours_max": 48.0,
}
# `trainers` stands instead of `classes_per_week`.
_TRAINERS: dict[str, Any] = {"hiring": {"class_size": 15, "trainers": 2}}
WORKING_WEEKS = engagement_data(
    services=[LIVE | {"shortfall_price": 10, "max_short_heads": 2.0}],
    sites=[SITE | _TRAINERS | {"labour": SITE["labour"] | _LABOUR}],
)
_IN_HOUSE: dict[str, Any] = {
    "country": "US",
    "hours_per_week": 40,
    "staff": [
        {
            "service": "claims",
            "people": 12,
            "role": "claims_processor",
            "wage": {"value": 20, "per": "hour", "currency": "USD"},
            "utilisation": 0.7,
        },
    ],
    "out_of_office": 0.12,
    "in_office": 0.1,
    "burden": 0.3,
    "attrition": 0.2,
    "recruiting": 0.1,
    "training_weeks": 4,
    "management": 0.12,
    "software": 0.1,
    "facilities": 0.08,
    "pay_growth": 0.03,
    "outsourcing": {
        "governance": 0.08,
        "retained": 0.05,
        "selection": 0.02,
        "overlap_months": 2,
        "rework": 0.01,
        "travel_legal_security": 0.02,
        "exit_reserve": 0.02,
        "discount_rate": 0.08,
    },
}
# As little to plan as can be: the section is what is tried.
_ONE_DAY = DEFERRABLE | {
    "opening_hours": {"mon": "08:00-16:00"},
    "volume": {"units_per_year": 4_000},
}
IN_HOUSE = engagement_data(in_house=_IN_HOUSE, services=[_ONE_DAY], term_months=1)
