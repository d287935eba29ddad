"""What becomes of people by tenure: worked out by hand, and against a walk week by week."""

import numpy as np
import pytest

from staffing.hiring.problem import StaffGroup
from tests.builders.hiring import pool


def test_shares_by_tenure_by_hand():
    """Two weeks of training, one of access; a tenth lost when training ends; two weeks of ramp."""
    tenure = pool(
        lead_weeks=2,
        access_weeks=1,
        ramp=(0.5, 0.8),
        attrition=(0.2, 0.1, 0.0),
        early_loss=0.1,
        nesting_h=(0.0, 3.0),
    ).tenure
    assert tenure.settled == 5
    assert tenure.survival == pytest.approx([1, 0.8, 0.8 * 0.9 * 0.9, 0.648, 0.648, 0.648])
    assert tenure.productivity.tolist() == [0, 0, 0, 0.5, 0.8]
    assert tenure.in_training.tolist() == [True, True, True, False, False]
    assert tenure.in_ramp.tolist() == [False, False, False, True, True]
    assert tenure.nesting_h.tolist() == [0, 3, 0, 0, 0]
    assert tenure.stay == 1.0


def test_settled_is_when_ramp_attrition_and_nesting_are_over():
    assert pool().settled_weeks == 0
    assert pool(attrition=(0.1, 0.1, 0.0)).settled_weeks == 2
    assert pool(nesting_h=(1.0,) * 4, lead_weeks=1).settled_weeks == 4
    assert pool(lead_weeks=2, access_weeks=1, ramp=(0.5,)).settled_weeks == 4


def test_people_of_the_first_day_by_hand():
    """Four in their first week of two, who meet the early loss, and ten settled ones."""
    people = pool(
        lead_weeks=2,
        attrition=(0.5, 0.0),
        early_loss=0.25,
        staff=(StaffGroup(4.0, 1), StaffGroup(10.0, 9)),
    )
    assert people.tenure.staff(people, 4).tolist() == [4, 0, 0, 0]
    assert people.tenure.staff_settling(people, 4).tolist() == [10, 3, 0, 0]


@pytest.mark.parametrize("tenure_weeks", range(7))
def test_hired_and_settled_people_add_up_to_a_walk_week_by_week(tenure_weeks):
    rates, lead, loss = (0.1, 0.05, 0.2, 0.03), 3, 0.15
    people = pool(
        lead_weeks=lead,
        ramp=(0.5,),
        attrition=rates,
        early_loss=loss,
        staff=(StaffGroup(6.0, tenure_weeks),),
    )
    tenure, weeks = people.tenure, 9
    there, age, walked = 6.0, tenure_weeks, []
    for _ in range(weeks):
        walked.append(there)
        there *= 1 - rates[min(age, 3)]
        age += 1
        there *= 1 - loss if age == lead else 1
    settled = np.convolve(tenure.staff_settling(people, weeks), tenure.decays(weeks))[:weeks]
    assert tenure.staff(people, weeks) + settled == pytest.approx(walked)
    hires = np.eye(1, weeks, 1)[0]
    later = np.roll(hires * tenure.survival[-1], tenure.settled)
    grown = tenure.hired(hires) + np.convolve(later, tenure.decays(weeks))[:weeks]
    if tenure_weeks == 0:
        assert grown[1:] == pytest.approx(np.array(walked[:-1]) / 6)
