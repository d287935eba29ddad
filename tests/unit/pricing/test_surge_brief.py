"""From surge terms to a ladder: what an hour costs, and what a site that states little has.

The role costs 5 an hour (4 and a quarter on top), IT 1,000 a year for 40 hours a week.
"""

from typing import Any

import pytest

from pricing.quoting import prepare
from pricing.reading import read_engagement
from pricing.surge_brief import surge_ladder
from staffing.surge import SurgeLadder, SurgeLimits, SurgeSource
from tests.builders.pricing import LIVE, SITE, engagement_data

IT = 1000 / (365.25 / 7) / 40


def ladder(surge: dict[str, Any], **top: Any) -> SurgeLadder:
    site = SITE | {"surge": surge}
    _, teams, _ = prepare(read_engagement(engagement_data(sites=[site], **top)))
    return surge_ladder(teams[0])


def source(**fields: Any) -> SurgeSource:
    (one,) = ladder({"sources": [{"name": "one", "notice_h": 48, "heads": 10, **fields}]}).sources
    return one


def test_a_site_that_states_nothing_has_overtime_and_with_a_pool_the_pool() -> None:
    alone = ladder({})
    assert [one.name for one in alone.sources] == ["overtime"]
    assert alone.team_shares == {"overtime": 0.1}
    assert alone.for_team(25).sources[0].heads == 2.5
    assert (alone.shortfall_price, alone.standby_weeks) == (None, 365.25 / 7)
    overtime, pool = ladder({"pool_heads": 12, "premium": 0.5, "effectiveness": 0.8}).sources
    assert (overtime.hourly_cost, overtime.hourly_premium) == (5, 1)
    assert (overtime.effectiveness, overtime.needs_seat) == ((1.0,), False)
    assert (pool.heads, pool.notice_h, pool.effectiveness) == (12, 48, (0.8,))
    assert pool.hourly_cost == pytest.approx(5 + IT)
    assert (pool.hourly_premium, pool.min_engagement_days) == (2, 14)
    assert not pool.reserved


def test_a_bench_costs_a_weeks_labour_as_its_fee_and_nothing_by_the_hour() -> None:
    bench = source(kind="bench")
    assert bench.standby_fee_per_head_week == pytest.approx(40 * (5 + IT))
    assert (bench.hourly_cost, bench.reserved, bench.needs_training) == (0, True, False)
    assert (bench.needs_seat, bench.needs_licence) == (True, True)


def test_what_is_stated_holds_and_a_fee_means_a_reservation() -> None:
    agency = source(kind="agency", hourly_cost=9, standby_fee_per_week=3, needs=["access"])
    assert (agency.hourly_cost, agency.hourly_premium) == (9, 0)
    assert (agency.standby_fee_per_head_week, agency.reserved) == (3, True)
    needs = (agency.needs_seat, agency.needs_licence, agency.needs_training, agency.needs_access)
    assert needs == (False, False, False, True)


def test_the_client_lets_nobody_in_sooner_than_it_says() -> None:
    limits = {"access_days": 3, "access_per_day": 5, "trainers": 2, "class_size": 10, "seats": 30}
    rungs = [
        {"name": "let in", "kind": "cross_trained", "heads": 5, "notice_h": 24},
        {"name": "in already", "kind": "bench", "heads": 5, "notice_h": 4},
    ]
    found = ladder({"sources": rungs, "limits": limits})
    assert [one.notice_h for one in found.sources] == [72, 4]
    assert found.limits == SurgeLimits(seats=30, trainer_places=20, access_per_day=5)


def test_late_work_of_a_live_service_has_its_own_price_unless_the_ladder_states_one() -> None:
    live = LIVE | {"shortfall_price": 12}
    assert ladder({}, services=[live]).shortfall_price == 12
    assert ladder({"shortfall_price": 30}, services=[live]).shortfall_price == 30
    assert ladder({"peaks_per_year": 4}).standby_weeks == pytest.approx(365.25 / 28)
