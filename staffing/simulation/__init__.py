"""Simulation check: plans played contact by contact, without any formula of queueing.

Neither the Erlang formulas nor the solver is used here (an import contract), so that a plan which
meets its targets here is right for another reason than its own arithmetic.
"""

from staffing.simulation.plan import SimulationSettings, simulate_plan
from staffing.simulation.report import ServiceResult, SimulationReport, TeamResult
from staffing.simulation.results import SHOWN_HOURS

__all__ = [
    "SHOWN_HOURS",
    "ServiceResult",
    "SimulationReport",
    "SimulationSettings",
    "TeamResult",
    "simulate_plan",
]
