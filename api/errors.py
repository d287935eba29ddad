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


class HttpError(NamedTuple):
    """A type of problem: its status, and the code and title that never vary."""

    status: int
    code: str
    title: str


NOT_JSON = HttpError(400, "not-json", "The body is not JSON")
NOT_SIGNED_IN = HttpError(401, "not-signed-in", "Sign in first")
WRONG_CREDENTIALS = HttpError(401, "wrong-credentials", "No sign-in with these")
FORBIDDEN = HttpError(403, "forbidden", "Not for this caller")
NOT_LOOPBACK = HttpError(403, "not-loopback", "Only this machine may call")
NOT_APPROVER = HttpError(403, "not-approver", "Somebody else has to approve this quote")
NOT_FOUND = HttpError(404, "not-found", "There is nothing here")
METHOD_NOT_ALLOWED = HttpError(405, "method-not-allowed", "The address answers other methods")
NOT_ACCEPTABLE = HttpError(406, "not-acceptable", "No answer of that kind")
OUTDATED = HttpError(409, "outdated", "The quote was made by an earlier version")
WRONG_STATE = HttpError(409, "wrong-state", "The quote stands where this cannot be done")
STALE = HttpError(412, "stale", "The quote has changed since it was read")
SCENARIO_CHANGED = HttpError(
    412, "scenario-changed", "Somebody changed the scenario or its set since it was read"
)
NAME_TAKEN = HttpError(409, "name-taken", "Another scenario of the set has this name")
SET_FULL = HttpError(409, "set-full", "The set has as many scenarios as can be compared")
NOT_COMPARABLE = HttpError(409, "not-comparable", "A result is stale, or there is none yet")
NO_OFFER = HttpError(409, "no-offer", "Nothing can be offered for this")
EMAIL_TAKEN = HttpError(409, "email-taken", "Another user signs in with this address")
LAST_ADMIN = HttpError(409, "last-admin", "Nobody would be left to manage users")
KEY_IN_USE = HttpError(409, "key-in-use", "A request with this key is under way")
NOT_FINISHED = HttpError(409, "not-finished", "The job has not ended")
JOB_CANCELLED = HttpError(409, "job-cancelled", "The job was cancelled")
JOB_ENDED = HttpError(409, "job-ended", "The job has ended")
TOO_LARGE = HttpError(413, "too-large", "The body is too large")
URL_TOO_LONG = HttpError(414, "url-too-long", "The address is too long")
UNSUPPORTED_MEDIA_TYPE = HttpError(415, "unsupported-media-type", "The body is not sent as JSON")
WRONG_HOST = HttpError(421, "wrong-host", "This server does not answer for that host")
KEY_REUSED = HttpError(422, "key-reused", "The key was used for another request")
BAD_PARAMETER = HttpError(422, "bad-parameter", "A parameter of the address or a header is wrong")
NO_PRECONDITION = HttpError(428, "no-precondition", "The request has to say which version it means")
BUSY = HttpError(429, "busy", "Too much work waits")
TOO_MANY = HttpError(429, "too-many-requests", "Too many requests")
HEADERS_TOO_LARGE = HttpError(431, "headers-too-large", "The headers are too large")
DEFECT = HttpError(500, "defect", "An unexpected error")
NOT_READY = HttpError(503, "not-ready", "The server is not ready")
STORE = HttpError(503, "store", "The store of quotes does not answer")


class RefusedError(CrewquoteError):
    """The request is refused before anything is priced; `detail` says what would do."""

    def __init__(self, kind: HttpError, detail: str, headers: dict[str, str] | None = None) -> None:
        self.kind = kind
        self.headers = headers
        super().__init__(detail)


class NotFoundError(RefusedError):
    """No stored quote has this id."""

    def __init__(self, quote_id: str) -> None:
        super().__init__(NOT_FOUND, f"no stored quote has the id {quote_id}")


class WrongStateError(RefusedError):
    """The quote stands where this cannot be done; `remedy` says what would do."""

    def __init__(self, quote: str, state: str, remedy: str) -> None:
        super().__init__(WRONG_STATE, f"{quote} is {state}; {remedy}")


class BrokenAuditError(CrewquoteError):
    """Events or quotes are not as they were written; the message names each."""


class OutdatedError(RefusedError):
    """A stored quote lacks what this version compares."""

    def __init__(self, quote_id: str) -> None:
        super().__init__(
            OUTDATED,
            f"quote {quote_id} was made by an earlier version and lacks figures of this one; price "
            "its engagement again",
        )


EXIT_CODES: dict[type[CrewquoteError], int] = {
    BadInputError: 3,
    InfeasibleError: 4,
    SolverStoppedError: 5,
    PlanCheckError: 6,
    BrokenAuditError: 7,
}
TITLES: dict[type[CrewquoteError], str] = {
    BadInputError: "The input cannot be priced as written",
    InfeasibleError: "No staffing plan meets this engagement",
    SolverStoppedError: "The search stopped before a plan was found",
    PlanCheckError: "The plan failed its own check; this is a defect, please report it",
    BrokenAuditError: "The store is not as it was written",
}
HTTP_ERRORS: dict[type[CrewquoteError], HttpError] = {
    BadInputError: HttpError(422, "bad-input", TITLES[BadInputError]),
    InfeasibleError: HttpError(422, "infeasible", TITLES[InfeasibleError]),
    SolverStoppedError: HttpError(503, "solver-stopped", TITLES[SolverStoppedError]),
    PlanCheckError: HttpError(500, "plan-check", TITLES[PlanCheckError]),
}
UNEXPECTED = 1


def exit_code(error: CrewquoteError) -> int:
    """Exit code of an error's class."""
    return EXIT_CODES.get(type(error), UNEXPECTED)


def title(error: CrewquoteError) -> str:
    """Short heading of an error's class."""
    return TITLES.get(type(error), "Error")
