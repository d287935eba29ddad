"""Proposals in the store; every function works in the transaction it is given."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from api.store.proposal_tables import ProposalRow
from api.store.times import utc_text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pricing.proposal import Proposal


@dataclass(frozen=True)
class StoredProposal:
    """A proposal with what the store adds; `document` is plain JSON data."""

    id: str
    quote_id: str
    created_at: str
    content_hash: str
    document: dict[str, Any]


def add(session: Session, quote_id: str, proposal: Proposal) -> StoredProposal:
    """Store a proposal of a quote and return it with its id and time."""
    text = json.dumps(proposal.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    row = ProposalRow(
        id=str(uuid.uuid4()),
        quote_id=quote_id,
        created_at=datetime.now(UTC),
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
        document=text,
    )
    session.add(row)
    session.flush()
    return _stored(row)


def get(session: Session, quote_id: str, proposal_id: str) -> StoredProposal | None:
    """Return a proposal of a quote, or None."""
    row = session.get(ProposalRow, proposal_id)
    return None if row is None or row.quote_id != quote_id else _stored(row)


def of_quote(session: Session, quote_id: str) -> list[StoredProposal]:
    """All proposals of a quote, newest first."""
    query = select(ProposalRow).where(ProposalRow.quote_id == quote_id)
    rows = session.scalars(query.order_by(ProposalRow.created_at.desc(), ProposalRow.id)).all()
    return [_stored(row) for row in rows]


def _stored(row: ProposalRow) -> StoredProposal:
    return StoredProposal(
        id=row.id,
        quote_id=row.quote_id,
        created_at=utc_text(row.created_at),
        content_hash=row.content_hash,
        document=json.loads(row.document),
    )
