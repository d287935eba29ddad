"""Futures of demand over a term: around the forecast, as far off as its error says.

Every service moves with the same level, growth and season, as the risk of a quote has it: a client
that grows grows everywhere. Only the error of single weeks is each service's own.

    V_t = level x (trend_t (1 + g years_t) + (1 + s) (forecast_t - trend_t)) x week_t

`trend` is the forecast without its season, g the yearly growth that comes on top, s how much
stronger the season is; both are normal with mean 0. `level` is workload over the term, volume over
productivity, lognormal as in the risk of a quote; `week` is lognormal with mean 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from staffing.calendar import WEEKS_PER_YEAR
from staffing.demand import growth_path
from staffing.errors import BadInputError
from staffing.forecast.series import WEEKS_IN_SEASON, weekly_totals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.brief import StaffingBrief, VolumeHistory
    from staffing.calendar import ContractCalendar
    from staffing.demand import Demand

    Array = NDArray[np.float64]

FACTORS = ("level", "growth", "season")
MOST_SCENARIOS = 2_000
_MEDIAN_OF_DIFFERENCE = NormalDist().inv_cdf(0.75) * 2**0.5
_LEAST_YEARS = 2


@dataclass(frozen=True)
class DemandSpread:
    """How far demand may be from its forecast.

    Parameters
    ----------
    volume_cv, productivity_cv : float
        Coefficient of variation of volume and of units per hour over the whole term, 0 or more.
    growth_sd : float
        Standard deviation of the yearly growth, 0 or more: 0.03 for three points.
    season_cv : float
        Standard deviation of the season's strength, 0 or more: 0.2 for a fifth.
    weekly_cv : tuple of float
        Coefficient of variation of single weeks, by service, 0 or more.
    """

    volume_cv: float
    productivity_cv: float
    growth_sd: float
    season_cv: float
    weekly_cv: tuple[float, ...]

    @property
    def log_variance(self) -> float:
        """Variance of the logarithm of the level."""
        return float(np.log1p(self.volume_cv**2) + np.log1p(self.productivity_cv**2))

    def level(self, normal: Array) -> Array:
        """Workload over the term, 1 at plan, of standard normal draws.

        Volume and productivity have mean 1, so the workload has mean ``1 + productivity_cv^2``.
        """
        log_mean = (np.log1p(self.productivity_cv**2) - np.log1p(self.volume_cv**2)) / 2
        return np.asarray(np.exp(log_mean + np.sqrt(self.log_variance) * normal), dtype=float)


@dataclass(frozen=True)
class Forecast:
    """Weekly volumes of every service over the term, over those of its base week.

    Parameters
    ----------
    scale : ndarray, shape (services, weeks)
        The forecast.
    trend : ndarray, shape (services, weeks)
        The forecast without its season: level and growth.
    """

    scale: Array
    trend: Array

    @property
    def years(self) -> Array:
        """Years from the start of the term to the middle of each week, shape (weeks,)."""
        return np.asarray((np.arange(self.scale.shape[1]) + 0.5) / WEEKS_PER_YEAR, dtype=float)

    def paths(self, level: Array, growth: Array, season: Array) -> Array:
        """Volumes where the factors are these, each of shape (paths,); (paths, services, weeks).

        Never below 0, which takes a season or a decline that no forecast means.
        """
        level, growth, season = (one[:, None, None] for one in (level, growth, season))
        moved = self.trend * (1 + growth * self.years) + (1 + season) * (self.scale - self.trend)
        return np.asarray(np.maximum(level * moved, 0.0), dtype=float)


def forecast_of(
    brief: StaffingBrief, demands: dict[str, Demand], calendar: ContractCalendar
) -> Forecast:
    """Split the forecast of every service of a brief, in its order, into trend and season."""
    scale = np.array([demands[service.name].weekly_scale for service in brief.services])
    growth = np.array([growth_path(s.volume, calendar.num_weeks) for s in brief.services])
    weights = calendar.week_weights / calendar.week_weights.sum()
    return Forecast(scale, growth * ((scale / growth) @ weights)[:, None])


def demand_scenarios(forecast: Forecast, spread: DemandSpread, count: int, seed: int) -> Array:
    """Draw futures, each as likely as any other, shape (count, services, weeks).

    Level, growth and season are a Latin hypercube (McKay et al. 1979): each of `count` equally
    likely slices of each factor is met once, so few scenarios spread evenly.

    Parameters
    ----------
    forecast : Forecast
        What is expected.
    spread : DemandSpread
        How far off it may be.
    count : int
        Scenarios, 1 to 2,000.
    seed : int
        Of the draws, 0 or more; the same scenarios on every machine.

    Raises
    ------
    BadInputError
        When `count` is out of range.
    """
    if not 1 <= count <= MOST_SCENARIOS:
        raise BadInputError.at("scenarios", count, f"from 1 to {MOST_SCENARIOS:,}")
    draw = np.random.default_rng(seed)
    level, growth, season = (_stratified_normals(draw, count) for _ in FACTORS)
    paths = forecast.paths(
        spread.level(level), spread.growth_sd * growth, spread.season_cv * season
    )
    variance = np.log1p(np.array(spread.weekly_cv) ** 2)[:, None]
    noise = draw.standard_normal(paths.shape)
    return np.asarray(paths * np.exp(np.sqrt(variance) * noise - variance / 2), dtype=float)


def weekly_error(history: VolumeHistory) -> float | None:
    """Coefficient of variation of single weeks of a history around their season and level.

    From how far the ratio of the same week in two years is from their usual ratio. The median of
    that is ``0.6745 sqrt(2)`` standard deviations of a normal error, and a few weeks without
    precedent do not move it. None where there are fewer than two years, or weeks of nothing.
    """
    _, totals = weekly_totals(history)
    years = len(totals) // WEEKS_IN_SEASON
    used = totals[len(totals) - years * WEEKS_IN_SEASON :].reshape(years, WEEKS_IN_SEASON)
    if years < _LEAST_YEARS or not (used > 0).all():
        return None
    first, second = np.triu_indices(years, k=1)
    ratio = used[first] / used[second]
    off = np.abs(ratio / np.median(ratio, axis=1, keepdims=True) - 1)
    return float(np.median(off) / _MEDIAN_OF_DIFFERENCE)


def _stratified_normals(draw: np.random.Generator, count: int) -> Array:
    """One standard normal from each of `count` equally likely slices, in random order."""
    inverse = NormalDist().inv_cdf
    inside = draw.uniform(0.02, 0.98, count)
    return np.array([inverse(float(u)) for u in (draw.permutation(count) + inside) / count])
