"""Queueing figures from the birth-death chain itself: exact fractions, no Erlang recursion."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import floor


def as_decimal(number):
    fraction = Fraction(number)
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def waiting_probability(load, agents):
    """Add up the stationary weights a^k / k! of the chain; all states from `agents` on wait."""
    a = Fraction(load)
    weight = free = Fraction(1)
    for k in range(1, agents):
        weight = weight * a / k
        free += weight
    waiting = weight * a / agents / (1 - a / agents)
    return waiting / (free + waiting)


def service_level(load, agents, handle_time_s, threshold_s):
    """1 - C exp(-(n - a) T / AHT) to 40 digits."""
    with localcontext(prec=40):
        spare = (Fraction(agents) - Fraction(load)) * Fraction(threshold_s)
        tail = (-as_decimal(spare / Fraction(handle_time_s))).exp()
        return Decimal(1) - as_decimal(waiting_probability(load, agents)) * tail


def fewest_agents(load, handle_time_s, target, threshold_s, max_occupancy=1.0):
    """Try 1, 2, 3, ... agents; the occupancy cap is read as the decimal it is written as."""
    agents = 1
    while True:
        stable = agents > load
        fits = Fraction(load) <= Fraction(str(max_occupancy)) * agents * (1 + Fraction(1, 10**12))
        if stable and fits:
            level = service_level(load, agents, handle_time_s, threshold_s)
            if level >= as_decimal(target):
                return agents
        agents = max(agents, floor(load)) + 1
