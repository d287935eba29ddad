"""`/v1/portfolio`: what the quotes of the house come to, and what expires next. Vendor's view."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.deps import StoreDep
from api.lifecycle.states import State
from api.problems import problem_responses
from api.store import standing
from pricing.money import Money
from pricing.portfolio import together, worth

if TYPE_CHECKING:
    from api.store.standing import StandingQuote
    from pricing.portfolio import Worth

router = APIRouter(prefix="/v1/portfolio", tags=["quotes"])

MOST = 500
# What is being worked on or was won; the others are counted, not added up.
WORTH = (
    State.DRAFT,
    State.PENDING_APPROVAL,
    State.APPROVED,
    State.SENT,
    State.REVISION_REQUESTED,
    State.ACCEPTED,
)
_DAY_S = 86_400


class Standing(BaseModel):
    """Quotes of one currency in one state: expected bills, profit, and what of it is at risk."""

    currency: str
    state: State
    count: int
    value: Money
    profit: Money
    margin_at_risk: Money = Field(
        description="Expected margin less P10 margin, of the expected bill."
    )


class PortfolioQuote(BaseModel):
    """One quote, with the offer that counts: the one taken, else the one with the lower bill."""

    id: str
    number: str
    revision: int
    name: str
    client: str
    state: State
    method: Literal["input_based", "output_based"]
    value: Money
    profit: Money
    margin_at_risk: Money
    expires_at: str | None
    days_left: int | None = Field(description="Whole days until it expires; none: it does not.")


class Portfolio(BaseModel):
    """Newest revisions, variants left out; sums by currency and state."""

    object: Literal["portfolio"] = "portfolio"
    counts: dict[State, int] = Field(description="All quotes by state, older revisions too.")
    standing: list[Standing]
    quotes: list[PortfolioQuote] = Field(description="Those added up; what expires first, first.")
    left_out: int = Field(
        description=f"Not added up: older ones than the newest {MOST}, and those of a version "
        "that wrote quotes otherwise."
    )


@router.get("", responses=problem_responses(403, 503))
def get_portfolio(store: StoreDep) -> Portfolio:
    """Add up the quotes that are open or won, and list what expires next."""
    states = [state.value for state in WORTH]
    with store.reading() as session:
        counts = standing.counts(session)
        rows, left_out = standing.newest(session, states, MOST)
    valued = [(row, one) for row in rows if (one := _worth(row)) is not None]
    order = {state: place for place, state in enumerate(states)}
    valued.sort(key=lambda pair: order[pair[0].state])
    sums = together((row.state, one) for row, one in valued)
    valued.sort(key=lambda pair: (pair[0].expires_at is None, pair[0].expires_at or ""))
    now = datetime.now(UTC)
    return Portfolio(
        counts={State(state): counts.get(state, 0) for state in State},
        standing=[
            Standing(
                currency=one.currency,
                state=State(one.state),
                count=one.count,
                value=one.value,
                profit=one.profit,
                margin_at_risk=one.at_risk,
            )
            for one in sums
        ],
        quotes=[_told(row, one, now) for row, one in valued],
        left_out=left_out + len(rows) - len(valued),
    )


def _worth(row: StandingQuote) -> Worth | None:
    """Tell what a quote comes to; none where an earlier version wrote it otherwise."""
    try:
        return worth(row.document, row.choice)
    except (KeyError, TypeError, StopIteration):
        return None


def _told(row: StandingQuote, one: Worth, now: datetime) -> PortfolioQuote:
    # Only a sent quote runs out; what was accepted stays.
    ends = row.expires_at if row.state == State.SENT else None
    left = None
    if ends is not None:
        left = int((datetime.fromisoformat(ends) - now).total_seconds() // _DAY_S)
    return PortfolioQuote(
        id=row.id,
        number=row.number,
        revision=row.revision,
        name=row.name,
        client=row.client,
        state=State(row.state),
        method=one.method,
        value=Money.of(one.value, one.currency),
        profit=Money.of(one.profit, one.currency),
        margin_at_risk=Money.of(one.at_risk, one.currency),
        expires_at=ends,
        days_left=left,
    )
