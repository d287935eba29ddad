"""Cost lines of a year and of a month, and their sums."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.money import quantize_amount
from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from staffing.plan import StaffingPlan

CONTINGENCY = "contingency"
INTERCOMPANY = "intercompany_markup"


@dataclass(frozen=True)
class CostLine:
    """One cost of one team in one contract year (1 first), engagement currency, unrounded."""

    name: str
    team: str
    year: int
    amount: Decimal


@dataclass(frozen=True)
class MonthlyCostLine:
    """One cost of one team in one contract month (1 first), engagement currency, unrounded."""

    name: str
    team: str
    month: int
    amount: Decimal

    @property
    def year(self) -> int:
        """Contract year the month lies in, 1 first."""
        return 1 + (self.month - 1) // MONTHS_PER_YEAR


def yearly_lines(months: Iterable[MonthlyCostLine]) -> tuple[CostLine, ...]:
    """Add months up to contract years, in the order of the lines.

    Parameters
    ----------
    months : iterable of MonthlyCostLine
        As `pricing.cost.monthly_cost` returns them.

    Returns
    -------
    tuple of CostLine
        Exactly the yearly lines the months were made of.
    """
    sums: dict[tuple[str, int, str], Decimal] = {}
    for line in months:
        key = line.team, line.year, line.name
        sums[key] = sums.get(key, Decimal(0)) + line.amount
    return tuple(CostLine(name, team, year, amount) for (team, year, name), amount in sums.items())


def by_site(lines: Iterable[CostLine], plan: StaffingPlan) -> dict[str, dict[str, Decimal]]:
    """Add lines up by delivery site and line name, over teams and years.

    Parameters
    ----------
    lines : iterable of CostLine
        Lines of teams of `plan`.
    plan : StaffingPlan
        Says at which site a team works.

    Returns
    -------
    dict
        Amount by site, then by line name; sites in the order of the plan.
    """
    site_of = {team.name: team.site for team in plan.teams}
    table: dict[str, dict[str, Decimal]] = {site: {} for site in site_of.values()}
    for line in lines:
        at_site = table[site_of[line.team]]
        at_site[line.name] = at_site.get(line.name, Decimal(0)) + line.amount
    return table


def rounded_lines(lines: tuple[CostLine, ...], currency: str) -> dict[str, tuple[Decimal, ...]]:
    """Add teams up by line and contract year, each rounded once; all totals are sums of these.

    Lines that are zero in every year are left out.
    """
    num_years = max(line.year for line in lines)
    table: dict[str, tuple[Decimal, ...]] = {}
    for name in _names(lines):
        table[name] = tuple(
            quantize_amount(
                sum((x.amount for x in lines if x.name == name and x.year == year), Decimal(0)),
                currency,
            )
            for year in range(1, num_years + 1)
        )
    return {name: years for name, years in table.items() if any(years)}


def _names(lines: tuple[CostLine, ...]) -> list[str]:
    """Names of all teams' lines, each behind the one it follows in its team.

    What only a later team has (premiums of another country) is not put at the end for that.
    """
    found: list[str] = []
    for team in dict.fromkeys(line.team for line in lines):
        at = 0
        for name in dict.fromkeys(line.name for line in lines if line.team == team):
            if name not in found:
                found.insert(at, name)
            at = found.index(name) + 1
    return found
