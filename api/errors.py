"""The one table that maps errors of the science to exit codes and to HTTP."""

from __future__ import annotations

from typing import NamedTuple

from staffing.errors import (
    BadInputError,
    CrewquoteError,
    InfeasibleError,
    PlanCheckError,
    SolverStoppedError,
)


class NotFoundError(CrewquoteError):
    """No stored quote has this id."""


class RefusedError(CrewquoteError):
    """The request is refused before it is read: its size, form, or host."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        self.status = status
        self.code = code
        super().__init__(detail)


class HttpError(NamedTuple):
    """How an error looks over HTTP."""

    status: int
    code: str
    title: str


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
HTTP_ERRORS: dict[type[CrewquoteError], HttpError] = {
    BadInputError: HttpError(422, "bad-input", TITLES[BadInputError]),
    InfeasibleError: HttpError(422, "infeasible", TITLES[InfeasibleError]),
    SolverStoppedError: HttpError(503, "solver-stopped", TITLES[SolverStoppedError]),
    PlanCheckError: HttpError(500, "plan-check", TITLES[PlanCheckError]),
    NotFoundError: HttpError(404, "not-found", "There is no such quote"),
}
UNEXPECTED = 1


def exit_code(error: CrewquoteError) -> int:
    """Exit code of an error's class."""
    return EXIT_CODES.get(type(error), UNEXPECTED)


def title(error: CrewquoteError) -> str:
    """Short heading of an error's class."""
    return TITLES.get(type(error), "Error")
