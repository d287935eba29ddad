"""A queue of single units worked first in, first out, one at a time: no cumulative sums."""

from collections import Counter, deque


def work_unit_by_unit(arrivals, capacity, due_intervals, warm_up_weeks=6):
    """Work whole units for some weeks, then follow one more week of arrivals to their end.

    Returns
    -------
    worked : list of int
        Units finished per interval of the followed week.
    late : list of int
        Units of each interval of the followed week that finish after their due interval.
    """
    size = len(arrivals)
    first, end = warm_up_weeks * size, (warm_up_weeks + 1) * size
    queue: deque[int] = deque()
    finished_in: Counter[int] = Counter()
    worked, late = [0] * size, [0] * size
    now = 0
    while now < end or any(arrived < end for arrived in queue):
        queue.extend([now] * arrivals[now % size])
        for _ in range(min(capacity[now % size], len(queue))):
            arrived = queue.popleft()
            finished_in[now] += 1
            if first <= arrived < end and now > arrived + due_intervals - 1:
                late[arrived - first] += 1
        now += 1
    for t in range(size):
        worked[t] = finished_in[first + t]
    return worked, late
