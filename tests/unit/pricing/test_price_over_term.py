"""Prices over several years: flat, by year, indexed, discounted, by hand."""

from decimal import Decimal
from typing import Any

import pytest

from pricing.explain.documents import Explanation
from pricing.explain.paths import numbers, written
from pricing.explain.unfold import explain
from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import invoice_month
from pricing.offers import derive_prices, price_terms
from pricing.quote import Quote
from pricing.term.price_periods import PricePeriods, discount_factors
from staffing.errors import BadInputError
from staffing.plan import StaffingPlan
from tests.builders.explained import small_quote
from tests.builders.pricing import engagement, staffing_plan, team_plan, year_quantities

D = Decimal
TEAM = "claims @ Manila"
GROWTH = (D(1), D("1.07"), D("1.1449"))
YEARLY = {"commercial.price_over_term": "yearly"}
DISCOUNTED = {"commercial.discounting": "capital_cost"}
INDEXED: dict[str, Any] = {
    "contract": {
        "indexation": {"index": "ECI", "share": "0.65", "floor": "0", "cap": "0.05"},
    },
    "commercial.index_growth_per_year": 0.04,
}


def three_years() -> StaffingPlan:
    """One FTE and a hundred units a month for three years."""
    years = tuple(year_quantities(year, payroll_weeks=52.0) for year in (1, 2, 3))
    return staffing_plan(
        (team_plan("claims", "Manila", years, (1.0,) * 36),), {"claims": (100.0,) * 36}
    )


def periods_of(wages: Decimal, discount: tuple[Decimal, ...], *, yearly: bool) -> PricePeriods:
    """A year-1 cost of 1,200, of which a share are wages that grow by 7 % a year."""
    monthly = tuple(100 * (wages * GROWTH[month // 12] + 1 - wages) for month in range(36))
    months = (range(12), range(12, 24), range(24, 36)) if yearly else (range(36),)
    cost = tuple(sum((monthly[m] * discount[m] for m in period), D(0)) for period in months)
    return PricePeriods(months, {TEAM: cost}, discount, (D(1),) * 3, {TEAM: monthly})


def fte_month(periods: PricePeriods) -> Decimal:
    """Price of an FTE-month at cost: no SG&A, financing or margin."""
    document = engagement(
        {f"commercial.{name}": 0 for name in ("target_margin", "sga", "dso_days", "contingency")},
        term_months=36,
    )
    terms = price_terms(document.commercial)
    found = derive_prices(document, three_years(), periods, terms, premium=D(0))
    return found.fte_month[TEAM]


def test_a_first_year_price_held_flat_for_three_years_is_4_7_percent_short() -> None:
    """Wages of 65.13 % of cost grow by 7 %: the mean year costs 1 + 0.6513 x 0.07163 = 1.0467.

    The wages of the reference case (`tests/golden/pricing_reference_case.yaml`), those of people in
    training and ramp too, are 65.1 % of its cost with transition.
    """
    wages, undiscounted = D("0.6513"), (D(1),) * 36
    flat = fte_month(periods_of(wages, undiscounted, yearly=False))
    assert flat == D("104.67")
    assert round(100 * (flat / 100 - 1), 1) == D("4.7")


def test_with_wages_of_70_percent_and_discounting_it_is_4_7_percent_as_well() -> None:
    """By years' ends at 10 %: (1 + 1.07/1.1 + 1.1449/1.21) / (1 + 1/1.1 + 1/1.21) = 1.06704."""
    by_year = tuple(1 / D("1.1") ** (month // 12) for month in range(36))
    flat = fte_month(periods_of(D("0.7"), by_year, yearly=False))
    assert flat == D("104.69")


def test_discounting_counts_early_and_cheap_months_for_more() -> None:
    wages, rate = D("0.7"), discount_factors(D("0.10"), 36)
    plain = fte_month(periods_of(wages, (D(1),) * 36, yearly=False))
    discounted = fte_month(periods_of(wages, rate, yearly=False))
    assert D(100) < discounted < plain


def test_discount_factors_are_those_of_the_months_ends() -> None:
    factors = discount_factors(D("0.21"), 24)
    assert factors[11] == 1 / D("1.21")
    assert factors[5] == pytest.approx(1 / D("1.1"))
    assert factors[23] == pytest.approx(1 / D("1.4641"))


def money(value: dict[str, str]) -> Decimal:
    """An amount of JSON."""
    return D(value["amount"])


def prices(quote: dict[str, Any], method: str = "input_based") -> list[dict[str, Any]]:
    """Invoiced prices of an offer."""
    return [one for one in quote["offers"][method]["prices"] if one["invoiced"]]


@pytest.mark.parametrize("method", ["input_based", "output_based"])
def test_prices_by_year_earn_the_target_margin_in_every_year(method: str) -> None:
    offer = small_quote(**YEARLY)["offers"][method]
    margins = [period["margin"] for period in offer["per_year"]]
    expected = 0.18 if method == "input_based" else offer["term"]["margin"]
    assert margins == pytest.approx([expected] * 2, abs=0.002)
    flat = [period["margin"] for period in small_quote()["offers"][method]["per_year"]]
    assert abs(flat[0] - flat[1]) > 0.01


def test_a_price_by_year_lies_around_its_mean_and_a_flat_one_has_no_years() -> None:
    for price in prices(small_quote(**YEARLY)):
        first, second = (money(year) for year in price["by_year"])
        assert min(first, second) < money(price["price"]) < max(first, second)
        assert money(price["floor_price"]) < money(price["price"])
    assert all("by_year" not in price for price in prices(small_quote()))


def test_an_index_that_grows_lowers_the_first_price_and_lifts_the_second() -> None:
    """The clause takes 65 % of 4 %: 2.6 % more in the second year."""
    flat, indexed = prices(small_quote())[0], prices(small_quote(**INDEXED))[0]
    first, second = (money(year) for year in indexed["by_year"])
    assert first < money(flat["price"]) < second
    assert second / first == pytest.approx(D("1.026"), abs=D("0.00001"))


def test_the_cap_of_the_clause_holds_what_prices_count_on() -> None:
    strong = INDEXED | {"commercial.index_growth_per_year": 0.5}
    first, second = (money(year) for year in prices(small_quote(**strong))[0]["by_year"])
    assert second / first == pytest.approx(D("1.05"), abs=D("0.00001"))


WITHHELD: dict[str, Any] = {
    "commercial.tax": {
        "client_country": "US",
        "withholding_borne_by": "vendor",
        "withholding_rate": 0.05,
    }
}


@pytest.mark.parametrize("changes", [YEARLY, DISCOUNTED, INDEXED, YEARLY | DISCOUNTED, WITHHELD])
def test_every_number_of_such_a_quote_is_what_its_formula_gives(changes: dict[str, Any]) -> None:
    quote = small_quote(**changes)
    found = [explain(quote, written(steps), 0) for steps, _ in numbers(quote)]
    wrong = [one for one in found if isinstance(one, Explanation) and one.agrees is False]
    assert [(one.path, one.value, one.result) for one in wrong] == []


@pytest.mark.parametrize("month", [1, 12, 13, 18])
def test_an_invoice_bills_the_price_of_its_year(month: int) -> None:
    document = small_quote(**YEARLY)
    invoices = invoice_month(Quote.model_validate(document), Actuals(month=month)).invoices
    for invoice, method in zip(invoices, ("input_based", "output_based"), strict=True):
        flow = document["term"][method]["cash_flow"][month]
        assert invoice.total.amount == money(flow["billed"])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"commercial.index_growth_per_year": 0.03},
            "commercial.index_growth_per_year: nothing without contract.indexation",
        ),
        (INDEXED | YEARLY, "none where price_over_term is yearly"),
        ({"commercial.price_over_term": "monthly"}, "commercial.price_over_term"),
        ({"commercial.discounting": "wacc"}, "commercial.discounting"),
    ],
)
def test_terms_that_do_not_go_together_are_refused(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(BadInputError, match=told):
        engagement(changes)


def test_a_year_without_units_has_no_price_of_its_own() -> None:
    years = tuple(year_quantities(year, payroll_weeks=52.0) for year in (1, 2))
    plan = staffing_plan(
        (team_plan("claims", "Manila", years, (1.0,) * 24),),
        {"claims": (100.0,) * 12 + (0.0,) * 12},
    )
    document = engagement(YEARLY, term_months=24)
    periods = PricePeriods(
        (range(12), range(12, 24)), {TEAM: (D(100), D(100))}, (D(1),) * 24, (D(1),) * 2, {}
    )
    with pytest.raises(BadInputError, match="claims has nothing to bill in year 2"):
        derive_prices(document, plan, periods, price_terms(document.commercial), premium=D(0))


def test_an_engagement_without_the_new_terms_keeps_its_hash() -> None:
    document = engagement().model_dump(mode="json")["commercial"]
    assert not {"price_over_term", "discounting", "index_growth_per_year"} & set(document)
