"""One factor at a time: what its P10 and P90 do to the margin of each offer."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from pricing.risk.factors import FACTORS
from pricing.risk.report import TornadoBar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from pricing.risk.ground import StudyGround

    Array = NDArray[np.float64]

_PLACES = 4
_P90 = NormalDist().inv_cdf(0.9)


def tornado(ground: StudyGround) -> tuple[TornadoBar, ...]:
    """Move one factor at a time from its P10 to its P90, the widest swing of a margin first."""
    bars = []
    for factor in ground.model.factors:
        ends = factor.distribution.values(np.array([-_P90, _P90]))
        margins = [_margins_at(ground, {factor.name: ends[i : i + 1]}) for i in range(2)]
        bars.append(
            TornadoBar(
                factor=factor.name,
                low=round(float(ends[0]), _PLACES),
                high=round(float(ends[1]), _PLACES),
                input_low=margins[0][0],
                input_high=margins[1][0],
                output_low=margins[0][1],
                output_high=margins[1][1],
            )
        )
    order = {name: place for place, name in enumerate(FACTORS)}
    return tuple(sorted(bars, key=lambda bar: (-_swing(bar), order[bar.factor])))


def _swing(bar: TornadoBar) -> float:
    swings = bar.input_high - bar.input_low, bar.output_high - bar.output_low
    return max(abs(swing) for swing in swings)


def _margins_at(ground: StudyGround, factors: Mapping[str, Array]) -> tuple[float, float]:
    bills = ground.bills(ground.solved.outcomes(factors, 1))
    kept = ground.target.kept
    first, second = (
        round(float((kept - cost / bill)[0]), 2 * _PLACES) for bill, cost in bills.values()
    )
    return first, second
