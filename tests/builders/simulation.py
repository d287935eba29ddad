"""Small floors, workloads and plans to play."""

from dataclasses import replace

import numpy as np

from staffing.plan import DeferrableWorkload, LiveWorkload, StaffingPlan, TeamPlan
from staffing.simulation.draws import QueueLaw, Stream, draw_contacts
from staffing.simulation.engine import Contacts, Floor, answer_times

HOUR_S = 3600.0
WEEK = 168


def contacts(*rows):
    """Build contacts from (arrival, handling time[, queue[, patience]]) in seconds."""
    full = [(*row, *(0, np.inf)[len(row) - 2 :]) for row in rows]
    arrival, handle, queue, patience = (np.array(column) for column in zip(*full, strict=True))
    return Contacts(arrival.astype(float), queue.astype(int), handle.astype(float), patience)


def floor(*agents, skills=((0,),), interval_s=HOUR_S):
    """Build a floor from the people of each group by interval."""
    return Floor(skills, np.array(agents), interval_s)


def steady(load, agents, *, hours=120, handle_time_s=300.0, stream=None, **law):
    """Play a queue of constant load from empty; return its contacts and when each is answered."""
    arrivals = np.full(hours, load * HOUR_S / handle_time_s)
    drawn = draw_contacts((QueueLaw(arrivals, handle_time_s, **law),), HOUR_S, stream or Stream(1))
    return drawn, answer_times(drawn, floor(np.full(hours, agents)))


def hang_up_share(load, agents, handle_time_s, patience_s, states=300):
    """Share that hangs up, from the stationary weights of the birth-death chain."""
    weights = [1.0]
    for k in range(1, states):
        leaving = min(k, agents) / handle_time_s + max(k - agents, 0) / patience_s
        weights.append(weights[-1] * load / handle_time_s / leaving)
    waiting = np.maximum(np.arange(states) - agents, 0) @ weights / np.sum(weights)
    return waiting / patience_s / (load / handle_time_s)


def live_workload(arrivals, slots, **changes):
    """Build a live queue of 5 minutes a call and 80 % within 20 s."""
    work = LiveWorkload(
        arrivals=tuple(np.broadcast_to(arrivals, WEEK).tolist()),
        slots=tuple(np.broadcast_to(slots, WEEK).astype(float).tolist()),
        handle_time_s=300.0,
        service_level=0.8,
        threshold_s=20.0,
        patience_s=None,
    )
    return work.model_copy(update=changes)


def deferrable_workload(arrivals, capacity, due_intervals=24):
    return DeferrableWorkload(
        arrivals=tuple(np.broadcast_to(arrivals, WEEK).astype(float).tolist()),
        capacity=tuple(np.broadcast_to(capacity, WEEK).astype(float).tolist()),
        due_intervals=due_intervals,
    )


def plan_of(*workloads):
    """Build an hourly plan of one team per workload; nothing else is in it."""
    teams = tuple(
        _bare(TeamPlan, service=f"service {i}", site="Manila", workload=work)
        for i, work in enumerate(workloads)
    )
    return _bare(StaffingPlan, interval_minutes=60, teams=teams)


def _bare(document, **fields):
    """Build a document of these fields only, unchecked."""
    return document.model_construct(**fields)


def more(floor_, group=0, people=1):
    """Return the floor with more people in one group at all times."""
    agents = floor_.agents.copy()
    agents[group] += people
    return replace(floor_, agents=agents)
