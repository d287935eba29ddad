"""One live queue of a plan, played week by week: who was answered in time, who hung up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.simulation.draws import QueueLaw, draw_contacts, draw_people
from staffing.simulation.engine import Floor, answer_times

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.grid import WeekGrid
    from staffing.plan import LiveWorkload
    from staffing.simulation.draws import Stream
    from staffing.simulation.engine import Contacts

WARM_UP_DAYS = 1
COOL_DOWN_DAYS = 1
SECONDS_PER_MINUTE = 60


@dataclass(frozen=True)
class QueueWeek:
    """One played week of a queue.

    Parameters
    ----------
    offered, in_time : ndarray, shape (T,)
        Contacts by interval of arrival; those of them answered within the threshold.
    waited_s : float
        Waiting time of all contacts, seconds; of those who hang up, until then.
    hung_up, unanswered : int
        Contacts that hung up; contacts still waiting a day after the week.
    busy_s, staffed_s : float
        Handling time inside the week; time of the people there.
    """

    offered: NDArray[np.int64]
    in_time: NDArray[np.int64]
    waited_s: float
    hung_up: int
    unanswered: int
    busy_s: float
    staffed_s: float


def play_week(
    work: LiveWorkload, handle_time_cv: float | None, grid: WeekGrid, stream: Stream
) -> QueueWeek:
    """Play the day before the standard week, the week and the day after; measure the week.

    The queue is empty when the day before begins. Work of the last day keeps coming in the day
    after, in which what still waits from the week is answered.

    Parameters
    ----------
    work : LiveWorkload
        The queue and who answers it.
    handle_time_cv : float or None
        See ``staffing.simulation.draws.QueueLaw``.
    grid : WeekGrid
        The standard week.
    stream : Stream
        Random numbers of this replication.
    """
    before, after = WARM_UP_DAYS * grid.per_day, COOL_DOWN_DAYS * grid.per_day
    week = np.arange(-before, grid.size + after) % grid.size
    interval_s = float(grid.interval_min * SECONDS_PER_MINUTE)
    law = QueueLaw(
        np.array(work.arrivals)[week], work.handle_time_s, handle_time_cv, work.patience_s
    )
    contacts = draw_contacts((law,), interval_s, stream)
    agents = draw_people(np.array(work.slots)[week], stream)
    floor = Floor(((0,),), agents[None, :], interval_s)
    answered = answer_times(contacts, floor)
    return _measured(work, contacts, answered, floor, (before, before + grid.size))


def _measured(
    work: LiveWorkload,
    contacts: Contacts,
    answered: NDArray[np.float64],
    floor: Floor,
    window: tuple[int, int],
) -> QueueWeek:
    first, end = window
    interval = (contacts.arrival_s // floor.interval_s).astype(np.int64)
    ours = (interval >= first) & (interval < end)
    position = interval[ours] - first
    given_up = np.minimum(contacts.patience_s, floor.end_s - contacts.arrival_s)
    unserved = np.isnan(answered)
    waited = np.where(unserved, given_up, answered - contacts.arrival_s)[ours]
    lost = unserved & (contacts.arrival_s + contacts.patience_s <= floor.end_s)
    in_time = position[~unserved[ours] & (waited <= work.threshold_s)]
    start, stop = first * floor.interval_s, end * floor.interval_s
    begun = np.clip(answered[~unserved], start, stop)
    ended = np.clip((answered + contacts.handle_s)[~unserved], start, stop)
    return QueueWeek(
        offered=np.bincount(position, minlength=end - first),
        in_time=np.bincount(in_time, minlength=end - first),
        waited_s=float(waited.sum()),
        hung_up=int(lost[ours].sum()),
        unanswered=int((unserved & ~lost)[ours].sum()),
        busy_s=float((ended - begun).sum()),
        staffed_s=float(floor.agents[:, first:end].sum() * floor.interval_s),
    )
