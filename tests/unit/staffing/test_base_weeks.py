"""Teams that share a site's seats: who goes first; the order in the document is no matter."""

import numpy as np
import pytest

from staffing import base_weeks
from staffing.calendar import ContractCalendar
from staffing.demand import demand_over_term
from staffing.errors import InfeasibleError
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.team_cover import PlanRun
from tests.builders.staffing import (
    ALWAYS,
    deferrable_service,
    live_service,
    site_brief,
    staffing_brief,
    turnaround_target,
    volume_brief,
)

# Claims due in a day, records in eight hours: five seats hold both, if the claims make room.
CLAIMS = deferrable_service(
    name="claims",
    open_mask=ALWAYS,
    target=turnaround_target(turnaround_h=24.0, units_per_head_hour=7.0),
    volume=volume_brief(units_per_year=100_000.0),
)
RECORDS = deferrable_service(
    name="records",
    open_mask=ALWAYS,
    target=turnaround_target(turnaround_h=8.0, units_per_head_hour=28.0),
    volume=volume_brief(units_per_year=450_000.0),
)


CALLS = live_service(volume=volume_brief(units_per_year=2_000.0))


def weeks_of(seats, *services):
    """Weeks at plan volume of these services at one site, by team in planning order."""
    brief = staffing_brief(*services, sites=(site_brief(seats=seats),), term_months=1)
    calendar = ContractCalendar(brief.start, brief.term_months)
    demands = {s.name: demand_over_term(s, calendar, brief.grid) for s in services}
    run = PlanRun(SolveLimits(), SolveLog(), lambda _: None)
    covers = base_weeks.base_weeks(brief, demands, run)
    assert np.sum([cover.cover.on_duty for cover in covers.values()], axis=0).max() <= seats
    return covers


def test_queues_take_their_seats_first_then_the_shorter_turnaround():
    order = list(weeks_of(12, CLAIMS, RECORDS, CALLS))
    assert order == ["helpdesk @ Manila", "records @ Manila", "claims @ Manila"]


def test_work_that_can_wait_makes_room_whatever_the_order_in_the_document():
    one, other = weeks_of(5, CLAIMS, RECORDS), weeks_of(5, RECORDS, CLAIMS)
    assert one.keys() == other.keys()
    for name, cover in one.items():
        assert np.array_equal(cover.cover.on_duty, other[name].cover.on_duty)


def test_a_team_that_finds_too_few_seats_left_is_tried_before_the_others(monkeypatch):
    """Even if the claims go first and take the room, the records come before them in the end."""
    monkeypatch.setattr(base_weeks, "_urgency", lambda _, team: team.name)
    assert list(weeks_of(5, CLAIMS, RECORDS)) == ["records @ Manila", "claims @ Manila"]


def test_seats_too_few_in_any_order_are_refused_with_how_many_more_would_do():
    with pytest.raises(InfeasibleError, match=r"seats: .* more would do") as raised:
        weeks_of(2, CLAIMS, RECORDS)
    assert raised.value.rule == "seats"
