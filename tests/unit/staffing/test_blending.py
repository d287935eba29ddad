"""Idle time of queues, shrinkage by interval and an opening backlog, seen in whole plans."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.brief import Blend
from staffing.check import check_plan
from staffing.planner import plan_staffing
from tests.builders.staffing import (
    by_hour,
    deferrable_service,
    live_service,
    staffing_brief,
    team_brief,
    turnaround_target,
    volume_brief,
)

SMALL = volume_brief(units_per_year=20_000.0)


def blended(share):
    """Claims beside a helpdesk whose crew of four is mostly idle."""
    return staffing_brief(
        live_service(min_heads=4, volume=SMALL),
        deferrable_service(
            volume=SMALL,
            target=turnaround_target(blend=Blend("helpdesk", share) if share else None),
        ),
        term_months=1,
    )


def test_idle_time_of_a_queue_replaces_people_for_deferrable_work():
    """More of the idle time never takes more hours, and here all of it takes none."""
    hours = [plan_staffing(blended(share)).teams[1].roster.paid_hours for share in (0, 0.2, 1.0)]
    assert hours[0] > hours[1] > hours[2] == 0.0


def test_blended_work_is_done_in_time_by_those_on_duty_and_the_idle():
    brief = blended(0.2)
    assert check_plan(brief, plan_staffing(brief)) == ()


def test_the_helpdesk_itself_does_not_change_when_its_idle_time_is_used():
    alone, shared = (plan_staffing(blended(share)).teams[0] for share in (0, 0.5))
    assert alone == shared


def test_idle_time_is_read_at_the_volume_of_the_curve_point():
    """At double volume the helpdesk is less idle per call, but never of help below zero."""
    plan = plan_staffing(blended(0.2))
    hours = [sum(point.paid_hours_by_class.values()) for point in plan.teams[1].curve]
    assert hours == sorted(hours)


def test_shrinkage_by_interval_asks_for_more_people_where_more_is_lost():
    lost = 0.1 + by_hour({(12, 14): 0.4})
    plain = plan_staffing(staffing_brief(live_service(volume=SMALL)))
    lunch = plan_staffing(
        staffing_brief(live_service(volume=SMALL), teams=(team_brief(in_office_by_interval=lost),))
    )
    before, after = (p.teams[0].roster.required_heads for p in (plain, lunch))
    assert after[12] == pytest.approx(before[12] * 0.8 / 0.5)
    assert after[15] == pytest.approx(before[15] * 0.8 / 0.9)


def test_an_opening_backlog_is_spread_over_its_weeks_and_billed_as_volume():
    later = replace(SMALL, opening_backlog=600.0, opening_backlog_weeks=3)
    with_backlog = plan_staffing(staffing_brief(deferrable_service(volume=later)))
    without = plan_staffing(staffing_brief(deferrable_service(volume=SMALL)))
    more = np.subtract(with_backlog.volumes[0].units_by_week, without.volumes[0].units_by_week)
    assert more == pytest.approx([200.0] * 3 + [0.0] * (len(more) - 3))
