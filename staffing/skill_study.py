"""SkillStudy: the frozen document of what people who answer several services would save.

It stands beside a plan and changes nothing in it: plans and prices keep the teams of a site apart.
"""

from __future__ import annotations

from pydantic import Field

from staffing.roster_plan import Document


class SkillService(Document):
    """One live service of a site, by interval of the standard week, site-local time.

    `load` is in erlangs. `apart` are the heads that answer when each service has people of its
    own, `own` those of this service in the best mix, both before shrinkage; on duty they are
    divided by `available_share`. `in_time` is the share answered within `threshold_s` when the mix
    was played, `in_time_error` half the width of its 95 % confidence interval; None when not.
    """

    service: str
    service_level: float
    threshold_s: float
    load: tuple[float, ...]
    apart: tuple[int, ...]
    own: tuple[int, ...]
    available_share: tuple[float, ...]
    in_time: tuple[float, ...] | None
    in_time_error: tuple[float, ...] | None


class SkillWeek(Document):
    """The standard week of a site with and without people who answer all its services.

    `flexible` people answer any service; on duty they are divided by `available_share`, the lowest
    of the teams. `pooled_bound` are the heads below which no plan can be. Hours are head-hours on
    duty in the week, before leave and absence; `cost_change` is the cost of the mix relative to
    people apart, -0.1 for a tenth less. `num_loads` different loads were solved.
    """

    site: str
    services: tuple[SkillService, ...] = Field(min_length=2)
    flexible: tuple[int, ...]
    available_share: tuple[float, ...]
    pooled_bound: tuple[int, ...]
    simulated: bool
    num_loads: int
    apart_hours: float
    own_hours: float
    flexible_hours: float
    pooled_hours: float
    most_flexible_on_duty: float
    most_flexible_at: str | None
    cost_change: float
    notes: tuple[str, ...]

    @property
    def apart_on_duty(self) -> tuple[float, ...]:
        """People on duty by interval when each service has people of its own."""
        return _summed([_divided(one.apart, one.available_share) for one in self.services])

    @property
    def own_on_duty(self) -> tuple[float, ...]:
        """People of a single service on duty by interval in the best mix, all services."""
        return _summed([_divided(one.own, one.available_share) for one in self.services])

    @property
    def flexible_on_duty(self) -> tuple[float, ...]:
        """Flexible people on duty by interval in the best mix."""
        return _divided(self.flexible, self.available_share)


class SkillStudy(Document):
    """Every site studied; a flexible head costs ``1 + premium`` times another."""

    schema_version: int = 1
    interval_minutes: int
    premium: float
    limit: int | None
    sites: tuple[SkillWeek, ...]


def _divided(heads: tuple[int, ...], share: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(head / available for head, available in zip(heads, share, strict=True))


def _summed(rows: list[tuple[float, ...]]) -> tuple[float, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True))
