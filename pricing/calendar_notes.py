"""What the calendar brings in each week of a term: public holidays and pay that changes.

The plan is made of standard weeks and knows neither; cost does. Here a planner reads by week what
cost is reckoned with: the same days, and the same pay by month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from pricing.briefing import team_terms
from pricing.cost.pay_index import pay_by_month
from pricing.pay_periods import calendar_days
from pricing.public_holidays import is_known
from pricing.ratecard import RateCard
from staffing.calendar import ContractCalendar, add_months
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pricing.briefing import TeamTerms
    from pricing.engagement import Engagement, Site

_DAYS_PER_WEEK = 7
_PLACES = 6


class CalendarNote(Document):
    """One thing that falls into a planning week of a site.

    `premium` is what a public holiday adds to base pay on an ordinary day, as a share; none where
    the day is not worked or no rate is known. `change` is what pay of an hour with on-costs is over
    that of the month before, less 1. `effect` says either in words.
    """

    week: int = Field(description="Planning week, 1 first.")
    week_from: date
    site: str
    day: date
    kind: Literal["public_holiday", "pay"]
    text: str
    effect: str
    premium: float | None = None
    change: float | None = None


class CalendarNotes(Document):
    """Notes of all sites by day; `unknown` lists sites whose country has no known calendar."""

    first_day: date
    last_day: date
    notes: tuple[CalendarNote, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class _Weeks:
    """Planning weeks of a term."""

    calendar: ContractCalendar

    def of(self, day: date) -> tuple[int, date]:
        """Number of the week a day is in, 1 first, and the first day of it."""
        at = (day - self.calendar.start).days // _DAYS_PER_WEEK
        return at + 1, self.calendar.week_starts[at]


def calendar_notes(engagement: Engagement) -> CalendarNotes:
    """List the public holidays of each site and the days its pay changes, inside the term.

    Parameters
    ----------
    engagement : Engagement
        A resolved document.

    Raises
    ------
    BadInputError
        Naming every wage and rule that is neither stated nor in a table.
    """
    weeks = _Weeks(ContractCalendar(engagement.start, engagement.term_months))
    teams = team_terms(engagement, RateCard(engagement))
    sites = {team.site.name: team.site for team in teams}
    notes = [note for site in sites.values() for note in _holidays(site, teams, weeks)]
    notes += [note for team in teams for note in _pay(team, weeks)]
    return CalendarNotes(
        first_day=weeks.calendar.start,
        last_day=date.fromordinal(weeks.calendar.end.toordinal() - 1),
        notes=tuple(sorted(notes, key=lambda one: (one.day, one.site, one.kind, one.text))),
        unknown=tuple(name for name, site in sites.items() if not is_known(site.country)),
    )


def _holidays(site: Site, teams: tuple[TeamTerms, ...], weeks: _Weeks) -> Iterator[CalendarNote]:
    worked = site.holidays is None or site.holidays.worked
    rates = next(team.rates for team in teams if team.site.name == site.name)
    for one in calendar_days(site, weeks.calendar.start, weeks.calendar.end):
        in_force = [pay for pay in rates.pay if pay.since <= one.day][-1]
        rate = in_force.holidays.get(one.kind) if worked else None
        premium = None if rate is None else float(rate.premium)
        week, week_from = weeks.of(one.day)
        yield CalendarNote(
            week=week,
            week_from=week_from,
            site=site.name,
            day=one.day,
            kind="public_holiday",
            text=one.name,
            effect=_holiday_effect(premium, worked=worked),
            premium=premium,
        )


def _holiday_effect(premium: float | None, *, worked: bool) -> str:
    if not worked:
        return "no work"
    if premium is None:
        return "no rate known"
    return f"{premium:+.0%} of base pay".replace("%", " %") if premium else "no premium"


def _pay(team: TeamTerms, weeks: _Weeks) -> Iterator[CalendarNote]:
    """Months from which on an hour of a team costs something else: dated changes, and growth."""
    months = pay_by_month(team, weeks.calendar)
    for month, (before, now) in enumerate(pairwise(months), start=1):
        if before.labour == now.labour:
            continue
        change = float(now.labour / before.labour - 1)
        day = add_months(weeks.calendar.start, month)
        week, week_from = weeks.of(day)
        yield CalendarNote(
            week=week,
            week_from=week_from,
            site=team.site.name,
            day=day,
            kind="pay",
            text=f"pay of {team.service.name}, with on-costs",
            effect=f"{change:+.1%}".replace("%", " %"),
            change=round(change, _PLACES),
        )
