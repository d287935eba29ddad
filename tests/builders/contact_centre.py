"""The floor as a process-based SimPy model: one process per contact, one per person away.

People who are away hold a place of their group; they ask for it ahead of every waiting contact, so
that a person leaves only when the contact in hand is over. A contact asks every group that can take
it and keeps the first place it gets.
"""

import math

import numpy as np
import simpy


def simpy_answer_times(contacts, floor):
    """Play the same contacts on the same floor as ``staffing.simulation.engine``."""
    env = simpy.Environment()
    most = [max(1, int(agents.max())) for agents in floor.agents]
    groups = [simpy.PriorityResource(env, capacity) for capacity in most]
    answered = np.full(len(contacts.arrival_s), np.nan)
    for group, agents, places in zip(groups, floor.agents, most, strict=True):
        for person in range(places):
            env.process(_away(env, group, person >= agents, floor.interval_s))
    by_flexibility = sorted(range(len(groups)), key=lambda g: len(floor.skills[g]))
    for call, arrival in enumerate(contacts.arrival_s):
        takers = [groups[g] for g in by_flexibility if contacts.queue[call] in floor.skills[g]]
        patience, handle = contacts.patience_s[call], contacts.handle_s[call]
        env.process(_contact(env, takers, (arrival, patience, handle), (answered, call)))
    env.run(until=floor.end_s)
    return answered


def _away(env, group, away, interval_s):
    """Hold one place in every interval in which this person is away."""
    held = None
    for gone in away:
        if gone and held is None:
            held = group.request(priority=-1)
        elif not gone and held is not None:
            group.release(held) if held.triggered else held.cancel()
            held = None
        yield env.timeout(interval_s)


def _contact(env, takers, times, note):
    arrival, patience, handle = times
    yield env.timeout(arrival)
    asked = []
    for group in takers:
        asked.append((group, group.request(priority=0)))
        if asked[-1][1].triggered:
            break
    else:
        limits = [] if math.isinf(patience) else [env.timeout(patience)]
        yield env.any_of([*(request for _, request in asked), *limits])
    granted = [(group, request) for group, request in asked if request.triggered]
    for group, request in asked:
        if (group, request) not in granted[:1]:
            group.release(request) if request.triggered else request.cancel()
    if granted:
        answered, call = note
        answered[call] = env.now
        yield env.timeout(handle)
        granted[0][0].release(granted[0][1])
