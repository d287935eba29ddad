"""Price to win, clauses given up, and what makes the choice cheaper: by hand and by law."""

import numpy as np
import pytest

from pricing.choice.beliefs import Knowledge, beliefs
from pricing.choice.clauses import (
    ClauseTerms,
    clause_values,
    collared,
    with_cola,
    with_minimum,
    with_notice,
)
from pricing.choice.decision import INPUT, OUTPUT, Goal, Perceived, alone, perceive
from pricing.choice.levels import Pair, pair_at, stand_alone
from pricing.choice.levers import LeverTerms, piloted, savings
from pricing.choice.lot import lots_of
from pricing.choice.price_to_win import Payment, price_to_win
from tests.builders.choice import factor, lot_of_bills, prices_of, stylised_outcomes

GOAL = Goal(kept=0.9, margin=0.20, tail_margin=0.0)
OUTCOMES = stylised_outcomes(10_000, volume_sd=0.2)
(LOT,) = lots_of(OUTCOMES, prices_of(OUTCOMES), "service")
VIEWS = beliefs(OUTCOMES.factors, Knowledge(0.5, 0.8))
SEEN = perceive(LOT, VIEWS)
PAYMENT = Payment(dso_days=60, cost_per_day=0.1 / 365, contingency=0.05)


def quoted(goal: Goal = GOAL) -> Pair:
    pair = pair_at(LOT, SEEN, goal, stand_alone(LOT, goal).ratio)
    assert pair is not None
    return pair


def test_clauses_by_hand() -> None:
    bill = np.array([80.0, 100.0, 120.0])
    assert list(collared(bill, np.array([0.8, 1.0, 1.2]), 0.1)) == pytest.approx([90, 100, 110])
    assert list(with_minimum(bill, 0.9)) == [90, 100, 120]
    assert list(with_notice(bill, 6, 24)) == [85, 100, 120]
    assert list(with_notice(bill, 48, 24)) == [100, 100, 120]
    growth = np.array([1.0, 1.1, 0.9])
    assert list(with_cola(bill, growth, 0.5, 2)) == pytest.approx([80, 102.5, 117])
    assert list(with_cola(bill, growth, 0.5, 1)) == list(bill)


def test_a_price_at_the_floor_holds_it_and_asks_for_no_change() -> None:
    pair = quoted()
    found = price_to_win(LOT, SEEN, pair, GOAL, PAYMENT, offer=OUTPUT, level=pair.units * 1.0001)
    assert found.holds
    assert found.changes == ()


def test_each_change_alone_would_hold_the_floor() -> None:
    pair = quoted()
    found = price_to_win(LOT, SEEN, pair, GOAL, PAYMENT, offer=OUTPUT, level=0.99 * pair.units)
    assert not found.holds
    assert found.alone == alone(LOT, OUTPUT, 0.99 * pair.units, 0.9)
    amounts = {change.name: change.amount for change in found.changes}
    assert list(amounts) == ["other_price", "cost", "contingency", "payment"]
    other, cost, contingency, days = amounts.values()
    assert other is not None
    assert cost is not None
    assert contingency is not None
    assert days is not None
    raised = Pair(pair.hours * (1 + other), pair.units, "margin")
    assert price_to_win(
        LOT, SEEN, raised, GOAL, PAYMENT, offer=OUTPUT, level=0.99 * pair.units
    ).holds
    cheaper = type(LOT)(
        "a",
        ("a",),
        LOT.input_bill,
        LOT.output_bill,
        *((1 - cost - 1e-9) * c for c in (LOT.input_cost, LOT.output_cost)),
    )
    assert price_to_win(
        cheaper, SEEN, pair, GOAL, PAYMENT, offer=OUTPUT, level=0.99 * pair.units
    ).holds
    assert (1 + contingency) / 1.05 == pytest.approx(1 - cost)
    sooner = Goal(0.9 + (days + 1e-6) * 0.1 / 365, GOAL.margin, GOAL.tail_margin)
    assert price_to_win(
        LOT, SEEN, pair, sooner, PAYMENT, offer=OUTPUT, level=0.99 * pair.units
    ).holds


def test_a_change_that_cannot_be_enough_is_none() -> None:
    lot = lot_of_bills((100, 100, 100), (100, 100, 100), (75, 75, 75))
    seen = Perceived(lot.input_bill, lot.output_bill)
    found = price_to_win(lot, seen, Pair(1.1, 1.1, "margin"), GOAL, PAYMENT, offer=INPUT, level=0.5)
    assert {change.name: change.amount for change in found.changes} == {
        "other_price": None,
        "cost": pytest.approx(1 - 0.7 * 50 / 75),
        "contingency": None,
        "payment": None,
    }
    no_capital = Payment(60, 0.0, 0.05)
    found = price_to_win(
        lot, seen, Pair(1.1, 1.1, "margin"), GOAL, no_capital, offer=INPUT, level=1.0
    )
    assert found.changes[-1].amount is None


def test_giving_a_clause_up_keeps_margin_and_tail_at_the_changed_price() -> None:
    factors = dict(OUTCOMES.factors) | {"wage_inflation": 1 + 0.2 * (factor(0.3, 10_000, 5) - 1)}
    pair = quoted()
    terms = ClauseTerms(minimum=0.95, notice_months=3)
    values = clause_values(
        LOT,
        (pair.hours, pair.units),
        GOAL,
        factors,
        terms,
        term_months=24,
        capital_cost_per_day=0.1 / 365,
    )
    assert [(one.clause, one.offer[:5]) for one in values] == [
        ("collar", "input"),
        ("minimum", "outpu"),
        ("notice", "input"),
        ("cola", "input"),
        ("cola", "outpu"),
        ("dso", "input"),
        ("dso", "outpu"),
    ]
    for one in values:
        offer, quoted_level = (
            (INPUT, pair.hours) if one.offer == "input_based" else (OUTPUT, pair.units)
        )
        kept = 0.9 - 30 * 0.1 / 365 if one.clause == "dso" else 0.9
        after = alone(LOT, offer, quoted_level * (1 + one.price_change), kept)
        assert after.margin >= one.margin - 1e-9
        assert after.p10 >= one.tail - 1e-9
        assert min(after.margin - one.margin, after.p10 - one.tail) == pytest.approx(0, abs=1e-9)
    by_name = {(one.clause, one.offer): one.price_change for one in values}
    assert by_name["minimum", "output_based"] > 0
    assert by_name["notice", "input_based"] > 0
    assert by_name["dso", "input_based"] > 0


def test_clauses_on_factors_that_are_not_drawn_are_left_out() -> None:
    pair = quoted()
    values = clause_values(
        LOT,
        (pair.hours, pair.units),
        GOAL,
        {"volume": OUTCOMES.factors["volume"], "complexity": np.ones(10_000)},
        ClauseTerms(),
        term_months=24,
        capital_cost_per_day=0.0,
    )
    assert {one.clause for one in values} == {"minimum", "notice", "dso"}
    assert all(abs(one.price_change) < 1e-9 for one in values if one.clause == "dso")


def test_what_is_measured_or_shared_makes_the_choice_cheaper() -> None:
    goal = Goal(kept=0.9, margin=0.20, tail_margin=-0.9)
    seen = perceive(LOT, VIEWS)
    base = stand_alone(LOT, goal)
    equal = pair_at(LOT, seen, goal, base.ratio)
    assert equal is not None
    premium = equal.hours / base.hours - 1
    found = {one.lever: one for one in savings(LOT, VIEWS, goal, OUTCOMES.factors, LeverTerms())}
    assert list(found) == ["pilot", "classes", "cap_and_collar", "commitment"]
    for name in ("pilot", "classes", "cap_and_collar"):
        assert 0 < found[name].premium < 0.75 * premium
        assert found[name].hours_change < -0.01
        assert found[name].units_change < -0.01


def test_a_pilot_that_measures_all_leaves_nothing_to_choose_on() -> None:
    goal = Goal(kept=0.9, margin=0.20, tail_margin=-0.9)
    terms = LeverTerms(pilot=1.0)
    pilot = savings(LOT, VIEWS, goal, OUTCOMES.factors, terms)[0]
    assert pilot.premium == pytest.approx(0, abs=0.01)
    lot = piloted(LOT, OUTCOMES.factors, 1.0)
    assert lot.input_bill.mean() == pytest.approx(LOT.input_bill.mean())
    assert np.std(lot.input_bill / lot.output_bill) < 0.03
    most = piloted(LOT, OUTCOMES.factors, 0.8)
    left = np.std(np.log(most.input_bill / most.output_bill))
    assert left == pytest.approx(0.6 * 0.25, rel=0.02)
    same = piloted(LOT, OUTCOMES.factors, 0.0)
    assert same.input_bill == pytest.approx(LOT.input_bill)


def test_without_spread_of_complexity_only_the_commitment_is_tried() -> None:
    factors = {"volume": OUTCOMES.factors["volume"]}
    found = savings(LOT, VIEWS, GOAL, factors, LeverTerms())
    assert [one.lever for one in found] == ["commitment"]
