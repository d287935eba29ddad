"""What a quote says of its contract: planned bills under the terms, floors, warnings."""

from decimal import Decimal

from pricing.agreement import agreement_warnings
from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import invoice_month
from pricing.invoice.planned import contract_at_plan, measured_by_plan
from tests.builders.contracts import CONTRACT
from tests.builders.invoices import CLAIMS, agreed, amount, billed, quoted

SHARES = Decimal("0.1")


def test_without_terms_the_planned_bill_is_the_expected_one():
    quote = quoted({})
    for one in contract_at_plan(quote, SHARES):
        term = getattr(quote.offers, one.method).term
        assert one.bill == term.expected_bill
        assert one.beyond_prices.amount == 0
        expected = 1 - SHARES - term.delivery_cost.amount / term.expected_bill.amount
        assert one.margin == round(float(expected), 6)


def test_the_planned_bill_is_the_sum_of_the_planned_invoices():
    quote = quoted(CONTRACT)
    for at, one in enumerate(contract_at_plan(quote, SHARES)):
        months = [
            invoice_month(quote, Actuals(measured=measured_by_plan(quote, n)), number=n).invoices[
                at
            ]
            for n in (1, 2, 3)
        ]
        assert one.bill.amount == sum(month.total.amount for month in months)
        term = getattr(quote.offers, one.method).term
        assert one.beyond_prices.amount == one.bill.amount - term.expected_bill.amount
        assert one.beyond_prices.amount != 0
        assert any("Medicare" in text for text in one.warnings) == (one.method == "output_based")


def test_planned_collections_stand_where_a_month_states_none():
    service = {
        "service": "claims",
        "collections": {"share": "0.05", "places": ["US-TX"]},
        "planned_collections": "62000",
    }
    contract = {"output_based": {"services": [service]}}
    assert amount(billed(contract)[1], "collections") == 3100
    assert amount(billed(contract, days=10)[1], "collections") == 1000
    stated = billed(contract, services={"claims": {"collections": 0}})[1]
    assert amount(stated, "collections") == 0
    assert stated.warnings == ()


def test_shares_of_collections_by_tier_are_parts_of_one_line():
    tiers = [{"up_to": "50000", "unit_price": "0.08"}, {"unit_price": "0.05", "flat_fee": "20"}]
    fee = {"mode": "percentage", "tiers": tiers, "free_units": "1000"}
    service = {
        "service": "claims",
        "collections": {"schedule": fee, "places": ["US-TX"]},
        "planned_collections": "62000",
    }
    contract = {"output_based": {"services": [service]}}
    made = billed(contract)[1]
    assert amount(made, "collections") == 4000 + 550 + 20
    assert len(next(one for one in made.lines if one.mechanism == "collections").parts) == 3
    assert not any(one.mechanism == "units" for one in made.lines if one.about == "claims")
    for collected, due in (("0", 0), ("1000", 0), ("51000", 4000), ("51000.01", "4020.00")):
        stated = billed(contract, services={"claims": {"collections": collected}})[1]
        assert amount(stated, "collections") == Decimal(due)


def test_the_price_of_a_role_is_lifted_to_its_floor():
    plain = {one.team: one.fte_month for one in agreed().teams}
    floor = {"role": "claims_processor", "fte_month": "2000"}
    lifted = {
        one.team: one.fte_month for one in agreed({"input_based": {"floor_prices": [floor]}}).teams
    }
    assert plain[CLAIMS] < 2000
    assert lifted == plain | {CLAIMS: 2000}
    low = floor | {"fte_month": "10"}
    assert agreed({"input_based": {"floor_prices": [low]}}).teams == agreed().teams


def test_the_lifted_price_is_the_one_that_is_quoted_and_billed():
    floor = {"role": "claims_processor", "fte_month": "2000"}
    contract = {"input_based": {"floor_prices": [floor]}}
    quote = quoted(contract)
    months = [invoice_month(quote, Actuals(), number=n).invoices[0] for n in (1, 2, 3)]
    assert amount(months[0], "ordered", CLAIMS) == 4 * 2000
    expected = quote.offers.input_based.term.expected_bill.amount
    assert sum(month.total.amount for month in months) == expected


def test_more_units_that_cost_less_are_warned_of():
    tiers = [{"up_to": 1000, "unit_price": "0.50"}, {"unit_price": "0.40"}]
    service = {"service": "claims", "schedule": {"mode": "volume", "tiers": tiers}}
    warnings = agreement_warnings(agreed({"output_based": {"services": [service]}}))
    assert [text[:33] for text in warnings] == ["claims: more units cost less: jus"]
    graduated = service | {"schedule": {"mode": "graduated", "tiers": tiers}}
    assert agreement_warnings(agreed({"output_based": {"services": [graduated]}})) == ()


def test_fees_that_are_restricted_are_warned_of():
    service = {"service": "claims", "collections": {"share": "0.05", "places": ["US-NY"]}}
    warnings = agreement_warnings(agreed({"output_based": {"services": [service]}}))
    assert any("US-NY" in text for text in warnings)
