"""Ways to deliver beside each other: stated, one site, best, two sites, round the clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.cost import transition_cost
from pricing.input_based import price_from_cost
from pricing.money import Money, decimal_of
from pricing.offers import price_terms
from pricing.sites.report import DeliveredPart, NightRow, SiteCurve, SiteOptionRow
from staffing.errors import InfeasibleError
from staffing.optimize.sites import choose_sites
from staffing.sites import SiteRules, evaluate, measure_of

if TYPE_CHECKING:
    from pricing.engagement import Engagement
    from pricing.sites.curves import Runner
    from pricing.sites.report import OptionKind
    from staffing.sites import SiteChoice, SiteProblem


@dataclass(frozen=True)
class Ledger:
    """Turns choices into rows with prices.

    Parameters
    ----------
    engagement : Engagement
        Commercial terms.
    problem : SiteProblem
        What teams and patterns cost.
    units : dict
        Units over the term by service.
    """

    engagement: Engagement
    problem: SiteProblem
    units: dict[str, float]

    @property
    def transition(self) -> Decimal:
        """Transition over the term, contingency included; it is the same for every choice."""
        commercial = self.engagement.commercial
        annuity = transition_cost(commercial)
        if annuity is None:
            return Decimal(0)
        return annuity.instalment * annuity.months * (1 + commercial.contingency.value)

    def row(
        self, kind: OptionKind, name: str, choice: SiteChoice, best: float | None = None
    ) -> SiteOptionRow:
        """Write a choice down; `best` is the cost of the best one."""
        hours = measure_of(self.problem, choice, "hours")
        night = measure_of(self.problem, choice, "night_hours")
        cost = decimal_of(choice.cost) + self.transition
        currency = self.engagement.currency
        return SiteOptionRow(
            kind=kind,
            name=name,
            parts=parts_of(choice),
            cost=Money.of(cost, currency),
            price=Money.of(self._price(cost), currency),
            unit_prices=self._unit_prices(choice),
            night_share=_ratio(sum(night.values()), sum(hours.values())),
            seats=round(sum(site.seats for site in choice.sites), 3),
            concentration=round(choice.concentration, 6),
            over_best=None if best is None else round(float(cost) / self.total(best) - 1, 6),
            refused=None,
        )

    def total(self, cost: float) -> float:
        """Cost of a choice with the transition."""
        return cost + float(self.transition)

    def unit_price(self, service: str, cost: float) -> Money:
        """Price of a unit of a service that costs so much over the term."""
        price = self._price(decimal_of(cost)) / decimal_of(self.units[service])
        places = self.engagement.commercial.unit_price_places
        return Money.unit_price(price, self.engagement.currency, places)

    def _price(self, cost: Decimal) -> Decimal:
        return price_from_cost(cost, price_terms(self.engagement.commercial))

    def _unit_prices(self, choice: SiteChoice) -> dict[str, Money]:
        """By service; transition and opening are split by weeks on the payroll, as in a quote."""
        weeks = measure_of(self.problem, choice, "payroll_weeks")
        own = dict.fromkeys(weeks, 0.0)
        for team in choice.teams:
            own[team.service] += team.cost
        for pattern in choice.patterns:
            own[pattern.service] += pattern.cost
        shared = self.total(sum(site.open_cost for site in choice.sites))
        total = sum(weeks.values())
        return {
            name: self.unit_price(name, cost + shared * weeks[name] / total)
            for name, cost in own.items()
            if self.units[name] > 0
        }


def parts_of(choice: SiteChoice) -> tuple[DeliveredPart, ...]:
    """Who takes what in a choice."""
    shared = [(t.service, t.site, t.share, False) for t in choice.teams]
    round_sites = [
        (p.service, site, share, True)
        for p in choice.patterns
        for site, share in zip(p.sites, p.shares, strict=True)
    ]
    return tuple(
        DeliveredPart(service=service, site=site, share=round(share, 6), by_hour=by_hour)
        for service, site, share, by_hour in sorted((*shared, *round_sites))
    )


def option_rows(ledger: Ledger, choice: SiteChoice, run: Runner) -> tuple[SiteOptionRow, ...]:
    """The best choice first, then what it stands against."""
    problem, best = ledger.problem, choice.cost
    free = replace(problem, rules=SiteRules())
    rows = [ledger.row("best", "best split", choice, best), _stated(ledger, best)]
    for site in ledger.engagement.sites:
        only = free.only_at(site.name)
        rows.append(_chosen(ledger, "single_site", f"all at {site.name}", only, best, run))
    if problem.rules.sites_min is None and len(choice.sites) == 1:
        rules = replace(problem.rules, sites_min=2, sites_max=None)
        two = replace(problem, rules=rules)
        rows.append(_chosen(ledger, "two_sites", "two sites or more", two, best, run))
    round_services = {pattern.service for pattern in problem.patterns}
    if round_services and not choice.patterns:
        teams = tuple(team for team in free.teams if team.service not in round_services)
        sun = replace(free, teams=teams)
        rows.append(_chosen(ledger, "follow_the_sun", "follow the sun", sun, best, run))
    return tuple(rows)


def night_rows(ledger: Ledger) -> tuple[NightRow, ...]:
    """Night shifts at one site against going round the clocks, for every live service."""
    rows: list[NightRow] = []
    problem, currency = ledger.problem, ledger.engagement.currency
    for service in dict.fromkeys(pattern.service for pattern in problem.patterns):
        singles = [t for t in problem.allowed_teams if t.service == service]
        home = min((team.costs[-1] for team in singles), default=None)
        found = [
            NightRow(
                service=service,
                way="night_shifts",
                sites=(t.site,),
                shares=(1.0,),
                cost=Money.of(decimal_of(t.costs[-1]), currency),
                unit_price=ledger.unit_price(service, t.costs[-1]),
                night_share=_ratio(t.measures["night_hours"][-1], t.measures["hours"][-1]) or 0.0,
                seats=t.seats[-1],
                saving=None if home is None else round(1 - t.costs[-1] / home, 6),
            )
            for t in singles
        ]
        found += [
            NightRow(
                service=service,
                way="days_only" if p.days_only else "follow_the_sun",
                sites=p.sites,
                shares=tuple(round(share, 6) for share in p.shares),
                cost=Money.of(decimal_of(p.cost), currency),
                unit_price=ledger.unit_price(service, p.cost),
                night_share=_ratio(sum(p.measures["night_hours"]), sum(p.measures["hours"])) or 0.0,
                seats=sum(p.seats),
                saving=None if home is None else round(1 - p.cost / home, 6),
            )
            for p in problem.patterns
            if p.service == service
        ]
        rows += sorted(found, key=lambda row: row.cost.amount)
    return tuple(rows)


def curve_rows(ledger: Ledger) -> tuple[SiteCurve, ...]:
    """Cost by share of every team that no rule refuses."""
    return tuple(
        SiteCurve(
            service=team.service,
            site=team.site,
            shares=team.shares,
            costs=tuple(round(cost, 2) for cost in team.costs),
            unit_costs=tuple(
                round(cost / (share * units), 6) if share and units else None
                for share, cost in zip(team.shares, team.costs, strict=True)
            ),
            people=tuple(round(people, 3) for people in team.measures["fte"]),
        )
        for team in ledger.problem.allowed_teams
        for units in (ledger.units[team.service],)
    )


def _stated(ledger: Ledger, best: float) -> SiteOptionRow:
    """The delivery that the document states, by the same figures."""
    problem, services = ledger.problem, ledger.engagement.services
    known = {(team.service, team.site) for team in problem.allowed_teams}
    rounds = {(p.service, frozenset(p.sites)): p.sites for p in problem.patterns}
    shares, patterns = [], []
    for service in services:
        sites = frozenset(part.site for part in service.delivery)
        if service.is_follow_the_sun and (service.name, sites) in rounds:
            patterns.append((service.name, rounds[service.name, sites]))
            continue
        for part in service.delivery:
            if (service.name, part.site) not in known or service.is_follow_the_sun:
                return _refused(
                    "as_stated", "as stated", f"{service.name} @ {part.site} is not to be had"
                )
            shares.append((service.name, part.site, float(part.share)))
    return ledger.row("as_stated", "as stated", evaluate(problem, shares, patterns), best)


def _chosen(
    ledger: Ledger, kind: OptionKind, name: str, problem: SiteProblem, best: float, run: Runner
) -> SiteOptionRow:
    """Best choice of a narrower problem, or why there is none."""
    try:
        return ledger.row(kind, name, choose_sites(problem, log=run.log), best)
    except InfeasibleError as error:
        reasons = [
            f"{service.name}: {ledger.problem.closed[f'{service.name} @ {site.name}']}"
            for service in problem.services
            for site in problem.sites
            if f"{service.name} @ {site.name}" in ledger.problem.closed
        ]
        return _refused(kind, name, "; ".join(reasons) or str(error))


def _refused(kind: OptionKind, name: str, reason: str) -> SiteOptionRow:
    return SiteOptionRow(
        kind=kind,
        name=name,
        parts=(),
        cost=None,
        price=None,
        unit_prices={},
        night_share=None,
        seats=None,
        concentration=None,
        over_best=None,
        refused=reason,
    )


def _ratio(part: float, whole: float) -> float | None:
    return round(part / whole, 6) if whole else None
