"""How the OpenAPI document says who may call what."""

from __future__ import annotations

from typing import Any

from api.identity.caller import Role
from api.identity.permissions import NEEDED, PUBLIC, ROLES
from api.problems import problem_responses

_SCHEME = "bearer"
_BEARER: dict[str, list[str]] = {_SCHEME: []}


def secure(document: dict[str, Any], *, required: bool) -> None:
    """Add the scheme, and to each operation its permission and its refusals.

    Parameters
    ----------
    document : dict
        OpenAPI document, changed in place.
    required : bool
        Whether requests without a credential are refused.
    """
    document["components"]["securitySchemes"] = {
        _SCHEME: {
            "type": "http",
            "scheme": "bearer",
            "description": "The token of `POST /v1/sessions`, or an API key of `POST /v1/keys`.",
        }
    }
    document["security"] = [_BEARER] if required else [{}, _BEARER]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            _secure_one(f"{method.upper()} {path}", operation)


def _secure_one(name: str, operation: dict[str, Any]) -> None:
    statuses = [401, 429]
    needed = NEEDED.get(name)
    if name in PUBLIC:
        operation["security"] = []
        statuses = [429]
    elif needed is not None:
        roles = ", ".join(sorted({*ROLES[needed], Role.ADMIN}))
        operation["description"] = (
            f"{operation.get('description', '')}\n\nPermission `{needed}`: {roles}.".strip()
        )
        statuses.append(403)
    for status, response in problem_responses(*statuses).items():
        documented = {k: v for k, v in response.items() if k != "model"}
        operation["responses"].setdefault(str(status), documented)
