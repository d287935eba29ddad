"""What sets of queues need, and which queues and groups are refused."""

import numpy as np
import pytest

from staffing.errors import BadInputError
from staffing.queueing import agents_required
from staffing.skills import check_skills, reach, skill_matrix, subset_needs
from tests.builders.skills import group, queue


def test_every_set_needs_what_one_pool_of_it_needs():
    queues = [queue("a", 4, 0), queue("b", 6, 2), queue("c", 1, 1)]
    loads = {0b001: [4, 0], 0b010: [6, 2], 0b011: [10, 2], 0b110: [7, 3], 0b111: [11, 3]}
    needs = subset_needs(queues)
    assert needs[0].tolist() == [0, 0]
    for mask, load in loads.items():
        assert needs[mask].tolist() == agents_required(load, 300.0, 0.8, 20.0).tolist()


def test_a_pool_takes_the_strictest_target_of_those_who_call():
    strict = {"service_level": 0.95, "threshold_s": 5.0}
    queues = [queue("a", 8, 8), queue("b", 8, 0, **strict)]
    needs = subset_needs(queues)[-1]
    assert needs[0] == agents_required(16, 300.0, 0.95, 5.0)
    assert needs[1] == agents_required(8, 300.0, 0.8, 20.0)


def test_a_pool_takes_the_mean_handling_time_of_its_contacts():
    queues = [queue("a", 9, handle_time_s=600.0), queue("b", 3, handle_time_s=150.0)]
    mean_s = 12 / (9 / 600 + 3 / 150)
    assert subset_needs(queues)[-1] == agents_required(12, mean_s, 0.8, 20.0)


def test_queues_are_kept_apart_where_a_pool_would_need_more():
    """A few strict calls must not make a large relaxed queue strict."""
    relaxed = queue("mail", 50, service_level=0.5, threshold_s=3600.0)
    strict = queue("alarm", 0.1, service_level=0.99, threshold_s=1.0)
    alone = [int(agents_required(50, 300.0, 0.5, 3600.0)), int(agents_required(0.1, 300, 0.99, 1))]
    assert agents_required(50.1, 300.0, 0.99, 1.0) > sum(alone)
    assert subset_needs([relaxed, strict])[-1] == sum(alone)


def test_a_pool_keeps_the_lowest_cap_on_occupancy_of_those_who_call():
    capped = queue("b", 8, 0, max_occupancy=0.5)
    needs = subset_needs([queue("a", 8, 8, max_occupancy=0.9), capped])
    assert needs[0b10].tolist() == [16, 0]
    assert needs[0b11, 0] == agents_required(8, 300.0, 0.8, 20.0, max_occupancy=0.9) + 16
    assert needs[0b11, 1] == agents_required(8, 300.0, 0.8, 20.0, max_occupancy=0.9)
    both = [queue("a", 8, max_occupancy=0.5), queue("b", 8, max_occupancy=0.5)]
    assert subset_needs(both)[0b11] == 32


def test_three_queues_may_be_cut_in_two_pools():
    alike = {"service_level": 0.5, "threshold_s": 3600.0}
    queues = [
        queue("a", 20, **alike),
        queue("alarm", 0.1, service_level=0.99, threshold_s=1.0),
        queue("b", 20, **alike),
    ]
    needs = subset_needs(queues)
    assert needs[0b111] == needs[0b101] + needs[0b010] < needs[0b001] + needs[0b110]


def test_groups_reach_the_sets_they_share_a_skill_with():
    queues = [queue("a", 1), queue("b", 1)]
    skills = skill_matrix(queues, [group("one", "b"), group("two", "a", "b")])
    assert skills.tolist() == [[False, True], [True, True]]
    assert reach(skills).tolist() == [[False, False], [False, True], [True, True], [True, True]]


FINE = [queue("en", 1.0, 2.0), queue("es", 1.0, 0.0)]
ABLE = [group("both", "en", "es")]


@pytest.mark.parametrize(
    ("queues", "groups", "said"),
    [
        (FINE, [*ABLE, group("odd", "fr")], r"groups\[1\].skills: one of en, es .*'fr'"),
        (FINE, [*ABLE, group("none")], r"groups\[1\].skills: at least one skill"),
        (FINE, [group("English", "en")], r"queues\[1\]: a group with the skill 'es'"),
        (FINE, [], r"queues\[0\]: a group"),
        (FINE, [*ABLE, *ABLE], "groups: a name of its own"),
        (FINE, [group("both", "en", "es", cost=0)], r"groups\[0\].cost"),
        (FINE, [group("both", "en", "es", limit=-1)], r"groups\[0\].limit"),
        ([queue("en", -1.0)], [group("g", "en")], r"queues\[0\].load: .* \(found -1\)"),
        ([queue("en", np.nan)], [group("g", "en")], r"queues\[0\].load: .*found nan"),
        ([queue("en"), queue("es")], ABLE, r"queues\[0\].load: one load per interval"),
        ([queue("en", 1), queue("es", 1, 2)], ABLE, r"queues\[1\].load: one load per interval"),
        ([queue("en", 1), queue("en", 1)], ABLE[:1], "queues: a name of its own"),
        ([queue("en", 1, handle_time_s=0)], [group("g", "en")], r"queues\[0\].handle_time_s"),
        ([queue("en", 1, service_level=1)], [group("g", "en")], r"queues\[0\].service_level"),
        ([queue("en", 1, threshold_s=-1)], [group("g", "en")], r"queues\[0\].threshold_s"),
        ([queue("en", 1, max_occupancy=0)], [group("g", "en")], r"queues\[0\].max_occupancy"),
        ([queue("en", 1, max_occupancy=1.1)], [group("g", "en")], r"queues\[0\].max_occupancy"),
        ([], ABLE, "queues: 1 to 10 queues"),
        ([queue(f"q{i}", 1) for i in range(11)], [group("g", *(f"q{i}" for i in range(11)))],
         "queues: 1 to 10 queues"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused_by_field(queues, groups, said):
    check_skills(FINE, ABLE)
    with pytest.raises(BadInputError, match=said):
        check_skills(queues, groups)
