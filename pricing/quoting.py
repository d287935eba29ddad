"""The use case: an engagement in, a quote out. Command line, HTTP and tests all call `quote`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from pricing.assumptions import stated_assumptions
from pricing.bills import bills_by_month
from pricing.choice.quoted import choose_prices
from pricing.comparison import compare, team_curves
from pricing.contract_warnings import contract_warnings
from pricing.cost import calendar_hours, monthly_cost, plan_cost, rounded_lines, team_dues, team_pay
from pricing.drawn_contract.drawn import drawn_terms
from pricing.explain.recording import workings_of
from pricing.in_house import in_house_costs, resolve_in_house
from pricing.invoice.planned import contract_at_plan
from pricing.minimum_wage import minimum_wage_warnings
from pricing.money import Money
from pricing.offers import build_offers
from pricing.planning import Planned, plan_of, prepare
from pricing.quote import CostLineTotal, CostSummary, EngagementSummary, Quote
from pricing.reading import content_hash, engagement_hash
from pricing.reconciliation import reconcile
from pricing.risk import assess_risk
from pricing.risk.quoted import reads_futures, risk_on_futures
from pricing.risk_study import quote_risk
from pricing.taxes import taxes_of
from pricing.term.agreed_years import agree_by_year
from pricing.term.valuation import value_term
from staffing.calendar import ContractCalendar

if TYPE_CHECKING:
    from collections.abc import Callable

    from pricing.assumptions import Assumption
    from pricing.cost import CostLine
    from pricing.engagement import Engagement
    from pricing.quote import Reconciliation
    from pricing.ratecard import RateCard
    from pricing.risk.outcomes import Outcomes
    from staffing.optimize.solver import SolveLimits, SolveLog

__all__ = [
    "CALCULATION_VERSION",
    "QUOTE_DRAWS",
    "QUOTE_SEED",
    "Futures",
    "Planned",
    "plan_of",
    "prepare",
    "price_plan",
    "quote",
    "quote_hash",
    "unsourced_of",
]

QUOTE_DRAWS = 100_000
QUOTE_SEED = 0
CALCULATION_VERSION = "0.2.0"


class Futures(Protocol):
    """Futures of a plan, drawn without a solve."""

    def outcomes(self, draws: int, seed: int) -> Outcomes:
        """What the term takes in each future."""


def quote(
    engagement: Engagement,
    *,
    limits: SolveLimits | None = None,
    progress: Callable[[str], None] | None = None,
    log: SolveLog | None = None,
) -> Quote:
    """Price an engagement: plan its staffing, cost the plan, make both offers, compare them.

    The same engagement gives the same quote, byte for byte.

    Parameters
    ----------
    engagement : Engagement
        A resolved document (volumes inline).
    limits : SolveLimits, optional
        What ends each solve; the defaults are repeatable.
    progress : callable, optional
        Called with a short text before each step.
    log : SolveLog, optional
        Collects solver seconds.

    Returns
    -------
    Quote
        Vendor's view: it holds cost and margin.

    Raises
    ------
    BadInputError
        When something in the document cannot be priced.
    InfeasibleError
        When no staffing plan meets it.
    SolverStoppedError
        When a limit ended a solve before any plan was found.
    PlanCheckError
        When the plan breaks a rule, which is a defect of the planner.
    """
    tell = progress or (lambda _: None)
    planned = plan_of(engagement, limits=limits, progress=tell, log=log)
    risk = None
    if reads_futures(engagement):
        tell("solving what the futures are read from")
        risk = quote_risk(engagement, planned)
    tell("pricing")
    return price_plan(engagement, planned, risk)


def price_plan(engagement: Engagement, planned: Planned, risk: Futures | None = None) -> Quote:
    """Price an engagement on a plan that was made before.

    Nothing is solved again, unless futures are read (`reads_futures`) and `risk` is not there yet.

    Parameters
    ----------
    engagement : Engagement
        A resolved document.
    planned : Planned
        Its rates, terms and checked plan.
    risk : Futures, optional
        What was solved for the risk of this plan (`pricing.risk_study.quote_risk`).
    """
    card, teams, plan = planned.card, planned.teams, planned.plan
    hours, pay = calendar_hours(engagement, teams, plan), team_pay(engagement, teams, plan)
    lines = plan_cost(engagement, teams, plan, team_dues(teams, plan, hours), pay)
    priced = outcomes = None
    if reads_futures(engagement):
        futures = risk or quote_risk(engagement, planned)
        outcomes = futures.outcomes(QUOTE_DRAWS, QUOTE_SEED)
        if engagement.commercial.prices_from == "risk":
            priced = choose_prices(engagement, planned, lines, outcomes, QUOTE_SEED)
    offers, prices = build_offers(
        engagement, teams, plan, lines, priced.offered if priced else None
    )
    agreements = agree_by_year(engagement, teams, plan, offers)
    contract = drawn_terms(engagement, plan, agreements) if engagement.contract else None
    if outcomes is None:
        spread = assess_risk(engagement, team_curves(plan, prices), offers, lines, contract)
    else:
        spread = risk_on_futures(engagement, prices, outcomes, QUOTE_SEED, contract)
    comparison = compare(engagement, plan, offers, prices)
    cost = _cost_summary(engagement, lines, reconcile(engagement, teams, plan, lines))
    bills = bills_by_month(engagement, prices, plan)
    monthly = monthly_cost(engagement, teams, plan, lines, hours)
    in_house = in_house_costs(engagement, resolve_in_house(engagement, card), plan)
    assumptions = _assumptions(engagement, card, in_house.assumptions if in_house else ())
    unhashed = Quote(
        calculation_version=CALCULATION_VERSION,
        engagement=_summary(engagement),
        offers=offers,
        comparison=comparison,
        risk=spread,
        chosen=priced.document if priced else None,
        staffing=plan,
        cost=cost,
        term=value_term(engagement, offers, bills, monthly, cost),
        workings=workings_of(engagement, teams, plan, lines, hours, pay),
        agreement=agreements[0],
        agreements_by_year=agreements if len(agreements) > 1 else (),
        in_house=in_house,
        taxes=taxes_of(engagement, offers),
        fx=tuple(card.fx.values()),
        assumptions=assumptions,
        unsourced=_unsourced(assumptions),
        warnings=(
            *plan.warnings,
            *minimum_wage_warnings(card, teams),
            *contract_warnings(engagement, agreements[0], card.fx.values()),
        ),
        reproducible=plan.reproducible,
        content_hash="",
    )
    if engagement.contract is not None:
        commercial = engagement.commercial
        shares = commercial.sga.value + commercial.financing_share
        found = {"contract_at_plan": contract_at_plan(unhashed, shares)}
        unhashed = unhashed.model_copy(update=found)
    return unhashed.model_copy(update={"content_hash": quote_hash(unhashed)})


def unsourced_of(engagement: Engagement) -> tuple[str, ...]:
    """List the assumed values a quote of this engagement would rest on, without planning.

    Raises
    ------
    BadInputError, InfeasibleError
        See `prepare`.
    """
    card, _, _ = prepare(engagement)
    in_house = resolve_in_house(engagement, card)
    return _unsourced(_assumptions(engagement, card, in_house.assumptions if in_house else ()))


def _assumptions(
    engagement: Engagement, card: RateCard, in_house: tuple[Assumption, ...]
) -> tuple[Assumption, ...]:
    """All values a quote rests on, each path once: stated, resolved, and of the in-house side."""
    found = (*stated_assumptions(engagement), *card.assumptions.values())
    known = {item.path for item in found}
    return (*found, *(item for item in in_house if item.path not in known))


def quote_hash(unhashed: Quote) -> str:
    """SHA-256 of a quote's canonical JSON without its own hash."""
    return content_hash(unhashed.model_dump(mode="json", exclude={"content_hash"}))


def _summary(engagement: Engagement) -> EngagementSummary:
    return EngagementSummary(
        name=engagement.name,
        client=engagement.client,
        currency=engagement.currency,
        start=engagement.start,
        end=ContractCalendar(engagement.start, engagement.term_months).end,
        term_months=engagement.term_months,
        validity_days=engagement.commercial.validity_days,
        content_hash=engagement_hash(engagement),
    )


def _cost_summary(
    engagement: Engagement,
    lines: tuple[CostLine, ...],
    reconciliation: tuple[Reconciliation, ...],
) -> CostSummary:
    currency = engagement.currency
    totals = tuple(
        CostLineTotal(
            name=name,
            amount=Money.of(sum(years, Decimal(0)), currency),
            by_year=tuple(Money.of(amount, currency) for amount in years),
        )
        for name, years in rounded_lines(lines, currency).items()
    )
    total = sum((line.amount.amount for line in totals), Decimal(0))
    return CostSummary(lines=totals, total=Money.of(total, currency), reconciliation=reconciliation)


def _unsourced(assumptions: tuple[Assumption, ...]) -> tuple[str, ...]:
    """Paths of all assumed values; a repeated row is listed once."""
    paths = (item.path for item in assumptions if item.quality == "unsourced")
    return tuple(dict.fromkeys(paths))
