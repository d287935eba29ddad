"""What an engagement says once it is read."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from pricing.briefing import effective_units_per_hour, staffing_brief, utilisation_of
from pricing.engagement import DeferrableService, LiveService
from tests.builders.pricing import DEFERRABLE, LIVE, SITE, engagement, engagement_data, terms_of


def test_the_channel_decides_the_kind_of_service() -> None:
    document = engagement(services=[DEFERRABLE, LIVE])
    assert isinstance(document.services[0], DeferrableService)
    assert isinstance(document.services[1], LiveService)


def test_a_document_cannot_be_changed() -> None:
    document = engagement()
    with pytest.raises(ValidationError, match="frozen"):
        document.currency = "EUR"  # type: ignore[misc]


def test_handling_time_and_rate_are_two_ways_to_say_the_same() -> None:
    by_rate = engagement({"services[0].units_per_hour": 12}).services[0]
    by_time = engagement(services=[LIVE]).services[0]
    assert by_time.gross_units_per_hour == by_rate.gross_units_per_hour == 12


def test_rework_slows_the_work_by_its_share_and_effort() -> None:
    accuracy = {"target": 0.9, "rework_share": 0.05, "rework_effort": 0.4}
    service = engagement({"services[0].accuracy": accuracy}).services[0]
    assert effective_units_per_hour(service) == Decimal("9.8")


def test_a_live_queue_is_capped_in_occupancy_and_deferrable_work_in_utilisation() -> None:
    document = engagement(services=[DEFERRABLE, LIVE])
    assert [utilisation_of(document, service) for service in document.services] == [
        Decimal("0.9"),
        Decimal("0.85"),
    ]


def test_the_site_s_own_terms_win_over_the_engagement_s() -> None:
    own = {"out_of_office": 0.2, "in_office": 0.05}
    document = engagement({"sites[0].shrinkage": own})
    (terms,) = terms_of(document)
    assert terms.shrinkage.out_of_office.value == Decimal("0.2")
    assert terms.attrition == document.attrition


def test_delivery_shares_may_be_thirds_written_to_six_places() -> None:
    sites = [{**SITE, "name": name} for name in "ABC"]
    shares = [{"site": name, "share": "0.333333"} for name in "ABC"]
    document = engagement({"services[0].delivery": shares}, sites=sites)
    assert [team.name for team in terms_of(document)] == ["claims @ A", "claims @ B", "claims @ C"]


def test_the_brief_holds_plain_rates_of_cost() -> None:
    document = engagement({"sites[0].variable_pay": 0.1})
    (team,) = staffing_brief(document, terms_of(document)).teams
    assert team.hourly_cost == pytest.approx(4 * (1 + 0.1 + 0.25))
    assert team.hourly_premium_base == pytest.approx(4)
    assert team.seat_cost_per_week == pytest.approx(2000 * 7 / 365.25)


def test_the_surge_pool_of_a_site_is_shared_by_its_teams() -> None:
    document = engagement({"sites[0].surge": {"pool_heads": 12}}, services=[DEFERRABLE, LIVE])
    brief = staffing_brief(document, terms_of(document))
    assert [team.workforce.surge.pool_heads for team in brief.teams] == [6, 6]


def test_the_builder_s_case_is_valid_as_written() -> None:
    assert engagement_data()["services"][0]["name"] == "claims"
    assert engagement().name == "Small case"
