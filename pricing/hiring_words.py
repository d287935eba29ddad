"""What a plan of hiring says in words: savings with their dates, and why there is no plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from staffing.errors import InfeasibleError, Shortage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from staffing.hiring_study import BindingConstraint

_WEEK = re.compile(r"\bweek (\d+)\b(?! on)")
_SMALL = 100
_REMEDIES = "What would do: "


def saying(one: BindingConstraint, weeks: Sequence[date], currency: str) -> str:
    """Say what one more unit of a constraint would save, where and when."""
    most = (
        f"{one.where}: up to {_amount(one.most_saved)} {currency} {one.meaning} "
        f"(the week of {weeks[one.most_in_week - 1]})"
    )
    if one.num_weeks == 1:
        return most
    return (
        f"{most}; {_amount(one.saved)} {currency} in all {one.num_weeks} weeks where it binds, "
        f"{weeks[one.first_week - 1]} to {weeks[one.last_week - 1]}"
    )


def dated(error: InfeasibleError, weeks: Sequence[date], currency: str) -> InfeasibleError:
    """Give the weeks of a refusal their dates, its cost a currency, and each remedy a line."""

    def with_date(found: re.Match[str]) -> str:
        return f"{found[0]} (from {weeks[int(found[1]) - 1]})"

    detail = _WEEK.sub(with_date, error.detail)
    why, found, remedies = detail.partition(_REMEDIES)
    if remedies.startswith("no "):
        detail = f"{why.strip()}\n{remedies.capitalize()}."
    elif found:
        lines = "\n".join(f"- {remedy}" for remedy in remedies.split("; "))
        detail = f"{why.strip()}\nAny one of these would do, cost in {currency}:\n{lines}"
    return InfeasibleError(
        error.rule,
        detail,
        tuple(Shortage(_WEEK.sub(with_date, one.where), one.heads) for one in error.shortages),
    )


def _amount(cost: float) -> str:
    return f"{cost:,.2f}" if cost < _SMALL else f"{cost:,.0f}"
