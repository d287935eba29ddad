"""Every shipped example is priced once; the quote is whole, consistent and can be checked again."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from api.cli.loader import load_engagement
from pricing.briefing import staffing_brief, team_terms
from pricing.client_comparison import client_comparison
from pricing.engagement import Engagement
from pricing.explain.documents import Explanation
from pricing.explain.paths import numbers, written
from pricing.explain.unfold import explain
from pricing.money import exponent
from pricing.quote import Quote, quote_json
from pricing.quoting import quote, quote_hash
from pricing.ratecard import RateCard
from pricing.reading import content_hash, engagement_hash
from staffing.check import check_plan
from tests.builders.command_line import EXAMPLES

pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.fixture(
    scope="module", params=["claims", "emergency_coding", "helpdesk", "in_house", "working_weeks"]
)
def case(request: pytest.FixtureRequest) -> tuple[Engagement, Quote]:
    """An example and its quote."""
    engagement = load_engagement(EXAMPLES / f"{request.param}.yaml")
    return engagement, quote(engagement)


@pytest.fixture(scope="module")
def priced(case: tuple[Engagement, Quote]) -> Quote:
    """Quote of an example."""
    return case[1]


@pytest.fixture(scope="module")
def document(priced: Quote) -> dict[str, Any]:
    """The quote as plain JSON data."""
    return json.loads(quote_json(priced))  # type: ignore[no-any-return]


def amounts(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every amount of money in plain data, with its path."""
    if isinstance(value, dict):
        if "amount" in value and not isinstance(value["amount"], dict):
            yield path, value
            return
        for key, item in value.items():
            if path or key != "workings":  # exact numbers before rounding, without a currency
                yield from amounts(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from amounts(item, f"{path}[{index}]")


def test_the_quote_is_reproducible(priced: Quote) -> None:
    assert priced.reproducible


def test_the_quote_has_the_parts_a_reader_looks_for(document: dict[str, Any]) -> None:
    parts = {
        "offers",
        "comparison",
        "staffing",
        "cost",
        "unsourced",
        "reproducible",
        "content_hash",
    }
    assert parts <= set(document)
    for method in ("input_based", "output_based"):
        offer = document["offers"][method]
        assert offer["prices"]
        for price in offer["prices"]:
            assert price["unit"]
            assert Decimal(price["price"]["amount"]) > 0
        for period in (*offer["per_year"], offer["term"]):
            assert {"expected_bill", "cost", "margin"} <= set(period)
    assert {"break_even", "break_even_productivity", "bills"} <= set(document["comparison"])
    assert {"lines", "total"} <= set(document["cost"])
    assert document["unsourced"]


def test_money_is_a_text_with_its_currency(priced: Quote, document: dict[str, Any]) -> None:
    currency = priced.engagement.currency
    found = list(amounts(document))
    assert len(found) > 100
    for path, money in found:
        assert set(money) == {"amount", "currency"}, path
        assert money["currency"] == currency, path
        assert isinstance(money["amount"], str), path
        places = -Decimal(money["amount"]).as_tuple().exponent  # type: ignore[operator]
        unit_price = "prices" in path
        assert places >= exponent(currency) if unit_price else places == exponent(currency), path


def test_every_number_of_money_is_what_its_explanation_gives(document: dict[str, Any]) -> None:
    paths = [written(steps) for steps, _ in numbers(document) if steps[0] != "staffing"]
    explained = [explain(document, path, 0) for path in paths]
    found = [one for one in explained if isinstance(one, Explanation)]
    assert len(found) == len(paths) > 1000
    assert [(one.path, one.value, one.result) for one in found if one.agrees is False] == []


def test_no_number_is_a_negative_zero_or_no_number(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    for sign in ("-0,", "-0.0,", '"-0"', '"-0.00"', "NaN", "Infinity"):
        assert sign not in text, sign


def test_the_quote_survives_json(priced: Quote) -> None:
    text = quote_json(priced)
    again = Quote.model_validate_json(text)
    assert again == priced
    assert quote_json(again) == text


def test_the_hash_can_be_recomputed_from_the_json_alone(
    priced: Quote, document: dict[str, Any]
) -> None:
    unhashed = {key: value for key, value in document.items() if key != "content_hash"}
    assert content_hash(unhashed) == priced.content_hash == quote_hash(priced)


def test_the_hash_of_the_engagement_is_that_of_the_resolved_document(
    case: tuple[Engagement, Quote],
) -> None:
    engagement, priced = case
    assert priced.engagement.content_hash == engagement_hash(engagement)


def test_the_plan_read_back_from_json_passes_the_independent_check(
    case: tuple[Engagement, Quote],
) -> None:
    engagement, priced = case
    plan = Quote.model_validate_json(quote_json(priced)).staffing
    brief = staffing_brief(engagement, team_terms(engagement, RateCard(engagement)))
    assert check_plan(brief, plan) == ()


def test_cost_lines_add_up_to_the_total_that_both_offers_carry(priced: Quote) -> None:
    total = priced.cost.total.amount
    assert sum(line.amount.amount for line in priced.cost.lines) == total
    for line in priced.cost.lines:
        assert sum(year.amount for year in line.by_year) == line.amount.amount
    for offer in (priced.offers.input_based, priced.offers.output_based):
        assert offer.term.delivery_cost.amount == total
        years = [year.delivery_cost.amount for year in offer.per_year]
        assert sum(years) == total


def test_the_input_offer_earns_the_target_margin(case: tuple[Engagement, Quote]) -> None:
    engagement, priced = case
    target = float(engagement.commercial.target_margin.value)
    assert priced.offers.input_based.term.margin == pytest.approx(target, abs=1e-4)
    assert priced.offers.output_based.term.margin > target


def test_break_even_productivity_is_one_over_one_plus_the_premium(
    case: tuple[Engagement, Quote],
) -> None:
    engagement, priced = case
    premium = float(engagement.commercial.risk_premium.total)
    assert priced.comparison.break_even_productivity == pytest.approx(1 / (1 + premium), abs=5e-4)


def test_crossings_are_in_order_and_bills_there_are_those_of_the_units(priced: Quote) -> None:
    prices = {price.service: price.price.amount for price in priced.offers.output_based.prices}
    last = 0.0
    for point in priced.comparison.break_even:
        assert point.share_of_plan > last
        last = point.share_of_plan
        units = point.volume_by_service.items()
        bill = sum(Decimal(repr(volume)) * prices[service] for service, volume in units)
        assert abs(point.bill.amount - bill) <= Decimal("0.1")


def test_no_floor_is_above_its_price(priced: Quote) -> None:
    for offer in (priced.offers.input_based, priced.offers.output_based):
        for price in offer.prices:
            assert 0 < price.floor_price.amount <= price.price.amount


def test_unsourced_are_exactly_the_assumptions_without_a_source(priced: Quote) -> None:
    unsourced = {item.path for item in priced.assumptions if item.quality == "unsourced"}
    assert set(priced.unsourced) == unsourced
    assert len(priced.unsourced) == len(unsourced)
    for item in priced.assumptions:
        if item.quality != "unsourced":
            assert item.source, item.path


def test_spreads_are_in_order_and_the_output_margin_is_the_wider(priced: Quote) -> None:
    people, units = priced.risk.spreads
    for spread in (people, units):
        assert spread.bill_p10.amount <= spread.bill_p50.amount <= spread.bill_p90.amount
        assert spread.margin_p10 <= spread.margin_p50 <= spread.margin_p90
        assert 0 <= spread.probability_of_loss <= 1
    assert units.margin_p90 - units.margin_p10 > people.margin_p90 - people.margin_p10


def test_volumes_are_those_of_the_plan_by_month(case: tuple[Engagement, Quote]) -> None:
    engagement, priced = case
    for volume in priced.staffing.volumes:
        assert len(volume.units_by_month) == engagement.term_months
        assert min(volume.units_by_month) > 0
    per_month = sum(sum(v.units_by_month) for v in priced.staffing.volumes) / engagement.term_months
    assert priced.comparison.plan_volume_per_month == pytest.approx(per_month, abs=0.02)


def test_an_example_with_an_in_house_side_states_its_saving(priced: Quote) -> None:
    savings = client_comparison(priced).savings
    assert (savings is None) == (priced.in_house is None)
    if savings is not None:
        assert savings.withheld == ()
        assert savings.headline is not None
        assert all(case.payback_month for case in savings.cases)
