"""Follow the sun: who takes a queue when, on small cases with a known answer."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.check import check_plan
from staffing.errors import BadInputError, InfeasibleError
from staffing.planner import plan_staffing
from tests.builders.staffing import (
    ALWAYS,
    HOURLY,
    hours_mask,
    labour_rules,
    live_service,
    premium_rules,
    site_brief,
    staffing_brief,
    team_brief,
    volume_brief,
)

SMALL = volume_brief(units_per_year=20_000.0)
NIGHTLY = labour_rules(premiums=premium_rules(night=1.0, saturday=0.0, sunday=0.0))


def emergency(*sites, open_mask=ALWAYS, labour=NIGHTLY, seats=None):
    """Build one queue round the clock that any of the sites, by name and zone, may take."""
    return staffing_brief(
        live_service(
            name="line", time_zone="UTC", open_mask=open_mask, follow_the_sun=True, volume=SMALL
        ),
        teams=tuple(team_brief("line", site=name, labour=labour) for name, _ in sites),
        sites=tuple(
            site_brief(name=name, time_zone=zone, seats=seats, open_mask=mask)
            for (name, zone), mask in zip(sites, masks(sites), strict=True)
        ),
        term_months=1,
    )


def masks(sites):
    return [hours_mask(range(7), 6, 22) if len(sites) > 1 else ALWAYS for _ in sites]


HALVES = (("Ghana", "Africa/Accra"), ("Fiji", "Pacific/Fiji"))


def cost(plan):
    return sum(team.roster.proof.objective for team in plan.teams)


def test_every_open_hour_goes_to_one_site_that_is_open():
    brief = emergency(*HALVES)
    plan = plan_staffing(brief)
    taken = np.sum([team.routing for team in plan.teams], axis=0)
    assert (taken == 1).all()
    ghana = np.array(plan.teams[0].routing)
    assert not ghana[~hours_mask(range(7), 6, 22)].any()
    assert 0 < ghana.sum() < HOURLY.size
    assert check_plan(brief, plan) == ()


def test_two_day_sites_are_cheaper_than_one_that_works_nights_at_double_pay():
    assert cost(plan_staffing(emergency(*HALVES))) < cost(plan_staffing(emergency(HALVES[0])))


def test_the_bound_lies_below_what_any_of_its_sites_alone_would_cost():
    """Its gap is proven: no roster of one site, open round the clock, can be below the bound."""
    together = emergency(*HALVES)
    everywhere = replace(
        together, sites=tuple(replace(site, open_mask=ALWAYS) for site in together.sites)
    )
    alone = [plan_staffing(emergency(half)) for half in HALVES]
    try:
        proof = plan_staffing(everywhere).routings[0]
    except BadInputError:
        pytest.fail("both sites should take part where nights are paid double")
    assert proof.bound <= min(cost(plan) for plan in alone) + 1e-6
    assert proof.bound <= proof.objective


def test_an_hour_in_which_no_site_is_open_is_named():
    brief = emergency(("Ghana", "Africa/Accra"), ("Togo", "Africa/Lome"))
    with pytest.raises(InfeasibleError, match=r"site_hours.*no site is open Mon 00:00") as caught:
        plan_staffing(brief)
    assert {shortage.where[4:] for shortage in caught.value.shortages} == {
        f"{hour:02d}:00" for hour in (0, 1, 2, 3, 4, 5, 22, 23)
    }


def test_a_site_that_would_take_nothing_is_named():
    dear = emergency(*HALVES, open_mask=hours_mask(range(5), 8, 20))
    with pytest.raises(BadInputError, match=r"delivery: sites that take part.*'Fiji'"):
        plan_staffing(dear)


def test_seats_too_few_at_all_sites_together_are_reported():
    with pytest.raises(InfeasibleError, match="seats"):
        plan_staffing(emergency(*HALVES, seats=1))
