"""Small problems of hiring over a term."""

from dataclasses import replace

import numpy as np

from staffing.hiring.problem import (
    BacklogTerms,
    CrossTrainedTerms,
    HiringLimit,
    HiringPool,
    HiringProblem,
    OvertimeTerms,
    ReleaseTerms,
    StaffGroup,
    TemporaryTerms,
    Upskilling,
)


def pool(name="records", need_h=(400.0,) * 6, **changes):
    """Ten experienced people of 40 hours and 1,000 a week, who never leave; shortfall at 100."""
    plain = HiringPool(
        name=name,
        need_h=np.asarray(need_h, dtype=float),
        hours_per_week=40.0,
        wage=1000.0,
        staff=(StaffGroup(10.0, 52),),
        shortfall_price=100.0,
    )
    return replace(plain, **changes)


def term(*pools, **changes):
    """A problem of these pools."""
    return HiringProblem(pools=pools, **changes)


def full_term(*, whole_people=False, **changes):
    """Two pools over ten weeks in which every rule has a say, the last week cut."""
    index = np.arange(10)
    records = pool(
        "records",
        np.array([420, 460, 500, 560, 640, 640, 600, 520, 470, 430.0]),
        hire_cost=900.0,
        lead_weeks=2,
        access_weeks=1,
        ramp=(0.5, 0.8),
        attrition=(0.02, 0.03, 0.01, 0.0, 0.005),
        early_loss=0.1,
        training_wage=700.0,
        nesting_h=(0.0, 1.0, 4.0, 2.0),
        absence=np.where(index == 4, 0.15, 0.05),
        staff=(StaffGroup(9.0, 40), StaffGroup(2.0, 1)),
        hires_max=4.0,
        class_size=3,
        overtime=OvertimeTerms(40.0, 0.12, window_weeks=4, window_share_max=0.08),
        release=ReleaseTerms(notice_weeks=2, severance=1500.0),
        temporary=TemporaryTerms(1500.0, 0.8, min_weeks=2, max_weeks=4, notice_weeks=2),
        cross_trained=CrossTrainedTerms(1400.0, 0.9, notice_weeks=1),
        backlog=BacklogTerms(0.5, 1.5, cost_per_h=0.5, opening_h=10.0),
        ahead_cost_per_h=1.0,
        shortfall_price=90.0,
    )
    coding = pool(
        "coding",
        np.array([300, 300, 320, 360, 420, 440, 400, 340, 300, 260.0]),
        wage=1300.0,
        hire_cost=1500.0,
        lead_weeks=3,
        ramp=(0.6,),
        attrition=(0.01,),
        class_size=4,
        staff=(StaffGroup(8.0, 60),),
        go_live_max=2.0,
        go_live_cost=2500.0,
        overtime=OvertimeTerms(55.0, 0.1),
    )
    return replace(
        HiringProblem(
            pools=(records, coding),
            upskillings=(
                Upskilling(
                    *("records", "coding", 600.0), weeks=2, loss=0.1, max_per_week=2, share_max=0.2
                ),
            ),
            limits=(
                HiringLimit("seats", "seats of Manila", ("records", "coding"), 28.0),
                HiringLimit("licences", "licences", ("records", "coding"), 26.0),
                HiringLimit("trainers", "trainers", ("records", "coding"), 2.0),
                HiringLimit("classes", "classrooms", ("records", "coding"), 1.0),
                HiringLimit("hires", "recruiters", ("records", "coding"), 4.0),
                HiringLimit("temporary", "agency", ("records",), 3.0),
                HiringLimit("cross_trained", "other accounts", ("records",), 2.0),
            ),
            week_weights=np.append(np.ones(9), 0.4),
        ),
        whole_people=whole_people,
        **changes,
    )


def random_term(pick, *, num_pools=2, whole_people=False):
    """A random small problem; `pick(*values)` chooses one of its arguments.

    Nothing is infeasible: work may be given up, and limits leave room for the people there.
    """
    weeks = pick(1, 2, 4, 7)
    pools = tuple(_random_pool(pick, f"pool {k}", weeks) for k in range(num_pools))
    names = tuple(each.name for each in pools)
    heads = sum(group.heads for each in pools for group in each.staff)
    limits = tuple(
        HiringLimit(kind, kind, names, heads + pick(0.0, 2.0, 6.0))
        for kind in ("seats", "licences", "hires", "temporary", "cross_trained", "trainers")
        if pick(True, False, False)
        and not (kind == "trainers" and any(each.class_size is None for each in pools))
    )
    ways: tuple[Upskilling, ...] = ()
    if num_pools > 1 and pick(True, False):
        ways = (
            Upskilling(
                from_pool=names[0],
                to_pool=names[1],
                cost=pick(0.0, 300.0),
                weeks=pick(0, 1, 3),
                loss=pick(0.0, 0.2),
                max_per_week=pick(1.0, float("inf")),
                share_max=pick(0.3, float("inf")),
            ),
        )
    weights = np.ones(weeks)
    weights[-1] = pick(1.0, 0.5)
    return HiringProblem(pools, ways, limits, weights, whole_people)


def _random_pool(pick, name, weeks):
    lead = pick(0, 1, 2)
    nesting = pick((), (), (0.0, 2.0), (3.0,))
    return pool(
        name,
        [pick(0.0, 120.0, 200.0, 330.0) for _ in range(weeks)],
        wage=pick(0.0, 900.0),
        hire_cost=pick(0.0, 500.0),
        lead_weeks=lead,
        access_weeks=pick(0, 0, 1),
        ramp=pick((), (0.5,), (0.4, 0.4, 0.9)),
        attrition=pick((0.0,), (0.05,), (0.1, 0.0, 0.03), (0.0, 0.0, 0.0, 0.0, 0.2)),
        early_loss=pick(0.0, 0.2),
        training_wage=pick(None, 400.0),
        nesting_h=nesting,
        absence=pick(0.0, 0.1),
        staff=pick((StaffGroup(5.0, 30),), (StaffGroup(4.0, 9), StaffGroup(0.5, 1)), ()),
        go_live_max=pick(0.0, 0.0, 3.0),
        go_live_cost=pick(100.0, 5000.0),
        hires_max=pick(float("inf"), 2.0, 0.0),
        class_size=pick(None, 2, 5),
        overtime=pick(
            None, OvertimeTerms(30.0, 0.2), OvertimeTerms(35.0, 0.25, pick(None, 2, 3), 0.1)
        ),
        release=pick(None, None, ReleaseTerms(pick(0, 1, 3), pick(0.0, 800.0))),
        temporary=pick(
            None, None, TemporaryTerms(1300.0, 0.8, pick(1, 2), pick(2, 3, 9), pick(0, 1), 50.0)
        ),
        cross_trained=pick(None, None, CrossTrainedTerms(1250.0, 0.9, pick(0, 1))),
        backlog=pick(
            None,
            BacklogTerms(pick(0.3, 1.0), pick(0.5, 1.0, 1.5, 2.0), pick(0.0, 0.5)),
            BacklogTerms(0.5, 1.0, 0.2, opening_h=20.0),
        ),
        ahead_cost_per_h=pick(None, None, 0.0, 1.0),
        shortfall_price=pick(20.0, 60.0, 200.0),
    )
