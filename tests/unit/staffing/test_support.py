"""Supporting roles: people per agents, or a minimum on duty round the clock."""

import numpy as np
import pytest

from staffing.brief import SupportRole
from staffing.support import support_fte
from tests.builders.staffing import team_brief

TEAM = team_brief()  # 40 h a week, 10 % out of office: present 36 h
AGENTS = np.array([0.0, 12.0, 60.0])


def test_large_teams_follow_the_span():
    role = SupportRole("trainer", span=60, min_on_duty=0)
    assert support_fte(role, TEAM, AGENTS, 168).tolist() == [0, 0.2, 1]


def test_one_on_duty_round_the_clock_takes_the_relief_factor():
    """168 h a week over 36 h of presence: 4.67 people for one chair."""
    role = SupportRole("team_leader", span=12, min_on_duty=1)
    found = support_fte(role, TEAM, AGENTS, 168)
    assert found == pytest.approx([0, 168 / 36, 5])


def test_the_minimum_follows_the_hours_the_team_works():
    role = SupportRole("team_leader", span=1000, min_on_duty=2)
    found = support_fte(role, TEAM, np.array([10.0]), 45)
    assert found == pytest.approx([2 * 45 / 36])


def test_a_week_without_agents_needs_no_support():
    role = SupportRole("team_leader", span=12, min_on_duty=1)
    assert support_fte(role, TEAM, np.zeros(3), 168).tolist() == [0, 0, 0]
