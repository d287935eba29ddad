"""What is answered of where a quote stands: a part that anybody may see, and the vendor's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from api.lifecycle.approval import Reason
from api.lifecycle.states import State
from api.preconditions import etag
from pricing.quote import Method

if TYPE_CHECKING:
    from api.store.events import StoredEvent
    from api.store.lifecycles import Lifecycle


class QuoteStatus(BaseModel):
    """Where a quote stands, as its client may see it."""

    number: str = Field(examples=["Q-2027-00001"])
    revision: int
    state: State
    version: int = Field(description="Counts the changes of where it stands.")
    etag: str = Field(description="What If-Match takes for the next change.", examples=['"v1"'])
    sent_at: str | None
    expires_at: str | None
    choice: dict[str, Method] | None = Field(description="Accepted method by service.")


class QuoteLifecycle(QuoteStatus):
    """Where a quote stands, with who has to approve it and why. Vendor's view."""

    created_by: str
    requested_by: str | None
    approved_by: str | None
    approved_hash: str | None = Field(description="Content hash of what was approved.")
    reasons: list[Reason] | None = Field(description="Why it needs approval; none: not yet asked.")
    note: str | None = Field(description="What was said at the last change.")


class QuoteEvent(BaseModel):
    """One thing that happened to a quote or a set; `hash` covers it and that of its predecessor."""

    sequence: int
    id: str
    at: str
    type: str = Field(examples=["quote.sent"])
    actor_id: str
    actor_name: str
    actor_role: str
    request_id: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    previous_hash: str
    hash: str


def status(life: Lifecycle) -> QuoteStatus:
    """Tell the client where a quote stands."""
    return QuoteStatus.model_validate(_fields(life, QuoteStatus))


def lifecycle(life: Lifecycle) -> QuoteLifecycle:
    """Tell the vendor where a quote stands."""
    return QuoteLifecycle.model_validate(_fields(life, QuoteLifecycle))


def event(stored: StoredEvent) -> QuoteEvent:
    """Tell of one event."""
    return QuoteEvent.model_validate(
        {name: getattr(stored, name) for name in QuoteEvent.model_fields}
    )


def _fields(life: Lifecycle, model: type[QuoteStatus]) -> dict[str, Any]:
    names = model.model_fields.keys() - {"etag"}
    return {"etag": etag(life.version), **{name: getattr(life, name) for name in names}}
