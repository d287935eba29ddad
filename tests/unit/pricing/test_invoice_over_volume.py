"""Both bills over volume under the contract are the invoices of that volume."""

import json
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from pricing.charts import contract_bills_over_volume
from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import invoice_month
from pricing.invoice.over_volume import collections_in, contract_bills, typical_month
from pricing.invoice.over_volume_document import ContractBills
from pricing.invoice.over_volume_table import bills_table
from pricing.invoice.volume_month import units_at
from pricing.money import quantize_amount, quantize_unit_price
from pricing.quote import Quote
from staffing.errors import BadInputError
from tests.builders.invoices import quoted

# Claims: 5 100 units a month on average; helpdesk: 4 000.
FALLING = {"service": "claims", "schedule": {"mode": "volume", "tiers": [
    {"up_to": "4000"}, {"unit_price": "0.10"},
]}}  # fmt: skip
MINIMUM: dict[str, Any] = {"minimum_commitment": {"amount": "9000"}}


def bills(output_based: dict[str, Any]) -> ContractBills:
    """Bills over volume under a contract, made once."""
    return _bills(json.dumps(output_based))


@cache
def _bills(output_based: str) -> ContractBills:
    return contract_bills(quoted({"output_based": json.loads(output_based)}))


def with_prices(quote: Quote, factor: str) -> Quote:
    """Move the quote's unit prices, so that the bills meet where a test wants them."""
    assert quote.agreement is not None
    services = tuple(
        service.model_copy(
            update={
                "schedule": service.schedule.model_copy(
                    update={
                        "tiers": tuple(
                            tier.model_copy(
                                update={"unit_price": tier.unit_price * Decimal(factor)}
                            )
                            for tier in service.schedule.tiers
                        )
                    }
                )
            }
        )
        for service in quote.agreement.services
    )
    agreement = quote.agreement.model_copy(update={"services": services})
    return quote.model_copy(update={"agreement": agreement})


def test_without_a_contract_the_bills_are_those_of_the_comparison() -> None:
    quote = quoted()
    made = contract_bills(quote)
    for point, listed in zip(made.points, quote.comparison.bills, strict=True):
        # lines are rounded by service, the comparison rounds their sum; volumes have 2 places
        assert abs(point.output_based.amount - listed.output_based.amount) < Decimal("0.05")
        assert point.input_based == listed.input_based
        assert point.volume == listed.volume
    assert made.plan_volume_per_month == quote.comparison.plan_volume_per_month
    assert made.warnings == ()


def test_every_bill_is_the_invoice_of_its_volume() -> None:
    quote = quoted({"output_based": {**MINIMUM, "services": [FALLING]}})
    made = contract_bills(quote)
    point = made.points[10]
    actuals = Actuals.model_validate(
        {
            "services": {name: {"units": u} for name, u in point.volume_by_service.items()},
            "teams": {
                team: {"ordered_fte": fte}
                for team, fte in quote.comparison.bills[10].ordered_fte.items()
            },
        }
    )
    one, two = invoice_month(quote, actuals, number=made.month).invoices
    assert (point.input_based, point.output_based) == (one.total, two.total)


def test_parts_sum_to_the_bill_and_a_minimum_is_one_of_them() -> None:
    made = bills(MINIMUM)
    for point in made.points:
        parts = sum((money.amount for money in point.output_lines.values()), Decimal(0))
        assert parts == point.output_based.amount
        assert point.output_based.amount >= 9000
    assert "true_up" in made.points[0].output_lines
    assert made.points[0].output_based.amount == 9000


def test_where_more_units_cost_less_is_a_warning() -> None:
    made = bills({"services": [FALLING]})
    (warning,) = made.warnings
    assert warning.startswith("claims: more units cost less: just above 4,000 units")
    assert bills(MINIMUM).warnings == ()


def test_a_fall_is_listed_on_both_of_its_sides() -> None:
    at = [
        p
        for p in bills({"services": [FALLING]}).points
        if 3999 < p.volume_by_service["claims"] < 4001
    ]
    before, after = at
    assert before.volume_by_service["claims"] == 4000
    assert after.volume_by_service["claims"] == pytest.approx(4000.0005, abs=1e-4)
    assert after.output_based.amount < before.output_based.amount
    assert after.input_based == before.input_based


def test_collections_that_are_not_known_are_said_to_be_missing() -> None:
    terms = {"services": [{"service": "claims", "collections": {"share": "0.05"}}]}
    assert any("collections are not known" in warning for warning in bills(terms).warnings)


def test_collections_that_were_planned_are_said_to_stay_as_planned() -> None:
    (point, *_) = bills(MINIMUM).points
    planned = point.model_copy(update={"output_lines": {"collections": point.output_based}})
    assert collections_in((point, planned)).startswith("collections are those planned")
    assert "not known" in collections_in((point,))


def test_a_minimum_moves_the_change_of_the_cheaper_offer_to_where_orders_reach_it() -> None:
    made = bills(MINIMUM)
    assert made.crossings
    first = made.crossings[0]
    assert (first.cheaper_below, first.cheaper_above) == ("input_based", "output_based")
    below = [p for p in made.points if p.share_of_plan <= first.share_of_plan]
    assert all(p.cheaper == "input_based" for p in below)
    assert made.cheaper_when_no_crossing is None


def test_bills_that_meet_on_a_flat_meet_where_both_are_equal() -> None:
    quote = with_prices(quoted(), "2.4")
    made = contract_bills(quote)
    lines = [change for change in made.crossings if change.kind == "line"]
    at_plan = next(point for point in made.points if point.share_of_plan == 1)
    one_order = made.points[1].input_based.amount  # holds up to a tenth of plan
    meet = float(one_order / at_plan.output_based.amount)
    assert lines[0].share_of_plan == pytest.approx(meet, abs=1e-4)
    sides = [change.cheaper_below for change in made.crossings]
    assert all(one != other for one, other in pairwise(sides))
    plain = contract_bills(with_prices(quoted(), "0.01"))
    assert plain.crossings == ()
    assert plain.cheaper_when_no_crossing == "output_based"


def test_a_tier_that_falls_is_a_step() -> None:
    quote = with_prices(quoted({"output_based": {"services": [FALLING]}}), "2.4")
    steps = [change for change in contract_bills(quote).crossings if change.kind == "step"]
    at_4000 = 4000 / 5100.25  # between two listed volumes, with a meeting just before it
    assert any(change.share_of_plan == pytest.approx(at_4000, abs=1e-6) for change in steps)


def test_a_fee_that_lifts_a_bill_over_the_other_is_a_step_between_listed_volumes() -> None:
    tiers = [
        {"up_to": "2600", "unit_price": "0.10"},
        {"unit_price": "0.10", "flat_fee": "30000"},
    ]
    terms = {"services": [{"service": "claims", "schedule": {"mode": "graduated", "tiers": tiers}}]}
    (jump,) = (c for c in bills(terms).crossings if c.cheaper_above == "input_based")
    assert (jump.kind, jump.cheaper_below) == ("step", "output_based")
    assert jump.share_of_plan == pytest.approx(2600 / 5100.25, abs=1e-4)


def test_the_month_is_the_one_nearest_to_the_average_or_the_one_asked_for() -> None:
    quote = quoted()
    assert typical_month(quote) == 1
    assert contract_bills(quote, month=3).month == 3
    with pytest.raises(BadInputError, match="month: a month of the term, 1 to 3"):
        contract_bills(quote, month=4)


def test_under_a_right_to_convert_the_month_is_billed_by_the_unit_it_measured() -> None:
    contract = {"output_based": {"conversion": {"first_month": 1, "last_month": 3}}}
    made = contract_bills(quoted(contract))
    assert made.month == 3
    at_plan = next(point for point in made.points if point.share_of_plan == 1)
    assert "ordered" not in at_plan.output_lines
    assert at_plan.output_lines["units"] == at_plan.output_based
    quote, bill = quoted(contract), Decimal(0)
    assert quote.agreement is not None
    for team, volume in zip(quote.agreement.teams, quote.staffing.volumes, strict=True):
        orders = quote.offers.input_based.ordered_fte_by_month[team.team][:2]
        hours = sum(map(Decimal, orders)) * team.hours_per_fte_month
        units = sum(Decimal(str(done)) for done in volume.units_by_month[:2])
        price = quantize_unit_price(team.paid_hour * hours / units, 4)
        bill += quantize_amount(price * units_at(quote, 1.0)[team.service], "USD")
    assert at_plan.output_based.amount == bill


def test_a_table_has_a_column_for_each_mechanism() -> None:
    made = bills(MINIMUM)
    head, first, *others = bills_table(made).splitlines()
    assert head == "share_of_plan,volume,input_based,output_based,cheaper,units,true_up,currency"
    assert first == "0.0,0.0,0.00,9000.00,input_based,0.00,9000.00,USD"
    assert len(others) == len(made.points) - 1


def test_the_chart_draws_every_bill_and_every_change() -> None:
    made = bills(MINIMUM).model_dump(mode="json")
    spec = contract_bills_over_volume(made)
    staircase, line, rule, hover, changes = spec["layer"]
    assert staircase["mark"]["interpolate"] == "step-before"
    for layer in (staircase, line, hover):
        assert len(layer["data"]["values"]) == len(made["points"])
    assert rule["data"]["values"] == [{"volume": made["plan_volume_per_month"]}]
    assert len(changes["data"]["values"]) == len(made["crossings"])
    assert "true up 9,000.00" in hover["data"]["values"][0]["parts"]
