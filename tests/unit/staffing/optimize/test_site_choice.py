"""Where to deliver: every rule once kept and once in the way, and all choices of small cases."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.check.sites import check_site_choice
from staffing.errors import BadInputError, InfeasibleError
from staffing.optimize.sites import choose_sites
from staffing.sites import ServiceWork, SiteOption, SiteProblem, SiteRules, TeamOption
from tests.builders.sites import KNOTS, cheapest, pattern, problem, team


def chosen(stated):
    """A choice that passes its check, as (service, site) to share."""
    choice = choose_sites(stated)
    assert check_site_choice(stated, choice) == ()
    return choice, {(use.service, use.site): round(use.share, 6) for use in choice.teams}


def test_each_service_goes_where_it_is_cheapest_and_a_second_site_pays_for_itself() -> None:
    choice, shares = chosen(problem())
    assert shares == {("calls", "North"): 1.0, ("charts", "South"): 1.0}
    assert choice.cost == pytest.approx(155)
    assert (choice.gap, choice.stop_reason) == (0.0, "gap reached")
    assert choice.concentration == pytest.approx(0.6)


def test_sites_max_of_one_takes_the_cheaper_single_site() -> None:
    choice, shares = chosen(problem(rules=SiteRules(sites_max=1)))
    assert shares == {("calls", "South"): 1.0, ("charts", "South"): 1.0}
    assert choice.cost == pytest.approx(165)


def test_an_opening_cost_above_the_saving_closes_the_site() -> None:
    dear = problem(sites=(SiteOption("North", 30.0), SiteOption("South", 5.0)))
    choice, _ = chosen(dear)
    assert [site.site for site in choice.sites] == ["South"]


def test_sites_min_opens_a_second_site_for_its_least_share_only() -> None:
    small = tuple(replace(t, share_min=0.25) for t in problem().teams)
    rules = SiteRules(sites_min=2)
    stated = problem(
        teams=small, sites=(SiteOption("North", 90.0), SiteOption("South", 5.0)), rules=rules
    )
    choice, _ = chosen(stated)
    assert len(choice.sites) == 2
    assert choice.cost == pytest.approx(cheapest(stated))


def test_site_share_max_spreads_the_work() -> None:
    choice, shares = chosen(problem(rules=SiteRules(site_share_max=0.5)))
    assert choice.concentration <= 0.5 + 1e-9
    # Calls (0.6 of the work) give 1/6 of themselves to the South: 87.2 + 46.67 + 40 + 15.
    assert shares["calls", "North"] == pytest.approx(5 / 6, abs=1e-6)


def test_seats_push_work_to_another_site() -> None:
    tight = problem(sites=(SiteOption("North", 10.0, seats=5.0), SiteOption("South", 5.0)))
    choice, shares = chosen(tight)
    assert shares == {("calls", "South"): 1.0, ("charts", "South"): 1.0}
    assert choice.cost == pytest.approx(165)


def test_a_refused_team_is_never_opened() -> None:
    teams = [
        replace(t, refused=("languages",)) if t.site == "South" else t for t in problem().teams
    ]
    _, shares = chosen(problem(teams=tuple(teams)))
    assert {site for _, site in shares} == {"North"}


def test_a_pattern_is_taken_where_it_is_cheaper_and_counts_for_both_sites() -> None:
    stated = problem(patterns=(pattern(cost=70.0),))
    choice, shares = chosen(stated)
    assert shares == {("charts", "South"): 1.0}
    assert choice.cost == pytest.approx(70 + 40 + 15)
    assert {site.site: round(site.load, 6) for site in choice.sites} == {"North": 0.4, "South": 0.6}


def test_economies_of_scale_keep_a_service_whole_although_its_chord_is_cheaper() -> None:
    """Read as a chord from no work to all, half of the calls at either site would look cheap."""
    curve = {"North": (0.0, 90.0, 100.0), "South": (0.0, 90.0, 100.0)}
    stated = SiteProblem(
        services=(ServiceWork("calls", 1.0),),
        sites=(SiteOption("North"), SiteOption("South")),
        teams=tuple(team("calls", site, costs) for site, costs in curve.items()),
        rules=SiteRules(site_share_max=0.75),
    )
    choice, _ = chosen(stated)
    assert choice.cost == pytest.approx(95 + 45)
    assert choice.bound == pytest.approx(95 + 45)


def test_no_choice_names_each_rule_that_alone_stands_in_the_way_and_its_price() -> None:
    teams = [
        replace(t, refused=("languages",)) if t.site == "South" else t for t in problem().teams
    ]
    stated = problem(teams=tuple(teams), rules=SiteRules(sites_min=2))
    with pytest.raises(InfeasibleError) as raised:
        choose_sites(stated)
    assert raised.value.rule == "languages"
    assert "without languages (another language at a site) 155" in raised.value.detail
    assert "without sites_min (fewer sites) 170" in raised.value.detail


def test_a_service_that_may_be_done_nowhere_is_named_with_the_reasons() -> None:
    teams = tuple(
        replace(t, refused=("data_residency",)) for t in problem().teams if t.service == "charts"
    )
    stated = problem(
        teams=(*problem().teams[:2], *teams[:1]), closed={"charts @ South": "it is closed then"}
    )
    with pytest.raises(InfeasibleError, match="charts may be done nowhere") as raised:
        choose_sites(stated)
    assert "North: data_residency; South: it is closed then" in raised.value.detail
    assert raised.value.rule == "data_residency"


def test_where_no_single_rule_helps_it_says_so() -> None:
    stated = problem(teams=problem().teams[:2])
    with pytest.raises(InfeasibleError, match="no single rule given up helps") as raised:
        choose_sites(stated)
    assert raised.value.rule == "work_placed"


def test_loads_and_knots_are_checked() -> None:
    with pytest.raises(BadInputError, match="loads that sum to 1"):
        problem(services=(ServiceWork("calls", 0.6), ServiceWork("charts", 0.5)))
    with pytest.raises(BadInputError, match="knots that increase from 0 to 1"):
        TeamOption("calls", "North", (0.0, 0.5), (1.0, 2.0), (1.0, 2.0))
    with pytest.raises(BadInputError, match="a figure of 0 or more for each knot"):
        team("calls", "North", (1.0, -2.0, 3.0))
    with pytest.raises(BadInputError, match="a service and a site"):
        problem(teams=(team("calls", "West", (1.0, 2.0, 3.0)),))
    with pytest.raises(BadInputError, match="sites of the problem"):
        problem(patterns=(pattern(sites=("North", "West")),))


FIGURE = st.integers(0, 60).map(float)
RISING = st.tuples(FIGURE, FIGURE, FIGURE).map(lambda f: (f[0], f[0] + f[1], f[0] + f[1] + f[2]))
SEATS = st.sampled_from([None, 9.0, 12.0, 21.0])


@st.composite
def problems(draw):
    """Two services at two sites, curves that bend either way, a pattern, some rules."""
    teams = tuple(
        team(service, site, draw(RISING), share_min=draw(st.sampled_from([0.0, 0.2])))
        for service in ("calls", "charts")
        for site in ("North", "South")
        if draw(st.integers(0, 5))
    )
    rules = SiteRules(
        sites_max=draw(st.sampled_from([None, 1, 2])), sites_min=draw(st.sampled_from([None, 2]))
    )
    patterns = (pattern(cost=draw(FIGURE) * 3),) if draw(st.booleans()) else ()
    sites = tuple(SiteOption(name, draw(FIGURE)) for name in ("North", "South"))
    return problem(teams=teams, rules=rules, patterns=patterns, sites=sites)


@settings(max_examples=40, deadline=None)
@given(problems())
def test_no_way_to_split_the_work_beats_the_choice(stated) -> None:
    least = cheapest(stated)
    if least is None:
        with pytest.raises(InfeasibleError):
            choose_sites(stated)
        return
    choice = choose_sites(stated)
    assert check_site_choice(stated, choice) == ()
    # Trying stops at whole solutions; a least share of a second site may cost a trifle more.
    assert choice.cost == pytest.approx(least, abs=1e-3)


@settings(max_examples=15, deadline=None)
@given(problems(), SEATS, SEATS)
def test_seats_never_make_it_cheaper_and_every_split_that_fits_is_no_cheaper(
    stated, north, south
) -> None:
    seats = (north, south)
    tight = replace(
        stated,
        sites=tuple(replace(s, seats=n) for s, n in zip(stated.sites, seats, strict=True)),
    )
    found = cheapest(tight)
    try:
        choice = choose_sites(tight)
    except InfeasibleError:
        assert found is None
        return
    assert check_site_choice(tight, choice) == ()
    assert choice.cost >= choose_sites(stated).cost - 1e-6
    assert found is None or choice.cost <= found + 1e-6


def test_the_knots_of_the_builder_are_those_of_its_costs() -> None:
    assert problem().teams[0].cost_at(0.75) == pytest.approx(80)
    assert problem().teams[0].shares == KNOTS
