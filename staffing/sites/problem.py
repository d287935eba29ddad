"""What a choice of sites is asked for: work, sites, teams with costs by share, patterns, rules.

A *team* is one service at one site: its cost, seats and people are piecewise linear in the share of
the service it takes, with a jump at 0 (a minimum crew, a supervisor on duty). A *pattern* is a
whole service that goes round several sites by the hour (follow-the-sun), at the cost as planned.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHARE_TOLERANCE = 1e-9


@dataclass(frozen=True)
class ServiceWork:
    """A service whose work is to be placed.

    Parameters
    ----------
    name : str
        Unique name.
    load : float
        Share of all handling hours of the term, 0 to 1; all services sum to 1.
    """

    name: str
    load: float


@dataclass(frozen=True)
class SiteOption:
    """A site that may be opened.

    Parameters
    ----------
    name : str
        Unique name.
    open_cost : float
        Cost over the term of working there at all, 0 or more.
    seats : float or None
        Seats there are; None for no limit.
    """

    name: str
    open_cost: float = 0.0
    seats: float | None = None


@dataclass(frozen=True)
class TeamOption:
    """A service at a site, by the share of the service it takes.

    Parameters
    ----------
    service, site : str
        Names.
    shares : tuple of float
        Knots, increasing from 0 to 1; figures at 0 are those of a team with hardly any work, and
        apply only if it is opened.
    costs, seats : tuple of float
        Cost over the term and seats at the knots, 0 or more.
    share_min : float
        Least share of a team that is opened, 0 to 1.
    refused : tuple of str
        Rules that forbid this team: ``languages``, ``data_residency``, ``team_size_min``.
    measures : mapping
        Further quantities at the knots that the answer reports; nothing is chosen by them.
    """

    service: str
    site: str
    shares: tuple[float, ...]
    costs: tuple[float, ...]
    seats: tuple[float, ...]
    share_min: float = 0.0
    refused: tuple[str, ...] = ()
    measures: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        name, knots = f"{self.service} @ {self.site}", np.array(self.shares)
        if len(knots) < 2 or knots[0] != 0 or knots[-1] != 1 or (np.diff(knots) <= 0).any():  # noqa: PLR2004
            raise BadInputError.at("teams.shares", name, "knots that increase from 0 to 1")
        for row in (self.costs, self.seats, *self.measures.values()):
            if len(row) != len(knots) or not np.isfinite(row).all() or min(row) < 0:
                raise BadInputError.at("teams", name, "a figure of 0 or more for each knot")

    def cost_at(self, share: float) -> float:
        """Cost over the term of a share, read between the knots."""
        return float(np.interp(share, self.shares, self.costs))

    def seats_at(self, share: float) -> float:
        """Seats of a share, read between the knots."""
        return float(np.interp(share, self.shares, self.seats))

    def measure_at(self, name: str, share: float) -> float:
        """A further quantity of a share, read between the knots."""
        return float(np.interp(share, self.shares, self.measures[name]))


@dataclass(frozen=True)
class PatternOption:
    """A whole service that goes round sites by the hour, as planned.

    Parameters
    ----------
    service : str
        Whose work.
    sites : tuple of str
        Where, two or more.
    cost : float
        Over the term, 0 or more.
    seats, shares : tuple of float
        Seats and share of the work, by site.
    measures : mapping
        Further quantities that the answer reports, by site.
    days_only : bool
        Whether every site works outside its own night.
    """

    service: str
    sites: tuple[str, ...]
    cost: float
    seats: tuple[float, ...]
    shares: tuple[float, ...]
    measures: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    days_only: bool = False

    @property
    def name(self) -> str:
        """``service @ site + site``."""
        return f"{self.service} @ {' + '.join(self.sites)}"


@dataclass(frozen=True)
class SiteRules:
    """What a choice must keep to; None for no such rule.

    Parameters
    ----------
    sites_max, sites_min : int or None
        Most and fewest sites with work.
    site_share_max : float or None
        Most of all handling hours at one site, (0, 1].
    """

    sites_max: int | None = None
    sites_min: int | None = None
    site_share_max: float | None = None


@dataclass(frozen=True)
class SiteProblem:
    """Everything a choice of sites rests on.

    Parameters
    ----------
    services, sites, teams, patterns : tuple
        The work, the places, and the ways to do the work there.
    rules : SiteRules
        What the choice must keep to.
    closed : mapping
        Why a service cannot be worked on at a site at all, by ``service @ site``, for reports.

    Raises
    ------
    BadInputError
        When loads do not sum to 1, or names are unknown.
    """

    services: tuple[ServiceWork, ...]
    sites: tuple[SiteOption, ...]
    teams: tuple[TeamOption, ...]
    patterns: tuple[PatternOption, ...] = ()
    rules: SiteRules = SiteRules()
    closed: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        total = sum(service.load for service in self.services)
        if abs(total - 1) > _SHARE_TOLERANCE:
            raise BadInputError.at("services.load", total, "loads that sum to 1")
        known = {site.name for site in self.sites}
        for team in self.teams:
            if team.site not in known or team.service not in {s.name for s in self.services}:
                accepted = "a service and a site of the problem"
                raise BadInputError.at("teams", f"{team.service} @ {team.site}", accepted)
        for pattern in self.patterns:
            if not known.issuperset(pattern.sites):
                raise BadInputError.at("patterns", pattern.name, "sites of the problem")

    @property
    def allowed_teams(self) -> tuple[TeamOption, ...]:
        """Teams that no rule refuses."""
        return tuple(team for team in self.teams if not team.refused)

    def only_at(self, *sites: str) -> SiteProblem:
        """The same with these sites alone."""
        return replace(
            self,
            sites=tuple(site for site in self.sites if site.name in sites),
            teams=tuple(team for team in self.teams if team.site in sites),
            patterns=tuple(p for p in self.patterns if set(p.sites) <= set(sites)),
        )

    def team(self, service: str, site: str) -> TeamOption:
        """Return the team of a service at a site."""
        return next(t for t in self.teams if (t.service, t.site) == (service, site))

    def pattern(self, service: str, sites: tuple[str, ...]) -> PatternOption:
        """Return the pattern of a service over sites."""
        return next(p for p in self.patterns if (p.service, p.sites) == (service, sites))

    def site(self, name: str) -> SiteOption:
        """Return the site of that name."""
        return next(site for site in self.sites if site.name == name)
