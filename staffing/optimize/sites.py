"""Where to deliver at least cost: which sites to open and how to split the work, a mixed program.

Binary: site i is open ``o_i``, team (service s at site i) is opened ``u_si``, segment k of its cost
curve is used ``z_sik``, pattern p is used ``y_p``. Weights ``w_sik`` of the knots read the curve.

``work_placed``      sum_i x_si + sum_p y_p = 1, x_si = sum_k share_k w_sik
``team_curve``       sum_k w_sik = u_si, sum_k z_sik = u_si, w_sik <= z_si(k-1) + z_sik
``team_share_min``   x_si >= least share of the team x u_si
``site_open``        u_si <= o_i, y_p <= o_i, o_i <= sum of what uses it
``site_seats``       seats of teams and patterns at i <= seats_i
``sites_max``, ``sites_min``   on sum_i o_i
``site_share_max``   load of site i <= its most

A curve bends both ways (small teams are dear, large ones meet overtime and full seats), so its
segments need the binaries: weights alone would read a chord below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulp

from staffing.optimize.sites_infeasible import explain_no_choice
from staffing.optimize.solver import SolveLimits, SolveLog, SolveOutcome, solve
from staffing.sites import evaluate

if TYPE_CHECKING:
    from staffing.sites import PatternOption, SiteChoice, SiteProblem, TeamOption

LEAST_SHARE = 1e-6
SITE_LIMITS = SolveLimits(relative_gap=1e-6, max_nodes=20_000)


def choose_sites(
    problem: SiteProblem, limits: SolveLimits | None = None, log: SolveLog | None = None
) -> SiteChoice:
    """Find the sites and the split of work that cost least.

    Parameters
    ----------
    problem : SiteProblem
        Work, sites, what teams and patterns cost, rules.
    limits : SolveLimits, optional
        What ends the search; the defaults are repeatable and near exact.
    log : SolveLog, optional
        Collects solver seconds.

    Raises
    ------
    InfeasibleError
        No choice keeps all rules; it names which to relax, and at what cost.
    SolverStoppedError
    """
    limits, log = limits or SITE_LIMITS, log or SolveLog()
    model = SiteModel(problem)
    outcome = solve(model.program, limits, log)
    if outcome.infeasible:
        raise explain_no_choice(problem, lambda relaxed: _cost(relaxed, limits, log))
    return _choice(model, outcome)


def _cost(problem: SiteProblem, limits: SolveLimits, log: SolveLog) -> float | None:
    """Least cost, or None where there is no choice."""
    outcome = solve(SiteModel(problem).program, limits, log)
    return None if outcome.infeasible else outcome.objective


@dataclass(frozen=True)
class _Team:
    """Variables of one team."""

    option: TeamOption
    opened: pulp.LpVariable
    weights: list[pulp.LpVariable]

    def read(self, figures: tuple[float, ...]) -> pulp.LpAffineExpression:
        return pulp.lpSum(float(f) * w for f, w in zip(figures, self.weights, strict=True))


class SiteModel:
    """The program of a site problem; rules have the names of the module's docstring."""

    def __init__(self, problem: SiteProblem) -> None:
        self.problem = problem
        self.program = pulp.LpProblem("sites", pulp.LpMinimize)
        self.open = {site.name: self._binary(f"open_{i}") for i, site in enumerate(problem.sites)}
        self.teams = [self._team(number, t) for number, t in enumerate(problem.allowed_teams)]
        self.patterns: list[tuple[PatternOption, pulp.LpVariable]] = [
            (pattern, self._binary(f"pattern_{p}")) for p, pattern in enumerate(problem.patterns)
        ]
        self._place_work()
        self._open_sites()
        self._count_sites()
        self.program.setObjective(self._objective())

    def _binary(self, name: str) -> pulp.LpVariable:
        return self.program.add_variable(name, 0, 1, cat="Binary")

    def _team(self, number: int, option: TeamOption) -> _Team:
        """``team_curve`` and ``team_share_min``: a point on the curve if opened, else nothing."""
        knots = range(len(option.shares))
        opened = self._binary(f"team_{number}")
        weights = [self.program.add_variable(f"weight_{number}_{k}", 0, 1) for k in knots]
        segments = [self._binary(f"segment_{number}_{k}") for k in knots[:-1]]
        self.program += pulp.lpSum(weights) == opened, f"team_curve_weights_{number}"
        self.program += pulp.lpSum(segments) == opened, f"team_curve_segment_{number}"
        for k in knots:
            beside = pulp.lpSum(segments[max(0, k - 1) : k + 1])
            self.program += weights[k] <= beside, f"team_curve_{number}_{k}"
        team = _Team(option, opened, weights)
        least = max(option.share_min, LEAST_SHARE)
        self.program += team.read(option.shares) >= least * opened, f"team_share_min_{number}"
        return team

    def _place_work(self) -> None:
        """``work_placed``: all of every service is done somewhere."""
        for s, service in enumerate(self.problem.services):
            shared = [
                t.read(t.option.shares) for t in self.teams if t.option.service == service.name
            ]
            rounds = [used for p, used in self.patterns if p.service == service.name]
            placed = pulp.lpSum(shared) + pulp.lpSum(rounds)
            self.program += placed == 1, f"work_placed_{s}"

    def _open_sites(self) -> None:
        """``site_open``, ``site_seats`` and ``site_share_max``."""
        rules = self.problem.rules
        for i, site in enumerate(self.problem.sites):
            users = [t.opened for t in self.teams if t.option.site == site.name]
            users += [used for p, used in self.patterns if site.name in p.sites]
            for n, used in enumerate(users):
                self.program += used <= self.open[site.name], f"site_open_{i}_{n}"
            self.program += self.open[site.name] <= pulp.lpSum(users), f"site_used_{i}"
            if site.seats is not None:
                self.program += self._seats(site.name) <= float(site.seats), f"site_seats_{i}"
            if rules.site_share_max is not None:
                most = float(rules.site_share_max)
                self.program += self._load(site.name) <= most, f"site_share_max_{i}"

    def _count_sites(self) -> None:
        """``sites_max`` and ``sites_min``."""
        rules, number = self.problem.rules, pulp.lpSum(self.open.values())
        if rules.sites_max is not None:
            self.program += number <= rules.sites_max, "sites_max"
        if rules.sites_min is not None:
            self.program += number >= rules.sites_min, "sites_min"

    def _seats(self, site: str) -> pulp.LpAffineExpression:
        teams = [t.read(t.option.seats) for t in self.teams if t.option.site == site]
        patterns = [
            float(p.seats[p.sites.index(site)]) * used
            for p, used in self.patterns
            if site in p.sites
        ]
        return pulp.lpSum([*teams, *patterns])

    def _load(self, site: str) -> pulp.LpAffineExpression:
        load = {service.name: service.load for service in self.problem.services}
        teams = [
            float(load[t.option.service]) * t.read(t.option.shares)
            for t in self.teams
            if t.option.site == site
        ]
        patterns = [
            float(load[p.service] * p.shares[p.sites.index(site)]) * used
            for p, used in self.patterns
            if site in p.sites
        ]
        return pulp.lpSum([*teams, *patterns])

    def _objective(self) -> pulp.LpAffineExpression:
        opening = [float(s.open_cost) * self.open[s.name] for s in self.problem.sites]
        teams = [team.read(team.option.costs) for team in self.teams]
        patterns = [float(p.cost) * used for p, used in self.patterns]
        return pulp.lpSum([*opening, *teams, *patterns])


def _choice(model: SiteModel, outcome: SolveOutcome) -> SiteChoice:
    """Read the answer; costs are read from the curves again, not from the solver."""
    teams = [(t.option.service, t.option.site, _share(t)) for t in model.teams if _is_on(t.opened)]
    rounds = [(p.service, p.sites) for p, used in model.patterns if _is_on(used)]
    choice = evaluate(model.problem, teams, rounds)
    bound = min(outcome.bound, choice.cost)
    return choice.model_copy(
        update={
            "bound": bound,
            "gap": max(0.0, choice.cost - bound) / max(choice.cost, 1e-9),
            "stop_reason": outcome.stop_reason,
            "reproducible": outcome.reproducible,
        }
    )


def _share(team: _Team) -> float:
    """Share of an opened team, without the solver's last digits."""
    knots, weights = team.option.shares, team.weights
    share = sum(s * (w.value() or 0.0) for s, w in zip(knots, weights, strict=True))
    return min(1.0, max(0.0, round(share, 9)))


def _is_on(variable: pulp.LpVariable) -> bool:
    return (variable.value() or 0.0) > 0.5  # noqa: PLR2004 (a binary, up to the solver's tolerance)
