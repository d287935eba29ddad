"""Pricing as work: an engagement, or a quote with an assumption moved."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from api.jobs.work import Bench, Done, Kind, Order
from api.lifecycle import transitions
from api.lifecycle.transitions import Move
from api.quote_answer import CREATED, quote_answer
from api.store import quotes
from api.stored_quotes import find
from pricing.engagement import Engagement
from pricing.reading import read_document
from pricing.scenarios import Variation, vary

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from starlette.responses import Response

_STAGES_OF_A_TEAM = 9
_STAGES_BESIDE = 3


def _price(order: Order, bench: Bench) -> Done:
    return _priced(read_document(Engagement, order.body), order, bench)


def _vary(order: Order, bench: Bench) -> Done:
    base = find(bench.store, order.target or "")
    variation = read_document(Variation, order.body)
    varied = vary(Engagement.model_validate(base.engagement), variation)
    return _priced(varied, order, bench)


def _revise(order: Order, bench: Bench) -> Done:
    """Price another engagement; whether the quote is still as it was seen is asked at the end."""
    engagement, target = read_document(Engagement, order.body), order.target or ""
    quote = bench.pricer.price(engagement, progress=bench.progress, log=bench.log)
    seen = None if order.seen is None else frozenset(order.seen)

    def store(session: Session) -> Response:
        move = Move(order.by, datetime.now(UTC), seen)
        place = quotes.Revision(*transitions.next_revision(session, target, move), target)
        stored = quotes.add(session, engagement, quote, by=move.by, at=move.at, revision=place)
        return quote_answer(stored, CREATED)

    return store


def _priced(engagement: Engagement, order: Order, bench: Bench) -> Done:
    quote = bench.pricer.price(engagement, progress=bench.progress, log=bench.log)

    def store(session: Session) -> Response:
        stored = quotes.add(session, engagement, quote, variant_of=order.target, by=order.by)
        return quote_answer(stored, CREATED)

    return store


def stages_of(engagement: dict[str, Any]) -> int:
    """About how many steps pricing an engagement will tell of."""
    return _STAGES_OF_A_TEAM * len(engagement["services"]) + _STAGES_BESIDE


def _stages(order: Order) -> int:
    return stages_of(order.body)


PRICING = {
    "quote": Kind(_price, _stages),
    "variant": Kind(_vary),
    "revision": Kind(_revise, _stages),
}
