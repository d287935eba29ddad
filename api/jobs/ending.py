"""The end of a job: what came of it, its state and its kept answer, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request

from api.idempotency import kept_answer
from api.problems import refusal
from api.store import idempotency as keys
from api.store import jobs
from api.store.jobs import DONE, FAILED

if TYPE_CHECKING:
    from starlette.responses import Response

    from api.jobs.work import Done, Order
    from api.store.database import Database
    from api.store.idempotency import KeptAnswer
    from api.store.jobs import ClaimedJob

_REFUSED = 400
_OURS = 500


def end(store: Database, claim: ClaimedJob, done: Done) -> KeptAnswer | None:
    """End a job whose claim holds; None: it does not, and nothing is written.

    The answer is kept for a retry, too; one that is our fault frees the key instead.
    """
    with store.writing() as session:
        if not jobs.holds(session, claim.owner):
            return None
        answer = kept_answer(done(session))
        state = DONE if answer.status < _REFUSED else FAILED
        jobs.finish(session, claim.owner, state, answer)
        if claim.key is not None and answer.status < _OURS:
            keys.complete(session, claim.caller_id, claim.key, answer)
        elif claim.key is not None:
            keys.release(session, claim.caller_id, claim.key)
    return answer


def refused(order: Order, error: Exception) -> Response:
    """Answer for an error as the request itself would have been answered."""
    scope = {
        "type": "http",
        "method": "POST",
        "path": order.path,
        "query_string": b"",
        "headers": [],
        "state": {"request_id": order.by.request_id},
    }
    return refusal(Request(scope), error)
