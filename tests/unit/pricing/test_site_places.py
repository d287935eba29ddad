"""Where a service may go, and the engagement that delivers it there."""

import json
from decimal import Decimal

import pytest

from pricing.reading import engagement_hash, read_engagement
from pricing.sites.places import (
    by_day_only,
    candidate_sites,
    delivered,
    refusals,
    rounded_shares,
    spoken_at,
)
from staffing.errors import BadInputError
from tests.builders.pricing import ABSENT, SITE, engagement_data
from tests.builders.site_studies import SITES, engagement


def test_candidates_are_those_named_or_all_sites() -> None:
    document = engagement()
    calls, claims = document.services
    assert [site.name for site in candidate_sites(document, calls)] == ["Manila", "Lima"]
    assert len(candidate_sites(document, claims)) == 3


def test_a_language_that_is_not_spoken_and_a_country_outside_are_refused() -> None:
    document = engagement()
    _, claims = document.services
    manila, lima, omaha = document.sites
    assert refusals(document, claims, manila) == ("data_residency",)
    assert refusals(document, claims, lima) == ()
    assert refusals(document, claims, omaha) == ("languages",)


def test_without_stated_languages_those_delivered_there_are_spoken() -> None:
    document = read_engagement(engagement_data(sites=[SITE, SITE | {"name": "Cebu"}]))
    manila, cebu = document.sites
    assert spoken_at(document, manila) == frozenset({"en"})
    assert spoken_at(document, cebu) is None


@pytest.mark.parametrize(
    "shares", [(1 / 3, 1 / 3, 1 / 3), (0.05, 0.95), (1.0,), (0.33335, 0.66665)]
)
def test_rounded_shares_sum_to_one(shares) -> None:
    rounded = rounded_shares(shares)
    assert sum(rounded) == 1
    assert all(abs(float(r) - s) < 2e-4 for r, s in zip(rounded, shares, strict=True))


def test_a_service_alone_has_no_seat_limit_and_no_transition() -> None:
    transition = {"cost": 900, "amortisation_months": 3}
    changes = {"commercial.transition": transition, "sites[0].seats": 5}
    document = read_engagement(engagement_data(changes))
    alone = delivered(document, {"claims": [("Manila", Decimal(1))]}, alone=True)
    assert alone.sites[0].seats is None
    assert alone.commercial.transition is None
    together = delivered(document, {"claims": [("Manila", Decimal(1))]})
    assert together == document


def test_round_the_clock_a_service_states_sites_without_shares() -> None:
    parts = {"helpdesk": [("Manila", Decimal(1)), ("Lima", Decimal(1))]}
    rounds = delivered(engagement(), parts, frozenset(parts), alone=True)
    assert rounds.services[0].is_follow_the_sun
    assert [site.name for site in rounds.sites] == ["Manila", "Lima"]
    assert len(delivered(engagement(), parts, frozenset(parts)).sites) == 3
    by_day = by_day_only(rounds, frozenset({"Lima"}))
    assert by_day.sites[0].opening_hours == "24x7"
    assert by_day.sites[1].opening_hours == {"mon-sun": "06:00-22:00"}


def test_least_orders_of_teams_that_are_no_more_are_dropped() -> None:
    least = [{"team": "claims @ Lima", "fte": 3}, {"team": "helpdesk @ Lima", "fte": 2}]
    document = read_engagement(SITES | {"contract": {"input_based": {"minimum_fte": least}}})
    parts = {"helpdesk": [("Manila", Decimal(1))], "claims": [("Lima", Decimal(1))]}
    moved = delivered(document, parts)
    assert moved.contract is not None
    assert moved.contract.input_based is not None
    assert [one.team for one in moved.contract.input_based.minimum_fte] == ["claims @ Lima"]
    assert read_engagement(json.loads(moved.model_dump_json())) == moved


def test_candidates_and_residency_must_fit_the_document() -> None:
    with pytest.raises(BadInputError) as unknown:
        read_engagement(engagement_data({"services[0].candidates": ["Lima"]}))
    assert unknown.value.issues[0].path == "services[0].candidates[0]"
    assert "the name of a site: Manila" in unknown.value.issues[0].accepted
    with pytest.raises(BadInputError) as outside:
        read_engagement(engagement_data({"services[0].data_residency": ["US"]}))
    assert outside.value.issues[0].path == "services[0].delivery[0].site"
    assert outside.value.issues[0].value == "Manila in PH"


def test_an_engagement_without_the_new_fields_keeps_its_hash() -> None:
    """The hash as of before they existed."""
    document = read_engagement(engagement_data())
    assert not {"candidates", "data_residency"} & document.services[0].model_dump().keys()
    assert not {"languages", "opening_cost", "min_team"} & document.sites[0].model_dump().keys()
    stated = read_engagement(engagement_data({"sites[0].min_team": 3}))
    assert engagement_hash(document) != engagement_hash(stated)


def test_the_builder_states_what_it_says() -> None:
    assert ABSENT not in SITES.values()
