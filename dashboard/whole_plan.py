"""A quote's plan with its sites and clocks: what the page Plan is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from staffing.charts import PlanTerms, plan_weeks, sites_of_plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

UTC_NAME = "UTC"
LOCAL = "Local time of the site"
_MINUTE_S = 60


@dataclass(frozen=True)
class WholePlan:
    """All teams of a quote together.

    Parameters
    ----------
    quote : mapping
        As the API answers it.
    engagement : mapping
        The resolved engagement it was priced from.
    """

    quote: Json
    engagement: Json

    @property
    def plan(self) -> Json:
        """The staffing plan as JSON."""
        found: Json = self.quote["staffing"]
        return found

    @property
    def currency(self) -> str:
        """Of every amount."""
        return str(self.quote["engagement"]["currency"])

    @property
    def start(self) -> date:
        """First day of the term."""
        return date.fromisoformat(self.quote["engagement"]["start"])

    @property
    def sites(self) -> list[str]:
        """Sites at which somebody works."""
        return sites_of_plan(self.plan)

    @property
    def lists_people(self) -> bool:
        """Whether the plan lists every person's week, as it does with breaks or tours."""
        return any(team["roster"]["people"] for team in self.plan["teams"])

    @cached_property
    def terms(self) -> PlanTerms:
        """What the plan rests on, for its charts."""
        return PlanTerms(
            start=self.start,
            absent_by_team={
                one["team"]: float(one["rates"]["out_of_office"])
                for one in self.quote["workings"]["teams"]
            },
            surge_worth_by_site={
                site["name"]: float(site["surge"]["effectiveness"]["value"])
                for site in self.engagement["sites"]
            },
        )

    @cached_property
    def weeks(self) -> list[dict[str, Any]]:
        """All teams together, week by week; see `plan_weeks`."""
        return plan_weeks(self.plan, self.terms)

    @property
    def clocks(self) -> dict[str, str]:
        """Time zones of clocks that all sites can be told by, by name: UTC, and the client's."""
        zones = dict.fromkeys(service["time_zone"] for service in self.engagement["services"])
        return {UTC_NAME: UTC_NAME} | {f"Client's time ({zone})": zone for zone in zones}

    def zone_of(self, site: str) -> str:
        """Time zone of a site."""
        return next(
            str(one["time_zone"]) for one in self.engagement["sites"] if one["name"] == site
        )

    def ahead_min(self, site: str, zone: str) -> int:
        """Minutes the site's clock is ahead of a zone's at noon UTC of the first day.

        The standard week is planned with the clocks of that day.
        """
        noon = datetime.combine(self.start, time(12), UTC)
        there, here = (noon.astimezone(ZoneInfo(one)) for one in (self.zone_of(site), zone))
        shift = (there.utcoffset() or noon - noon) - (here.utcoffset() or noon - noon)
        return round(shift.total_seconds() / _MINUTE_S)
