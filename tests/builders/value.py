"""Factor spaces and convex costs for value functions."""

import numpy as np

from staffing.hiring.factors import additive, standard_draws
from staffing.optimize.workforce.value.recourse_cost import RecourseCost
from tests.builders.two_stage import problem


def space(pools=2, weeks=16, factors=2, staff_productivity=0.0):
    """Return a problem and level and trend (and a peak) around uneven demand and its staff."""
    asked = problem(scenarios=2, weeks=weeks, pools=pools)
    week = np.arange(weeks)[:, None] + np.zeros((1, pools))
    moves = np.stack([0 * week + 5.0, 7 * week / weeks, 9 * np.exp(-(((week - 8) / 3) ** 2))])
    demand, staff = asked.demand[0], 0.5 * asked.demand[0] + 52.0
    return asked, additive(demand, staff, moves[:factors], staff_productivity)


def recourse_cost(**case):
    """Return the recourse cost over such a space."""
    asked, factors = space(**case)
    return RecourseCost(asked, factors)


def highest_plane(factors=2, planes=30, seed=0):
    """Return a convex cost in closed form: the highest of some planes."""
    draw = np.random.default_rng(seed)
    slopes, heights = draw.normal(size=(planes, factors)), draw.normal(size=planes)

    def solve(point):
        values = slopes @ point + heights
        best = int(values.argmax())
        return float(values[best]), slopes[best]

    return solve


def draws(count=3_000, factors=2, seed=1):
    """Return truncated standard normal draws."""
    return standard_draws(count, factors, seed)
