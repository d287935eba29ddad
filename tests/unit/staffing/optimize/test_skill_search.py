"""The search between one pool and people apart: margins, and plans that need no simulation."""

import numpy as np

import staffing.optimize.skill_search
from staffing.optimize.skill_model import SkillModel
from staffing.optimize.skill_search import SkillInterval, SkillSearch
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.simulation.estimates import Estimate
from staffing.simulation.steady import SteadyQueue
from staffing.skills import pooled_needs, skill_matrix, subset_needs
from tests.builders.skills import BILINGUAL, QUICK, english_and_spanish, group, queue, specialists


def interval_of(queues):
    steady = tuple(
        SteadyQueue(float(q.load[0]), q.handle_time_s, q.service_level, q.threshold_s)
        for q in queues
    )
    return SkillInterval(steady, subset_needs(queues)[:, 0], pooled_needs(queues)[:, 0])


class Pessimist(SkillSearch):
    """Finds every plan wanting when it is simulated, and counts how often it is asked."""

    asked = 0

    def simulated(self, heads):
        self.asked += 1
        return (Estimate(mean=0.0, low=0.0, high=0.0),) * len(self.interval.queues)


def pessimist(queues, groups):
    model = SkillModel(
        skill_matrix(queues, groups),
        np.array([one.cost for one in groups]),
        tuple(one.limit for one in groups),
        SolveLimits(relative_gap=0.0),
        SolveLog(),
    )
    return Pessimist(model, interval_of(queues), QUICK)


def test_margins_raise_all_heads_by_one_and_single_queues_by_the_other():
    interval = interval_of(english_and_spanish(5))
    assert interval.needs.tolist() == [0, 8, 8, 14]
    assert interval.with_margins(0, 0).tolist() == [0, 8, 8, 14]
    assert interval.with_margins(1, 0).tolist() == [0, 8, 8, 15]
    assert interval.with_margins(0, 3).tolist() == [0, 11, 11, 14]
    assert interval.with_margins(1, 99).tolist() == [0, 15, 15, 15]  # everybody answers everything


def test_margins_lie_evenly_between_for_sets_of_middling_size():
    interval = interval_of([queue("a", 5), queue("b", 5), queue("c", 5)])
    raised = interval.with_margins(0, 3) - interval.needs
    assert raised.tolist() == [0, 3, 3, 2, 3, 2, 2, 0]


def test_queues_without_load_are_left_out_of_the_margins():
    interval = interval_of(english_and_spanish(5, 0))
    assert interval.with_margins(2, 3).tolist() == [0, 10, 0, 10]


def test_one_pool_is_taken_without_asking_the_simulation():
    search = pessimist(english_and_spanish(5), BILINGUAL)
    best = search.best()
    assert best is not None
    assert best.tolist() == [14]
    assert search.asked == 0


def test_a_pool_of_unequal_contacts_is_not_taken_unasked():
    queues = [queue("en", 5), queue("es", 5, handle_time_s=900.0)]
    search = pessimist(queues, BILINGUAL)
    best = search.best()
    assert search.asked > 0
    assert best is not None
    assert best.sum() == search.interval.alone.sum()


def test_where_no_mix_passes_people_apart_are_the_answer():
    queues = [queue("en", 6), queue("es", 6), queue("fr", 6)]
    chain = [group("A", "en", "es"), group("B", "es", "fr"), group("C", "fr", "en")]
    for problem in ((queues, chain), (english_and_spanish(5), specialists(1.15))):
        search = pessimist(*problem)
        best = search.best()
        assert best is not None
        assert best.sum() == search.interval.alone.sum()
        assert search.asked > 0


def test_where_no_mix_passes_and_limits_forbid_people_apart_there_is_no_answer():
    groups = [*specialists(), group("both", "en", "es", limit=5)]
    groups[0] = group("English", "en", limit=6)
    groups[1] = group("Spanish", "es", limit=4)
    assert pessimist(english_and_spanish(5), groups).best() is None


def test_groups_that_share_a_queue_are_no_pools_of_their_own():
    search = pessimist(english_and_spanish(5), specialists(1.15))
    assert search._is_pools(np.array([8, 8, 0]))
    assert search._is_pools(np.array([0, 0, 14]))
    assert not search._is_pools(np.array([8, 0, 14]))
    assert not search._is_pools(np.array([8, 7, 0]))


def test_each_plan_is_simulated_once(monkeypatch):
    played = []

    def steady_levels(queues, skills, heads, settings):
        played.append(heads)
        return (Estimate(mean=0.79, low=0.78, high=0.8),) * len(queues)

    monkeypatch.setattr(staffing.optimize.skill_search, "steady_levels", steady_levels)
    plain = pessimist(english_and_spanish(5), specialists(1.05))
    search = SkillSearch(plain.model, plain.interval, QUICK)
    assert search.best() is not None
    assert len(played) == len(set(played)) >= 2
    search.best()
    assert len(played) == len(set(played))
