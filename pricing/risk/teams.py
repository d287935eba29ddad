"""Teams of a quote as its risk sees them: people, money, and hires fixed for how long."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from pricing.futures import team_start
from pricing.risk.factors import COMMITTED_WEEKS, ORDER_NOTICE_WEEKS
from pricing.risk.people import TeamPeople
from pricing.risk.rates import KINDS, TeamRates, team_rates
from staffing.calendar import ContractCalendar
from staffing.demand import demand_over_term
from staffing.futures_problem import Risk, futures_problem
from staffing.hiring.committed import CommittedTeam, WeekCosts
from staffing.support import support_fte

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from pricing.briefing import TeamTerms
    from pricing.engagement import Engagement
    from pricing.ratecard import RateCard
    from staffing.brief import StaffingBrief, TeamBrief
    from staffing.plan import StaffingPlan, TeamPlan

    Array = NDArray[np.float64]

_LEAST_REACH, _MOST_REACH = 0.05, 0.5


@dataclass(frozen=True)
class RiskTeam:
    """One team: what it needs, what it does, what that costs.

    Parameters
    ----------
    people : TeamPeople
        Need along the factors.
    committed : CommittedTeam
        The team as it is hired; `committed_weeks` of it is that of the output-based offer.
    rates : TeamRates
        Money by quantity.
    foreign_pay : bool
        Whether its pay is in another currency.
    year_share : ndarray, shape (years, weeks)
        Part of each week in each contract year, in weeks.
    """

    name: str
    service: str
    people: TeamPeople
    committed: CommittedTeam
    rates: TeamRates
    foreign_pay: bool
    year_share: Array
    brief: TeamBrief
    classes: tuple[str, ...]
    staffed_hours: float

    def quantities(self, parts: Mapping[str, Array], points: Array) -> dict[str, Array]:
        """Quantities of solved futures by contract year, as a plan has them.

        Parameters
        ----------
        parts : mapping of str to ndarray, shape (futures, weeks)
            What is done in each.
        points : ndarray, shape (futures, 3)
            Where they lie.

        Returns
        -------
        dict of str to ndarray, shape (futures, years)
        """
        terms = self.brief.workforce
        surge = self.committed.called_off(parts["surge_starts"])
        agents = parts["payroll"] + surge
        # Where trainees sit is not decided by cost, so it would be noise: only peaks move seats.
        seats = self.people.peak_heads(points)
        hours = self.year_share @ self.people.hours_by_class(points)
        found = {
            "payroll_weeks": self._by_year(parts["payroll"]),
            "overtime_weeks": self._by_year(parts["overtime"]),
            "surge_weeks": self._by_year(surge),
            "started_hires": self._by_year(parts["hires"]) / (1 - terms.early_loss),
            "seats": np.stack([seats[:, year > 0].max(axis=1) for year in self.year_share], axis=1),
        }
        found |= {f"hours:{name}": hours[:, :, i] for i, name in enumerate(self.classes)}
        for role in self.brief.support:
            fte = support_fte(role, self.brief, agents, self.staffed_hours)
            found[f"support:{role.name}"] = self._by_year(fte)
        return found

    def money(self, parts: Mapping[str, Array], points: Array) -> Array:
        """Cost of solved futures by kind and year, shape (futures, kinds, years)."""
        cost = np.zeros((len(points), len(KINDS), len(self.year_share)))
        for quantity, amounts in self.quantities(parts, points).items():
            if quantity in self.rates.per_unit:
                cost += self.rates.per_unit[quantity] * amounts[:, None, :]
        missed = self.committed.week_weights * parts["shortfall"] * self.committed.costs.shortfall
        shares = self.year_share / self.year_share.sum(axis=0)
        cost[:, KINDS.index("other")] += (shares @ missed[:, :, None])[:, :, 0]
        return cost

    def _by_year(self, weekly: Array) -> Array:
        """Sum weeks over contract years, future by future, shape (futures, years)."""
        return np.asarray((self.year_share @ weekly[:, :, None])[:, :, 0], dtype=float)


def risk_teams(
    engagement: Engagement,
    card: RateCard,
    terms: tuple[TeamTerms, ...],
    brief: StaffingBrief,
    plan: StaffingPlan,
) -> tuple[RiskTeam, ...]:
    """Read the teams of a quote's plan.

    Parameters
    ----------
    engagement : Engagement
        A resolved document.
    card, terms, brief
        What `pricing.quoting.prepare` made of it.
    plan : StaffingPlan
        The checked plan of the quote.
    """
    calendar = ContractCalendar(engagement.start, engagement.term_months)
    demands = {s.name: demand_over_term(s, calendar, brief.grid) for s in brief.services}
    rates = team_rates(engagement, terms, plan)
    needed = np.stack([np.array(team.workforce.needed) for team in plan.teams], axis=1)
    starts = {one.name: team_start(engagement, one) for one in terms}
    problem = futures_problem(brief, calendar, needed[None], np.ones(1), starts, Risk())
    cv = engagement.commercial.uncertainty
    reach = float(np.hypot(float(cv.volume_cv.value), float(cv.productivity_cv.value)))
    years = calendar.week_weights.cumsum() - calendar.week_weights / 2
    teams = []
    for place, (one, team_brief, team) in enumerate(
        zip(terms, brief.teams, plan.teams, strict=True)
    ):
        classes = tuple(team.curve[0].paid_hours_by_class)
        people = TeamPeople(
            scales=np.array([point.scale for point in team.curve]),
            hours=np.array(
                [[point.paid_hours_by_class[c] for c in classes] for point in team.curve]
            ),
            peaks=np.array([point.peak_heads for point in team.curve]),
            fte_hours=team.hours_per_fte_week,
            planned_scale=demands[team.service].weekly_scale,
            years=years * 7 / 365.25,
            reach=min(max(reach, _LEAST_REACH), _MOST_REACH),
        )
        shares = calendar.weeks_in_year
        pool = problem.pools[place]
        workforce = team_brief.workforce
        committed = CommittedTeam(
            name=team.name,
            week_weights=calendar.week_weights,
            go_live=team.workforce.productive[0],
            hires=np.array(team.workforce.hires),
            committed_weeks=min(committed_weeks(engagement), calendar.num_weeks),
            training_weeks=workforce.training_weeks,
            ramp=workforce.ramp,
            weekly_attrition=pool.weekly_attrition,
            overtime_share_max=team_brief.labour.overtime_share_max,
            surge_heads=workforce.surge.pool_heads,
            surge_effectiveness=workforce.surge.effectiveness,
            surge_min_weeks=workforce.surge.min_weeks,
            held_back=pool.held_back(),
            costs=_week_costs(team_brief, rates[team.name], shares, pool.shortfall_price),
        )
        teams.append(
            RiskTeam(
                name=team.name,
                service=team.service,
                people=people,
                committed=committed,
                rates=rates[team.name],
                foreign_pay=card.pay_currency(one.site, one.service.role) != engagement.currency,
                year_share=shares,
                brief=team_brief,
                classes=classes,
                staffed_hours=_staffed_hours(team, plan),
            )
        )
    return tuple(teams)


def committed_weeks(engagement: Engagement) -> int:
    """Weeks in which people are hired as planned, whatever comes: stated, or assumed."""
    stated = engagement.commercial.uncertainty.committed_weeks
    return COMMITTED_WEEKS if stated is None else stated


def order_notice_weeks(engagement: Engagement) -> int:
    """Weeks until the client's orders follow its work: stated, or assumed."""
    stated = engagement.commercial.uncertainty.order_notice_weeks
    return ORDER_NOTICE_WEEKS if stated is None else stated


def ordered_team(team: CommittedTeam) -> CommittedTeam:
    """Let a team hire for what is ordered: orders are known before they are due."""
    return replace(team, committed_weeks=0)


def _week_costs(
    brief: TeamBrief, rates: TeamRates, shares: Array, shortfall_price: float
) -> WeekCosts:
    """Money by week; support counts with the people it is for, as if no minimum were on duty."""
    part = shares / shares.sum(axis=0)
    by_week = {
        name: np.asarray(rates.total(name) @ part, dtype=float)
        for name in ("payroll_weeks", "overtime_weeks", "surge_weeks", "started_hires")
    }
    support = np.sum(
        [rates.total(f"support:{role.name}") @ part / role.span for role in brief.support], axis=0
    )
    early_loss = brief.workforce.early_loss
    return WeekCosts(
        payroll=by_week["payroll_weeks"] + support,
        overtime=by_week["overtime_weeks"],
        surge=by_week["surge_weeks"] + support,
        shortfall=np.full(shares.shape[1], shortfall_price),
        hire=by_week["started_hires"] * shares.sum(axis=0) / (1 - early_loss),
    )


def _staffed_hours(team: TeamPlan, plan: StaffingPlan) -> float:
    """Hours of the standard week in which anyone of the team is on duty."""
    on_duty = np.array(team.roster.on_duty)
    return float((on_duty > 0).sum()) * plan.interval_minutes / 60
