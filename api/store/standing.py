"""Where all quotes stand together: counts by state, and the newest revision of each number."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from api.store.tables import LifecycleRow, QuoteRow
from api.store.times import utc_text_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class StandingQuote:
    """A quote and where it stands; its JSON is read only where it is asked for."""

    id: str
    number: str
    revision: int
    name: str
    client: str
    state: str
    expires_at: str | None
    choice: dict[str, str] | None
    text: str

    @cached_property
    def document(self) -> dict[str, Any]:
        """The quote as plain JSON data."""
        data: dict[str, Any] = json.loads(self.text)
        return data


def counts(session: Session) -> dict[str, int]:
    """How many quotes stand in each state, all revisions counted."""
    query = select(LifecycleRow.state, func.count()).group_by(LifecycleRow.state)
    return {state: number for state, number in session.execute(query)}  # noqa: C416 (rows are no pairs to a type checker)


def newest(session: Session, states: Sequence[str], limit: int) -> tuple[list[StandingQuote], int]:
    """Newest revisions in these states, newest quotes first, and how many more there are.

    A revision that was withdrawn, declined or has expired does not bring back the one before it.
    Variants, which are only compared with, are left out.
    """
    later = aliased(LifecycleRow)
    is_newest = ~(
        select(later.quote_id)
        .where(later.number == LifecycleRow.number, later.revision > LifecycleRow.revision)
        .exists()
    )
    wanted = (
        select(QuoteRow, LifecycleRow)
        .join(LifecycleRow)
        .where(LifecycleRow.state.in_(states), QuoteRow.variant_of.is_(None), is_newest)
    )
    total = session.scalar(select(func.count()).select_from(wanted.subquery("all_of_them"))) or 0
    order = (QuoteRow.created_at.desc(), QuoteRow.id.desc())
    rows = session.execute(wanted.order_by(*order).limit(limit)).all()
    found = [
        StandingQuote(
            id=row.id,
            number=life.number,
            revision=life.revision,
            name=row.name,
            client=row.client,
            state=life.state,
            expires_at=utc_text_or_none(life.expires_at),
            choice=None if life.choice is None else json.loads(life.choice),
            text=row.quote,
        )
        for row, life in rows
    ]
    return found, total - len(found)
