"""Problem details (RFC 9457) for every error the server can answer with."""

from __future__ import annotations

import json
import re
from functools import reduce
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, InterfaceError
from sqlalchemy.exc import TimeoutError as WaitedTooLongError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.errors import (
    BAD_PARAMETER,
    DEFECT,
    HTTP_ERRORS,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    STORE,
    HttpError,
    RefusedError,
)
from api.operating.request_id import HEADER, get_request_id
from api.store.failures import failure
from pricing.field_errors import accepted_words
from staffing.errors import BadInputError, CrewquoteError, InfeasibleError, field_path, shorten

if TYPE_CHECKING:
    from fastapi import FastAPI
    from pydantic_core import ErrorDetails
    from starlette.requests import Request

    from staffing.errors import Shortage

PROBLEM_TYPE = "application/problem+json"
MOST_ISSUES = 100
_MOST_OF_A_PATH = 2_000
RETRY_AFTER_S = "5"
_STORE_ERRORS = (DatabaseError, InterfaceError, WaitedTooLongError)
_OUR_FAULTS = (DataError, IntegrityError)  # of what we asked the database
_DEFECT_DETAIL = "this is a defect; the server's log has the details"
_STEP = re.compile(r'\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]|([^.\[\]]+)')


class ProblemIssue(BaseModel):
    """One thing wrong: where in the document (JSON pointer), what was found, what is accepted."""

    pointer: str = Field(examples=["/services/0/turnaround_h"])
    detail: str
    value: str | None = None


class Problem(BaseModel):
    """Problem details, with a stable `code` and every issue found."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(examples=["urn:crewquote:problem:bad-input"])
    title: str
    status: int
    detail: str
    instance: str
    code: str
    request_id: str = Field("", description="Names the request in the server's log.")
    errors: list[ProblemIssue] = []


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe problem answers in the OpenAPI document."""
    return {
        status: {
            "description": "Problem details",
            "model": Problem,
            "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }


def pointer(path: str) -> str:
    """JSON pointer (RFC 6901) of a field path: ``services[0].unit`` is ``/services/0/unit``."""
    if path.startswith("("):
        return ""
    found = _STEP.findall(path)
    steps = [str(json.loads(quoted)) if quoted else index or name for quoted, index, name in found]
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def install(app: FastAPI) -> None:
    """Answer every error of this application with problem details."""
    app.add_exception_handler(CrewquoteError, _science)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    for kind in _STORE_ERRORS:
        app.add_exception_handler(kind, _store)
    app.add_exception_handler(Exception, _unexpected)


def problem(
    request: Request,
    kind: HttpError,
    detail: str,
    issues: list[ProblemIssue] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """Build one problem response."""
    body = Problem(
        type=f"urn:crewquote:problem:{kind.code}",
        title=kind.title,
        status=kind.status,
        detail=detail,
        instance=request.url.path[:_MOST_OF_A_PATH],
        code=kind.code,
        request_id=get_request_id(request),
        errors=issues or [],
    )
    return JSONResponse(
        body.model_dump(exclude_none=True),
        status_code=kind.status,
        media_type=PROBLEM_TYPE,
        headers={HEADER: body.request_id, **(headers or {})},
    )


def refusal(request: Request, error: Exception) -> JSONResponse:
    """Answer for any error of the work itself; what is not ours to expect is a defect."""
    if isinstance(error, _STORE_ERRORS) and not isinstance(error, _OUR_FAULTS):
        return _store_problem(request, error)
    if not isinstance(error, CrewquoteError):
        return problem(request, DEFECT, _DEFECT_DETAIL)
    if isinstance(error, RefusedError):
        return problem(request, error.kind, str(error), headers=error.headers)
    return problem(request, HTTP_ERRORS.get(type(error), DEFECT), *_told(error))


async def _science(request: Request, error: Exception) -> JSONResponse:
    return refusal(request, error)


def _told(error: Exception) -> tuple[str, list[ProblemIssue]]:
    """What this error says beyond its type, and issue by issue."""
    if isinstance(error, BadInputError):
        issues = [
            ProblemIssue(pointer=pointer(i.path), detail=i.accepted, value=i.value or None)
            for i in error.issues[:MOST_ISSUES]
        ]
        return _count(len(error.issues), "field"), issues
    if isinstance(error, InfeasibleError):
        return str(error), [
            ProblemIssue(pointer="", detail=_short(shortage)) for shortage in error.shortages
        ]
    return str(error), []


def _short(shortage: Shortage) -> str:
    heads = f": {shortage.heads:.1f} heads short" if shortage.heads else ""
    return f"{shortage.where}{heads}"


def _count(wrong: int, what: str) -> str:
    if wrong == 1:
        return f"one {what} is wrong"
    listed = f"; the first {MOST_ISSUES} are listed" if wrong > MOST_ISSUES else ""
    return f"{wrong} {what}s are wrong{listed}"


async def _validation(request: Request, error: Exception) -> JSONResponse:
    """Answer for wrong query and path parameters; bodies are read by our own reader."""
    details = error.errors() if isinstance(error, RequestValidationError) else []
    issues = [
        ProblemIssue(
            pointer=pointer(reduce(field_path, item["loc"], "")),
            detail=_accepted_parameter(item),
            value=shorten(item.get("input")),
        )
        for item in details
    ]
    return problem(request, BAD_PARAMETER, _count(len(issues), "parameter"), issues)


def _accepted_parameter(item: ErrorDetails) -> str:
    if item["type"] == "extra_forbidden":
        return "unknown parameter; the documentation at /docs lists those there are"
    if item["loc"][0] == "header":
        return "should be 1 to 255 visible characters, without blanks"
    if item["type"] == "string_pattern_mismatch":
        return "should be an id, 36 characters as the store gave them"
    return accepted_words(item)


async def _http(request: Request, error: Exception) -> JSONResponse:
    """Answer for what the framework itself refuses, such as an unknown path or method."""
    status = error.status_code if isinstance(error, HTTPException) else DEFECT.status
    if status == NOT_FOUND.status:
        return problem(request, NOT_FOUND, f"no address {request.url.path}; /docs lists them all")
    if status == METHOD_NOT_ALLOWED.status:
        allowed = ", ".join(_allowed_methods(request))
        detail = f"{request.url.path} answers {allowed}, not {request.method}"
        return problem(request, METHOD_NOT_ALLOWED, detail, headers={"Allow": allowed})
    kind = HttpError(status, f"http-{status}", HTTPStatus(status).phrase)
    return problem(request, kind, str(getattr(error, "detail", "")) or kind.title)


def _allowed_methods(request: Request) -> list[str]:
    """All methods of a path: Starlette itself names those of the first matching route only."""
    methods: set[str] = set()
    for route in request.app.state.documented_routes:
        match, _ = route.matches(request.scope)
        if match is not Match.NONE:
            methods |= getattr(route, "methods", None) or set()
    methods = methods or {"GET"}  # of the documentation and its files
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


async def _store(request: Request, error: Exception) -> JSONResponse:
    """Answer for a database that is locked, full or gone: nothing was stored."""
    if isinstance(error, _OUR_FAULTS):
        raise error
    return _store_problem(request, error)


def _store_problem(request: Request, error: Exception) -> JSONResponse:
    detail = f"{failure(error)}; nothing was stored, try again"
    return problem(request, STORE, detail, headers={"Retry-After": RETRY_AFTER_S})


async def _unexpected(request: Request, _: Exception) -> JSONResponse:
    """Answer for a defect of ours; the traceback goes to the log, never to the caller."""
    return problem(request, DEFECT, _DEFECT_DETAIL)
