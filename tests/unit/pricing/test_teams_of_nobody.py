"""A team of whom nobody is ever ordered has no price, and the remedy is told."""

import pytest

from pricing.cost import plan_cost
from pricing.offers import build_offers
from staffing.errors import BadInputError
from tests.builders.pricing import (
    DEFERRABLE,
    LIVE,
    engagement,
    staffing_plan,
    team_plan,
    terms_of,
    year_quantities,
)


@pytest.mark.parametrize(
    ("blend", "field"),
    [
        ({"service": "helpdesk", "share": 0.5}, "services[0].blend.share"),
        (None, "services[0].volume"),
    ],
)
def test_a_service_done_in_idle_time_alone_is_refused_by_name(blend, field) -> None:
    claims = DEFERRABLE | ({"blend": blend} if blend else {})
    document = engagement(services=[claims, LIVE])
    nobody, some = year_quantities(1, payroll_weeks=0), year_quantities(1, payroll_weeks=50)
    plan = staffing_plan(
        (
            team_plan("claims", "Manila", (nobody,), (0.0,) * 3),
            team_plan("helpdesk", "Manila", (some,), (4.0,) * 3),
        ),
        {"claims": (10.0,) * 3, "helpdesk": (4000.0,) * 3},
    )
    terms = terms_of(document)
    with pytest.raises(BadInputError) as caught:
        build_offers(document, terms, plan, plan_cost(document, terms, plan))
    assert str(caught.value).startswith(f"{field}:")
    assert "claims @ Manila needs people" in str(caught.value)
