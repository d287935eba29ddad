"""Shadow prices of a plan of hiring: what one more unit of each constraint saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.hiring.plan import ShadowPrice

if TYPE_CHECKING:
    from staffing.optimize.workforce.hiring_program import HiringProgram
    from staffing.optimize.workforce.hiring_solve import Solved

_NOISE = 1e-7

_MEANINGS = {
    "workload": ("hour", "cost of one more hour of work due in the week"),
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
    """Read the shadow prices of the constraints that bind.

    The dual value of a row, or the reduced cost of a column at its bound: by sensitivity
    analysis of linear programs, the change of the least cost with the right-hand side, one-sided
    where the optimum is degenerate.
    """
    found = []
    for block in program.priced:
        values = (solved.row_duals if block.is_row else solved.reduced_costs)[block.at]
        saved = np.where(np.abs(values) > _NOISE, block.sign * values, 0.0) + 0.0
        if not block.is_row:
            saved = np.maximum(saved, 0.0)  # a cost above 0 belongs to the bound at 0
        if not saved.any():
            continue
        unit, meaning = _MEANINGS[block.rule]
        found.append(
            ShadowPrice(
                rule=block.rule,
                where=block.where,
                unit=unit,
                meaning=meaning,
                by_week=tuple(saved.tolist()),
            )
        )
    return tuple(found)
