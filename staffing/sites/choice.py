"""The answer to where to deliver: who takes which share, what it costs, what is proven."""

from __future__ import annotations

from staffing.roster_plan import Document


class TeamUse(Document):
    """A team that is opened: share of the service, cost over the term, seats."""

    service: str
    site: str
    share: float
    cost: float
    seats: float


class PatternUse(Document):
    """A service that goes round sites by the hour: cost over the term, seats and shares by site."""

    service: str
    sites: tuple[str, ...]
    cost: float
    seats: tuple[float, ...]
    shares: tuple[float, ...]
    days_only: bool


class SiteLoad(Document):
    """A site that is opened: its share of all handling hours, seats in use, cost of opening."""

    site: str
    load: float
    seats: float
    open_cost: float


class SiteChoice(Document):
    """Sites and the split of work over them; `cost` is the sum of its parts.

    `bound` is what no choice under the same rules can beat, `gap` its distance in shares of the
    cost.
    """

    teams: tuple[TeamUse, ...]
    patterns: tuple[PatternUse, ...]
    sites: tuple[SiteLoad, ...]
    cost: float
    bound: float
    gap: float
    stop_reason: str
    reproducible: bool

    @property
    def concentration(self) -> float:
        """Largest share of all handling hours at one site."""
        return max(site.load for site in self.sites)
