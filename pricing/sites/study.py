"""The use case: an engagement with candidate sites in, a site study out."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from pricing.briefing import effective_units_per_hour
from pricing.engagement import LiveService
from pricing.quoting import prepare
from pricing.reading import engagement_hash
from pricing.sites.chosen import opening_cost, plan_choice
from pricing.sites.curves import Runner, pattern_option, team_option
from pricing.sites.options import Ledger, curve_rows, night_rows, option_rows, parts_of
from pricing.sites.places import candidate_sites, refusals, spoken_at
from pricing.sites.report import SiteRequest, SiteStudy
from staffing.calendar import ContractCalendar
from staffing.check.sites import check_site_choice
from staffing.demand import demand_over_term
from staffing.errors import BadInputError, InfeasibleError, PlanCheckError
from staffing.optimize.sites import choose_sites
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.sites import ServiceWork, SiteOption, SiteProblem, SiteRules

if TYPE_CHECKING:
    from collections.abc import Callable

    from pricing.engagement import Engagement, ServiceBase, Site
    from staffing.sites import PatternOption, SiteChoice, TeamOption

MOST_PATTERNS = 8
"""Ways round the sites planned per service: pairs first, then triples."""
_LONGEST_ROUND = 3


def site_study(
    engagement: Engagement,
    request: SiteRequest | None = None,
    *,
    limits: SolveLimits | None = None,
    log: SolveLog | None = None,
    progress: Callable[[str], None] | None = None,
) -> SiteStudy:
    """Choose the sites of an engagement and the split of its work over them.

    Every service is planned alone at every site it may go to; live ones also round several sites by
    the hour. A mixed program chooses; the choice is then planned and costed as a quote would be.

    Parameters
    ----------
    engagement : Engagement
        A resolved document; `services[].candidates` say where, or every site is looked at.
    request : SiteRequest, optional
        Rules of the choice.
    limits, log, progress
        As in `pricing.quoting.quote`.

    Raises
    ------
    BadInputError
        When something in the document cannot be priced.
    InfeasibleError
        No choice keeps all rules: it names those that stand in the way, and what the work would
        cost without each.
    SolverStoppedError
    PlanCheckError
        When a plan or the choice breaks a rule, which is a defect.
    """
    request, tell = request or SiteRequest(), progress or (lambda _: None)
    run = Runner(limits or SolveLimits(), log or SolveLog(), tell)
    tell("reading rates")
    problem, notes = site_problem(engagement, request, run)
    tell("choosing sites")
    choice = _choose(engagement, problem, request, run)
    violations = check_site_choice(problem, choice)
    if violations:
        raise PlanCheckError(violations)
    ledger = Ledger(engagement, problem, _units(engagement))
    tell("planning the choice")
    planned = plan_choice(ledger, choice, run)
    return SiteStudy(
        engagement=engagement.name,
        client=engagement.client,
        currency=engagement.currency,
        engagement_hash=engagement_hash(engagement),
        request=request,
        options=option_rows(ledger, choice, run),
        nights=night_rows(ledger),
        curves=curve_rows(ledger),
        choice=choice,
        parts=parts_of(choice),
        planned=planned,
        notes=(*_own_notes(engagement), *notes),
    )


def site_problem(
    engagement: Engagement, request: SiteRequest, run: Runner, *, refused_too: bool = False
) -> tuple[SiteProblem, tuple[str, ...]]:
    """Pose the choice: what every service costs at every site, and round several.

    Parameters
    ----------
    refused_too : bool
        Whether teams that a rule forbids are planned as well, to say what giving it up would cost.

    Returns
    -------
    problem : SiteProblem
    notes : tuple of str
        What could not be planned, and why.
    """
    teams: list[TeamOption] = []
    patterns: list[PatternOption] = []
    closed: dict[str, str] = {}
    notes: list[str] = []
    for service in engagement.services:
        sites = candidate_sites(engagement, service)
        forbidden = {site.name: refusals(engagement, service, site) for site in sites}
        for site, rules in forbidden.items():
            name = f"{service.name} @ {site}"
            if rules and not refused_too:
                closed[name] = " and ".join(rules)
                continue
            team, reason = team_option(engagement, service, site, rules, request.min_share, run)
            if team is None:
                closed[name] = reason
                notes.append(f"{name} alone cannot be planned: {reason}")
            else:
                teams.append(team)
        free = [site.name for site in sites if not forbidden[site.name]]
        found, more = _patterns(engagement, service, free, run)
        patterns += found
        notes += more
    used = {team.site for team in teams} | {site for p in patterns for site in p.sites}
    problem = SiteProblem(
        services=_works(engagement),
        sites=tuple(_site_option(engagement, s) for s in engagement.sites if s.name in used),
        teams=tuple(teams),
        patterns=tuple(patterns),
        rules=SiteRules(request.max_sites, request.min_sites, request.max_share),
        closed=closed,
    )
    return problem, tuple(notes)


def _choose(
    engagement: Engagement, problem: SiteProblem, request: SiteRequest, run: Runner
) -> SiteChoice:
    """Choose; where nothing can be chosen, find out what the forbidden teams would have cost."""
    try:
        return choose_sites(problem, log=run.log)
    except InfeasibleError:
        if len(problem.teams) == sum(
            len(candidate_sites(engagement, s)) for s in engagement.services
        ):
            raise
    run.tell("finding out what stands in the way")
    every, _ = site_problem(engagement, request, run, refused_too=True)
    return choose_sites(every, log=run.log)


def _patterns(
    engagement: Engagement, service: ServiceBase, sites: list[str], run: Runner
) -> tuple[list[PatternOption], list[str]]:
    """Ways of a live service round its sites by the hour."""
    if not isinstance(service, LiveService):
        return [], []
    rounds = [
        chosen
        for number in range(2, min(len(sites), _LONGEST_ROUND) + 1)
        for chosen in combinations(sites, number)
    ]
    found, notes = [], []
    for chosen in rounds[:MOST_PATTERNS]:
        pattern, reason = pattern_option(engagement, service, chosen, run)
        if pattern is None:
            notes.append(f"{service.name} round {' + '.join(chosen)} {reason}")
        else:
            found.append(pattern)
    if len(rounds) > MOST_PATTERNS:
        left = len(rounds) - MOST_PATTERNS
        notes.append(f"{service.name}: {left} more ways round the sites were not planned")
    return found, notes


def _site_option(engagement: Engagement, site: Site) -> SiteOption:
    contingency = 1 + engagement.commercial.contingency.value
    return SiteOption(
        name=site.name,
        open_cost=float(opening_cost(site) * contingency),
        seats=None if site.seats is None else float(site.seats),
    )


def _works(engagement: Engagement) -> tuple[ServiceWork, ...]:
    """Share of each service in all handling hours of the term."""
    units = _units(engagement)
    hours = {
        service.name: units[service.name] / float(effective_units_per_hour(service))
        for service in engagement.services
    }
    total = sum(hours.values())
    if not total > 0:
        raise BadInputError.at("services", "no work in the term", "volumes above 0")
    return tuple(ServiceWork(name, one / total) for name, one in hours.items())


def _units(engagement: Engagement) -> dict[str, float]:
    """Units of every service over the term."""
    _, _, brief = prepare(engagement)
    calendar = ContractCalendar(brief.start, brief.term_months)
    return {
        service.name: float(
            demand_over_term(service, calendar, brief.grid).weekly @ calendar.week_weights
        )
        for service in brief.services
    }


def _own_notes(engagement: Engagement) -> tuple[str, ...]:
    """What the document leaves open."""
    silent = [site.name for site in engagement.sites if spoken_at(engagement, site) is None]
    notes = [
        f"{name} states no languages and delivers nothing: taken to speak all" for name in silent
    ]
    if len(engagement.sites) == 1:
        notes.append("the engagement names one site: there is nothing to choose")
    return tuple(notes)
