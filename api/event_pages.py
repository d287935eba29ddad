"""What happened to one thing, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.cursors import Cursor, read_cursor, write_cursor, wrong_cursor
from api.lifecycle import answers
from api.lifecycle.answers import QuoteEvent
from api.store import events

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_LONGEST_SEQUENCE = 18  # digits


class EventQuery(BaseModel):
    """Which events of a quote or a set of scenarios."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=100, description="How many at most, 1 to 100.")
    after: Cursor | None = Field(None, description="Where to go on: next_cursor of a page.")


class EventPage(BaseModel):
    """What happened to a quote or a set of scenarios, oldest first."""

    object: Literal["list"] = "list"
    data: list[QuoteEvent]
    has_more: bool
    next_cursor: str | None = Field(description="What to hand back as after; none: no more.")


def event_page(session: Session, subject_id: str, query: EventQuery) -> EventPage:
    """Read a page of what happened to one thing.

    Raises
    ------
    RefusedError
        The cursor is none of this list's.
    """
    found, has_more = events.page(session, subject_id, query.limit, _sequence(query.after))
    cursor = write_cursor(str(found[-1].sequence)) if has_more else None
    data = [answers.event(one) for one in found]
    return EventPage(data=data, has_more=has_more, next_cursor=cursor)


def _sequence(cursor: str | None) -> int:
    if cursor is None:
        return 0
    (last,) = read_cursor(cursor, 1)
    if not last.isdecimal() or not last.isascii() or len(last) > _LONGEST_SEQUENCE:
        raise wrong_cursor()
    return int(last)
