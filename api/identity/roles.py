"""The rule between a user's role and its client."""

from __future__ import annotations

from api.identity.caller import Role
from staffing.errors import BadInputError, FieldIssue


def check_client(role: Role, client: str | None) -> None:
    """Check that a user has a client exactly if it is of the client's side.

    Raises
    ------
    BadInputError
        Names the field `client`.
    """
    if role is Role.CLIENT and client is None:
        accepted = "the client whose quotes the user may see; the role client needs one"
        raise BadInputError(FieldIssue("client", "", accepted))
    if role is not Role.CLIENT and client is not None:
        accepted = f"left out with the role {role}; only the role client has one"
        raise BadInputError(FieldIssue("client", "", accepted))
