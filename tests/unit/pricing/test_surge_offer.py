"""What a client may see of a surge report: nothing of cost, margin or the sources behind it."""

import re

import pytest

from pricing.quoting import quote
from pricing.reading import read_document, read_engagement
from pricing.surge_offer import client_offer
from pricing.surge_quoting import surge_report
from pricing.surge_report import SurgeOffer, SurgeReport, SurgeRequest
from staffing.errors import BadInputError, InfeasibleError
from tests.builders.full_engagement import FULL
from tests.builders.pricing import DEFERRABLE, LIVE, SITE, engagement_data

POOL = {
    "name": "stand-ins of the house",
    "kind": "pool",
    "heads": 50,
    "notice_h": 48,
    "standby_fee_per_week": 3,
    "onboarding_cost": 20,
}
DATA = engagement_data(sites=[SITE | {"surge": {"sources": [POOL], "shortfall_price": 60}}])
SECRETS = re.compile(r"cost|margin|wage|floor|profit|sga|contingency|stand-ins|pool|shortfall")


def report(data: object = DATA, **changes: object) -> SurgeReport:
    asked = {"size": 0.5, "notice_h": 48.0, "days": 14} | changes
    return surge_report(read_engagement(data), read_document(SurgeRequest, asked))


@pytest.fixture(scope="module")
def made() -> SurgeReport:
    return report()


def test_an_offer_holds_no_word_of_cost_margin_or_source(made: SurgeReport) -> None:
    offer = client_offer(made).model_dump_json()
    assert SECRETS.findall(offer) == []
    assert len(set(SECRETS.findall(made.model_dump_json()))) > 5


def test_an_offer_tells_the_same_people_and_prices(made: SurgeReport) -> None:
    offer, plan = client_offer(made), made.study.plan
    at = offer.hours.index(48.0)
    assert offer.people[at] == pytest.approx(plan.promise.there) == offer.promise.there
    assert offer.people[at - 1] == 0
    assert offer.input_rate == made.prices.input_rate
    assert sum(one.amount.amount for one in offer.charges) == offer.input_bill.amount
    assert offer.in_time == plan.service
    assert SurgeOffer.model_validate_json(offer.model_dump_json()) == offer


def test_the_ordinary_price_is_that_of_the_quote(made: SurgeReport) -> None:
    priced = quote(read_engagement(DATA)).offers
    assert made.prices.output_rate is not None
    assert made.prices.output_rate.ordinary == priced.output_based.prices[0].price
    paid = next(one for one in priced.input_based.prices if one.unit == "paid hour")
    assert made.prices.input_rate is not None
    assert float(made.prices.input_rate.ordinary.amount) == pytest.approx(
        float(paid.price.amount) / 0.9, abs=1e-3
    )


def test_a_report_survives_json_and_names_what_was_left_out(made: SurgeReport) -> None:
    assert SurgeReport.model_validate_json(made.model_dump_json()) == made
    assert (made.request.service, made.request.site) == ("claims", "Manila")
    assert made.dates == ()


def test_a_date_names_the_days_since_the_call() -> None:
    dated = report(start="2027-02-03")
    assert [str(day) for day in dated.dates[:3]] == ["2027-02-01", "2027-02-02", "2027-02-03"]
    assert dated.study.plan.day_names[2] == "Wed"


def test_a_date_sets_the_volume_of_its_season_and_the_wages_of_its_year() -> None:
    """February has twice the work of other months; wages grow by a tenth a year."""
    changes = {
        "term_months": 24,
        "services[0].volume.seasonality": [1, 2, *[1] * 10],
        "sites[0].wage_growth_per_year": 0.1,
        "sites[0].surge.sources[0].premium": 0.5,
        "sites[0].surge.sources[0].hourly_cost": None,
    }
    site = DATA["sites"][0]
    document = engagement_data(changes, sites=[site])
    quiet, busy, later = (
        report(document, start=day) for day in ("2027-07-05", "2027-02-08", "2028-07-03")
    )
    assert busy.study.extra_units == pytest.approx(2 * quiet.study.extra_units)
    assert busy.study.team_heads > 1.5 * quiet.study.team_heads
    assert quiet.rungs[0].hourly_premium == pytest.approx(2)
    assert later.rungs[0].hourly_premium == pytest.approx(2 * 1.1)


def test_a_quiet_season_borrows_no_more_idle_people_than_plan_volume_leaves() -> None:
    """Claims that use idle time of a helpdesk, in a week below plan volume."""
    quiet = report(FULL, service="claims", start="2027-02-08")
    assert quiet.study.extra_units > 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"service": "coding"}, "service: one of claims"),
        ({"start": "Sat", "days": 1}, "peak: extra work on a day on which the service is open"),
        ({"site": "Omaha"}, "site: a site of claims: Manila"),
        ({"start": "2030-01-01"}, "start: a weekday"),
        ({"start": "someday"}, "start"),
        ({"notice_h": -1.0}, "notice_h: should be 0 or more"),
        ({"size": 0.0}, "size: should be above 0"),
        ({"size": None}, "size: exactly one of size and people (found none)"),
        ({"people": 5.0}, "size: exactly one of size and people (found both)"),
        ({"all_in_time": True, "shortfall_price": 5.0}, "shortfall_price: left out"),
    ],
)
def test_a_peak_that_cannot_be_meant_is_refused(changes: dict[str, object], said: str) -> None:
    with pytest.raises(BadInputError) as caught:
        report(**changes)
    assert said in str(caught.value)


@pytest.mark.parametrize(("claims_per_year", "busiest"), [(10_000, "helpdesk"), (4e6, "claims")])
def test_of_several_services_the_one_with_most_work_is_meant(
    claims_per_year: float, busiest: str
) -> None:
    claims = DEFERRABLE | {"volume": {"units_per_year": claims_per_year}}
    two = engagement_data(services=[claims, LIVE])
    assert report(two, shortfall_price=40.0).request.service == busiest


def test_work_that_may_not_be_late_is_refused_with_what_would_do() -> None:
    live = engagement_data(services=[LIVE], sites=DATA["sites"])
    with pytest.raises(InfeasibleError, match=r"2 days of notice instead of 0"):
        report(live, all_in_time=True, notice_h=0.0, size=2.0)
