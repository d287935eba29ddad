"""Queues with abandonment from the birth-death chain itself, in 40 digits: no closed form."""

from dataclasses import dataclass

import mpmath


@dataclass(frozen=True)
class Chain:
    """Stationary weights of M/M/n+M: all agents busy and j waiting, and all states below."""

    served_at_once: mpmath.mpf
    waiting: list[mpmath.mpf]
    agent_rate: mpmath.mpf  # all agents together, in units of one caller's rate of hanging up
    arrival_rate: mpmath.mpf

    @property
    def total(self):
        return self.served_at_once + mpmath.fsum(self.waiting)

    @property
    def wait_probability(self):
        return mpmath.fsum(self.waiting) / self.total

    @property
    def abandonment(self):
        """Callers waiting hang up at rate 1 each; divided by all who arrive."""
        queue = mpmath.fsum(j * weight for j, weight in enumerate(self.waiting)) / self.total
        return queue / self.arrival_rate

    def late(self, threshold):
        """Share answered after the threshold (in mean patiences).

        Follows a caller with i others ahead by uniformisation: one moves up at rate x + i, hangs up
        at rate 1; still waiting at the threshold, one is answered with probability x / (x + i + 1).
        """
        x, last = self.agent_rate, len(self.waiting) - 1
        rate = x + last + 1
        position = [weight / self.total for weight in self.waiting]
        left = [mpmath.mpf(0)] * len(position)
        poisson = mpmath.exp(-rate * threshold)
        step = 0
        while step < rate * threshold + 20 or poisson > mpmath.mpf(10) ** -40:
            left = [old + poisson * p for old, p in zip(left, position, strict=True)]
            moved = [(x + i) / rate * position[i] for i in range(1, last + 1)] + [0]
            stayed = [(1 - (x + i + 1) / rate) * p for i, p in enumerate(position)]
            position = [up + same for up, same in zip(moved, stayed, strict=True)]
            step += 1
            poisson *= rate * threshold / step
        return mpmath.fsum(p * x / (x + i + 1) for i, p in enumerate(left))


def impatient_chain(load, agents, patience):
    """Weigh the states; `patience` is in mean handling times."""
    load, patience = mpmath.mpf(load), mpmath.mpf(patience)
    x, y = agents * patience, load * patience
    weight, below = mpmath.mpf(1), mpmath.mpf(0)
    for k in range(agents, 0, -1):
        weight *= k / load
        below += weight
    waiting = [mpmath.mpf(1)]
    while waiting[-1] > mpmath.mpf(10) ** -38 * waiting[0] or y > x + len(waiting):
        waiting.append(waiting[-1] * y / (x + len(waiting)))
    return Chain(below, waiting, x, y)


def late_share(load, agents, patience, threshold):
    """Share answered after the threshold, by the incomplete gamma functions of mpmath.

    For queues too large to follow a caller; checked against that in the tests.
    """
    load, patience, threshold = (mpmath.mpf(v) for v in (load, patience, threshold))
    x, y = agents * patience, load * patience
    chain = impatient_chain(load, agents, patience)
    remaining = y * mpmath.exp(-threshold)
    later = mpmath.gammainc(x + 1, 0, remaining) / mpmath.gammainc(x, 0, y)
    return chain.wait_probability * later / y


def fewest_impatient(load, patience, target, threshold, max_abandonment=1):
    """Try 1, 2, 3, ... agents."""
    agents = 1
    while True:
        chain = impatient_chain(load, agents, patience)
        missed = chain.abandonment + chain.late(threshold)
        if 1 - missed >= target and chain.abandonment <= max_abandonment:
            return agents
        agents += 1
