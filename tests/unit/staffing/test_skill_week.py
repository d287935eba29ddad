"""What flexible people save at a site: by hand, against the plan, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest

from staffing import skill_week
from staffing.calendar import ContractCalendar
from staffing.demand import demand_over_term
from staffing.errors import BadInputError, PlanCheckError
from staffing.optimize.skills import skill_heads
from staffing.queueing import agents_required
from staffing.requirement import FixedHeads, team_requirement, team_week
from staffing.skill_study import SkillStudy
from tests.builders.skill_weeks import languages, study, two_languages
from tests.builders.staffing import (
    ALWAYS,
    HOURLY,
    OFFICE,
    deferrable_service,
    live_target,
    site_brief,
    staffing_brief,
    team_brief,
    workforce_terms,
)

AVAILABLE = 0.8  # 20 % of the time on duty are lost in the office
HOURS = 50


def heads(services, name):
    """Heads of each service while open; nobody is there otherwise."""
    found = np.array([getattr(one, name) for one in services])
    assert (found[:, ~OFFICE] == 0).all()
    assert (found[:, OFFICE] == found[:, OFFICE][:, :1]).all()
    return found[:, OFFICE][:, 0].tolist()


def test_two_equal_queues_by_hand_under_the_bounds():
    """8 + 8 people apart, one pool of 14; at 15 % more the bounds ask for 6 + 6 + 2."""
    (site,) = study(two_languages()).sites
    assert heads(site.services, "apart") == [8, 8]
    assert heads(site.services, "own") == [6, 6]
    assert {site.flexible[t] for t in np.flatnonzero(OFFICE)} == {2}
    assert site.apart_hours == pytest.approx(16 * HOURS / AVAILABLE)
    assert site.own_hours == pytest.approx(12 * HOURS / AVAILABLE)
    assert site.flexible_hours == pytest.approx(2 * HOURS / AVAILABLE)
    assert site.pooled_hours == pytest.approx(14 * HOURS / AVAILABLE)
    assert site.cost_change == pytest.approx((12 + 2 * 1.15) / 16 - 1, abs=1e-6)
    assert site.most_flexible_on_duty == pytest.approx(2 / AVAILABLE)
    assert site.most_flexible_at == "Mon 08:00"
    assert (site.simulated, site.notes) == (False, ())
    assert site.services[0].in_time is None


def test_played_the_mix_needs_more_flexible_people_and_meets_its_targets():
    (bounds,) = study(two_languages()).sites
    (played,) = study(two_languages(), simulate=True).sites
    assert played.simulated
    assert bounds.cost_change < played.cost_change < 0
    assert played.flexible_hours > bounds.flexible_hours
    for one in played.services:
        assert one.in_time is not None
        assert min(one.in_time) >= one.service_level
    mix = played.own_hours + played.flexible_hours
    assert played.pooled_hours <= mix <= played.apart_hours


def test_a_cap_on_occupancy_that_rules_leaves_a_pool_nothing_to_save():
    (site,) = study(two_languages(max_occupancy=0.5)).sites
    assert heads(site.services, "apart") == [10, 10]
    assert site.pooled_hours == site.apart_hours
    assert site.cost_change == 0
    assert site.most_flexible_at is None


def test_people_apart_are_those_the_plan_needs():
    brief = staffing_brief(*languages("en", "es", time_zone="America/New_York"))
    (site,) = study(brief).sites
    calendar = ContractCalendar(brief.start, brief.term_months)
    for one, service, team in zip(site.services, brief.services, brief.teams, strict=True):
        demand = demand_over_term(service, calendar, HOURLY)
        units = demand.base_week * demand.week_shape
        week = team_week(service, team, brief.sites[0], units, HOURLY, brief.start)
        need = team_requirement(service, team, week, HOURLY)
        assert isinstance(need, FixedHeads)
        assert np.divide(one.apart, one.available_share).tolist() == pytest.approx(
            need.heads.tolist()
        )
        assert np.flatnonzero(one.apart)[0] != np.flatnonzero(OFFICE)[0]  # night in Manila


def test_each_team_has_its_own_shrinkage_and_the_flexible_the_worst():
    brief = two_languages()
    lossy = replace(brief.teams[1], workforce=workforce_terms(in_office=0.5))
    (site,) = study(replace(brief, teams=(brief.teams[0], lossy))).sites
    assert site.apart_hours == pytest.approx(HOURS * (8 / 0.8 + 8 / 0.5))
    assert site.flexible_hours == pytest.approx(HOURS * 2 / 0.5)
    assert site.pooled_hours == pytest.approx(HOURS * 14 / 0.8)


def test_a_limit_holds_and_none_at_all_leaves_the_teams_apart():
    (one,) = study(two_languages(), limit=1).sites
    assert max(one.flexible) == 1
    (none,) = study(two_languages(), limit=0).sites
    assert (none.flexible_hours, none.cost_change) == (0, 0)


def test_flexible_people_who_cost_too_much_are_not_taken():
    (site,) = study(two_languages(), premium=3.0).sites
    assert site.flexible_hours == 0
    assert site.own_hours == site.apart_hours


def test_the_mix_is_played_unless_that_takes_minutes(monkeypatch):
    monkeypatch.setattr(skill_week, "MOST_PLAYED_HEADS", 16)
    assert study(two_languages(), simulate=None).sites[0].simulated
    monkeypatch.setattr(skill_week, "MOST_PLAYED_HEADS", 15)
    assert not study(two_languages(), simulate=None).sites[0].simulated


def test_a_mix_that_breaks_a_rule_is_never_shown(monkeypatch):
    found = skill_heads

    def one_short(*problem, **options):
        plan = found(*problem, **options)
        return replace(plan, heads=np.maximum(plan.heads - 1, 0))

    monkeypatch.setattr(skill_week, "skill_heads", one_short)
    with pytest.raises(PlanCheckError, match="skill_cover"):
        study(two_languages())


def test_a_study_survives_json():
    found = study(two_languages())
    assert SkillStudy.model_validate_json(found.model_dump_json()) == found


def test_only_sites_with_two_live_services_are_studied():
    sites = site_brief(), site_brief(name="Cebu")
    services = [*languages("en", "es", "fr"), deferrable_service()]
    teams = [team_brief(service.name) for service in services]
    teams[2] = replace(teams[2], site="Cebu")
    brief = staffing_brief(*services, sites=sites, teams=tuple(teams))
    assert [site.site for site in study(brief).sites] == ["Manila"]
    assert [one.service for one in study(brief).sites[0].services] == ["en", "es"]
    with pytest.raises(BadInputError, match=r"site: two or more .*: Cebu has fr \(found 'Cebu'\)"):
        study(brief, site="Cebu")
    with pytest.raises(BadInputError, match="Manila has en; Cebu has fr"):
        study(brief, services=("en", "fr"))


def test_named_services_alone_share_their_people():
    brief = staffing_brief(*languages("en", "es", "fr"))
    assert len(study(brief).sites[0].services) == 3
    (site,) = study(brief, services=("fr", "en")).sites
    assert [one.service for one in site.services] == ["en", "fr"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"site": "Omaha"}, r"site: one of Manila \(found 'Omaha'\)"),
        ({"services": ("en", "fr")}, r"services: a live service: en, es \(found 'fr'\)"),
        ({"services": ("en", "claims")}, r"services: a live service: en, es \(found 'claims'\)"),
        ({"services": ("en",)}, r"services: two or more live services \(found 'en'\)"),
    ],
)
def test_unknown_names_and_too_few_are_refused(asked, said):
    brief = staffing_brief(*languages("en", "es"), deferrable_service())
    with pytest.raises(BadInputError, match=said):
        study(brief, **asked)


def test_one_live_service_has_nobody_to_share_with():
    brief = staffing_brief(*languages("en"), deferrable_service())
    with pytest.raises(BadInputError, match=r"Manila has en$"):
        study(brief)


def test_more_services_than_can_be_studied_together_are_refused():
    brief = staffing_brief(*languages(*(f"q{i}" for i in range(11))))
    with pytest.raises(BadInputError, match="at most 10 services at Manila"):
        study(brief)


def test_chats_are_left_out_and_refused_when_named():
    chat = languages("chat", target=live_target(concurrency=2))
    brief = staffing_brief(*languages("en", "es"), *chat)
    (site,) = study(brief).sites
    assert [one.service for one in site.services] == ["en", "es"]
    assert site.notes == ("chat: left out, its people answer 2 contacts at once",)
    with pytest.raises(BadInputError, match=r"services\[chat\].concurrency: 1 for services"):
        study(brief, services=("en", "chat"))


def test_patience_and_crew_are_told_and_not_counted():
    target = live_target(patience_s=60.0)
    brief = staffing_brief(*languages("en", "es", target=target, min_heads=20))
    (site,) = study(brief).sites
    assert heads(site.services, "apart") == [8, 8]
    hanging_up = int(agents_required(5, 300, 0.8, 20, patience_s=60, max_occupancy=0.85))
    assert hanging_up < 8
    patient, crew = site.notes[:2]
    assert "for ever, on the safe side; the plan lets them hang up after 60 s" in patient
    assert patient.endswith(f"needs {HOURS * hanging_up / AVAILABLE:,.1f} head-hours")
    assert "keeps 20 on duty in 50 hours" in crew
    assert len(site.notes) == 4


def test_impatience_that_asks_for_more_is_not_called_safe():
    strict = live_target(patience_s=5.0, max_abandonment=0.001)
    (site,) = study(staffing_brief(*languages("en", "es", target=strict))).sites
    assert all("though impatience asks for more" in note for note in site.notes)
    assert len(site.notes) == 2


def test_a_queue_routed_by_the_sun_is_studied_where_it_is_answered():
    always = {"open_mask": ALWAYS, "follow_the_sun": True}
    sites = site_brief(open_mask=OFFICE), site_brief(name="Cebu", open_mask=~OFFICE)
    services = [*languages("en", **always), *languages("es")]
    teams = (
        team_brief("en", share=0.5),
        team_brief("en", share=0.5, site="Cebu"),
        team_brief("es"),
    )
    (site,) = study(staffing_brief(*services, sites=sites, teams=teams)).sites
    load = np.array(site.services[0].load)
    assert load[OFFICE] == pytest.approx(5 * HOURS / 168)  # all of it, and nothing when closed
    assert (load[~OFFICE] == 0).all()
