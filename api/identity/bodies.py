"""Bodies about users and what they sign in with; a refusal never repeats what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from pydantic import Field, JsonValue

from api.deps import json_body
from api.identity.caller import Role
from api.identity.passwords import LONGEST, SHORTEST
from api.identity.permissions import Permission
from api.stored_quotes import QUOTE_ID_PATTERN
from pricing.engagement.fields import NAME_PATTERN, Name
from pricing.field_errors import Guide
from pricing.reading import read_document
from staffing.errors import BadInputError, FieldIssue
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_SECRET: dict[str, JsonValue] = {"format": "password", "writeOnly": True}
_AT_SIGN_IN = Field(min_length=1, max_length=1_000, json_schema_extra=_SECRET)
_NEW = f"{SHORTEST} to {LONGEST} characters, not the user's name or address."
EMAIL_PATTERN = r"^[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+$"

Email = Annotated[
    str, Field(min_length=3, max_length=254, pattern=EMAIL_PATTERN, examples=["ana@vendor.example"])
]
Typed = Annotated[str, _AT_SIGN_IN]
NewSecret = Annotated[str, Field(description=_NEW, json_schema_extra=_SECRET)]
Days = Annotated[int, Field(strict=True, ge=1, le=3650)]


class SignInBody(Document):
    """What a user signs in with."""

    email: Annotated[
        str,
        Field(min_length=1, max_length=254, pattern=NAME_PATTERN, examples=["ana@vendor.example"]),
    ]
    password: Typed


class OwnPasswordBody(Document):
    """A user's new password, and the old one to show that it is the user."""

    current: Typed
    password: NewSecret


class PasswordBody(Document):
    """A new password for another user."""

    password: NewSecret


class NewUserBody(Document):
    """A new user; one of a client's side has the role client and names the client."""

    email: Email
    name: Name
    role: Role
    client: Name | None = Field(
        None, description="The client whose quotes alone it may see, as their engagements name it."
    )
    password: NewSecret


class UserChangeBody(Document):
    """What changes about a user; whatever is left out stays."""

    name: Name | None = None
    role: Role | None = None
    client: Name | None = Field(None, description="Given with the role client.")
    disabled: bool | None = Field(
        None, strict=True, description="Ends its sessions and keys at once."
    )


class NewKeyBody(Document):
    """A new API key: what a program may do in its user's name."""

    name: Name = Field(description="What it is for, e.g. the program's name.")
    permissions: Annotated[tuple[Permission, ...], Field(min_length=1, max_length=50)] = Field(
        description="Those of its user that the program needs."
    )
    expires_in_days: Days | None = Field(90, description="1 to 3650; null: until it is revoked.")
    user_id: str | None = Field(
        None,
        pattern=QUOTE_ID_PATTERN,
        description="Another user it acts for; for an admin.",
    )


def secret_body[D: Document](model: type[D]) -> Callable[[Request], Awaitable[D]]:
    """Make a dependency that reads a body; issues name fields, never what they hold."""
    guide = Guide(model, "`/docs`")

    async def read(request: Request) -> D:
        raw = await json_body(request)
        try:
            return read_document(model, raw, guide)
        except BadInputError as error:
            issues = [FieldIssue(issue.path, "", issue.accepted) for issue in error.issues]
            raise BadInputError(*issues) from None

    return read


SignIn = Annotated[SignInBody, Depends(secret_body(SignInBody))]
OwnPassword = Annotated[OwnPasswordBody, Depends(secret_body(OwnPasswordBody))]
Password = Annotated[PasswordBody, Depends(secret_body(PasswordBody))]
NewUser = Annotated[NewUserBody, Depends(secret_body(NewUserBody))]
UserChange = Annotated[UserChangeBody, Depends(secret_body(UserChangeBody))]
NewKey = Annotated[NewKeyBody, Depends(secret_body(NewKeyBody))]

BODIES = (
    SignInBody,
    OwnPasswordBody,
    PasswordBody,
    NewUserBody,
    UserChangeBody,
    NewKeyBody,
)
