"""Patience, chats, follow-the-sun, blending, shrinkage by interval: what may be said together."""

from typing import Any

import numpy as np
import pytest

from pricing.briefing import staffing_brief, team_terms
from pricing.ratecard import RateCard
from pricing.reading import read_engagement
from staffing.brief import Blend, LiveTarget, StaffingBrief, TurnaroundTarget
from staffing.errors import BadInputError
from tests.builders.pricing import DEFERRABLE, LIVE, SITE, engagement_data

CEBU = {**SITE, "name": "Cebu"}
SUN = {**LIVE, "routing": "follow_the_sun", "delivery": [{"site": "Manila"}, {"site": "Cebu"}]}
BLENDED = {**DEFERRABLE, "blend": {"service": "helpdesk", "share": 0.6}}


def brief_of(*services: dict[str, Any], changes: dict[str, Any] | None = None) -> StaffingBrief:
    """Read the small engagement with these services at two sites, and brief it."""
    data = engagement_data(changes, services=list(services), sites=[SITE, CEBU])
    engagement = read_engagement(data)
    return staffing_brief(engagement, team_terms(engagement, RateCard(engagement)))


def refused(*services: dict[str, Any], changes: dict[str, Any] | None = None) -> str:
    """Read the same and expect a refusal; return its text."""
    with pytest.raises(BadInputError) as caught:
        brief_of(*services, changes=changes)
    return str(caught.value)


def test_options_of_a_queue_reach_the_planner_as_written() -> None:
    options = {"patience_s": 90, "max_abandonment": 0.04, "retry_share": 0.3, "concurrency": 2}
    target = brief_of({**LIVE, **options}).services[0].target
    assert isinstance(target, LiveTarget)
    assert (target.patience_s, target.max_abandonment) == (90.0, 0.04)
    assert (target.retry_share, target.concurrency) == (0.3, 2)


@pytest.mark.parametrize("option", [{"max_abandonment": 0.05}, {"retry_share": 0.2}])
def test_nobody_hangs_up_without_patience(option: dict[str, float]) -> None:
    text = refused({**LIVE, **option})
    assert "services[0].patience_s: required beside max_abandonment or retry_share" in text


@pytest.mark.parametrize(
    ("field", "value"),
    [("patience_s", 0), ("max_abandonment", 1.0), ("retry_share", 1.0), ("concurrency", 0)],
)
def test_an_option_out_of_range_is_named(field: str, value: float) -> None:
    assert f"services[0].{field}:" in refused({**LIVE, "patience_s": 60, field: value})


def test_a_follow_the_sun_service_names_sites_without_shares() -> None:
    brief = brief_of(SUN)
    assert brief.services[0].follow_the_sun
    assert [team.site for team in brief.teams] == ["Manila", "Cebu"]
    halves = [{"site": "Manila", "share": 0.5}, {"site": "Cebu", "share": 0.5}]
    text = refused({**SUN, "delivery": halves})
    assert "services[0].delivery[0].share: no share with follow_the_sun" in text


def test_only_queues_follow_the_sun() -> None:
    assert "routing: unknown field" in refused({**DEFERRABLE, "routing": "follow_the_sun"})


def test_blended_work_names_the_queue_it_borrows_from() -> None:
    target = brief_of(LIVE, BLENDED).services[1].target
    assert isinstance(target, TurnaroundTarget)
    assert target.blend == Blend("helpdesk", 0.6)


@pytest.mark.parametrize(
    "services",
    [
        (BLENDED,),
        (BLENDED, {**DEFERRABLE, "name": "helpdesk"}),
        ({**LIVE, "delivery": [{"site": "Cebu"}]}, BLENDED),
    ],
    ids=["no such service", "deferrable itself", "another site"],
)
def test_a_blend_with_what_is_no_queue_at_its_sites_is_refused(services: tuple[Any, ...]) -> None:
    place = f"services[{len(services) - 1 if services[-1] is BLENDED else 0}].blend.service"
    assert f"{place}: a live service at all sites of claims" in refused(*services)


def test_no_idle_time_is_lent_twice() -> None:
    text = refused(LIVE, BLENDED, {**BLENDED, "name": "records"})
    assert (
        "services[2].blend.share: shares of helpdesk that sum to 1 at most (found sum 1.2)" in text
    )
    assert brief_of(
        LIVE,
        BLENDED,
        {**BLENDED, "name": "records", "blend": {"service": "helpdesk", "share": 0.4}},
    )


SHRINKAGE = {"out_of_office": 0.1, "in_office": 0.1}


def test_a_daily_profile_of_shrinkage_keeps_its_mean_and_repeats_every_day() -> None:
    lunch = [1.0] * 12 + [4.0] + [1.0] * 11
    changes = {"shrinkage": {**SHRINKAGE, "in_office_profile": lunch}}
    lost = brief_of(LIVE, changes=changes).teams[0].in_office_by_interval
    assert lost is not None
    assert lost.mean() == pytest.approx(0.1)
    assert lost[12] == pytest.approx(4 * lost[11])
    assert np.array_equal(lost[:24], lost[-24:])


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        ([1.0] * 30, "24, 168, 336 or 672 numbers with a positive sum (found length 30)"),
        ([0.0] * 24, "positive sum (found sum 0)"),
        ([0.0] * 23 + [1.0], "keeps in_office below 1 at all times (found 2.4)"),
        ([1.0] * 336, "24 or 168 numbers, or one for each interval"),
    ],
)
def test_a_profile_of_shrinkage_that_does_not_fit_is_refused(
    profile: list[float], words: str
) -> None:
    changes = {"shrinkage": {**SHRINKAGE, "in_office_profile": profile}}
    text = refused(LIVE, changes=changes)
    assert text.startswith("shrinkage.in_office_profile: ")
    assert words in text


def test_a_profile_of_a_site_s_own_shrinkage_is_named_there() -> None:
    changes = {"sites[0].shrinkage": {**SHRINKAGE, "in_office_profile": [1.0] * 336}}
    assert refused(LIVE, changes=changes).startswith("sites[0].shrinkage.in_office_profile: ")
