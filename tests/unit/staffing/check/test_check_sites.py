"""The check of a choice of sites finds every kind of broken one."""

from dataclasses import replace

import pytest

from staffing.check.sites import check_site_choice
from staffing.optimize.sites import choose_sites
from staffing.sites import SiteOption, SiteRules, evaluate
from tests.builders.sites import pattern, problem

STATED = problem(patterns=(pattern(),))
CHOICE = choose_sites(STATED)


def rules(stated, choice):
    """Names of the rules that are broken."""
    return {violation.rule for violation in check_site_choice(stated, choice)}


def moved(position, **update):
    """The choice with one team changed."""
    teams = list(CHOICE.teams)
    teams[position] = teams[position].model_copy(update=update)
    return CHOICE.model_copy(update={"teams": tuple(teams)})


def test_the_choice_of_the_optimizer_passes() -> None:
    assert rules(STATED, CHOICE) == set()


def test_work_that_is_left_or_done_twice_is_found() -> None:
    assert "work_placed" in rules(STATED, moved(0, share=0.9))
    both = evaluate(
        STATED, [("calls", "North", 1.0), ("charts", "South", 1.0)], [("calls", pattern().sites)]
    )
    assert "work_placed" in rules(STATED, both)


@pytest.mark.parametrize("rule", ["languages", "data_residency", "team_size_min"])
def test_a_refused_team_is_found(rule) -> None:
    teams = tuple(replace(t, refused=(rule,)) for t in STATED.teams)
    assert rules(replace(STATED, teams=teams), CHOICE) == {rule}


def test_a_team_below_its_least_share_is_found() -> None:
    teams = tuple(replace(t, share_min=0.3) for t in STATED.teams)
    split = [("calls", "North", 0.8), ("calls", "South", 0.2), ("charts", "South", 1.0)]
    stated = replace(STATED, teams=teams)
    assert "team_share_min" in rules(stated, evaluate(stated, split))


def test_sites_that_are_open_without_work_or_work_without_a_site_are_found() -> None:
    assert "site_open" in rules(STATED, CHOICE.model_copy(update={"sites": CHOICE.sites[:1]}))
    alone = evaluate(STATED, [("calls", "South", 1.0), ("charts", "South", 1.0)])
    idle = alone.model_copy(update={"sites": CHOICE.sites})
    assert "site_open" in rules(STATED, idle)


def test_load_and_seats_are_counted_again() -> None:
    for update in ({"load": 0.5}, {"seats": 1.0}):
        sites = (CHOICE.sites[0].model_copy(update=update), *CHOICE.sites[1:])
        assert "site_load" in rules(STATED, CHOICE.model_copy(update={"sites": sites}))


def test_seats_share_and_number_of_sites_are_held() -> None:
    few = replace(STATED, sites=(SiteOption("North", 10.0, 4.0), SiteOption("South", 5.0)))
    assert rules(few, CHOICE) == {"site_seats"}
    assert rules(replace(STATED, rules=SiteRules(site_share_max=0.5)), CHOICE) == {"site_share_max"}
    assert rules(replace(STATED, rules=SiteRules(sites_max=1)), CHOICE) == {"sites_max"}
    assert rules(replace(STATED, rules=SiteRules(sites_min=3)), CHOICE) == {"sites_min"}


def test_every_part_of_the_cost_and_its_sum_are_derived_again() -> None:
    assert "site_cost" in rules(STATED, moved(0, cost=1.0))
    sites = (CHOICE.sites[0].model_copy(update={"open_cost": 0.0}), *CHOICE.sites[1:])
    assert "site_cost" in rules(STATED, CHOICE.model_copy(update={"sites": sites}))
    sum_only = CHOICE.model_copy(update={"cost": 1.5 * CHOICE.cost, "gap": 1 / 3})
    assert rules(STATED, sum_only) == {"site_cost"}
    rounds = evaluate(STATED, [("charts", "South", 1.0)], [("calls", pattern().sites)])
    dear = replace(STATED, patterns=(pattern(cost=1.0),))
    assert "site_cost" in rules(dear, rounds)


def test_a_bound_above_the_cost_or_another_gap_is_found() -> None:
    assert rules(STATED, CHOICE.model_copy(update={"gap": 0.5})) == {"site_proof"}
    above = CHOICE.model_copy(update={"bound": 2 * CHOICE.cost})
    assert rules(STATED, above) == {"site_proof"}
