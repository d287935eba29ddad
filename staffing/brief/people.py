"""People: shapes of a working day, how people join, learn and leave, and who supports them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from staffing.premiums import PremiumRules


@dataclass(frozen=True)
class LabourRules:
    """Shapes of a working day at a site.

    Parameters
    ----------
    contract_hours_per_week : float
        Paid hours of one full-time person.
    shift_lengths_h : tuple of float
        Allowed paid lengths of one shift.
    shift_start_step_min : int
        Shifts start at multiples of this after midnight.
    premiums : PremiumRules
        Pay on top, by class of hour.
    overtime_premium, overtime_share_max : float
        Pay on top of an overtime hour; overtime as a share of the productive team, at most.
    """

    contract_hours_per_week: float
    shift_lengths_h: tuple[float, ...]
    shift_start_step_min: int
    premiums: PremiumRules
    overtime_premium: float
    overtime_share_max: float


@dataclass(frozen=True)
class SurgeTerms:
    """Pre-vetted people on call for peaks.

    Parameters
    ----------
    pool_heads : float
        Most people that can be called at once for this team, 0 for none.
    premium : float
        Pay on top of an ordinary paid hour.
    effectiveness : float
        Productivity of a surge hour against a ramped one, in (0, 1].
    min_weeks : int
        Shortest engagement, weeks, 1 or more.
    """

    pool_heads: float
    premium: float
    effectiveness: float
    min_weeks: int


@dataclass(frozen=True)
class WorkforceTerms:
    """How people join, learn and leave.

    Parameters
    ----------
    out_of_office, in_office : float
        Shrinkage shares in [0, 1): paid time away; scheduled time not available for work.
    annual_attrition : float
        Leavers per year over average headcount, 0 or more.
    early_loss : float
        Share of a class lost before production, [0, 1).
    training_weeks : int
        Paid weeks before the first productive week.
    ramp : tuple of float
        Productivity in the weeks after training, each in (0, 1]; full afterwards.
    hire_cost : float
        Recruiting and training cost per started hire, wages of training included.
    surge : SurgeTerms
        The call-off pool.
    """

    out_of_office: float
    in_office: float
    annual_attrition: float
    early_loss: float
    training_weeks: int
    ramp: tuple[float, ...]
    hire_cost: float
    surge: SurgeTerms


@dataclass(frozen=True)
class SupportRole:
    """A supporting role staffed by span of control.

    Parameters
    ----------
    name : str
        Role, e.g. ``team_leader``.
    span : float
        Agents per person, above 0.
    min_on_duty : float
        Fewest on duty whenever the team works, 0 or more.
    """

    name: str
    span: float
    min_on_duty: float
