"""A proposal of a stored quote: how it is made, and how a kept one is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.responses import JSONResponse

from api.quote_answer import CREATED
from api.store import proposals
from api.stored_quotes import find, stored_quote
from pricing.engagement import Engagement
from pricing.proposal import Proposal, proposal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from api.proposal_body import ProposalBody
    from api.store.database import Database
    from api.store.proposals import StoredProposal
    from pricing.surge_report import SurgeOffer


class ProposalAnswer(Proposal):
    """A stored proposal, with its id, time, quote and the SHA-256 of its content."""

    id: str
    created_at: str
    quote_id: str
    content_hash: str


def proposal_of(
    store: Database, quote_id: str, body: ProposalBody, surge: SurgeOffer | None = None
) -> Proposal:
    """Make the document for the client of a stored quote; `surge` is the peak it shows."""
    quote, stored = stored_quote(store, quote_id), find(store, quote_id)
    return proposal(
        quote,
        Engagement.model_validate(stored.engagement),
        body.day,
        surge=surge,
        number=stored.lifecycle.number,
        revision=stored.lifecycle.revision,
        vendor=body.vendor,
    )


def keep_proposal(session: Session, quote_id: str, made: Proposal) -> JSONResponse:
    """Store a proposal, and answer with it."""
    kept = proposals.add(session, quote_id, made)
    headers = {"Location": f"/v1/quotes/{quote_id}/proposals/{kept.id}"}
    return JSONResponse(proposal_answer(kept), status_code=CREATED, headers=headers)


def proposal_answer(kept: StoredProposal) -> dict[str, Any]:
    """A kept proposal as JSON."""
    return {
        "id": kept.id,
        "created_at": kept.created_at,
        "quote_id": kept.quote_id,
        "content_hash": kept.content_hash,
        **kept.document,
    }
