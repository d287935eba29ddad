"""A study of risk written down: measures of both offers, premium, tornado, what is assumed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from pricing.money import Money
from pricing.risk.attribution import premium_study
from pricing.risk.budget import budget_of
from pricing.risk.convergence import running
from pricing.risk.measures import Bands, measure, quantiles
from pricing.risk.report import (
    ContingencyScope,
    CostBound,
    DrawnFactor,
    HistogramBin,
    MoneyBands,
    OfferRisk,
    RiskStudy,
    RunningMargin,
    ShareBands,
    StatedCorrelation,
)
from pricing.risk.solved import HELD_OUT
from pricing.risk.streams import factor_draws
from pricing.risk.teams import committed_weeks, order_notice_weeks
from pricing.risk.tornado import tornado
from pricing.risk.words import ASSUMED_PATHS, contingency_covers, drawn_lines, in_words, notes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from pricing.quote import Method
    from pricing.risk.factors import FactorModel
    from pricing.risk.ground import StudyGround
    from pricing.risk.report import RiskRequest
    from pricing.risk.solved import SolvedCost

    Array = NDArray[np.float64]

_PLACES = 4
_BINS = 60
_ON_AN_EDGE = 1e-6  # so near to an edge, in bins, a value is taken to lie on it
_SHOWN = (0.001, 0.999)


def write_study(ground: StudyGround, request: RiskRequest) -> RiskStudy:
    """Draw, measure and write down."""
    engagement, model = ground.engagement, ground.model
    factors = factor_draws(model.distributions, model.correlation, request.draws, request.seed)
    outcomes = ground.solved.outcomes(factors, request.draws)
    budget = budget_of(engagement, request.budget)
    bills = ground.bills(outcomes)
    target = ground.target
    return RiskStudy(
        engagement=engagement.name,
        currency=engagement.currency,
        draws=request.draws,
        seed=request.seed,
        budget=budget,
        target_margin=target.margin,
        floor_margin=target.floor,
        committed_weeks=committed_weeks(engagement),
        order_notice_weeks=order_notice_weeks(engagement),
        factors=_factors(model, factors),
        correlations=_correlations(model),
        offers=(
            _offer(ground, "input_based", bills, budget),
            _offer(ground, "output_based", bills, budget),
        ),
        premium=premium_study(ground, factors, request.draws),
        tornado=tornado(ground),
        contingency=_contingency(ground),
        assumed=tuple(ASSUMED_PATHS[one.name] for one in model.factors if not one.stated),
        notes=_notes(ground),
        contract=None if ground.contract is None else ground.contract.words(factors),
    )


def _notes(ground: StudyGround) -> tuple[str, ...]:
    """How the figures were made; under a contract every year has its own prices."""
    yearly = bool(ground.prices.unit_by_year) and ground.contract is None
    found = notes(ground.solved, ground.model, yearly=yearly)
    if ground.contract is None:
        return found
    return (*found, "the premium is that of the price alone: no term of the contract is in it")


def _planned_margin(ground: StudyGround, method: Method) -> float:
    """Margin as planned, under the contract where there is one."""
    if ground.contract is None:
        margin: float = getattr(ground.offers, method).term.margin
        return margin
    bill, _ = ground.bills(ground.solved.outcomes({}, 1))[method]
    delivery = getattr(ground.offers, method).term.delivery_cost.amount
    return ground.target.kept - float(delivery) / float(bill[0])


def _factors(model: FactorModel, drawn: Mapping[str, Array]) -> tuple[DrawnFactor, ...]:
    found = []
    for factor in model.factors:
        low, high = quantiles(drawn[factor.name], (0.1, 0.9))
        found.append(
            DrawnFactor(
                name=factor.name,
                distribution=in_words(factor.distribution),
                mean=round(factor.distribution.mean, _PLACES),
                sd=round(factor.distribution.sd, _PLACES),
                p10=round(low, _PLACES),
                p90=round(high, _PLACES),
                stated=factor.stated,
            )
        )
    return tuple(found)


def _correlations(model: FactorModel) -> tuple[StatedCorrelation, ...]:
    names = [factor.name for factor in model.factors]
    return tuple(
        StatedCorrelation(between=(names[i], names[j]), correlation=float(model.correlation[i, j]))
        for i, j in zip(*np.triu_indices(len(names), k=1), strict=True)
        if model.correlation[i, j]
    )


def _offer(
    ground: StudyGround,
    method: Method,
    bills: Mapping[Method, tuple[Array, Array]],
    budget: Money | None,
) -> OfferRisk:
    bill, cost = bills[method]
    target, solved = ground.target, getattr(ground.solved, method)
    limit = None if budget is None else float(budget.amount)
    found = measure(bill, cost, kept=target.kept, floor=target.floor, budget=limit)
    over = found.probability_over_budget
    return OfferRisk(
        method=method,
        bill=_money_bands(ground, found.bill),
        cost=_money_bands(ground, found.cost),
        margin=_share_bands(found.margin),
        planned_margin=round(_planned_margin(ground, method), _PLACES),
        cost_tail=ground.money(found.cost_tail),
        margin_tail=round(found.margin_tail, _PLACES),
        probability_of_loss=round(found.probability_of_loss, _PLACES),
        probability_below_floor=round(found.probability_below_floor, _PLACES),
        probability_over_budget=None if over is None else round(over, _PLACES),
        margin_error=round(found.margin_error, 2 * _PLACES),
        margin_p10_error=round(found.margin_p10_error, 2 * _PLACES),
        cost_error=_bound(ground, solved),
        histogram=_histogram(target.kept - cost / bill),
        bill_histogram=_histogram(bill),
        cost_histogram=_histogram(cost),
        convergence=tuple(
            RunningMargin(
                draws=one.draws,
                mean=round(one.mean, 2 * _PLACES),
                mean_error=round(one.mean_error, 2 * _PLACES),
                p10=round(one.p10, 2 * _PLACES),
                p10_error=round(one.p10_error, 2 * _PLACES),
            )
            for one in running(bill, cost, target.kept)
        ),
    )


def _bound(ground: StudyGround, solved: SolvedCost) -> CostBound:
    return CostBound(
        certified_below=ground.money(solved.error.below),
        certified_above=ground.money(solved.error.above),
        estimated=ground.money(solved.error.estimated),
        held_out=HELD_OUT if solved.error.estimated else 0,
        solves=solved.solves,
    )


def _histogram(values: Array) -> tuple[HistogramBin, ...]:
    """Shares of even bins from P0.1 to P99.9; what lies beyond is left out.

    Bills come in steps, and many may lie on an edge: they belong to the bin above it, whichever way
    the last digit of their sums was rounded.
    """
    low, high = quantiles(values, _SHOWN)
    if not high > low:
        return (HistogramBin(low=round(low, _PLACES), high=round(high, _PLACES), share=1.0),)
    edges = np.linspace(low, high, _BINS + 1)
    at = (values - low) / (high - low) * _BINS + _ON_AN_EDGE
    within = at[(at >= 0) & (at <= _BINS + 2 * _ON_AN_EDGE)]
    counts = np.bincount(np.minimum(within.astype(int), _BINS - 1), minlength=_BINS)
    return tuple(
        HistogramBin(
            low=round(float(a), 6), high=round(float(b), 6), share=round(float(c) / len(values), 6)
        )
        for a, b, c in zip(edges[:-1], edges[1:], counts, strict=True)
    )


def _contingency(ground: StudyGround) -> ContingencyScope:
    amounts = [line.amount for line in ground.lines if line.name == "contingency"]
    return ContingencyScope(
        share=float(ground.engagement.commercial.contingency.value),
        amount=Money.of(sum(amounts, Decimal(0)).quantize(Decimal(1)), ground.engagement.currency),
        drawn=drawn_lines(ground.lines, ground.model),
        covers=contingency_covers(ground.lines, ground.model),
    )


def _money_bands(ground: StudyGround, found: Bands) -> MoneyBands:
    return MoneyBands(
        mean=ground.money(found.mean),
        p10=ground.money(found.p10),
        p50=ground.money(found.p50),
        p90=ground.money(found.p90),
    )


def _share_bands(found: Bands) -> ShareBands:
    return ShareBands(
        mean=round(found.mean, _PLACES),
        p10=round(found.p10, _PLACES),
        p50=round(found.p50, _PLACES),
        p90=round(found.p90, _PLACES),
    )
