"""Savings against in-house: by hand, and never claimed on pay without a source."""

from decimal import Decimal
from types import SimpleNamespace as Given
from typing import Any, cast

import pytest

from pricing.client_comparison import client_comparison
from pricing.client_comparison.savings import (
    is_pay,
    monthly_flows,
    payback_month,
    present_value,
    saving_case,
    savings,
    unsourced_pay,
)
from pricing.client_comparison.savings_document import Savings
from pricing.money import Money
from pricing.quote import Quote
from tests.builders.comparisons import compared_quote

SHARES = {
    "governance": Decimal("0.10"),
    "rework": Decimal("0.01"),
    "travel_legal_security": Decimal("0.02"),
    "exit_reserve": Decimal("0.03"),
    "retained": Decimal("0.05"),
    "selection": Decimal("0.02"),
    "overlap_months": Decimal(2),
    "discount_rate": Decimal(0),
}


def usd(amount: int) -> Money:
    return Money.of(Decimal(amount), "USD")


def of(quote: Quote) -> Savings:
    found = savings(quote)
    assert found is not None
    return found


def test_a_case_by_hand() -> None:
    # In-house 1,000,000 in one year; a bill of 500,000.
    offer: Any = Given(
        method="input_based",
        term=Given(expected_bill=usd(400_000)),
        per_year=(Given(expected_bill=usd(400_000)),),
    )
    own: Any = Given(total=usd(1_000_000), total_by_year=(usd(1_000_000),), outsourcing=SHARES)
    case = saving_case(offer, "p90", Decimal(500_000), own, 12)
    lines = {line.name: line.amount.amount for line in case.lines}
    assert lines == {
        "bill": 500_000,
        "governance": 50_000,
        "rework": 5_000,
        "travel_legal_security": 10_000,
        "exit_reserve": 15_000,
        "retained": 50_000,
        "selection": 10_000,
        "overlap": pytest.approx(Decimal("166666.67")),
    }
    assert case.total.amount == Decimal("806666.67")
    assert case.share == pytest.approx(0.1933, abs=1e-4)
    # Without discounting the present value is the saving itself.
    assert abs(case.npv.amount - case.saving.amount) < Decimal("0.1")
    # 176,667 at the start; 32,083 saved a month: 5.5 months.
    assert case.payback_month == 6


def test_running_savings_are_even_within_a_year_and_short_in_a_last_part() -> None:
    flows = monthly_flows([Decimal(120), Decimal(60)], [Decimal(240), Decimal(120)], SHARES, 18)
    assert len(flows) == 18
    # 240 x 0.95 less 120 x 1.13, over twelve months
    assert flows[0] == flows[11] == pytest.approx(Decimal("7.7"))
    assert flows[12] == pytest.approx(Decimal("7.7"))


def test_present_value_of_a_year_at_ten_percent() -> None:
    flows = [Decimal(0)] * 11 + [Decimal(110)]
    assert present_value(Decimal(40), flows, Decimal("0.1")) == pytest.approx(Decimal(60))
    even = present_value(Decimal(0), [Decimal(1)] * 12, Decimal(0))
    assert even == 12


@pytest.mark.parametrize(
    ("at_start", "flows", "month"),
    [
        (10, [4, 4, 4, 4], 3),
        (0, [4], 1),
        (10, [4, 4], None),
        (4, [5, -3, 5], 3),
        (4, [5, 5, -20], None),
    ],
)
def test_payback_is_the_month_from_which_nothing_is_owed_any_more(
    at_start: int, flows: list[int], month: int | None
) -> None:
    assert payback_month(Decimal(at_start), [Decimal(flow) for flow in flows]) == month


def test_a_dearer_bill_saves_less_and_pays_back_no_sooner() -> None:
    found = {(case.method, case.case): case for case in of(compared_quote()).cases}
    assert len(found) == 6
    for method in ("input_based", "output_based"):
        mid, high = found[method, "p50"], found[method, "p90"]
        assert high.saving.amount < mid.saving.amount
        assert high.npv.amount < mid.npv.amount
        assert (high.payback_month or 99) >= (mid.payback_month or 99)
        assert mid.total.amount == sum(line.amount.amount for line in mid.lines)


def test_the_headline_names_p50_and_p90_and_the_month() -> None:
    found = of(compared_quote())
    assert found.withheld == ()
    assert found.headline is not None
    assert " at P50 of the bill and " in found.headline
    assert "pays back in month" in found.headline
    best = max((c for c in found.cases if c.case == "p50"), key=lambda c: c.share)
    assert f"{100 * best.share:.0f} %" in found.headline


def with_unsourced(quote: Quote, **changes: object) -> Quote:
    return quote.model_copy(update=changes)


@pytest.mark.parametrize("path", ["wages[PH].claims_processor", "sites[0].wages.clerk"])
def test_pay_behind_the_prices_without_a_source_withholds_every_figure(path: str) -> None:
    quote = compared_quote()
    found = of(with_unsourced(quote, unsourced=(*quote.unsourced, path)))
    assert found.withheld == ("the pay behind the quoted prices has no source yet",)
    assert found.headline is None
    assert (found.cases, found.in_house_lines, found.in_house_total) == ((), (), None)
    assert found.teams  # people are no claim


def test_in_house_pay_without_a_source_withholds_every_figure_and_the_pay() -> None:
    quote = compared_quote()
    own = quote.in_house
    assert own is not None
    teams = tuple(
        team.model_copy(update={"pay_quality": "unsourced" if i == 0 else team.pay_quality})
        for i, team in enumerate(own.teams)
    )
    unsourced = own.model_copy(update={"unsourced_pay": ("claims",), "teams": teams})
    found = of(with_unsourced(quote, in_house=unsourced))
    assert "in-house pay for claims has no source" in found.withheld[0]
    assert found.headline is None
    assert found.cases == ()
    assert found.teams[0].pay_per_hour is None
    assert found.teams[1].pay_per_hour is not None
    graded = tuple(
        item.model_copy(update={"quality": "unsourced"}) if is_pay(item.path) else item
        for item in own.assumptions
    )
    guessed = own.model_copy(update={"unsourced_pay": ("claims",), "assumptions": graded})
    basis = client_comparison(with_unsourced(quote, in_house=guessed)).basis
    assert basis
    assert not any(item.name.startswith("pay levels[") for item in basis)


def test_other_values_without_a_source_do_not_withhold_it() -> None:
    assert any("in_house" in path for path in compared_quote().unsourced)
    assert unsourced_pay(compared_quote()) == ()


def test_without_an_in_house_side_there_is_no_saving() -> None:
    assert savings(with_unsourced(compared_quote(), in_house=None)) is None


def test_where_in_house_is_cheaper_the_headline_says_so() -> None:
    quote = compared_quote()
    own = quote.in_house
    assert own is not None
    tenth = tuple(Money.of(one.amount / 10, "USD") for one in own.total_by_year)
    total = Money.of(sum((one.amount for one in tenth), Decimal(0)), "USD")
    cheap = own.model_copy(update={"total": total, "total_by_year": tenth})
    found = of(with_unsourced(quote, in_house=cheap))
    assert cast("str", found.headline).startswith("In-house is cheaper")
    assert all(case.payback_month is None for case in found.cases)
    advice = client_comparison(with_unsourced(quote, in_house=cheap)).recommendation
    assert advice.points[0].startswith("doing the work in-house takes less")
    usual = client_comparison(quote).recommendation
    assert not any("in-house" in point for point in usual.points)
