"""SurgeReport: what a peak takes, costs and sells for (vendor's view); SurgeOffer for the client.

Both are frozen documents. A report holds cost and margin; an offer holds nothing of them, nor which
sources stand behind it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.engagement.fields import Day, Name
from pricing.misfit import misfit
from pricing.money import Money
from staffing.grid import DAYS
from staffing.plan import Document
from staffing.surge import SurgeKind
from staffing.surge.plan import SurgeStudy

Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
HourPrice = Annotated[float, Field(strict=True, ge=0, le=1e8)]


class SurgeRequest(Document):
    """A peak that is asked about, by its size or by the people it takes.

    `shortfall_price` stands instead of that of the engagement; with `all_in_time` there is none,
    and a peak that cannot be met is refused.
    """

    size: Annotated[float, Field(strict=True, gt=0, le=100)] | None = Field(
        None, description="Extra work as a share of the ordinary: 0.6 for 60 % more."
    )
    people: Annotated[float, Field(strict=True, ge=0.1, le=100_000)] | None = Field(
        None, description="Ordinary people it asks for by the promised hour, instead of a size."
    )
    notice_h: Annotated[float, Field(strict=True, ge=0, le=8784)] = Field(
        description="Hours from the call to the first extra work."
    )
    days: Annotated[int, Field(strict=True, ge=1, le=366)] = Field(
        28, description="Days the extra work lasts."
    )
    service: Name | None = Field(
        None, description="Whose peak; none: of the service with most work."
    )
    site: Name | None = Field(None, description="Where; none: the site with the largest share.")
    start: Weekday | Day = Field(
        "Mon", description="Weekday or date, at the site, on which the extra work begins at 00:00."
    )
    shortfall_price: HourPrice | None = Field(
        None, description="Per hour of extra work not done in time; none: that of the engagement."
    )
    all_in_time: bool = Field(False, description="Refuse a peak that cannot be met in time.")

    @model_validator(mode="after")
    def _one_wish(self) -> Self:
        if (self.size is None) == (self.people is None):
            found = "none" if self.size is None else "both"
            raise misfit("size", accepted="exactly one of size and people", found=found)
        if self.all_in_time and self.shortfall_price is not None:
            raise misfit("shortfall_price", accepted="left out with all_in_time")
        return self

    @property
    def weekday(self) -> int:
        """Weekday of the first extra work, 0 is Monday."""
        if isinstance(self.start, date):
            return self.start.weekday()
        return DAYS.index(self.start)


class SurgeRung(Document):
    """Cost rates of a source as planned with, engagement currency, and its terms.

    `hourly_premium` comes on top of `hourly_cost`; `standby_fee_per_week` is due for each reserved
    person, `onboarding_cost` for each who starts.
    """

    name: str
    kind: SurgeKind
    heads: float
    notice_h: float
    show_up: float
    effectiveness: tuple[float, ...]
    min_engagement_days: int
    hourly_cost: float
    hourly_premium: float
    standby_fee_per_week: float
    reserved: bool
    onboarding_cost: float
    onboarding_h: float


class SurgeCharge(Document):
    """One line of the input-based bill for a peak; ``amount`` is `quantity` times `price`, rounded.

    `name` is ``ordinary`` (the extra hours at work at the quoted price), ``standby`` (due whether
    or not the peak comes), ``call_off`` (on top of the ordinary hour) or ``starts``.
    """

    name: Literal["ordinary", "standby", "call_off", "starts"]
    unit: str
    quantity: str
    price: Money
    amount: Money


class SurgeRate(Document):
    """Price of extra work in a peak: the quoted price of ordinary work and the surcharge on it.

    `unit` is ``hour at work`` or the service's own unit; ``price = ordinary + surcharge``, and
    `surcharge_share` is the surcharge over the ordinary price. All charges are in it.
    """

    unit: str
    price: Money
    ordinary: Money
    surcharge: Money
    surcharge_share: float


class SurgeNotice(Document):
    """Price of an hour at work when the peak is known so many hours ahead; None: cannot be done."""

    notice_h: float
    price: Money | None


class SurgeBill(Document):
    """What the client pays for the extra work in one method; ``bill = ordinary + surcharge``.

    The surcharge stands against `extra_cost`, what the peak costs beyond the labour of ordinary
    hours, contingency included: ``profit = surcharge - extra_cost - sga - financing``, and
    ``margin = profit / surcharge``. Profit on the ordinary part is that of the quote.
    """

    ordinary: Money
    surcharge: Money
    bill: Money
    extra_cost: Money
    sga: Money
    financing: Money
    profit: Money
    margin: float


class SurgePrices(Document):
    """Prices of a peak at the target margin, by the price rule of a quote.

    `cost_lines` are the pay of the plan (standby, wages, premium, onboarding), less
    ``ordinary_labour``, the labour of as many ordinary hours at work, which the quoted price holds,
    and contingency. Rates are None where no extra work is done in time; floors are prices at the
    floor margin, without risk premium.
    """

    cost_lines: dict[str, Money]
    charges: tuple[SurgeCharge, ...]
    input_rate: SurgeRate | None
    input_floor: Money | None
    input_bill: SurgeBill
    output_rate: SurgeRate | None
    output_floor: Money | None
    output_bill: SurgeBill
    units_in_time: str
    notice_service: float
    by_notice: tuple[SurgeNotice, ...]


class SurgeReport(Document):
    """A peak of one team: ladder, plan, frontier and prices (vendor's view).

    `size` is the extra work as a share of the ordinary, found where people were asked for. `dates`
    name the days of the plan where the peak was given a date. `request` names service and site even
    where it was asked without.
    """

    schema_version: Literal[1] = 1
    engagement: str
    client: str
    currency: str
    engagement_hash: str
    request: SurgeRequest
    size: float
    unit: str
    dates: tuple[date, ...]
    rungs: tuple[SurgeRung, ...]
    study: SurgeStudy
    prices: SurgePrices


class SurgePromiseText(Document):
    """People who stand ready `hours` after the call, and the sentence about it."""

    hours: float
    asked: float
    there: float
    worth: float
    kept: bool
    text: str


class SurgeOffer(Document):
    """What a client may see of a surge report: people, service, prices, not who stands behind.

    By hour since the call, `hours`: people there, what they are worth in ordinary people, and
    people the extra work asks for. By day: extra work, and that not done in time, in hours.
    """

    schema_version: Literal[1] = 1
    engagement: str
    client: str
    currency: str
    service: str
    site: str
    unit: str
    size: float
    notice_h: float
    days: int
    start: str
    dates: tuple[date, ...]
    day_names: tuple[str, ...]
    promise: SurgePromiseText
    in_time: float
    hours: tuple[float, ...]
    people: tuple[float, ...]
    worth: tuple[float, ...]
    need: tuple[float, ...]
    need_h: tuple[float, ...]
    late_h: tuple[float, ...]
    charges: tuple[SurgeCharge, ...]
    input_bill: Money
    input_rate: SurgeRate | None
    output_bill: Money
    output_rate: SurgeRate | None
    units_in_time: str
    shortest_days: int
    notice_service: float
    by_notice: tuple[SurgeNotice, ...]
