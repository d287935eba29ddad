"""Two or more queues of 80 % in 20 s and 5 minutes a call, and people with some of the skills."""

from dataclasses import replace

import numpy as np

from staffing.simulation.steady import SteadySettings
from staffing.skills import SkillGroup, SkillQueue

QUICK = SteadySettings(batch=6, most=6, contacts=2_000)


def queue(name, *load, **changes):
    one = SkillQueue(name, np.array(load, dtype=float), 300.0, 0.8, 20.0)
    return replace(one, **changes)


def group(name, *skills, cost=1.0, limit=None):
    return SkillGroup(name, skills, cost, limit)


def english_and_spanish(english, spanish=None):
    """Build two queues; the second has the loads of the first unless told."""
    loads = np.atleast_1d(english)
    return [queue("en", *loads), queue("es", *(loads if spanish is None else [spanish]))]


def specialists(flexible_cost=None, limit=None):
    """Build people of one language each and, at a cost, people of both."""
    groups = [group("English", "en"), group("Spanish", "es")]
    if flexible_cost is not None:
        groups.append(group("both", "en", "es", cost=flexible_cost, limit=limit))
    return groups


BILINGUAL = [group("both", "en", "es")]
