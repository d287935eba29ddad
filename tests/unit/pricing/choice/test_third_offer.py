"""A third offer by which clients select themselves."""

import numpy as np
import pytest

from pricing.choice.beliefs import Knowledge, beliefs
from pricing.choice.decision import Goal, perceive
from pricing.choice.levels import pair_at, stand_alone
from pricing.choice.lot import lots_of
from pricing.choice.third_offer import LEAST_SHARE, ThirdOffer, third_offer
from tests.builders.choice import prices_of, stylised_outcomes

GOAL = Goal(kept=1.0, margin=0.20, tail_margin=-0.9)
OUTCOMES = stylised_outcomes(10_000)
(LOT,) = lots_of(OUTCOMES, prices_of(OUTCOMES), "service")


def designed(knowledge: float, aversion: float = 0.0) -> tuple[ThirdOffer | None, float]:
    """Third offer of a client's knowledge, and the premium of the menu of two."""
    views = beliefs(OUTCOMES.factors, Knowledge(0, knowledge))
    seen, base = perceive(LOT, views, aversion), stand_alone(LOT, GOAL)
    equal = pair_at(LOT, seen, GOAL, base.ratio)
    assert equal is not None
    found = third_offer(
        LOT,
        seen,
        views,
        GOAL,
        base,
        equal,
        risk_aversion=aversion,
        factors=OUTCOMES.factors,
    )
    return found, equal.hours / base.hours - 1


def test_easy_work_goes_by_the_hour_hard_work_by_the_unit_and_the_rest_takes_the_third() -> None:
    found, _ = designed(1.0)
    assert found is not None
    easy, hard, rest = found.complexity
    assert easy < rest < hard
    shares = (found.result.input_share, found.result.output_share, found.third_share)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) >= LEAST_SHARE
    assert found.volume == (1.0, 1.0, 1.0)


def test_the_third_is_cheaper_than_the_menu_of_two_and_the_whole_menu_holds_the_margin() -> None:
    found, premium = designed(1.0)
    assert found is not None
    assert found.result.holds(GOAL)
    assert found.result.margin == pytest.approx(0.20, abs=1e-4)
    assert 1 < found.level < 1 + premium
    base = stand_alone(LOT, GOAL)
    assert found.pure.hours / base.hours > 1 + premium


def test_clients_that_are_all_alike_cannot_be_told_apart() -> None:
    found, premium = designed(0.0)
    assert premium == pytest.approx(0, abs=1e-9)
    assert found is None


def test_means_without_a_factor_are_as_planned() -> None:
    views = beliefs(OUTCOMES.factors, Knowledge(0, 1.0))
    seen, base = perceive(LOT, views), stand_alone(LOT, GOAL)
    equal = pair_at(LOT, seen, GOAL, base.ratio)
    assert equal is not None
    found = third_offer(LOT, seen, views, GOAL, base, equal)
    assert found is not None
    assert found.complexity == (1.0, 1.0, 1.0)
    outside = perceive(LOT, views, 0.0, np.full(10_000, 1e9))
    same = third_offer(LOT, outside, views, GOAL, base, equal)
    assert same == found
