"""Sets of scenarios as they are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field

from api.preconditions import etag
from api.scenario_sets.access import access_of
from api.store import scenarios, users
from api.store.times import utc_text
from pricing.scenario_sets.comparison import PricedFrom
from pricing.scenario_sets.overrides import plain

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from api.identity.caller import Caller
    from api.scenario_sets.standing import Base
    from api.store.scenario_tables import ScenarioRow, ScenarioSetRow

Standing = Literal["priced", "stale", "not_priced"]


class ScenarioAnswer(BaseModel):
    """A scenario: what it changes, and its priced quote with what that was priced from."""

    id: str
    etag: str = Field(description="Send it as If-Match to change this scenario.")
    name: str
    description: str
    overrides: list[dict[str, Any]]
    changed_at: str
    changed_by: str
    state: Standing
    stale_because: list[str] = Field(description="What changed since it was priced.")
    quote_id: str | None
    priced_from: PricedFrom | None


class ScenarioSetListing(BaseModel):
    """What a list shows of a set."""

    id: str
    created_at: str
    owner: str
    name: str
    description: str
    base_quote_id: str
    scenario_count: int
    changed_at: str
    changed_by: str
    access: Literal["owner", "write", "read"] = Field(description="What you may do with it.")


class ScenarioSetPage(BaseModel):
    """Sets that are yours or shared with you, newest first."""

    object: Literal["list"] = "list"
    data: list[ScenarioSetListing]
    has_more: bool
    next_cursor: str | None = Field(description="What to hand back as after; none: no more.")


class BaseAnswer(BaseModel):
    """The quote a set starts from."""

    quote_id: str
    name: str
    client: str
    currency: str
    state: Standing
    stale_because: list[str]


class SharedWith(BaseModel):
    """A member of staff with whom a set is shared."""

    email: str
    name: str
    access: Literal["read", "write"]


class SharingAnswer(BaseModel):
    """With whom a set is shared."""

    staff: Literal["none", "read", "write"]
    users: list[SharedWith]


class ScenarioSetAnswer(ScenarioSetListing):
    """A set with its base and its scenarios; each scenario has an ETag of its own."""

    etag: str = Field(description="Send it as If-Match to change the set, or to add to it.")
    base: BaseAnswer
    sharing: SharingAnswer
    scenarios: list[ScenarioAnswer]


def scenario_answer(base: Base, row: ScenarioRow) -> ScenarioAnswer:
    """Answer with a scenario."""
    because, priced = base.because_of(row), scenarios.priced_from(row)
    state: Standing = "stale" if because else "priced" if priced else "not_priced"
    return ScenarioAnswer(
        id=row.id,
        etag=etag(row.version),
        name=row.name,
        description=row.description,
        overrides=plain(scenarios.overrides_of(row)),
        changed_at=utc_text(row.changed_at),
        changed_by=row.changed_by,
        state=state,
        stale_because=list(because),
        quote_id=row.quote_id,
        priced_from=priced,
    )


def listing(row: ScenarioSetRow, count: int, caller: Caller) -> ScenarioSetListing:
    """Answer with what a list shows of a set."""
    return ScenarioSetListing(
        id=row.id,
        created_at=utc_text(row.created_at),
        owner=row.owner_name,
        name=row.name,
        description=row.description,
        base_quote_id=row.base_quote_id,
        scenario_count=count,
        changed_at=utc_text(row.changed_at),
        changed_by=row.changed_by,
        access=access_of(row, caller) or "read",
    )


def set_answer(
    session: Session, row: ScenarioSetRow, base: Base, caller: Caller
) -> ScenarioSetAnswer:
    """Answer with a set."""
    named = [(users.get(session, one.user_id), one.access) for one in row.shares]
    summary, because = base.stored.document["engagement"], base.because
    sharing = {
        "staff": row.staff_access,
        "users": [
            {"email": user.email, "name": user.name, "access": access}
            for user, access in named
            if user is not None
        ],
    }
    return ScenarioSetAnswer(
        **listing(row, len(row.scenarios), caller).model_dump(),
        etag=etag(row.version),
        base=BaseAnswer(
            quote_id=row.base_quote_id,
            name=str(summary["name"]),
            client=str(summary["client"]),
            currency=str(summary["currency"]),
            state="stale" if because else "priced",
            stale_because=list(because),
        ),
        sharing=SharingAnswer.model_validate(sharing),
        scenarios=[scenario_answer(base, one) for one in row.scenarios],
    )
