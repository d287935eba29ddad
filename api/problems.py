"""Problem details (RFC 9457) for every error the server can answer with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.errors import HTTP_ERRORS, HttpError, RefusedError, title
from staffing.errors import BadInputError, CrewquoteError, InfeasibleError

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request

PROBLEM_TYPE = "application/problem+json"
_STEP = re.compile(r"([^.\[\]]+)|\[([^\]]*)\]")


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
    """JSON pointer of a field path: ``services[0].unit`` becomes ``/services/0/unit``."""
    if path.startswith("("):
        return ""
    steps = [name or index for name, index in _STEP.findall(path)]
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def install(app: FastAPI) -> None:
    """Answer every error of this application with problem details."""
    app.add_exception_handler(CrewquoteError, _science)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
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
        instance=request.url.path,
        code=kind.code,
        errors=issues or [],
    )
    return JSONResponse(
        body.model_dump(exclude_none=True),
        status_code=kind.status,
        media_type=PROBLEM_TYPE,
        headers=headers,
    )


async def _science(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, RefusedError):
        return problem(request, HttpError(error.status, error.code, "Refused"), str(error))
    if not isinstance(error, CrewquoteError):
        return await _unexpected(request, error)
    kind = HTTP_ERRORS[type(error)]
    if isinstance(error, BadInputError):
        issues = [
            ProblemIssue(pointer=pointer(i.path), detail=i.accepted, value=i.value or None)
            for i in error.issues
        ]
        return problem(request, kind, _count(len(issues)), issues)
    if isinstance(error, InfeasibleError):
        issues = [
            ProblemIssue(pointer="", detail=f"{s.where}: {s.heads:.1f} heads short")
            for s in error.shortages
        ]
        return problem(request, kind, str(error), issues)
    return problem(request, kind, title(error))


def _count(wrong: int) -> str:
    return "one field is wrong" if wrong == 1 else f"{wrong} fields are wrong"


async def _validation(request: Request, error: Exception) -> JSONResponse:
    """Answer for wrong query and path parameters; bodies are read by our own reader."""
    details = error.errors() if isinstance(error, RequestValidationError) else []
    issues = [
        ProblemIssue(
            pointer="/" + "/".join(str(step) for step in item["loc"]),
            detail=item["msg"],
            value=str(item.get("input"))[:60],
        )
        for item in details
    ]
    return problem(request, HTTP_ERRORS[BadInputError], "wrong parameters", issues)


async def _http(request: Request, error: Exception) -> JSONResponse:
    """Answer for what the framework itself refuses, such as an unknown path or method."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = str(error.detail) if isinstance(error, HTTPException) else ""
    headers = {}
    if status == 405:  # noqa: PLR2004 (Method Not Allowed)
        allowed = _allowed_methods(request)
        headers["Allow"] = ", ".join(allowed)
        detail = f"this address answers {', '.join(allowed)}"
    code = detail.lower().replace(" ", "-") if status != 405 else "method-not-allowed"  # noqa: PLR2004
    return problem(request, HttpError(status, code or "error", detail), detail, headers=headers)


def _allowed_methods(request: Request) -> list[str]:
    """All methods of a path: Starlette itself names those of the first matching route only."""
    methods: set[str] = set()
    for route in request.app.state.documented_routes:
        match, _ = route.matches(request.scope)
        if match is not Match.NONE:
            methods |= getattr(route, "methods", None) or set()
    return sorted(methods)


async def _unexpected(request: Request, _: Exception) -> JSONResponse:
    """Answer for a defect of ours; the traceback goes to the log, never to the caller."""
    kind = HttpError(500, "defect", "An unexpected error")
    return problem(request, kind, "this is a defect; the server's log has the details")
