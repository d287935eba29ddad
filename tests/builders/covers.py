"""Cheapest cover of heads by shifts, by trying every number of people: no arrays, no solver."""

from itertools import product


def shortfall_of(requirement, shifts, people):
    short = [float(heads) for heads in requirement]
    for shift, count in zip(shifts, people, strict=True):
        for t in shift.covers:
            short[t] -= count
    return [max(0.0, heads) for heads in short]


def least_cost(requirement, shifts, price=None):
    """Cheapest cost; None when the limits allow no cover."""
    most = int(max(requirement)) + 1
    choices = [range((most if s.limit is None else min(most, s.limit)) + 1) for s in shifts]
    costs = []
    for people in product(*choices):
        short = sum(shortfall_of(requirement, shifts, people))
        if price is None and short > 0:
            continue
        labour = sum(s.cost * count for s, count in zip(shifts, people, strict=True))
        costs.append(labour + (price or 0) * short)
    return min(costs, default=None)
