"""Laws of deferrable work, against a queue worked unit by unit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from staffing.turnaround import work_off
from tests.builders.fifo import work_unit_by_unit


@st.composite
def weeks(draw):
    """Whole units and capacities on a short cyclic week, and a due time of up to three weeks."""
    size = draw(st.integers(2, 8))
    counts = st.lists(st.integers(0, 6), min_size=size, max_size=size)
    return draw(counts), draw(counts), draw(st.integers(1, 3 * size))


@given(weeks())
def test_worked_and_late_units_are_those_of_the_queue_worked_unit_by_unit(case):
    arrivals, capacity, due = case
    week = work_off(np.array(arrivals, float), np.array(capacity, float), due)
    assert week.settled == (sum(arrivals) <= sum(capacity))
    if not week.settled:
        assert not week.in_time
        return
    worked, late = work_unit_by_unit(arrivals, capacity, due)
    assert week.worked.tolist() == worked
    assert week.late.tolist() == late
    assert week.in_time == (sum(late) == 0)


@given(weeks())
def test_work_is_conserved_and_never_exceeds_capacity(case):
    arrivals, capacity, due = (np.asarray(part, dtype=float) for part in case)
    week = work_off(arrivals, capacity, int(due))
    assert (week.worked <= capacity).all()
    assert (week.backlog >= 0).all()
    if week.settled:
        before = np.roll(week.backlog, 1)
        assert np.allclose(before + arrivals - week.worked, week.backlog)
        assert np.isclose(week.worked.sum(), arrivals.sum())


@given(weeks())
def test_a_later_due_time_and_more_capacity_never_make_work_late(case):
    arrivals, capacity, due = case
    demand, heads = np.array(arrivals, float), np.array(capacity, float)
    if work_off(demand, heads, due).in_time:
        assert work_off(demand, heads, due + 1).in_time
        assert work_off(demand, heads + np.arange(len(heads)) % 2, due).in_time
