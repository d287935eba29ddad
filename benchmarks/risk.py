"""The full risk model on 100,000 draws against the bare numpy it needs, in one run.

Bare is a straight script without names, checks or cases: as many normals, the same shapes, orders
rounded month by month, costs read off one table at as many corners, bills, the same quantiles.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from api.cli.loader import load_engagement
from benchmarks.measurement import Measurement, example_file
from pricing.cost import plan_cost
from pricing.offers import build_offers
from pricing.quoting import plan_of
from pricing.risk.ground import StudyGround
from pricing.risk.measures import measure
from pricing.risk_study import quote_risk
from staffing.optimize.solver import SolveLog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pricing.risk_study import QuoteRisk

DRAWS, SEED, REPEATS = 100_000, 1, 5
MOST, FLOOR = 3.0, 0.1


def measure_risk() -> Iterator[Measurement]:
    """Yield the ratio of the model to bare numpy, and solving against the quote's own solver."""
    for name in ("claims", "helpdesk"):
        engagement = load_engagement(example_file(name))
        log = SolveLog()
        started = time.process_time()
        planned = plan_of(engagement, log=log)
        plan_s = time.process_time() - started
        started = time.process_time()
        risk = quote_risk(engagement, planned, draws=DRAWS)
        solve_s = time.process_time() - started
        lines = plan_cost(engagement, planned.teams, planned.plan)
        offers, prices = build_offers(engagement, planned.teams, planned.plan, lines)
        ground = StudyGround(engagement, risk.model, risk.solved, prices, offers, lines)
        ours_s = _least(partial(_ours, risk, ground))
        bare_s = _least(partial(_bare, risk))
        yield Measurement(
            what=f"risk of {name}: 100,000 draws / bare numpy",
            value=ours_s / bare_s,
            unit="x",
            bound=MOST,
            note=f"{ours_s:.2f} s, {bare_s:.2f} s",
        )
        yield Measurement(
            what=f"risk of {name}: solving / planning",
            value=solve_s / plan_s,
            unit="x",
            note=f"{solve_s:.1f} s for {risk.solved.solves} futures, plan {plan_s:.1f} s",
        )


def _least(run: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        started = time.process_time()
        run()
        times.append(time.process_time() - started)
    return min(times)


def _ours(risk: QuoteRisk, ground: StudyGround) -> list[object]:
    """Draw, read both offers off, bill them at the quoted prices, measure both."""
    outcomes = risk.outcomes(DRAWS, SEED)
    target = ground.target
    return [
        measure(bill, cost, kept=target.kept, floor=target.floor)
        for bill, cost in ground.bills(outcomes).values()
    ]


def _bare(risk: QuoteRisk) -> list[object]:
    solved = risk.solved
    draw = np.random.Generator(np.random.Philox(SEED))
    drawn = [
        one.values(draw.standard_normal(DRAWS).clip(-4, 4))
        for one in risk.model.distributions.values()
    ]
    level = drawn[0] * drawn[2]
    work = np.stack([level, level * (drawn[1] - 1), np.zeros(DRAWS)], axis=1)
    ordered = np.stack(
        [
            np.ceil(work @ solved.quantities.order_moves[:, :, k]).sum(axis=1)
            for k in range(len(solved.teams))
        ],
        axis=1,
    )
    units = work @ solved.quantities.units
    answers: list[object] = []
    for offer in (solved.input_based, solved.output_based):
        corner = (level * len(offer.money) / 4).astype(np.int64).clip(0, len(offer.money) - 1)
        parts = solved.planned + sum(
            (drawn[slot] * (1 / 3))[:, None] * offer.money[(corner + slot) % len(offer.money)]
            for slot in range(3)
        )
        for one in offer.corrections:
            place = np.searchsorted(one.at, drawn[-1]).clip(1, len(one.at) - 1)
            share = drawn[-2][:, None]
            parts += level[:, None] * (
                one.money[place] * share + one.money[place - 1] * (1 - share)
            )
        years, services = solved.years, len(solved.services)
        table = parts.reshape(DRAWS, services, -1)
        paid = table[:, :, 1 : 1 + years] + drawn[-1][:, None, None] * table[:, :, 1 + years :]
        growth, cost = np.ones(DRAWS), table[:, :, 0].copy()
        for year in range(years):
            cost += growth[:, None] * paid[:, :, year]
            growth *= drawn[-2]
        cost = cost.sum(axis=1)
        bill = ordered.sum(axis=1) * 5_000 + units.sum(axis=1)
        margin = 0.9 - cost / bill
        for values in (bill, cost, margin):
            answers += [values.mean(), *np.percentile(values, (10, 50, 90))]
        answers += [(margin < 0).mean(), (margin < FLOOR).mean(), margin.std()]
        answers.append(np.partition(margin, DRAWS // 20)[: DRAWS // 20].mean())
    return answers
