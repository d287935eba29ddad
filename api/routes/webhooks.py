"""`/v1/webhooks`: who is told what happens, and how the telling goes; for admins."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api.deps import StoreDep
from api.errors import NOT_FOUND, RefusedError
from api.idempotency import IdempotencyDep
from api.identity.caller import CallerDep
from api.openapi import request_body
from api.problems import problem_responses
from api.store import webhooks
from api.store.times import utc_text
from api.store.webhook_tables import WebhookDeliveryRow, WebhookRow
from api.stored_quotes import QUOTE_ID_PATTERN
from api.webhooks.bodies import WebhookBodyDep
from api.webhooks.signing import new_secret
from pricing.reading import canonical_json

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])

Id = Annotated[str, Field(pattern=QUOTE_ID_PATTERN)]
_PROBLEMS = problem_responses(403, 404, 422, 503)
_EXAMPLE = {"url": "https://hooks.example.com/crewquote", "types": ["quote.sent"]}
_TEST = "webhook.test"


class WebhookAnswer(BaseModel):
    """An endpoint, without its secret."""

    id: str
    created_at: str
    created_by: str
    url: str
    types: list[str]
    active: bool


class NewWebhookAnswer(WebhookAnswer):
    """An endpoint with its secret, which is shown this once."""

    secret: str


class WebhookPage(BaseModel):
    """All endpoints, oldest first."""

    object: Literal["list"] = "list"
    data: list[WebhookAnswer]


class DeliveryAnswer(BaseModel):
    """One message to an endpoint, and how its last attempt went."""

    id: str
    created_at: str
    type: str
    state: Literal["pending", "delivered", "failed"]
    attempts: int
    due_at: str
    status: int | None
    problem: str | None


class DeliveryPage(BaseModel):
    """The newest messages to an endpoint."""

    object: Literal["list"] = "list"
    data: list[DeliveryAnswer]


@router.post(
    "",
    status_code=201,
    response_model=NewWebhookAnswer,
    responses=problem_responses(400, 403, 409, 413, 415, 422, 503),
    openapi_extra=request_body("WebhookBody", "told of what is sent", _EXAMPLE),
)
def create_webhook(retry: IdempotencyDep, body: WebhookBodyDep, caller: CallerDep) -> JSONResponse:
    """Add an endpoint. Messages are signed as Standard Webhooks has it; keep the secret."""
    secret = new_secret()
    with retry.writing() as session:
        row = webhooks.add(session, body.url, list(body.types), secret, caller.name)
        answer = NewWebhookAnswer(**_answer(row).model_dump(), secret=secret)
        headers = {"Location": f"{router.prefix}/{row.id}"}
        made = JSONResponse(answer.model_dump(), status_code=201, headers=headers)
        return retry.complete(session, made)


@router.get("", responses=problem_responses(403, 503))
def list_webhooks(store: StoreDep) -> WebhookPage:
    """List all endpoints."""
    with store.reading() as session:
        return WebhookPage(data=[_answer(row) for row in webhooks.every(session)])


@router.delete("/{webhook_id}", status_code=204, responses=_PROBLEMS)
def delete_webhook(webhook_id: Id, store: StoreDep) -> Response:
    """Remove an endpoint and the messages to it, sent or not."""
    with store.writing() as session:
        session.delete(_found(session, webhook_id))
    return Response(status_code=204)


@router.post("/{webhook_id}/secret", responses=_PROBLEMS)
def rotate_secret(webhook_id: Id, store: StoreDep) -> NewWebhookAnswer:
    """Make a new secret; for a day messages are signed with the old one as well."""
    secret = new_secret()
    with store.writing() as session:
        row = _found(session, webhook_id)
        webhooks.rotate(row, secret)
        return NewWebhookAnswer(**_answer(row).model_dump(), secret=secret)


@router.post("/{webhook_id}/test", status_code=202, responses=_PROBLEMS)
def send_test(webhook_id: Id, store: StoreDep) -> DeliveryAnswer:
    """Send a message that means nothing, to see whether it arrives."""
    now = utc_text(datetime.now(UTC))
    body = canonical_json({"type": _TEST, "timestamp": now, "data": {}})
    with store.writing() as session:
        row = _found(session, webhook_id)
        return _delivery(webhooks.deliver_to(session, row, _TEST, body))


@router.get("/{webhook_id}/deliveries", responses=_PROBLEMS)
def list_deliveries(
    webhook_id: Id, store: StoreDep, limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> DeliveryPage:
    """List the newest messages to an endpoint and how they went."""
    with store.reading() as session:
        _found(session, webhook_id)
        rows = webhooks.deliveries(session, webhook_id, limit)
        return DeliveryPage(data=[_delivery(row) for row in rows])


@router.post("/{webhook_id}/deliveries/{delivery_id}/resend", status_code=202, responses=_PROBLEMS)
def resend(webhook_id: Id, delivery_id: Id, store: StoreDep) -> DeliveryAnswer:
    """Send a message once more, as a new one."""
    with store.writing() as session:
        row = _found(session, webhook_id)
        old = session.get(WebhookDeliveryRow, delivery_id)
        if old is None or old.webhook_id != webhook_id:
            raise RefusedError(NOT_FOUND, f"there is no message {delivery_id} to this endpoint")
        return _delivery(webhooks.deliver_to(session, row, old.type, old.body))


def _found(session: Session, webhook_id: str) -> WebhookRow:
    row = session.get(WebhookRow, webhook_id)
    if row is None:
        raise RefusedError(NOT_FOUND, f"no webhook has the id {webhook_id}")
    return row


def _answer(row: WebhookRow) -> WebhookAnswer:
    return WebhookAnswer(
        id=row.id,
        created_at=utc_text(row.created_at),
        created_by=row.created_by,
        url=row.url,
        types=json.loads(row.types),
        active=row.active,
    )


def _delivery(row: WebhookDeliveryRow) -> DeliveryAnswer:
    return DeliveryAnswer.model_validate(
        {
            "id": row.id,
            "created_at": utc_text(row.created_at),
            "type": row.type,
            "state": row.state,
            "attempts": row.attempts,
            "due_at": utc_text(row.due_at),
            "status": row.status,
            "problem": row.problem,
        }
    )
