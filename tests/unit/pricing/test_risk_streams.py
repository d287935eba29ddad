"""Common random numbers: one stream per factor, correlated by a Gaussian copula."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pricing.risk.correlation import (
    Correlation,
    correlation_matrix,
    possible_range,
    triangle,
)
from pricing.risk.distributions import Lognormal, Triangular
from pricing.risk.streams import factor_draws, normal_draws
from staffing.errors import BadInputError

NAMES = ("volume", "complexity", "attrition")


def test_a_factor_that_is_added_moves_no_other() -> None:
    two = factor_draws({"volume": Lognormal(1, 0.1), "fx": Lognormal(1, 0.1)}, np.eye(2), 500, 3)
    three = factor_draws(
        {"volume": Lognormal(1, 0.1), "ramp": Triangular(0.5, 1, 2), "fx": Lognormal(1, 0.1)},
        np.eye(3),
        500,
        3,
    )
    assert np.array_equal(two["volume"], three["volume"])
    assert np.array_equal(two["fx"], three["fx"])
    assert abs(np.corrcoef(three["ramp"], three["fx"])[0, 1]) < 0.15


def test_a_correlation_moves_only_the_later_of_two_factors() -> None:
    alone = normal_draws(NAMES, np.eye(3), 400, 3)
    stated = correlation_matrix(NAMES, [Correlation("complexity", "attrition", 0.6)])
    together = normal_draws(NAMES, stated, 400, 3)
    assert np.array_equal(together[:2], alone[:2])
    assert not np.array_equal(together[2], alone[2])


def test_the_draws_are_these_on_every_machine_and_in_every_process() -> None:
    golden = [1.161479075860591, -0.273574988180545, -1.7983483560342826]
    assert normal_draws(("volume",), np.eye(1), 3, 0)[0] == pytest.approx(golden, abs=1e-12)
    assert not np.array_equal(
        normal_draws(("volume",), np.eye(1), 3, 1), normal_draws(("volume",), np.eye(1), 3, 0)
    )


def test_ranks_go_together_as_a_gaussian_copula_says() -> None:
    matrix = correlation_matrix(NAMES, [Correlation("volume", "complexity", 0.7)])
    shapes = {name: Triangular(0.5, 1.0, 3.0) for name in NAMES}
    drawn = factor_draws(shapes, matrix, 40_000, 5)
    ranks = np.array([drawn[n].argsort().argsort() for n in ("volume", "complexity")], float)
    expected = 6 / np.pi * np.arcsin(0.7 / 2)
    assert np.corrcoef(ranks)[0, 1] == pytest.approx(expected, abs=0.01)


def test_draws_are_held_within_four_standard_deviations() -> None:
    assert np.abs(normal_draws(("volume",), np.eye(1), 200_000, 0)).max() == 4.0


def test_the_triangle_gives_back_a_singular_matrix() -> None:
    same = np.array([[1.0, 1.0, 0.3], [1.0, 1.0, 0.3], [0.3, 0.3, 1.0]])
    lower = triangle(same)
    assert lower @ lower.T == pytest.approx(same)
    assert np.allclose(lower, np.tril(lower))


def test_an_impossible_matrix_names_the_pair_nearest_to_a_possible_one() -> None:
    stated = [
        Correlation("volume", "complexity", 0.9),
        Correlation("complexity", "attrition", 0.9),
        Correlation("volume", "attrition", 0.1),
    ]
    with pytest.raises(BadInputError, match="volume and complexity") as caught:
        correlation_matrix(NAMES, stated)
    (issue,) = caught.value.issues
    assert issue.path == "commercial.uncertainty.correlations[0]"
    # 0.9 x 0.1 -+ sqrt((1 - 0.9^2)(1 - 0.1^2)): what the two others leave to it.
    assert "from -0.3437 to 0.5237" in issue.accepted
    correlation_matrix(NAMES, [Correlation("volume", "complexity", 0.5237), *stated[1:]])


def test_where_no_single_pair_helps_all_are_to_come_down() -> None:
    names = ("a", "b", "c", "d", "e")
    pairs = [(x, y) for i, x in enumerate(names) for y in names[i + 1 :]]
    stated = [Correlation(x, y, -0.6) for x, y in pairs]
    with pytest.raises(BadInputError, match=r"all of them times 0\.4166") as caught:
        correlation_matrix(names, stated)
    assert caught.value.issues[0].path.startswith("commercial.uncertainty.correlations[")
    correlation_matrix(names, [Correlation(x, y, -0.6 * 0.4166) for x, y in pairs])


@pytest.mark.parametrize(
    "stated",
    [
        [Correlation("volume", "volume", 0.5)],
        [Correlation("volume", "moon", 0.5)],
        [Correlation("volume", "attrition", 0.5), Correlation("attrition", "volume", 0.5)],
    ],
)
def test_a_pair_is_two_known_factors_once(stated: list[Correlation]) -> None:
    with pytest.raises(BadInputError, match="each pair once"):
        correlation_matrix(NAMES, stated)


@given(st.lists(st.floats(-1, 1), min_size=6, max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_correlation_inside_its_range_is_possible_and_outside_is_not(
    values: list[float],
) -> None:
    matrix = np.eye(4)
    matrix[np.triu_indices(4, 1)] = values
    matrix = np.triu(matrix) + np.triu(matrix, 1).T
    ends = possible_range(matrix, 1, 3)
    assume(ends is not None)
    assert ends is not None
    low, high = ends
    assume(high - low > 1e-3)
    for value, possible in ((low + 1e-6, True), (high - 1e-6, True), (high + 1e-3, False)):
        matrix[1, 3] = matrix[3, 1] = value
        assert (np.linalg.eigvalsh(matrix)[0] >= -1e-9) == possible
