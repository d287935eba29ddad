"""Lines about the whole bill, each at work and not at work; amounts by hand.

The claims are billed at 2.00 each and the calls not at all, so charges are twice the claims.
"""

from decimal import Decimal
from typing import Any

import pytest

from staffing.errors import BadInputError
from tests.builders.invoices import amount, billed, charge

SERVICES: list[dict[str, Any]] = [
    {"service": name, "schedule": {"mode": "per_unit", "tiers": [{"unit_price": unit_price}]}}
    for name, unit_price in (("claims", 2), ("helpdesk", 0))
]
SLA: dict[str, Any] = {
    "at_risk": "0.12",
    "measures": [
        {"name": "speed", "target": "0.8", "allocation": "0.3"},
        {"name": "backlog", "target": 2, "higher_is_better": False, "allocation": "0.25"},
        {"name": "smiles", "target": 4, "allocation": "0.7"},
    ],
    "earn_back_months": 2,
}


def bill(month: int = 1, claims: int = 50_000, output: dict[str, Any] | None = None, **given: Any):
    """Output-based invoice of so many claims; upper-case terms are of the contract."""
    terms = {name.lower(): value for name, value in given.items() if name.isupper()}
    happened = {name: value for name, value in given.items() if not name.isupper()}
    contract = {"output_based": {"services": SERVICES, **(output or {})}, **terms}
    happened["services"] = {"claims": {"units": claims, **happened.pop("claim", {})}}
    return billed(contract, month, months=15, **happened)[1]


def test_indexation_lifts_charges_from_the_second_year():
    cola = {"index": "ECI", "share": "0.65", "cap": "0.05"}
    levels: dict[str, Any] = {"index_levels": [100, 104]}
    assert amount(bill(12, INDEXATION=cola, **levels), "indexation") == 0
    assert amount(bill(13, INDEXATION=cola, **levels), "indexation") == 2600
    capped = bill(13, INDEXATION=cola, index_levels=[100, 120])
    assert amount(capped, "indexation") == 5000
    unknown = bill(13, INDEXATION=cola)
    assert amount(unknown, "indexation") == 0
    assert "index_levels are not stated" in unknown.warnings[0]
    short = bill(13, INDEXATION=cola, index_levels=[100])
    assert amount(short, "indexation") == 0
    assert "index_levels hold 1 of the 2 levels" in short.warnings[0]


def test_the_exchange_rate_moves_charges_outside_its_band_up_to_its_cap():
    clause = {"currency": "PHP", "base_rate": 57, "local_share": "0.5", "band": 0, "cap": "0.1"}
    assert amount(bill(FX_CLAUSES=[clause], fx={"PHP": 50}), "fx_clause") == 7000
    assert amount(bill(FX_CLAUSES=[clause], fx={"PHP": 76}), "fx_clause") == -10_000
    banded = clause | {"band": "0.2"}
    assert amount(bill(FX_CLAUSES=[banded], fx={"PHP": 50}), "fx_clause") == 0
    assert amount(bill(FX_CLAUSES=[clause]), "fx_clause") == 0


def test_collections_are_not_indexed():
    contract: dict[str, Any] = {
        "output_based": {
            "services": [
                SERVICES[0] | {"collections": {"share": "0.5", "beside_units": True}},
                SERVICES[1],
            ]
        },
        "indexation": {"index": "ECI", "share": 1, "cap": "0.5"},
    }
    claims = {"units": 500, "collections": 9000}
    levels: dict[str, Any] = {"index_levels": [100, 110]}
    made = billed(contract, 13, months=15, services={"claims": claims}, **levels)[1]
    assert amount(made, "indexation") == 100


def test_a_bill_below_the_commitment_is_lifted_to_it():
    least = {"minimum_commitment": {"amount": 20_000}}
    short = bill(claims=9000, output=least)
    assert amount(short, "true_up") == 2000
    assert short.total.amount == 20_000
    assert amount(bill(claims=10_000, output=least), "true_up") == 0
    part = bill(claims=0, output=least, days=10)
    assert amount(part, "true_up") == Decimal("6451.61")


def test_missed_measures_are_credited_up_to_the_amount_at_risk():
    on_target = {"speed": "0.8", "backlog": 2}
    assert amount(bill(SLA_CREDITS=SLA, sla=on_target), "sla_credit") == 0
    made = bill(SLA_CREDITS=SLA, sla={"speed": "0.79", "backlog": 3})
    credits = [line.amount.amount for line in made.lines if line.mechanism == "sla_credit"]
    assert credits == [-3600, -3000]
    worst = bill(SLA_CREDITS=SLA, sla={"speed": 0, "backlog": 9, "smiles": 1})
    assert amount(worst, "sla_credit_cap") == 3000
    assert worst.total.amount == 100_000 - 12_000


def test_what_the_commitment_adds_is_at_risk_as_well():
    made = bill(
        claims=0,
        output={"minimum_commitment": {"amount": 10_000}},
        SLA_CREDITS=SLA,
        sla={"speed": "0.5"},
    )
    assert amount(made, "sla_credit") == -360


def test_credits_for_service_levels_are_due_under_the_offers_named():
    contract = {"sla_credits": SLA, "sla_credits_for": ["input_based"]}
    people, units = billed(contract, sla={"speed": 0})
    assert amount(people, "sla_credit") < 0
    assert amount(units, "sla_credit") == 0


def test_a_credit_is_earned_back_on_target():
    won = {"measure": "speed", "credit": "360.5", "results": ["0.8", "0.9"]}
    assert amount(bill(SLA_CREDITS=SLA, earn_back=[won]), "earn_back") == Decimal("360.50")
    for results in (["0.8"], ["0.8", "0.7"]):
        lost = won | {"results": results}
        assert amount(bill(SLA_CREDITS=SLA, earn_back=[lost]), "earn_back") == 0


def test_surge_bills_standby_hours_minimum_and_demobilisation():
    surge = {
        "standby_heads": 100,
        "standby_fee": 150,
        "rates": [{"notice_h": 168, "hour_price": 14}, {"notice_h": 48, "hour_price": 18}],
        "minimum_hours": 80,
        "demobilisation_fee": 40,
    }
    made = bill(SURGE=surge, surge=[{"notice_h": 72, "people": 20, "hours": 1000}])
    assert amount(made, "surge_standby") == 15_000
    assert amount(made, "surge_call_off") == 18_000
    assert amount(made, "surge_minimum") == 10_800
    assert amount(made, "surge_demobilisation") == 800
    quiet = bill(SURGE=surge)
    assert amount(quiet, "surge_standby") == 15_000
    assert charge(quiet, "surge_call_off") is None
    with pytest.raises(BadInputError, match="notice_h"):
        bill(SURGE=surge, surge=[{"notice_h": 24, "people": 1, "hours": 1}])


def test_savings_are_shared():
    terms = {"gainshare": {"share": "0.3", "cap": 1000}}
    assert amount(bill(output=terms, savings="2000"), "gainshare") == 600
    assert amount(bill(output=terms, savings="9000"), "gainshare") == 1000
    assert amount(bill(output=terms), "gainshare") == 0


def test_a_rebate_is_on_charges_of_the_year_above_its_threshold():
    rebates = [{"above": 150_000, "share": "0.02"}]
    assert amount(bill(REBATES=rebates), "rebate") == 0
    assert amount(bill(REBATES=rebates, charged_this_year=100_000), "rebate") == -1000
    assert amount(bill(REBATES=rebates, charged_this_year=900_000), "rebate") == -2000


def test_early_payment_is_a_discount_on_all_above_it():
    terms = {"within_days": 7, "discount": "0.01"}
    assert amount(bill(EARLY_PAYMENT=terms, paid_within_days=7), "early_payment") == -1000
    assert amount(bill(EARLY_PAYMENT=terms, paid_within_days=8), "early_payment") == 0
    assert amount(bill(EARLY_PAYMENT=terms), "early_payment") == 0


def test_ending_early_is_charged_by_month_and_the_end_of_the_term_is_free():
    terms = [{"from_month": 2, "charge": 9000}, {"from_month": 6, "charge": 4000}]
    for month, due in ((1, 0), (2, 9000), (5, 9000), (6, 4000), (15, 0)):
        assert amount(bill(month, TERMINATION=terms, ends=True), "termination") == due
    assert amount(bill(2, TERMINATION=terms), "termination") == 0


def test_lines_that_are_shares_name_the_lines_they_are_shares_of():
    made = bill(SLA_CREDITS=SLA, sla={"speed": 0}, claims=100)
    line = charge(made, "sla_credit")
    assert line.parts[0].sum_of == (1, 2)
    assert line.parts[0].sum_share == Decimal("0.12")
    assert line.parts[0].unit_price == Decimal("24")
