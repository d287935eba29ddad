"""Who may see and change a set of scenarios: its owner, and those it is shared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.errors import FORBIDDEN, NOT_FOUND, RefusedError
from api.identity.caller import Role
from api.identity.permissions import Permission, permissions_of
from api.store import scenarios

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from api.identity.caller import Caller
    from api.store.scenario_tables import ScenarioRow, ScenarioSetRow
    from api.store.scenarios import Access


def access_of(row: ScenarioSetRow, caller: Caller) -> Access | None:
    """What a caller may do with a set; None: not even see it.

    An admin may do what the owner may. Whose role or key only reads, only reads.
    """
    shared = {one.access for one in row.shares if one.user_id == caller.id} | {row.staff_access}
    if caller.role is Role.ADMIN or row.owner_id == caller.id:
        found: Access | None = "owner"
    elif "write" in shared:
        found = "write"
    else:
        found = "read" if "read" in shared else None
    writes = Permission.SCENARIOS_WRITE in permissions_of(caller)
    return found if writes or found is None else "read"


def readable(session: Session, set_id: str, caller: Caller) -> ScenarioSetRow:
    """Return a set that a caller may read.

    Raises
    ------
    RefusedError
        There is none, or it is not theirs to know of (404).
    """
    row = scenarios.get_set(session, set_id)
    if row is None or access_of(row, caller) is None:
        raise RefusedError(NOT_FOUND, f"no set of scenarios has the id {set_id}")
    return row


def writable(
    session: Session, set_id: str, caller: Caller, *, as_owner: bool = False
) -> ScenarioSetRow:
    """Return a set that a caller may change; sharing and deleting it is its owner's.

    Raises
    ------
    RefusedError
        There is none (404), or it is only theirs to read, or not theirs (403).
    """
    row = readable(session, set_id, caller)
    access = access_of(row, caller)
    if access == "read":
        detail = (
            f"{row.owner_name} shared this set with you to read; ask for more, or make your own"
        )
        raise RefusedError(FORBIDDEN, detail)
    if as_owner and access != "owner":
        raise RefusedError(FORBIDDEN, f"only {row.owner_name}, whose set it is, may do that")
    return row


def scenario_of(row: ScenarioSetRow, scenario_id: str) -> ScenarioRow:
    """Return a scenario of a set.

    Raises
    ------
    RefusedError
        The set has none with this id.
    """
    for scenario in row.scenarios:
        if scenario.id == scenario_id:
            return scenario
    raise RefusedError(NOT_FOUND, f"the set has no scenario with the id {scenario_id}")
