"""The use case: an engagement in, rates at the margin out, beside those of its contract."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pricing.agreement import agree
from pricing.futures import team_start
from pricing.offers import price_terms
from pricing.quoting import plan_of, prepare, price_plan
from pricing.rates.contract import contract_rates
from pricing.rates.peaks import notice_rates
from pricing.rates.report import (
    LongRunStep,
    RateBand,
    RateReport,
    RateRequest,
    ServiceRates,
    ShortRunRate,
    SpikeRate,
)
from pricing.rates.rule import RateRule
from pricing.rates.steps import Costing, units_of
from pricing.reading import engagement_hash
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.short_run import ShortRun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pricing.briefing import TeamTerms
    from pricing.engagement import Engagement
    from pricing.money import Money
    from pricing.quote import Quote
    from pricing.rates.report import NoticeRate
    from pricing.rates.steps import Change
    from staffing.hiring.value_report import MarginalSpike
    from staffing.plan import StaffingPlan
    from staffing.short_run import ShortRunStep

NEAR = 0.01
"""Step that stands for the next and the last unit: nearer to the plan its rounding is seen."""
_ACCESS_AND_RAMP = (
    "long-run rates hold for changes known so far ahead that people can be hired and trained, or "
    "not replaced when they leave; sooner, the short-run rates do"
)
_NOT_DONE = (
    "in the short run nobody is hired or leaves beyond the plan; work not done in time counts at "
    "its price, five weeks' pay for a full-time week where none is stated"
)
_CURVE = (
    "shifts at other volumes are read from the solved staffing curve, straight between its points; "
    "hiring is solved anew for each step"
)


def rate_report(
    engagement: Engagement,
    request: RateRequest | None = None,
    *,
    limits: SolveLimits | None = None,
    log: SolveLog | None = None,
    progress: Callable[[str], None] | None = None,
) -> RateReport:
    """Propose charges for more and less work from re-solved steps of volume.

    Parameters
    ----------
    engagement : Engagement
        A resolved document.
    request : RateRequest, optional
        Steps and peak.
    limits, log, progress
        As in `pricing.quoting.quote`.

    Raises
    ------
    BadInputError, InfeasibleError, SolverStoppedError, PlanCheckError
        As `pricing.quoting.quote`.
    """
    request, tell = request or RateRequest(), progress or (lambda _: None)
    limits, log = limits or SolveLimits(), log or SolveLog()
    planned = plan_of(engagement, limits=limits, progress=tell, log=log)
    quote = price_plan(engagement, planned)
    agreement = agree(engagement, planned.teams, planned.plan, quote.offers)
    _, teams, brief = prepare(engagement)
    plan = planned.plan
    costing = Costing(engagement, teams, brief, plan, limits, log)
    starts = {team.name: team_start(engagement, team) for team in teams}
    short_run = ShortRun(brief, plan, starts)
    spikes = short_run.spikes()
    rule = RateRule(engagement, price_terms(engagement.commercial))
    services = []
    for service in engagement.services:
        tell(f"{service.name}: more and less work")
        shares = sorted({sign * step for step in request.steps for sign in (1, -1)})
        changes = [costing.planned_anew(service.name, share) for share in shares]
        base, *late = short_run.steps(service.name, (0.0, *shares, NEAR, -NEAR))
        total = units_of(plan, service.name)
        answered = [
            _short_run(rule, costing.too_late(service.name, step, base), step) for step in late
        ]
        own = [team for team in teams if team.service.name == service.name]
        found = _service(rule, quote, own, request, changes, answered[:-2], total)
        work = short_run.full_time_weeks()
        notices: tuple[NoticeRate, ...] = ()
        if request.surge and any(team.site.surge.sources for team in own):
            notices = notice_rates(engagement, service.name, request.peak, limits, log, tell)
        rates = ServiceRates(
            **found,
            next_unit=answered[-2].rate,
            last_unit=lower(answered[-1].rate, answered[-2].rate),
            spikes=tuple(_spikes(rule, plan, service.name, spikes, work)),
            by_notice=notices,
            contract=(),
        )
        contract = contract_rates(rule, agreement, rates)
        services.append(rates.model_copy(update={"contract": contract}))
    return RateReport(
        engagement=engagement.name,
        client=engagement.client,
        currency=engagement.currency,
        engagement_hash=engagement_hash(engagement),
        request=request,
        services=tuple(services),
        notes=(_ACCESS_AND_RAMP, _NOT_DONE, _CURVE),
    )


def _service(
    rule: RateRule,
    quote: Quote,
    teams: list[TeamTerms],
    request: RateRequest,
    changes: list[Change],
    short_run: list[ShortRunRate],
    total: Decimal,
) -> dict[str, Any]:
    """What the steps of a service say."""
    service = teams[0].service
    offer = quote.offers.output_based
    quoted = next(p.price for p in offer.prices if p.service == service.name)
    long_run = tuple(_long_run(rule, change) for change in changes)
    step = request.proposed_step
    rates = {one.share: one.rate for one in long_run}
    arc = rates[step]
    return {
        "service": service.name,
        "unit": service.unit,
        "units": f"{total:f}",
        "average": offer.parity_unit_prices[service.name],
        "quoted": quoted,
        "step": step,
        "lead_weeks": max(_lead_weeks(team) for team in teams),
        "arc": arc,
        "rrc": lower(rates[-step], arc),
        "arc_late": next(one.rate for one in short_run if one.share == step),
        "long_run": long_run,
        "bands": tuple(_bands(rule, changes)),
        "short_run": tuple(short_run),
    }


def lower(rrc: Money, arc: Money) -> Money:
    """Credit of a reduced unit: no more than an additional one costs.

    Where small teams are dear, the last units may save more than the next ones cost. A credit above
    the charge would pay the client for moving work to and fro.
    """
    return min(rrc, arc, key=lambda money: money.amount)


def _lead_weeks(team: TeamTerms) -> int:
    """Weeks until a new hire is fully productive."""
    return team.attrition.training_weeks + len(team.service.ramp)


def _long_run(rule: RateRule, change: Change) -> LongRunStep:
    fte_rate = None
    if change.fte_months:
        fte_rate = rule.amount(rule.price(change.cost) / change.fte_months)
    return LongRunStep(
        share=change.share,
        units=f"{change.units:f}",
        cost=rule.amount(change.cost),
        cost_lines=_lines(rule, change),
        rate=rule.unit(rule.price(change.cost) / change.units),
        fte_months=round(float(change.fte_months), 6),
        fte_month_rate=fte_rate,
    )


def _short_run(rule: RateRule, change: Change, step: ShortRunStep) -> ShortRunRate:
    """Rates of a step too late to hire for; bounds of its labour are in the order of the rates."""
    low, high = (step.low, step.high) if step.share > 0 else (step.high, step.low)
    return ShortRunRate(
        share=step.share,
        units=f"{change.units:f}",
        cost=rule.amount(change.cost),
        cost_lines=_lines(rule, change),
        rate=rule.unit(rule.price(change.cost) / change.units),
        labour_rate=rule.per_unit(step.labour, change.units),
        dual_low=rule.per_unit(low, change.units),
        dual_high=rule.per_unit(high, change.units),
        overtime_weeks=round(step.overtime, 6),
        surge_weeks=round(step.surge, 6),
        not_done_weeks=round(step.not_done, 6),
    )


def _lines(rule: RateRule, change: Change) -> dict[str, Money]:
    """Cost lines that move, each rounded."""
    lines = {name: rule.amount(cost) for name, cost in change.lines.items()}
    return {name: amount for name, amount in lines.items() if amount.amount}


def _bands(rule: RateRule, changes: list[Change]) -> Iterable[RateBand]:
    """Rates between neighbouring steps, plan volume among them: their costs sum to the steps'."""
    points = [(change.share, change.units, change.cost) for change in changes]
    points = sorted([*points, (0.0, Decimal(0), Decimal(0))])
    for (low, units, cost), (high, more, dearer) in pairwise(points):
        yield RateBand(
            from_share=low,
            to_share=high,
            units=f"{more - units:f}",
            cost=rule.amount(dearer - cost),
            rate=rule.unit(rule.price(dearer - cost) / (more - units)),
        )


def _spikes(
    rule: RateRule,
    plan: StaffingPlan,
    service: str,
    spikes: Iterable[MarginalSpike],
    work: dict[str, float],
) -> Iterable[SpikeRate]:
    """Price of a unit in a spike: a unit takes as much work there as in the mean of its team."""
    own = [team.name for team in plan.teams if team.service == service]
    total = sum(team.units_per_week for team in plan.teams if team.service == service)
    for spike in spikes:
        if spike.pool not in own:
            continue
        team = next(team for team in plan.teams if team.name == spike.pool)
        share = team.units_per_week / total if total else 0.0
        units = float(units_of(plan, service)) * share
        if not units:
            continue
        cost = rule.with_contingency(spike.cost_per_week * work[spike.pool] / units)
        yield SpikeRate(
            team=spike.pool,
            week=spike.week,
            notice_weeks=spike.notice_weeks,
            rate=rule.unit(rule.price(cost)),
        )
