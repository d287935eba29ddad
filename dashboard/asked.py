"""What a study was asked, found again after a reload: the API keeps it with the job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.client import ApiError
from dashboard import state
from dashboard.state import Asked

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_NOT_FOUND = 404


def asked_before(client: Client, kind: str) -> Asked | None:
    """Return what the study of a kind was asked; after a reload the job in the address tells."""
    known = state.kept_asked(kind)
    if known is not None:
        return known
    engagement, options = _of_the_job(client, kind)
    if engagement is None:
        return None
    found = Asked(state.text_of(engagement), state.entries(kind), options)
    state.keep_asked(kind, found)
    return found


def engagement_before(client: Client, kind: str) -> Json | None:
    """Return the engagement of a study that a reload would lose, since no quote holds it."""
    if state.kept_asked(kind) is not None:
        return None
    return _of_the_job(client, kind)[0]


def _of_the_job(client: Client, kind: str) -> tuple[Json | None, Json]:
    job_id = state.work_id(kind)
    if job_id is None:
        return None, {}
    try:
        body = dict(client.job_request(job_id)["body"])
    except ApiError as error:
        if error.status != _NOT_FOUND:
            raise
        state.close_work(kind)
        return None, {}
    return body.pop("engagement", None), body
