"""Bridges add up, component by component."""

from decimal import Decimal

import pytest

from pricing.scenario_sets.bridge import bridge
from staffing.errors import BadInputError
from tests.builders.comparisons import compared_quote
from tests.builders.scenarios import moved_quote

METHODS = ("input_based", "output_based")


@pytest.fixture(scope="module")
def moved():
    """Bills a tenth up, one cost line a thousand up."""
    line = compared_quote().cost.lines[0]
    amount = str(line.amount.amount + 1000)
    return moved_quote(bill="1.1", **{"cost__lines[0]__amount__amount": amount})


def total(made):
    return Decimal(made.start) + sum(Decimal(step.amount) for step in made.steps)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("of", ["bill", "profit", "margin"])
def test_start_and_steps_are_the_end(moved, of, method) -> None:
    made = bridge(compared_quote(), moved, of, method)
    assert total(made) == pytest.approx(Decimal(made.end), abs=Decimal("0.0001"))
    assert len(made.steps) >= 2


def test_bill_and_profit_are_the_quotes_own(moved) -> None:
    base = compared_quote().offers.output_based.term
    made = bridge(compared_quote(), moved, "bill", "output_based")
    assert Decimal(made.start) == base.expected_bill.amount
    assert Decimal(made.end) == moved.offers.output_based.term.expected_bill.amount
    steps = {step.name: Decimal(step.amount) for step in made.steps}
    assert steps[compared_quote().cost.lines[0].name] == 1000
    assert all(step.favourable is None for step in made.steps)
    profit = bridge(compared_quote(), moved, "profit", "output_based")
    told = {step.name: (Decimal(step.amount), step.favourable) for step in profit.steps}
    assert told[compared_quote().cost.lines[0].name] == (Decimal(-1000), False)
    assert told["bill"] == (
        moved.offers.output_based.term.expected_bill.amount - base.expected_bill.amount,
        True,
    )


def test_margin_moves_first_by_the_bill_then_by_each_line(moved) -> None:
    made = bridge(compared_quote(), moved, "margin", "output_based")
    old, new = compared_quote().offers.output_based.term, moved.offers.output_based.term
    cost = old.expected_bill.amount - old.profit.amount
    wanted = cost / old.expected_bill.amount - cost / new.expected_bill.amount
    assert made.steps[0].name == "bill"
    assert Decimal(made.steps[0].amount) == pytest.approx(wanted, abs=Decimal("0.000001"))
    assert Decimal(made.steps[1].amount) == pytest.approx(
        -1000 / new.expected_bill.amount, abs=Decimal("0.000001")
    )
    assert made.unit == "share"


def test_a_price_is_the_bill_per_fte_month(moved) -> None:
    made = bridge(compared_quote(), moved, "price", "input_based")
    orders = compared_quote().offers.input_based.ordered_fte_by_month
    months = sum(Decimal(fte) for one in orders.values() for fte in one)
    bill = compared_quote().offers.input_based.term.expected_bill.amount
    assert Decimal(made.start) == pytest.approx(bill / months, abs=Decimal("0.000001"))
    assert total(made) == pytest.approx(Decimal(made.end), abs=Decimal("0.0001"))
    assert made.unit == "USD per FTE-month"


def test_several_services_have_no_price_in_common(moved) -> None:
    with pytest.raises(BadInputError, match="no unit in common"):
        bridge(compared_quote(), moved, "price", "output_based")


def test_between_a_quote_and_itself_nothing_moves() -> None:
    made = bridge(compared_quote(), compared_quote(), "margin", "input_based")
    assert (made.steps, made.start) == ((), made.end)
