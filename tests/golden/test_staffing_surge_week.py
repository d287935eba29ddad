"""A week worked out by hand: 10 people's work from the third day on, three sources.

Days of 8 hours, the call at hour 0, the peak at hour 48: 80 hours of work on each of days 3 to 7,
400 in all. One productive hour may be missed for 100.

- Overtime: 4 people's worth, at once, 30 an hour: 32 h a day, 960 a day.
- Pool: 5 people at 48 h of notice, 20 an hour plus 25 % of 16, so 24 an hour and 192 a day; of 5
  called 4 come (80 %). They produce 50 %, 75 %, then all. Standby 10 a head and week for 4 weeks.
- Agency: 50 people at 72 h of notice, 40 an hour, 320 a day, fully productive.

Pool is the cheapest hour after two days, overtime the next, the agency the last. All three are
used, and the first day of the peak cannot be met: 4 come from the pool, worth 2, and 4 do overtime.
"""

import pytest

from staffing.check.surge import check_surge_plan
from staffing.optimize.surge import surge_plan
from staffing.surge import SurgeSource
from staffing.surge.plan import SurgePlan
from tests.builders.surge import OVERTIME, peak

POOL = SurgeSource(
    "pool",
    "pool",
    heads=5,
    notice_h=48,
    hourly_cost=20.0,
    show_up=0.8,
    effectiveness=(0.5, 0.75, 1.0),
    premium=0.25,
    premium_base=16.0,
    min_engagement_days=3,
    standby_fee_per_head_week=10.0,
    reserved=True,
)
AGENCY = SurgeSource("agency", "agency", heads=50, notice_h=72, hourly_cost=40.0)
PROBLEM = peak((0, 0, 80, 80, 80, 80, 80), (OVERTIME, POOL, AGENCY), lead_days=2)


@pytest.fixture(scope="module")
def plan() -> SurgePlan:
    found = surge_plan(PROBLEM)
    assert check_surge_plan(PROBLEM, found) == ()
    return found


def test_who_is_there_by_day(plan):
    overtime, pool, agency = (source.on_engagement for source in plan.sources)
    assert overtime == pytest.approx((0, 0, 4, 4, 4, 4, 4))
    assert pool == pytest.approx((0, 0, 4, 4, 4, 4, 4))
    # 10 people's work less 4 of overtime and 4 x 75 %, then 4 x 100 % of the pool.
    assert agency == pytest.approx((0, 0, 0, 3, 2, 2, 2))


def test_what_they_do_by_day(plan):
    assert plan.sources[1].productive_h == pytest.approx((0, 0, 16, 24, 32, 32, 32))
    # Day 3: 80 hours less 32 of overtime and 16 of the pool.
    assert plan.uncovered_h == pytest.approx((0, 0, 32, 0, 0, 0, 0))
    assert plan.service == pytest.approx(1 - 32 / 400)


def test_what_it_costs(plan):
    overtime, pool, agency = (source.cost for source in plan.sources)
    assert overtime.total == pytest.approx(5 * 960)
    assert pool.standby == pytest.approx(5 * 10 * 4)
    assert pool.wages == pytest.approx(5 * 4 * 8 * 20)
    assert pool.premium == pytest.approx(5 * 4 * 8 * 4)
    assert agency.total == pytest.approx((3 + 2 + 2 + 2) * 320)
    assert plan.cost.shortfall == pytest.approx(32 * 100)
    assert plan.cost.total == pytest.approx(4800 + 200 + 3200 + 640 + 2880 + 3200)
    assert plan.cost_per_productive_hour == pytest.approx(11720 / 368)


def test_what_is_promised(plan):
    assert plan.promise.text == (
        "8 of 10 people are there within 48 h, worth 6 of the ordinary team; agency comes after "
        "72 h; 32 hours of work (8.0%) are not done in time"
    )
    assert not plan.promise.kept


def test_the_staircase_by_hour(plan):
    there = [sum(source.there_by_hour[hour] for source in plan.sources) for hour in (47, 48, 72)]
    assert there == pytest.approx([0, 8, 11])
    assert [plan.need_heads[hour] for hour in (47, 48)] == pytest.approx([0, 10])


def test_what_one_more_would_save(plan):
    """One more in the pool: 0.8 come and do 0.8 x (4 + 6 + 8 + 8 + 8) hours.

    Four of them save shortfall at 100, the rest the agency at 40; pay is 0.8 x 5 x 192, standby 40.
    One more of overtime saves 8 hours at 100 on one day and at 40 on four, and costs 240 a day.
    """
    prices = {(line.rule, line.source): line.shadow_price for line in plan.limits}
    saved = 0.8 * (4 * 100 + 30 * 40 - 5 * 192) - 40
    assert prices["surge_reserve", "pool"] == pytest.approx(saved)
    assert prices["surge_reserve", "overtime"] == pytest.approx(8 * 100 + 4 * 8 * 40 - 5 * 240)
