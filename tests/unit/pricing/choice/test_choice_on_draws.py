"""The client's choice on futures: against the closed forms, and by hand."""

import numpy as np
import pytest

from pricing.choice.beliefs import Knowledge, beliefs, normal_scores
from pricing.choice.decision import (
    INPUT,
    NEITHER,
    OUTPUT,
    Goal,
    Perceived,
    after_choice,
    alone,
    judge,
    perceive,
    picks,
    revenue_and_cost,
    tail_of,
)
from pricing.choice.levels import curve, lowest_level, pair_at, stand_alone, together
from pricing.choice.lot import BUNDLE, Lot, lots_of
from pricing.choice.menu import Menu
from pricing.choice.point import Rivalry, against, expected_profit, preferred_offer
from pricing.choice.price_pairs import Target, equal_premium_pair, price_pairs
from pricing.choice.winning import WinCurve, won
from staffing.errors import BadInputError
from tests.builders.choice import lot_of_bills, prices_of, stylised_outcomes

MENU = Menu(rate=10, unit_price=2, hours_per_unit=0.2, mu=-0.02, sigma=0.25)
TARGET = Target(7.5, 0.20)
GOAL = Goal(kept=1.0, margin=0.20, tail_margin=-0.9)
DRAWS = 20_000
OUTCOMES = stylised_outcomes(DRAWS)
(LOT,) = lots_of(OUTCOMES, prices_of(OUTCOMES), "service")
NOISE = 4 * 0.25 / np.sqrt(DRAWS)  # four standard errors of what is known


def seen_by(lot: Lot, volume: float = 0.0, complexity: float = 1.0) -> Perceived:
    return perceive(lot, beliefs(OUTCOMES.factors, Knowledge(volume, complexity)))


@pytest.mark.parametrize("knowledge", [1.0, 0.6, 0.2])
def test_revenue_on_draws_is_that_of_the_closed_form(knowledge: float) -> None:
    menu = Menu(10, 2, 0.2, -0.02, 0.25, knowledge)
    result = after_choice(LOT, seen_by(LOT, complexity=knowledge), 1, 1, 1.0)
    assert result.revenue == pytest.approx(menu.revenue, abs=NOISE)
    assert result.margin == pytest.approx(menu.margin(7.5), abs=NOISE)
    assert result.input_share == pytest.approx(menu.hourly_share, abs=0.02)


def test_a_client_that_knows_nothing_takes_the_cheaper_expected_bill_always() -> None:
    seen = seen_by(LOT, complexity=0.0)
    for units, offer in ((1.0, OUTPUT), (1.02, INPUT)):
        taken = picks(seen, 1.0, units)
        assert set(taken) == {offer}
        assert after_choice(LOT, seen, 1.0, units, 1.0).revenue == pytest.approx(
            min(LOT.input_bill.mean(), units * 2)
        )


def test_what_the_client_expects_is_right_on_average_and_shrunk_to_what_it_knows() -> None:
    views = beliefs(OUTCOMES.factors, Knowledge(0, 0.6))
    expected = views.expected(LOT.input_bill)
    assert expected.mean() == pytest.approx(LOT.input_bill.mean(), rel=2e-3)
    assert np.log(expected).std() == pytest.approx(0.6 * 0.25, rel=0.03)
    slope = np.polyfit(expected, LOT.input_bill, 1)[0]
    assert slope == pytest.approx(1.0, abs=0.03)


def test_the_spread_is_what_the_client_does_not_know() -> None:
    bill = LOT.input_bill
    for q in (0.0, 0.6):
        spread = beliefs(OUTCOMES.factors, Knowledge(0, q)).spread(bill)
        unknown = bill.mean() * np.sqrt(
            np.exp(0.25**2) - np.exp((q * 0.25) ** 2)
        )  # root of the mean conditional variance
        assert np.sqrt((spread**2).mean()) == pytest.approx(unknown, rel=0.03)
    assert beliefs(OUTCOMES.factors, Knowledge(0, 1.0)).spread(bill).mean() < 0.02 * bill.mean()


def test_volume_that_is_known_moves_both_bills_and_no_choice() -> None:
    outcomes = stylised_outcomes(DRAWS, volume_sd=0.3)
    (lot,) = lots_of(outcomes, prices_of(outcomes), "service")
    seen = perceive(lot, beliefs(outcomes.factors, Knowledge(1.0, 0.0)))
    assert np.log(seen.output_bill).std() == pytest.approx(0.3, rel=0.01)
    assert seen.indifferent_at.std() < 0.02
    both = perceive(lot, beliefs(outcomes.factors, Knowledge(1.0, 1.0)))
    assert (both.indifferent_at > 1).mean() == pytest.approx(1 - MENU.hourly_share, abs=0.02)


def test_knowledge_of_a_factor_that_follows_another_adds_nothing() -> None:
    factors = {
        "volume": OUTCOMES.factors["complexity"],
        "complexity": OUTCOMES.factors["complexity"],
    }
    views = beliefs(factors, Knowledge(1.0, 1.0))
    assert np.ptp(views.scores[1]) == 0


def test_a_client_that_minds_the_spread_buys_the_steadier_bill() -> None:
    views = beliefs(OUTCOMES.factors, Knowledge(0, 0.3))
    calm, afraid = (perceive(LOT, views, aversion) for aversion in (0.0, 1.0))
    shares = [after_choice(LOT, seen, 1, 1.1, 1.0).input_share for seen in (calm, afraid)]
    assert shares[1] < shares[0] - 0.2
    with pytest.raises(BadInputError, match="risk_aversion"):
        perceive(LOT, views, 6)


def test_scores_of_a_lognormal_are_its_standardised_log() -> None:
    log_k = np.log(OUTCOMES.factors["complexity"])
    score = normal_scores(OUTCOMES.factors["complexity"])
    assert np.abs(score - (log_k + 0.02) / 0.25).mean() < 0.02
    assert not normal_scores(np.ones(5)).any()


def test_stand_alone_levels_are_the_prices_of_the_model() -> None:
    base = stand_alone(LOT, GOAL)
    assert 10 * base.hours == pytest.approx(9.375)
    assert 2 * base.units == pytest.approx(TARGET.revenue(MENU), rel=2e-3)
    result = after_choice(LOT, seen_by(LOT), base.hours, base.units, 1.0)
    assert result.margin == pytest.approx(0.1116, abs=0.01)


def test_the_curve_on_draws_is_that_of_the_closed_form() -> None:
    seen, base = seen_by(LOT), stand_alone(LOT, GOAL)
    pairs = curve(LOT, seen, GOAL, base)
    assert len(pairs) == 41
    for pair in pairs[::8]:
        result = after_choice(LOT, seen, pair.hours, pair.units, 1.0)
        assert result.margin == pytest.approx(0.20, abs=1e-12)
        rate = pair.hours / base.hours
        (exact,) = price_pairs(MENU, TARGET, (rate - 1,))
        if exact.unit_price < 3:
            assert 2 * pair.units == pytest.approx(exact.unit_price, rel=0.03)
    equal = pair_at(LOT, seen, GOAL, base.ratio)
    assert equal is not None
    premium = equal.hours / base.hours - 1
    assert premium == pytest.approx(equal_premium_pair(MENU, TARGET).rate_premium, abs=0.005)
    assert equal.units / base.units - 1 == pytest.approx(premium)


@pytest.mark.parametrize("tail", ["p10", "cvar"])
def test_the_lowest_level_holds_the_tail_and_a_lower_one_does_not(tail: str) -> None:
    goal = Goal(1.0, 0.05, 0.0, tail)  # type: ignore[arg-type]
    level, binding = lowest_level(LOT.output_bill, LOT.output_cost, goal)
    assert binding == "tail"
    assert alone(LOT, OUTPUT, level, 1.0).holds(goal)
    assert alone(LOT, OUTPUT, level, 1.0).tail(goal.tail) == pytest.approx(0.0, abs=1e-12)
    assert not alone(LOT, OUTPUT, 0.999 * level, 1.0).holds(goal)
    assert lowest_level(LOT.output_bill, LOT.output_cost, GOAL)[1] == "margin"


def test_a_choice_by_hand() -> None:
    lot = lot_of_bills((80, 100, 130), (100, 100, 100), (60, 75, 97.5), (66, 75, 90))
    seen = Perceived(lot.input_bill, lot.output_bill)
    taken = picks(seen, 1.0, 1.0)
    assert list(taken) == [INPUT, INPUT, OUTPUT]  # equal bills: hours
    revenue, cost = revenue_and_cost(lot, taken, 1.0, 1.0)
    assert (list(revenue), list(cost)) == ([80, 100, 100], [60, 75, 90])
    result = judge(revenue, cost, taken, 0.9)
    assert result.profit == pytest.approx(0.9 * 280 / 3 - 75)
    assert result.margin == pytest.approx(0.9 - 225 / 280)
    assert result.loss_probability == 0
    assert judge(revenue, cost, taken, 0.8).loss_probability == pytest.approx(1 / 3)
    assert tail_of(cost / revenue, "cvar") == 0.9


def test_an_outside_option_takes_those_for_whom_it_is_cheaper() -> None:
    lot = lot_of_bills((80, 100, 130), (100, 100, 100), (60, 75, 97.5))
    seen = Perceived(lot.input_bill, lot.output_bill, np.array([79.0, 100.0, 120.0]))
    taken = picks(seen, 1.0, 1.0)
    assert list(taken) == [NEITHER, INPUT, OUTPUT]
    result = after_choice(lot, seen, 1.0, 1.0, 1.0)
    assert result.revenue == pytest.approx(200 / 3)
    assert result.cost == pytest.approx(172.5 / 3)
    assert (result.input_share, result.output_share) == (1 / 3, 1 / 3)
    gone = Perceived(lot.input_bill, lot.output_bill, np.ones(3))
    assert after_choice(lot, gone, 1.0, 1.0, 1.0).revenue == 0


def test_clients_with_another_option_leave_the_dear_work_and_prices_rise() -> None:
    views = beliefs(OUTCOMES.factors, Knowledge(0, 1.0))
    base = stand_alone(LOT, GOAL)
    outside = perceive(LOT, views, 0.0, 1.15 * base.hours * LOT.input_bill)
    free = pair_at(LOT, perceive(LOT, views), GOAL, base.ratio)
    bound = pair_at(LOT, outside, GOAL, base.ratio)
    assert free is not None
    assert bound is not None
    assert after_choice(LOT, outside, bound.hours, bound.units, 1.0).holds(GOAL)
    assert not after_choice(LOT, outside, 0.99 * bound.hours, 0.99 * bound.units, 1.0).holds(GOAL)
    assert pair_at(LOT, perceive(LOT, views, 0.0, 0.5 * LOT.input_bill), GOAL, 1.0) is None


def test_one_choice_for_two_services_gives_less_away() -> None:
    outcomes = stylised_outcomes(DRAWS, services=2)
    prices = prices_of(outcomes, rate=9.375, unit_price=1.8962)
    lots = lots_of(outcomes, prices, "service")
    (bundle,) = lots_of(outcomes, prices, "bundle")
    assert [lot.name for lot in lots] == ["a", "b"]
    assert (bundle.name, bundle.services) == (BUNDLE, ("a", "b"))
    apart = sum(
        np.minimum(lot.input_bill, lot.output_bill).mean() for lot in lots
    )  # full knowledge of each service
    one = np.minimum(bundle.input_bill, bundle.output_bill).mean()
    alone_revenue = 2 * 1.8962
    assert 1 - apart / alone_revenue == pytest.approx(0.100, abs=0.004)
    assert 1 - one / alone_revenue == pytest.approx(0.071, abs=0.004)


def test_lots_together_are_their_sums() -> None:
    outcomes = stylised_outcomes(DRAWS, services=2)
    lots = lots_of(outcomes, prices_of(outcomes), "service")
    views = beliefs(outcomes.factors, Knowledge(0, 1.0))
    seen = tuple(perceive(lot, views) for lot in lots)
    pairs = tuple(pair_at(lot, view, GOAL, 1.0) for lot, view in zip(lots, seen, strict=True))
    assert None not in pairs
    result = together(lots, seen, pairs, 1.0)  # type: ignore[arg-type]
    assert result.margin == pytest.approx(0.20)
    assert result.input_share + result.output_share == pytest.approx(1)
    assert result.p10 > min(
        after_choice(lot, view, pair.hours, pair.units, 1.0).p10  # type: ignore[union-attr]
        for lot, view, pair in zip(lots, seen, pairs, strict=True)
    )


def test_the_offer_that_most_prefer_has_the_smaller_premium() -> None:
    seen, base = seen_by(LOT), stand_alone(LOT, GOAL)
    equal, other = pair_at(LOT, seen, GOAL, base.ratio), preferred_offer(LOT, seen, GOAL)
    assert equal is not None
    assert other is not None
    result = after_choice(LOT, seen, other.hours, other.units, 1.0)
    assert result.holds(GOAL)
    assert other.hours < equal.hours
    assert other.units > equal.units
    assert 0.10 <= result.output_share <= 0.2


def test_expected_profit_counts_the_cost_of_what_is_won() -> None:
    seen, curve_ = seen_by(LOT), WinCurve(10)
    rivalry = Rivalry(LOT.input_bill, curve_)
    pair = stand_alone(LOT, GOAL)
    found = against(LOT, seen, pair, 1.0, rivalry)
    exact = won(Menu(10 * pair.hours, 2 * pair.units, 0.2, -0.02, 0.25), 7.5, 10, curve_)
    assert found.probability == pytest.approx(exact.probability, abs=0.01)
    assert found.profit == pytest.approx(exact.profit, abs=0.01)
    assert found.curse == pytest.approx(exact.curse, abs=0.01)
    assert found.curse > 0.03
    best = expected_profit(LOT, seen, GOAL, rivalry)
    assert best is not None
    assert best.margin >= 0.20 - 1e-3
    assert best.profit > found.profit
    little = seen_by(LOT, complexity=0.2)
    best = expected_profit(LOT, little, GOAL, rivalry)
    assert best is not None
    taken = picks(little, best.pair.hours, best.pair.units)
    assert 0.09 <= (taken == OUTPUT).mean() <= 0.91
    assert expected_profit(LOT, seen, Goal(1.0, 0.99, 0), rivalry) is None


@pytest.mark.parametrize(
    ("figures", "path"),
    [
        ({"kept": 0.0}, "goal.kept"),
        ({"kept": 1.2}, "goal.kept"),
        ({"margin": 0.95}, "goal.margin"),
        ({"margin": float("nan")}, "goal.margin"),
        ({"tail_margin": 0.9}, "goal.tail_margin"),
    ],
)
def test_a_goal_that_no_price_meets_is_refused(figures: dict[str, float], path: str) -> None:
    with pytest.raises(BadInputError) as error:
        Goal(**{"kept": 0.9, "margin": 0.2, "tail_margin": 0.0} | figures)  # type: ignore[arg-type]
    assert error.value.issues[0].path == path


def test_knowledge_and_bills_are_refused_by_name() -> None:
    with pytest.raises(BadInputError, match=r"knowledge\.complexity"):
        Knowledge(0.5, 1.5)
    with pytest.raises(BadInputError, match=r"a\.output_bill: bills above 0"):
        lot_of_bills((1, 2), (1, 0), (1, 1))


def test_equal_values_are_ranked_in_the_order_they_come_in() -> None:
    values = np.random.default_rng(4).integers(0, 6, 500).astype(float)
    assert np.array_equal(np.argsort(normal_scores(values)), np.argsort(values, kind="stable"))
