"""Who sent a request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

if TYPE_CHECKING:
    from api.identity.permissions import Permission


class Role(StrEnum):
    """What a caller may do, by the work they do."""

    SALES = "sales"
    APPROVER = "approver"
    PLANNER = "planner"
    CLIENT = "client"
    ADMIN = "admin"


@dataclass(frozen=True)
class Caller:
    """A person or a program.

    Parameters
    ----------
    id, name : str
        Of the user.
    role : Role
        What it may do.
    client : str, optional
        The client company whose quotes alone it may see.
    scope : frozenset of Permission, optional
        What an API key narrows the role to; none: all of it.
    credential : str, optional
        Id of the session or key it came with; none: it came with none.
    is_key : bool
        Whether that is an API key.
    """

    id: str
    name: str
    role: Role
    client: str | None = None
    scope: frozenset[Permission] | None = None
    credential: str | None = None
    is_key: bool = False


LOCAL = Caller(id="local", name="local user", role=Role.ADMIN)


async def get_caller(request: Request) -> Caller:
    """Return who sent the request, as `api.identity.gate.admit` found out before any route ran."""
    caller: Caller = request.state.caller
    return caller


CallerDep = Annotated[Caller, Depends(get_caller)]
