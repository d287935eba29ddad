"""What a plan says of heads it leaves short at a price, and of the rule that costs it most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.relax import savings
from staffing.tour_week import tour_problem

if TYPE_CHECKING:
    from staffing.brief import StaffingBrief
    from staffing.plan import TeamPlan

_SAID_OF_RULE = {
    "seats": "more seats",
    "worst_interval": "a higher max_short_heads",
    "share": "higher shares of the tours (share_max)",
    "shift_in_opening": "longer opening hours of the site",
    "daily_rest": "less daily rest (daily_rest_h)",
    "weekly_hours": "more hours a week (weekly_hours_max)",
    "day_pattern": "days off that need not follow one another",
    "shift_length": "shifts an hour shorter or longer (shift_lengths_h)",
}


def shortfall_warning(
    brief: StaffingBrief, plan: TeamPlan, others: tuple[TeamPlan, ...]
) -> str | None:
    """Say where a team is planned short, how much, and which loosened rule would save most.

    Parameters
    ----------
    brief : StaffingBrief
        Its rules.
    plan : TeamPlan
        The team.
    others : tuple of TeamPlan
        Teams that share its site.

    Returns
    -------
    str or None
        None when nobody is short.
    """
    short = np.array(plan.roster.shortfall)
    if not short.any():
        return None
    worst = int(short.argmax())
    text = (
        f"{plan.name}: planned {short.sum() * brief.grid.interval_h:,.1f} head-hours short in the "
        f"week, at most {short[worst]:.1f} heads ({brief.grid.label(worst)}): no cheaper plan "
        "with more people was found"
    )
    rules = _dearest_rules(brief, plan, others)
    if not rules:
        return f"{text}; no rule of labour or seats is to blame"
    rule, saved = rules[0]
    return f"{text}; {_SAID_OF_RULE[rule]} would save about {saved:,.0f} a week"


def _dearest_rules(
    brief: StaffingBrief, plan: TeamPlan, others: tuple[TeamPlan, ...]
) -> tuple[tuple[str, float], ...]:
    team = next(team for team in brief.teams if team.name == plan.name)
    service, site = brief.service(team.service), brief.site(team.site)
    seats_left = None
    if site.seats is not None:
        taken = sum((np.array(other.roster.on_duty) for other in others), np.zeros(brief.grid.size))
        seats_left = site.seats - taken
    heads = np.array(plan.roster.required_heads)
    return savings(tour_problem(service, team, site, heads, seats_left, brief.grid))
