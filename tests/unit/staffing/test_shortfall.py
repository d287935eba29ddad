"""What is said of heads left short at a price: where, how many, and the rule that costs most."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.optimize.tours.relax import savings
from staffing.planner import plan_staffing
from staffing.shortfall import shortfall_warning
from tests.builders.staffing import (
    labour_rules,
    live_service,
    site_brief,
    staffing_brief,
    team_brief,
)
from tests.builders.tours import heads, week

PEAK = heads(*((day, 8, 16, 2) for day in range(5)), (0, 11, 12, 3))


def test_seats_that_hold_a_cheap_cover_back_are_the_dearest_rule():
    """Three heads short for 8 h at 6 each week day, or 7 paid hours a day: seats save the rest."""
    wanted = heads(*((day, 8, 16, 5) for day in range(5)))
    found = savings(week(requirement=wanted, breaks=(), seats_left=np.full(168, 2.0)))
    assert dict(found)["seats"] == pytest.approx(5 * 3 * 8 * (6 - 1))
    assert found[0][0] == "seats"


def test_a_shorter_shift_saves_the_idle_part_of_a_longer_one():
    """Seven heads-hours a day on shifts of 8 h: an hour a day is paid for nothing."""
    wanted = heads(*((day, 8, 15, 1) for day in range(5)))
    assert dict(savings(week(requirement=wanted, breaks=())))["shift_length"] == pytest.approx(5)


def test_rules_that_cost_nothing_are_not_blamed():
    wanted = heads(*((day, 8, 16, 1) for day in range(5)))
    assert savings(week(requirement=wanted, breaks=(), seats_left=np.full(168, 1.0))) == ()


def short_brief(price):
    labour = labour_rules(shift_lengths_h=(8.0,))
    return staffing_brief(
        live_service(shortfall_price=price),
        teams=(team_brief("helpdesk", labour=labour),),
        sites=(site_brief(),),
        term_months=1,
    )


def test_a_plan_that_is_short_says_where_and_what_would_save_most():
    plan = plan_staffing(short_brief(2.0))
    (warning,) = [text for text in plan.warnings if "short in the week" in text]
    worst = max(plan.teams[0].roster.shortfall)
    assert f"at most {worst:.1f} heads" in warning
    assert "would save about" in warning or "is to blame" in warning


def test_a_plan_that_is_not_short_says_nothing():
    brief = short_brief(1e6)
    plan = plan_staffing(brief)
    assert shortfall_warning(brief, plan.teams[0], ()) is None
    full = replace(brief, services=(live_service(),))
    assert plan_staffing(full).warnings == plan.warnings
