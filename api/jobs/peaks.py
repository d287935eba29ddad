"""Peaks of stored quotes as work: what their client is offered, a proposal that shows one."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from fastapi.responses import Response

from api.client_view.peak import read_peak, without_reasons
from api.formats import JSON
from api.jobs.work import Bench, Done, Kind, Order
from api.proposal_answer import keep_proposal, proposal_of
from api.proposal_body import ProposalBody
from api.stored_quotes import find
from api.study_bodies import beneath
from pricing.engagement import Engagement
from pricing.reading import read_document
from pricing.surge_offer import client_offer
from pricing.surge_quoting import surge_report
from pricing.surge_report import SurgeOffer, SurgeRequest
from staffing.errors import InfeasibleError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# What a client may hand in, and so ask for: its progress and its result are the client's to read.
FOR_CLIENTS = frozenset({"client-surge-offer"})

_WORDS = "working out who can help"  # to a client, whose help it is stays unsaid


def _offer_to_client(order: Order, bench: Bench) -> Done:
    with without_reasons():
        offer = _offer(order, bench, read_peak(order.body))
    content = offer.model_dump_json()
    return lambda _: Response(content, media_type=JSON)


def _propose(order: Order, bench: Bench) -> Done:
    """Make a proposal with a peak; one that nobody could come for is left out of it."""
    body = read_document(ProposalBody, order.body)
    surge = None
    if body.peak is not None:
        with suppress(InfeasibleError), beneath("peak", SurgeRequest.model_fields):
            surge = _offer(order, bench, body.peak)
    quote_id = order.target or ""
    made = proposal_of(bench.store, quote_id, body, surge)

    def store(session: Session) -> Response:
        return keep_proposal(session, quote_id, made)

    return store


def _offer(order: Order, bench: Bench, peak: SurgeRequest) -> SurgeOffer:
    engagement = Engagement.model_validate(find(bench.store, order.target or "").engagement)
    study = partial(
        surge_report, engagement, peak, log=bench.log, progress=lambda _: bench.progress(_WORDS)
    )
    return client_offer(bench.pricer.run(study))


PEAKS = {"client-surge-offer": Kind(_offer_to_client), "proposal": Kind(_propose)}
