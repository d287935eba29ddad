"""Cost of a staffing plan: lines by team, contract year and contract month, unrounded Decimals.

Labour, training, ramp, leave and seats come from the plan only. The lines of one team and year:

``labour_productive``, ``labour_training``, ``labour_ramp``, ``labour_idle``
    the payroll, split by what the paid weeks were for
``premium_<class>``   pay on top for nights, weekends and public holidays
``overtime``, ``surge``   hours bought at a premium, their base pay included
``recruiting``        per started hire
``support_<role>``    spans of control and minimum on duty
``seats``, ``it``     peak seats with trainees; licences and telecom per person
``transition``        instalments of the one-off cost
``contingency``       on all lines above
"""

from pricing.cost.build_up import plan_cost, team_dues, team_pay
from pricing.cost.hours import ClassHours, calendar_hours
from pricing.cost.lines import CostLine, MonthlyCostLine, by_site, rounded_lines, yearly_lines
from pricing.cost.months import monthly_cost
from pricing.cost.pay_index import PayIndex
from pricing.cost.transition import transition_cost

__all__ = [
    "ClassHours",
    "CostLine",
    "MonthlyCostLine",
    "PayIndex",
    "by_site",
    "calendar_hours",
    "monthly_cost",
    "plan_cost",
    "rounded_lines",
    "team_dues",
    "team_pay",
    "transition_cost",
    "yearly_lines",
]
