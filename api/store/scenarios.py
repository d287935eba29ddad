"""Sets of scenarios in the store; every function works in the transaction it is given."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import func, or_, select, tuple_

from api.store.scenario_tables import ScenarioRow, ScenarioSetRow, ScenarioShareRow
from pricing.scenario_sets.comparison import PricedFrom
from pricing.scenario_sets.overrides import Override, plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

Access = Literal["owner", "write", "read"]
StaffAccess = Literal["none", "read", "write"]
NO_ACCESS = "none"
SUBJECT = "scenario_set"  # of events
DELETED = "scenario_set.deleted"


@dataclass(frozen=True)
class NewScenario:
    """What a scenario begins with; `priced` and `quote_id` where it is a copy of a priced one."""

    name: str
    description: str
    overrides: Sequence[Override]
    quote_id: str | None = None
    priced: PricedFrom | None = None


@dataclass(frozen=True)
class Who:
    """Who changes something, and when."""

    id: str
    name: str
    at: datetime


def add_set(
    session: Session, name: str, description: str, base_quote_id: str, who: Who
) -> ScenarioSetRow:
    """Store a set without scenarios, its owner's alone."""
    row = ScenarioSetRow(
        id=str(uuid.uuid4()),
        created_at=who.at,
        owner_id=who.id,
        owner_name=who.name,
        name=name,
        description=description,
        base_quote_id=base_quote_id,
        staff_access=NO_ACCESS,
        version=1,
        changed_at=who.at,
        changed_by=who.name,
    )
    session.add(row)
    session.flush()
    return row


def add_scenario(session: Session, row: ScenarioSetRow, made: NewScenario, who: Who) -> ScenarioRow:
    """Add a scenario to the end of a set."""
    scenario = ScenarioRow(
        id=str(uuid.uuid4()),
        position=max((one.position for one in row.scenarios), default=0) + 1,
        name=made.name,
        description=made.description,
        overrides=json.dumps(plain(made.overrides)),
        version=1,
        changed_at=who.at,
        changed_by=who.name,
    )
    if made.quote_id is not None and made.priced is not None:
        set_priced(scenario, made.quote_id, made.priced)
    row.scenarios.append(scenario)
    session.flush()
    return scenario


def get_set(session: Session, set_id: str) -> ScenarioSetRow | None:
    """Return a set, or None."""
    return session.get(ScenarioSetRow, set_id)


def get_scenario(session: Session, scenario_id: str) -> ScenarioRow | None:
    """Return a scenario, or None."""
    return session.get(ScenarioRow, scenario_id)


def page(
    session: Session, limit: int, after: tuple[datetime, str] | None, user_id: str | None
) -> tuple[list[ScenarioSetRow], bool]:
    """List sets, newest first, and say whether more follow.

    Parameters
    ----------
    after : tuple of datetime and str, optional
        Time and id of the last one seen.
    user_id : str or None
        Only those this user may see; None: all.
    """
    query = select(ScenarioSetRow).order_by(
        ScenarioSetRow.created_at.desc(), ScenarioSetRow.id.desc()
    )
    if user_id is not None:
        shared = select(ScenarioShareRow.set_id).where(ScenarioShareRow.user_id == user_id)
        query = query.where(
            or_(
                ScenarioSetRow.owner_id == user_id,
                ScenarioSetRow.staff_access != NO_ACCESS,
                ScenarioSetRow.id.in_(shared),
            )
        )
    if after is not None:
        query = query.where(tuple_(ScenarioSetRow.created_at, ScenarioSetRow.id) < tuple_(*after))
    rows = session.scalars(query.limit(limit + 1)).all()
    return list(rows[:limit]), len(rows) > limit


def counts(session: Session, set_ids: Sequence[str]) -> dict[str, int]:
    """How many scenarios each of these sets has."""
    query = select(ScenarioRow.set_id, func.count()).where(ScenarioRow.set_id.in_(set_ids))
    rows = session.execute(query.group_by(ScenarioRow.set_id)).all()
    return dict.fromkeys(set_ids, 0) | {row[0]: row[1] for row in rows}


def of_base(session: Session, quote_id: str) -> Sequence[ScenarioSetRow]:
    """The sets that start from a quote, in the order they were made."""
    query = select(ScenarioSetRow).where(ScenarioSetRow.base_quote_id == quote_id)
    return session.scalars(query.order_by(ScenarioSetRow.created_at, ScenarioSetRow.id)).all()


def record(row: ScenarioSetRow) -> dict[str, Any]:
    """What an event keeps of a set before and after: no names, which may have to be deleted."""
    return {
        "version": row.version,
        "base_quote_id": row.base_quote_id,
        "staff_access": row.staff_access,
        "users": {one.user_id: one.access for one in row.shares},
    }


def touch(row: ScenarioSetRow | ScenarioRow, who: Who) -> None:
    """Count a change of a set's or a scenario's own fields."""
    row.version += 1
    row.changed_at, row.changed_by = who.at, who.name


def overrides_of(row: ScenarioRow) -> tuple[Override, ...]:
    """What a scenario changes."""
    return tuple(Override.model_validate(one) for one in json.loads(row.overrides))


def write_overrides(row: ScenarioRow, overrides: Sequence[Override]) -> None:
    """Store what a scenario changes."""
    row.overrides = json.dumps(plain(overrides))


def priced_from(row: ScenarioRow) -> PricedFrom | None:
    """What a scenario's result was priced from; None: it has none."""
    if row.quote_id is None:
        return None
    return PricedFrom(
        base_hash=row.base_hash or "",
        overrides_hash=row.overrides_hash or "",
        calculation_version=row.calculation_version or "",
    )


def set_priced(row: ScenarioRow, quote_id: str, priced: PricedFrom) -> None:
    """Point a scenario to its quote; that is no change of the scenario."""
    row.quote_id = quote_id
    row.base_hash = priced.base_hash
    row.overrides_hash = priced.overrides_hash
    row.calculation_version = priced.calculation_version


def share(session: Session, row: ScenarioSetRow, staff: StaffAccess, users: dict[str, str]) -> None:
    """Share a set with all staff, and with users by their id; whoever is not named has none."""
    row.staff_access = staff
    row.shares.clear()
    session.flush()
    row.shares.extend(
        ScenarioShareRow(user_id=user_id, access=access) for user_id, access in users.items()
    )
    session.flush()
