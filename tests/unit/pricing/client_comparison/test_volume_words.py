"""Volumes in words: whole where they are large, three digits where one unit counts."""

import pytest

from pricing.charts.comparison_cells import volume


@pytest.mark.parametrize(
    ("units", "text"),
    [
        (48463.4, "48,463"),
        (100.0, "100"),
        (99.96, "100"),
        (99.94, "99.9"),
        (10.0, "10"),
        (9.999, "10"),
        (0.874, "0.87"),
        (1.0, "1"),
        (0, "0"),
        (-0.25, "-0.25"),
    ],
)
def test_a_volume_is_written_as_exactly_as_it_is_read(units: float, text: str) -> None:
    assert volume(units) == text
