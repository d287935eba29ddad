"""Rate card: wages, on-costs, labour rules and exchange rates of an engagement, resolved.

A value stated in the engagement wins; what it leaves out comes from the packaged reference
tables. Every resolved value is registered with its source, date and quality.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from pricing.assumptions import Assumption
from pricing.fx import FxRate, fx_rate
from pricing.opening_hours import minutes
from pricing.parameters import Parameter
from pricing.pay_periods import holidays_of, pay_periods
from pricing.reference_tables import changes, countries, find, provenance, roles, rows
from staffing.calendar import WEEKS_PER_YEAR, ContractCalendar, add_months
from staffing.errors import BadInputError, FieldIssue, field_path, together
from staffing.premiums import PremiumRules

if TYPE_CHECKING:
    from datetime import date

    from pricing.day_pay import DayPay
    from pricing.engagement import Engagement, Site
    from pricing.public_holidays import PublicHoliday

_WEEKS_PER_YEAR = Decimal(repr(WEEKS_PER_YEAR))
_MONTHS_PER_YEAR = 12
_RULES = (
    "night_premium",
    "saturday_premium",
    "sunday_premium",
    "overtime_premium",
    "night_from",
    "night_to",
)


@dataclass(frozen=True)
class RoleRate:
    """Pay of one role at one site, in the engagement's currency.

    Parameters
    ----------
    wage_per_hour : Decimal
        Base wage per paid hour.
    variable_pay, on_cost : Decimal
        Shares of base pay.
    """

    wage_per_hour: Decimal
    variable_pay: Decimal
    on_cost: Decimal

    @property
    def labour_per_hour(self) -> Decimal:
        """Cost of an ordinary paid hour, ``w (1 + b + s)``."""
        return self.wage_per_hour * (1 + self.variable_pay + self.on_cost)


@dataclass(frozen=True)
class DatedRate:
    """Pay of a role from one day on; `wage_since` is when its wage came into force."""

    since: date
    rate: RoleRate
    wage_since: date


@dataclass(frozen=True)
class SiteRates:
    """Labour rules of one site.

    Parameters
    ----------
    contract_hours_per_week : Decimal
    premiums, overtime_premium
        Rates at the start of the contract, which the plan is made with.
    pay : tuple of DayPay
        Rates by period of the term, which the plan is paid with.
    holidays : tuple of PublicHoliday
        Days of the term that are paid as public holidays.
    """

    contract_hours_per_week: Decimal
    premiums: PremiumRules
    overtime_premium: float
    pay: tuple[DayPay, ...] = ()
    holidays: tuple[PublicHoliday, ...] = ()


@dataclass
class RateCard:
    """Resolver of one engagement; collects the assumptions and rates it used."""

    engagement: Engagement
    assumptions: dict[str, Assumption] = field(default_factory=dict)
    fx: dict[str, FxRate] = field(default_factory=dict)

    def site_rates(self, site: Site) -> SiteRates:
        """Labour rules of a site: stated, else the country's."""
        labour = site.labour
        start = self.engagement.start
        rules = together(partial(self.rule, site, rule, start) for rule in _RULES)
        night, saturday, sunday, overtime, night_from, night_to = rules
        hours = labour.contract_hours_per_week or self.engagement.contract_hours_per_week
        self._check_legal_hours(site, hours)
        premiums = PremiumRules(
            night=float(night),
            saturday=float(saturday),
            sunday=float(sunday),
            night_from_min=minutes(night_from),
            night_to_min=minutes(night_to),
            stacking=labour.premium_stacking,
        )
        return SiteRates(
            hours, premiums, float(overtime), pay_periods(self, site), holidays_of(self, site)
        )

    def role_rate(self, site: Site, role: str) -> RoleRate:
        """Pay of a role at a site: stated, else the reference wage, in the engagement currency.

        Raises
        ------
        BadInputError
            When neither the engagement nor the table has a wage, or a currency has no rate.
        """
        return self._rate_on(site, role, self.engagement.start)

    def dated_rates(self, site: Site, role: str) -> tuple[DatedRate, ...]:
        """Pay of a role over the term: from the first day, and from each day on which it changes.

        Wages and on-costs change on the days the engagement states; on-costs of the tables on the
        day a later row comes into force.
        """
        calendar = ContractCalendar(self.engagement.start, self.engagement.term_months)
        start, last_month = calendar.start, add_months(calendar.start, calendar.term_months - 1)
        days = {change.since for change in site.pay_changes if start < change.since <= last_month}
        if site.on_cost is None:
            days.update(changes("employer_costs", start, calendar.end, country=site.country))
        return tuple(
            DatedRate(day, self._rate_on(site, role, day), self._wage_since(site, role, day))
            for day in sorted({start, *days})
        )

    def _rate_on(self, site: Site, role: str, day: date) -> RoleRate:
        local_hourly, currency = self._wage(site, role, day)
        monthly = local_hourly * self._hours_in("month", site)
        return RoleRate(
            wage_per_hour=local_hourly / self._fx(currency),
            variable_pay=site.variable_pay.value,
            on_cost=self._on_cost(site, monthly, currency, day),
        )

    def _wage_since(self, site: Site, role: str, day: date) -> date:
        """When the wage in force on a day was agreed: its change, or the first day."""
        agreed = [c.since for c in site.pay_changes if role in c.wages and c.since <= day]
        return max([self.engagement.start, *agreed])

    def pay_currency(self, site: Site, role: str) -> str:
        """Currency a role is paid in at a site."""
        return self._wage(site, role, self.engagement.start)[1]

    def _wage(self, site: Site, role: str, day: date) -> tuple[Decimal, str]:
        """Wage per hour on a day and its currency: stated, else of the table."""
        stated = site.wages.get(role)
        for change in site.pay_changes:
            if change.since <= day:
                stated = change.wages.get(role, stated)
        if stated is not None:
            currency = stated.currency or self.engagement.currency
            return stated.value / self._hours_in(str(stated.per), site), currency
        row = find("wages", on=self.engagement.start, country=site.country, role=role)
        if row is None:
            known = f", or use a known role: {', '.join(roles())}"
            raise self._missing(
                site,
                field_path("wages", role),
                f"no reference wage for role {role} in {site.country}; state one here"
                + (known if site.country in countries() else ""),
            )
        per, currency = row["per"], row["currency"]
        self.register_row(f"wages[{site.country}].{role}", row, f"{currency} per {per}")
        return Decimal(row["value"]) / self._hours_in(per, site), currency

    def _missing(self, site: Site, field: str, remedy: str) -> BadInputError:
        return BadInputError(
            FieldIssue(f"{self.engagement.site_path(site.name)}.{field}", "", remedy)
        )

    def _hours_in(self, per: str, site: Site) -> Decimal:
        weekly = site.labour.contract_hours_per_week or self.engagement.contract_hours_per_week
        yearly = weekly * _WEEKS_PER_YEAR
        return {"hour": Decimal(1), "month": yearly / _MONTHS_PER_YEAR, "year": yearly}[per]

    def _check_legal_hours(self, site: Site, hours: Decimal) -> None:
        row = find("labour_rules", country=site.country, rule="weekly_hours")
        if row is not None and hours > Decimal(row["value"]):
            own = f"{self.engagement.site_path(site.name)}.labour.contract_hours_per_week"
            stated_here = site.labour.contract_hours_per_week is not None
            raise BadInputError(
                FieldIssue(
                    own if stated_here else "contract_hours_per_week",
                    str(hours),
                    f"at most {row['value']} h a week in {site.country} (site {site.name})"
                    + ("" if stated_here else f"; set {own} lower for this site"),
                )
            )

    def rule(self, site: Site, rule: str, day: date) -> str:
        """One labour rule as text: stated, else the country's in force on a day."""
        stated = getattr(site.labour, rule)
        if stated is not None:
            return str(stated.value) if isinstance(stated, Parameter) else str(stated)
        row = find("labour_rules", on=day, country=site.country, rule=rule)
        if row is None:
            remedy = f"no reference {rule} for {site.country}; state it here"
            raise self._missing(site, f"labour.{rule}", remedy)
        first = find("labour_rules", on=self.engagement.start, country=site.country, rule=rule)
        path = f"labour_rules[{site.country}].{rule}"
        self.register_row(path if row == first else f"{path} from {row['from']}", row, row["unit"])
        return row["value"]

    def units_per_home(self, currency: str) -> Decimal:
        """Units of a currency for one unit of the engagement's."""
        return self._fx(currency)

    def _fx(self, currency: str) -> Decimal:
        """Units of `currency` for one unit of the engagement's currency."""
        home = self.engagement.currency
        if currency == home:
            return Decimal(1)
        rate = fx_rate(self.engagement, currency)
        self.fx[currency] = rate
        if rate.type == "reference":
            for code in (currency, home):
                row = find("fx", currency=code)
                if row is not None:
                    self.register_row(f"fx[{code}]", row, f"{code} per EUR")
        return rate.value

    def check_on_cost(self, site: Site) -> None:
        """Refuse a site whose on-costs neither the engagement nor the table states."""
        known = {row["country"] for row in rows("employer_costs")}
        if site.on_cost is None and site.country not in known:
            remedy = f"no reference on_cost for {site.country}; state it here"
            raise self._missing(site, "on_cost", remedy)

    def _on_cost(self, site: Site, monthly_pay: Decimal, currency: str, day: date) -> Decimal:
        """Employer on-costs on a day as a share of base pay: stated, else of the table.

        ``sum of rate x min(pay, ceiling) + fixed`` over the country's items, divided by pay
        (the general build-up: each item names its own ceiling). An item whose threshold is a
        negative fixed amount is due from that threshold on, never less than 0.
        """
        stated = site.on_cost
        for change in site.pay_changes:
            if change.since <= day and change.on_cost is not None:
                stated = change.on_cost
        if stated is not None:
            return stated.value
        total = Decimal(0)
        for row in rows("employer_costs"):
            key = {"country": site.country, "item": row["item"]}
            if row["country"] != site.country or row != find("employer_costs", on=day, **key):
                continue
            pay = monthly_pay * self.between(currency, row["currency"])
            limit = row["only_if_at_most_per_month"]
            if limit and pay > Decimal(limit):
                continue
            ceiling = row["ceiling_per_month"]
            base = min(pay, Decimal(ceiling)) if ceiling else pay
            due = Decimal(row["rate"] or "0") * base + Decimal(row["fixed_per_month"] or "0")
            total += max(due, Decimal(0)) / pay
            self.register_row(
                f"employer_costs[{site.country}].{row['item']}", row, "share of base pay"
            )
        return total

    def between(self, origin: str, target: str) -> Decimal:
        """Units of one currency for a unit of another."""
        return Decimal(1) if origin == target else self._fx(target) / self._fx(origin)

    def register_row(self, path: str, row: dict[str, str], unit: str) -> None:
        """Note that the quote rests on a row of the reference tables."""
        source, as_of, quality = provenance(row)
        value = (
            row.get("value")
            or row.get("units_per_eur")
            or row.get("rate")
            or row.get("premium")
            or ""
        )
        self.assumptions[path] = Assumption(
            path=path, value=value, unit=unit, source=source, as_of=as_of, quality=quality
        )
