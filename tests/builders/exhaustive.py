"""Tiny rosters by trying every one of them: no solver, no matrices of the code under test."""

from itertools import product

from tests.builders.fifo import work_unit_by_unit


def rosters(problem, most_per_shift):
    """Yield (cost with seats, heads by interval) of every roster within the seats."""
    size, hours = problem.grid.size, problem.grid.interval_h
    worked = [
        [(shift.start + k) % size for k in range(shift.length)] for shift in problem.catalogue
    ]
    prices = [sum(problem.cost_by_interval[t] * hours for t in spans) for spans in worked]
    for counts in product(range(most_per_shift + 1), repeat=len(worked)):
        heads = [0] * size
        for people, spans in zip(counts, worked, strict=True):
            for t in spans if people else ():
                heads[t] += people
        left = problem.seats_left
        if left is not None and any(h > s for h, s in zip(heads, left, strict=True)):
            continue
        labour = sum(people * price for people, price in zip(counts, prices, strict=True))
        yield labour + problem.seat_price * max(heads), heads


def least_cost_cover(problem, most_per_shift):
    """Cheapest roster that covers the heads; None when there is none."""
    needed = problem.target.heads
    return min(
        (
            cost
            for cost, heads in rosters(problem, most_per_shift)
            if all(h >= n - 1e-6 for h, n in zip(heads, needed, strict=True))
        ),
        default=None,
    )


def least_cost_in_time(problem, most_per_shift):
    """Cheapest roster that finishes whole units in time; units per head are whole."""
    work = problem.target
    arrivals = [int(units) for units in work.arrivals]
    best = None
    for cost, heads in sorted(rosters(problem, most_per_shift), key=lambda roster: roster[0]):
        if best is not None:
            break
        if any(h < f - 1e-6 for h, f in zip(heads, work.floor_heads, strict=True)):
            continue
        capacity = [int(h * rate) for h, rate in zip(heads, work.units_per_head, strict=True)]
        if sum(capacity) < sum(arrivals):
            continue
        _, late = work_unit_by_unit(arrivals, capacity, work.due_intervals, warm_up_weeks=2)
        if not any(late):
            best = cost
    return best
