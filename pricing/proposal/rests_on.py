"""What both prices rest on, as far as it is the client's to confirm: work, promises, dates, rates.

Nothing of pay, overheads, margins or risk is the client's; nothing of it is read here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.proposal.document import Stated
from pricing.proposal.people import open_hours, promise
from pricing.proposal.wording import long_date
from staffing.forecast.methods import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pricing.engagement import Engagement
    from pricing.engagement.services import DeferrableService, LiveService, Volume
    from pricing.quote import Quote

_YOURS = "your data, to be confirmed"
_AGREED = "this proposal"


def rests_on(quote: Quote, engagement: Engagement) -> tuple[Stated, ...]:
    """List volumes, speeds, promises, hours, holidays and exchange rates of a quote.

    Parameters
    ----------
    quote : Quote
        Planned volumes, exchange rates, public holidays.
    engagement : Engagement
        What was priced.
    """
    listed = [*_contract(engagement)]
    for service in engagement.services:
        listed += _service(quote, service)
    for site in engagement.sites:
        listed.append(
            Stated(
                of=site.name,
                what="opening hours",
                value=open_hours(site.opening_hours),
                source=_AGREED,
            )
        )
    listed += _holidays(quote)
    listed += _rates(quote)
    return tuple(listed)


def _contract(engagement: Engagement) -> Iterator[Stated]:
    about = "contract"
    yield Stated(
        of=about,
        what="term",
        value=f"{engagement.term_months} months from {long_date(engagement.start)}",
        source=_AGREED,
    )
    yield Stated(
        of=about,
        what="full-time equivalent",
        value=f"{engagement.contract_hours_per_week:f} paid hours a week",
        source=_AGREED,
    )


def _forecast_from(volume: Volume, starts_on: date) -> str:
    method = METHODS[volume.forecast].title
    how = "" if volume.forecast == "level" else f", continued by {method}"
    return f"history from {long_date(starts_on)}{how}"


def _service(quote: Quote, service: LiveService | DeferrableService) -> Iterator[Stated]:
    volume = next(one for one in quote.staffing.volumes if one.service == service.name)
    months = volume.units_by_month
    history = service.volume.history
    yield Stated(
        of=service.name,
        what=f"{service.unit}s a month, average of the term",
        value=f"{sum(months) / len(months):,.0f}, from {min(months):,.0f} to {max(months):,.0f}",
        source=_forecast_from(service.volume, history.starts_on) if history else _YOURS,
    )
    growth = service.volume.growth_per_year
    yield Stated(of=service.name, what="growth a year", value=f"{growth:+.1%}", source=_YOURS)
    speed = service.units_per_hour or service.handle_time_s
    what = (
        f"{service.unit}s an hour of handling"
        if service.units_per_hour
        else ("handling time, seconds")
    )
    yield Stated(
        of=service.name,
        what=what,
        value="" if speed is None else f"{speed.value:f}",
        source=(speed.source if speed else None) or "assumed, measured in the first weeks",
    )
    yield Stated(of=service.name, what="promise", value=promise(service), source=_AGREED)
    yield Stated(
        of=service.name,
        what="open",
        value=f"{open_hours(service.opening_hours)} ({service.time_zone})",
        source=_AGREED,
    )


def _holidays(quote: Quote) -> Iterator[Stated]:
    for one in quote.assumptions:
        if one.path.startswith("public_holidays["):
            country = one.path.removeprefix("public_holidays[").removesuffix("]")
            yield Stated(
                of=country,
                what="public holidays",
                value=f"{one.value} {one.unit}",
                source=one.source or "",
            )


def _rates(quote: Quote) -> Iterator[Stated]:
    for rate in quote.fx:
        kind = "agreed rate" if rate.type == "stated" else "reference rate"
        day = f" of {rate.as_of}" if rate.as_of else ""
        yield Stated(
            of="exchange rate",
            what=f"{rate.currency} for 1 {rate.base}",
            value=f"{float(rate.value):,.6g}, {kind}{day}",
            source=rate.source or "stated",
        )
