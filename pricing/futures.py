"""Hiring under uncertain demand for an engagement: the question, and the report with prices.

A quote's margin covers what it is made for; this says what to hire when demand may be other, and
what a little more work would have to be sold at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from pricing.planning import prepare
from staffing.calendar import ContractCalendar
from staffing.errors import BadInputError
from staffing.futures_planner import StatedErrors, study_futures
from staffing.futures_problem import TeamStart
from staffing.futures_study import FuturesStudy
from staffing.scenario_table import read_scenarios

if TYPE_CHECKING:
    from collections.abc import Callable

    from pricing.briefing import TeamTerms
    from pricing.engagement import Engagement
    from staffing.futures_planner import FuturesTerms
    from staffing.optimize.workforce.two_stage.solve import TwoStageLimits
    from staffing.scenario_table import ScenarioTable

ASSUMED_GROWTH_SD = 0.03
ASSUMED_SEASON_CV = 0.20
_HIRING_TERMS = (
    "of the hiring terms, people already there (as if all were productive), client access, what "
    "may wait and the price of what is missing are in it; the rest is in crewquote hire"
)


class FuturesReport(FuturesStudy):
    """A study of futures, and what turns its costs into prices.

    `price_factor` is price over marginal cost at the target margin: contingency on top, then room
    for SG&A, financing and margin. `floor_price_factor` is the same at the floor margin.
    """

    engagement: str
    currency: str
    price_factor: float = Field(gt=0)
    floor_price_factor: float = Field(gt=0)


def futures_report(
    engagement: Engagement,
    terms: FuturesTerms,
    *,
    limits: TwoStageLimits | None = None,
    progress: Callable[[str], None] | None = None,
) -> FuturesReport:
    """Plan the hiring of an engagement for many futures of demand, and price them.

    The same engagement and terms give the same report, byte for byte.

    Parameters
    ----------
    engagement : Engagement
        A resolved document (volumes inline).
    terms : FuturesTerms
        Scenarios, draws, weight of risk.
    limits : TwoStageLimits, optional
        What ends the search for the plan; the defaults are repeatable.
    progress : callable, optional
        Called with a short text before each step.

    Raises
    ------
    BadInputError
        When something in the document or the terms cannot be meant.
    InfeasibleError
        When no staffing plan meets the engagement.
    SolverStoppedError
        When a limit ended a solve before any plan was found.
    PlanCheckError
        When a plan or a bound fails its independent check, which is a defect.
    """
    tell = progress or (lambda _: None)
    tell("reading rates")
    _, teams, brief = prepare(engagement)
    study = study_futures(
        brief,
        stated_errors(engagement),
        {team.name: team_start(engagement, team) for team in teams},
        terms,
        limits=limits,
        progress=tell,
    )
    commercial = engagement.commercial
    parts = {name: getattr(study, name) for name in FuturesStudy.model_fields}
    if any(team.site.hiring for team in teams):
        parts["notes"] = (*study.notes, _HIRING_TERMS)
    return FuturesReport(
        **parts,
        engagement=engagement.name,
        currency=engagement.currency,
        price_factor=_price_factor(engagement, float(commercial.target_margin.value)),
        floor_price_factor=_price_factor(engagement, float(commercial.floor_margin.value)),
    )


def stated_futures(engagement: Engagement, text: str, place: str = "demand") -> ScenarioTable:
    """Read the futures that a CSV table states for an engagement; see `read_scenarios`."""
    services = [service.name for service in engagement.services]
    weeks = ContractCalendar(engagement.start, engagement.term_months).week_starts
    return read_scenarios(text, services, weeks, place)


def stated_errors(engagement: Engagement) -> StatedErrors:
    """How far off the forecast of an engagement may be."""
    stated = engagement.commercial.uncertainty
    return StatedErrors(
        volume_cv=float(stated.volume_cv.value),
        productivity_cv=float(stated.productivity_cv.value),
        growth_sd=ASSUMED_GROWTH_SD if stated.growth_sd is None else float(stated.growth_sd.value),
        season_cv=ASSUMED_SEASON_CV if stated.season_cv is None else float(stated.season_cv.value),
        weekly_cv=None if stated.weekly_cv is None else float(stated.weekly_cv.value),
    )


def team_start(engagement: Engagement, team: TeamTerms) -> TeamStart:
    """Who is there, and what waiting and shortfall cost, from the hiring terms of the site."""
    hiring = team.site.hiring
    if hiring is None:
        return TeamStart()
    price = hiring.shortfall_price
    if price is not None and not price.value:
        path = f"{engagement.site_path(team.site.name)}.hiring.shortfall_price"
        raise BadInputError.at(path, price.value, "above 0: no work would be done otherwise")
    groups = [group.heads for group in hiring.staff if group.service == team.service.name]
    return TeamStart(
        existing=sum(groups) if groups else None,
        shortfall_price=None if price is None else float(price.value),
        backlog_share=float(hiring.backlog_share.value) if hiring.backlog_share else 0.0,
        access_weeks=hiring.access_weeks,
    )


def _price_factor(engagement: Engagement, margin: float) -> float:
    """``(1 + kappa) / (1 - g - f - m)``: price over marginal cost (pricing build-up)."""
    commercial = engagement.commercial
    taken = float(commercial.sga.value) + float(commercial.financing_share) + margin
    return (1 + float(commercial.contingency.value)) / (1 - taken)
