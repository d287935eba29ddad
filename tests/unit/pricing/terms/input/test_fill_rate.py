from decimal import Decimal

import pytest

from pricing.terms.input.fill_rate import fill_rate_credit

TERMS = {"target": Decimal("0.95"), "credit_per_point": Decimal("0.01"), "cap": Decimal("0.1")}


def test_at_or_above_the_target_nothing_is_credited():
    assert fill_rate_credit(Decimal(100), Decimal(95), **TERMS) == 0
    assert fill_rate_credit(Decimal(100), Decimal(120), **TERMS) == 0


def test_each_point_below_the_target_is_credited():
    assert fill_rate_credit(Decimal(100), Decimal(92), **TERMS) == Decimal("0.03")


def test_the_credit_stops_at_its_cap():
    assert fill_rate_credit(Decimal(100), Decimal(50), **TERMS) == Decimal("0.1")


def test_nothing_ordered_is_nothing_missed():
    assert fill_rate_credit(Decimal(0), Decimal(0), **TERMS) == 0


@pytest.mark.parametrize(
    ("ordered", "terms"),
    [(Decimal(-1), {}), (Decimal(1), {"target": Decimal(2)}), (Decimal(1), {"cap": Decimal(-1)})],
)
def test_negative_figures_and_shares_beyond_one_are_refused(ordered, terms):
    with pytest.raises(ValueError, match="0"):
        fill_rate_credit(ordered, Decimal(1), **(TERMS | terms))
