"""A contract that writes out every field there is, for the two services of ``invoices``."""

from typing import Any

INPUT: dict[str, Any] = {
    "billable": {"training": 0, "breaks": 1, "client_downtime": 0.5},
    "minimum_fte": [{"team": "claims @ Manila", "fte": 3}],
    "notice": {"ramp_up_days": 30, "ramp_down_days": 60},
    "hour_multipliers": {"overtime": 1.25, "night": 1.1, "holiday": 2},
    "replacement_within_days": 10,
    "fill_rate": {"target": 0.95, "credit_per_point": 0.01, "cap": 0.1},
    "floor_prices": [{"role": "claims_processor", "fte_month": 500}],
}
TIERED: dict[str, Any] = {
    "service": "claims",
    "schedule": {
        "mode": "graduated",
        "tiers": [
            {"up_to": 3000},
            {"up_to": 5000, "discount": 0.05, "flat_fee": 10},
            {"up_to": None, "unit_price": 1},
        ],
        "package_size": 10,
        "free_units": 100,
    },
    "collections": {
        "share": 0.05,
        "beside_units": True,
        "places": ["US-TX"],
        "public_payers": True,
    },
    "planned_collections": 2000,
    "glide_path": {"per_year": 0.03, "floor": 0.5},
    "collar": {"floor": 0.8, "cap": 1.2},
    "forecast_lock": {"pay_share": 0.9, "relief_above": 0.1},
    "accuracy": {
        "tolerance": 0.02,
        "remedy": "credit",
        "credit_multiple": 1.5,
        "sample": 500,
    },
    "finished_in_time": {
        "percentile": 0.95,
        "within_h": 24,
        "clock": "business",
        "business_hours": {"mon-fri": "08:00-18:00"},
        "cut_off": "16:00",
        "credit": 0.05,
    },
}
BANDED: dict[str, Any] = {
    "service": "helpdesk",
    "band": {
        "baseline": 4000,
        "base_charge": 5000,
        "dead_band": 0.1,
        "arc": 2,
        "rrc": 1,
        "arc_factor": 1,
        "rrc_factor": 0.8,
        "convention": "edge",
    },
    "rebaseline": {"tolerance": 0.2, "periods": 3},
}
CLASSED: dict[str, Any] = {
    "service": "claims",
    "classes": [
        {"name": "simple", "share": 0.75, "price_factor": 0.8},
        {"name": "complex", "share": 0.25, "unit_price": 3},
    ],
}
HYBRID: dict[str, Any] = {"service": "claims", "hybrid": {"base_share": 0.4}}
CONTRACT: dict[str, Any] = {
    "currency": "USD",
    "input_based": INPUT,
    "output_based": {
        "services": [TIERED, BANDED],
        "minimum_commitment": {"amount": 100},
        "gainshare": {"share": 0.2, "cap": 1000, "threshold": 100, "downside_share": 0.1},
        "conversion": {
            "first_month": 1,
            "last_month": 2,
            "premium": 0.05,
            "floor": 1,
            "cap": 9,
        },
    },
    "indexation": {"index": "ECI", "share": 0.65, "floor": 0, "cap": 0.05},
    "fx_clauses": [
        {"currency": "PHP", "base_rate": 57, "local_share": 0.7, "band": 0.03, "cap": 0.1}
    ],
    "sla_credits": {
        "at_risk": 0.12,
        "measures": [
            {"name": "answered in 20 s", "target": 0.8, "allocation": 0.3},
            {"name": "backlog", "target": 2, "higher_is_better": False, "allocation": 0.25},
        ],
        "pool": 2,
        "earn_back_months": 3,
    },
    "sla_credits_for": ["output_based"],
    "surge": {
        "standby_heads": 10,
        "standby_fee": 100,
        "rates": [{"notice_h": 48, "hour_price": 18}],
        "minimum_hours": 40,
        "demobilisation_fee": 50,
    },
    "termination": [{"from_month": 1, "charge": 9000}, {"from_month": 3, "charge": 2000}],
    "rebates": [{"above": 50_000, "share": 0.02}],
    "early_payment": {"within_days": 7, "discount": 0.01},
}
# Ways to charge units exclude each other: a contract for each.
CONTRACTS = [
    CONTRACT,
    {"output_based": {"services": [CLASSED]}},
    {"output_based": {"services": [HYBRID]}},
]
HAPPENED: dict[str, Any] = {
    "services": {
        "claims": {"units": 3500, "errors": 4, "in_time": 0.9, "forecast": 6000},
        "helpdesk": {"units": 3000, "earlier_units": [100]},
    },
    "teams": {
        "claims @ Manila": {
            "ordered_fte": 2,
            "overtime_hours": 12,
            "night_hours": 3,
            "holiday_hours": 4,
            "training_hours": 5,
            "client_downtime_hours": 6,
            "filled_fte": 1,
            "vacancy_days": [20],
        }
    },
}
