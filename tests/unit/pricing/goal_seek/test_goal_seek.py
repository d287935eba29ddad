"""Prices that hold a margin, against the draws; equal bills, against a scan."""

from decimal import Decimal

import numpy as np
import pytest

from pricing.goal_seek import GoalSeekRequest, goal_seek
from pricing.goal_seek.price import level_needed, raised
from pricing.goal_seek.productivity import SEARCHED, TOLERANCE, equal_productivity
from pricing.risk.measures import measure
from staffing.errors import BadInputError
from tests.builders.risk import DRAWS, small_engagement, small_plan, small_risk

KEPT = 0.88


def sought(**asked):
    request = GoalSeekRequest(draws=DRAWS, seed=1, **asked)
    return goal_seek(small_engagement(), request, small_plan(), small_risk())


@pytest.mark.parametrize("by", ["expected", "p10"])
def test_the_level_holds_the_margin_exactly_and_a_little_less_does_not(by) -> None:
    rng = np.random.default_rng(0)
    bill, cost = rng.uniform(90, 110, 999), rng.uniform(50, 90, 999)
    level = level_needed(bill, cost, kept=KEPT, margin=0.18, by=by)

    def held(at):
        margin = measure(at * bill, cost, kept=KEPT, floor=0).margin
        return margin.mean if by == "expected" else margin.p10

    assert held(level) == pytest.approx(0.18, abs=1e-12)
    assert held(level * (1 - 1e-6)) < 0.18


def test_prices_are_raised_to_the_digits_they_are_quoted_in() -> None:
    assert raised({"claims": Decimal("1.2000")}, 1.00001) == {"claims": Decimal("1.2001")}
    assert raised({"claims": Decimal("1.2000")}, 1.0) == {"claims": Decimal("1.2000")}


@pytest.mark.parametrize("by", ["expected", "p10"])
def test_the_needed_prices_of_both_offers_hold_what_was_sought(by) -> None:
    for offer in sought(margin=0.2, measure=by).offers:
        now = getattr(offer.as_needed, by)
        assert 0.2 - 1e-6 <= now < 0.201
        (price,) = offer.prices
        assert (offer.level > 1) == (price.needed > price.quoted)


def test_p10_asks_for_more_than_the_mean_and_a_higher_margin_for_more_still() -> None:
    levels = [
        [one.level for one in sought(margin=margin, measure=by).offers]
        for margin, by in ((0.1, "expected"), (0.1, "p10"), (0.15, "p10"))
    ]
    assert levels[0][0] < levels[1][0] < levels[2][0]
    assert levels[0][1] < levels[1][1] < levels[2][1]


def test_a_margin_that_no_price_leaves_is_refused_with_what_is_left() -> None:
    with pytest.raises(BadInputError, match=r"margin below 0\.\d+"):
        sought(margin=0.95)


def test_bills_are_equal_where_a_scan_finds_them_so() -> None:
    def staircase(people):
        return Decimal(int(np.ceil(people * 10 - 1e-12))) * 100

    found = equal_productivity(staircase, Decimal(1250))
    assert found is not None
    scan = min(p for p in np.linspace(*SEARCHED, 29_001) if staircase(1 / p) <= 1250)
    assert found == pytest.approx(scan, abs=1e-4)
    assert staircase(1 / found) <= 1250 < staircase(1 / (found - TOLERANCE))


@pytest.mark.parametrize("output", [Decimal(1), Decimal(10**9)])
def test_where_one_offer_is_always_cheaper_there_is_no_such_productivity(output) -> None:
    assert equal_productivity(lambda people: Decimal(100) * Decimal(people), output) is None


def test_the_quoted_offers_are_equal_near_the_ratio_of_their_bills() -> None:
    found = sought(margin=0.1).productivity
    assert found.share is not None
    assert found.share == pytest.approx(found.without_steps, abs=0.1)
    assert found.input_bill is not None
    assert found.input_bill_below is not None
    assert found.input_bill.amount <= found.output_bill.amount < found.input_bill_below.amount
