"""Independent check of a staffing plan: feasibility and cost re-derived without any solver.

Every rule is one function that yields the violations it finds; `check_plan` runs them all. Rule
names are those of ``docs/models`` and of infeasibility reports. Nothing here imports the
optimizer: demand, requirement, presence, hours, cost and headcount are computed anew from the
brief and compared with what the plan says.
"""

from staffing.check.plan_rules import check_plan

__all__ = ["check_plan"]
