"""In-house terms, resolved: stated, else of the engagement or of the packaged table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from pricing.assumptions import Assumption
from pricing.briefing import effective_units_per_hour, utilisation_of
from pricing.engagement import InHouseStaff, LiveService
from pricing.opening_hours import open_mask
from pricing.reference_tables import find, provenance, roles
from staffing.calendar import MONTHS_PER_YEAR, WEEKS_PER_YEAR
from staffing.errors import BadInputError, FieldIssue, together
from staffing.grid import WeekGrid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pricing.assumptions import Quality
    from pricing.engagement import Engagement, InHouse
    from pricing.engagement.services import Service
    from pricing.parameters import Parameter
    from pricing.ratecard import RateCard

_WEEKS_PER_YEAR = Decimal(repr(WEEKS_PER_YEAR))
_PATH = "in_house"
OWN_RATES = (
    "burden",
    "attrition",
    "recruiting",
    "management",
    "software",
    "facilities",
    "pay_growth",
)
OUTSOURCING_RATES = (
    "governance",
    "retained",
    "selection",
    "overlap_months",
    "rework",
    "travel_legal_security",
    "exit_reserve",
    "discount_rate",
)


@dataclass(frozen=True)
class Pay:
    """Base pay per paid hour in the engagement's currency, and where it comes from."""

    per_hour: Decimal
    source: str | None
    as_of: str | None
    quality: Quality


@dataclass(frozen=True)
class TeamTerms:
    """One service as the client would staff it.

    Parameters
    ----------
    units_per_month : Decimal
        Good units one full-time equivalent makes in a month if it never waits for work.
    least : Decimal
        Full-time equivalents that keep a live queue open; 0 for deferrable work.
    people : Decimal or None
        Full-time equivalents of the first year, where the client states them.
    """

    service: str
    role: str
    pay: Pay
    utilisation: Decimal
    units_per_month: Decimal
    least: Decimal
    people: Decimal | None


@dataclass(frozen=True)
class InHouseTerms:
    """All that the in-house total rests on but the volumes."""

    country: str
    hours_per_week: Decimal
    training_weeks: int
    teams: tuple[TeamTerms, ...]
    rates: Mapping[str, Decimal]
    outsourcing: Mapping[str, Decimal]
    assumptions: tuple[Assumption, ...]


def resolve_in_house(engagement: Engagement, card: RateCard) -> InHouseTerms | None:
    """Resolve the in-house section, if there is one.

    Raises
    ------
    BadInputError
        When neither the engagement nor the table has the pay of a role, or a currency no rate.
    """
    own = engagement.in_house
    if own is None:
        return None
    found: dict[str, Assumption] = {}
    rates = {name: _rate(getattr(own, name), name, _PATH, found) for name in OWN_RATES}
    outsourcing = {
        name: _rate(getattr(own.outsourcing, name), name, f"{_PATH}.outsourcing", found)
        for name in OUTSOURCING_RATES
    }
    hours = own.hours_per_week or engagement.contract_hours_per_week
    teams = together(
        partial(_team, service, engagement, own, hours, card, found)
        for service in engagement.services
    )
    training = own.training_weeks
    return InHouseTerms(
        country=own.country,
        hours_per_week=hours,
        training_weeks=engagement.attrition.training_weeks if training is None else training,
        teams=tuple(teams),
        rates=rates,
        outsourcing=outsourcing,
        assumptions=tuple(found.values()),
    )


def _rate(stated: Parameter | None, name: str, path: str, found: dict[str, Assumption]) -> Decimal:
    """Take a rate as stated, else of the packaged table; either way it is registered."""
    at = f"{path}.{name}"
    if stated is not None:
        found[at] = _stated(at, stated, "")
        return stated.value
    row = find("in_house", name=name)
    assert row is not None  # noqa: S101 (the table is ours; a test reads it whole)
    source, as_of, quality = provenance(row)
    found[at] = Assumption.model_validate(
        {
            "path": at,
            "value": row["value"],
            "unit": row["unit"],
            "source": source,
            "as_of": as_of,
            "quality": quality,
        }
    )
    return Decimal(row["value"])


def _stated(path: str, parameter: Parameter, unit: str) -> Assumption:
    return Assumption(
        path=path,
        value=f"{parameter.value:f}",
        unit=unit,
        source=parameter.source,
        as_of=parameter.as_of.isoformat() if parameter.as_of else None,
        quality="unsourced" if parameter.is_assumed else "stated",
    )


def _team(
    service: Service,
    engagement: Engagement,
    own: InHouse,
    hours: Decimal,
    card: RateCard,
    found: dict[str, Assumption],
) -> TeamTerms:
    staff = next(
        (one for one in own.staff if one.service == service.name),
        InHouseStaff(service=service.name),
    )
    absent, away = (
        (getattr(own, name) or getattr(engagement.shrinkage, name)).value
        for name in ("out_of_office", "in_office")
    )
    present = (1 - absent) * (1 - away)
    monthly = hours * _WEEKS_PER_YEAR / MONTHS_PER_YEAR * present
    live = isinstance(service, LiveService)
    at_once = service.concurrency if isinstance(service, LiveService) else 1
    open_hours = _open_hours(service, engagement) if live else Decimal(0)
    stated = staff.utilisation
    role = staff.role or service.role
    return TeamTerms(
        service=service.name,
        role=role,
        pay=_pay(staff, role, own.country, hours, card, found),
        utilisation=utilisation_of(engagement, service) if stated is None else stated.value,
        units_per_month=effective_units_per_hour(service) * at_once * monthly,
        least=open_hours * max(1, service.min_agents) / (hours * present),
        people=None if staff.people is None else staff.people.value,
    )


def _open_hours(service: Service, engagement: Engagement) -> Decimal:
    """Hours in a week in which somebody must answer."""
    grid = WeekGrid(engagement.interval_minutes)
    open_intervals = int(open_mask(service.opening_hours, grid).sum())
    return Decimal(open_intervals * engagement.interval_minutes) / 60


def _pay(
    staff: InHouseStaff,
    role: str,
    country: str,
    hours: Decimal,
    card: RateCard,
    found: dict[str, Assumption],
) -> Pay:
    """Pay per hour: stated, else of the reference table of the client's country."""
    home = card.engagement.currency
    if staff.wage is not None:
        wage = staff.wage
        amount = wage.value / _hours_in(wage.per, hours)
        amount /= card.units_per_home(wage.currency or home)
        as_of = wage.as_of.isoformat() if wage.as_of else None
        return Pay(amount, wage.source, as_of, "unsourced" if wage.is_assumed else "stated")
    row = find("wages", country=country, role=role)
    if row is None:
        position = [service.name for service in card.engagement.services].index(staff.service)
        raise BadInputError(
            FieldIssue(
                f"{_PATH}.staff",
                "",
                f"an entry with a wage for services[{position}] ({staff.service}): no reference "
                f"wage for role {role} in {country}, or a role that has one: {', '.join(roles())}",
            )
        )
    source, as_of, quality = provenance(row)
    unit = f"{row['currency']} per {row['per']}"
    entry = Assumption.model_validate(
        {
            "path": f"wages[{country}].{role}",
            "value": row["value"],
            "unit": unit,
            "source": source,
            "as_of": as_of,
            "quality": quality,
        }
    )
    found[entry.path] = entry
    amount = Decimal(row["value"]) / _hours_in(row["per"], hours)
    return Pay(amount / card.units_per_home(row["currency"]), source, as_of, entry.quality)


def _hours_in(per: str, hours_per_week: Decimal) -> Decimal:
    yearly = hours_per_week * _WEEKS_PER_YEAR
    return {"hour": Decimal(1), "month": yearly / MONTHS_PER_YEAR, "year": yearly}[per]
