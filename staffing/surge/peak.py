"""A peak of one team and who could come for it, before the days are laid out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from staffing.plan import tidy
from staffing.surge.problem import HOURS_PER_DAY, SurgeLimits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from staffing.surge.problem import SurgeSource


@dataclass(frozen=True)
class Peak:
    """Extra work for some days, known some hours before it comes.

    Parameters
    ----------
    size : float
        Extra work as a share of the ordinary, above 0; 0.6 for +60 %.
    notice_h : float
        Hours from the call to the first extra work, 0 or more.
    days : int
        How long it lasts, 1 or more.
    """

    size: float
    notice_h: float
    days: int

    @property
    def first_day_h(self) -> float:
        """Hours from the call to the start of day 0."""
        return self.notice_h % HOURS_PER_DAY

    @property
    def lead_days(self) -> int:
        """Whole days between the start of day 0 and the first extra work."""
        return int(self.notice_h // HOURS_PER_DAY)


@dataclass(frozen=True)
class SurgeLadder:
    """Who could come for a peak of one team, whatever the peak.

    Parameters
    ----------
    sources : tuple of SurgeSource
        The rungs; see `SurgeSource`.
    limits : SurgeLimits
        What they share.
    shortfall_price : float or None
        Cost of one productive hour of work not done in time, 0 or more; None: all must be done.
    standby_weeks : float
        Weeks of standby one peak has to carry, above 0: a year over the peaks in it.
    waiting_share : float
        Share of a day's work that may wait for its turnaround, in [0, 1]; of deferrable work
        only, a live queue cannot wait.
    promise_h : float
        Hours since the call at which the people there are counted, or at which the peak begins
        if that is later.
    team_shares : mapping of str to float
        Most people of a source, by its name, as a share of the full-time people of the ordinary
        week, 0 or more; `heads` of the source caps them too.
    """

    sources: tuple[SurgeSource, ...]
    limits: SurgeLimits = field(default_factory=SurgeLimits)
    shortfall_price: float | None = None
    standby_weeks: float = 52.0
    waiting_share: float = 1.0
    promise_h: float = 48.0
    team_shares: Mapping[str, float] = field(default_factory=dict)

    def for_team(self, team_heads: float) -> SurgeLadder:
        """Return the ladder of a team of so many full-time people."""
        sources = tuple(
            replace(one, heads=tidy(min(one.heads, self.team_shares[one.name] * team_heads)))
            if one.name in self.team_shares
            else one
            for one in self.sources
        )
        return replace(self, sources=sources)
