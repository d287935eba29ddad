"""Draws of every distribution against its closed forms."""

from statistics import NormalDist

import numpy as np
import pytest
from numpy.typing import NDArray

from pricing.risk.distributions import (
    REACH,
    Distribution,
    Empirical,
    HeldNormal,
    Lognormal,
    Normal,
    Pert,
    Triangular,
)
from staffing.errors import BadInputError

STANDARD = NormalDist()


def normals_at(shares: list[float]) -> NDArray[np.float64]:
    """Standard normals at probabilities."""
    return np.array([STANDARD.inv_cdf(share) for share in shares])


EVEN = normals_at([(i + 0.5) / 20_000 for i in range(20_000)])
SHAPES: list[Distribution] = [
    Normal(1.0, 0.1),
    HeldNormal(1.0, 0.1, 0.95),
    Lognormal(1.2, 0.3),
    Triangular(0.5, 1.0, 2.0),
    Triangular(1.0, 1.0, 2.0),
    Pert(0.5, 1.0, 3.0),
    Pert(0.8, 1.0, 1.2),
    Empirical((0.9, 1.0, 1.3, 1.0)),
]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_mean_and_sd_are_those_of_the_closed_form(shape: Distribution) -> None:
    drawn = shape.values(np.clip(EVEN, -REACH, REACH))
    assert drawn.mean() == pytest.approx(shape.mean, rel=2e-4)
    assert drawn.std() == pytest.approx(shape.sd, rel=3e-3)
    assert drawn.min() >= shape.least


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_higher_normal_never_gives_a_lower_value(shape: Distribution) -> None:
    assert (np.diff(shape.values(np.linspace(-5, 5, 4001))) >= 0).all()


def test_lognormal_quantiles_are_those_of_the_formula() -> None:
    variance = np.log1p(0.3**2)
    for share in (0.01, 0.1, 0.5, 0.9, 0.99):
        z = STANDARD.inv_cdf(share)
        expected = np.exp(-variance / 2 + np.sqrt(variance) * z)
        assert Lognormal(1.0, 0.3).values(np.array([z]))[0] == pytest.approx(expected, rel=1e-12)


def test_triangular_quantiles_are_those_of_the_formula() -> None:
    low, high = 0.5 + np.sqrt(0.1 * 1.5 * 0.5), 2.0 - np.sqrt(0.1 * 1.5 * 1.0)
    found = Triangular(0.5, 1.0, 2.0).values(normals_at([0.1, 1 / 3, 0.9]))
    assert found == pytest.approx([low, 1.0, high], abs=1e-5)


def test_a_pert_in_the_middle_is_symmetric_and_a_beta_of_three_and_three() -> None:
    # The distribution function of a beta(3, 3): 10 x^3 - 15 x^4 + 6 x^5.
    shape = Pert(0.0001, 1.0, 1.9999)
    found = (shape.values(normals_at([0.1, 0.25, 0.5, 0.9])) - 0.0001) / 1.9998
    assert 10 * found**3 - 15 * found**4 + 6 * found**5 == pytest.approx(
        [0.1, 0.25, 0.5, 0.9], abs=1e-5
    )


def test_an_empirical_draw_is_one_of_the_values_each_as_often() -> None:
    drawn = Empirical((0.9, 1.3, 1.0)).values(EVEN)
    values, counts = np.unique(drawn, return_counts=True)
    assert values == pytest.approx([0.9, 1.0, 1.3])
    assert counts == pytest.approx([20_000 / 3] * 3, abs=2)


def test_an_empty_history_is_refused() -> None:
    with pytest.raises(BadInputError, match="one value or more"):
        Empirical(())
