"""A study of risk written down: measures of both offers, premium, tornado, what is assumed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from pricing.money import Money
from pricing.risk.convergence import running
from pricing.risk.factors import FACTORS, GROUPS
from pricing.risk.measures import Bands, measure, quantiles
from pricing.risk.premium import Target, premium_needed, shapley
from pricing.risk.report import (
    ContingencyScope,
    CostBound,
    DrawnFactor,
    HistogramBin,
    MoneyBands,
    OfferRisk,
    PremiumStudy,
    RiskShare,
    RiskStudy,
    RunningMargin,
    ShareBands,
    StatedCorrelation,
    TornadoBar,
)
from pricing.risk.solved import HELD_OUT
from pricing.risk.streams import factor_draws
from pricing.risk.teams import committed_weeks, order_notice_weeks
from pricing.risk.words import ASSUMED_PATHS, contingency_covers, drawn_lines, in_words, notes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from pricing.cost import CostLine
    from pricing.engagement import Engagement
    from pricing.offers import Prices
    from pricing.quote import Method, Offers
    from pricing.risk.factors import FactorModel
    from pricing.risk.model import SolvedRisk
    from pricing.risk.outcomes import Outcomes
    from pricing.risk.report import RiskRequest
    from pricing.risk.solved import SolvedCost

    Array = NDArray[np.float64]

_PLACES = 4
_BINS = 60
_SHOWN = (0.001, 0.999)


@dataclass(frozen=True)
class StudyGround:
    """What a study is written from.

    Parameters
    ----------
    engagement : Engagement
        Its terms.
    model : FactorModel
        What may come.
    solved : SolvedRisk
        Costs along the factors.
    prices, offers : Prices, Offers
        Of the quote.
    lines : tuple of CostLine
        Cost as planned.
    """

    engagement: Engagement
    model: FactorModel
    solved: SolvedRisk
    prices: Prices
    offers: Offers
    lines: tuple[CostLine, ...]

    @property
    def target(self) -> Target:
        """What prices are to hold."""
        commercial = self.engagement.commercial
        return Target(
            kept=1 - float(commercial.sga.value) - float(commercial.financing_share),
            margin=float(commercial.target_margin.value),
            floor=float(commercial.floor_margin.value),
        )

    def bills(self, outcomes: Outcomes) -> dict[Method, tuple[Array, Array]]:
        """Bill and cost of the term under each offer at the quoted prices, each (draws,)."""
        return {
            "input_based": (
                outcomes.input_bill({k: float(v) for k, v in self.prices.fte_month.items()}),
                outcomes.cost_input.sum(axis=1),
            ),
            "output_based": (
                outcomes.output_bill({k: float(v) for k, v in self.prices.unit.items()}),
                outcomes.cost_output.sum(axis=1),
            ),
        }

    def money(self, amount: float) -> Money:
        """A simulated amount: whole currency units, no more digits than it deserves."""
        return Money.of(Decimal(round(amount)), self.engagement.currency)


def write_study(ground: StudyGround, request: RiskRequest) -> RiskStudy:
    """Draw, measure and write down."""
    engagement, model = ground.engagement, ground.model
    factors = factor_draws(model.distributions, model.correlation, request.draws, request.seed)
    outcomes = ground.solved.outcomes(factors, request.draws)
    budget = None if request.budget is None else Decimal(request.budget)
    bills = ground.bills(outcomes)
    target = ground.target
    return RiskStudy(
        engagement=engagement.name,
        currency=engagement.currency,
        draws=request.draws,
        seed=request.seed,
        budget=None if budget is None else Money.of(budget, engagement.currency),
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
        premium=_premium(ground, factors, request.draws),
        tornado=_tornado(ground),
        contingency=_contingency(ground),
        assumed=tuple(ASSUMED_PATHS[one.name] for one in model.factors if not one.stated),
        notes=notes(ground.solved, model),
    )


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
    budget: Decimal | None,
) -> OfferRisk:
    bill, cost = bills[method]
    target, solved = ground.target, getattr(ground.solved, method)
    limit = None if budget is None else float(budget)
    found = measure(bill, cost, kept=target.kept, floor=target.floor, budget=limit)
    over = found.probability_over_budget
    return OfferRisk(
        method=method,
        bill=_money_bands(ground, found.bill),
        cost=_money_bands(ground, found.cost),
        margin=_share_bands(found.margin),
        cost_tail=ground.money(found.cost_tail),
        margin_tail=round(found.margin_tail, _PLACES),
        probability_of_loss=round(found.probability_of_loss, _PLACES),
        probability_below_floor=round(found.probability_below_floor, _PLACES),
        probability_over_budget=None if over is None else round(over, _PLACES),
        margin_error=round(found.margin_error, 2 * _PLACES),
        margin_p10_error=round(found.margin_p10_error, 2 * _PLACES),
        cost_error=_bound(ground, solved),
        histogram=_histogram(target.kept - cost / bill),
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


def _histogram(margin: Array) -> tuple[HistogramBin, ...]:
    """Shares of even bins; the two outermost hold what lies beyond."""
    low, high = quantiles(margin, _SHOWN)
    if not high > low:
        return (HistogramBin(low=round(low, _PLACES), high=round(high, _PLACES), share=1.0),)
    edges = np.linspace(low, high, _BINS + 1)
    counts = np.bincount(
        np.clip(((margin - low) / (high - low) * _BINS).astype(np.int64), 0, _BINS - 1),
        minlength=_BINS,
    )
    return tuple(
        HistogramBin(
            low=round(float(a), 6), high=round(float(b), 6), share=round(float(c) / len(margin), 6)
        )
        for a, b, c in zip(edges[:-1], edges[1:], counts, strict=True)
    )


def _premium(ground: StudyGround, factors: Mapping[str, Array], draws: int) -> PremiumStudy:
    groups = {
        risk: [name for name in names if name in factors]
        for risk, names in GROUPS.items()
        if any(name in factors for name in names)
    }
    parity = {name: float(price) for name, price in ground.prices.parity.items()}
    needed: dict[frozenset[str], tuple[float, str]] = {}

    def worth(some: frozenset[str]) -> float:
        kept = {name: factors[name] for risk in some for name in groups[risk]}
        units, cost = ground.solved.output_quantities(kept, draws)
        needed[some] = premium_needed(
            units @ [parity[name] for name in ground.solved.services],
            cost.sum(axis=1),
            ground.target,
        )
        return needed[some][0]

    parts = shapley(tuple(groups), worth)
    premium, binds = needed[frozenset(groups)]
    shares = _adding_up(parts, round(premium, 6))
    return PremiumStudy(
        needed=round(premium, 6),
        binds="margin" if binds == "margin" else "floor",
        parts=tuple(RiskShare(risk=risk, share=share) for risk, share in shares.items()),
        stated=float(ground.engagement.commercial.risk_premium.total),
    )


def _adding_up(parts: Mapping[str, float], total: float) -> dict[str, float]:
    """Parts at six places that still add up to the total: the largest takes the rounding."""
    shares = {risk: round(share, 6) for risk, share in parts.items()}
    if shares:
        largest = max(shares, key=lambda risk: abs(shares[risk]))
        others = sum(share for risk, share in shares.items() if risk != largest)
        shares[largest] = round(total - others, 6)
    return shares


def _tornado(ground: StudyGround) -> tuple[TornadoBar, ...]:
    bars = []
    for factor in ground.model.factors:
        ends = quantiles_of(factor.distribution.values)
        margins = [_margins_at(ground, {factor.name: np.array([end])}) for end in ends]
        bars.append(
            TornadoBar(
                factor=factor.name,
                low=round(ends[0], _PLACES),
                high=round(ends[1], _PLACES),
                input_low=margins[0][0],
                input_high=margins[1][0],
                output_low=margins[0][1],
                output_high=margins[1][1],
            )
        )
    order = {name: place for place, name in enumerate(FACTORS)}
    return tuple(sorted(bars, key=lambda bar: (-_swing(bar), order[bar.factor])))


def _swing(bar: TornadoBar) -> float:
    swings = bar.input_high - bar.input_low, bar.output_high - bar.output_low
    return max(abs(swing) for swing in swings)


_P90_NORMAL = 1.2815515655446004


def quantiles_of(values: object) -> tuple[float, float]:
    """P10 and P90 of a distribution."""
    low, high = values(np.array([-_P90_NORMAL, _P90_NORMAL]))  # type: ignore[operator]
    return float(low), float(high)


def _margins_at(ground: StudyGround, factors: Mapping[str, Array]) -> tuple[float, float]:
    bills = ground.bills(ground.solved.outcomes(factors, 1))
    kept = ground.target.kept
    first, second = (
        round(float((kept - cost / bill)[0]), 2 * _PLACES) for bill, cost in bills.values()
    )
    return first, second


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
