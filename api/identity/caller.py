"""Who sent a request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Request


class Role(StrEnum):
    """What a caller may do, by the work they do."""

    SALES = "sales"
    APPROVER = "approver"
    PLANNER = "planner"
    CLIENT = "client"
    ADMIN = "admin"


@dataclass(frozen=True)
class Caller:
    """A person or a program; `client` is the client company whose quotes alone it may see."""

    id: str
    name: str
    role: Role
    client: str | None = None


LOCAL = Caller(id="local", name="local user", role=Role.ADMIN)


def get_caller(request: Request) -> Caller:
    """Return who sent the request; without authentication, the user of this machine."""
    caller: Caller = getattr(request.state, "caller", LOCAL)
    return caller


CallerDep = Annotated[Caller, Depends(get_caller)]
