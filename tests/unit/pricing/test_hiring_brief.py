"""From an engagement to the question of hiring: every figure worked out by hand.

Full time is 40 h; 10 % are away and 10 % of time in the office is lost, so a person gives
40 x 0.9 x 0.9 = 32.4 productive hours. A week costs 40 h x 4 x 1.25 of on-costs = 200.
"""

from typing import Any

import numpy as np
import pytest

from pricing.hiring_brief import hiring_problem
from pricing.hiring_limits import people_per_seat
from staffing.errors import BadInputError
from staffing.hiring.problem import (
    BacklogTerms,
    CrossTrainedTerms,
    OvertimeTerms,
    ReleaseTerms,
    StaffGroup,
    TemporaryTerms,
)
from tests.builders.pricing import (
    DEFERRABLE,
    LIVE,
    SITE,
    engagement,
    staffing_plan,
    team_plan,
    terms_of,
)

WEEKS = 13


def needing(service="claims", heads=10.0, site="Manila"):
    """Plan of a team that needs so many full-time people in every week."""
    plan = team_plan(service, site, (), ())
    weeks = plan.workforce.model_copy(update={"needed": (heads,) * WEEKS})
    roster = plan.roster.model_copy(update={"paid_hours": 36.0 * heads})
    return plan.model_copy(update={"workforce": weeks, "roster": roster})


def asked(site=None, services=(DEFERRABLE,), plans=None, keep=None, **options):
    """Problem of the small engagement with these terms at its site."""
    document = engagement({}, services=list(services), sites=[SITE | (site or {})])
    plans = plans or tuple(needing(service["name"]) for service in services)
    teams = [team for team in terms_of(document) if keep is None or team.name in keep]
    return hiring_problem(document, teams, staffing_plan(plans, {}), **options)


def near(figure: float) -> Any:
    """A figure that stands for itself in a term, but for rounding."""
    return pytest.approx(figure)


def hiring(**terms):
    """Site with these hiring terms."""
    return {"hiring": terms}


def test_without_hiring_terms_those_of_the_quote_hold():
    problem = asked()
    (pool,) = problem.pools
    assert pool.name == "claims @ Manila"
    assert pool.need_h == pytest.approx([10 * 36 * 0.9] * WEEKS)
    assert pool.present_h == pytest.approx([32.4] * WEEKS)
    assert pool.need_h / pool.present_h == pytest.approx([10] * WEEKS)
    assert (pool.wage, pool.hire_cost, pool.lead_weeks) == (pytest.approx(200), 500, 2)
    assert pool.attrition == pytest.approx([0.3 * 7 / 365.25])
    assert pool.early_loss == 0.1
    # 1 / 0.9 starts for each who stays; a tenth of two weeks' pay went to those who did not.
    assert pool.go_live_cost == pytest.approx((500 + 200 * 2 * 0.1) / 0.9)
    assert pool.go_live_max == float("inf")
    # 4 x 1.25 + 25 % of 4 for a paid hour, of which nine tenths are productive.
    assert pool.overtime == OvertimeTerms(near(6 / 0.9), 0.1)
    assert pool.release is pool.temporary is pool.cross_trained is pool.backlog is None
    assert pool.shortfall_price is pool.class_size is None
    assert problem.limits == ()
    assert problem.weights == pytest.approx([1] * 12 + [6 / 7])
    assert not problem.whole_people


def test_the_surge_pool_of_a_quote_is_temporary_people_for_as_long_as_needed():
    surge = {"pool_heads": 3, "premium": 0.5, "effectiveness": 0.8, "min_weeks": 2}
    problem = asked({"surge": surge})
    # 40 h x (5 + 50 % of 4) = 280.
    assert problem.pools[0].temporary == TemporaryTerms(near(280), 0.8, 2, WEEKS)
    (limit,) = problem.limits
    assert (limit.kind, limit.name, limit.most) == ("temporary", "surge pool of Manila", 3)


def test_every_hiring_term_reaches_the_pool():
    terms = hiring(
        class_size=12,
        trainers=2,
        nesting_h_per_trainee_week=3,
        access_weeks=1,
        attrition_by_tenure=[
            {"from_week": 0, "leaving_per_week": 0.03},
            {"from_week": 3, "leaving_per_week": 0.01},
        ],
        release={"notice_weeks": 4, "severance_weeks": 3},
        temporary={"heads": 5, "premium": 0.25, "effectiveness": 0.8, "max_weeks": 8},
        cross_trained={"heads": 2, "premium": 0.1, "effectiveness": 0.7},
        staff=[{"service": "claims", "heads": 8, "tenure_weeks": 60}],
        absence_by_month=[0.2, 0.1, 0.1] + [0.5] * 9,
        licences=20,
        overtime_share_max_term=0.05,
        backlog_share=0.2,
        shortfall_price=40,
        whole_people=True,
    )
    problem = asked(terms, [DEFERRABLE | {"ramp": [0.5, 0.8]}])
    (pool,) = problem.pools
    assert (pool.class_size, pool.access_weeks, pool.ramp) == (12, 1, (0.5, 0.8))
    assert pool.nesting_h == (0, 0, 0, 3, 3)  # two weeks of training, one of access
    assert pool.attrition == pytest.approx([0.03, 0.03, 0.03, 0.01])
    assert pool.release == ReleaseTerms(4, near(600))
    assert pool.temporary == TemporaryTerms(near(240), 0.8, 4, 8)
    assert pool.cross_trained == CrossTrainedTerms(near(216), 0.7)
    assert pool.staff == (StaffGroup(8, 60),)
    assert pool.go_live_max == 0
    # Four weeks have their middle in January; that of 29 March has it on 1 April.
    away = [0.2] * 4 + [0.1] * 8 + [0.5]
    assert pool.absence == pytest.approx([1 - (1 - share) * 0.9 for share in away])
    assert pool.overtime == OvertimeTerms(near(6 / 0.9), 0.1, None, 0.05)
    # A fifth may wait, but no longer than 72 h of the 168.
    assert pool.backlog == BacklogTerms(0.2, 72 / 168)
    assert pool.shortfall_price == 40
    assert problem.whole_people
    assert {limit.name: limit.most for limit in problem.limits} == {
        "temporary people of Manila": 5,
        "licences of Manila": 20,
        "trainers of Manila": 2,
        "cross-trained people of Manila": 2,
    }


def test_calls_do_not_wait_for_the_next_week():
    problem = asked(hiring(backlog_share=0.2), [DEFERRABLE, LIVE])
    assert [pool.backlog is None for pool in problem.pools] == [False, True]


def test_a_service_without_staff_gets_its_team_of_the_first_day_from_the_plan():
    staff = [{"service": "claims", "heads": 8, "tenure_weeks": 60}]
    claims, calls = asked(hiring(staff=staff), [DEFERRABLE, LIVE]).pools
    assert (claims.go_live_max, calls.go_live_max) == (0, float("inf"))


def test_people_learn_the_work_of_another_service_at_their_site():
    way = {"from_service": "claims", "to_service": "helpdesk", "cost": 300, "weeks": 3}
    terms = hiring(upskilling=[way | {"loss": 0.1}])
    (found,) = asked(terms, [DEFERRABLE, LIVE]).upskillings
    assert found.name == "claims @ Manila -> helpdesk @ Manila"
    assert (found.cost, found.weeks, found.loss, found.max_per_week) == (300, 3, 0.1, float("inf"))
    assert asked(terms, [DEFERRABLE, LIVE], keep={"claims @ Manila"}).upskillings == ()


def test_a_seat_serves_as_many_people_as_in_the_standard_week():
    """20 people need 10 seats at once: with 15 seats, 30 people."""
    assert people_per_seat([needing(), needing("helpdesk")], 10) == 2
    assert people_per_seat([needing(heads=5)], 10) == 1
    assert people_per_seat([], 0) == 1
    (limit,) = asked({"seats": 15}, [DEFERRABLE, LIVE]).limits
    assert (limit.kind, limit.pools) == ("seats", ("claims @ Manila", "helpdesk @ Manila"))
    assert limit.most == 30


def test_teams_that_are_not_planned_keep_the_seats_and_licences_they_need():
    problem = asked(
        {"seats": 15} | hiring(licences=22), [DEFERRABLE, LIVE], keep={"claims @ Manila"}
    )
    assert [pool.name for pool in problem.pools] == ["claims @ Manila"]
    seats, licences = problem.limits
    assert seats.most == pytest.approx(np.full(WEEKS, 30 - 10))
    assert licences.most == pytest.approx(np.full(WEEKS, 22 - 10))


def test_whole_people_can_be_asked_for():
    assert asked(whole_people=True).whole_people
    assert not asked(hiring(class_size=5)).whole_people


def test_a_ramp_that_falls_is_refused_where_it_stands():
    with pytest.raises(BadInputError, match=r"services\[0\]\.ramp: shares that never fall"):
        asked(None, [DEFERRABLE | {"ramp": [0.8, 0.5]}])
