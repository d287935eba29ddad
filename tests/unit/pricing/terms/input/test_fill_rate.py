from decimal import Decimal as D

import pytest

from pricing.terms.input.fill_rate import fill_rate_credit

TERMS = {"target": D("0.95"), "credit_per_point": D("0.01"), "cap": D("0.1")}


def test_at_or_above_the_target_nothing_is_credited():
    assert fill_rate_credit(D(100), D(95), **TERMS) == 0
    assert fill_rate_credit(D(100), D(120), **TERMS) == 0


def test_each_point_below_the_target_is_credited():
    assert fill_rate_credit(D(100), D(92), **TERMS) == D("0.03")


def test_the_credit_stops_at_its_cap():
    assert fill_rate_credit(D(100), D(50), **TERMS) == D("0.1")


def test_nothing_ordered_is_nothing_missed():
    assert fill_rate_credit(D(0), D(0), **TERMS) == 0


@pytest.mark.parametrize(
    ("ordered", "terms"), [(D(-1), {}), (D(1), {"target": D(2)}), (D(1), {"cap": D(-1)})]
)
def test_negative_figures_and_shares_beyond_one_are_refused(ordered, terms):
    with pytest.raises(ValueError, match="0"):
        fill_rate_credit(ordered, D(1), **(TERMS | terms))
