"""Pay on top of base wages over the term: rates in force by period, and public holidays."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.assumptions import Assumption
from pricing.day_pay import DayPay, HolidayRate
from pricing.parameters import Parameter
from pricing.public_holidays import (
    PUBLIC,
    PublicHoliday,
    calendar_source,
    is_known,
    public_holidays,
)
from pricing.reference_tables import changes, find, rows
from staffing.calendar import ContractCalendar

if TYPE_CHECKING:
    from datetime import date

    from pricing.engagement import Site
    from pricing.ratecard import RateCard

_DATED_RULES = ("night_premium", "saturday_premium", "sunday_premium", "overtime_premium")


def pay_periods(card: RateCard, site: Site) -> tuple[DayPay, ...]:
    """Premium rates of a site by period of the term, the first from the start of the contract.

    A rate the engagement states holds over the whole term; one of the reference tables changes on
    the day a later row comes into force.
    """
    start, end = _term(card)
    days = {start}
    for rule in _DATED_RULES:
        if getattr(site.labour, rule) is None:
            days.update(changes("labour_rules", start, end, country=site.country, rule=rule))
    if site.holidays is None or (site.holidays.worked and site.holidays.premium is None):
        days.update(changes("holiday_pay", start, end, country=site.country))
    return tuple(_pay_on(card, site, day) for day in sorted(days))


def calendar_days(site: Site, start: date, end: date) -> tuple[PublicHoliday, ...]:
    """Public holidays at a site from `start` to before `end`, and the days stated beside them.

    Whether they are worked makes no difference.
    """
    terms = site.holidays
    listed = public_holidays(site.country, terms.subdivision if terms else None, start, end)
    more = set(terms.more if terms else ()) - {holiday.day for holiday in listed}
    kind = _kinds_paid(site.country)[-1]
    added = [PublicHoliday(day, "stated", kind, False) for day in more if start <= day < end]
    return tuple(sorted((*listed, *added), key=lambda holiday: holiday.day))


def holidays_of(card: RateCard, site: Site) -> tuple[PublicHoliday, ...]:
    """Public holidays of the term on which a site works, registered with their source."""
    start, end = _term(card)
    terms = site.holidays
    if terms is not None and not terms.worked:
        return ()
    listed = public_holidays(site.country, terms.subdivision if terms else None, start, end)
    estimated = sum(holiday.is_estimated for holiday in listed)
    known = is_known(site.country)
    place = f"{site.country}{f'-{terms.subdivision}' if terms and terms.subdivision else ''}"
    card.assumptions[f"public_holidays[{place}]"] = Assumption(
        path=f"public_holidays[{place}]",
        value=str(len(listed)),
        unit=f"days in the term, {estimated} of them estimated",
        source=calendar_source() if known else None,
        as_of=None,
        quality="secondary" if known else "unsourced",
    )
    return calendar_days(site, start, end)


def _term(card: RateCard) -> tuple[date, date]:
    calendar = ContractCalendar(card.engagement.start, card.engagement.term_months)
    return calendar.start, calendar.end


def _kinds_paid(country: str) -> list[str]:
    """Kinds of holiday a country's table pays, in its order; one where it has none."""
    table = (row["kind"] for row in rows("holiday_pay") if row["country"] == country)
    return list(dict.fromkeys(table)) or [PUBLIC]


def _pay_on(card: RateCard, site: Site, day: date) -> DayPay:
    night, saturday, sunday, overtime = (
        Decimal(card.rule(site, rule, day)) for rule in _DATED_RULES
    )
    stated_overtime = isinstance(site.labour.overtime_premium, Parameter)
    row = find("labour_rules", on=day, country=site.country, rule="overtime_premium_rest_day")
    if row is not None and not stated_overtime:
        path = f"labour_rules[{site.country}].overtime_premium_rest_day"
        card.register_row(path, row, row["unit"])
        on_rest_day = Decimal(row["value"])
    else:
        on_rest_day = overtime
    return DayPay(
        since=day,
        night=night,
        saturday=saturday,
        sunday=sunday,
        overtime=overtime,
        overtime_rest_day=on_rest_day,
        holidays=_holiday_rates(card, site, day),
        multiplicative=site.labour.premium_stacking == "multiplicative",
    )


def _holiday_rates(card: RateCard, site: Site, day: date) -> dict[str, HolidayRate]:
    terms, country = site.holidays, site.country
    if terms is not None and not terms.worked:
        return {}
    kinds = _kinds_paid(country)
    if terms is not None and terms.premium is not None:
        return {kind: HolidayRate(terms.premium.value) for kind in kinds}
    rates = {}
    for kind in kinds:
        row = find("holiday_pay", on=day, country=country, kind=kind)
        path = f"holiday_pay[{country}].{kind}"
        if row is None:
            card.assumptions[path] = Assumption(
                path=path, value="0", unit="share", source=None, as_of=None, quality="unsourced"
            )
            continue
        first = find("holiday_pay", on=card.engagement.start, country=country, kind=kind)
        card.register_row(path if row == first else f"{path} from {row['from']}", row, "share")
        rest_day = row["premium_rest_day"]
        rates[kind] = HolidayRate(Decimal(row["premium"]), Decimal(rest_day) if rest_day else None)
    return rates
