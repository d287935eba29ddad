"""People: shapes of a working day, how people join, learn and leave, and who supports them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from staffing.grid import start_minutes

if TYPE_CHECKING:
    from staffing.premiums import PremiumRules
    from staffing.tours.rules import BreakRule, TourRule


@dataclass(frozen=True)
class LabourRules:
    """Shapes of a working day at a site.

    Parameters
    ----------
    contract_hours_per_week : float
        Paid hours of one full-time person.
    shift_lengths_h : tuple of float
        Allowed lengths of one shift from start to end, breaks included.
    shift_start_step_min : int
        Shifts start at multiples of this after midnight.
    shift_starts_min : tuple of int
        Minutes after midnight at which shifts may start, multiples of the step; none: all.
    premiums : PremiumRules
        Pay on top, by class of hour.
    overtime_premium, overtime_share_max : float
        Pay on top of an overtime hour; overtime as a share of the productive team, at most.
    breaks : tuple of BreakRule
        Breaks of every shift they apply to; none: people on duty are at work all the time.
    tours : tuple of TourRule
        Kinds of working weeks; none: each shift stands for itself.
    daily_rest_h : float
        Least rest between two shifts of a tour, hours, 0 to 24.
    weekly_hours_max : float
        Most paid hours of a tour in a week.
    path : str
        Where the rules stand in the author's document, for messages.
    """

    contract_hours_per_week: float
    shift_lengths_h: tuple[float, ...]
    shift_start_step_min: int
    premiums: PremiumRules
    overtime_premium: float
    overtime_share_max: float
    breaks: tuple[BreakRule, ...] = ()
    tours: tuple[TourRule, ...] = ()
    daily_rest_h: float = 0.0
    weekly_hours_max: float = 168.0
    path: str = "labour"
    shift_starts_min: tuple[int, ...] = ()

    @property
    def start_minutes(self) -> tuple[int, ...]:
        """Minutes after midnight at which a shift may start, ascending."""
        return start_minutes(self.shift_start_step_min, self.shift_starts_min)

    @property
    def has_inner_shape(self) -> bool:
        """Whether people take breaks or work tours: shifts alone then do not say who is there."""
        return bool(self.breaks or self.tours)

    @property
    def lengths_on_offer_h(self) -> tuple[float, ...]:
        """Lengths of shifts that may be worked: those of the tours where there are any."""
        if not self.tours:
            return self.shift_lengths_h
        return tuple(sorted({hours for tour in self.tours for hours in tour.shift_lengths_h}))

    def paid_share(self, length_h: float) -> float:
        """Share of a shift that is paid: all of it but unpaid breaks."""
        unpaid = [rule for rule in self.breaks if rule.applies_to(length_h) and not rule.paid]
        return 1 - sum(rule.length_min for rule in unpaid) / (60 * length_h)


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
