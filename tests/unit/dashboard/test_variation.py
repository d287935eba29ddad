"""A variation in percent, and as the API takes it and gives it back."""

import pytest

from dashboard.assumption_names import assumption
from dashboard.variation import entered, variation
from pricing.quoting import quote
from pricing.reading import read_engagement
from pricing.scenarios import Variation, difference, vary
from tests.builders.pricing import DEFERRABLE, LIVE, engagement_data
from tests.builders.quotes import base_quote


@pytest.fixture(scope="module", params=[DEFERRABLE, LIVE], ids=["units per hour", "handling time"])
def priced(request):
    """An engagement whose speed is stated in one of the two ways, and its quote."""
    engagement = read_engagement(engagement_data(term_months=1, services=[request.param]))
    return engagement, quote(engagement)


@pytest.mark.parametrize(
    "wanted",
    [
        {"volume": 20.0, "productivity": 0.0, "margin": 18.0},
        {"volume": -5.5, "productivity": 12.5, "margin": 20.25},
        {"volume": 0.0, "productivity": -10.0, "margin": 0.0},
    ],
)
def test_what_was_entered_is_read_back_from_the_difference_of_the_quotes(priced, wanted):
    engagement, before = priced
    after = quote(vary(engagement, Variation.model_validate(variation(**wanted))))
    rows = difference(before, after).model_dump(mode="json")["assumptions"]
    assert entered(rows, 18.0) == pytest.approx(wanted)


def test_nothing_moved_is_nothing_to_send():
    assert variation(0.0, 0.0, None) == {}
    assert entered([], 18.0) == {"volume": 0.0, "productivity": 0.0, "margin": 18.0}
    assert entered([], None)["margin"] is None


@pytest.mark.parametrize(
    ("path", "name", "kind"),
    [
        ("services[0].handle_time_s", "claims: handling time, s", "number"),
        ("services[0].units_per_hour", "claims: units per handling hour", "number"),
        ("sites[0].seat_cost_per_year", "Manila: seat cost per year", "number"),
        ("commercial.target_margin", "target margin on price", "share"),
        ("claims: units per week", "claims: units per week", "number"),
    ],
)
def test_an_assumption_is_named_in_words_with_its_unit(path, name, kind):
    row = assumption({"name": path, "kind": "number", "before": "1"}, base_quote())
    assert row == {"name": name, "kind": kind, "before": "1"}
