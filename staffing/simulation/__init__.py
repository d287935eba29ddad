"""Simulation check: plans played contact by contact, without any formula of queueing.

Neither the Erlang formulas nor the solver is used here (an import contract), so that a plan which
meets its targets here is right for another reason than its own arithmetic.
"""

from staffing.simulation.plan import SHOWN_HOURS, SimulationSettings, simulate_plan
from staffing.simulation.report import SimulationReport, TeamResult

__all__ = ["SHOWN_HOURS", "SimulationReport", "SimulationSettings", "TeamResult", "simulate_plan"]
