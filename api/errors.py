"""The one table that maps errors of the science to exit codes (and, with the server, to HTTP)."""

from __future__ import annotations

from staffing.errors import (
    BadInputError,
    CrewquoteError,
    InfeasibleError,
    PlanCheckError,
    SolverStoppedError,
)

EXIT_CODES: dict[type[CrewquoteError], int] = {
    BadInputError: 3,
    InfeasibleError: 4,
    SolverStoppedError: 5,
    PlanCheckError: 6,
}
TITLES: dict[type[CrewquoteError], str] = {
    BadInputError: "The input cannot be priced as written",
    InfeasibleError: "No staffing plan meets this engagement",
    SolverStoppedError: "The search stopped before a plan was found",
    PlanCheckError: "The plan failed its own check; this is a defect, please report it",
}
UNEXPECTED = 1


def exit_code(error: CrewquoteError) -> int:
    """Exit code of an error's class."""
    return EXIT_CODES.get(type(error), UNEXPECTED)


def title(error: CrewquoteError) -> str:
    """Short heading of an error's class."""
    return TITLES.get(type(error), "Error")
