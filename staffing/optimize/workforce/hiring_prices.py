"""Shadow prices of a plan of hiring: what one more unit of each constraint saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.hiring.plan import ShadowPrice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.workforce.hiring_program import HiringProgram
    from staffing.optimize.workforce.hiring_solve import Solved

_NOISE = 1e-7

_MEANINGS = {
    "need": ("hour", "cost of one more hour of work due in the week"),
    "workload": ("hour", "saved by one more hour of work done in the week"),
    "experienced_balance": ("person", "saved by one more experienced person from the week on"),
    "hires_max": ("hire", "saved if one more person could start in the week"),
    "go_live_max": ("person", "saved if one more could be there on the first day"),
    "class_size": ("place", "saved by one more place in the classes of the week"),
    "nesting": ("hour", "saved by one more hour of experienced people for new ones"),
    "overtime_cap": ("hour", "saved by one more hour of overtime allowed in the week"),
    "overtime_window": ("hour", "saved by one more hour of overtime in the weeks from this one on"),
    "temporary_min": ("person", "saved if one contract could end before its shortest length"),
    "temporary_max": ("person", "saved if one contract could go on after its longest length"),
    "backlog_turnaround": ("hour", "saved if one more hour of work could wait"),
    "given_up": ("hour", "saved if one more hour of work could be given up in the week"),
    "backlog_ahead": ("hour", "saved if one more hour done ahead could have waited all the same"),
    "ahead_need": ("hour", "saved if one more hour could be done ahead of the next week"),
    "backlog_share": ("hour", "saved if one more hour of the week's work could start to wait"),
    "upskilling_capacity": ("person", "saved if one more could start to learn in the week"),
    "upskilling_share": ("person", "saved if one more could be taught by the people there"),
    "limit_hires": ("hire", "saved if one more person could start in the week"),
    "limit_classes": ("class", "saved if one more class could start in the week"),
    "limit_trainers": ("trainer", "saved by one more trainer in the week"),
    "limit_seats": ("seat", "saved by one more seat in the week"),
    "limit_licences": ("licence", "saved by one more licence in the week"),
    "limit_temporary": ("person", "saved if one more temporary person were there to be had"),
    "limit_cross_trained": ("person", "saved if one more person of other accounts could help"),
}


def shadow_prices(program: HiringProgram, solved: Solved) -> tuple[ShadowPrice, ...]:
    """Read the shadow prices of the constraints that bind, and what an hour more of need costs.

    The dual value of a row, or the reduced cost of a column at its bound: by sensitivity
    analysis of linear programs, the change of the least cost with the right-hand side, one-sided
    where the optimum is degenerate. The need enters several rows: its price adds them up.
    """
    saved = {
        ("need", pool.name): _need_price(program, solved, pool.name)
        for pool in program.problem.pools
    }
    for block in program.priced:
        values = (solved.row_duals if block.is_row else solved.reduced_costs)[block.at]
        more = block.sign * values
        if not block.is_row:
            more = np.maximum(more, 0.0)  # a cost above 0 belongs to the bound at 0
        rule = block.rule, block.where  # of two blocks, both move
        saved[rule] = saved.get(rule, 0.0) + more
    found = (_price(*rule, more) for rule, more in saved.items())
    return tuple(price for price in found if any(price.by_week))


def _need_price(program: HiringProgram, solved: Solved, pool: str) -> NDArray[np.float64]:
    """Cost of one more hour of work due, by week: all right-hand sides that it moves."""
    cost = np.zeros(program.weeks)
    for move in program.needs:
        if move.pool == pool:
            by_row = move.by_hour * solved.row_duals[move.rows]
            cost += np.bincount(move.weeks, by_row, minlength=program.weeks)
    return cost


def _price(rule: str, where: str, saved: NDArray[np.float64]) -> ShadowPrice:
    unit, meaning = _MEANINGS[rule]
    by_week = np.where(np.abs(saved) > _NOISE, saved, 0.0) + 0.0
    return ShadowPrice(
        rule=rule, where=where, unit=unit, meaning=meaning, by_week=tuple(by_week.tolist())
    )
