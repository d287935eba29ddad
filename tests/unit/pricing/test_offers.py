"""Both offers from one plan: what is ordered, billed, earned, and where the floor is."""

from decimal import Decimal
from typing import Any

import pytest

from pricing.cost import plan_cost
from pricing.offers import Prices, build_offers, ordered_fte
from pricing.quote import Offers
from staffing.errors import BadInputError
from staffing.plan import StaffingPlan
from tests.builders.pricing import (
    DEFERRABLE,
    LIVE,
    engagement,
    staffing_plan,
    team_plan,
    terms_of,
    year_quantities,
)


def two_team_plan(months: int = 18) -> StaffingPlan:
    """Two services over a year and a half, one with a season."""
    needed = {"claims": [3.0, 3.2, 4.0], "helpdesk": [7.01, 6.5, 6.999]}
    teams = tuple(
        team_plan(
            service,
            "Manila",
            (
                year_quantities(1, payroll_weeks=210.5, seats=5, started_hires=2.5),
                year_quantities(2, payroll_weeks=104.25, seats=5, started_hires=1.25),
            ),
            tuple(levels[month % 3] for month in range(months)),
        )
        for service, levels in needed.items()
    )
    units = {"claims": (5000.25,) * months, "helpdesk": (4100.5, 3999.75) * (months // 2)}
    return staffing_plan(teams, units)


def priced(changes: dict[str, Any] | None = None, **top: Any) -> tuple[Offers, Prices]:
    """Offers for the two-team plan."""
    top = {"services": [DEFERRABLE, LIVE], "term_months": 18} | top
    document = engagement(changes, **top)
    plan, terms = two_team_plan(), terms_of(document)
    return build_offers(document, terms, plan, plan_cost(document, terms, plan))


@pytest.mark.parametrize(
    ("needed", "step", "ordered"),
    [
        ("0", "1", "0"),
        ("0.2", "1", "1"),
        ("3", "1", "3"),
        ("3.0000005", "1", "3"),
        ("3.000002", "1", "4"),
        ("3.01", "1", "4"),
        ("3.01", "0.5", "3.5"),
        ("3.01", "0.25", "3.25"),
        ("101", "100", "200"),
        ("0.0000001", "1", "0"),
    ],
)
def test_the_order_is_the_need_rounded_up_to_a_whole_step(
    needed: str, step: str, ordered: str
) -> None:
    assert ordered_fte(Decimal(needed), Decimal(step)) == Decimal(ordered)


def test_an_order_of_nothing_is_written_as_zero_without_a_sign() -> None:
    assert str(ordered_fte(Decimal(0), Decimal(1)).normalize()) == "0"


def test_months_are_ordered_team_by_team() -> None:
    offers, _ = priced()
    orders = offers.input_based.ordered_fte_by_month
    assert orders["claims @ Manila"][:3] == ("3", "4", "4")
    assert orders["helpdesk @ Manila"][:3] == ("8", "7", "7")


def test_the_input_offer_keeps_the_target_margin() -> None:
    offers, _ = priced()
    assert offers.input_based.term.margin == pytest.approx(0.18, abs=1e-5)


def test_the_output_offer_bills_parity_times_the_named_premiums() -> None:
    offers, prices = priced()
    term_input = offers.input_based.term.expected_bill.amount
    term_output = offers.output_based.term.expected_bill.amount
    assert float(term_output / term_input) == pytest.approx(1.06, abs=2e-4)
    for service, price in prices.unit.items():
        assert abs(price - prices.parity[service] * Decimal("1.06")) <= Decimal("0.00005")


def test_without_premiums_both_offers_bill_the_same() -> None:
    none = dict.fromkeys(("productivity", "volume", "quality", "wage_and_fx"), 0)
    offers, _ = priced({"commercial.risk_premium": none, "commercial.unit_price_places": 6})
    bills = [offer.term.expected_bill.amount for offer in (offers.input_based, offers.output_based)]
    assert float(bills[0] / bills[1]) == pytest.approx(1, abs=1e-5)


def test_the_premium_is_reported_part_by_part() -> None:
    offers, _ = priced()
    parts = {part.name: part.share for part in offers.output_based.risk_premium}
    assert parts == {"productivity": 0.03, "volume": 0.02, "quality": 0.01, "wage_and_fx": 0.0}
    assert offers.input_based.risk_premium == ()


def test_years_add_up_to_the_term_to_the_cent() -> None:
    offers, _ = priced()
    for offer in (offers.input_based, offers.output_based):
        assert [year.year for year in offer.per_year] == [1, 2]
        assert offer.term.year is None
        for field in ("expected_bill", "delivery_cost", "sga", "financing", "cost", "profit"):
            years = [getattr(year, field).amount for year in offer.per_year]
            assert sum(years) == getattr(offer.term, field).amount, field


def test_cost_and_profit_are_sums_of_what_is_shown() -> None:
    offers, _ = priced()
    for offer in (offers.input_based, offers.output_based):
        for period in (*offer.per_year, offer.term):
            cost = period.delivery_cost.amount + period.sga.amount + period.financing.amount
            assert period.cost.amount == cost
            assert period.profit.amount == period.expected_bill.amount - cost
            share = period.profit.amount / period.expected_bill.amount
            assert period.margin == pytest.approx(float(share), abs=1e-6)


def test_both_offers_deliver_the_same_work_at_the_same_cost() -> None:
    offers, _ = priced()
    assert offers.input_based.term.delivery_cost == offers.output_based.term.delivery_cost


def test_the_bill_of_a_year_is_the_sum_of_its_rounded_invoice_lines() -> None:
    offers, prices = priced()
    orders = offers.input_based.ordered_fte_by_month
    expected = sum(
        Decimal(months[month]) * prices.fte_month[team]
        for team, months in orders.items()
        for month in range(12)
    )
    assert offers.input_based.per_year[0].expected_bill.amount == expected


def test_floor_prices_hold_the_floor_margin_without_premium() -> None:
    offers, _ = priced({"commercial.floor_margin": 0.05})
    room = (1 - 0.18 - 0.08 - 0.1 * 60 / 365) / (1 - 0.05 - 0.08 - 0.1 * 60 / 365)
    for price in offers.input_based.prices:
        assert float(price.floor_price.amount / price.price.amount) == pytest.approx(room, rel=1e-3)
    for price in offers.output_based.prices:
        ratio = float(price.floor_price.amount / price.price.amount)
        assert ratio == pytest.approx(room / 1.06, rel=1e-3)


def test_hour_prices_express_the_month_price() -> None:
    offers, _ = priced()
    month, paid, productive = offers.input_based.prices[:3]
    assert (month.unit, paid.unit, productive.unit) == ("FTE-month", "paid hour", "productive hour")
    hours = 40 * 365.25 / 7 / 12
    assert float(paid.price.amount) == pytest.approx(float(month.price.amount) / hours, abs=1e-4)
    assert float(productive.price.amount) == pytest.approx(
        float(month.price.amount) / hours / 0.9 / 0.9, abs=1e-4
    )
    assert [price.invoiced for price in (month, paid, productive)] == [True, False, False]


def test_amounts_have_the_places_of_the_currency_and_unit_prices_their_own() -> None:
    offers, _ = priced({"sites[0].wages.claims_processor.value": 400}, currency="JPY")
    for offer in (offers.input_based, offers.output_based):
        for period in (*offer.per_year, offer.term):
            assert period.expected_bill.amount == period.expected_bill.amount.to_integral_value()
            assert period.cost.amount.as_tuple().exponent == 0
    assert offers.input_based.prices[0].price.amount.as_tuple().exponent == 0
    assert offers.output_based.prices[0].price.amount.as_tuple().exponent == -4


def test_a_unit_price_that_rounds_to_zero_is_refused_with_the_remedy() -> None:
    document = engagement(
        {"commercial.unit_price_places": 2}, services=[DEFERRABLE, LIVE], term_months=18
    )
    terms, plan = terms_of(document), two_team_plan()
    volumes = tuple(
        volume.model_copy(update={"units_by_month": (1e9,) * 18}) for volume in plan.volumes
    )
    cheap = plan.model_copy(update={"volumes": volumes})
    with pytest.raises(BadInputError) as caught:
        build_offers(document, terms, cheap, plan_cost(document, terms, cheap))
    assert caught.value.issues[0].path == "commercial.unit_price_places"
    assert "more places" in caught.value.issues[0].accepted
