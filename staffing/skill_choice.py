"""Which sites and live services are studied together, and each of their teams as a queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.brief import LiveTarget
from staffing.errors import BadInputError, FieldIssue
from staffing.live import live_heads, offered_load
from staffing.requirement import team_week
from staffing.skills import MOST_QUEUES, SkillQueue, subset_needs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, StaffingBrief, TeamBrief
    from staffing.demand import Demand
    from staffing.grid import WeekGrid

FEWEST_SERVICES = 2


@dataclass(frozen=True)
class ChosenSite:
    """Live services of a site that share people, in document order, and what to tell of it."""

    site: str
    services: tuple[str, ...]
    notes: tuple[str, ...]

    def teams(self, brief: StaffingBrief) -> Iterator[TeamBrief]:
        """Teams of these services at the site."""
        return (t for t in brief.teams if t.site == self.site and t.service in self.services)


@dataclass(frozen=True)
class LiveTeam:
    """A live team of the plan as a queue of skilled work, by interval, site-local time.

    Parameters
    ----------
    site : str
        Where it works.
    queue : SkillQueue
        Its load and target; callers wait for ever.
    available : ndarray, shape (T,)
        Share of the time on duty that people are available.
    crew : ndarray, shape (T,)
        Fewest people on duty in the plan.
    planned : ndarray, shape (T,)
        Heads the plan needs for the queue before crew and shrinkage.
    patience_s : float or None
        Mean time callers of the plan wait; None for ever.
    """

    site: str
    queue: SkillQueue
    available: NDArray[np.float64]
    crew: NDArray[np.float64]
    planned: NDArray[np.float64]
    patience_s: float | None

    @classmethod
    def of(cls, brief: StaffingBrief, team: TeamBrief, demand: Demand) -> LiveTeam:
        """Read a team's base week as `crewquote staff` does."""
        service, site, grid = brief.service(team.service), brief.site(team.site), brief.grid
        units = demand.base_week * demand.week_shape
        week = team_week(service, team, site, units, grid, brief.start)
        target = _live(service)
        return cls(
            site=team.site,
            queue=SkillQueue(
                name=team.service,
                load=offered_load(week.arrivals, target, grid),
                handle_time_s=target.handle_time_s,
                service_level=target.service_level,
                threshold_s=target.threshold_s,
                max_occupancy=target.max_occupancy,
            ),
            available=team.available_share(grid),
            crew=np.where(week.workable, float(service.min_heads), 0.0),
            planned=live_heads(week.arrivals, target, grid),
            patience_s=target.patience_s,
        )

    def notes(self, grid: WeekGrid) -> Iterator[str]:
        """Say where the plan itself reckons otherwise."""
        if self.patience_s is not None:
            hours = grid.interval_h * (self.planned / self.available).sum()
            safe = (self.planned <= subset_needs([self.queue])[-1]).all()
            side = "on the safe side" if safe else "though impatience asks for more at times"
            yield (
                f"{self.queue.name}: its callers are taken to wait for ever, {side}; the plan lets "
                f"them hang up after {self.patience_s:g} s on average and needs {hours:,.1f} "
                "head-hours"
            )
        raised = self.crew > self.planned / self.available
        if raised.any():
            yield (
                f"{self.queue.name}: the plan keeps {self.crew.max():g} on duty in "
                f"{grid.interval_h * raised.sum():g} hours that need fewer; that crew is not "
                "counted here"
            )


def chosen_sites(
    brief: StaffingBrief, site: str | None, services: Sequence[str]
) -> tuple[ChosenSite, ...]:
    """Sites with two or more live services, or those asked for.

    Services whose people answer several contacts at once are left out, or refused if named.

    Raises
    ------
    BadInputError
        Unknown names, or nowhere two live services.
    """
    _check_names(brief, site, services)
    sites = [one.name for one in brief.sites if site in {None, one.name}]
    found = [_at_site(brief, name, services) for name in sites]
    chosen = tuple(one for one in found if len(one.services) >= FEWEST_SERVICES)
    if not chosen:
        raise BadInputError(FieldIssue("site", repr(site) if site else "", _too_few(found)))
    for one in chosen:
        if len(one.services) > MOST_QUEUES:
            accepted = f"at most {MOST_QUEUES} services at {one.site}; name those to study"
            raise BadInputError.at("services", len(one.services), accepted)
    return chosen


def _check_names(brief: StaffingBrief, site: str | None, services: Sequence[str]) -> None:
    known = [one.name for one in brief.sites]
    if site is not None and site not in known:
        raise BadInputError.at("site", site, f"one of {', '.join(known)}")
    if len(services) == 1:
        raise BadInputError.at("services", services[0], "two or more live services")
    live = [s for s in brief.services if isinstance(s.target, LiveTarget)]
    for name in services:
        service = next((one for one in live if one.name == name), None)
        if service is None:
            names = ", ".join(one.name for one in live) or "none, there are no live services"
            raise BadInputError.at("services", name, f"a live service: {names}")
        if _live(service).concurrency > 1:
            accepted = (
                "1 for services that share people: a person with several chats cannot take a call; "
                f"leave {name} out"
            )
            raise BadInputError.at(
                service.field("concurrency"), _live(service).concurrency, accepted
            )


def _at_site(brief: StaffingBrief, site: str, wanted: Sequence[str]) -> ChosenSite:
    here = [brief.service(team.service) for team in brief.teams if team.site == site]
    live = [
        service
        for service in here
        if isinstance(service.target, LiveTarget) and (not wanted or service.name in wanted)
    ]
    single = tuple(service.name for service in live if _live(service).concurrency == 1)
    notes = tuple(
        f"{service.name}: left out, its people answer {_live(service).concurrency} contacts at once"
        for service in live
        if _live(service).concurrency > 1
    )
    return ChosenSite(site, single, notes)


def _live(service: ServiceBrief) -> LiveTarget:
    assert isinstance(service.target, LiveTarget)  # noqa: S101 (chosen by this)
    return service.target


def _too_few(found: list[ChosenSite]) -> str:
    there = "; ".join(_what_is_there(one) for one in found)
    return f"two or more live services (of those named) at one site are needed: {there}"


def _what_is_there(one: ChosenSite) -> str:
    there = f"{one.site} has {' and '.join(one.services) or 'none'}"
    return f"{there} ({'; '.join(one.notes)})" if one.notes else there
