"""SiteStudy: where the work of an engagement may go, what each way costs and sells for.

Vendor's view: it holds cost. Money of rows is contingency included, before SG&A and financing;
prices are at the target margin, without risk premium.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pricing.money import Money
from staffing.plan import Document
from staffing.sites import SiteChoice

OptionKind = Literal["as_stated", "single_site", "best", "two_sites", "follow_the_sun"]


class SiteRequest(Document):
    """Rules of a choice of sites, beside those of the engagement."""

    max_sites: Annotated[int, Field(strict=True, ge=1, le=50)] | None = Field(
        None, description="Most sites with work; none: any number."
    )
    min_sites: Annotated[int, Field(strict=True, ge=1, le=50)] | None = Field(
        None, description="Fewest sites with work, so that one may fail; none: one."
    )
    max_share: Annotated[float, Field(strict=True, gt=0, le=1)] | None = Field(
        None, description="Most of all handling hours at one site; none: all."
    )
    min_share: Annotated[float, Field(strict=True, ge=0, le=1)] = Field(
        0.05, description="Least share of a service that a team is opened for."
    )


class DeliveredPart(Document):
    """A service at a site and its share; `by_hour` where it goes round the sites by the hour."""

    service: str
    site: str
    share: float
    by_hour: bool


class SiteOptionRow(Document):
    """One way to deliver: where, what it costs, what a unit of each service would sell for.

    `night_share` is the share of scheduled hours at night, `seats` the most people on duty at
    once, summed over services and sites, `concentration` the largest share of all handling hours
    at one site. `over_best` is the cost above the best choice, as a share of it. `refused` says
    why it cannot be done; then there are no figures.
    """

    kind: OptionKind
    name: str
    parts: tuple[DeliveredPart, ...]
    cost: Money | None
    price: Money | None
    unit_prices: dict[str, Money]
    night_share: float | None
    seats: float | None
    concentration: float | None
    over_best: float | None
    refused: str | None


class NightRow(Document):
    """One way to be open at night for a live service: night shifts at one site, or several clocks.

    ``follow_the_sun`` gives every interval to the site that serves it at least cost, nights too
    where they are cheap; ``days_only`` has no night shifts. `saving` is how much less it costs than
    the cheapest way with night shifts at one site, as a share of that.
    """

    service: str
    way: Literal["night_shifts", "follow_the_sun", "days_only"]
    sites: tuple[str, ...]
    shares: tuple[float, ...]
    cost: Money
    unit_price: Money
    night_share: float
    seats: float
    saving: float | None


class SiteCurve(Document):
    """What a service costs at a site by the share it takes there: economies of scale of a team.

    `unit_costs` is per unit done there, contingency included, before SG&A and financing; at a share
    of 0 there is none. `people` is the mean need of the term in full-time equivalents.
    """

    service: str
    site: str
    shares: tuple[float, ...]
    costs: tuple[float, ...]
    unit_costs: tuple[float | None, ...]
    people: tuple[float, ...]


class PlannedCost(Document):
    """The choice planned for real: its cost against that of the model it was chosen by.

    ``difference = planned / model - 1``: seats, surge people and idle time shared between services
    of a site, which the model leaves out, and rounding of shares. Without a plan there are none,
    and the warning says what is in the way.
    """

    model: Money
    planned: Money | None
    difference: float | None
    warnings: tuple[str, ...]


class SiteStudy(Document):
    """Where to deliver: all options, the best choice with its proof, and its real plan."""

    schema_version: Literal[1] = 1
    engagement: str
    client: str
    currency: str
    engagement_hash: str
    request: SiteRequest
    options: tuple[SiteOptionRow, ...]
    nights: tuple[NightRow, ...]
    curves: tuple[SiteCurve, ...]
    choice: SiteChoice
    parts: tuple[DeliveredPart, ...]
    planned: PlannedCost
    notes: tuple[str, ...]

    @property
    def best(self) -> SiteOptionRow:
        """The row of the best choice."""
        return next(row for row in self.options if row.kind == "best")
