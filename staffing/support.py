"""Supporting roles: people per agents (span of control), and a minimum on duty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.brief import SupportRole, TeamBrief


def support_fte(
    role: SupportRole, team: TeamBrief, agents: NDArray[np.float64], staffed_hours: float
) -> NDArray[np.float64]:
    """Full-time equivalents of one supporting role by week.

    The larger of ``agents / span`` and the minimum on duty times the relief factor, the hours
    per week that the team works over the hours one person is present (pricing build-up, support
    spans).

    Parameters
    ----------
    agents : ndarray, shape (weeks,)
        Agents on payroll and on surge engagements.
    staffed_hours : float
        Hours of the week in which anyone of the team is on duty, 0 to 168.

    Returns
    -------
    ndarray, shape (weeks,)
    """
    present = team.labour.contract_hours_per_week * (1 - team.workforce.out_of_office)
    minimum = role.min_on_duty * staffed_hours / present
    return np.maximum(agents / role.span, np.where(agents > 0, minimum, 0.0))
