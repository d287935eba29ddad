"""Cash flow, exposure, present value and exit charge, by hand."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.input_based import TransitionCost
from pricing.term.cash_flow import (
    CashFlow,
    cash_flow,
    months_to_payment,
    payback_month,
    peak_exposure,
    present_value,
)
from pricing.term.exit_charge import unamortised
from pricing.term.margins import moves_with_people
from tests.builders.explained import small_quote
from tests.builders.pricing import engagement

D = Decimal
amounts = st.lists(st.integers(-1000, 1000).map(D), min_size=1, max_size=12)


def decimals(*numbers: int) -> tuple[Decimal, ...]:
    """Whole amounts."""
    return tuple(D(number) for number in numbers)


def flow_of(net: Sequence[Decimal]) -> CashFlow:
    """Money received and paid at once, month 0 first."""
    none = (D(0),) * len(net)
    return CashFlow(tuple(range(len(net))), tuple(net), tuple(net), none, none, none)


@pytest.mark.parametrize(
    ("days", "months"),
    [("0", 0), ("1", 1), ("30", 1), ("31", 2), ("60", 2), ("90", 3), ("365", 12)],
)
def test_a_bill_is_paid_in_the_month_its_days_end_in(days: str, months: int) -> None:
    assert months_to_payment(D(days)) == months


def test_three_months_by_hand() -> None:
    """Bills of 100, cost of 60 and SG&A of 10 a month, 50 up front, paid two months later."""
    flow = cash_flow([D(100)] * 3, [D(60)] * 3, [D(10)] * 3, transition=D(50), lag=2)
    assert flow.received == decimals(0, 0, 0, 100, 100, 100)
    assert flow.net == decimals(-50, -70, -70, 30, 100, 100)
    assert flow.cumulative == decimals(-50, -120, -190, -160, -60, 40)
    assert peak_exposure(flow) == (D(190), 2)
    assert payback_month(flow) == 5


def test_money_that_comes_at_once_and_without_transition_exposes_nothing() -> None:
    flow = cash_flow([D(100)] * 2, [D(60)] * 2, [D(10)] * 2, transition=D(0), lag=0)
    assert flow.cumulative == decimals(0, 30, 60)
    assert peak_exposure(flow) == (D(0), 0)
    assert payback_month(flow) == 0


def test_a_client_who_pays_after_decades_makes_no_long_table() -> None:
    flow = cash_flow([D(100)] * 2, [D(60)] * 2, [D(0)] * 2, transition=D(0), lag=10**9)
    assert flow.months == (0, 1, 2, 10**9 + 1, 10**9 + 2)
    assert flow.cumulative == decimals(0, -60, -120, -20, 80)
    assert payback_month(flow) == 10**9 + 2


def test_a_contract_that_never_pays_back_has_no_month_of_it() -> None:
    flow = cash_flow([D(50)], [D(60)], [D(0)], transition=D(0), lag=1)
    assert payback_month(flow) is None


def test_a_month_that_falls_below_zero_again_is_no_payback() -> None:
    assert payback_month(flow_of(decimals(-5, 6, -2, 3))) == 3


@given(amounts, amounts, st.integers(0, 4), st.integers(0, 500).map(D))
def test_when_money_moves_changes_no_sum(
    bills: list[Decimal], costs: list[Decimal], lag: int, transition: Decimal
) -> None:
    costs = (costs * 12)[: len(bills)]
    none = [D(0)] * len(bills)
    flow = cash_flow(bills, costs, none, transition=transition, lag=lag)
    assert flow.cumulative[-1] == sum(bills) - sum(costs) - transition
    assert sum(flow.received) == sum(flow.billed) == sum(bills)


@given(amounts)
def test_exposure_is_never_negative_and_never_less_than_any_month_shows(net: list[Decimal]) -> None:
    flow = flow_of(net)
    depth, month = peak_exposure(flow)
    assert depth >= 0
    assert all(depth >= -amount for amount in flow.cumulative)
    assert depth in {0, -flow.cumulative[month]}


def test_present_value_by_hand() -> None:
    """121 after two years at 10 % is worth 100; 110 after one year as well."""
    assert present_value(flow_of([D(-150), *[D(0)] * 11, D(110)]), D("0.1")) == D(-50)
    net = [D(0)] * 25
    net[24] = D(121)
    assert present_value(flow_of(net), D("0.1")) == pytest.approx(D(100))


@given(amounts)
def test_without_capital_cost_the_present_value_is_the_sum(net: list[Decimal]) -> None:
    assert present_value(flow_of(net), D(0)) == sum(net)


def test_a_later_payment_is_worth_less() -> None:
    values = []
    for lag in range(4):
        flow = cash_flow([D(100)] * 6, [D(60)] * 6, [D(8)] * 6, transition=D(20), lag=lag)
        values.append(present_value(flow, D("0.1")))
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == 4


def test_without_interest_every_instalment_takes_an_equal_part_of_the_balance() -> None:
    transition = TransitionCost(D(120), 12, D(0))
    balances = tuple(unamortised(transition, month) for month in (0, 1, 6, 11, 12, 30))
    assert balances == decimals(120, 110, 60, 10, 0, 0)
    assert unamortised(None, 3) == 0


def test_with_interest_the_balance_grows_by_it_and_falls_by_the_instalment() -> None:
    """The schedule of a loan: balance x (1 + i) - PMT, from the whole cost to nothing."""
    transition = TransitionCost(D(120_000), 36, D("0.10") / 12)
    balance = D(120_000)
    for month in range(36):
        assert unamortised(transition, month) == pytest.approx(balance, abs=D("1e-9"))
        balance = balance * (1 + transition.monthly_rate) - transition.instalment
    assert balance == pytest.approx(D(0), abs=D("1e-9"))


@pytest.mark.parametrize(
    ("line", "moves"),
    [
        ("labour_idle", True),
        ("premium_night", True),
        ("surge", True),
        ("it", True),
        ("support_manager", False),
        ("seats", False),
        ("transition", False),
        ("contingency", False),
        ("something_new", False),
    ],
)
def test_what_moves_with_the_people(line: str, moves: bool) -> None:
    assert moves_with_people(line) is moves


@pytest.fixture(scope="module")
def quote() -> dict[str, Any]:
    """A quote priced on a plan made by hand."""
    return small_quote()


def money(value: dict[str, str]) -> Decimal:
    """An amount of JSON."""
    return D(value["amount"])


@pytest.mark.parametrize("method", ["input_based", "output_based"])
def test_margins_stand_in_order_and_end_at_that_of_the_offer(
    quote: dict[str, Any], method: str
) -> None:
    value, term = quote["term"][method], quote["offers"][method]["term"]
    levels = [money(value[name]["amount"]) for name in ("contribution", "gross", "operating")]
    assert levels == sorted(levels, reverse=True)
    assert levels[2] - money(term["financing"]) == money(term["profit"])
    assert money(value["tcv"]) == money(term["expected_bill"])
    assert money(value["acv"]) == (money(value["tcv"]) * 12 / 18).quantize(D("0.01"))


@pytest.mark.parametrize("method", ["input_based", "output_based"])
def test_the_flow_receives_the_contract_value_and_pays_the_cost(
    quote: dict[str, Any], method: str
) -> None:
    value, term = quote["term"][method], quote["offers"][method]["term"]
    flow = value["cash_flow"]
    assert len(flow) == 1 + 18 + quote["term"]["months_to_payment"]
    withheld = D(quote["workings"]["withholding"])
    expected = sum(
        money(row["billed"]) - (money(row["billed"]) * withheld).quantize(D("0.01"), ROUND_HALF_UP)
        for row in flow
    )
    assert sum(money(row["billed"]) for row in flow) == money(value["tcv"])
    assert sum(money(row["received"]) for row in flow) == expected
    assert money(flow[0]["transition"]) == 30_000
    paid = sum(money(row["delivery"]) for row in flow)
    lines = {line["name"]: money(line["amount"]) for line in quote["cost"]["lines"]}
    off = paid + lines["transition"] - money(term["delivery_cost"])
    assert abs(off) <= D("0.005") * 18 * len(lines) * 2


def test_the_exit_charge_falls_to_what_is_never_recovered(quote: dict[str, Any]) -> None:
    charges = [money(one["charge"]) for one in quote["term"]["exit_charges"]]
    assert len(charges) == 19
    assert charges[0] == 30_000
    assert charges == sorted(charges, reverse=True)
    assert charges[15:] == [0, 0, 0, 0]


def test_demobilisation_and_the_agreed_charge_stand_beside_each_other() -> None:
    terms: dict[str, Any] = {
        "commercial.demobilisation_cost": 2500,
        "contract": {"termination": [{"from_month": 3, "charge": 9000}]},
    }
    found = small_quote(**terms)["term"]["exit_charges"]
    assert [money(one["demobilisation"]) for one in found] == [2500] * 19
    assert money(found[0]["charge"]) == 32_500
    assert [one["agreed"] and one["agreed"]["amount"] for one in found[2:5]] == [
        None,
        "9000.00",
        "9000.00",
    ]


def test_tax_that_is_withheld_at_the_vendors_cost_is_never_received() -> None:
    flow = cash_flow(
        [D(100)] * 2, [D(60)] * 2, [D(0)] * 2, transition=D(0), lag=1, receipts=[D(90)] * 2
    )
    assert flow.received == decimals(0, 0, 90, 90)
    assert flow.billed == decimals(0, 100, 100, 0)


def test_an_engagement_without_the_new_terms_keeps_its_hash() -> None:
    document = engagement().model_dump(mode="json")
    assert "demobilisation_cost" not in document["commercial"]


def test_the_months_of_a_year_sum_to_its_cost_line_to_the_cent() -> None:
    transition: dict[str, Any] = {"commercial.transition": {"cost": 1000, "amortisation_months": 3}}
    quote = small_quote(**transition)
    by_month = {line["name"]: line["amounts"] for line in quote["term"]["cost_by_month"]}
    assert set(by_month) == {line["name"] for line in quote["cost"]["lines"]}
    for line in quote["cost"]["lines"]:
        months = [D(amount) for amount in by_month[line["name"]]]
        sums = [sum(months[at : at + 12]) for at in range(0, len(months), 12)]
        assert sums == [D(year["amount"]) for year in line["by_year"]], line["name"]
